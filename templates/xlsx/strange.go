package xlsx

import (
	"slices"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// twice compares further places of a block of cells with the one that was read. Where both say something and not the same, the sender has
// to say which holds: a copied sheet, or the sheets of several units in one file.
func (r *reader) twice() {
	for _, o := range r.at.twice {
		first := r.at.blocks[o.block.Key]
		if o.sheet.Hidden && !first.sheet.Hidden {
			continue
		}
		for i := range o.block.Fields {
			f := &o.block.Fields[i]
			if !o.has(i) || !first.has(i) {
				continue
			}
			var other form.Value
			p := f.Parse(o.sheet.Name, o.sheet.At(o.rows[i], o.cols[i]), r.w.Date1904, r.ctx)
			other = p.Value
			v := f.At(r.out.Value)
			said, heard := other.Typed(), v.Typed()
			if said == "" || said == heard || f.Preset && heard == "" {
				continue
			}
			r.find(finding.SaidTwice, o.sheet.Name, other.At.Cell, "field", f.Title, "read", said, "want", v.At.Sheet, "name", heard)
		}
	}
}

// strange tells of sheets on which nothing of the form was found although people wrote on them.
func (r *reader) strange() {
	for i := range r.w.Sheets {
		s := &r.w.Sheets[i]
		switch s.Name {
		case stampSheet, guideSheet, listSheet, resultSheet:
			continue
		}
		if !r.at.on(s) {
			r.unread(s)
		}
	}
}

// unread tells, once a sheet, that it was not read.
func (r *reader) unread(s *grid.Sheet) {
	n := 0
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			if c.Kind != grid.Blank && c.Kind != grid.Error && !viet.Blank(c.Text) {
				n++
			}
		}
	}
	if n > 0 {
		r.find(finding.SheetNotRead, s.Name, "", "read", n)
	}
}

// on reports whether anything of the form stands on a sheet.
func (p *places) on(s *grid.Sheet) bool {
	here := func(f *found) bool { return f.sheet == s }
	for _, f := range p.blocks {
		if here(f) {
			return true
		}
	}
	return slices.ContainsFunc(p.more, here) || slices.ContainsFunc(p.twice, here)
}
