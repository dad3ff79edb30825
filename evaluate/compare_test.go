package evaluate_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// under evaluates the world under its plan with changes.
func (w *world) under(changes ...string) evaluate.Result {
	w.t.Helper()
	p := w.plan
	for _, c := range changes {
		q, problem := p.Try(c)
		if problem != nil {
			w.t.Fatal(problem.Text)
		}
		p = q
	}
	r, err := evaluate.Run(p, submission.NewDataset(w.asOf, w.subs), "2018")
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func moved(t *testing.T, d evaluate.Difference, unit string) evaluate.Change {
	t.Helper()
	for _, c := range d.Moved {
		if c.Nominee.Unit == unit {
			return c
		}
	}
	t.Fatalf("nothing moved for %s: %+v", unit, d.Moved)
	return evaluate.Change{}
}

func TestCompare(t *testing.T) {
	t.Run("a smaller quota moves bands and no verdict", func(t *testing.T) {
		w := newWorld(t)
		w.propose(ward, nil)
		w.propose(ward2, nil)
		w.clean(ward, ward2) // ward has the better index
		d := evaluate.Compare(w.run(), w.under("quota.annual.commune.collective=1"))
		if d.Cases != 2 || len(d.Moved) != 1 || len(d.Boards) != 1 ||
			d.Boards[0].Quota != (evaluate.Move{Before: "6", After: "1"}) {
			t.Fatalf("%+v", d)
		}
		c := moved(t, d, ward2)
		if c.Verdict != nil || c.Rank != nil || *c.Band != (evaluate.Move{Before: "within", After: "reserve"}) ||
			c.Causes[0].Kind != evaluate.CauseQuota {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a criterion taken away moves the verdict, and others behind it", func(t *testing.T) {
		w := newWorld(t)
		w.propose(ward, func(d *templates.Dossier) { d.Collectives[0].Grade = v(second) })
		w.propose(ward2, nil)
		w.clean(ward, ward2)
		d := evaluate.Compare(w.run(), w.under("criterion.TT1=off"))
		c := moved(t, d, ward)
		if *c.Verdict != (evaluate.Move{Before: "NotMet", After: "Council"}) || *c.Rank != (evaluate.Move{After: "1"}) {
			t.Errorf("%+v", c)
		}
		if x := c.Causes[0]; x.Kind != evaluate.CauseCriterion || x.Criterion != "TT1" || x.Clause != "III.2.1" ||
			x.Before != "NotMet" || x.After != "" {
			t.Errorf("%+v", c.Causes)
		}
		if c := moved(t, d, ward2); *c.Rank != (evaluate.Move{Before: "1", After: "2"}) ||
			c.Causes[0].Kind != evaluate.CauseOthers {
			t.Errorf("%+v", c)
		}
	})
	t.Run("an earlier deadline makes a registration late", func(t *testing.T) {
		w := newWorld(t)
		w.propose(ward, nil)
		w.clean(ward)
		d := evaluate.Compare(w.run(), w.under("deadline.2018.registration=2018-02-20"))
		if len(d.Moved) != 0 || len(d.Noted) != 1 { // the verdict was for the council before, and is
			t.Fatalf("%+v", d)
		}
		if x := d.Noted[0].Causes[0]; x.Kind != evaluate.CauseCriterion || x.Criterion != "TT2" || x.Before != "Met" ||
			x.After != "Council" {
			t.Errorf("%+v", x)
		}
	})
}

var tries = []string{
	"quota.annual.commune.collective=1", "quota.annual.commune.individual=3", "quota.annual.office.collective=0",
	"threshold.percent=90",
	"criterion.TT5.level=Khá", "criterion.TT4.2.top=1", "threshold.base=valid", "criterion.TT1=off",
	"criterion.CN4=off", "criterion.TT5=off", "deadline.2018.registration=2018-03-04",
	"deadline.2018.dossier=2018-12-20",
}

// tried is what an entry of tries is about: a criterion that was taken away has no level to change.
func tried(entry string) string {
	key, _, _ := strings.Cut(entry, "=")
	return strings.TrimSuffix(key, ".level")
}

func TestProperty_CompareTellsAllThatMovedAndNothingElse(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(rt, t)
		before := w.run()
		after := w.under(rapid.SliceOfNDistinct(rapid.SampledFrom(tries), 0, 3, tried).Draw(rt, "tries")...)
		if d := evaluate.Compare(before, before); len(d.Moved)+len(d.Boards) != 0 || d.Cases != len(before.Verdicts) {
			rt.Fatalf("nothing changed: %+v", d)
		}
		d, back := evaluate.Compare(before, after), evaluate.Compare(after, before)
		if len(d.Moved) != len(back.Moved) || len(d.Boards) != len(back.Boards) {
			rt.Fatalf("%d moved, and %d back", len(d.Moved), len(back.Moved))
		}
		told := map[string]bool{}
		for i, c := range d.Moved {
			if c.Verdict == nil && c.Rank == nil && c.Band == nil && c.Award == nil && c.Group == nil {
				rt.Fatalf("nothing of it moved: %+v", c)
			}
			if i > 0 && d.Moved[i-1].Nominee.ID >= c.Nominee.ID || len(c.Causes) == 0 {
				rt.Fatalf("out of order, or without a cause: %+v", c)
			}
			told[c.Nominee.ID] = true
			for _, pair := range [][2]*evaluate.Move{{c.Verdict, back.Moved[i].Verdict}, {c.Rank, back.Moved[i].Rank},
				{c.Band, back.Moved[i].Band}, {c.Award, back.Moved[i].Award}} {
				if swapped := swap(pair[1]); !reflect.DeepEqual(pair[0], swapped) {
					rt.Fatalf("%s: %+v, and back %+v", c.Nominee.ID, pair[0], swapped)
				}
			}
			for _, x := range c.Causes {
				if x.Kind == evaluate.CauseCriterion &&
					(x.Before == x.After || c.Verdict == nil && (x.Before == "" || x.After == "")) {
					rt.Fatalf("a criterion that moved nothing is told: %+v", c)
				}
			}
		}
		for _, c := range d.Noted {
			if told[c.Nominee.ID] || len(c.Causes) == 0 {
				rt.Fatalf("noted twice, or for nothing: %+v", c)
			}
		}
		a, b := places(before), places(after)
		for id := range a {
			if (a[id] != b[id]) != told[id] {
				rt.Fatalf("%s: %q and %q, told %v", id, a[id], b[id], told[id])
			}
		}
	})
}

