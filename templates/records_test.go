package templates

import (
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// The register is that of one year: an entry of another day is put to the office at once (Plan
// III.2.1, sixth standard).
func TestRecords_TellOfBreachesOfAnotherYear(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	period, _ := p.Period("2018")
	for day, want := range map[string]bool{"2017-12-31": true, "2018-01-01": false, "2018": false, "2018-12-31": false,
		"2019-01-01": true, "2017-06": true, "": false} {
		r := &Records{Discipline: []DisciplineEntry{{Unit: form.Of("UBND phường Tân Thịnh"),
			Date: form.Value{Text: day, At: form.Ref{Sheet: "KỶ LUẬT", Cell: "D11"}}, Content: form.Of("Kiểm điểm")}}}
		found := checkRecords(r, Context(p, period, ""))
		if got := finding.Has(found, finding.BreachElsewhen); got != want {
			t.Errorf("%q: told %v, want %v: %v", day, got, want, found)
		}
	}
}

// A finding about a field cites a clause of its own form: a registration is no dossier (Plan
// III.3), nor is a vote.
func TestFindingsCiteAClauseOfTheirForm(t *testing.T) {
	for _, f := range Forms() {
		for _, b := range f.Blocks() {
			for i := range b.Fields {
				got := b.Fields[i].MissingAt(form.Ref{}, form.Context{}).Clause
				if dossier := f == DossierForm || f == StageForm; got == "" || got == "III.3" && !dossier &&
					b.Fields[i].Clause == "" {
					t.Errorf("%s.%s.%s cites %q", f.ID, b.Key, b.Fields[i].Key, got)
				}
			}
		}
	}
}
