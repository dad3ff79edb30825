package reports

import (
	"strconv"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/form"
)

// origins ties the rows of a consolidated workbook to the files they were read from: every row leads to the line of its file on a sheet of
// sources, and that line leads back to the first row of each list.
type origins struct {
	*draft
	lists []string // keys of the lists, in the order of their sheets
	order []submission.Submission
	rows  map[[2]string]int // how many rows of a list came from a file, by list and receipt
	known map[string]submission.Submission
}

func (d *draft) origins(lists ...string) *origins {
	o := &origins{draft: d, lists: lists, rows: map[[2]string]int{}, known: map[string]submission.Submission{}}
	for _, s := range d.Data.Submissions {
		o.known[s.ID] = s
	}
	return o
}

// row notes a row of a list read from the file with that receipt. It returns the row's name: the first of a file has one.
func (o *origins) row(list, receipt string) string {
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

// cell is the name of a cell as it is in the sender's workbook, leading to the line of the file with that receipt.
func (o *origins) cell(at form.Ref, receipt string) document.Cell {
	c := document.T(at.Cell)
	if at.Cell != "" && at.Sheet != "" {
		c.Text = o.words.Text("office.source.cell", "sheet", at.Sheet, "cell", at.Cell)
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

// sheet adds the sheet of sources: one line a file, in the order of the lists. It is for the office and the Council, like the lists.
//
//wording:composed office.source.list.
func (o *origins) sheet() {
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: o.words.Text("office.source.col." + key), Weight: weight} //wording:composed office.source.col.
	}
	t := document.Table{Dense: true, Columns: []document.Column{numberColumn(), text("unit", 4), text("file", 5), text("receipt", 2.6), text("form", 4), text("version", 1), text("period", 1.8), text("received", 2.6), text("hash", 5)}}
	for _, list := range o.lists {
		t.Columns = append(t.Columns, document.Column{Title: o.words.Text("office.source.list." + list), Weight: 1.2, Align: document.Center})
	}
	for i, s := range o.order {
		title, version := "", ""
		if f, ok := templates.Lookup(s.Form); ok {
			title = templates.Title(f, o.Plan)
		}
		if s.Version > 0 {
			version = strconv.Itoa(s.Version)
		}
		period, _ := o.Plan.Period(s.Period)
		cells := []document.Cell{document.I(i + 1), document.T(unitNamed(o.Plan, s.Unit)), document.T(s.File), document.T(s.ID), document.T(title), document.T(version), document.T(period.Title),
			document.T(moment(s.Received)), document.T(s.SHA256)}
		for _, list := range o.lists {
			c := document.T("")
			if n := o.rows[[2]string{list, s.ID}]; n > 0 {
				c = document.Cell{Text: o.words.Text("office.source.rows", "n", n), To: list + "/" + s.ID}
			}
			cells = append(cells, c)
		}
		t.Rows = append(t.Rows, document.Row{Name: sourceLine + s.ID, Cells: cells})
	}
	o.add(document.Part{Sheet: o.words.Text("office.source.sheet"), Orientation: document.Landscape, Width: screenWidth},
		document.Title{Kind: o.words.Text("office.source.kind"), Abstract: []string{o.words.Text("office.source.abstract", "movement", o.Plan.Movement, "period", o.period())}})
	o.add(t, document.Note{Lines: []string{o.words.Text("office.source.note")}})
}
