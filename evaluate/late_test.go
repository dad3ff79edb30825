package evaluate_test

import (
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// Whoever is put into a registration or a dossier after its deadline came late; who stood in it
// before did not (Plan III.4).
func TestWhoIsAddedLaterIsLateAlone(t *testing.T) {
	const first, added = "Trần Thị Bình", "Lê Văn Cường"
	w := newWorld(t)
	w.register("PB03", day("2018-03-05").Start(), first)
	w.register("PB03", day("2018-09-03").Start(), first, added)
	dossier := w.dossier("PB03", func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker(first, "1980-05-06")}
	})
	w.send("2018", templates.DossierForm.ID, "PB03", day("2018-12-17").Start(), submission.Accepted, dossier)
	swapped := *dossier
	swapped.Individuals = append(swapped.Individuals[:1:1], worker(added, "1975-02-03"))
	w.send("2018", templates.DossierForm.ID, "PB03", day("2019-01-10").Start(), submission.Accepted, &swapped)

	r := w.run()
	for name, want := range map[string]plan.Timing{first: plan.OnTime, added: plan.Late} {
		x := verdict(t, r, name)
		for _, key := range []string{check.FactRegistered, check.FactDossier} {
			for _, f := range x.Facts {
				if f.Key == key && f.Value != string(want) {
					t.Errorf("%s: %s is %s (%s), want %s", name, key, f.Value, f.Text, want)
				}
			}
		}
		flagged := false
		for _, f := range x.Flags {
			flagged = flagged || f.Code == finding.Late
		}
		if flagged != (want == plan.Late) {
			t.Errorf("%s: flagged late: %v", name, flagged)
		}
	}
	for _, row := range evaluate.Summarise(w.plan, newDataset(w), "2018", r).Matrix {
		if row.Unit == "PB03" && (row.Registration.Timing != plan.OnTime || len(row.Dossier.Added) != 1 ||
			!strings.Contains(row.Dossier.Added[0], added)) {
			t.Errorf("the matrix says %+v", row)
		}
	}
}
