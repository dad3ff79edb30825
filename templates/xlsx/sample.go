package xlsx

import (
	"sync"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// sample reports whether a row is the filled example that the blank workbook prints under the headers, known by its mark before the first
// column. A marked row that says anything else is somebody's data: it is read as such, and the sender is told.
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

// isUntouched reports whether a row says what the examples of the fields say. Choices do not weigh: their words change with the plan.
func (t *table) isUntouched(row *grid.Row) bool {
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
		if !t.at.has(i) || f.Type == form.Choice || f.Type == form.YesNo {
			continue
		}
		if c := row.At(t.at.cols[i]); c.Kind != grid.Blank && !viet.SameFold(c.Text, f.Example) {
			return false
		}
	}
	return true
}

// isSampleCopy reports whether a record of a person says in every cell what the example says: it was copied down, or its mark was written over. Of
// other tables that cannot be told from data, since the examples are units that there are.
func (t *table) isSampleCopy(rec any) bool {
	n, born := 0, false
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
		v := f.At(rec)
		if f.Type == form.Choice || f.Type == form.YesNo || !v.Given() {
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
