package reader

import (
	"maps"
	"slices"
	"strings"

	"thidua/templates/form"
)

func under(heads []head, row int) []head {
	from, _ := slices.BinarySearchFunc(heads, row, func(h head, row int) int { return h.row - row })
	to := from
	for to < len(heads) && heads[to].row == row {
		to++
	}
	return heads[from:to]
}

// dividesHeaders reports whether a row below the headers only divides some of them: every text of
// it is a word that headers are divided by, and stands under one. Anything else may be somebody's
// data.
func (f *location) dividesHeaders(spans map[int]head, below []head) bool {
	for _, k := range below {
		if !divides(k.key) || !slices.ContainsFunc(slices.Collect(maps.Values(spans)),
			func(h head) bool { return k.col >= h.col && k.col <= f.reach(h) }) {
			return false
		}
	}
	return true
}

// divides reports whether a text is a word that headers are divided by.
func divides(key string) bool {
	return slices.Contains(familyPart, key) || slices.Contains(dateParts, strings.TrimSuffix(key, " sinh")) ||
		key == "nu" || key == "ten"
}

// reach is the last column under a header: of its merged range, or up to the next header when that
// range was never merged.
func (f *location) reach(h head) int {
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
	familyPart = []string{"ho", "ho dem", "ho va dem", "ho va ten dem", "ho ten dem", "ho chu dem", "ho va chu dem",
		"ho va chu lot", "ho lot", "ho va dem lot"}
	dateParts = []string{"ngay", "thang", "nam"}
)

// join says how the columns under a header make one value.
func (f *location) join(i int, h head, kids []head) {
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
	case field.Type == form.Choice && len(kids) > 1 && len(kids) == len(field.Values) &&
		kids[len(kids)-1].col == kids[0].col+len(kids)-1 && labels(field, kids):
		f.cols[i], f.spans[i] = kids[0].col, span{kids[len(kids)-1].col, marked}
	case field.Type == form.Date && named(dateParts...) && kids[2].col == kids[0].col+2:
		f.cols[i], f.spans[i] = kids[0].col, span{kids[2].col, dayPart}
	case h.last > h.col && len(kids) == 0, field.Person && len(kids) == 2 && slices.Contains(familyPart, kids[0].key):
		f.spans[i] = span{max(h.last, f.lastOf(kids)), either}
	}
}

// labels reports whether the heads are the values of a choice, in their order: "Nam", "Nữ" under
// "Giới tính", to be ticked.
func labels(f form.Field, kids []head) bool {
	for i, k := range kids {
		if titleKey(f.Values[i]) != k.key {
			return false
		}
	}
	return true
}

func (f *location) lastOf(kids []head) int {
	last := 0
	for _, k := range kids {
		last = max(last, k.col)
	}
	return last
}

// findDividedName finds a name in two columns of their own: "Họ và tên đệm" and "Tên".
func (f *location) findDividedName(i int, band []head, used []bool) bool {
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
