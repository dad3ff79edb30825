// Package roundtest makes the years that the tests of the rooms are about: ordinary ones, made up,
// always the same.
//
// Calls that say who sent what go in, the sources of papers come out. It stores nothing and reads
// no workbook: what was sent is stated as it would have been read.
package roundtest

import (
	"fmt"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Year is what the units of the built-in plan sent for one period. Receipt numbers and hashes of
// mails follow from the order in which it was sent, so that the same calls make the same year.
type Year struct {
	T      testing.TB
	Plan   *plan.Plan
	Period plan.Period
	Sent   []submission.Submission
}

// New returns a year of the built-in plan in which nobody has written yet.
func New(t testing.TB, period string) *Year {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	per, ok := p.Period(period)
	if !ok {
		t.Fatalf("no period %q", period)
	}
	return &Year{T: t, Plan: p, Period: per}
}

// At is five minutes past an hour in the year 2018 in Vietnam, in UTC; months after the twelfth are
// those of 2019.
func At(month, day, hour int) time.Time {
	y := 2018
	if month > 12 {
		y, month = 2019, month-12
	}
	return time.Date(y, time.Month(month), day, hour, 5, 0, 0, calendar.Zone).UTC()
}

// Send notes that a unit sent a form, which was read as value with these findings.
func (y *Year) Send(unit, formID string, when time.Time, state submission.State, value any,
	findings ...finding.Finding) *submission.Submission {
	n := len(y.Sent)
	s := submission.Submission{
		ID: submission.NewID(y.Period.ID, fmt.Sprint(unit, n), "1", formID), Message: fmt.Sprintf("%064d", n),
		File:     formID + "-" + unit + ".xlsx",
		Received: when, Unit: unit, Period: y.Period.ID, Form: formID, Version: 1, State: state, Value: value,
		Findings: findings,
	}
	y.Sent = append(y.Sent, s)
	return &y.Sent[n]
}

// Sources are what papers are made from when the year is looked at in that moment.
func (y *Year) Sources(asOf time.Time) round.Sources {
	y.T.Helper()
	data := submission.NewDataset(asOf, y.Sent)
	s, err := round.Gather(y.Plan, data, y.Period.ID, calendar.DateOf(asOf))
	if err != nil {
		y.T.Fatal(err)
	}
	return s
}

// Register notes an accepted registration with a goal for every content and so many nominees
// without a name.
func (y *Year) Register(unit string, when time.Time, collectives, individuals int) {
	r := &templates.Registration{}
	for _, c := range y.Plan.Contents {
		r.Targets = append(r.Targets, templates.Target{Content: form.Of(c.Text), Goal: form.Of("Đạt từ 95% trở lên")})
	}
	r.Collectives = make([]templates.RegisteredCollective, collectives)
	r.Individuals = make([]templates.RegisteredPerson, individuals)
	y.Send(unit, templates.RegistrationForm.ID, when, submission.Accepted, r)
}

// Cell is a text that was read from a cell.
func Cell(text, sheet string, row int, col string) form.Value {
	return form.Value{Text: text, At: form.Ref{Sheet: sheet, Cell: fmt.Sprint(col, row)}}
}

// Person is a row of the danh sách trích ngang.
type Person struct{ Title, Name, Born, Position, Role, Initiative string }

// Dossier notes an accepted dossier that reports the first met contents as reached. The caller may
// change what it returns before the sources are taken.
func (y *Year) Dossier(unit string, when time.Time, met int, collectives []string, people []Person) *templates.Dossier {
	u, _ := y.Plan.UnitByCode(unit)
	d := &templates.Dossier{}
	d.Proposal = templates.Proposal{
		Number: form.Of("45/TTr-UBND"), Date: form.Of("2018-12-14"), Signer: form.Of("Nguyễn Văn An"),
		SignerTitle: form.Of(u.Head),
		Collectives: form.OfInt(len(collectives)), Individuals: form.OfInt(len(people)),
		Level: form.Of("Cấp thành phố"),
	}
	d.Minutes = templates.UnitMinutes{Date: form.Of("2018-12-10"), Members: form.OfInt(9), Present: form.OfInt(9)}
	for i, c := range y.Plan.Contents {
		t := templates.TargetResult{Content: form.Of(c.Text), Goal: form.Of("Đạt từ 95% trở lên"),
			Result: form.Of("96,5%"), Met: form.Of(form.Yes)}
		if i >= met {
			t.Result, t.Met = form.Of("93,0%"), form.Of(form.No)
		}
		d.Targets = append(d.Targets, t)
	}
	for i, name := range collectives {
		row := i + 6
		d.Collectives = append(d.Collectives, templates.NominatedCollective{
			Name: Cell(name, "TẬP THỂ", row, "B"), Size: form.OfInt(24),
			Grade:      Cell("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", row, "D"),
			Party:      Cell("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", row, "E"),
			Union:      Cell("Vững mạnh", "TẬP THỂ", row, "F"),
			Discipline: Cell("0", "TẬP THỂ", row, "N"),
			Summary: form.Of("Giải quyết 3.120 thủ tục hành chính, đúng hạn 99%; niêm yết công khai thủ tục " +
				"bằng mã QR."), Award: form.Of(templates.CityAward),
		})
		if u.Group == plan.Communes {
			c := &d.Collectives[i]
			c.IndexScore, c.IndexBand = Cell("88.5", "TẬP THỂ", row, "L"), Cell("Tốt", "TẬP THỂ", row, "M")
		}
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(templates.KindCollective),
			Name: form.Of(name), Results: form.Of("Đúng hạn 99%")})
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(templates.KindCollective), Name: form.Of(name),
			Agree: form.OfInt(9), Disagree: form.OfInt(0)})
	}
	for i, p := range people {
		row := i + 6
		sex := "Nam"
		if p.Title == "Bà" {
			sex = "Nữ"
		}
		d.Individuals = append(d.Individuals, templates.NominatedPerson{
			Title: form.Of(p.Title), Name: Cell(p.Name, "CÁ NHÂN", row, "C"), Born: form.Of(p.Born), Sex: form.Of(sex),
			Position: form.Of(p.Position),
			Role:     Cell(p.Role, "CÁ NHÂN", row, "H"), Grade: Cell("Hoàn thành xuất sắc nhiệm vụ", "CÁ NHÂN", row,
				"I"),
			Initiative: Cell(p.Initiative, "CÁ NHÂN", row, "K"), Discipline: Cell("0", "CÁ NHÂN", row, "L"),
			Summary: form.Of("Tham mưu rút ngắn thời gian giải quyết thủ tục từ 05 ngày xuống 03 ngày."),
			Award:   form.Of(templates.CityAward),
		})
		if p.Role == "Chủ tịch, Phó Chủ tịch UBND xã, phường" {
			d.Individuals[i].IndexBand = Cell("Tốt", "CÁ NHÂN", row, "J")
		}
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(templates.KindIndividual),
			Name: form.Of(p.Name), Results: form.Of("Tham mưu kịp thời")})
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(templates.KindIndividual), Name: form.Of(p.Name),
			Agree: form.OfInt(8), Disagree: form.OfInt(1)})
	}
	y.Send(unit, templates.DossierForm.ID, when, submission.Accepted, d)
	return d
}

