package reader_test

import (
	"fmt"

	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/xlsx"
)

// A form goes out as a workbook and is known again when it comes back.
func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	period, _ := p.AnnualPeriod(2018)
	unit := p.Units[0]
	ctx := templates.Context(p, period, unit.Code)
	book, err := xlsx.Write(templates.DossierForm, xlsx.Heading{Issuer: unit.Name}, ctx,
		templates.NewDossier(p, period, unit, nil))
	if err != nil {
		panic(err)
	}
	w, err := ooxml.Read(book, ooxml.DefaultLimits())
	if err != nil {
		panic(err)
	}
	known, ok := reader.Recognise(w, templates.Forms())
	fmt.Println(known.Form.ID, known.Stamp.Period, ok)
	fmt.Println(len(known.Read(ctx).Findings) > 0)
	// Output:
	// ho-so 2018 true
	// true
}
