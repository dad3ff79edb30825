package viet

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Encoding is an old way of writing Vietnamese with 8-bit fonts. Files show it as Latin-1 letters
// that only the right font makes readable.
type Encoding string

// The encodings in use in older papers of state offices.
const (
	// TCVN 5712:1993, fonts .VnTime, .VnArial …: one byte a letter, capitals by a font of capitals
	// (.VnTimeH)
	TCVN3 Encoding = "TCVN3"
	VNI   Encoding = "VNI" // fonts VNI-Times …: accents are a second byte after the letter
)

// LegacyFont tells from a font's name how text in it is encoded; upper says that the font shows
// every letter as a capital. ok is false for all other fonts.
func LegacyFont(font string) (enc Encoding, upper, ok bool) {
	font = strings.TrimSpace(font)
	if font == "" || font[0] != '.' && font[0]|0x20 != 'v' {
		return "", false, false
	}
	low := strings.ToLower(font)
	switch {
	case strings.HasPrefix(low, ".vn"):
		return TCVN3, strings.HasSuffix(font, "H"), true
	case strings.HasPrefix(low, "vni-"):
		return VNI, false, true
	}
	return "", false, false
}

// DecodeFont returns text written in a font in today's letters, and whether it was changed.
func DecodeFont(font, text string) (decoded string, changed bool) {
	enc, upper, ok := LegacyFont(font)
	if !ok {
		return text, false
	}
	decoded = enc.Decode(text, upper)
	return decoded, decoded != text
}

// Decode turns text of the encoding into Unicode, composed; with upper into capitals. Text that is
// already Unicode, or holds letters the encoding does not know, stays as it is: people do type
// Unicode in old fonts.
func (e Encoding) Decode(s string, upper bool) string {
	switch {
	case !plausible(e, s):
		return s
	case e == TCVN3:
		return FromTCVN3(s, upper)
	case e == VNI:
		return FromVNI(s)
	}
	return s
}

// PlainASCII reports whether a text reads the same in every encoding.
func PlainASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// plausible reports whether text can have been typed in the encoding at all.
func plausible(enc Encoding, text string) bool {
	for _, r := range text {
		switch {
		case r <= unicode.MaxASCII:
		case r > 0xFF && unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
			return false // Unicode already
		case enc == TCVN3 && r >= 0xC0 && r <= 0xFF && tcvn3[r] == 0:
			return false
		}
	}
	return true
}

// FromTCVN3 turns TCVN3 text, as Latin-1 letters, into Unicode, composed. With upper, for fonts of
// capitals, everything is capitalised. Letters outside the encoding stay.
func FromTCVN3(s string, upper bool) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x100 && tcvn3[r] != 0 {
			return tcvn3[r]
		}
		return r
	}, s)
	if upper {
		return strings.ToUpper(s)
	}
	return s
}

// ToTCVN3 writes Vietnamese as TCVN3 in Latin-1 letters, for making test files. Capitals with tones
// share the codes of the small letters in that encoding, so their case is lost, as it was.
func ToTCVN3(s string) string {
	return strings.Map(func(r rune) rune {
		if code, ok := toTCVN3()[r]; ok {
			return code
		}
		if code, ok := toTCVN3()[unicode.ToLower(r)]; ok {
			return code
		}
		return r
	}, NFC(s))
}

// tcvn3 maps Latin-1 code points to letters (TCVN 5712:1993, VN3).
var tcvn3 = func() (table [0x100]rune) {
	for _, run := range []struct {
		from    rune
		letters string
	}{
		{0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"},
		{0xB5, "àảãáạ"}, {0xBB, "ằẳẵắ"}, {0xC6, "ặầẩẫấậè"}, {0xCE, "ẻẽéẹềểễếệìỉ"}, {0xDC, "ĩíịò"}, {0xE1, "ỏõóọồổỗốộ"},
		{0xEA, "ờởỡớợù"}, {0xF1, "ủũúụừửữứựỳỷỹýỵ"},
	} {
		code := run.from
		for _, r := range run.letters {
			if table[code] != 0 {
				panic("viet: TCVN3 table overlaps")
			}
			table[code] = r
			code++
		}
	}
	return table
}()

var toTCVN3 = sync.OnceValue(func() map[rune]rune {
	back := map[rune]rune{}
	for code, r := range tcvn3 {
		if r != 0 {
			back[r] = rune(code)
		}
	}
	return back
})

// In VNI an accent is a second character after the letter. The first string are those that add only
// a tone, in the order of tones; the others first add a shape to the letter.
var vniMarks = sync.OnceValue(func() map[rune]string {
	marks := map[rune]string{}
	add := func(chars, shape, order string) {
		tone := []rune(order)
		for i, c := range []rune(chars) {
			m := shape
			if i > 0 {
				m += string(tone[i-1])
			}
			marks[c], marks[unicode.ToUpper(c)] = m, m
		}
	}
	const order = "\u0301\u0300\u0309\u0303\u0323" // sắc, huyền, hỏi, ngã, nặng
	add("\x00ùøûõï", "", order)
	add("âáàåãä", "\u0302", order)
	add("êéèúüë", "\u0306", order)
	delete(marks, 0)
	return marks
})

// vniLetters are the letters that have a code of their own.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'Ñ': 'Đ', 'ô': 'ơ', 'Ô': 'Ơ', 'ö': 'ư', 'Ö': 'Ư',
	'í': 'í', 'Í': 'Í', 'ì': 'ì', 'Ì': 'Ì', 'æ': 'ỉ', 'Æ': 'Ỉ', 'ó': 'ĩ', 'Ó': 'Ĩ', 'ò': 'ị', 'Ò': 'Ị', 'î': 'ỵ',
	'Î': 'Ỵ',
}

// FromVNI turns VNI text, as Latin-1 letters, into Unicode, composed. What is not VNI stays.
func FromVNI(s string) string {
	var b strings.Builder
	var last rune // the letter just written, able to take an accent; 0 for none
	for _, r := range s {
		if marks, ok := vniMarks()[r]; ok && canCarry(last, marks) {
			b.WriteString(marks)
			last = 0
			continue
		}
		last = 0
		switch letter, ok := vniLetters[r]; {
		case ok:
			b.WriteRune(letter)
			if strings.ContainsRune("ơƠưƯ", letter) {
				last = letter
			}
		default:
			b.WriteRune(r)
			if strings.ContainsRune("aeouyAEOUY", r) {
				last = r
			}
		}
	}
	return norm.NFC.String(b.String())
}

// canCarry reports whether a letter can carry the marks: the circumflex stands on a, e, o only, the
// breve on a only.
func canCarry(letter rune, marks string) bool {
	switch {
	case letter == 0:
		return false
	case strings.HasPrefix(marks, "\u0302"):
		return strings.ContainsRune("aeoAEO", letter)
	case strings.HasPrefix(marks, "\u0306"):
		return letter == 'a' || letter == 'A'
	}
	return true
}