var given = []string{"An", "Bình", "Chi", "Dung", "Đạt", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc",
	"Quân", "Sơn", "Thảo", "Uyên", "Vân", "Xuân", "Yến"}

// Someone makes up a person, another one for each number.
func Someone(i int) Person {
	family, middle := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng"}[i%7], []string{"Văn", "Thị"}[i%2]
	return Person{
		Title: []string{"Ông", "Bà"}[i%2], Name: family + " " + middle + " " + given[i%len(given)],
		Born:     fmt.Sprintf("%d-0%d-%02d", 1970+i%20, 1+i%9, 1+i%28),
		Position: "Công chức Văn phòng - Thống kê", Role: "Trực tiếp thực hiện nhiệm vụ CCHC",
		Initiative: "Mẫu hướng dẫn điền tờ khai",
	}
}

// Records sends the official index of every commune, the ratings and the reviewed register, with a
// breach where wanted.
func (y *Year) Records(when time.Time, breaches ...templates.DisciplineEntry) {
	r := &templates.Records{Head: templates.RecordsHead{
		Year: form.Of("2018"), IndexSource: form.Of("Thông báo số 05/TB-UBND ngày 14/01/2019"),
		DisciplineUpTo: form.Of("2018-12-31"),
	}, Discipline: breaches}
	n := 0
	for _, u := range y.Plan.Units {
		if u.Group != plan.Communes {
			continue
		}
		score, band := 95-float64(n)*0.75, "Tốt"
		switch {
		case score >= 90:
			band = "Xuất sắc"
		case score < 80:
			band = "Khá"
		}
		row := n + 6
		r.Index = append(r.Index, templates.IndexResult{
			Unit: form.Of(u.Name), Self: form.OfNumber(score + 1.5), Appraised: Cell(fmt.Sprint(score), "CHỈ SỐ CCHC",
				row, "C"),
			Rank: form.OfInt(n + 1), Band: Cell(band, "CHỈ SỐ CCHC", row, "E"),
		})
		n++
	}
	y.Send("PB01", templates.RecordsForm.ID, when, submission.Accepted, r)
}

