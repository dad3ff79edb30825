package reader

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// apron is what a sheet of our workbooks is that holds nothing of the form itself.
type apron uint8

const (
	noApron apron = iota
	guideApron
	listApron
	resultApron
	stampApron
)

// apronRows is how far down the headers of such a sheet may have moved.
const apronRows = 40

// apronOf tells the sheets that explain a form from those that hold it: by their names, and by
// their headers where other programs or people named them anew ("Sheet1", "HƯỚNG DẪN - Table 1", a
// name in decomposed letters).
func apronOf(w *grid.Workbook, i int) apron {
	s := &w.Sheets[i]
	switch s.Name {
	case form.GuideSheet:
		return guideApron
	case form.ListSheet:
		return listApron
	case form.ResultSheet:
		return resultApron
	case form.StampSheet:
		return stampApron
	}
	if hasStamp(s) {
		return stampApron
	}
	if namedList(s) {
		return listApron
	}
	if i+1 < len(w.Sheets) && hasStamp(&w.Sheets[i+1]) && columnsOnly(s) &&
		!slices.ContainsFunc(w.Sheets, func(o grid.Sheet) bool { return namedList(&o) }) {
		// where the lists stand, and where people put a sheet of their own when the lists stand
		// before it
		return listApron
	}
	if apronHead(s, guideHeads) > 0 {
		return guideApron
	}
	if apronHead(s, resultHeads) > 0 {
		return resultApron
	}
	return noApron
}

// namedList reports whether a sheet bears the name of the lists, or that of a copy ("DANH MỤC (2)")
// or of what another program exports ("DANH MỤC - Table 1"). "DANH MỤC CÁ NHÂN" is somebody's own.
func namedList(s *grid.Sheet) bool {
	rest, ok := strings.CutPrefix(s.Name, form.ListSheet)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return ok && !unicode.IsLetter(first)
}

// hasStamp reports whether a sheet holds the stamp.
func hasStamp(s *grid.Sheet) bool {
	return len(s.Rows) > 0 && len(s.Rows[0].Cells) > 0 && s.Rows[0].Cells[0].Text == form.StampProperty
}

// columnsOnly reports whether a sheet is nothing but columns side by side that begin in the first
// row and have no gaps, as no sheet of a form is.
func columnsOnly(s *grid.Sheet) bool {
	high := map[int]int{}
	for i := range s.Rows {
		for k := range s.Rows[i].Cells {
			if c := &s.Rows[i].Cells[k]; c.Kind != grid.Blank {
				if high[c.Col] != c.Row-1 || c.Row == 1 && c.Col > 1 && high[c.Col-1] != 1 {
					return false
				}
				high[c.Col] = c.Row
			}
		}
	}
	return len(high) > 0
}

// Headers side by side that no sheet of a form has.
var (
	guideHeads = []string{wording.Text("form.guide.field"), wording.Text("form.guide.need"),
		wording.Text("form.guide.help")}
	resultHeads = []string{wording.Text("form.result.where"), wording.Text("form.result.link"),
		wording.Text("form.result.level")}
)

// apronHead is the row in which texts stand side by side, 0 when there is none.
func apronHead(s *grid.Sheet, texts []string) int {
	for i := range s.Rows {
		row := &s.Rows[i]
		if row.Num > apronRows {
			break
		}
		for k := 0; k+len(texts) <= len(row.Cells); k++ {
			same := true
			for n, t := range texts {
				same = same && row.Cells[k+n].Text == t
			}
			if same {
				return row.Num
			}
		}
	}
	return 0
}

// reportApron tells what somebody wrote on a sheet that only explains the form: it is not read.
func (m remainder) reportApron(s *grid.Sheet, kind apron) {
	n, first := 0, grid.Cell{}
	wrote := func(c *grid.Cell) {
		if n == 0 {
			first = *c
		}
		n++
	}
	switch kind {
	case guideApron:
		m.eachOnGuide(s, wrote)
	case listApron:
		ours := m.holdsList(s)
		each(s, func(c *grid.Cell) {
			// another program may have put a title above
			if !ours || s.At(1, c.Col).Kind == grid.Blank && s.At(2, c.Col).Kind == grid.Blank {
				wrote(c)
			}
		})
	case resultApron: // people answer beside what they were told
		each(s, func(c *grid.Cell) {
			if c.Col > form.ResultColumns {
				wrote(c)
			}
		})
	}
	if n > 0 {
		m.find(finding.WroteOnGuide, s.Name, first.Ref(), "read", viet.CleanSpaces(first.Text), "want", n)
	}
}

