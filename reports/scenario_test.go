package reports_test

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

// year is a small builder of what the units of the built-in plan sent for one period.
type year struct {
	t      *testing.T
	plan   *plan.Plan
	period plan.Period
	sent   []submission.Submission
}

func newYear(t *testing.T, period string) *year {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	per, ok := p.Period(period)
	if !ok {
		t.Fatalf("no period %q", period)
	}
	return &year{t: t, plan: p, period: per}
}

func at(month, day, hour int) time.Time {
	y := 2018
	if month > 12 {
		y, month = 2019, month-12
	}
	return time.Date(y, time.Month(month), day, hour, 5, 0, 0, calendar.Zone).UTC()
}

func (y *year) send(unit, formID string, when time.Time, state submission.State, value any, findings ...finding.Finding) *submission.Submission {
	n := len(y.sent)
	s := submission.Submission{
		ID: submission.NewID(y.period.ID, fmt.Sprint(unit, n), "1", formID), Message: fmt.Sprintf("%064d", n), File: formID + "-" + unit + ".xlsx",
		Received: when, Unit: unit, Period: y.period.ID, Form: formID, Version: 1, State: state, Value: value, Findings: findings,
	}
	y.sent = append(y.sent, s)
	return &y.sent[n]
}

// sources closes the year at that moment.
func (y *year) sources(asOf time.Time) round.Sources {
	y.t.Helper()
	data := submission.NewDataset(asOf, y.sent)
	s, err := round.Gather(y.plan, data, y.period.ID, calendar.DateOf(asOf))
	if err != nil {
		y.t.Fatal(err)
	}
	return s
}

func (y *year) register(unit string, when time.Time, collectives, individuals int) {
	r := &templates.Registration{}
	for _, c := range y.plan.Contents {
		r.Targets = append(r.Targets, templates.Target{Content: form.Of(c.Text), Goal: form.Of("Đạt từ 95% trở lên")})
	}
	r.Collectives = make([]templates.RegisteredCollective, collectives)
	r.Individuals = make([]templates.RegisteredPerson, individuals)
	y.send(unit, templates.RegistrationForm.ID, when, submission.Accepted, r)
}

func cell(text, sheet string, row int, col string) form.Value {
	return form.Value{Text: text, At: form.Ref{Sheet: sheet, Cell: fmt.Sprint(col, row)}}
}

// person is a row of the danh sách trích ngang.
type person struct{ title, name, born, position, role, initiative string }

func (y *year) dossier(unit string, when time.Time, met int, collectives []string, people []person) *templates.Dossier {
	u, _ := y.plan.UnitByCode(unit)
	d := &templates.Dossier{}
	d.Proposal = templates.Proposal{
		Number: form.Of("45/TTr-UBND"), Date: form.Of("2018-12-14"), Signer: form.Of("Nguyễn Văn An"), SignerTitle: form.Of(u.Head),
		Collectives: form.OfInt(len(collectives)), Individuals: form.OfInt(len(people)), Level: form.Of("Cấp thành phố"),
	}
	d.Minutes = templates.UnitMinutes{Date: form.Of("2018-12-10"), Members: form.OfInt(9), Present: form.OfInt(9)}
	for i, c := range y.plan.Contents {
		t := templates.TargetResult{Content: form.Of(c.Text), Goal: form.Of("Đạt từ 95% trở lên"), Result: form.Of("96,5%"), Met: form.Of(form.Yes)}
		if i >= met {
			t.Result, t.Met = form.Of("93,0%"), form.Of(form.No)
		}
		d.Targets = append(d.Targets, t)
	}
	for i, name := range collectives {
		row := i + 6
		d.Collectives = append(d.Collectives, templates.NominatedCollective{
			Name: cell(name, "TẬP THỂ", row, "B"), Size: form.OfInt(24), Grade: cell("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", row, "D"),
			Party: cell("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", row, "E"), Union: cell("Vững mạnh", "TẬP THỂ", row, "F"),
			Discipline: cell("0", "TẬP THỂ", row, "N"),
			Summary:    form.Of("Giải quyết 3.120 thủ tục hành chính, đúng hạn 99%; niêm yết công khai thủ tục bằng mã QR."), Award: form.Of(templates.CityAward),
		})
		if u.Group == plan.Communes {
			c := &d.Collectives[i]
			c.IndexScore, c.IndexBand = cell("88.5", "TẬP THỂ", row, "L"), cell("Tốt", "TẬP THỂ", row, "M")
		}
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(templates.KindCollective), Name: form.Of(name), Results: form.Of("Đúng hạn 99%")})
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(templates.KindCollective), Name: form.Of(name), Agree: form.OfInt(9), Disagree: form.OfInt(0)})
	}
	for i, p := range people {
		row := i + 6
		sex := "Nam"
		if p.title == "Bà" {
			sex = "Nữ"
		}
		d.Individuals = append(d.Individuals, templates.NominatedPerson{
			Title: form.Of(p.title), Name: cell(p.name, "CÁ NHÂN", row, "C"), Born: form.Of(p.born), Sex: form.Of(sex), Position: form.Of(p.position),
			Role: cell(p.role, "CÁ NHÂN", row, "H"), Grade: cell("Hoàn thành xuất sắc nhiệm vụ", "CÁ NHÂN", row, "I"),
			Initiative: cell(p.initiative, "CÁ NHÂN", row, "K"), Discipline: cell("0", "CÁ NHÂN", row, "L"),
			Summary: form.Of("Tham mưu rút ngắn thời gian giải quyết thủ tục từ 05 ngày xuống 03 ngày."), Award: form.Of(templates.CityAward),
		})
		if p.role == "Chủ tịch, Phó Chủ tịch UBND xã, phường" {
			d.Individuals[i].IndexBand = cell("Tốt", "CÁ NHÂN", row, "J")
		}
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(templates.KindIndividual), Name: form.Of(p.name), Results: form.Of("Tham mưu kịp thời")})
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(templates.KindIndividual), Name: form.Of(p.name), Agree: form.OfInt(8), Disagree: form.OfInt(1)})
	}
	y.send(unit, templates.DossierForm.ID, when, submission.Accepted, d)
	return d
}

