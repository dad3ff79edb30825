package reader

import (
	"math"
	"slices"

	"thidua/templates/grid"
	"thidua/templates/viet"
)

// head is a text cell in the upper part of a sheet, made comparable.
type head struct {
	row, col     int
	bottom, last int // of its merged range; row and col when it has none
	*headKey
}

// headKey is what texts that mean the same header have in common.
type headKey struct {
	id  int // among the heads of the workbook
	key string
}

// heads is what may be a header or label in a workbook.
type heads struct {
	on    [][]head            // by sheet, in the order of rows and columns
	texts map[string]*headKey // as they stand in the cells; nil for those of which nothing is left
	ids   map[string]*headKey // by key
	named []string            // the sheets' names, made comparable
	apron []apron             // what the sheets that hold nothing of a form are

	room []headKey // for those to come
	keys viet.Texts
	buf  []byte // a key being made
}

// headersOf collects what may be a header or label on every sheet, nothing on the sheets that
// explain the form.
func headersOf(w *grid.Workbook) *heads {
	out := &heads{on: make([][]head, len(w.Sheets)), texts: make(map[string]*headKey, 400),
		ids: make(map[string]*headKey, 400), named: make([]string, len(w.Sheets)), apron: make([]apron, len(w.Sheets))}
	left := allHeads
	for i := range w.Sheets {
		out.named[i] = header(w.Sheets[i].Name)
		if out.apron[i] = apronOf(w, i); out.apron[i] == noApron {
			out.on[i] = out.headersOn(&w.Sheets[i], min(mostHeads, left))
			left -= len(out.on[i])
		}
	}
	return out
}

func (hs *heads) headersOn(s *grid.Sheet, most int) []head {
	n := 0
	for i := 0; i < len(s.Rows) && s.Rows[i].Num <= headerRows; i++ {
		for k := range s.Rows[i].Cells {
			if s.Rows[i].Cells[k].Kind == grid.Text {
				n++
			}
		}
	}
	out := make([]head, 0, min(n, most))
	ranges, merged := upperMerges(s)
	for i := range s.Rows {
		r := &s.Rows[i]
		if r.Num > headerRows {
			break
		}
		for k := range r.Cells {
			c := &r.Cells[k]
			if c.Kind != grid.Text || len(c.Text) >= longestHead || len(out) >= most {
				continue
			}
			key := hs.keyOf(c.Text)
			if key == nil {
				continue
			}
			h := head{row: r.Num, col: c.Col, bottom: r.Num, last: c.Col, headKey: key}
			if merged[r.Num] {
				if m, ok := ranges[[2]int{r.Num, c.Col}]; ok {
					h.bottom, h.last = m.Row2, m.Col2
				}
			}
			out = append(out, h)
		}
	}
	return out
}

// upperMerges are the merged ranges of a sheet by their first cells, and the upper rows in which
// one begins.
func upperMerges(s *grid.Sheet) (ranges map[[2]int]grid.Range, in [headerRows + 1]bool) {
	for _, m := range s.Merges {
		if m.Row1 > headerRows {
			continue
		}
		if ranges == nil {
			ranges = make(map[[2]int]grid.Range, len(s.Merges))
		}
		ranges[[2]int{m.Row1, m.Col1}] = m
		in[m.Row1] = true
	}
	return ranges, in
}

// keyOf returns what is known of a text, nil when nothing of it is left to compare.
func (hs *heads) keyOf(text string) *headKey {
	k, ok := hs.texts[text]
	if ok {
		return k
	}
	if hs.buf = viet.AppendFold(hs.buf[:0], text); len(hs.buf) > 0 {
		if k, ok = hs.ids[string(hs.buf)]; !ok {
			if len(hs.room) == 0 {
				hs.room = make([]headKey, 64)
			}
			k, hs.room = &hs.room[0], hs.room[1:]
			*k = headKey{id: len(hs.ids), key: hs.keys.Keep(hs.buf)}
			hs.ids[k.key] = k
		}
	}
	hs.texts[text] = k
	return k
}

// key makes a text comparable. The heads of a form that is standing hold no texts.
func (hs *heads) key(text string) string {
	if k := hs.texts[text]; k != nil {
		return k.key
	}
	return header(text)
}

// wanted are the headers of one block, held against the heads of one workbook.
type wanted struct {
	*declaration
	titles []int16 // by head: 1 + the first field of exactly this title, 0 for none
	alias  []bool  // by head: written otherwise for the title of some field
	near   []int8  // by head: whether any field may take it, 0 when not looked at yet
}

func (hs *heads) want(d *declaration) *wanted {
	w := &wanted{declaration: d, titles: make([]int16, len(hs.ids)), alias: make([]bool, len(hs.ids)),
		near: make([]int8, len(hs.ids))}
	for i, k := range d.keys {
		if h, ok := hs.ids[k]; ok && w.titles[h.id] == 0 {
			w.titles[h.id] = int16(i + 1)
		}
		for _, a := range d.others[i] {
			if h, ok := hs.ids[a]; ok {
				w.alias[h.id] = true
			}
		}
	}
	return w
}

// title reports whether a head is the title of some field.
func (w *wanted) title(h head) bool { return w.titles[h.id] > 0 }