// eachOnGuide hands over what was not printed there: beside and below the lines of the guide, and
// over its examples.
func (m remainder) eachOnGuide(s *grid.Sheet, wrote func(*grid.Cell)) {
	head := apronHead(s, guideHeads)
	if head == 0 {
		return // torn apart: nothing can be told from what we print
	}
	lines := guideLines(m.out.Form)
	last := len(guideHeads) + 3 // columns printed
	current := m.out.Stamp.Version == m.out.Form.Version && m.out.Stamp.Form == m.out.Form.ID && !m.out.Form.Changed
	known, strange := 0, 0
	for i := range s.Rows {
		if row := &s.Rows[i]; row.Num > head && lines[guideLine{row.At(1).Text, row.At(2).Text}] != nil {
			known++
		} else if row.Num > head {
			strange++
		}
	}
	if strange > known {
		return // the guide of another form
	}
	for i := range s.Rows {
		row := &s.Rows[i]
		sheet := row.At(1)
		f := lines[guideLine{sheet.Text, row.At(2).Text}]
		for k := range row.Cells {
			c := &row.Cells[k]
			switch {
			case c.Kind == grid.Blank || c.Kind == grid.Error || viet.Blank(c.Text):
			case c.Col > last, c.Row > head && current && f == nil, c.Row > head && sheet.Kind == grid.Blank:
				wrote(c)
			case c.Col == last-1 && f != nil && current && f.Type != form.Choice && !viet.SameFold(c.Text, f.Example):
				wrote(c)
			}
		}
	}
}

// guideLine is what the guide says a field by: its sheet and title.
type guideLine struct{ sheet, title string }

var guides sync.Map // as declarations

// guideLines are the lines of a form's guide.
func guideLines(f *form.Form) map[guideLine]*form.Field {
	if lines, ok := guides.Load(f); ok {
		return lines.(map[guideLine]*form.Field)
	}
	lines := map[guideLine]*form.Field{}
	for _, b := range f.Blocks() {
		sheet := f.SheetOf(b.Key)
		for k := range b.Fields {
			lines[guideLine{sheet.Name, b.Fields[k].Title}] = &b.Fields[k]
		}
	}
	guides.Store(f, lines)
	return lines
}

// each visits what people see in the cells of a sheet.
func each(s *grid.Sheet, visit func(*grid.Cell)) {
	for i := range s.Rows {
		for k := range s.Rows[i].Cells {
			if c := &s.Rows[i].Cells[k]; c.Kind != grid.Blank && c.Kind != grid.Error && !viet.Blank(c.Text) {
				visit(c)
			}
		}
	}
}

// holdsOnlyLists reports whether a sheet is that of the lists under another name: nothing but
// titles of choices stand in its first row.
func (m remainder) holdsOnlyLists(s *grid.Sheet) bool {
	if len(s.Rows) == 0 || len(s.Rows[0].Cells) == 0 {
		return false
	}
	return !slices.ContainsFunc(s.Rows[0].Cells, func(c grid.Cell) bool {
		return c.Kind != grid.Blank &&
			!m.choice(c.Text)
	})
}

// holdsList reports whether a sheet holds any list of the form: the title of a choice in its first
// row, or in the second under a title of another program.
func (m remainder) holdsList(s *grid.Sheet) bool {
	for i := range s.Rows {
		if s.Rows[i].Num > 2 {
			break
		}
		if slices.ContainsFunc(s.Rows[i].Cells, func(c grid.Cell) bool { return m.choice(c.Text) }) {
			return true
		}
	}
	return false
}

// choice reports whether a text is the title of a choice of the form.
func (m remainder) choice(text string) bool {
	for _, b := range m.out.Form.Blocks() {
		for i := range b.Fields {
			if f := &b.Fields[i]; (f.Type == form.Choice || f.Type == form.YesNo) && f.Title == text {
				return true
			}
		}
	}
	return false
}
