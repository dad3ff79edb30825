package reader

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

// shift moves a block of cells to the column its values stand in where columns were inserted
// between labels and values: our helps still stand directly after the values.
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

// labelled reads a block of labelled cells at its place.
type labelled struct {
	*reader
	at *location
}

func (l labelled) read() {
	for i := range l.at.block.Fields {
		f := &l.at.block.Fields[i]
		v := f.At(l.out.Value)
		if !l.at.has(i) {
			l.reportLacking(l.at, f)
			v.At = form.Ref{Sheet: l.at.sheet.Name}
			continue
		}
		c := l.at.sheet.At(l.at.rows[i], l.at.cols[i])
		l.parser.Parse(f, l.at.sheet.Name, &c, v)
		if isStruck(&c) {
			l.struck(f, &c, v)
		}
	}
	l.aside()
}

// aside tells of what stands on a sheet of labelled cells in no cell that is read: a remark beside
// a value, a line somebody added. Nothing may be dropped in silence only because the form has no
// place for it.
func (l labelled) aside() {
	end, last, labels := 0, 0, 0
	for _, o := range l.places.blocks {
		if o.sheet == l.at.sheet && o.top > l.at.top && (end == 0 || o.top < end) {
			end = o.top
		}
	}
	value := map[int]int{} // by row
	for i, row := range l.at.rows {
		if l.at.has(i) {
			value[row] = l.at.cols[i]
			last, labels = max(last, row), l.at.cols[i]-1-l.at.gap
		}
	}
	for i := range l.at.sheet.Rows {
		row := &l.at.sheet.Rows[i]
		switch {
		case row.Num < l.at.top:
			continue
		// names of those who sign follow
		case end > 0 && row.Num >= end, row.Num > last && l.rows.anyCell(row, signText()):
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
			case l.isOurs(c):
			default:
				first = cmp.Or(first, c.Ref())
				words = append(words, viet.CleanSpaces(c.Text))
			}
		}
		if first != "" {
			l.find(finding.OutsideTable, l.at.sheet.Name, first, "read", strings.Join(words, "; "), "want",
				l.at.block.Title)
		}
	}
}

// isOurs reports whether a text is one that the blank workbook itself prints around the values: a
// help, a title, a line for the signature. Helps have changed with the versions of forms; they are
// known by their examples.
func (l labelled) isOurs(c *grid.Cell) bool {
	if c.Kind != grid.Text {
		return false
	}
	if isSignatures([]*grid.Cell{c}) || isMark(c) {
		return true
	}
	if strings.Contains(c.Text, strings.TrimRight(wording.Text("finding.example", "example", ""), " .")) {
		return true
	}
	key := l.places.heads.key(c.Text)
	for _, d := range declarationOf(l.out.Form) {
		if slices.Contains(d.above, key) {
			return true
		}
	}
	return slices.ContainsFunc(l.at.block.Fields, func(f form.Field) bool {
		return f.Help != "" &&
			strings.HasPrefix(c.Text, f.Help)
	})
}