func swap(m *evaluate.Move) *evaluate.Move {
	if m == nil {
		return nil
	}
	return &evaluate.Move{Before: m.After, After: m.Before}
}

// places writes down where everybody stands, by nominee ID.
func places(r evaluate.Result) map[string]string {
	out := map[string]string{}
	for _, b := range r.Boards {
		for _, p := range b.Places {
			out[p.Nominee.ID] = fmt.Sprint(b.Group, p.Outcome, p.Rank, p.Tied, p.Band)
		}
	}
	return out
}

func TestProperty_AQuotaMovesBandsOnly(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(rt, t)
		group := rapid.SampledFrom([]plan.GroupID{plan.Offices, plan.Communes}).Draw(rt, "group")
		kind := rapid.SampledFrom([]plan.NomineeKind{plan.Collective, plan.Individual}).Draw(rt, "kind")
		n := rapid.IntRange(0, 20).Draw(rt, "places")
		d := evaluate.Compare(w.run(), w.under(fmt.Sprintf("quota.annual.%s.%s=%d", group, kind, n)))
		for _, c := range d.Moved {
			if c.Verdict != nil || c.Rank != nil || c.Band == nil || c.Nominee.Group != string(group) ||
				c.Nominee.Kind != string(kind) {
				rt.Fatalf("%+v", c)
			}
		}
	})
}
