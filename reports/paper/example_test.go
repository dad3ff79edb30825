package paper_test

import (
	"bytes"
	"fmt"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// A paper is a recipe: what it is, and a function that adds its blocks to the draft.
func ExampleRecipe() {
	recipe := paper.Recipe{
		Name: "units", Stem: "danh-sach-don-vi", Audience: plan.ToOffice,
		Formats: []paper.Format{paper.PDF, paper.XLSX},
		Write: func(d paper.Work) {
			table := document.Table{Columns: []document.Column{paper.NumberColumn(), {Title: "Đơn vị"}}}
			for i, u := range d.Plan.UnitsOn(d.On) {
				table.Rows = append(table.Rows, document.R(document.I(i+1), document.T(u.Name)))
			}
			d.Add(table)
		},
	}
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	on := calendar.Date{Year: 2018, Month: 3, Day: 10}
	s, err := round.Gather(p, submission.NewDataset(on.Start(), nil), "2018", on)
	if err != nil {
		panic(err)
	}
	made, err := recipe.Make(s)
	if err != nil {
		panic(err)
	}
	pdf, err := made.Render(paper.PDF)
	fmt.Println(made.File, made.Formats, bytes.HasPrefix(pdf, []byte("%PDF")), err)
	// Output: danh-sach-don-vi-2018 [pdf xlsx] true <nil>
}
