package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// farthest is how many columns somebody may have put between a label and its value.
const farthest = 3

// shift moves a block of cells to the column its values stand in where columns were inserted between labels and values: our helps still
// stand directly after the values.
func (f *location) shift() {
	if f.block.Kind != form.CellsBlock {
		return
	}
	var votes [farthest + 1]int
	for i := range f.block.Fields {
		x := &f.block.Fields[i]
		if !f.has(i) || x.Help == "" {
			continue
		}
		for by := range votes {
			if c := f.sheet.At(f.rows[i], f.cols[i]+1+by); c.Kind == grid.Text && strings.HasPrefix(c.Text, x.Help) {
				votes[by]++
				break
			}
		}
	}
	by := 0
	for k, n := range votes {
		if n > votes[by] {
			by = k
		}
	}
	if f.gap = by; by == 0 {
		return
	}
	for i := range f.cols {
		if f.has(i) {
			f.cols[i] += by
		}
	}
}

// aside tells of what stands on a sheet of labelled cells in no cell that is read: a remark beside a value, a line somebody added. Nothing
// may be dropped in silence only because the form has no place for it.
func (r *reader) aside(at *location) {
	end, last, labels := 0, 0, 0
	for _, o := range r.at.blocks {
		if o.sheet == at.sheet && o.top > at.top && (end == 0 || o.top < end) {
			end = o.top
		}
	}
	value := map[int]int{} // by row
	for i, row := range at.rows {
		if at.has(i) {
			value[row] = at.cols[i]
			last, labels = max(last, row), at.cols[i]-1-at.gap
		}
	}
	for i := range at.sheet.Rows {
		row := &at.sheet.Rows[i]
		switch {
		case row.Num < at.top:
			continue
		case end > 0 && row.Num >= end, row.Num > last && r.anyCell(row, signText()): // names of those who sign follow
			return
		}
		var words []string
		first := ""
		for k := range row.Cells {
			c := &row.Cells[k]
			col, labelled := value[row.Num]
			switch {
			case c.Kind == grid.Blank || c.Kind == grid.Error || viet.Blank(c.Text):
			case labelled && (c.Col == col || c.Col <= labels):
			case c.Col < labels && runningNumber().MatchString(viet.CleanSpaces(c.Text)):
			case r.isOurs(at, c):
			default:
				first = cmp.Or(first, c.Ref())
				words = append(words, viet.CleanSpaces(c.Text))
			}
		}
		if first != "" {
			r.find(finding.OutsideTable, at.sheet.Name, first, "read", strings.Join(words, "; "), "want", at.block.Title)
		}
	}
}

// isOurs reports whether a text is one that the blank workbook itself prints around the values: a help, a title, a line for the signature.
// Helps have changed with the versions of forms; they are known by their examples.
func (r *reader) isOurs(at *location, c *grid.Cell) bool {
	if c.Kind != grid.Text {
		return false
	}
	if isSignatures([]*grid.Cell{c}) || isMark(c) {
		return true
	}
	if strings.Contains(c.Text, strings.TrimRight(wording.Text("finding.example", "example", ""), " .")) {
		return true
	}
	key := r.at.heads.key(c.Text)
	for _, d := range declarationOf(r.out.Form) {
		if slices.Contains(d.above, key) {
			return true
		}
	}
	return slices.ContainsFunc(at.block.Fields, func(f form.Field) bool { return f.Help != "" && strings.HasPrefix(c.Text, f.Help) })
}
