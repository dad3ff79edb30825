package xlsx

import (
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// ditto are the marks, without accents and spaces, by which offices say that a cell holds what the cell above holds.
var ditto = map[string]bool{"nt": true, "-nt-": true, "n/t": true, "nhutren": true, "-nhutren-": true, "〃": true, `"`: true, `''`: true, "”": true, "“": true,
	`-"-`: true, "-”-": true, "//": true, "-//-": true, "=//=": true}

// ditto reads a mark for "the same as above" as the value of the row above. A person's name is never the same again.
func (t *table) ditto(f *form.Field, c *grid.Cell, v *form.Value) bool {
	if len(c.Text) > 20 || f.Person || !t.rows.repeats(c.Text) {
		return false
	}
	above := f.At(t.last)
	if !above.Given() || t.rows.repeats(above.Text) { // the top of the list says nothing to repeat
		return false
	}
	v.Text, v.Raw = above.Text, c.Text
	now := above.Text
	if d, ok := above.Date(); ok && f.Type == form.Date {
		now = d.Short()
	}
	t.out.Repairs = append(t.out.Repairs, form.Repair{Sheet: above.At.Sheet, Cell: c.Ref(), Was: c.Text, Now: now, Rule: "ditto"})
	return true
}

// reportContinued asks about a row that looks like more of the row above: no name, and nothing but a text or two. What else it lacks is not asked for.
func (t *table) reportContinued(rec any) {
	var name *form.Field
	var more *form.Value
	n := 0
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
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
	if name == nil || n == 0 || n > 2 || !name.At(t.last).Given() {
		return
	}
	t.find(finding.Continued, t.at.sheet.Name, more.At.Cell, "read", cut(more.Text, 120), "name", name.At(t.last).Text)
	for i := range t.at.block.Fields {
		if v := t.at.block.Fields[i].At(rec); v.Text == "" {
			v.Bad = true
		}
	}
}

// isStruck reports whether a cell holds words that are struck through. A format alone strikes nothing.
func isStruck(c *grid.Cell) bool { return c.Struck && c.Kind != grid.Blank && !viet.Blank(c.Text) }

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
