package scenarios_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/reports"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// The same program runs for a ward by a plan folder of its own (Plan III.1.3), and for another movement of another year: nothing but data
// changes, and no paper or letter speaks of the city.
func TestOtherPlansPlayAYearFromDataAlone(t *testing.T) {
	ward, ok := plan.Embedded("mau-ke-hoach-phuong")
	if !ok {
		t.Fatal("the ward's plan does not come with the program")
	}
	sample, err := plan.Load(ward)
	must(t, err)
	for _, c := range []struct {
		name, period string
		plan         *plan.Plan
		says, not    []string
	}{
		{"one ward", "2019", sample, []string{"PHƯỜNG THANH BÌNH", "Giấy khen của Chủ tịch UBND phường", "Phường điện tử, phục vụ Nhân dân", "12/KH-UBND"},
			[]string{"Phòng Nội vụ", "PHÒNG NỘI VỤ", "Thái Nguyên", "THÁI NGUYÊN", "31/KH-UBND", "xã, phường", "Thành ủy", "Chánh Văn phòng HĐND", "Thực hiện cải cách hành chính"}},
		{"a ward after the reform of 2025", "2026", after2025(t, sample), []string{"PHƯỜNG PHAN ĐÌNH PHÙNG", "Bình dân học vụ số", "Trung tâm Phục vụ hành chính công"},
			[]string{"Phòng Nội vụ", "Thanh Bình", "31/KH-UBND", "2019", "thực hiện cải cách hành chính", "Văn phòng - Thống kê", "Bộ phận tiếp nhận"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if problems := plan.Lint(c.plan); len(problems) > 0 {
				t.Fatalf("the plan has problems: %v", problems)
			}
			y := playYear(t, c.plan, c.period)
			text := y.text()
			for _, s := range c.says {
				if !strings.Contains(text, s) {
					t.Errorf("no paper and no letter says %q", s)
				}
			}
			for _, s := range c.not {
				if i := strings.Index(text, s); i >= 0 {
					t.Errorf("a paper or letter says %q: …%s…", s, text[max(0, i-120):min(len(text), i+120)])
				}
			}
		})
	}
}

// after2025 is the ward's plan as data of another movement in 2026: other years, other names of units, as after the reform of 2025.
func after2025(t *testing.T, sample *plan.Plan) *plan.Plan {
	files, err := plan.Encode(sample)
	must(t, err)
	out := fstest.MapFS{}
	for name, raw := range files {
		s := string(raw)
		for _, x := range [][2]string{
			{"2020", "2027"}, {"2019", "2026"}, {"phường Thanh Bình", "phường Phan Đình Phùng"}, {"PHƯỜNG THANH BÌNH", "PHƯỜNG PHAN ĐÌNH PHÙNG"}, {"Thanh Bình", "Phan Đình Phùng"},
			{"Phường điện tử, phục vụ Nhân dân", "Bình dân học vụ số"}, {"Bộ phận tiếp nhận và trả kết quả", "Trung tâm Phục vụ hành chính công"},
			{"Bộ phận Văn phòng - Thống kê", "Văn phòng HĐND và UBND phường"}, {"bộ phận Văn phòng - Thống kê", "Văn phòng HĐND và UBND phường"},
			{"Công chức Văn phòng - Thống kê", "Chánh Văn phòng"}, {"Văn phòng - Thống kê", "Văn phòng"}, {"BỘ PHẬN VĂN PHÒNG - THỐNG KÊ", "VĂN PHÒNG HĐND VÀ UBND"},
			{"CÔNG CHỨC VĂN PHÒNG - THỐNG KÊ", "CHÁNH VĂN PHÒNG"},
			{"Bộ phận Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"}, {"Bộ phận Địa chính - Xây dựng", `"Phòng Kinh tế, Hạ tầng và Đô thị"`},
		} {
			s = strings.ReplaceAll(s, x[0], x[1])
		}
		out[name] = &fstest.MapFile{Data: []byte(s)}
	}
	p, err := plan.Load(out)
	must(t, err)
	return p
}

