package workbook_test

import (
	"testing"

	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/finding"
)

// Whoever says which form he means, as `thidua check --form` does, is told when the file is
// another.
func TestAnotherFormThanTheOneSaidIsAFinding(t *testing.T) {
	p := thePlan(t)
	season, _ := p.AnnualPeriod(2018)
	book := filled(t, templates.RegistrationForm,
		example(t, templates.RegistrationForm, templates.Context(p, season, "")))
	for form, wrong := range map[string]bool{"": false, "dang-ky": false, "ho-so": true, "nobody's": false} {
		r := workbook.Read(p, season, "x.xlsx", book, form).Reading
		if got := finding.Has(r.Findings, finding.WrongForm); got != wrong || r.Form != templates.RegistrationForm {
			t.Errorf("said to be %q: %v", form, r.Findings)
		}
	}
}