// mayTake reports whether a head can be the header of any field, by whatever way match knows.
func (w *wanted) mayTake(h head) bool {
	if w.near[h.id] == 0 {
		near := w.title(h) || w.alias[h.id] || h.key == "ten" || slices.Contains(familyPart, h.key) ||
			w.resembles(h.key)
		w.near[h.id] = 1
		if near {
			w.near[h.id] = 2
		}
	}
	return w.near[h.id] == 2
}

// resembles reports whether a key is like the title of any field.
func (w *wanted) resembles(key string) bool {
	return slices.ContainsFunc(w.keys, func(k string) bool { return likeness(k, key) >= alike })
}

// enough reports whether a table with so many of its fields is one.
func (w *wanted) enough(n int) bool { return n >= leastColumns && 2*n >= len(w.block.Fields) }

// tables finds the rows of a sheet that read like the headers of a table, alone or together with
// the one or two rows above. With strict set only near a row that holds a header word for word:
// rows of data are many.
func tables(w *wanted, s *grid.Sheet, heads []head, strict bool) []location {
	var out []location
	b := w.block
	exact := math.MinInt // last row with a header word for word
	for i := 0; i < len(heads); {
		j := i
		for j < len(heads) && heads[j].row == heads[i].row {
			j++
		}
		row := heads[i:j]
		for k := range row {
			if w.titles[row[k].id] > 0 {
				exact = row[0].row
				break
			}
		}
		if strict && row[0].row > exact+2 {
			i = j
			continue
		}
		best := location{}
		band := slices.Clip(row)
		for k, depth := i, 0; ; depth++ {
			if w.isPromising(band) {
				if f := match(w, band); f.cols != nil && (best.cols == nil || f.countFields() > best.countFields()) {
					best = f
					best.top = row[0].row - depth
				}
			}
			up := k // first head of the row directly above, which may hold the upper half of the headers
			for up > 0 && heads[up-1].row == row[0].row-depth-1 {
				up--
			}
			if up == k || depth == 2 {
				break
			}
			for _, h := range heads[up:k] {
				if h.last > h.col || !slices.ContainsFunc(band, func(x head) bool { return x.col == h.col }) {
					band = append(band, h)
				}
			}
			k = up
		}
		if best.cols != nil {
			if n := best.countFields(); w.enough(n) {
				best.sheet = s
				best.settle(heads, row[0].row)
				best.score += float64(n) / float64(len(b.Fields)) * 10
				out = append(out, best)
			}
		}
		i = j
	}
	return out
}

// isPromising reports whether enough heads of a band may be taken by some field; no more fields
// than that can be found.
func (w *wanted) isPromising(band []head) bool {
	n, left := 0, len(band)
	for _, h := range band {
		if !w.enough(n + left) {
			return false
		}
		if left--; w.mayTake(h) {
			n++
		}
	}
	return w.enough(n)
}

// settle finds where the headers end and what stands below those that span several columns.
func (f *location) settle(heads []head, row int) {
	f.header = row
	spans := map[int]head{} // by field
	for _, h := range heads {
		if h.row < f.top || h.row > row {
			continue
		}
		for i, c := range f.cols {
			if c == h.col && (h.last > h.col || spans[i].headKey == nil) && names(f.keys[i], h.key) {
				f.header = max(f.header, h.bottom)
				spans[i] = h
			}
		}
	}
	if below := under(heads, f.header+1); len(below) > 1 && f.dividesHeaders(spans, below) {
		f.header++
	}
	for i := range f.block.Fields {
		h, ok := spans[i]
		if !ok {
			continue
		}
		var kids []head
		for _, k := range heads {
			if k.row > h.row && k.row <= f.header && k.col >= h.col && k.col <= f.reach(h) {
				kids = append(kids, k)
			}
		}
		f.join(i, h, kids)
	}
}

// match assigns the columns of a band of header rows to fields: first equal headers, then names in
// two columns, then the nearest likeness of what is left.
func match(w *wanted, band []head) location {
	keys := w.keys
	f := location{block: w.block, keys: keys, cols: make([]int, len(keys)), spans: make([]span, len(keys))}
	used := make([]bool, len(band)) // with every other head of the same column
	take := func(i int, h head) {
		f.cols[i] = h.col
		use(used, band, h.col)
	}
	for i, k := range keys {
		for n, h := range band {
			if !used[n] && h.key == k {
				take(i, h)
				break
			}
		}
	}
	for i := range keys {
		for n, h := range band {
			if f.cols[i] == 0 && !used[n] && w.alias[h.id] && slices.Contains(w.others[i], h.key) && !w.title(h) {
				take(i, h)
			}
		}
	}
	for i, k := range keys {
		if f.cols[i] > 0 {
			continue
		}
		if w.block.Fields[i].Person && f.findDividedName(i, band, used) {
			continue
		}
		best, at := 0.0, head{}
		for n, h := range band {
			if used[n] || w.title(h) || !w.mayTake(h) {
				continue
			}
			if l := likeness(k, h.key); l > best {
				best, at = l, h
			}
		}
		if best >= alike {
			take(i, at)
		}
	}
	return f
}

// use marks the heads of a column as taken.
func use(used []bool, band []head, col int) {
	for n := range band {
		if band[n].col == col {
			used[n] = true
		}
	}
}