var given = []string{"An", "Bình", "Chi", "Dung", "Đạt", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Uyên", "Vân", "Xuân", "Yến"}

// name makes up a person.
func name(i int) person {
	family, middle := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng"}[i%7], []string{"Văn", "Thị"}[i%2]
	return person{
		title: []string{"Ông", "Bà"}[i%2], name: family + " " + middle + " " + given[i%len(given)], born: fmt.Sprintf("%d-0%d-%02d", 1970+i%20, 1+i%9, 1+i%28),
		position: "Công chức Văn phòng - Thống kê", role: "Trực tiếp thực hiện nhiệm vụ CCHC", initiative: "Mẫu hướng dẫn điền tờ khai",
	}
}

// records sends the official index of every commune, the ratings and the reviewed register, with a breach where wanted.
func (y *year) records(when time.Time, breaches ...templates.DisciplineEntry) {
	r := &templates.Records{Head: templates.RecordsHead{
		Year: form.Of("2018"), IndexSource: form.Of("Thông báo số 05/TB-UBND ngày 14/01/2019"), DisciplineUpTo: form.Of("2018-12-31"),
	}, Discipline: breaches}
	n := 0
	for _, u := range y.plan.Units {
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
			Unit: form.Of(u.Name), Self: form.OfNumber(score + 1.5), Appraised: cell(fmt.Sprint(score), "CHỈ SỐ CCHC", row, "C"),
			Rank: form.OfInt(n + 1), Band: cell(band, "CHỈ SỐ CCHC", row, "E"),
		})
		n++
	}
	y.send("PB01", templates.RecordsForm.ID, when, submission.Accepted, r)
}

