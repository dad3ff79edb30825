package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostQuoted is how many characters of what somebody else wrote are repeated to him, or to others,
// at once.
const mostQuoted = 200

// Quote makes of foreign text what may stand in a letter, the ledger or a terminal: Shown, and at
// most 200 characters of it.
func Quote(s string) string {
	if len(s) > utf8.UTFMax*mostQuoted*4 { // what cannot be among the first characters need not be looked at
		s = s[:utf8.UTFMax*mostQuoted*4]
	}
	s = Shown(s)
	if len(s) <= mostQuoted {
		return s
	}
	n := 0
	for i := range s {
		if n++; n == mostQuoted && utf8.RuneCountInString(s[i:]) > 1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// Shown takes out of a text what nobody sees and what does something to whoever shows it: control
// characters other than line breaks and tabs, characters that turn the direction of writing, and
// bytes that are no text.
func Shown(s string) string {
	if !strings.ContainsFunc(s, hazardous) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hazardous(r) {
			return -1
		}
		return r
	}, s)
}

// hazardous are control characters, the marks, embeddings, overrides and isolates of bidirectional
// text (UAX 9), separators that programs take for ends of lines, and what no text holds. Soft
// hyphens and joiners are none: some fonts make letters of them.
func hazardous(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f, r == '\n', r == '\t':
		return false
	case r < ' ', r >= 0x7f && r <= 0x9f, r == utf8.RuneError, r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x2028 &&
		r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
		return true
	case r >= 0xfff0:
		return r <= 0xffff || r >= 0xe0000 && r <= 0xe007f || unicode.Is(unicode.Noncharacter_Code_Point, r)
	}
	return false
}

// Cut keeps the first characters of a text, n with the mark that there are more.
func Cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
