package reader

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// The headers of a table and the labels of a block are looked for in the first rows of a sheet
// only; tables of an office do not start further down.
const (
	headerRows   = 200
	leastColumns = 2
	longestHead  = 400    // bytes of a text; longer ones are no headers
	mostHeads    = 5_000  // texts looked at on one sheet
	allHeads     = 20_000 // and in one workbook: no form has more, and comparing them takes time
)

// location is where one block stands in a file.
type location struct {
	block  *form.Block
	keys   []string // of its fields' titles
	sheet  *grid.Sheet
	header int    // tables: last row of the headers; cells: 0
	top    int    // first row of the block: headers or first label
	cols   []int  // tables: column of each field, 0 when missing; cells: column of each value
	spans  []span // tables: how far each field's column reaches, when its header spans several
	rows   []int  // cells: row of each field, 0 when its label is missing
	gap    int    // cells: columns inserted between the labels and the values
	score  float64

	fields []int // tables: 1 + the field of each column, once all is settled; 0 for none
	number int   // tables: the column of the running number
}

// span is the columns under one header that spans several, and how they make one value.
type span struct {
	to  int // last column, 0 when the header spans one column only
	how joint
}

// joint is how the cells under a header that spans several columns make one value.
type joint uint8

const (
	single  joint = iota // the first column alone
	either               // whichever cell is filled; several texts are joined: a name in two columns
	bySex                // a date in the column "Nam" or in the column "Nữ"
	dayPart              // a date in three columns: day, month, year
	marked               // a choice with a column for each of its values, one of them ticked
)

// countFields counts the fields that were found.
func (f *location) countFields() int {
	n := 0
	for i := range f.block.Fields {
		if f.has(i) {
			n++
		}
	}
	return n
}

func (f *location) has(field int) bool {
	if f.block.Kind == form.CellsBlock {
		return f.rows[field] > 0
	}
	return f.cols[field] > 0
}

// places is where the blocks of a form stand in a file.
type places struct {
	form   *form.Form
	blocks map[string]*location
	more   []*location // further tables with the headers of a block: copied sheets, a list in several parts
	twice  []*location // further places of a block of cells
	heads  *heads
}

// share is the part of the form's fields that were found, 0…1.
func (p places) share() float64 {
	all := 0
	for _, b := range p.form.Blocks() {
		all += len(b.Fields)
	}
	if all == 0 {
		return 0
	}
	return float64(p.countFields()) / float64(all)
}

// countFields is how many of the form's fields were found.
func (p places) countFields() int {
	n := 0
	for _, f := range p.blocks {
		n += f.countFields()
	}
	return n
}

// header is a label or column header made comparable: folded, without the mark of a required field,
// numbering or a final colon.
func header(s string) string { return viet.Fold(s) }

// titleKeys are the titles of fields made comparable: those of our own declarations, therefore few.
var titleKeys sync.Map

func titleKey(title string) string {
	if k, ok := titleKeys.Load(title); ok {
		return k.(string)
	}
	k := header(title)
	titleKeys.Store(title, k)
	return k
}

// declaration is a block with what it is recognised by, made comparable.
type declaration struct {
	block  *form.Block
	keys   []string   // of its fields
	others [][]string // the headers that are written otherwise for each
	sheet  string     // the name of its sheet
	above  []string   // the titles printed above it

}

// declarations are the declared blocks of the forms seen: those of our own forms, therefore few.
// Without them, a check of 500 workbooks takes 1.09 times the processor time.
var declarations sync.Map

func declarationOf(f *form.Form) []*declaration {
	if d, ok := declarations.Load(f); ok {
		return d.([]*declaration)
	}
	var out []*declaration
	for _, b := range f.Blocks() {
		sheet := f.SheetOf(b.Key)
		d := &declaration{block: b, sheet: titleKey(sheet.Name), above: []string{titleKey(sheet.Title),
			titleKey(b.Title)}}
		for _, x := range b.Fields {
			k, former := titleKey(x.Title), titleKey(cmp.Or(x.Former, x.Title))
			d.keys, d.others = append(d.keys, k), append(d.others, slices.Concat(otherwise[k], otherwise[former],
				[]string{former}))
		}
		out = append(out, d)
	}
	declarations.Store(f, out)
	return out
}