// year is a year played through a real mailbox: registrations, dossiers, records, votes, the decision.
type year struct {
	*world
	period plan.Period
	n      int
}

func playYear(t *testing.T, p *plan.Plan, period string) *year {
	per, ok := p.Period(period)
	if !ok {
		t.Fatalf("no period %s", period)
	}
	y := &year{world: newWorldOf(t, p), period: per}
	day := func(month, day int) time.Time {
		return calendar.Date{Year: per.To.Year, Month: month, Day: day}.Start().Add(9 * time.Hour)
	}
	y.step(day(3, 12))
	first, last := p.Groups[0], p.Groups[1]
	var units []plan.Unit
	for _, g := range []plan.Group{first, last} {
		n := 0
		for _, u := range p.Units {
			if u.Group == g.ID && n < 4 {
				units, n = append(units, u), n+1
			}
		}
	}
	if got := len(y.sent("templates")); got < len(p.Units) {
		t.Errorf("%d letters with forms for %d units", got, len(p.Units))
	}
	y.step(day(3, 20), y.each(units, day(3, 19), templates.RegistrationForm, func(u plan.Unit) any { return y.registration(u) })...)
	y.step(day(4, 2))
	y.step(day(11, 25), y.each(units, day(11, 24), templates.DossierForm, func(u plan.Unit) any { return y.dossier(u) })...)
	y.step(day(12, 11), y.mail(p.Office.Emails[0], day(12, 10), templates.RecordsForm, "", y.records(units)))
	y.step(day(12, 16))
	y.step(day(12, 18), y.mail(p.Council.SecretaryEmails[0], day(12, 17), templates.VotesForm, "", y.votes()))
	decision := templates.NewDecision(per)
	decision.Head.Number, decision.Head.Date, decision.Head.Signer = form.Of("88/QĐ-UBND"), form.OfDate(calendar.DateOf(day(12, 21))), form.Of("Nguyễn Mẫu An")
	decision.Head.Capacity = form.Of(templates.Capacities[0])
	y.step(day(12, 22), y.mail(p.Office.Emails[0], day(12, 21), templates.DecisionForm, "", decision))
	y.step(day(12, 31))

	n, err := y.ledger.Counts(t.Context())
	must(t, err)
	if n.Rows.ToFix > 0 || n.Rows.Accepted == 0 {
		t.Errorf("rows: %+v", n.Rows)
	}
	s := y.gather()
	awards := map[string]int{}
	for _, a := range s.Result.Awards {
		awards[a.Nominee.Group+" "+a.Nominee.Kind]++
	}
	for _, g := range p.Groups {
		for _, kind := range []plan.NomineeKind{plan.Collective, plan.Individual} {
			q, _ := p.Quota(per.ID, g.ID, kind)
			if got := awards[string(g.ID)+" "+string(kind)]; got == 0 || got > q.Places {
				t.Errorf("%s %s: %d awards, the plan has %d places", g.Title, kind, got, q.Places)
			}
		}
	}
	runs, err := y.ledger.Runs(t.Context())
	must(t, err)
	for _, want := range []string{"matrix-registration", "docket", "awards", "certificates", "results", "summary"} {
		if !slices.ContainsFunc(runs, func(r ledger.Run) bool { return r.Report == want }) {
			t.Errorf("no papers of %s", want)
		}
	}
	return y
}

// step lets the program run at a moment, papers included.
func (y *year) step(at time.Time, arriving ...post) {
	y.t.Helper()
	y.pass(at, arriving)
	_, err := y.letter.Issue(y.t.Context(), y.ledger, y.clock, nil)
	must(y.t, err)
	y.deliver(y.t.Context())
}

func (y *year) sent(kind string) []ledger.Posted {
	all, err := y.ledger.Letters(y.t.Context())
	must(y.t, err)
	return slices.DeleteFunc(all, func(x ledger.Posted) bool { return x.Kind != kind })
}

