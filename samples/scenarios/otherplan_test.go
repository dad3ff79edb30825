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
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// The same program runs for a ward by a plan folder of its own (Plan III.1.3), and for another
// movement of another year: nothing but data changes, and no paper or letter speaks of the city.
func TestOtherPlansPlayAYearFromDataAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("short: plays whole years")
	}
	ward, ok := plan.Embedded("mau-ke-hoach-phuong")
	if !ok {
		t.Fatal("the ward's plan does not come with the program")
	}
	sample, err := plan.Load(ward)
	must(t, err)
	city := []string{"CCHC", "ải cách hành chính", "CẢI CÁCH", "xã, phường", "Xã, phường", "XÃ, PHƯỜNG", "phòng, ban",
		"Nội vụ", "NỘI VỤ", "Thái Nguyên", "THÁI NGUYÊN", "thainguyen", "31/KH-UBND", "năm 2018", "Năm 2018",
		"Thành ủy", "Tân Thịnh"}
	for _, c := range []struct {
		name, period string
		plan         *plan.Plan
		says, not    []string
	}{
		{"one ward", "2019", sample, []string{"PHƯỜNG THANH BÌNH", "Giấy khen của Chủ tịch UBND phường",
			"Phường điện tử, phục vụ Nhân dân", "12/KH-UBND"},
			[]string{"Phòng Nội vụ", "PHÒNG NỘI VỤ", "Thái Nguyên", "THÁI NGUYÊN", "31/KH-UBND", "xã, phường",
				"Thành ủy", "Chánh Văn phòng HĐND", "Thực hiện cải cách hành chính"}},
		{"another province's city", "2026", anotherCity(t), []string{"SƠN BÌNH", "45/KH-UBND", "CCHC"},
			[]string{"Phòng Nội vụ", "phòng Nội vụ", "Thái Nguyên", "THÁI NGUYÊN", "thainguyen", "31/KH-UBND",
				"năm 2018", "Giai đoạn 2018", "Năm 2018", "Tân Thịnh", "10/3"}},
		{"a commune of hamlets", "2026", aCommune(t, sample), []string{"XÃ AN LẠC", "Xây dựng nông thôn mới",
			"07/KH-UBND"},
			append([]string{"Thanh Bình", "thành phố", "Thành phố", "TTHC", "phường", "kỷ cương"}, city...)},
		{"the schools of a district", "2026", schools(t, sample), []string{"HUYỆN TÂN PHÚ", "Dạy tốt - Học tốt",
			"Giấy khen của Trưởng phòng Giáo dục và Đào tạo"},
			append([]string{"Thanh Bình", "TTHC", "thủ tục hành chính", "Chủ tịch UBND"}, city...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if problems := plan.Lint(c.plan); slices.ContainsFunc(problems,
				func(x plan.Problem) bool { return !x.Warning }) {
				t.Fatalf("the plan has problems: %v", problems)
			}
			y := playYear(t, c.plan, c.period)
			text := strings.ReplaceAll(y.text(), "thidua@thainguyen.example", "") // the shared mailbox of every story
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

// year is a year played through a real mailbox: registrations, dossiers, records, votes, the
// decision.
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
	reg, dos, council := per.Registration.Before, per.Dossier.Before, dueDay(p, per, "docket")
	on := func(d calendar.Date, days int) time.Time { return d.AddDays(days).Start().Add(9 * time.Hour) }
	y.step(on(dueDay(p, per, "templates"), 1))
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
	y.step(on(reg, -12), y.each(units, on(reg, -13), templates.RegistrationForm,
		func(u plan.Unit) any { return y.registration(u) })...)
	y.step(on(reg, 1))
	y.step(on(dos, -10), y.each(units, on(dos, -11), templates.DossierForm,
		func(u plan.Unit) any { return y.dossier(u) })...)
	y.step(on(dos, 6), y.mail(p.Office.Emails[0], on(dos, 5), templates.RecordsForm, "", y.records(units)))
	y.step(on(council, 0))
	y.step(on(council, 2), y.mail(p.Council.SecretaryEmails[0], on(council, 1), templates.VotesForm, "", y.votes()))
	decision := templates.NewDecision(per)
	decision.Head.Number, decision.Head.Date, decision.Head.Signer = form.Of("88/QĐ-UBND"),
		form.OfDate(council.AddDays(5)), form.Of("Nguyễn Mẫu An")
	decision.Head.Capacity = form.Of(templates.Capacities[0])
	y.step(on(council, 6), y.mail(p.Office.Emails[0], on(council, 5), templates.DecisionForm, "", decision))
	y.step(on(council, 15))

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
	runs, err := y.ledger.Runs().All(t.Context())
	must(t, err)
	for _, want := range []string{"matrix-registration", "docket", "awards", "certificates", "results", "summary"} {
		if !slices.ContainsFunc(runs, func(r ledger.Run) bool { return r.Report == want }) {
			t.Errorf("no papers of %s", want)
		}
	}
	return y
}

// dueDay is the day of an occasion of the period.
func dueDay(p *plan.Plan, per plan.Period, occasion string) calendar.Date {
	for _, o := range p.Occurrences(per.ID) {
		if o.Occasion.ID == occasion {
			return o.On
		}
	}
	return per.To
}

// step lets the program run at a moment, papers included.
func (y *year) step(at time.Time, arriving ...post) {
	y.t.Helper()
	y.make(at, arriving)
}

func (y *year) sent(kind string) []ledger.Posted {
	all, err := y.ledger.Outbox().Letters(y.t.Context())
	must(y.t, err)
	return slices.DeleteFunc(all, func(x ledger.Posted) bool { return x.Kind != kind })
}

func (y *year) gather() round.Sources {
	d, err := y.ledger.Dataset(y.t.Context(), y.clock.at)
	must(y.t, err)
	s, err := round.Gather(y.plan, d, y.period.ID, calendar.DateOf(y.clock.at))
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
	b, err := xlsx.Write(f, prefill.Heading(y.plan, y.period, nil),
		templates.Context(y.plan, y.period, unit).Sealed(secret.Seal), value)
	must(y.t, err)
	y.n++
	w := &writer{t: y.t, plan: y.plan, period: y.period, wrote: map[string][]byte{}}
	raw := w.write(eml{
		name: fmt.Sprint("thu-", y.n), at: at.In(calendar.Zone).Format(time.DateTime), from: from,
		subject: templates.Title(f, y.plan), text: "Kính gửi kèm theo.",
		files: []file{{f.ID + ".xlsx", b}},
	})
	return post{name: fmt.Sprint(y.n), raw: raw, at: at}
}

func (y *year) registration(u plan.Unit) *templates.Registration {
	w := &writer{t: y.t, plan: y.plan, period: y.period}
	r := w.registration(u.Code, y.people(u)...)
	r.Unit.PlanIssue = form.Of("04/KH ngày 05/02/" + y.period.ID)
	for i := range r.Targets {
		r.Targets[i].Due = form.OfDate(calendar.Date{Year: y.period.To.Year, Month: 11, Day: 15})
	}
	r.Collectives[0].Award = form.Of(y.plan.Award)
	for i := range r.Individuals {
		r.Individuals[i].Award, r.Individuals[i].Role = form.Of(y.plan.Award), y.role(u)
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
		d.Individuals[i].Award, d.Individuals[i].Role = form.Of(y.plan.Award), y.role(u)
	}
	for _, f := range templates.Fit(templates.DossierForm, y.plan, y.period).Own("collectives") {
		c.Own.Set(f.Key, y.own(u))
	}
	return d
}

// own is a unit's value in the plan's own columns, which are percentages here: less from unit to
// unit.
func (y *year) own(u plan.Unit) form.Value {
	i := slices.IndexFunc(y.plan.Units, func(x plan.Unit) bool { return x.Code == u.Code })
	return form.OfNumber(98.5 - 3*float64(i%8))
}

// role is the first that people of a unit may hold.
func (y *year) role(u plan.Unit) form.Value {
	i := slices.IndexFunc(y.plan.Roles, func(r plan.Role) bool { return r.In(u.Group) })
	return form.Of(y.plan.Roles[i].Title)
}

// people are the two whom a unit proposes.
func (y *year) people(u plan.Unit) []person {
	i := slices.IndexFunc(y.plan.Units, func(x plan.Unit) bool { return x.Code == u.Code })
	given := strings.Fields("Lan Hoa Mai Cúc Liên Nga Yến Hà Sơn Hải Long Minh Tuấn Thắng Dũng Hùng")[i%16]
	return []person{
		{"Bà", "Trần Thị Mẫu " + given, "1985-03-05", "Nữ", "Cán bộ"},
		{"Ông", "Lê Văn Mẫu " + given, "1979-11-20", "Nam", "Cán bộ"},
	}
}

func (y *year) records(units []plan.Unit) *templates.Records {
	r := templates.NewRecords(y.plan, y.period)
	r.Head.Preparer, r.Head.RatingSource = form.Of("Trịnh Thị Mẫu Em"), form.Of("Thông báo số 02/TB-UBND")
	r.Head.DisciplineUpTo = form.OfDate(y.period.Dossier.Before.AddDays(1))
	r.UnitRatings = nil
	r.Index = nil
	for i, u := range units {
		if u.Group == plan.Communes {
			r.Head.IndexSource = form.Of("Quyết định số 15/QĐ-UBND")
			r.Index = append(r.Index, templates.IndexResult{Unit: form.Of(u.Name), Appraised: form.OfInt(95 - i),
				Band: form.Of("Xuất sắc")})
		}
		rating := templates.UnitRating{Unit: form.Of(u.Name), Grade: form.Of(excellent)}
		for _, f := range templates.Fit(templates.RecordsForm, y.plan, y.period).Own("unitratings") {
			rating.Own.Set(f.Key, y.own(u))
		}
		r.UnitRatings = append(r.UnitRatings, rating)
		for _, p := range y.people(u) {
			r.Ratings = append(r.Ratings, templates.PersonRating{Unit: form.Of(u.Name), Name: form.Of(p.name),
				Grade: form.Of(excellent)})
		}
	}
	return r
}

// votes fills in the ballot workbook: everybody within the places of the plan has all votes.
func (y *year) votes() *templates.Votes {
	s := y.gather()
	v := prefill.Votes(s)
	n := len(y.plan.Council.Members)
	x := &v.Session
	x.Date, x.Place = form.OfDate(calendar.DateOf(y.clock.at)), form.Of("Phòng họp "+y.plan.Issuer.Short)
	x.Presiding, x.PresidingTitle, x.Secretary = form.Of(y.plan.Council.Members[0].Name),
		form.Of(y.plan.Council.Members[0].Title), form.Of(y.plan.Council.Members[n-1].Name)
	x.Members, x.Present, x.Written = form.OfInt(n), form.OfInt(n), form.OfInt(0)
	for _, f := range []*form.Value{&x.CollectiveIssued, &x.CollectiveReturned, &x.CollectiveValid, &x.IndividualIssued,
		&x.IndividualReturned, &x.IndividualValid} {
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

// cells adds all that stands in a workbook, hints included.
func (w *world) cells(out *strings.Builder, name string, b []byte) {
	book, err := ooxml.Read(b, ooxml.DefaultLimits())
	must(w.t, err)
	for _, s := range book.Sheets {
		fmt.Fprintf(out, "\n%s %s:", name, s.Name)
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.Kind == grid.Text {
					fmt.Fprintf(out, " %s%d: %s", grid.Column(c.Col), r.Num, c.Text)
				}
			}
		}
	}
}

// text is all that was written: the Word and Excel papers of every run, the text of every letter,
// the forms that the first letters of a kind bring.
func (y *year) text() string {
	ctx := y.t.Context()
	var b strings.Builder
	runs, err := y.ledger.Runs().All(ctx)
	must(y.t, err)
	for _, r := range runs {
		docs, err := y.ledger.Runs().Documents(ctx, r.Key)
		must(y.t, err)
		for _, d := range docs {
			if strings.HasSuffix(d.Name, ".xlsx") {
				y.cells(&b, r.Key+"/"+d.Name, d.Bytes)
			}
			if !strings.HasSuffix(d.Name, ".docx") {
				continue
			}
			z, err := zip.NewReader(bytes.NewReader(d.Bytes), int64(len(d.Bytes)))
			must(y.t, err)
			f, err := z.Open("word/document.xml")
			must(y.t, err)
			raw, err := io.ReadAll(f)
			must(y.t, err)
			fmt.Fprintf(&b, "\n%s/%s: %s", r.Key, d.Name,
				tags.ReplaceAllString(strings.ReplaceAll(string(raw), "</w:p>", " "), ""))
		}
	}
	letters, err := y.ledger.Outbox().Letters(ctx)
	must(y.t, err)
	kinds := map[string]int{}
	for _, x := range letters {
		raw, err := y.ledger.Blob(ctx, x.SHA256)
		must(y.t, err)
		m := mailbox.Parse(raw, mailbox.Limits{})
		fmt.Fprintf(&b, "\n%s: %s\n%s", x.Kind, m.Subject, m.Text)
		if kinds[x.Kind]++; kinds[x.Kind] <= 2 {
			for _, a := range m.Attachments {
				if strings.HasSuffix(a.Name, ".xlsx") {
					y.cells(&b, x.Kind+"/"+a.Name, a.Bytes)
				}
			}
		}
	}
	return b.String()
}
