package paper

import (
	"slices"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// NumberColumn is the column of running numbers.
func NumberColumn() document.Column {
	return document.Column{Title: wording.Text("paper.col.no"), Weight: 0.6, Align: document.Center,
		Kind: document.KindNumber}
}

// Figure is a narrow column of whole numbers.
func Figure(group, title string) document.Column {
	return document.Column{Title: title, Group: group, Weight: 1, Kind: document.KindNumber, Align: document.Center}
}

// Sums is a total row's cells: the word in the first column, a sum below every column of figures,
// or what except says.
func Sums(t document.Table, except map[int]document.Cell) []document.Cell {
	cells := make([]document.Cell, len(t.Columns))
	cells[0] = document.T(wording.Text("paper.total"))
	for i := 1; i < len(cells); i++ {
		if c, ok := except[i]; ok {
			cells[i] = c
		} else if t.Columns[i].Kind == document.KindNumber {
			cells[i] = document.Sum()
		}
	}
	return cells
}

// EvenFigures writes the figures of a column of texts with the same number of decimals, so that
// "94" does not stand beside "93,4". A figure is a whole text, with or without a percent sign;
// other texts stay.
func EvenFigures(t document.Table, col int) {
	figures := []*document.Cell{}
	most := 0
	for i := range t.Rows {
		if t.Rows[i].Kind != document.Body || col >= len(t.Rows[i].Cells) {
			continue
		}
		c := &t.Rows[i].Cells[col]
		if _, ok := style.Decimals(c.Text); ok && c.Kind == document.CellText {
			figures = append(figures, c)
		}
	}
	for _, c := range figures {
		n, _ := style.Decimals(c.Text)
		most = max(most, n)
	}
	for _, c := range figures {
		c.Text = style.Pad(c.Text, most)
	}
}

// OutcomeCell is a verdict or judgement in words and tint.
func OutcomeCell(o evaluate.Outcome) document.Cell {
	c := document.T(evaluate.OutcomeText(o))
	switch o {
	case evaluate.Met:
		c.Tint = document.Good
	case evaluate.NotMet:
		c.Tint = document.Bad
	case evaluate.Pending, evaluate.Council:
		c.Tint = document.Warn
	}
	return c
}

// QuotaTotal is what the total row says of the plan's places, in column at: no sum where the plan
// limits none.
func (d Work) QuotaTotal(at int) map[int]document.Cell {
	if slices.ContainsFunc(d.Result.Boards, func(b evaluate.Board) bool { return b.Limited }) {
		return nil
	}
	return map[int]document.Cell{at: QuotaCell(0, false)}
}

// QuotaCell is the number of places, or that the plan sets none.
func QuotaCell(quota int, limited bool) document.Cell {
	if !limited {
		return document.T(wording.Text("paper.quota.none"))
	}
	return document.I(quota)
}

// StateText is the word for where a unit's paper stands.
//
//wording:composed paper.state.
func StateText(state string) string { return wording.Text("paper.state." + state) }

// Asks reports whether the plan's dossier asks for one of the fields in its list of collectives.
func Asks(p *plan.Plan, fields ...string) bool {
	return slices.ContainsFunc(fields,
		func(key string) bool { return templates.FieldTitle(templates.DossierForm, p, "collectives", key) != "" })
}

// DropUnasked is a table without the columns for what the plan does not ask for; index, party,
// bodies and breach are the titles of such columns.
func DropUnasked(p *plan.Plan, t document.Table, index, party, bodies, breach string) document.Table {
	for _, column := range []struct {
		title  string
		fields []string
	}{{index, []string{"indexband"}}, {party, []string{"party"}},
		{bodies, []string{"union", "youth", "women", "farmers", "veterans", "front"}},
		{breach, []string{"discipline"}}} {
		if Asks(p, column.fields...) {
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