func (y *year) gather() reports.Sources {
	d, err := y.ledger.Dataset(y.t.Context(), y.clock.at)
	must(y.t, err)
	s, err := reports.Gather(y.plan, d, y.period.ID, calendar.DateOf(y.clock.at))
	must(y.t, err)
	return s
}

func (y *year) each(units []plan.Unit, at time.Time, f *form.Form, value func(plan.Unit) any) []post {
	var out []post
	for _, u := range units {
		out = append(out, y.mail(u.Mailboxes()[0], at, f, u.Code, value(u)))
	}
	return out
}

func (y *year) mail(from string, at time.Time, f *form.Form, unit string, value any) post {
	y.t.Helper()
	b, err := xlsx.Write(f, reports.Heading(y.plan, y.period, nil), templates.Context(y.plan, y.period, unit), value)
	must(y.t, err)
	y.n++
	w := &writer{t: y.t, plan: y.plan, period: y.period, wrote: map[string][]byte{}}
	raw := w.write(eml{
		name: fmt.Sprint("thu-", y.n), at: at.In(calendar.Zone).Format(time.DateTime), from: from, subject: templates.Title(f, y.plan), text: "Kính gửi kèm theo.",
		files: []file{{f.ID + ".xlsx", b}},
	})
	return post{name: fmt.Sprint(y.n), raw: raw, at: at}
}

func (y *year) registration(u plan.Unit) *templates.Registration {
	w := &writer{t: y.t, plan: y.plan, period: y.period}
	r := w.registration(u.Code, y.people(u)...)
	r.Unit.PlanIssue = form.Of("04/KH ngày 10/3/" + y.period.ID)
	for i := range r.Targets {
		r.Targets[i].Due = form.OfDate(calendar.Date{Year: y.period.To.Year, Month: 11, Day: 15})
	}
	r.Collectives[0].Award = form.Of(y.plan.Award)
	for i := range r.Individuals {
		r.Individuals[i].Award, r.Individuals[i].Role = form.Of(y.plan.Award), form.Of(y.plan.Roles[0].Title)
	}
	return r
}

func (y *year) dossier(u plan.Unit) *templates.Dossier {
	w := &writer{t: y.t, plan: y.plan, period: y.period}
	d := w.dossier(u.Code, y.people(u)...)
	met := calendar.Date{Year: y.period.To.Year, Month: 11, Day: 20}
	d.Proposal.Date, d.Minutes.Date = form.OfDate(met.AddDays(1)), form.OfDate(met)
	d.Proposal.Level = form.Of(y.plan.Copies[0].LevelName())
	c := &d.Collectives[0]
	c.Award, c.Party, c.Union = form.Of(y.plan.Award), form.Value{}, form.Value{}
	for i := range d.Individuals {
		d.Individuals[i].Award, d.Individuals[i].Role = form.Of(y.plan.Award), form.Of(y.plan.Roles[0].Title)
	}
	return d
}

// people are the two whom a unit proposes.
func (y *year) people(u plan.Unit) []person {
	i := slices.IndexFunc(y.plan.Units, func(x plan.Unit) bool { return x.Code == u.Code })
	given := strings.Fields("Lan Hoa Mai Cúc Liên Nga Yến Hà Sơn Hải Long Minh Tuấn Thắng Dũng Hùng")[i%16]
	return []person{
		{"Bà", "Trần Thị Mẫu " + given, "1985-03-05", "Nữ", "Cán bộ"}, {"Ông", "Lê Văn Mẫu " + given, "1979-11-20", "Nam", "Cán bộ"},
	}
}

