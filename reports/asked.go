package reports

import (
	"slices"

	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/plan"
)

// asks reports whether the plan's dossier asks for one of the fields in its list of collectives.
func asks(p *plan.Plan, fields ...string) bool {
	return slices.ContainsFunc(fields, func(key string) bool { return templates.FieldTitle(templates.DossierForm, p, "collectives", key) != "" })
}

// asked is a table without the columns for what the plan does not ask for; index, party, bodies and breach are the titles of such columns.
func asked(p *plan.Plan, t document.Table, index, party, bodies, breach string) document.Table {
	for _, column := range []struct {
		title  string
		fields []string
	}{{index, []string{"indexband"}}, {party, []string{"party"}}, {bodies, []string{"union", "youth", "women", "farmers", "veterans", "front"}}, {breach, []string{"discipline"}}} {
		if asks(p, column.fields...) {
			continue
		}
		at := slices.IndexFunc(t.Columns, func(c document.Column) bool { return c.Title == column.title })
		if at < 0 {
			continue
		}
		all := len(t.Columns)
		t.Columns = slices.Delete(slices.Clone(t.Columns), at, at+1)
		for i, r := range t.Rows {
			if len(r.Cells) == all {
				t.Rows[i].Cells = slices.Delete(slices.Clone(r.Cells), at, at+1)
			}
		}
	}
	return t
}
