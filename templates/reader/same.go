package reader

import (
	"slices"
	"sync"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// ditto are the marks, without accents and spaces, by which offices say that a cell holds what the
// cell above holds.
var ditto = map[string]bool{
	"nt":        true,
	"-nt-":      true,
	"n/t":       true,
	"nhutren":   true,
	"-nhutren-": true,
	"〃":         true,
	"″":         true,
	"′′":        true,
	`"`:         true,
	`''`:        true,
	"”":         true,
	"“":         true,
	`-"-`:       true,
	"-”-":       true,
	"//":        true,
	"-//-":      true,
	"=//=":      true,
}

// ditto reads a mark for "the same as above" as the value of the row above. A person's name is
// never the same again.
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
	t.out.Repairs = append(t.out.Repairs, form.Repair{Sheet: above.At.Sheet, Cell: c.Ref(), Was: c.Text, Now: now,
		Rule: "ditto"})
	return true
}

// reportContinued asks about a row that looks like more of the row above: no name, and nothing but
// a text or two. What else it lacks is not asked for.
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
	t.find(finding.Continued, t.at.sheet.Name, more.At.Cell, "read", viet.Cut(more.Text, 120), "name",
		name.At(t.last).Text)
	for i := range t.at.block.Fields {
		if v := t.at.block.Fields[i].At(rec); v.Text == "" {
			v.Bad = true
		}
	}
}

// isStruck reports whether a cell holds words that are struck through. A format alone strikes
// nothing.
func isStruck(c *grid.Cell) bool { return c.Struck && c.Kind != grid.Blank && !viet.Blank(c.Text) }

// failures counts rows that hold nothing but formulas that refer to what is gone. "#N/A" alone is
// what a helper formula shows in a row that nobody has filled in.
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

// sample reports whether a row is the filled example that the blank workbook prints under the
// headers, known by its mark before the first column. A marked row that says anything else is
// somebody's data: it is read as such, and the sender is told.
func (t *table) sample(row *grid.Row) bool {
	for k := range row.Cells {
		c := &row.Cells[k]
		switch {
		case t.at.fieldAt(c.Col) >= 0:
			return false
		case isMark(c):
			if t.isUntouched(row) {
				return true
			}
			t.find(finding.OverSample, t.at.sheet.Name, c.Ref(), "read", firstText(row))
			return false
		}
	}
	return false
}

// isMark reports whether a cell holds the mark of the example.
func isMark(c *grid.Cell) bool {
	var room [64]byte
	return c.Kind == grid.Text && string(viet.AppendBare(room[:0], c.Text)) == sampleMark()
}

var sampleMark = sync.OnceValue(func() string { return viet.Bare(wording.Text("form.sample")) })

// isUntouched reports whether a row says what the examples of the fields say. Choices do not weigh:
// their words change with the plan. Nor do examples of the plan's own, which may have been others.
func (t *table) isUntouched(row *grid.Row) bool {
	same := !slices.ContainsFunc(t.at.block.Fields, func(f form.Field) bool { return f.Reworded })
	for i, f := range t.at.block.Fields {
		if !t.at.has(i) || f.Type == form.Choice || f.Type == form.YesNo || f.Reworded {
			continue
		}
		c := row.At(t.at.cols[i])
		if c.Kind != grid.Blank && !viet.SameFold(c.Text, f.Example) {
			return false
		}
		same = same || c.Kind != grid.Blank
	}
	return same
}

// isSampleCopy reports whether a record of a person says in every cell what the example says: it
// was copied down, or its mark was written over. Of other tables that cannot be told from data,
// since the examples are units that there are.
func (t *table) isSampleCopy(rec any) bool {
	n, born := 0, false
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
		v := f.At(rec)
		if f.Type == form.Choice || f.Type == form.YesNo || f.Reworded || !v.Given() {
			continue
		}
		if v.Text != f.Example {
			if f.Type != form.Date {
				return false
			}
			example := f.Parse("", grid.Cell{Row: 1, Col: 1, Kind: grid.Text, Text: f.Example}, false, t.ctx)
			if v.Text != example.Value.Text {
				return false
			}
		}
		n++
		born = born || f.Birthday
	}
	return born && n > 2
}