func (y *year) records(units []plan.Unit) *templates.Records {
	r := templates.NewRecords(y.plan, y.period)
	r.Head.Preparer, r.Head.RatingSource = form.Of("Trịnh Thị Mẫu Em"), form.Of("Thông báo số 02/TB-UBND")
	r.Head.DisciplineUpTo = form.OfDate(calendar.Date{Year: y.period.To.Year, Month: 12, Day: 5})
	r.UnitRatings = nil
	for _, u := range units {
		r.UnitRatings = append(r.UnitRatings, templates.UnitRating{Unit: form.Of(u.Name), Grade: form.Of(excellent)})
		for _, p := range y.people(u) {
			r.Ratings = append(r.Ratings, templates.PersonRating{Unit: form.Of(u.Name), Name: form.Of(p.name), Grade: form.Of(excellent)})
		}
	}
	return r
}

// votes fills in the ballot workbook: everybody within the places of the plan has all votes.
func (y *year) votes() *templates.Votes {
	s := y.gather()
	v := reports.BallotWorkbook(s)
	n := len(y.plan.Council.Members)
	x := &v.Session
	x.Date, x.Place = form.OfDate(calendar.DateOf(y.clock.at)), form.Of("Phòng họp "+y.plan.Issuer.Short)
	x.Presiding, x.PresidingTitle, x.Secretary = form.Of(y.plan.Council.Members[0].Name), form.Of(y.plan.Council.Members[0].Title), form.Of(y.plan.Council.Members[n-1].Name)
	x.Members, x.Present, x.Written = form.OfInt(n), form.OfInt(n), form.OfInt(0)
	for _, f := range []*form.Value{&x.CollectiveIssued, &x.CollectiveReturned, &x.CollectiveValid, &x.IndividualIssued, &x.IndividualReturned, &x.IndividualValid} {
		*f = form.OfInt(n)
	}
	x.CollectiveInvalid, x.IndividualInvalid = form.OfInt(0), form.OfInt(0)
	given := map[string]int{}
	fill := func(rows []templates.VoteRow, kind plan.NomineeKind) {
		for i := range rows {
			code, _, _ := strings.Cut(rows[i].Code.Text, "-")
			u, _ := y.plan.UnitByCode(code)
			q, _ := y.plan.Quota(y.period.ID, u.Group, kind)
			key, agree := string(u.Group)+string(kind), 0
			if given[key] < q.Places {
				agree = n
			}
			given[key]++
			rows[i].Agree, rows[i].Disagree, rows[i].Other = form.OfInt(agree), form.OfInt(n-agree), form.OfInt(0)
		}
	}
	fill(v.Collectives, plan.Collective)
	fill(v.Individuals, plan.Individual)
	return v
}

var tags = regexp.MustCompile(`<[^>]*>`)

// text is all that was written: the Word papers of every run, the text of every letter.
func (y *year) text() string {
	ctx := y.t.Context()
	var b strings.Builder
	runs, err := y.ledger.Runs(ctx)
	must(y.t, err)
	for _, r := range runs {
		docs, err := y.ledger.Documents(ctx, r.Key)
		must(y.t, err)
		for _, d := range docs {
			if !strings.HasSuffix(d.Name, ".docx") {
				continue
			}
			z, err := zip.NewReader(bytes.NewReader(d.Bytes), int64(len(d.Bytes)))
			must(y.t, err)
			f, err := z.Open("word/document.xml")
			must(y.t, err)
			raw, err := io.ReadAll(f)
			must(y.t, err)
			fmt.Fprintf(&b, "\n%s/%s: %s", r.Key, d.Name, tags.ReplaceAllString(strings.ReplaceAll(string(raw), "</w:p>", " "), ""))
		}
	}
	letters, err := y.ledger.Letters(ctx)
	must(y.t, err)
	for _, x := range letters {
		raw, err := y.ledger.Blob(ctx, x.SHA256)
		must(y.t, err)
		m := mailbox.Parse(raw, mailbox.Limits{})
		fmt.Fprintf(&b, "\n%s: %s\n%s", x.Kind, m.Subject, m.Text)
	}
	return b.String()
}
