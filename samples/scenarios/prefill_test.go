package scenarios_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/reader"
)

// What a unit was known by in 2018 stands in what it is sent later: last year's people in the
// registration of 2019; in the dossier of the stage whoever was proposed, with the year's official
// rating and index, its targets and the award that was decided.
func TestFormsComeWithWhatIsKnown(t *testing.T) {
	p, err := plan.Default()
	must(t, err)
	y := &year{world: newWorldOf(t, p), period: p.Periods[0]}
	w := &writer{t: t, plan: p, period: y.period}
	at := func(year, month, day int) time.Time {
		return calendar.Date{Year: year, Month: month, Day: day}.Start().Add(9 * time.Hour)
	}
	unit, _ := p.UnitByCode(tanThinh)
	from, office := unit.Mailboxes()[0], p.Office.Emails[0]
	dossier := w.dossier(tanThinh, binh, cuong)
	dossier.Targets[3].Met = form.Of(form.No)
	declared := w.records(map[string]float64{tanThinh: 86.5}, map[string]string{tanThinh: binh.name})
	declared.Ratings[0].Grade = form.Of("Hoàn thành tốt nhiệm vụ") // she declared herself excellent
	for i := range declared.UnitRatings {
		if declared.UnitRatings[i].Unit.Text == unit.Name {
			declared.UnitRatings[i].Union, declared.UnitRatings[i].Youth = form.Of("Khá"), form.Of("Xuất sắc")
		}
	}
	y.answer(at(2018, 3, 6),
		[]post{y.mail(from, at(2018, 3, 5), templates.RegistrationForm, tanThinh,
			w.registration(tanThinh, binh, cuong))})
	y.answer(at(2018, 12, 18), []post{y.mail(from, at(2018, 12, 17), templates.DossierForm, tanThinh, dossier)})
	y.answer(at(2019, 1, 18), []post{y.mail(office, at(2019, 1, 17), templates.RecordsForm, "", declared)})
	votes := y.votes()
	y.answer(at(2019, 1, 25),
		[]post{y.mail(p.Council.SecretaryEmails[0], at(2019, 1, 24), templates.VotesForm, "", votes)})
	decision := templates.NewDecision(y.period)
	decision.Head.Number, decision.Head.Date, decision.Head.Signer = form.Of("88/QĐ-UBND"), form.Of("2019-01-28"),
		form.Of("Nguyễn Mẫu An")
	decision.Head.Capacity = form.Of(templates.Capacities[0])
	y.answer(at(2019, 1, 29), []post{y.mail(office, at(2019, 1, 28), templates.DecisionForm, "", decision)})

	next := y.asked(from, at(2019, 2, 1), templates.RegistrationForm).(*templates.Registration)
	if next.Unit.Year.Text != "2019" || next.Unit.Head.Text != "Nguyễn Văn Mẫu An" || len(next.Collectives) != 1 ||
		next.Collectives[0].Name.Text != unit.Name {
		t.Errorf("the registration of 2019 begins with %+v, %+v", next.Unit, next.Collectives)
	}
	if len(next.Individuals) != 2 || next.Individuals[0].Name.Text != binh.name ||
		next.Individuals[0].Born.Text != binh.born || next.Individuals[1].Position.Text != cuong.position {
		t.Errorf("the registration of 2019 names %+v", next.Individuals)
	}
	if next.Individuals[0].Solution.Given() {
		t.Error("what somebody did last year is registered again")
	}

	stage := y.asked(from, at(2020, 12, 1), templates.StageForm).(*templates.StageDossier)
	if stage.Stage.Text != "Giai đoạn 2018 - 2020" || len(stage.Collectives) != 1 || len(stage.Individuals) != 2 {
		t.Fatalf("the dossier of the stage names %+v, %+v", stage.Collectives, stage.Individuals)
	}
	const award = "Giấy khen của Chủ tịch UBND thành phố, 88/QĐ-UBND ngày 28/01/2019"
	collective, first, second := stage.Collectives[0].Years, stage.Individuals[0], stage.Individuals[1].Years
	if x := collective[0]; x.Grade.Text != excellent || x.IndexScore.Text != "86.5" || x.IndexBand.Text != "Tốt" ||
		x.Met.Text != "75" || x.Awards.Text != award {
		t.Errorf("the collective of 2018: %+v", x)
	}
	if first.Name.Text != binh.name || first.Sex.Text != binh.sex || first.Role.Text != direct ||
		first.Years[0].Grade.Text != "Hoàn thành tốt nhiệm vụ" || first.Years[0].Awards.Given() ||
		first.Years[0].IndexBand.Given() {
		t.Errorf("%s of 2018: %+v", binh.name, first)
	}
	if x := second[0]; x.Grade.Text != excellent || !strings.Contains(x.Initiative.Text, "QR") {
		t.Errorf("%s of 2018: %+v", cuong.name, x)
	}
	// Công đoàn: declared as the best, on record as the second; the scale of 2020 has other words
	// for it. No other body was rated.
	if c := stage.Collectives[0]; c.Party.Text != excellent || c.Union.Text != "Hoàn thành tốt nhiệm vụ" ||
		c.Youth.Text != "Xuất sắc" || c.Women.Given() || c.Front.Given() {
		t.Errorf("the bodies of the unit: %+v", c)
	}
	if collective[1].Grade.Given() || first.Summary.Given() || first.Discipline.Given() {
		t.Error("something is filled in that nobody knows")
	}
}

// asked asks for the forms by mail and reads the one of a kind that comes back, as the program
// itself reads it.
func (y *year) asked(from string, at time.Time, f *form.Form) any {
	y.t.Helper()
	w := &writer{t: y.t, plan: y.plan, period: y.period, wrote: map[string][]byte{}}
	before := len(y.office.Delivered())
	y.answer(at.Add(time.Hour),
		[]post{{name: "mau", at: at,
			raw: w.write(eml{name: "mau-" + f.ID, at: at.In(calendar.Zone).Format(time.DateTime), from: from,
				subject: "Mẫu", text: "Xin mẫu."})}})
	for _, d := range y.office.Delivered()[before:] {
		for _, a := range mailbox.Parse(d.Raw, mailbox.Limits{}).Attachments {
			if !strings.HasSuffix(a.Name, ".xlsx") {
				continue
			}
			book, err := ooxml.Read(bytes.Clone(a.Bytes), ooxml.DefaultLimits())
			must(y.t, err)
			if known, stamp, ok := reader.Identify(book, templates.Forms()); ok && known == f {
				period, _ := templates.PeriodOf(y.plan, f, stamp.Period, y.period)
				return reader.Read(f, stamp, book, templates.Context(y.plan, period, stamp.Unit)).Value
			}
		}
	}
	y.t.Fatalf("no form %s came back", f.ID)
	return nil
}
