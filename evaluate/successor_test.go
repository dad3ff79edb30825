package evaluate_test

import (
	"slices"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// merge makes ward2 part of ward from the middle of the year on, or with a new unit of both when
// heir is another code.
func (w *world) merge(heir string, units ...string) {
	p := *w.plan
	p.Units = slices.Clone(p.Units)
	for i := range p.Units {
		if u := &p.Units[i]; slices.Contains(units, u.Code) {
			u.ValidTo, u.Successor = day("2018-06-30"), heir
		} else if u.Code == heir && !slices.Contains(units, ward) {
			u.ValidFrom = day("2018-07-01")
		}
	}
	w.plan = &p
}

// Units that are merged in the middle of the year registered in time (Plan III.4): what became of
// them need not register again, and is not told that it did not.
func TestIII_4_AMergedUnitKeepsWhatItRegistered(t *testing.T) {
	const both = "05482" // stands for the unit made of the two
	w := newWorld(t)
	w.merge(both, ward, ward2)
	w.register(ward, march, "Trần Thị Bình")
	w.register(ward2, march.AddDate(0, 0, 20), "Lê Văn Cường")
	w.send("2018", "ho-so", both, december, submission.Accepted, w.dossier(both, func(d *templates.Dossier) {
		d.Individuals = append(d.Individuals, worker("Trần Thị Bình", "1980"), worker("Lê Văn Cường", "1975"),
			worker("Đỗ Thị Em", "1988"))
	}))
	r := w.run()
	j := judgement(t, verdict(t, r, w.unit(both).Name), "TT2")
	if j.Outcome != evaluate.Met || j.Facts[0].Text != "Đúng hạn (theo bản đăng ký của UBND phường Tân Thịnh, "+
		"UBND phường Tân Thành)" {
		t.Errorf("%s: %s, %q", j.Outcome, j.Reason, j.Facts[0].Text)
	}
	for name, want := range map[string]bool{"Trần Thị Bình": false, "Lê Văn Cường": false, "Đỗ Thị Em": true} {
		flagged := slices.ContainsFunc(verdict(t, r, name).Flags,
			func(f evaluate.Flag) bool { return f.Kind == "notregistered" })
		if flagged != want {
			t.Errorf("%s: not registered %v, want %v", name, flagged, want)
		}
	}
	for _, m := range r.Missing {
		if m.Unit == ward || m.Unit == ward2 {
			t.Errorf("%s no longer exists and is asked for a dossier", m.UnitName)
		}
	}
	s := evaluate.Summarise(w.plan, newDataset(w), "2018", r)
	for _, line := range s.Registration {
		if line.Group == string(plan.Communes) && (line.Units != 30 || line.Registered != 1 || line.Individuals != 2) {
			t.Errorf("communes: %+v", line)
		}
	}
}

// A unit that took another in keeps its own registration, and a unit that sent its dossier before
// it ended is judged by itself.
func TestIII_4_AUnitThatTookAnotherInKeepsItsOwnRegistration(t *testing.T) {
	w := newWorld(t)
	w.merge(ward, ward2)
	w.propose(ward2, nil)
	w.register(ward, march.AddDate(0, 0, 20))
	w.send("2018", "ho-so", ward, december, submission.Accepted, w.dossier(ward, nil))
	r := w.run()
	if j := judgement(t, verdict(t, r, w.unit(ward).Name), "TT2"); j.Outcome != evaluate.Council {
		t.Errorf("%s: %s", j.Outcome, j.Reason)
	}
	if j := judgement(t, verdict(t, r, w.unit(ward2).Name), "TT2"); j.Outcome != evaluate.Met {
		t.Errorf("%s: %s", j.Outcome, j.Reason)
	}
}
