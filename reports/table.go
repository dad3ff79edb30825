package reports

import (
	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/wording"
)

// numberColumn is the column of running numbers.
func numberColumn() document.Column {
	return document.Column{Title: wording.Text("paper.col.no"), Weight: 0.6, Align: document.Center, Kind: document.KindNumber}
}

// figure is a narrow column of whole numbers.
func figure(group, title string) document.Column {
	return document.Column{Title: title, Group: group, Weight: 1, Kind: document.KindNumber, Align: document.Center}
}

// sums is a total row's cells: the word in the first column, a sum below every column of figures, or what except says.
func sums(t document.Table, except map[int]document.Cell) []document.Cell {
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

// groupTitle is "Khối phòng, ban, đơn vị".
func groupTitle(title string) string { return wording.Text("paper.group", "group", lowerFirst(title)) }

// boardTitle is "Tập thể, khối xã, phường".
func boardTitle(kind, group string) string {
	return wording.Text("paper.board", "kind", kindTitle(kind), "group", lowerFirst(group))
}

// outcomeCell is a verdict or judgement in words and tint.
func outcomeCell(o evaluate.Outcome) document.Cell {
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

// roman writes the numbers of groups and sections.
func roman(n int) string {
	out := ""
	for _, r := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			out, n = out+r.sign, n-r.value
		}
	}
	return out
}
