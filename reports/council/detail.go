package council

import (
	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// detail is a table of every fact, made to be filtered.
type detail struct{ paper.Work }

// detailWidth is the width of the detail's columns together, in millimetres: a list for the screen.
const detailWidth = 900

// write is the docket's annex for looking things up: one row for each nominee, criterion and fact,
// with the file, sheet, cell and receipt the fact was read from, what the plan wants, and what
// would change the outcome (Plan III.2.1, III.2.2). It is one flat table, made to be filtered.
func (d detail) write() {
	d.Add(document.Part{Sheet: d.Text("paper.detail.sheet"), Orientation: document.Landscape, Width: detailWidth})
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: d.Text("paper.col." + key), Weight: weight}
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		text("group", 2), text("kind", 1.4), text("code", 2), text("nominee", 5), text("unit", 3.4),
		text("overall", 2.6),
		text("criterion", 1.4), text("clause", 1.4), text("standard", 4), text("outcome", 2.6), text("reason.why", 7),
		text("threshold", 5), text("change", 6),
		text("fact", 2.4), text("value", 4), text("basis", 2), text("file", 4), text("sheet", 3), text("cell", 1.2),
		text("receipt", 3),
	}}
	origin := d.Origins("detail")
	for _, b := range d.Result.Boards {
		for _, p := range b.Places {
			v := d.Verdict(p.Nominee.ID)
			n := v.Nominee
			who := []document.Cell{document.T(b.GroupTitle), document.T(style.KindTitle(b.Kind)), document.T(n.ID),
				document.T(style.Named(n)), document.T(n.UnitName), paper.OutcomeCell(v.Outcome)}
			row := func(cells ...document.Cell) {
				all := append(who[:len(who):len(who)], cells...)
				line := document.R(all...)
				// the receipt of the file it was read from
				if last := len(all) - 1; last == len(t.Columns)-1 && all[last].Text != "" {
					line.Name = origin.Row("detail", all[last].Text)
					all[last-1] = origin.Cell(form.Ref{Cell: all[last-1].Text}, all[last].Text)
				}
				t.Rows = append(t.Rows, line)
			}
			for _, j := range v.Judgements {
				said := []document.Cell{document.T(j.Criterion), document.T(j.Clause), document.T(j.Title),
					paper.OutcomeCell(j.Outcome), document.T(j.Reason),
					document.T(j.Threshold), document.T(j.WouldChange)}
				if len(j.Facts) == 0 {
					row(append(said, document.T(""), document.T(""), document.T(""), document.T(n.File), document.T(""),
						document.T(""), document.T(n.Receipt))...)
				}
				for _, f := range j.Facts {
					row(append(said[:len(said):len(said)], factCells(d.Plan, n, f)...)...)
				}
			}
			for _, f := range v.Flags {
				row(document.T(""), document.T(""), document.T(d.Text("paper.standards.flag")), document.T(""),
					document.T(f.Text))
			}
			for _, c := range d.Result.Contradictions {
				if c.Nominee == n.ID {
					said := []document.Cell{document.T(""), document.T(""),
						document.T(d.Text("paper.standards.contradiction")), document.T(""),
						document.T(c.Finding.Message), document.T(""), document.T("")}
					row(append(said, factCells(d.Plan, n, c.Official)...)...)
				}
			}
		}
	}
	d.Add(document.Title{Kind: d.Text("paper.detail.kind"), Abstract: []string{
		d.Text("paper.detail.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	d.Add(t)
	origin.Sheet()
}

// factCells are a fact and where it was read.
//
//wording:composed paper.basis.of.
func factCells(p *plan.Plan, n evaluate.Nominee, f evaluate.Fact) []document.Cell {
	return []document.Cell{document.T(check.TitleOf(p, plan.NomineeKind(n.Kind), f)),
		document.T(style.Comma(f.Shown())),
		document.T(wording.Text("paper.basis.of." + string(f.Basis))),
		document.T(f.File), document.T(f.Sheet), document.T(f.Cell), document.T(f.Message)}
}
