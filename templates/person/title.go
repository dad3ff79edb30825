package person

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"thidua/templates/viet"
)

// Addresses are matched with their accents, so that the names Ba and Ong stay names.
var addresses = []string{"ông/bà", "ông (bà)", "ông", "bà", "đ/c", "đc", "đồng chí", "anh", "chị", "mr", "mrs", "ms"}

var degrees = []string{"gs", "pgs", "ts", "tskh", "ths", "bs", "bsckii", "bscki", "bsck2", "bsck1", "ckii", "cki",
	"ck2", "ck1", "cn", "ks", "kts", "ds", "luật sư", "ngnd", "ngưt", "th.s", "t.s", "b.s", "k.s",
	"giáo sư", "phó giáo sư", "tiến sĩ", "tiến sỹ", "thạc sĩ", "thạc sỹ", "cử nhân", "kỹ sư", "kĩ sư", "kiến trúc sư",
	"bác sĩ", "bác sỹ", "dược sĩ", "dược sỹ", "nhà giáo ưu tú", "thầy thuốc ưu tú", "thầy", "cô"}

var ranks = []string{
	"đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "đại tá", "thượng tá", "trung tá", "thiếu tá",
	"đại úy", "thượng úy", "trung úy", "thiếu úy", "thượng sĩ", "trung sĩ", "hạ sĩ", "binh nhất", "binh nhì",
}

// titles are all of them, the longest first, by their first letter without accents, which is all
// that most names are looked up by.
var titles = sync.OnceValue(func() map[byte][]knownTitle {
	all := slices.Concat(addresses, degrees, ranks)
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	by := map[byte][]knownTitle{}
	for _, t := range all {
		first := viet.Bare(t)[0]
		by[first] = append(by[first], knownTitle{viet.NameKey(t), strings.Count(t, " ") + strings.Count(t, ".") + 1,
			strings.Contains(t, ".")})
	}
	return by
})

type knownTitle struct {
	key    string
	words  int
	dotted bool // Th.S
}

// titleAt returns how many bytes at the start of s are one title with the dot, colon and spaces
// after it; 0 for none.
func titleAt(s string) int {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || !unicode.IsLetter(first) {
		return 0
	}
	initial := viet.Bare(s[:size])
	if initial == "" {
		return 0
	}
	for _, t := range titles()[initial[0]] {
		n := prefixFold(s, t)
		if n == 0 {
			continue
		}
		after := s[n:]
		end := strings.TrimLeft(after, ".:-, ")
		if end == after || end == "" { // a title must be set off from the name
			continue
		}
		return len(s) - len(end)
	}
	return 0
}

// prefixFold returns the length of the prefix of s that equals title but for case and the place of
// tone marks; 0 when there is none.
func prefixFold(s string, title knownTitle) int {
	words := title.words
	n := 0
	for i, r := range s {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '/' || r == '(' ||
			r == ')'
		if !letter {
			if words--; words == 0 || r != ' ' && !(r == '.' && title.dotted) {
				n = i
				break
			}
		}
		n = i + len(string(r))
	}
	if n <= 2*len(title.key) && viet.NameKey(s[:n]) == title.key {
		return n
	}
	return 0
}
