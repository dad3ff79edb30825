package xlsx

import (
	"slices"
	"sort"
	"strings"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// The headers of a table and the labels of a block are looked for in the first rows of a sheet only; tables of an office do not start
// further down.
const (
	headerRows   = 200
	leastColumns = 2
)

// found is where one block stands in a file.
type found struct {
	block  *form.Block
	sheet  *grid.Sheet
	header int   // tables: last row of the headers; cells: 0
	top    int   // first row of the block: headers or first label
	cols   []int // tables: column of each field, 0 when missing; cells: column of each value
	rows   []int // cells: row of each field, 0 when its label is missing
	score  float64
}

// matched counts the fields that were found.
func (f *found) matched() int {
	n := 0
	for i := range f.block.Fields {
		if f.has(i) {
			n++
		}
	}
	return n
}

func (f *found) has(field int) bool {
	if f.block.Kind == form.CellsBlock {
		return f.rows[field] > 0
	}
	return f.cols[field] > 0
}

// places is where the blocks of a form stand in a file.
type places struct {
	form   *form.Form
	blocks map[string]*found
}

// share is the part of the form's fields that were found, 0…1.
func (p places) share() float64 {
	all, have := 0, 0
	for _, b := range p.form.Blocks() {
		all += len(b.Fields)
		if f := p.blocks[b.Key]; f != nil {
			have += f.matched()
		}
	}
	if all == 0 {
		return 0
	}
	return float64(have) / float64(all)
}

// header is a label or column header made comparable: folded, without the mark of a required field, numbering or a final colon.
func header(s string) string {
	s = viet.Fold(s)
	s = strings.NewReplacer("(*)", " ", "*", " ", ":", " ", "\"", " ", "“", " ", "”", " ").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// locate finds every block of a form: at its marker, or at the best likeness of its headers, whatever the sheets are called and
// wherever the block was moved to.
func locate(f *form.Form, w *grid.Workbook, headers [][]head) places {
	var all []found
	for i := range w.Sheets {
		s, heads := &w.Sheets[i], headers[i]
		if len(heads) == 0 {
			continue
		}
		for _, b := range f.Blocks() {
			var c []found
			if b.Kind == form.TableBlock {
				c = tables(b, s, heads)
			} else {
				c = cells(b, s, heads)
			}
			for k := range c {
				c[k].score += bonus(f, b, w, s, &c[k])
			}
			all = append(all, c...)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	p := places{form: f, blocks: map[string]*found{}}
	type spot struct {
		sheet *grid.Sheet
		row   int
	}
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
	return p
}

// bonus tells apart blocks with the same headers: by our marker, the sheet's name, and the titles printed above.
func bonus(f *form.Form, b *form.Block, w *grid.Workbook, s *grid.Sheet, at *found) float64 {
	score := 0.0
	for _, n := range w.Names {
		if n.Name == blockPrefix+b.Key {
			if sheet, _, row, ok := target(w, n.Refers); ok && sheet == s && row == at.top {
				score += 4
			}
		}
	}
	decl := f.SheetOf(b.Key)
	if header(s.Name) == header(decl.Name) {
		score += 2
	} else if strings.Contains(header(s.Name), header(decl.Name)) {
		score++
	}
	for _, r := range s.Rows {
		if r.Num >= at.top {
			break
		}
		for _, c := range r.Cells {
			if c.Kind == grid.Text && (header(c.Text) == header(decl.Title) || header(c.Text) == header(b.Title)) {
				score++
			}
		}
	}
	return score
}

// head is a text cell in the upper part of a sheet, made comparable.
type head struct {
	row, col int
	key      string
}

// headersOf collects what may be a header or label on every sheet, nothing on the sheets that explain the form.
func headersOf(w *grid.Workbook) [][]head {
	out := make([][]head, len(w.Sheets))
	for i := range w.Sheets {
		switch s := &w.Sheets[i]; s.Name {
		case stampSheet, guideSheet, listSheet, resultSheet:
		default:
			out[i] = headersOn(s)
		}
	}
	return out
}

func headersOn(s *grid.Sheet) []head {
	var out []head
	for _, r := range s.Rows {
		if r.Num > headerRows {
			break
		}
		for _, c := range r.Cells {
			if c.Kind == grid.Text && len(c.Text) < 400 {
				if k := header(c.Text); k != "" {
					out = append(out, head{r.Num, c.Col, k})
				}
			}
		}
	}
	return out
}

// tables finds the rows of a sheet that read like the headers of a table, alone or together with the row above (two-row headers).
func tables(b *form.Block, s *grid.Sheet, heads []head) []found {
	var out []found
	keys := fieldKeys(b)
	for i := 0; i < len(heads); {
		j := i
		for j < len(heads) && heads[j].row == heads[i].row {
			j++
		}
		row := heads[i:j]
		k := i // first head of the row directly above, which may hold the upper half of a two-row header
		for k > 0 && heads[k-1].row == row[0].row-1 {
			k--
		}
		if n := j - k; n < leastColumns || 2*n < len(b.Fields) {
			i = j
			continue
		}
		f := match(b, keys, row)
		f.top = row[0].row
		if k < i {
			joined := slices.Clone(row)
			for _, h := range heads[k:i] {
				if !slices.ContainsFunc(row, func(x head) bool { return x.col == h.col }) {
					joined = append(joined, h)
				}
			}
			if two := match(b, keys, joined); two.matched() > f.matched() {
				f = two
				f.top = row[0].row - 1
			}
		}
		f.block, f.sheet, f.header = b, s, row[0].row
		if n := f.matched(); n >= leastColumns && 2*n >= len(b.Fields) {
			f.score += float64(n) / float64(len(b.Fields)) * 10
			out = append(out, f)
		}
		i = j
	}
	return out
}

func fieldKeys(b *form.Block) []string {
	keys := make([]string, len(b.Fields))
	for i, f := range b.Fields {
		keys[i] = header(f.Title)
	}
	return keys
}

// match assigns the columns of one header row to fields: first equal headers, then the nearest likeness of what is left.
func match(b *form.Block, keys []string, row []head) found {
	f := found{block: b, cols: make([]int, len(keys))}
	used := map[int]bool{}
	for i, k := range keys {
		for _, h := range row {
			if !used[h.col] && h.key == k {
				f.cols[i] = h.col
				used[h.col] = true
				break
			}
		}
	}
	for i, k := range keys {
		if f.cols[i] > 0 {
			continue
		}
		best, bestCol := 0.0, 0
		for _, h := range row {
			if used[h.col] || slices.Contains(keys, h.key) {
				continue
			}
			if l := likeness(k, h.key); l > best {
				best, bestCol = l, h.col
			}
		}
		if best >= 0.75 {
			f.cols[i] = bestCol
			used[bestCol] = true
		}
	}
	return f
}

// likeness compares two headers, 0…1: small differences of spelling, or one being the beginning of the other.
func likeness(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= 6 && strings.HasPrefix(long, short+" ") {
		return 0.75 + 0.2*float64(len(short))/float64(len(long))
	}
	if 4*len(short) < 3*len(long) { // farther apart than any caller allows
		return 0
	}
	return 1 - float64(viet.Distance(a, b))/float64(len([]rune(long)))
}

// cells finds the labels of a block of cells on a sheet. The value stands in the next column, after the label's merged range.
func cells(b *form.Block, s *grid.Sheet, heads []head) []found {
	f := found{block: b, sheet: s, cols: make([]int, len(b.Fields)), rows: make([]int, len(b.Fields))}
	used := map[int]bool{}
	take := func(i int, h int) {
		used[h] = true
		f.rows[i] = heads[h].row
		f.cols[i] = afterMerge(s, heads[h].row, heads[h].col)
		if f.top == 0 || heads[h].row < f.top {
			f.top = heads[h].row
		}
	}
	keys := fieldKeys(b)
	for i, k := range keys {
		for h := range heads {
			if !used[h] && heads[h].key == k {
				take(i, h)
				break
			}
		}
	}
	for i, k := range keys {
		if f.rows[i] > 0 {
			continue
		}
		best, at := 0.0, -1
		for h := range heads {
			if !used[h] && !slices.Contains(keys, heads[h].key) {
				if l := likeness(k, heads[h].key); l > best {
					best, at = l, h
				}
			}
		}
		if best >= 0.85 {
			take(i, at)
		}
	}
	n := f.matched()
	if n < leastColumns || 3*n < len(b.Fields) {
		return nil
	}
	f.score = float64(n) / float64(len(b.Fields)) * 10
	return []found{f}
}

func afterMerge(s *grid.Sheet, row, col int) int {
	for _, m := range s.Merges {
		if m.Row1 <= row && row <= m.Row2 && m.Col1 <= col && col <= m.Col2 {
			return m.Col2 + 1
		}
	}
	return col + 1
}
