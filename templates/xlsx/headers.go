package xlsx

import (
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// head is a text cell in the upper part of a sheet, made comparable.
type head struct {
	row, col     int
	bottom, last int // of its merged range; row and col when it has none
	key          string
}

// headersOf collects what may be a header or label on every sheet, nothing on the sheets that explain the form.
func headersOf(w *grid.Workbook) [][]head {
	out := make([][]head, len(w.Sheets))
	left, keys := allHeads, map[string]string{}
	for i := range w.Sheets {
		switch s := &w.Sheets[i]; s.Name {
		case stampSheet, guideSheet, listSheet, resultSheet:
		default:
			out[i] = headersOn(s, min(mostHeads, left), keys)
			left -= len(out[i])
		}
	}
	return out
}

func headersOn(s *grid.Sheet, most int, keys map[string]string) []head {
	var out []head
	ranges := make(map[[2]int]grid.Range, len(s.Merges))
	for _, m := range s.Merges {
		ranges[[2]int{m.Row1, m.Col1}] = m
	}
	for _, r := range s.Rows {
		if r.Num > headerRows {
			break
		}
		for _, c := range r.Cells {
			if c.Kind != grid.Text || len(c.Text) >= 400 || len(out) >= most {
				continue
			}
			k, ok := keys[c.Text]
			if !ok {
				k = header(c.Text)
				keys[c.Text] = k
			}
			if k != "" {
				h := head{row: r.Num, col: c.Col, bottom: r.Num, last: c.Col, key: k}
				if m, ok := ranges[[2]int{r.Num, c.Col}]; ok {
					h.bottom, h.last = m.Row2, m.Col2
				}
				out = append(out, h)
			}
		}
	}
	return out
}

// tables finds the rows of a sheet that read like the headers of a table, alone or together with the one or two rows above. With strict set
// only near a row that holds a header word for word: rows of data are many.
func tables(b *form.Block, s *grid.Sheet, heads []head, strict bool) []found {
	var out []found
	keys := fieldKeys(b)
	exact := math.MinInt // last row with a header word for word
	for i := 0; i < len(heads); {
		j := i
		for j < len(heads) && heads[j].row == heads[i].row {
			j++
		}
		row := heads[i:j]
		if slices.ContainsFunc(row, func(h head) bool { return slices.Contains(keys, h.key) }) {
			exact = row[0].row
		}
		if strict && row[0].row > exact+2 {
			i = j
			continue
		}
		best := found{}
		band := slices.Clone(row)
		for k, depth := i, 0; ; depth++ {
			if len(band) >= leastColumns && 2*len(band) >= len(b.Fields) {
				if f := match(b, keys, band); f.cols != nil && (best.cols == nil || f.matched() > best.matched()) {
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
			if n := best.matched(); n >= leastColumns && 2*n >= len(b.Fields) {
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

func fieldKeys(b *form.Block) []string {
	keys := make([]string, len(b.Fields))
	for i, f := range b.Fields {
		keys[i] = titleKey(f.Title)
	}
	return keys
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
func match(b *form.Block, keys []string, band []head) found {
	f := found{block: b, cols: make([]int, len(keys)), spans: make([]span, len(keys))}
	used := map[int]bool{}
	take := func(i int, h head) {
		f.cols[i] = h.col
		used[h.col] = true
	}
	for i, k := range keys {
		for _, h := range band {
			if !used[h.col] && h.key == k {
				take(i, h)
				break
			}
		}
	}
	for i, k := range keys {
		for _, h := range band {
			if f.cols[i] == 0 && !used[h.col] && slices.Contains(otherwise[k], h.key) && !slices.Contains(keys, h.key) {
				take(i, h)
			}
		}
	}
	for i, k := range keys {
		if f.cols[i] > 0 {
			continue
		}
		if b.Fields[i].Person && f.divided(i, band, used) {
			continue
		}
		best, at := 0.0, head{}
		for _, h := range band {
			if used[h.col] || slices.Contains(keys, h.key) {
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

// divided finds a name in two columns of their own: "Họ và tên đệm" and "Tên".
func (f *found) divided(i int, band []head, used map[int]bool) bool {
	for _, h := range band {
		if used[h.col] || !slices.Contains(familyPart, h.key) {
			continue
		}
		for _, given := range band {
			if given.key == "ten" && given.col == h.col+1 && !used[given.col] {
				f.cols[i], f.spans[i] = h.col, span{given.col, either}
				used[h.col], used[given.col] = true, true
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

// likeness compares two headers, 0…1: small differences of spelling, or one being the beginning of the other.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	if a == "" || b == "" {
		return 0
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= 6 && strings.HasPrefix(long, short+" ") {
		return alike + 0.2*float64(len(short))/float64(len(long))
	}
	if 4*len(short) < 3*len(long) || letters(a, b) > len(long)/2 { // farther apart than any caller allows
		return 0
	}
	return 1 - float64(viet.Distance(a, b))/float64(len([]rune(long)))
}

// letters counts the letters that only one of two headers has at all; each change of a letter can make or mend two of them.
func letters(a, b string) int { return bits.OnesCount64(letterSet(a) ^ letterSet(b)) }

func letterSet(s string) (set uint64) {
	for i := range len(s) {
		set |= 1 << (s[i] & 63)
	}
	return set
}
