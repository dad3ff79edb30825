package reader

import (
	"slices"
	"strings"
	"sync"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// Most workbooks come back as we sent them: every block stands where its marker says, with all its
// headers word for word in the places that the blank workbook has them, and nowhere else is there a
// word of a header. Then it is known without looking what locate would find: always looking makes a
// check of 500 workbooks take 1.14 times the processor time. Wherever the tests read a workbook,
// they hold one way against the other.

// find finds where the blocks of a form stand in a workbook.
func find(f *form.Form, w *grid.Workbook, heads func() *heads) places {
	if p, ok := findAtMarkers(f, w); ok {
		return p
	}
	return locate(f, w, heads())
}

// findAtMarkers returns the places of a form's blocks when all of them stand at their markers and
// nothing else can be meant: no title stands anywhere else, and every other sheet is one that only
// explains the form.
func findAtMarkers(f *form.Form, w *grid.Workbook) (places, bool) {
	p := places{form: f, blocks: map[string]*location{}, heads: &heads{on: make([][]head, len(w.Sheets)),
		apron: make([]apron, len(w.Sheets))}}
	headers := 0
	for _, d := range declarationOf(f) {
		at := d.atMarker(w)
		if at == nil {
			return p, false
		}
		p.blocks[d.block.Key] = at
		headers += len(d.block.Fields)
	}
	for i := range w.Sheets {
		if p.heads.apron[i] = apronOf(w, i); (p.heads.apron[i] == noApron) != p.on(&w.Sheets[i]) {
			return p, false
		}
	}
	if titlesOf(f).count(w, p.heads.apron, headers) != headers {
		return p, false
	}
	for _, at := range p.blocks {
		at.shift()
		at.index()
	}
	return p, true
}

// atMarker returns the block at its marker when it is whole there: every field's title where the
// blank workbook has it, neither merged nor divided. It is nil for anything else.
func (d *declaration) atMarker(w *grid.Workbook) *location {
	refers := ""
	for _, n := range w.Names {
		if strings.HasPrefix(n.Name, form.BlockPrefix) && n.Name[len(form.BlockPrefix):] == d.block.Key {
			if refers != "" {
				return nil
			}
			refers = n.Refers
		}
	}
	sheet, _, top, ok := target(w, refers)
	if !ok {
		return nil
	}
	n := len(d.block.Fields)
	at := &location{block: d.block, keys: d.keys, sheet: sheet, top: top}
	room := make([]int, 2*n)
	at.cols = room[:n:n]
	last, right := top, form.FirstColumn+n // the rows and columns of the headers
	if d.block.Kind == form.CellsBlock {
		at.rows = room[n:]
		last, right = top+n-1, form.LabelColumn
	} else {
		at.header, at.spans = top, make([]span, n)
	}
	if last > headerRows {
		return nil
	}
	for i := range d.block.Fields {
		row, col := top, form.FirstColumn+i
		at.cols[i] = col
		if at.rows != nil {
			row, col = top+i, form.LabelColumn
			at.rows[i], at.cols[i] = row, form.ValueColumn
		}
		if c := sheet.At(row, col); c.Kind != grid.Text || strings.TrimSuffix(c.Text, " *") != d.block.Fields[i].Title {
			return nil
		}
	}
	for _, m := range sheet.Merges {
		if m.Row1 <= last && top <= m.Row2 && m.Col1 <= right {
			return nil
		}
	}
	if at.rows == nil && isDivided(sheet, top+1) {
		return nil
	}
	return at
}

// isDivided reports whether a row may divide the headers above it: all its texts are words that do.
func isDivided(s *grid.Sheet, row int) bool {
	words := 0
	for i := range s.Rows {
		if s.Rows[i].Num != row {
			continue
		}
		for k := range s.Rows[i].Cells {
			c := &s.Rows[i].Cells[k]
			if c.Kind != grid.Text || viet.Blank(c.Text) {
				continue
			}
			if words++; !divides(header(c.Text)) {
				return false
			}
		}
	}
	return words > 0
}

// titles are the titles of a form's fields made comparable, and what offices write for those of
// labelled cells. What stands for a column's title is not among them: it makes no table, and "Bà"
// stands in many cells.
type titles struct {
	all    map[string]bool
	starts [1 << 15 / 64]uint64 // a set of how they begin
}

var titlesByForm sync.Map // as declarations

func titlesOf(f *form.Form) *titles {
	if t, ok := titlesByForm.Load(f); ok {
		return t.(*titles)
	}
	t := &titles{all: map[string]bool{}}
	for _, d := range declarationOf(f) {
		for i, k := range d.keys {
			t.all[k] = true
			if d.block.Kind == form.CellsBlock {
				for _, o := range d.others[i] {
					t.all[o] = true
				}
			}
		}
	}
	for k := range t.all {
		i := start([]byte(k))
		t.starts[i/64] |= 1 << (i % 64)
	}
	titlesByForm.Store(f, t)
	return t
}

// startLength is how much of a text is looked at first.
const startLength = 3

// start is a number for how a key begins, the same for the same beginnings.
func start(key []byte) (n int) {
	for i := range startLength {
		n <<= 5
		if i < len(key) {
			n |= int(key[i] & 31)
		}
	}
	return n
}

// count counts the texts that headersOf would look at and that are one of the titles, up to one
// more than most; it is -1 where headersOf would not look at all. The lines for signatures, one of
// which is a title too, stand below all labels and are never taken for one.
func (t *titles) count(w *grid.Workbook, aprons []apron, most int) int {
	n, all := 0, 0
	var room [2 * startLength]byte
	var buf []byte
	for i := range w.Sheets {
		s, heads := &w.Sheets[i], 0
		if aprons[i] != noApron {
			continue
		}
		for k := 0; k < len(s.Rows) && s.Rows[k].Num <= headerRows; k++ {
			for j := range s.Rows[k].Cells {
				c := &s.Rows[k].Cells[j]
				if c.Kind != grid.Text {
					continue
				}
				heads++
				b := viet.FoldStart(room[:0], c.Text, startLength)
				if i := start(b); t.starts[i/64]&(1<<(i%64)) == 0 || len(c.Text) >= longestHead {
					continue
				}
				if buf = viet.AppendFold(buf[:0], c.Text); t.all[string(buf)] &&
					!slices.Contains(signatureLines(), c.Text) {
					if n++; n > most {
						return n
					}
				}
			}
		}
		if all += heads; heads > mostHeads || all > allHeads {
			return -1
		}
	}
	return n
}
