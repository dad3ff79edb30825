package reader

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

// remainder tells of what a workbook holds, or lacks, beside what is read as the form.
type remainder struct {
	*reader
	mentions map[*grid.Sheet]bool // sheets of which something better is told than that they were not read
}

// reportMissing reports a block that the file lacks, once, and spares the sender the same for each
// of its fields.
func (m remainder) reportMissing(b *form.Block) {
	for _, f := range b.Fields {
		m.absent[[2]string{b.Key, f.Key}] = true
	}
	if m.reportNearTable(b) {
		return
	}
	decl := m.out.Form.SheetOf(b.Key)
	pairs := []any{"what", wording.Text("form.missing.table"), "want", decl.Name + " - " + b.Title}
	if b.Clause != "" {
		pairs = append(pairs, "clause", b.Clause)
	}
	m.find(finding.MissingBlock, "", "", pairs...)
}

// reportTwice compares further places of a block of cells with the one that was read. Where both
// say something and not the same, the sender has to say which holds: a copied sheet, or the sheets
// of several units in one file.
func (m remainder) reportTwice() {
	for _, o := range m.places.twice {
		first := m.places.blocks[o.block.Key]
		if o.sheet.Hidden && !first.sheet.Hidden {
			continue
		}
		for i := range o.block.Fields {
			f := &o.block.Fields[i]
			if !o.has(i) || !first.has(i) {
				continue
			}
			var other form.Value
			p := f.Parse(o.sheet.Name, o.sheet.At(o.rows[i], o.cols[i]), m.w.Date1904, m.ctx)
			other = p.Value
			v := f.At(m.out.Value)
			said, heard := other.Typed(), v.Typed()
			if said == "" || said == heard || f.Preset && heard == "" {
				continue
			}
			m.find(finding.SaidTwice, o.sheet.Name, other.At.Cell, "field", f.Title, "read", said, "want", v.At.Sheet,
				"name", heard)
		}
	}
}

// reportSheets tells of what people wrote where nothing of the form is read.
func (m remainder) reportSheets() {
	for i := range m.w.Sheets {
		s := &m.w.Sheets[i]
		kind := m.places.heads.apron[i]
		if kind == noApron && !m.places.on(s) && m.holdsOnlyLists(s) {
			kind = listApron
		}
		switch {
		case kind != noApron:
			m.reportApron(s, kind)
		case !m.places.on(s) && !m.mentions[s]:
			m.unread(s)
		}
		m.reportBeyond(s)
	}
}

// reportBeyond tells of what a sheet holds beside its cells, which is not read, and of columns
// nobody sees, which are.
func (m remainder) reportBeyond(s *grid.Sheet) {
	if m.places.on(s) && len(s.HiddenColumns) > 0 {
		if columns := hiddenWithWords(s); columns != "" {
			m.find(finding.HiddenColumns, s.Name, "", "read", columns)
		}
	}
	m.reportNotes(s)
	if len(s.Boxes) > 0 {
		m.find(finding.BoxNotRead, s.Name, "", "read", viet.Cut(strings.Join(s.Boxes, "; "), 300))
	}
	if s.Pictures > 0 {
		m.find(finding.PictureOnly, s.Name, "", "read", s.Pictures)
	}
}

// mostNotes is how many notes of a sheet are told one by one.
const mostNotes = 20

// reportNotes tells of the notes that are not ours.
func (m remainder) reportNotes(s *grid.Sheet) {
	var theirs []grid.Note
	for _, n := range s.Notes {
		if n.Text = viet.CleanSpaces(n.Text); n.Text != "" && !ownNote(n.Text) {
			theirs = append(theirs, n)
		}
	}
	for i, n := range theirs[:min(len(theirs), mostNotes)] {
		read := viet.Cut(n.Text, 300)
		if rest := len(theirs) - mostNotes; i == mostNotes-1 && rest > 0 {
			read = wording.Text("form.notes.more", "read", read, "n", rest)
		}
		m.find(finding.NotesNotRead, s.Name, n.Ref(), "read", read)
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
	return viet.Cut(strings.Join(names, ", "), 300)
}

// on reports whether anything of the form stands on a sheet.
func (p *places) on(s *grid.Sheet) bool {
	return p.reads(s) || slices.ContainsFunc(p.more, func(f *location) bool { return f.sheet == s })
}
