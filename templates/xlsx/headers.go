package xlsx

import (
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// head is a text cell in the upper part of a sheet, made comparable.
type head struct {
	row, col     int
	bottom, last int // of its merged range; row and col when it has none
	id           int // of its key among the heads of the workbook
	key          string
}

// heads is what may be a header or label in a workbook.
type heads struct {
	on    [][]head          // by sheet, in the order of rows and columns
	keys  map[string]string // of the texts
	ids   map[string]int    // of the keys
	named []string          // the sheets' names, made comparable
}

// headersOf collects what may be a header or label on every sheet, nothing on the sheets that explain the form.
func headersOf(w *grid.Workbook) *heads {
	out := &heads{on: make([][]head, len(w.Sheets)), keys: map[string]string{}, ids: map[string]int{}, named: make([]string, len(w.Sheets))}
	left := allHeads
	for i := range w.Sheets {
		out.named[i] = header(w.Sheets[i].Name)
		switch s := &w.Sheets[i]; s.Name {
		case stampSheet, guideSheet, listSheet, resultSheet:
		default:
			out.on[i] = out.headersOn(s, min(mostHeads, left))
			left -= len(out.on[i])
		}
	}
	return out
}

func (hs *heads) headersOn(s *grid.Sheet, most int) []head {
	n := 0
	for i := 0; i < len(s.Rows) && s.Rows[i].Num <= headerRows; i++ {
		n += len(s.Rows[i].Cells)
	}
	out := make([]head, 0, min(n, most))
	ranges := make(map[[2]int]grid.Range, len(s.Merges))
	for _, m := range s.Merges {
		ranges[[2]int{m.Row1, m.Col1}] = m
	}
	for _, r := range s.Rows {
		if r.Num > headerRows {
			break
		}
		for i := range r.Cells {
			c := &r.Cells[i]
			if c.Kind != grid.Text || len(c.Text) >= 400 || len(out) >= most {
				continue
			}
			k, ok := hs.keys[c.Text]
			if !ok {
				k = header(c.Text)
				hs.keys[c.Text] = k
			}
			if k == "" {
				continue
			}
			id, ok := hs.ids[k]
			if !ok {
				id = len(hs.ids)
				hs.ids[k] = id
			}
			h := head{row: r.Num, col: c.Col, bottom: r.Num, last: c.Col, id: id, key: k}
			if len(ranges) > 0 {
				if m, ok := ranges[[2]int{r.Num, c.Col}]; ok {
					h.bottom, h.last = m.Row2, m.Col2
				}
			}
			out = append(out, h)
		}
	}
	return out
}

// key makes a text comparable.
func (hs *heads) key(text string) string {
	if k, ok := hs.keys[text]; ok {
		return k
	}
	return header(text)
}

// wanted are the headers of one block, held against the heads of one workbook.
type wanted struct {
	*declared
	titles []int16 // by head: 1 + the first field of exactly this title, 0 for none
	alias  []bool  // by head: written otherwise for the title of some field
	near   []int8  // by head: whether any field may take it, 0 when not looked at yet
}

func (hs *heads) want(d *declared) *wanted {
	w := &wanted{declared: d, titles: make([]int16, len(hs.ids)), alias: make([]bool, len(hs.ids)), near: make([]int8, len(hs.ids))}
	for i, k := range d.keys {
		if id, ok := hs.ids[k]; ok && w.titles[id] == 0 {
			w.titles[id] = int16(i + 1)
		}
		for _, a := range otherwise[k] {
			if id, ok := hs.ids[a]; ok {
				w.alias[id] = true
			}
		}
	}
	return w
}

// title reports whether a head is the title of some field.
func (w *wanted) title(h head) bool { return w.titles[h.id] > 0 }

// may reports whether a head can be the header of any field, by whatever way match knows.
func (w *wanted) may(h head) bool {
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
	set := letterSet(key)
	for i, k := range w.keys {
		if alikeIn(len(k), len(key), w.sets[i]^set) && likeness(k, key) >= alike || begins(k, key) {
			return true
		}
	}
	return false
}

// enough reports whether a table with so many of its fields is one.
func (w *wanted) enough(n int) bool { return n >= leastColumns && 2*n >= len(w.block.Fields) }

// tables finds the rows of a sheet that read like the headers of a table, alone or together with the one or two rows above. With strict set
// only near a row that holds a header word for word: rows of data are many.
func tables(w *wanted, s *grid.Sheet, heads []head, strict bool) []found {
	var out []found
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
		best := found{}
		band := slices.Clip(row)
		for k, depth := i, 0; ; depth++ {
			if w.promising(band) {
				if f := match(w, band); f.cols != nil && (best.cols == nil || f.matched() > best.matched()) {
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
			if n := best.matched(); w.enough(n) {
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

// promising reports whether enough heads of a band may be taken by some field; no more fields than that can be found.
func (w *wanted) promising(band []head) bool {
	n, left := 0, len(band)
	for _, h := range band {
		if !w.enough(n + left) {
			return false
		}
		if left--; w.may(h) {
			n++
		}
	}
	return w.enough(n)
}

// settle finds where the headers end and what stands below those that span several columns.
func (f *found) settle(heads []head, row int) {
	f.header = row
	spans := map[int]head{} // by field
	for _, h := range heads {
		if h.row < f.top || h.row > row {
			continue
		}
		for i, c := range f.cols {
			if c == h.col && (h.last > h.col || spans[i].key == "") && names(titleKey(f.block.Fields[i].Title), h.key) {
				f.header = max(f.header, h.bottom)
				spans[i] = h
			}
		}
	}
	if below := under(heads, f.header+1); len(below) > 1 && f.dividing(spans, below) {
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

func under(heads []head, row int) []head {
	from, _ := slices.BinarySearchFunc(heads, row, func(h head, row int) int { return h.row - row })
	to := from
	for to < len(heads) && heads[to].row == row {
		to++
	}
	return heads[from:to]
}

// dividing reports whether a row below the headers only divides some of them: every text of it is a word that headers are divided by, and
// stands under one. Anything else may be somebody's data.
func (f *found) dividing(spans map[int]head, below []head) bool {
	for _, k := range below {
		known := slices.Contains(familyPart, k.key) || slices.Contains(dateParts, strings.TrimSuffix(k.key, " sinh")) || k.key == "nu" || k.key == "ten"
		if !known || !slices.ContainsFunc(slices.Collect(maps.Values(spans)), func(h head) bool { return k.col >= h.col && k.col <= f.reach(h) }) {
			return false
		}
	}
	return true
}

// reach is the last column under a header: of its merged range, or up to the next header when that range was never merged.
func (f *found) reach(h head) int {
	if h.last > h.col {
		return h.last
	}
	next := h.col + 3
	for _, c := range f.cols {
		if c > h.col {
			next = min(next, c)
		}
	}
	return next - 1
}

// The headers below which a name or a date is divided.
var (
	familyPart = []string{"ho", "ho dem", "ho va dem", "ho va ten dem", "ho ten dem", "ho chu dem", "ho va chu dem", "ho va chu lot", "ho lot", "ho va dem lot"}
	dateParts  = []string{"ngay", "thang", "nam"}
)

// join says how the columns under a header make one value.
func (f *found) join(i int, h head, kids []head) {
	field := f.block.Fields[i]
	named := func(keys ...string) bool {
		for n, k := range keys {
			if n >= len(kids) || kids[n].key != k && strings.TrimSuffix(kids[n].key, " sinh") != k {
				return false
			}
		}
		return len(kids) == len(keys)
	}
	switch {
	case field.Type == form.Date && (named("nam", "nu") || named("nu", "nam")):
		f.spans[i] = span{kids[1].col, bySex}
		if kids[0].key == "nu" {
			f.cols[i], f.spans[i].to = kids[1].col, kids[0].col
		} else {
			f.cols[i] = kids[0].col
		}
	case field.Type == form.Choice && len(kids) > 1 && len(kids) == len(field.Values) && kids[len(kids)-1].col == kids[0].col+len(kids)-1 && labels(field, kids):
		f.cols[i], f.spans[i] = kids[0].col, span{kids[len(kids)-1].col, marked}
	case field.Type == form.Date && named(dateParts...) && kids[2].col == kids[0].col+2:
		f.cols[i], f.spans[i] = kids[0].col, span{kids[2].col, dayPart}
	case h.last > h.col && len(kids) == 0, field.Person && len(kids) == 2 && slices.Contains(familyPart, kids[0].key):
		f.spans[i] = span{max(h.last, f.lastOf(kids)), either}
	}
}

// labels reports whether the heads are the values of a choice, in their order: "Nam", "Nữ" under "Giới tính", to be ticked.
func labels(f form.Field, kids []head) bool {
	for i, k := range kids {
		if titleKey(f.Values[i]) != k.key {
			return false
		}
	}
	return true
}

func (f *found) lastOf(kids []head) int {
	last := 0
	for _, k := range kids {
		last = max(last, k.col)
	}
	return last
}

// otherwise are headers that offices write for a field's title, all made comparable. A likeness of letters would not find them.
var otherwise = map[string][]string{
	"ngay thang nam sinh":           {"ngay sinh", "nam sinh", "sinh ngay", "ngay thang nam", "ngay thang sinh", "sinh ngay thang nam", "sinh nam"},
	"ngay sinh":                     {"ngay thang nam sinh", "nam sinh", "sinh ngay", "sinh ngay thang nam", "sinh nam"},
	"ho va ten":                     {"ho ten", "ten ca nhan", "ho ten ca nhan", "ho va ten ca nhan", "ho va ten can bo", "ho ten can bo cong chuc"},
	"ten tap the":                   {"tap the", "ten don vi tap the", "tap the de nghi"},
	"ten don vi":                    {"don vi", "ten co quan don vi", "co quan don vi"},
	"chuc vu chuc danh":             {"chuc vu", "chuc danh", "chuc vu cong tac", "chuc vu hien nay"},
	"bo phan cong tac":              {"bo phan", "don vi cong tac", "noi cong tac", "phong ban"},
	"gioi tinh":                     {"phai", "nam nu", "gioi"},
	"ong ba":                        {"danh xung", "ong", "ba"},
	"don vi tinh":                   {"dvt"},
	"so cbccvc":                     {"so luong cbccvc", "so luong can bo cong chuc vien chuc", "so nguoi", "tong so cbccvc"},
	"so luong cbccvc":               {"so cbccvc", "so luong can bo cong chuc vien chuc", "so nguoi", "tong so cbccvc"},
	"doi tuong":                     {"nhom doi tuong"},
	"thoi gian hoan thanh":          {"thoi han hoan thanh", "thoi han", "ngay hoan thanh"},
	"hinh thuc de nghi":             {"hinh thuc khen thuong de nghi", "hinh thuc khen thuong", "de nghi khen thuong", "hinh thuc khen"},
	"hinh thuc khen thuong dang ky": {"hinh thuc khen thuong", "dang ky khen thuong", "hinh thuc dang ky"},
	"muc do hoan thanh nhiem vu":    {"xep loai", "ket qua danh gia", "ket qua xep loai", "muc do htnv", "danh gia xep loai"},
	"xep loai to chuc dang":         {"xep loai dang", "xep loai chi bo", "xep loai dang bo", "xep loai chi bo dang bo"},
	"dien thoai":                    {"so dien thoai", "dt", "sdt"},
	"dia chi thu dien tu":           {"email", "thu dien tu", "e mail", "dia chi email"},
}

// alike is how near a header must come to a field's title.
const alike = 0.75

// match assigns the columns of a band of header rows to fields: first equal headers, then names in two columns, then the nearest likeness
// of what is left.
func match(w *wanted, band []head) found {
	keys := w.keys
	f := found{block: w.block, cols: make([]int, len(keys)), spans: make([]span, len(keys))}
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
	for i, k := range keys {
		for n, h := range band {
			if f.cols[i] == 0 && !used[n] && w.alias[h.id] && slices.Contains(otherwise[k], h.key) && !w.title(h) {
				take(i, h)
			}
		}
	}
	for i, k := range keys {
		if f.cols[i] > 0 {
			continue
		}
		if w.block.Fields[i].Person && f.divided(i, band, used) {
			continue
		}
		best, at := 0.0, head{}
		for n, h := range band {
			if used[n] || w.title(h) || !w.may(h) {
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

// divided finds a name in two columns of their own: "Họ và tên đệm" and "Tên".
func (f *found) divided(i int, band []head, used []bool) bool {
	for n, h := range band {
		if used[n] || !slices.Contains(familyPart, h.key) {
			continue
		}
		for m, given := range band {
			if given.key == "ten" && given.col == h.col+1 && !used[m] {
				f.cols[i], f.spans[i] = h.col, span{given.col, either}
				use(used, band, h.col)
				use(used, band, given.col)
				return true
			}
		}
	}
	return false
}

// names reports whether a header may be that of a field with this title.
func names(title, key string) bool {
	return slices.Contains(otherwise[title], key) || likeness(title, key) >= alike
}

// likeness compares two headers: small differences of spelling, or one being the beginning of the other. It is alike…1, or 0 for all that is
// farther apart.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	if a == "" || b == "" {
		return 0
	}
	if begins(a, b) {
		return alike + 0.2*float64(min(len(a), len(b)))/float64(max(len(a), len(b)))
	}
	if !alikeIn(len(a), len(b), letterSet(a)^letterSet(b)) {
		return 0
	}
	long := a
	if len(b) >= len(a) {
		long = b
	}
	n := utf8.RuneCountInString(long)
	d, ok := viet.Within(a, b, n/4)
	if !ok {
		return 0
	}
	return 1 - float64(d)/float64(n)
}

// begins reports whether one of two headers is how the other begins, up to the end of a word.
func begins(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 6 && len(a) < len(b) && b[len(a)] == ' ' && b[:len(a)] == a
}

// alikeIn reports whether headers of such lengths, whose letter sets differ so, can be alike at all: each change of a letter can make or mend
// two differences, and a quarter of the letters may be changed.
func alikeIn(a, b int, differ uint64) bool {
	return 4*min(a, b) >= 3*max(a, b) && bits.OnesCount64(differ) <= max(a, b)/2
}

// letterSet tells which letters a key holds once, and which twice or more; the rest of ASCII is only counted.
func letterSet(s string) (set uint64) {
	others := 52
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			bit := uint64(1) << (2 * (c - 'a'))
			if set&bit != 0 {
				bit <<= 1
			}
			set |= bit
		case c < 0x80 && others < 64:
			set |= 1 << others
			others++
		}
	}
	return set
}
