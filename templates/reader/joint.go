package reader

import (
	"strings"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// cell is what a row holds for a field: its cell, the cell of the merged range above, or what
// several columns under one header make together. Repairs say where a value came from when not from
// its own cell. sex is "Nam" or "Nữ" when a date stood in such a column.
func (t *table) cell(row *grid.Row, i int) (c grid.Cell, sex string) {
	s := t.at.spans[i]
	if s.how == single {
		c = row.At(t.at.cols[i])
		if c.Kind == grid.Blank && !c.NoCache {
			if above, ok := mergedValue(t.at, row.Num, t.at.cols[i]); ok { // one cell spans the rows of a group
				above.Row, above.Col = row.Num, t.at.cols[i]
				t.repair(above, "merged", "")
				c = above
			}
		}
		return c, ""
	}
	var filled []grid.Cell
	for k := range row.Cells {
		x := row.Cells[k]
		if between(x.Col, t.at.cols[i], s.to) && (x.Kind != grid.Blank || x.NoCache) &&
			(x.Kind != grid.Text || !viet.Blank(x.Text)) {
			filled = append(filled, x)
		}
	}
	switch {
	case len(filled) == 0:
		return row.At(t.at.cols[i]), ""
	case s.how == bySex:
		c, sex = filled[0], form.Male
		if c.Col == s.to {
			sex = form.Female
		}
		if len(filled) == 1 {
			return c, sex
		}
	case s.how == marked && len(filled) == 1:
		c = filled[0]
		values := t.at.block.Fields[i].Values
		was := c.Text
		c.Kind, c.Text = grid.Text, values[c.Col-t.at.cols[i]]
		t.repair(c, "column", was)
		return c, ""
	case len(filled) == 1 && s.how == either:
		return filled[0], ""
	}
	var texts []string
	for _, x := range filled {
		texts = append(texts, viet.CleanSpaces(x.Text))
	}
	c = filled[0]
	c.Kind, c.Number, c.Date = grid.Text, 0, false
	switch s.how {
	case dayPart:
		if c.Text = strings.Join(texts, "/"); len(filled) == 1 && filled[0].Col == s.to {
			c = filled[0] // the year alone
			return c, ""
		}
	case either:
		c.Text = strings.Join(texts, " ")
		t.repair(c, "joined", strings.Join(texts, " | "))
		return c, ""
	default: // two where one is wanted: the field says what is wrong with it
		c.Text, sex = strings.Join(texts, "; "), ""
	}
	return c, sex
}

func between(col, a, b int) bool { return min(a, b) <= col && col <= max(a, b) }

func (t *table) repair(c grid.Cell, rule, was string) {
	t.out.Repairs = append(t.out.Repairs, form.Repair{Sheet: t.at.sheet.Name, Cell: c.Ref(), Was: was,
		Now: viet.CleanSpaces(c.Text), Rule: rule})
}

// mergedValue returns the value of a range that covers a cell from a data row above.
func mergedValue(at *location, row, col int) (grid.Cell, bool) {
	for _, m := range at.sheet.Merges {
		if m.Col1 <= col && col <= m.Col2 && m.Row1 < row && row <= m.Row2 && m.Row1 > at.header {
			c := at.sheet.At(m.Row1, m.Col1)
			return c, c.Kind != grid.Blank
		}
	}
	return grid.Cell{}, false
}

// bySex is the field whose date stands in the columns "Nam" and "Nữ", -1 when there is none.
func (f *location) bySex() int {
	for i, s := range f.spans {
		if s.how == bySex {
			return i
		}
	}
	return -1
}

// sexes reports whether a field is where a person's sex is given.
func sexes(f *form.Field) bool {
	return len(f.Values) == 2 && f.Values[0] == form.Male && f.Values[1] == form.Female
}

// sex sets a person's sex from the column that the birthday stands in, when the row does not say it
// otherwise.
func (t *table) sex(rec any, row int, sex string) {
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
		if v := f.At(rec); sexes(f) && !v.Given() && !v.Bad {
			born := t.at.bySex()
			ref := grid.Ref(t.at.cols[born], row)
			if sex == form.Female {
				ref = grid.Ref(t.at.spans[born].to, row)
			}
			if !t.at.has(i) {
				v.At = form.Ref{Sheet: t.at.sheet.Name, Cell: ref}
			}
			v.Text = sex
			t.out.Repairs = append(t.out.Repairs, form.Repair{Sheet: t.at.sheet.Name, Cell: ref, Now: sex,
				Rule: "column"})
		}
	}
}