// locate finds every block of a form: at its marker, or at the best likeness of its headers,
// whatever the sheets are called and wherever the block was moved to.
func locate(f *form.Form, w *grid.Workbook, hs *heads) places {
	var all []location
	find := func(b *wanted, strict bool) bool {
		before := len(all)
		for i := range w.Sheets {
			s, heads := &w.Sheets[i], hs.on[i]
			if len(heads) == 0 {
				continue
			}
			var c []location
			if b.block.Kind == form.TableBlock {
				c = tables(b, s, heads, strict)
			} else {
				c = cells(b, s, heads, strict)
			}
			for k := range c {
				c[k].score += bonus(b.declaration, w, s, hs.named[i], heads, &c[k])
			}
			all = append(all, c...)
		}
		return len(all) > before
	}
	for _, d := range declarationOf(f) {
		if b := hs.want(d); !find(b, true) {
			find(b, false) // not one header is as it should be: then a likeness of all of them must do
		}
	}
	for i := range all {
		all[i].shift()
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	p := places{form: f, blocks: map[string]*location{}, heads: hs}
	taken := map[spot]bool{}
	for i := range all {
		c := &all[i]
		at := spot{c.sheet, c.top}
		if p.blocks[c.block.Key] != nil || (c.block.Kind == form.TableBlock && taken[at]) {
			continue
		}
		p.blocks[c.block.Key] = c
		taken[at] = true
	}
	p.copies(all, taken)
	for _, c := range p.blocks {
		c.index()
	}
	for _, c := range p.more {
		c.index()
	}
	return p
}

// spot is where a block begins.
type spot struct {
	sheet *grid.Sheet
	row   int
}

// copies collects what else reads like a block that was found: each spot for the block it is most
// like. A part of a list on a sheet of its own is as good as the list itself; a sheet hidden by its
// author is not.
func (p *places) copies(all []location, taken map[spot]bool) {
	for i := range all {
		c := &all[i]
		first, at := p.blocks[c.block.Key], spot{c.sheet, c.top}
		switch {
		case c == first || taken[at]:
		case c.block.Kind == form.CellsBlock:
			if c.sheet != first.sheet && 4*c.countFields() >= 3*first.countFields() && !p.holdsCells(c.sheet) {
				taken[at] = true
				// the copy is the one that was filled in
				if first.countTyped() == 0 && c.countTyped() > 0 && (first.sheet.Hidden || !c.sheet.Hidden) {
					p.blocks[c.block.Key], c = c, first
				}
				p.twice = append(p.twice, c)
			}
		case 3*c.countFields() >= 2*first.countFields() && (c.sheet != first.sheet || c.top > first.header &&
			!slices.Equal(c.cols, first.cols)):
			taken[at] = true
			p.more = append(p.more, c)
		}
	}
	slices.SortStableFunc(p.more, func(a, b *location) int { return cmp.Compare(a.top, b.top) })
}

// countTyped counts the values of a block of cells that we do not fill in ourselves.
func (f *location) countTyped() int {
	n := 0
	for i, x := range f.block.Fields {
		if c := f.sheet.At(f.rows[i], f.cols[i]); f.has(i) && !x.Preset && !x.Locked && c.Kind != grid.Blank &&
			!viet.Blank(c.Text) {
			n++
		}
	}
	return n
}

// holdsCells reports whether a sheet holds a block of cells of the form at its best place: its
// labels are then its own.
func (p *places) holdsCells(s *grid.Sheet) bool {
	for _, f := range p.blocks {
		if f.block.Kind == form.CellsBlock && f.sheet == s {
			return true
		}
	}
	return false
}

// bonus tells apart blocks with the same headers: by our marker, the sheet's name, and the titles
// printed above. sheet is the sheet's name made comparable.
func bonus(b *declaration, w *grid.Workbook, s *grid.Sheet, sheet string, heads []head, at *location) float64 {
	score := 0.0
	for _, n := range w.Names {
		if strings.HasPrefix(n.Name, form.BlockPrefix) && n.Name[len(form.BlockPrefix):] == b.block.Key {
			if sheet, _, row, ok := target(w, n.Refers); ok && sheet == s && row == at.top {
				score += 4
			}
		}
	}
	if sheet == b.sheet {
		score += 2
	} else if strings.Contains(sheet, b.sheet) {
		score++
	}
	for _, h := range heads {
		if h.row >= at.top {
			break
		}
		if slices.Contains(b.above, h.key) {
			score++
		}
	}
	return score
}

// cells finds the labels of a block of cells on a sheet. The value stands in the next column, after
// the label's merged range. With strict set two labels must be there word for word before others
// are looked for by likeness.
func cells(w *wanted, s *grid.Sheet, heads []head, strict bool) []location {
	b, keys := w.block, w.keys
	var known []int // heads that are a field's title, in whatever words
	for h := range heads {
		if id := heads[h].id; w.titles[id] > 0 || w.alias[id] {
			known = append(known, h)
		}
	}
	if strict && len(known) < 2 {
		return nil
	}
	f := location{block: b, keys: keys, sheet: s, cols: make([]int, len(b.Fields)), rows: make([]int, len(b.Fields))}
	used := map[int]bool{}
	take := func(i int, h int) {
		used[h] = true
		f.rows[i] = heads[h].row
		f.cols[i] = afterMerge(s, heads[h].row, heads[h].col)
		if f.top == 0 || heads[h].row < f.top {
			f.top = heads[h].row
		}
	}
	for i, k := range keys {
		for _, h := range known {
			if heads[h].key == k && !used[h] {
				take(i, h)
				break
			}
		}
	}
	for i := range keys {
		for _, h := range known {
			if f.rows[i] == 0 && w.alias[heads[h].id] && !used[h] && slices.Contains(w.others[i], heads[h].key) &&
				!w.title(heads[h]) {
				take(i, h)
			}
		}
	}
	if strict && f.countFields() < 2 {
		return nil
	}
	for i, k := range keys {
		if f.rows[i] > 0 {
			continue
		}
		best, at := 0.0, -1
		for h := range heads {
			if w.mayTake(heads[h]) && !used[h] && !w.title(heads[h]) {
				if l := likeness(k, heads[h].key); l > best {
					best, at = l, h
				}
			}
		}
		if best >= 0.85 {
			take(i, at)
		}
	}
	n := f.countFields()
	if n < leastColumns || 3*n < len(b.Fields) {
		return nil
	}
	f.score = float64(n) / float64(len(b.Fields)) * 10
	return []location{f}
}

func afterMerge(s *grid.Sheet, row, col int) int {
	for _, m := range s.Merges {
		if m.Row1 <= row && row <= m.Row2 && m.Col1 <= col && col <= m.Col2 {
			return m.Col2 + 1
		}
	}
	return col + 1
}
