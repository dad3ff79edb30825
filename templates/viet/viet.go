// Package viet handles Vietnamese text as offices really type it: composed or decomposed letters,
// tone marks in the old or the new place, Ð for Đ, non-breaking and zero-width spaces, old font
// encodings, names in capitals and with titles in front.
//
// Text goes in; normal text, keys for matching, order, and suggestions come out. It never decides
// that two names are the same thing: callers compare keys, and what it merely suggests stays a
// suggestion.
package viet

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// NFC composes letters and marks, the form in which the program keeps text. Files from macOS and
// some web services come decomposed.
func NFC(s string) string {
	if hasTrait(s, loose) {
		return nfcAny(s)
	}
	return s
}

func nfcAny(s string) string { return norm.NFC.String(s) }

// CleanSpaces turns every run of white space, line breaks and non-breaking spaces into one space,
// removes zero-width and other invisible characters, and trims both ends. Decode old encodings
// first: in TCVN3 the invisible soft hyphen is the letter ư.
func CleanSpaces(s string) string {
	if isSpaced(s) {
		return s
	}
	return cleanAny(s)
}

func cleanAny(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = true
		case invisible(r):
		default:
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Variation_Selector, r)
}

// FixEth turns the Icelandic Ð and ð, which look like the Vietnamese letter and which some
// keyboards produce, into Đ and đ.
func FixEth(s string) string {
	if strings.Contains(s, "Ð") || strings.Contains(s, "ð") {
		return eth.Replace(s)
	}
	return s
}

var eth = strings.NewReplacer("Ð", "Đ", "ð", "đ")

// Fold gives the key by which labels, headers and unit names are matched: lower case, no diacritics
// at all, đ as d, punctuation as a space, white space collapsed. "UBND P. Tân Thịnh" and "ubnd p
// tan thinh" fold alike; so do words that differ only in their accents, therefore a key must be
// unique among the candidates before it may decide anything.
func Fold(s string) string {
	var room [128]byte
	return string(AppendFold(room[:0], s))
}

// AppendFold appends Fold of a text to dst.
func AppendFold(dst []byte, s string) []byte { return folding().append(dst, s, len(s)) }

// FoldStart appends to dst how Fold of a text begins: its first n bytes, or all of them.
func FoldStart(dst []byte, s string, n int) []byte {
	from := len(dst)
	dst = folding().append(dst, s, n)
	return dst[:min(len(dst), from+n)]
}

// SameFold reports whether two texts have the same Fold.
func SameFold(a, b string) bool {
	if a == b {
		return true
	}
	var room, other [128]byte
	return string(AppendFold(room[:0], a)) == string(AppendFold(other[:0], b))
}

// tabled is how many of the first characters of Unicode, all of Vietnamese among them, tables tell
// of.
const tabled = 0x1f00

// keying makes keys of texts. The table says what becomes of a character: a small letter or digit,
// a space, nothing, or something that is not one byte, for which the whole text is made into a key
// by any. Without the tables, a check of 500 workbooks takes three times the processor time.
type keying struct {
	table [tabled]byte
	bare  bool // as Bare does, else as Fold
}

// any makes the key of any text. It is chosen here and not held as a function, so that the text of
// a caller need not outlive the call.
func (k *keying) any(s string) string {
	if k.bare {
		return bareAny(s)
	}
	return foldAny(s)
}

// What a table says of a character that becomes no byte of the key.
const (
	dropped = 0
	unknown = 1
)

// newKeying asks any about every character between two letters. drops and becomes say whether to
// believe what is then missing or new.
func newKeying(bare bool, drops func(rune) bool, becomes func(r rune, b byte) bool) *keying {
	k := &keying{bare: bare}
	for r := range rune(tabled) {
		s := k.any("a" + string(r) + "a")
		k.table[r] = unknown
		switch {
		case s == "aa" && drops(r):
			k.table[r] = dropped
		case len(s) == 3 && becomes(r, s[1]):
			k.table[r] = s[1]
		}
	}
	return k
}

// append appends the key of a text to dst, at least its first bytes.
func (k *keying) append(dst []byte, s string, first int) []byte {
	from, gap := len(dst), false
	for _, r := range s {
		if r >= tabled || k.table[r] == unknown {
			return append(dst[:from], k.any(s)...)
		}
		switch c := k.table[r]; c {
		case dropped:
		case ' ':
			gap = true
		default:
			if gap && len(dst) > from {
				dst = append(dst, ' ')
			}
			gap = false
			if dst = append(dst, c); len(dst)-from >= first {
				return dst
			}
		}
	}
	return dst
}

var folding = sync.OnceValue(func() *keying {
	return newKeying(false, func(rune) bool { return true }, func(rune, byte) bool { return true })
})

var baring = sync.OnceValue(func() *keying {
	return newKeying(true, invisible, // a lone mark would turn a space before it into text
		func(r rune, b byte) bool { return b == ' ' && unicode.IsSpace(r) || b > ' ' && b < 0x80 })
})

func foldAny(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd") // norm leaves a letter behind a broken byte as it is
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || invisible(r) && !unicode.IsSpace(r):
			continue
		case unicode.IsSpace(r) || unicode.IsPunct(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		switch r = unicode.ToLower(r); r {
		case 'đ', 'ð':
			r = 'd'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Bare takes off case and diacritics, writes đ as d and keeps punctuation: the key for what is told
// apart by its marks, such as dates ("Ngày 5/3/1980" is "ngay 5/3/1980") and the lines under a
// table ("TM. ỦY BAN", "(*)"). White space is collapsed.
func Bare(s string) string {
	var room [128]byte
	return string(AppendBare(room[:0], s))
}

// AppendBare appends Bare of a text to dst.
func AppendBare(dst []byte, s string) []byte { return baring().append(dst, s, len(s)) }

func bareAny(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(CleanSpaces(strings.ToValidUTF8(s, "\ufffd"))) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if r = unicode.ToLower(r); r == 'đ' || r == 'ð' {
			r = 'd'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// NameKey gives the key by which people's names are matched: accents count, but composition, case,
// the place of the tone mark, Ð for Đ and white space do not. "NGUYỄN THỊ HOÀ" and "Nguyễn Thị Hòa"
// have the same key, "Hoa" and "Hòa" have not.
func NameKey(s string) string { return nameKeys.Of(s, nameKey) }

// nameKey appends the key of a name, made from those of its words.
func nameKey(dst []byte, s string) []byte {
	if !Tidy(s) {
		s = FixEth(CleanSpaces(s))
	}
	for word := range strings.SplitSeq(s, " ") {
		if len(dst) > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, wordKeys.Of(word, wordKey)...)
	}
	return dst
}

func wordKey(dst []byte, s string) []byte { return append(dst, strings.ToLower(FoldTone(s))...) }

// The keys of the first names seen are kept: the same people stand in the lists, reports and votes
// of a file, and in one file after another. So are those of the first words, of which names have
// few. Without both, a check of 500 workbooks takes twice the processor time.
var nameKeys, wordKeys = NewKeyCache(20_000, 80), NewKeyCache(10_000, 16)

// AllCaps reports whether s has letters and none of them is a small one.
func AllCaps(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters = letters || unicode.IsUpper(r)
	}
	return letters
}

// TitleCase writes each word of a name with a capital first letter and small ones after it: "H'HEN
// NIÊ" gives "H'Hen Niê".
func TitleCase(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return r
		}
		first := start
		start = !unicode.IsLetter(r) && !unicode.IsDigit(r)
		if first {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s)
}
