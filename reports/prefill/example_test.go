package prefill_test

import (
	"fmt"

	"thidua/ingest/ooxml"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports/prefill"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/reader"
)

// A unit's own copy of a form is known again when it comes back.
func ExampleForms() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	period, _ := p.Period("2018")
	unit, _ := p.UnitByCode("05452")
	on := calendar.Date{Year: 2018, Month: 3, Day: 1}
	secret := proof.NewSecret(1, proof.Seeded(1)) // the ledger's
	forms := prefill.NewForms(p).Round(submission.NewDataset(on.Start(), nil), period, on, secret)
	file, err := forms.Unit(templates.RegistrationForm, unit)
	if err != nil {
		panic(err)
	}
	book, err := ooxml.Read(file.Bytes, ooxml.DefaultLimits())
	if err != nil {
		panic(err)
	}
	form, stamp, ok := reader.Identify(book, templates.Forms())
	fmt.Println(file.Name, form.ID, stamp.Period, stamp.Unit, ok)
	// Output: dang-ky-2018-05452.xlsx dang-ky 2018 05452 true
}
