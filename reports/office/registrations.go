package office

import (
	"slices"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
)

// registrations is what units registered, row by row.
type registrations struct{ paper.Work }

// write is the consolidated workbook of what units registered: units, targets, collectives, people.
// Every row says from which workbook, sheet and cell it came and leads to that workbook's line on
// the sheet of sources (Plan II.2, III.4).
func (d registrations) write() {
	sent := d.rulingWorkbooks(func(r evaluate.MatrixRow) evaluate.Paper { return r.Registration })
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: d.Text("office.col." + key), Weight: weight} //wording:composed office.col.
	}
	number := func(key string) document.Column {
		c := text(key, 1.2)
		c.Kind, c.Align = document.KindNumber, document.Center
		return c
	}
	from := []document.Column{text("file", 4), text("source", 2.4)}
	origin := d.Origins("units", "targets", "collectives", "people")
	sheet := func(key string, columns ...document.Column) document.Table {
		d.Add(document.Part{Sheet: d.Text("office.registrations.sheet." + key), Orientation: document.Landscape,
			Width: paper.ScreenWidth}, //wording:composed office.registrations.
			document.Title{Kind: d.Text("office.registrations.kind"), Abstract: []string{
				d.Text("office.registrations.abstract."+key, "movement", d.Plan.Movement, "period", d.PeriodName())}})
		return document.Table{Dense: true,
			Columns: append(append([]document.Column{paper.NumberColumn(), text("unit", 4)}, columns...), from...)}
	}
	rows := func(list string, t *document.Table,
		each func(r *templates.Registration, row func(at form.Ref, cells ...document.Cell))) {
		for _, s := range sent {
			r, ok := s.Value.(*templates.Registration)
			if !ok {
				continue
			}
			each(r, func(at form.Ref, cells ...document.Cell) {
				all := append([]document.Cell{document.I(len(t.Rows) + 1), document.T(paper.UnitNamed(d.Plan, s.Unit))},
					cells...)
				t.Rows = append(t.Rows,
					document.Row{Name: origin.Row(list, s.ID),
						Cells: append(all, document.T(s.File), origin.Cell(at, s.ID))})
			})
		}
		total := make([]document.Cell, len(t.Columns))
		total[1] = document.T(d.Text("paper.total"))
		for i, c := range t.Columns {
			if i > 0 && c.Kind == document.KindNumber {
				total[i] = document.Sum()
			}
		}
		t.Rows = append(t.Rows, document.TotalRow(total...))
		d.Add(*t)
	}

	asked := templates.Fit(templates.RegistrationForm, d.Plan, d.Period)
	// with is a sheet's columns followed by those of the plan's own
	with := func(block string, columns ...document.Column) []document.Column {
		for _, f := range asked.Own(block) {
			columns = append(columns, document.Column{Title: f.Title, Weight: 2.4})
		}
		return columns
	}
	said := func(block string, own form.Own, cells ...document.Cell) []document.Cell {
		for _, f := range asked.Own(block) {
			cells = append(cells, document.T(style.Value(f, *own.Value(f.Key))))
		}
		return cells
	}
	counts := []document.Column{number("staff"), number("women"), number("targets"), number("collectives"),
		number("people")}
	reformers := templates.FieldTitle(templates.RegistrationForm, d.Plan, "unit", "reformers")
	if reformers != "" { // asked for where the plan is about administrative procedures
		c := number("staff")
		c.Title = reformers
		counts = slices.Insert(counts, 2, c)
	}
	units := sheet("units", with("unit", counts...)...)
	rows("units", &units, func(r *templates.Registration, row func(form.Ref, ...document.Cell)) {
		cells := []document.Cell{figureOf(r.Unit.Staff), figureOf(r.Unit.Women), document.I(len(r.Targets)),
			document.I(len(r.Collectives)), document.I(len(r.Individuals))}
		if reformers != "" {
			cells = slices.Insert(cells, 2, figureOf(r.Unit.Reformers))
		}
		row(r.Unit.Name.At, said("unit", r.Unit.Own, cells...)...)
	})
	targets := sheet("targets",
		with("targets", text("content", 5), text("goal", 4), text("measure", 1.6), text("due", 1.8))...)
	rows("targets", &targets, func(r *templates.Registration, row func(form.Ref, ...document.Cell)) {
		for _, x := range r.Targets {
			row(x.Goal.At, said("targets", x.Own, document.T(x.Content.Text), document.T(x.Goal.Text),
				document.T(x.Measure.Text), document.T(dateOf(x.Due)))...)
		}
	})
	collectives := sheet("collectives", with("collectives", text("collective", 4), text("leader", 2.6),
		number("size"), text("award", 3), text("solution", 5))...)
	rows("collectives", &collectives, func(r *templates.Registration, row func(form.Ref, ...document.Cell)) {
		for _, x := range r.Collectives {
			row(x.Name.At, said("collectives", x.Own, document.T(x.Name.Text), document.T(x.Leader.Text),
				figureOf(x.Size), document.T(x.Award.Text), document.T(x.Solution.Text))...)
		}
	})
	people := sheet("people", with("individuals", text("title", 1), text("person", 3), text("sex", 1),
		text("position", 3), text("department", 2.6), text("role", 3), text("award", 3), text("solution", 5))...)
	rows("people", &people, func(r *templates.Registration, row func(form.Ref, ...document.Cell)) {
		for _, x := range r.Individuals {
			row(x.Name.At, said("individuals", x.Own, document.T(x.Title.Text), document.T(x.Name.Text),
				document.T(x.Sex.Text), document.T(x.Position.Text), document.T(x.Department.Text),
				document.T(x.Role.Text), document.T(x.Award.Text), document.T(x.Solution.Text))...)
		}
	})
	origin.Sheet()
}

// rulingWorkbooks are the accepted workbooks that count, in the plan's order of units.
func (d registrations) rulingWorkbooks(of func(evaluate.MatrixRow) evaluate.Paper) []submission.Submission {
	byID := map[string]submission.Submission{}
	for _, s := range d.Data.Submissions {
		byID[s.ID] = s
	}
	var out []submission.Submission
	for _, row := range d.Summary.Matrix {
		if p := of(row); p.State == evaluate.StateAccepted {
			out = append(out, byID[p.Receipt])
		}
	}
	return out
}

// figureOf is a number a unit wrote, or an empty cell.
func figureOf(v form.Value) document.Cell {
	if n, ok := v.Number(); ok {
		return document.N(n)
	}
	return document.T("")
}

// dateOf is a date a unit wrote, in its short form, or what else it wrote.
func dateOf(v form.Value) string {
	if d, ok := v.Date(); ok {
		return d.Short()
	}
	return v.Text
}
