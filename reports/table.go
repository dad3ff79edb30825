package reports

import (
	"strings"

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

// evened writes the figures of a column of texts with the same number of decimals, so that "94" does not stand beside "93,4". A figure is
// a whole text, with or without a percent sign; other texts stay.
func evened(t document.Table, col int) {
	figures := []*document.Cell{}
	most := 0
	for i := range t.Rows {
		if t.Rows[i].Kind != document.Body || col >= len(t.Rows[i].Cells) {
			continue
		}
		c := &t.Rows[i].Cells[col]
		if _, ok := decimals(c.Text); ok && c.Kind == document.CellText {
			figures = append(figures, c)
		}
	}
	for _, c := range figures {
		n, _ := decimals(c.Text)
		most = max(most, n)
	}
	for _, c := range figures {
		c.Text = padded(c.Text, most)
	}
}

// decimals counts the decimals of a figure such as "93,4" or "88,89%"; ok is false for other texts.
func decimals(text string) (n int, ok bool) {
	whole, part, _ := strings.Cut(strings.TrimSuffix(text, "%"), ",")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	return len(part), whole != "" && digits(whole) && digits(part)
}

// padded writes a figure with at least so many decimals.
func padded(text string, most int) string {
	n, ok := decimals(text)
	if !ok || n >= most {
		return text
	}
	plain, sign := strings.CutSuffix(text, "%")
	if n == 0 {
		plain += ","
	}
	plain += strings.Repeat("0", most-n)
	if sign {
		plain += "%"
	}
	return plain
}

// whom counts collectives and people as a sentence does: whoever there is none of is not spoken of. While nobody is known there is room for both numbers.
func whom(words wording.Words, collectives, individuals int) string {
	switch {
	case collectives == 0 && individuals == 0:
		return words.Text("paper.whom.both", "collectives", "…", "individuals", "…")
	case individuals == 0:
		return words.Text("paper.whom.collectives", "count", two(collectives))
	case collectives == 0:
		return words.Text("paper.whom.individuals", "count", two(individuals))
	}
	return words.Text("paper.whom.both", "collectives", two(collectives), "individuals", two(individuals))
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
