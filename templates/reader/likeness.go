package reader

import (
	"math/bits"
	"slices"
	"unicode/utf8"

	"thidua/templates/viet"
)

// otherwise are headers that offices write for a field's title, all made comparable. A likeness of
// letters would not find them.
var otherwise = map[string][]string{
	"ngay thang nam sinh": {"ngay sinh", "nam sinh", "sinh ngay", "ngay thang nam", "ngay thang sinh",
		"sinh ngay thang nam", "sinh nam", "ns", "sn"},
	"ngay sinh": {"ngay thang nam sinh", "nam sinh", "sinh ngay", "sinh ngay thang nam",
		"sinh nam"},
	"ho va ten": {"ho ten", "ten ca nhan", "ho ten ca nhan", "ho va ten ca nhan",
		"ho va ten can bo", "ho ten can bo cong chuc", "ho ten cbcc", "ho va ten cbcc", "ho ten cbccvc",
		"ho va ten cbccvc"},
	"ten tap the":       {"tap the", "ten don vi tap the", "tap the de nghi"},
	"ten don vi":        {"don vi", "ten co quan don vi", "co quan don vi"},
	"chuc vu chuc danh": {"chuc vu", "chuc danh", "chuc vu cong tac", "chuc vu hien nay"},
	"bo phan cong tac":  {"bo phan", "don vi cong tac", "noi cong tac", "phong ban", "phong bo phan"},
	"gioi tinh":         {"phai", "nam nu", "gioi"},
	"ong ba":            {"danh xung", "ong", "ba"},
	"don vi tinh":       {"dvt"},
	"so cbccvc": {"so luong cbccvc", "so luong can bo cong chuc vien chuc", "so nguoi",
		"tong so cbccvc"},
	"so luong cbccvc":      {"so cbccvc", "so luong can bo cong chuc vien chuc", "so nguoi", "tong so cbccvc"},
	"doi tuong":            {"nhom doi tuong"},
	"thoi gian hoan thanh": {"thoi han hoan thanh", "thoi han", "ngay hoan thanh"},
	"hinh thuc de nghi": {"hinh thuc khen thuong de nghi", "hinh thuc khen thuong", "de nghi khen thuong",
		"hinh thuc khen"},
	"hinh thuc khen thuong dang ky": {"hinh thuc khen thuong", "dang ky khen thuong", "hinh thuc dang ky",
		"hinh thuc khen", "de nghi khen", "de nghi khen thuong"},
	"muc do hoan thanh nhiem vu": {"xep loai", "ket qua danh gia", "ket qua xep loai", "muc do htnv",
		"danh gia xep loai"},
	"xep loai to chuc dang": {"xep loai dang", "xep loai chi bo", "xep loai dang bo",
		"xep loai chi bo dang bo"},
	"dien thoai":          {"so dien thoai", "dt", "sdt"},
	"dia chi thu dien tu": {"email", "thu dien tu", "e mail", "dia chi email"},
}

// alike is how near a header must come to a field's title.
const alike = 0.75

// names reports whether a header may be that of a field with this title.
func names(title, key string) bool {
	return title == key || slices.Contains(otherwise[title], key) || likeness(title, key) >= alike
}

// likeness compares two headers: small differences of spelling, or one being the beginning of the
// other. It is alike…1, or 0 for all that is farther apart.
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
	d := viet.Distance(a, b)
	if d > n/4 {
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

// alikeIn reports whether headers of such lengths, whose letter sets differ so, can be alike at
// all: each change of a letter can make or mend two differences, and a quarter of the letters may
// be changed.
func alikeIn(a, b int, differ uint64) bool {
	return 4*min(a, b) >= 3*max(a, b) && bits.OnesCount64(differ) <= max(a, b)/2
}

// letterSet tells which letters a key holds once, and which twice or more; the rest of ASCII is
// only counted.
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
