package paper

import (
	"strconv"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Origins ties the rows of a consolidated workbook to the files they were read from: every row
// leads to the line of its file on a sheet of sources, and that line leads back to the first row of
// each list.
type Origins struct {
	work  Work
	lists []string // keys of the lists, in the order of their sheets
	order []submission.Submission
	rows  map[[2]string]int // how many rows of a list came from a file, by list and receipt
	known map[string]submission.Submission
}

// Origins begins the sheet of sources of lists with those keys.
func (d Work) Origins(lists ...string) *Origins {
	o := &Origins{work: d, lists: lists, rows: map[[2]string]int{}, known: map[string]submission.Submission{}}
	for _, s := range d.Data.Submissions {
		o.known[s.ID] = s
	}
	return o
}

// Row notes a row of a list read from the file with that receipt. It returns the row's name: the
// first of a file has one.
func (o *Origins) Row(list, receipt string) string {
	s, ok := o.known[receipt]
	if !ok {
		return ""
	}
	first := true
	for _, l := range o.lists {
		first = first && o.rows[[2]string{l, receipt}] == 0
	}
	if first {
		o.order = append(o.order, s)
	}
	o.rows[[2]string{list, receipt}]++
	if o.rows[[2]string{list, receipt}] > 1 {
		return ""
	}
	return list + "/" + receipt
}

// Cell is the name of a cell as it is in the sender's workbook, leading to the line of the file
// with that receipt.
func (o *Origins) Cell(at form.Ref, receipt string) document.Cell {
	c := document.T(at.Cell)
	if at.Cell != "" && at.Sheet != "" {
		c.Text = o.work.Text("office.source.cell", "sheet", at.Sheet, "cell", at.Cell)
	}
	if _, ok := o.known[receipt]; ok {
		if c.Text == "" {
			c.Text = receipt
		}
		c.To = sourceLine + receipt
	}
	return c
}

const sourceLine = "source/"

// Sheet adds the sheet of sources: one line a file, in the order of the lists. It is for the office
// and the Council, like the lists.
//
//wording:composed office.source.list.
func (o *Origins) Sheet() {
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: o.work.Text("office.source.col." + key),
			Weight: weight} //wording:composed office.source.col.
	}
	t := document.Table{Dense: true, Columns: []document.Column{NumberColumn(), text("unit", 4), text("file", 5),
		text("receipt", 2.6), text("form", 4), text("version", 1), text("period", 1.8), text("received", 2.6),
		text("hash", 5)}}
	for _, list := range o.lists {
		t.Columns = append(t.Columns, document.Column{Title: o.work.Text("office.source.list." + list), Weight: 1.2,
			Align: document.Center})
	}
	for i, s := range o.order {
		title, version := "", ""
		if f, ok := templates.Lookup(s.Form); ok {
			title = templates.Title(f, o.work.Plan)
		}
		if s.Version > 0 {
			version = strconv.Itoa(s.Version)
		}
		period, _ := o.work.Plan.Period(s.Period)
		cells := []document.Cell{document.I(i + 1), document.T(UnitNamed(o.work.Plan, s.Unit)), document.T(s.File),
			document.T(s.ID), document.T(title), document.T(version), document.T(period.Title),
			document.T(style.Moment(s.Received)), document.T(s.SHA256)}
		for _, list := range o.lists {
			c := document.T("")
			if n := o.rows[[2]string{list, s.ID}]; n > 0 {
				c = document.Cell{Text: o.work.Text("office.source.rows", "n", n), To: list + "/" + s.ID}
			}
			cells = append(cells, c)
		}
		t.Rows = append(t.Rows, document.Row{Name: sourceLine + s.ID, Cells: cells})
	}
	o.work.Add(document.Part{Sheet: o.work.Text("office.source.sheet"), Orientation: document.Landscape,
		Width: ScreenWidth},
		document.Title{Kind: o.work.Text("office.source.kind"),
			Abstract: []string{o.work.Text("office.source.abstract", "movement", o.work.Plan.Movement, "period",
				o.work.PeriodName())}})
	o.work.Add(t, document.Note{Lines: []string{o.work.Text("office.source.note")}})
}

// ScreenWidth is that of a consolidated list's columns together, in millimetres: it is read and
// filtered on the screen.
const ScreenWidth = 520

// UnitNamed is the name of a unit, or its code where the plan has no such unit.
func UnitNamed(p *plan.Plan, code string) string {
	if u, ok := p.UnitByCode(code); ok {
		return u.Name
	}
	return code
}

// FormTitle is what a submission is called: its form, else its file, else that it has none.
func FormTitle(p *plan.Plan, s submission.Submission) string {
	if f, ok := templates.Lookup(s.Form); ok {
		return templates.Title(f, p)
	}
	if s.File != "" {
		return s.File
	}
	return p.Words.Text("letter.receipt.nofile")
}