// MakeNormal is a year as it should be: most units take part, one is late, one has to fix its
// dossier, one collective has a breach on record that its unit did not declare, and the council has
// voted.
func MakeNormal(t testing.TB) round.Sources {
	y := New(t, "2018")
	for i, u := range y.Plan.Units {
		switch {
		case i%11 == 10: // never wrote
		case i%7 == 6:
			y.Register(u.Code, At(3, 12, 9), 1, 1)
		case i == 3:
			y.Register(u.Code, At(3, 10, 8), 1, 1)
		default:
			y.Register(u.Code, At(3, 1+i%8, 8+i%9), 1, 2)
		}
	}
	communes, offices := []string{}, []string{}
	for _, u := range y.Plan.Units {
		if u.Group == plan.Communes {
			communes = append(communes, u.Code)
		} else {
			offices = append(offices, u.Code)
		}
	}
	for i, code := range communes[:8] {
		u, _ := y.Plan.UnitByCode(code)
		people := []Person{Someone(i)}
		if i == 1 {
			people = append(people, Person{"Ông", "Dương Văn Thành", "1972-10-05", u.Head,
				"Chủ tịch, Phó Chủ tịch UBND xã, phường", ""})
		}
		y.Dossier(code, At(12, 10+i, 9), 4-i%2, []string{u.Name}, people)
	}
	for i, code := range offices[:5] {
		u, _ := y.Plan.UnitByCode(code)
		y.Dossier(code, At(12, 12+i, 14), 4, []string{u.Name},
			[]Person{Someone(8 + i), {"Bà", "Ngô Thị Kim Ngân", "1975", u.Head, "Thủ trưởng phòng, ban, đơn vị",
				"Quy trình một cửa rút gọn"}})
	}
	y.Send(communes[9], templates.DossierForm.ID, At(13, 2, 9), submission.ToFix,
		&templates.Dossier{Proposal: templates.Proposal{Contact: form.Of("Lê Thị Mẫu")}},
		finding.New(finding.MissingPart, finding.At{}, "want", "Biên bản họp xét đề nghị khen thưởng"))
	u, _ := y.Plan.UnitByCode(communes[2])
	y.Records(At(13, 14, 8), templates.DisciplineEntry{
		Unit: form.Of(u.Name), Date: form.Of("2018-09-20"), Content: Cell("Biên bản kiểm điểm về giờ giấc làm việc",
			"KỶ LUẬT", 6, "D"), Source: form.Of("Biên bản số 02/BB-UBND"),
	})
	before := y.Sources(At(13, 15, 8))
	votes := prefill.Votes(before)
	s := &votes.Session
	s.Date, s.Presiding, s.PresidingTitle, s.Secretary = form.Of("2019-01-18"), form.Of("Trần Mẫu Hai"),
		form.Of("Phó Chủ tịch Hội đồng"), form.Of("Ngô Mẫu Mười Một")
	s.Present, s.Written = form.OfInt(10), form.OfInt(1)
	s.CollectiveIssued, s.CollectiveReturned, s.CollectiveValid, s.CollectiveInvalid = form.OfInt(11), form.OfInt(11),
		form.OfInt(11), form.OfInt(0)
	s.IndividualIssued, s.IndividualReturned, s.IndividualValid, s.IndividualInvalid = form.OfInt(11), form.OfInt(11),
		form.OfInt(10), form.OfInt(1)
	tally := func(sheet string, rows []templates.VoteRow) {
		for i := range rows {
			rows[i].Code.At = form.Ref{Sheet: sheet, Cell: fmt.Sprint("A", i+6)}
			agree := max(11-i, 4)
			rows[i].Agree, rows[i].Disagree = Cell(fmt.Sprint(agree), sheet, i+6, "E"),
				Cell(fmt.Sprint(11-agree), sheet, i+6, "F")
		}
	}
	tally("TẬP THỂ", votes.Collectives)
	tally("CÁ NHÂN", votes.Individuals)
	y.Send("PB01", templates.VotesForm.ID, At(13, 18, 16), submission.Accepted, votes)
	y.Decide(At(13, 28, 10))
	s0 := y.Sources(At(13, 29, 9))
	s0.Numbers = map[string]int{}
	_, awards, _ := s0.Enrolment()
	for i, key := range awards {
		s0.Numbers[key] = i + 1
	}
	return s0
}