// normalYear is a year as it should be: most units take part, one is late, one has to fix its dossier, one collective has a breach on
// record that its unit did not declare, and the council has voted.
func normalYear(t *testing.T) round.Sources {
	y := newYear(t, "2018")
	for i, u := range y.plan.Units {
		switch {
		case i%11 == 10: // never wrote
		case i%7 == 6:
			y.register(u.Code, at(3, 12, 9), 1, 1)
		case i == 3:
			y.register(u.Code, at(3, 10, 8), 1, 1)
		default:
			y.register(u.Code, at(3, 1+i%8, 8+i%9), 1, 2)
		}
	}
	communes, offices := []string{}, []string{}
	for _, u := range y.plan.Units {
		if u.Group == plan.Communes {
			communes = append(communes, u.Code)
		} else {
			offices = append(offices, u.Code)
		}
	}
	for i, code := range communes[:8] {
		u, _ := y.plan.UnitByCode(code)
		people := []person{name(i)}
		if i == 1 {
			people = append(people, person{"Ông", "Dương Văn Thành", "1972-10-05", u.Head, "Chủ tịch, Phó Chủ tịch UBND xã, phường", ""})
		}
		y.dossier(code, at(12, 10+i, 9), 4-i%2, []string{u.Name}, people)
	}
	for i, code := range offices[:5] {
		u, _ := y.plan.UnitByCode(code)
		y.dossier(code, at(12, 12+i, 14), 4, []string{u.Name}, []person{name(8 + i), {"Bà", "Ngô Thị Kim Ngân", "1975", u.Head, "Thủ trưởng phòng, ban, đơn vị", "Quy trình một cửa rút gọn"}})
	}
	y.send(communes[9], templates.DossierForm.ID, at(13, 2, 9), submission.ToFix, &templates.Dossier{},
		finding.New(finding.MissingPart, finding.At{}, "want", "Biên bản họp xét đề nghị khen thưởng"))
	u, _ := y.plan.UnitByCode(communes[2])
	y.records(at(13, 14, 8), templates.DisciplineEntry{
		Unit: form.Of(u.Name), Date: form.Of("2018-09-20"), Content: cell("Biên bản kiểm điểm về giờ giấc làm việc", "KỶ LUẬT", 6, "D"), Source: form.Of("Biên bản số 02/BB-UBND"),
	})
	before := y.sources(at(13, 15, 8))
	votes := prefill.Votes(before)
	s := &votes.Session
	s.Date, s.Presiding, s.PresidingTitle, s.Secretary = form.Of("2019-01-18"), form.Of("Trần Mẫu Hai"), form.Of("Phó Chủ tịch Hội đồng"), form.Of("Ngô Mẫu Mười Một")
	s.Present, s.Written = form.OfInt(10), form.OfInt(1)
	s.CollectiveIssued, s.CollectiveReturned, s.CollectiveValid, s.CollectiveInvalid = form.OfInt(11), form.OfInt(11), form.OfInt(11), form.OfInt(0)
	s.IndividualIssued, s.IndividualReturned, s.IndividualValid, s.IndividualInvalid = form.OfInt(11), form.OfInt(11), form.OfInt(10), form.OfInt(1)
	tally := func(sheet string, rows []templates.VoteRow) {
		for i := range rows {
			rows[i].Code.At = form.Ref{Sheet: sheet, Cell: fmt.Sprint("A", i+6)}
			agree := max(11-i, 4)
			rows[i].Agree, rows[i].Disagree = cell(fmt.Sprint(agree), sheet, i+6, "E"), cell(fmt.Sprint(11-agree), sheet, i+6, "F")
		}
	}
	tally("TẬP THỂ", votes.Collectives)
	tally("CÁ NHÂN", votes.Individuals)
	y.send("PB01", templates.VotesForm.ID, at(13, 18, 16), submission.Accepted, votes)
	y.decide(at(13, 28, 10))
	s0 := y.sources(at(13, 29, 9))
	s0.Numbers = map[string]int{}
	_, awards, _ := s0.Enrolment()
	for i, key := range awards {
		s0.Numbers[key] = i + 1
	}
	return s0
}

// decide sends the Chairman's decision, signed by a deputy, and when awards are presented.
func (y *year) decide(when time.Time) {
	y.send("PB01", templates.DecisionForm.ID, when, submission.Accepted, &templates.Decision{
		Head: templates.DecisionHead{Year: form.Of("2018"), Number: form.Of("812/QĐ-UBND"), Date: form.Of("2019-01-28"), Capacity: form.Of(templates.Capacities[1]),
			Signer: form.Of("Trần Mẫu Hai"), ProposalNumber: form.Of("25/TTr-NV"), ProposalDate: form.Of("2019-01-25")},
		Conference: templates.Conference{Date: form.Of("2019-02-15"), Start: form.Of("8h00"), Place: form.Of("Hội trường UBND thành phố"), Chair: form.Of("Ông Trần Mẫu Hai, Phó Chủ tịch UBND thành phố")},
	})
}

// emptyYear is a year in which nobody wrote.
func emptyYear(t *testing.T) round.Sources { return newYear(t, "2018").sources(at(13, 15, 8)) }

// overfullYear has more nominees than places, ties across the line, names as long as they come, no official index yet and no vote.
func overfullYear(t *testing.T) round.Sources {
	y := newYear(t, "2018")
	long := "Bộ phận tiếp nhận và trả kết quả giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên thông hiện đại thuộc "
	n := 0
	for i, u := range y.plan.Units {
		y.register(u.Code, at(3, 1+i%8, 8), 2, 3)
		if i%5 != 1 {
			continue
		}
		people := []person{name(n), name(n + 1), name(n + 2)}
		people[0].position = "Phó Trưởng phòng phụ trách công tác cải cách hành chính, kiểm soát thủ tục hành chính và ứng dụng công nghệ thông tin"
		people[2].initiative = ""
		people[2].role = "Khác"
		n += 3
		y.dossier(u.Code, at(12, 1+i%28, 10), i%5, []string{u.Name, long + u.Name}, people)
	}
	return y.sources(at(13, 3, 8))
}
