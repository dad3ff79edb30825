package viet

import (
	"slices"
	"strings"
)

var digits = [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// NumberWords spells a whole number in Vietnamese, in small letters: 15 is "mười lăm", 21 "hai mươi mốt", 24 "hai mươi tư", 105 "một trăm
// linh năm", 2018 "hai nghìn không trăm mười tám".
func NumberWords(n int) string {
	if n == 0 {
		return digits[0]
	}
	u := uint64(n)
	var words []string
	if n < 0 {
		words, u = append(words, "âm"), -u
	}
	var groups []int // thousands, lowest first
	for ; u > 0; u /= 1000 {
		groups = append(groups, int(u%1000))
	}
	for i, group := range slices.Backward(groups) {
		first := i == len(groups)-1
		if group > 0 {
			words = append(words, hundreds(group, first)...)
		}
		switch {
		case i%3 == 1 && group > 0:
			words = append(words, "nghìn")
		case i%3 == 2 && group > 0:
			words = append(words, "triệu")
		case i%3 == 0 && i > 0 && slices.ContainsFunc(groups[i:min(i+3, len(groups))], func(g int) bool { return g > 0 }):
			words = append(words, "tỷ")
		}
	}
	return strings.Join(words, " ")
}

// hundreds spells 1 to 999; below the first group the hundreds and tens are named even when they are zero.
func hundreds(n int, first bool) []string {
	var words []string
	h, t, u := n/100, n/10%10, n%10
	if h > 0 || !first {
		words = append(words, digits[h], "trăm")
	}
	switch {
	case t == 0 && u > 0 && len(words) > 0:
		words = append(words, "linh")
	case t == 1:
		words = append(words, "mười")
	case t > 1:
		words = append(words, digits[t], "mươi")
	}
	switch {
	case u == 0:
	case u == 1 && t > 1:
		words = append(words, "mốt")
	case u == 4 && t > 1:
		words = append(words, "tư")
	case u == 5 && t > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digits[u])
	}
	return words
}
