package ingest_test

import (
	"testing"
	"time"

	"thidua/ingest"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// A ward that was merged into another registered in March; the dossier of what it became is not
// told that nobody registered (Plan III.4).
func TestRemarks_AMergedUnitIsRegistered(t *testing.T) {
	p, err := plan.Load(plan.BuiltIn()) // one of its own, to change
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC)
	registration := submission.Submission{ID: "TN-1", Message: "1", Received: at, Unit: "05455", Period: "2018",
		Form: templates.RegistrationForm.ID, State: submission.Accepted,
		Value: &templates.Registration{Individuals: []templates.RegisteredPerson{{Name: form.Of("Trần Thị Mẫu Bình")}}}}
	dossier := submission.Submission{ID: "TN-2", Message: "2", Received: at.AddDate(0, 9, 0), Unit: "05452",
		Period: "2018", Form: templates.DossierForm.ID, State: submission.Accepted,
		Value: &templates.Dossier{Individuals: []templates.NominatedPerson{{Name: form.Of("Trần Thị Mẫu Bình")},
			{Name: form.Of("Lê Văn Mẫu Cường")}}}}
	codes := func() (out []finding.Code) {
		for _, f := range ingest.Remarks(p,
			submission.NewDataset(dossier.Received, []submission.Submission{registration}), dossier) {
			out = append(out, f.Code)
		}
		return out
	}
	if got := codes(); len(got) != 1 || got[0] != finding.UnitNotRegistered {
		t.Errorf("of two wards: %v", got)
	}
	for i := range p.Units {
		if u := &p.Units[i]; u.Code == registration.Unit {
			u.ValidTo, u.Successor = calendar.Date{Year: 2018, Month: 6, Day: 30}, dossier.Unit
		}
	}
	if got := codes(); len(got) != 1 || got[0] != finding.NotRegistered {
		t.Errorf("of the merged one: %v, want only the person nobody registered", got)
	}
}
