package templates

import (
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// The register is that of one year: an entry of another day is put to the office at once (Plan III.2.1, sixth standard).
func TestRecords_TellOfBreachesOfAnotherYear(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	period, _ := p.Period("2018")
	for day, want := range map[string]bool{"2017-12-31": true, "2018-01-01": false, "2018": false, "2018-12-31": false, "2019-01-01": true, "2017-06": true, "": false} {
		r := &Records{Discipline: []DisciplineEntry{{Unit: form.Of("UBND phường Tân Thịnh"), Date: form.Value{Text: day, At: form.Ref{Sheet: "KỶ LUẬT", Cell: "D11"}}, Content: form.Of("Kiểm điểm")}}}
		found := checkRecords(r, Context(p, period, ""))
		if got := finding.Has(found, finding.BreachElsewhen); got != want {
			t.Errorf("%q: told %v, want %v: %v", day, got, want, found)
		}
	}
}
