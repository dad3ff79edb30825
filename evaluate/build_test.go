package evaluate_test

import (
	"fmt"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// The builder makes datasets out of the forms' structs, as if workbooks had been received. What a
// test does not change is a unit that did everything right: registered and sent its dossier in
// time, with the best ratings and no breach.

const (
	ward   = "05452" // UBND phường Tân Thịnh
	ward2  = "05479" // UBND phường Tân Thành
	office = "PB02"
)

var (
	march    = time.Date(2018, 3, 1, 2, 0, 0, 0, time.UTC)
	december = time.Date(2018, 12, 14, 2, 0, 0, 0, time.UTC)
	january  = time.Date(2019, 1, 20, 2, 0, 0, 0, time.UTC)
)

func thePlan(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// world collects submissions.
type world struct {
	t    testing.TB
	plan *plan.Plan
	asOf time.Time
	subs []submission.Submission

	rulings []submission.Override
}

func newWorld(t testing.TB) *world { return &world{t: t, plan: thePlan(t), asOf: january} }

func (w *world) send(period, formID, unit string, at time.Time, state submission.State,
	value any) *submission.Submission {
	file := fmt.Sprintf("%s-%s-%d.xlsx", formID, unit, len(w.subs))
	w.subs = append(w.subs, submission.Submission{
		ID: submission.NewID(period, file, file, file), Message: file, File: file, Received: at, Unit: unit,
		Period: period, Form: formID, Version: 1, State: state, Value: value,
	})
	return &w.subs[len(w.subs)-1]
}

func (w *world) unit(code string) plan.Unit {
	u, ok := w.plan.UnitByCode(code)
	if !ok {
		w.t.Fatalf("no unit %s", code)
	}
	return u
}

// register sends a registration with two targets, naming the given people and the unit itself.
func (w *world) register(unit string, at time.Time, people ...string) {
	r := &templates.Registration{Unit: templates.UnitSheet{PlanIssue: form.Value{Text: "12/KH-UBND ngày 02/3/2018",
		At: form.Ref{Sheet: "ĐƠN VỊ", Cell: "C16"}}}, Targets: []templates.Target{{Goal: v("98%")}, {Goal: v("30%")}}}
	r.Collectives = []templates.RegisteredCollective{{Name: v(w.unit(unit).Name)}}
	for _, name := range people {
		r.Individuals = append(r.Individuals, templates.RegisteredPerson{Name: v(name)})
	}
	w.send("2018", "dang-ky", unit, at, submission.Accepted, r)
}

// propose registers a unit in time and sends its dossier, with the unit itself as a collective
// unless edit changes that.
func (w *world) propose(unit string, edit func(*templates.Dossier)) *templates.Dossier {
	d := w.dossier(unit, edit)
	var people []string
	for _, p := range d.Individuals {
		people = append(people, p.Name.Text)
	}
	w.register(unit, march, people...)
	w.send("2018", "ho-so", unit, december, submission.Accepted, d)
	return d
}

func (w *world) dossier(unit string, edit func(*templates.Dossier)) *templates.Dossier {
	d := &templates.Dossier{
		Proposal: templates.Proposal{Number: v("45/TTr-UBND")},
		Targets: []templates.TargetResult{{Goal: v("98%"), Result: v("98,7%"), Met: at("Có", "CHỈ TIÊU", "E5")},
			{Goal: v("30%"), Result: v("31%"), Met: v("Có")}},
		Reports: []templates.AchievementReport{{Kind: v("Tập thể"), Name: v(w.unit(unit).Name),
			Results: v("Đúng hạn 99%")}},
		Minutes: templates.UnitMinutes{Date: v("2018-12-12"), Members: v("9"), Present: v("8")},
		Votes: []templates.UnitVote{{Kind: v("Tập thể"), Name: v(w.unit(unit).Name), Agree: v("8"),
			Disagree: v("0")}},
		Collectives: []templates.NominatedCollective{collective(w.unit(unit).Name)},
	}
	if edit != nil {
		edit(d)
	}
	return d
}

func collective(name string) templates.NominatedCollective {
	return templates.NominatedCollective{
		Name: at(name, "TẬP THỂ", "B5"), Size: v("24"), Grade: at("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", "D5"),
		Party: v("Hoàn thành xuất sắc nhiệm vụ"), Union: v("Vững mạnh"), Discipline: at("0", "TẬP THỂ", "M5"),
		Summary: v("Đúng hạn 99%"), Award: v(templates.CityAward),
	}
}

func worker(name, born string) templates.NominatedPerson {
	return templates.NominatedPerson{
		Title: v("Bà"), Name: at(name, "CÁ NHÂN", "C5"), Born: v(born), Sex: v("Nữ"),
		Position: v("Công chức Văn phòng - Thống kê"),
		Role:     v("Trực tiếp thực hiện nhiệm vụ CCHC"), Grade: at("Hoàn thành xuất sắc nhiệm vụ", "CÁ NHÂN", "I5"),
		Initiative: v("Mẫu hướng dẫn điền tờ khai"), Discipline: v("0"), Summary: v("812 hồ sơ"),
		Award: v(templates.CityAward),
	}
}

// records sends the office's records.
func (w *world) records(at time.Time, edit func(*templates.Records)) {
	r := &templates.Records{Head: templates.RecordsHead{Year: v("2018")}}
	edit(r)
	w.send("2018", "so-lieu", "PB01", at, submission.Accepted, r)
}

// clean sends what the office publishes in January: the index of the wards given, and a reviewed
// register without entries.
func (w *world) clean(units ...string) {
	w.records(january.Add(-72*time.Hour), func(r *templates.Records) {
		r.Head.DisciplineUpTo = v("2018-12-31")
		for i, u := range units {
			r.Index = append(r.Index, templates.IndexResult{
				Unit: v(w.unit(u).Name), Appraised: at(fmt.Sprint(90-i), "CHỈ SỐ CCHC", fmt.Sprintf("C%d", 5+i)),
				Band: at("Tốt", "CHỈ SỐ CCHC", fmt.Sprintf("E%d", 5+i)), Rank: v(fmt.Sprint(i + 1)),
			})
		}
	})
}

func (w *world) run() evaluate.Result {
	w.t.Helper()
	r, err := evaluate.Run(w.plan, newDataset(w), "2018")
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func v(text string) form.Value { return form.Value{Text: text} }

func at(text, sheet, cell string) form.Value {
	return form.Value{Text: text, At: form.Ref{Sheet: sheet, Cell: cell}}
}

// verdict returns the verdict on the one nominee with that name.
func verdict(t testing.TB, r evaluate.Result, name string) evaluate.Verdict {
	t.Helper()
	var found []evaluate.Verdict
	for _, x := range r.Verdicts {
		if x.Nominee.Name == name {
			found = append(found, x)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d verdicts on %q, want one", len(found), name)
	}
	return found[0]
}

func judgement(t testing.TB, x evaluate.Verdict, criterion string) evaluate.Judgement {
	t.Helper()
	for _, j := range x.Judgements {
		if j.Criterion == criterion {
			return j
		}
	}
	t.Fatalf("no judgement by %s", criterion)
	return evaluate.Judgement{}
}

func board(t testing.TB, r evaluate.Result, group plan.GroupID, kind string) evaluate.Board {
	t.Helper()
	for _, b := range r.Boards {
		if b.Group == string(group) && b.Kind == kind {
			return b
		}
	}
	t.Fatalf("no board for %s %s", group, kind)
	return evaluate.Board{}
}

func day(s string) calendar.Date {
	d, err := calendar.ParseISO(s)
	if err != nil {
		panic(err)
	}
	return d
}

func newDataset(w *world) submission.Dataset {
	return submission.NewDataset(w.asOf, w.subs).WithOverrides(w.rulings)
}
