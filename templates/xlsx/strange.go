package xlsx

import (
	"maps"
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// reportTwice compares further places of a block of cells with the one that was read. Where both say something and not the same, the sender has
// to say which holds: a copied sheet, or the sheets of several units in one file.
func (r *reader) reportTwice() {
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

// strange tells of what people wrote where nothing of the form is read.
func (r *reader) strange() {
	for i := range r.w.Sheets {
		s := &r.w.Sheets[i]
		kind := r.at.heads.apron[i]
		if kind == noApron && !r.at.on(s) && r.holdsOnlyLists(s) {
			kind = listApron
		}
		switch {
		case kind != noApron:
			r.reportApron(s, kind)
		case !r.at.on(s) && !r.mentions[s]:
			r.unread(s)
		}
		r.reportBeyond(s)
	}
}

// reportBeyond tells of what a sheet holds beside its cells, which is not read, and of columns nobody sees, which are.
func (r *reader) reportBeyond(s *grid.Sheet) {
	if r.at.on(s) && len(s.HiddenColumns) > 0 {
		if columns := hiddenWithWords(s); columns != "" {
			r.find(finding.HiddenColumns, s.Name, "", "read", columns)
		}
	}
	r.notes(s)
	if len(s.Boxes) > 0 {
		r.find(finding.BoxNotRead, s.Name, "", "read", cut(strings.Join(s.Boxes, "; "), 300))
	}
	if s.Pictures > 0 {
		r.find(finding.PictureOnly, s.Name, "", "read", s.Pictures)
	}
}

// mostNotes is how many notes of a sheet are told one by one.
const mostNotes = 20

// notes tells of the notes that are not ours.
func (r *reader) notes(s *grid.Sheet) {
	var theirs []grid.Note
	for _, n := range s.Notes {
		if n.Text = viet.CleanSpaces(n.Text); n.Text != "" && !ownNote(n.Text) {
			theirs = append(theirs, n)
		}
	}
	for i, n := range theirs[:min(len(theirs), mostNotes)] {
		read := cut(n.Text, 300)
		if rest := len(theirs) - mostNotes; i == mostNotes-1 && rest > 0 {
			read = wording.Text("form.notes.more", "read", read, "n", rest)
		}
		r.find(finding.NotesNotRead, s.Name, n.Ref(), "read", read)
	}
}

// ownNote reports whether a note is one that a marked workbook has in its cells.
func ownNote(text string) bool {
	for _, l := range []finding.Level{finding.Must, finding.Should, finding.Info} {
		if strings.HasPrefix(text, "["+l.Title()+"] ") {
			return true
		}
	}
	return false
}

// hiddenWithWords lists the hidden columns of a sheet in which something stands.
func hiddenWithWords(s *grid.Sheet) string {
	filled := map[int]bool{}
	each(s, func(c *grid.Cell) { filled[c.Col] = true })
	var names []string
	for _, col := range slices.Sorted(maps.Keys(filled)) {
		if slices.ContainsFunc(s.HiddenColumns, func(h grid.Columns) bool { return h.From <= col && col <= h.To }) {
			names = append(names, grid.Column(col))
		}
	}
	return cut(strings.Join(names, ", "), 300)
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
	here := func(f *location) bool { return f.sheet == s }
	for _, f := range p.blocks {
		if here(f) {
			return true
		}
	}
	return slices.ContainsFunc(p.more, here) || slices.ContainsFunc(p.twice, here)
}