// Decide sends the Chairman's decision, signed by a deputy, and when awards are presented.
func (y *Year) Decide(when time.Time) {
	y.Send("PB01", templates.DecisionForm.ID, when, submission.Accepted, &templates.Decision{
		Head: templates.DecisionHead{Year: form.Of("2018"), Number: form.Of("812/QĐ-UBND"), Date: form.Of("2019-01-28"),
			Capacity: form.Of(templates.Capacities[1]),
			Signer:   form.Of("Trần Mẫu Hai"), ProposalNumber: form.Of("25/TTr-NV"),
			ProposalDate: form.Of("2019-01-25")},
		Conference: templates.Conference{Date: form.Of("2019-02-15"), Start: form.Of("8h00"),
			Place: form.Of("Hội trường UBND thành phố"),
			Chair: form.Of("Ông Trần Mẫu Hai, Phó Chủ tịch UBND thành phố")},
	})
}

// MakeEmpty is a year in which nobody wrote.
func MakeEmpty(t testing.TB) round.Sources { return New(t, "2018").Sources(At(13, 15, 8)) }

// MakeOverfull has more nominees than places, ties across the line, names as long as they come, no
// official index yet and no vote.
func MakeOverfull(t testing.TB) round.Sources {
	y := New(t, "2018")
	long := "Bộ phận tiếp nhận và trả kết quả giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên " +
		"thông hiện đại thuộc "
	n := 0
	for i, u := range y.Plan.Units {
		y.Register(u.Code, At(3, 1+i%8, 8), 2, 3)
		if i%5 != 1 {
			continue
		}
		people := []Person{Someone(n), Someone(n + 1), Someone(n + 2)}
		people[0].Position = "Phó Trưởng phòng phụ trách công tác cải cách hành chính, kiểm soát thủ tục hành " +
			"chính và ứng dụng công nghệ thông tin"
		people[2].Initiative = ""
		people[2].Role = "Khác"
		n += 3
		y.Dossier(u.Code, At(12, 1+i%28, 10), i%5, []string{u.Name, long + u.Name}, people)
	}
	return y.Sources(At(13, 3, 8))
}

// Kind is a year by its name.
type Kind struct {
	Name string
	Make func(testing.TB) round.Sources // makes it anew
}

// Kinds are the years that goldens are kept of.
func Kinds() []Kind {
	return []Kind{{"normal", MakeNormal}, {"empty", MakeEmpty}, {"overfull", MakeOverfull}}
}

var made = map[string]round.Sources{} // the tests of a package run one after the other

func once(t testing.TB, name string, build func(testing.TB) round.Sources) round.Sources {
	t.Helper()
	if _, ok := made[name]; !ok {
		made[name] = build(t)
	}
	return made[name]
}

// Normal is the year of MakeNormal, evaluated once for all tests of a package. The caller may put
// other things into the sources that it gets, and must not change what they point to.
func Normal(t testing.TB) round.Sources { return once(t, "normal", MakeNormal) }

// Empty is the year of MakeEmpty, likewise.
func Empty(t testing.TB) round.Sources { return once(t, "empty", MakeEmpty) }

// Overfull is the year of MakeOverfull, likewise.
func Overfull(t testing.TB) round.Sources { return once(t, "overfull", MakeOverfull) }
