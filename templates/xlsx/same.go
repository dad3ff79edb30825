package xlsx

import (
	"slices"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// ditto are the marks, without accents and spaces, by which offices say that a cell holds what the cell above holds.
var ditto = map[string]bool{"nt": true, "-nt-": true, "n/t": true, "nhutren": true, "-nhutren-": true, "〃": true, `"`: true, `''`: true, "”": true, "“": true,
	`-"-`: true, "-”-": true, "//": true, "-//-": true, "=//=": true}

// ditto reads a mark for "the same as above" as the value of the row above. A person's name is never the same again.
func (r *reader) ditto(f *form.Field, c *grid.Cell, last any, v *form.Value) bool {
	if len(c.Text) > 20 || f.Person || !r.repeats(c.Text) {
		return false
	}
	above := f.At(last)
	if !above.Given() || r.repeats(above.Text) { // the top of the list says nothing to repeat
		return false
	}
	v.Text, v.Raw = above.Text, c.Text
	now := above.Text
	if d, ok := above.Date(); ok && f.Type == form.Date {
		now = d.Short()
	}
	r.out.Repairs = append(r.out.Repairs, form.Repair{Sheet: above.At.Sheet, Cell: c.Ref(), Was: c.Text, Now: now, Rule: "ditto"})
	return true
}

// repeats reports whether a text is such a mark.
func (r *reader) repeats(text string) bool {
	r.buf = viet.AppendBare(r.buf[:0], text)
	return ditto[string(slices.DeleteFunc(r.buf, func(b byte) bool { return b == ' ' }))]
}

// reportContinued asks about a row that looks like more of the row above: no name, and nothing but a text or two. What else it lacks is not asked for.
func (r *reader) reportContinued(at *location, rec, last any) {
	var name *form.Field
	var more *form.Value
	n := 0
	for i := range at.block.Fields {
		f := &at.block.Fields[i]
		v := f.At(rec)
		if name == nil && f.Required && f.Type == form.Text && !f.Preset {
			name = f
		}
		switch {
		case v.Text == "" && !v.Bad:
		case f.Type != form.Text || v.Bad || f == name:
			return
		default:
			if n++; n == 1 {
				more = v
			}
		}
	}
	if name == nil || n == 0 || n > 2 || !name.At(last).Given() {
		return
	}
	r.find(finding.Continued, at.sheet.Name, more.At.Cell, "read", cut(more.Text, 120), "name", name.At(last).Text)
	for i := range at.block.Fields {
		if v := at.block.Fields[i].At(rec); v.Text == "" {
			v.Bad = true
		}
	}
}

// isStruck reports whether a cell holds words that are struck through. A format alone strikes nothing.
func isStruck(c *grid.Cell) bool { return c.Struck && c.Kind != grid.Blank && !viet.Blank(c.Text) }

// struck asks whether words that are struck through still count.
func (r *reader) struck(f *form.Field, c *grid.Cell, v *form.Value) {
	r.find(finding.Struck, v.At.Sheet, v.At.Cell, "field", f.Title, "read", cut(viet.CleanSpaces(c.Text), 120), "clause", f.Clause)
}

// failures counts rows that hold nothing but formulas that refer to what is gone. "#N/A" alone is what a helper formula shows in a row that
// nobody has filled in.
type failures struct {
	rows  int
	first grid.Cell
}

func (n *failures) add(at *location, row *grid.Row) {
	for _, c := range row.Cells {
		if c.Kind == grid.Error && c.Text != "#N/A" && at.fieldAt(c.Col) >= 0 {
			if n.rows++; n.rows == 1 {
				n.first = c
			}
			return
		}
	}
}
