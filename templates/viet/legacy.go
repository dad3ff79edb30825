package viet

import (
	"strings"
	"unicode"
)

// Encoding is a way Vietnamese was written before Unicode: the same bytes mean other letters, and only the cell's font tells.
type Encoding string

// The legacy encodings still met in offices.
const (
	TCVN3 Encoding = "TCVN3" // TCVN 5712:1993, fonts ".Vn…"; capitals with accents exist only in the fonts ".Vn…H"
	VNI   Encoding = "VNI"   // fonts "VNI-…"; a letter, then its marks
)

// LegacyFont tells from a font's name how text set in it is encoded. upper means that the font shows every letter as a capital.
func LegacyFont(font string) (enc Encoding, upper, ok bool) {
	f := strings.ToLower(strings.TrimSpace(font))
	switch {
	case strings.HasPrefix(f, ".vn"):
		return TCVN3, strings.HasSuffix(f, "h"), true
	case strings.HasPrefix(f, "vni-"), strings.HasPrefix(f, "vni "):
		return VNI, false, true
	}
	return "", false, false
}

// Decode turns text of the encoding into Unicode NFC. Characters that already are Unicode Vietnamese stay as they are.
func (e Encoding) Decode(s string, upper bool) string {
	switch e {
	case TCVN3:
		s = FromTCVN3(s, upper)
	case VNI:
		s = FromVNI(s)
	}
	return s
}

// PlainASCII reports whether a text reads the same in every encoding.
func PlainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

const (
	tcvn3Codes   = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§"
	tcvn3Letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ"
)

var (
	fromTCVN3 = pairs(tcvn3Codes, tcvn3Letters)
	toTCVN3   = pairs(tcvn3Letters, tcvn3Codes)
)

func pairs(from, to string) map[rune]rune {
	f, t := []rune(from), []rune(to)
	m := make(map[rune]rune, len(f))
	for i := range f {
		m[f[i]] = t[i]
	}
	return m
}

// FromTCVN3 decodes TCVN3 text as it appears when its bytes are taken for Latin-1; upper writes the result in capitals, as a ".Vn…H"
// font shows it.
func FromTCVN3(s string, upper bool) string {
	var b strings.Builder
	for _, r := range s {
		if u, ok := fromTCVN3[r]; ok {
			r = u
		}
		b.WriteRune(r)
	}
	if upper {
		return strings.ToUpper(b.String())
	}
	return b.String()
}

// ToTCVN3 encodes small letters and the seven capitals that TCVN3 has; other accented capitals become their small letters.
func ToTCVN3(s string) string {
	var b strings.Builder
	for _, r := range NFC(s) {
		if u, ok := toTCVN3[r]; ok {
			r = u
		} else if u, ok := toTCVN3[unicode.ToLower(r)]; ok {
			r = u
		}
		b.WriteRune(r)
	}
	return b.String()
}

// VNI writes a vowel and then one character for its marks: the tone, or shape and tone together.
var (
	vniMarks = map[rune]string{
		'ù': "\u0301", 'ø': "\u0300", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
		'â': "\u0302", 'á': "\u0302\u0301", 'à': "\u0302\u0300", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
		'ê': "\u0306", 'é': "\u0306\u0301", 'è': "\u0306\u0300", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
	}
	vniLetters = map[rune]rune{
		'ñ': 'đ', 'Ñ': 'Đ', 'ô': 'ơ', 'Ô': 'Ơ', 'ö': 'ư', 'Ö': 'Ư', 'æ': 'ỉ', 'Æ': 'Ỉ', 'ó': 'ĩ', 'Ó': 'Ĩ', 'ò': 'ị', 'Ò': 'Ị', 'î': 'ỵ', 'Î': 'Ỵ',
		'í': 'í', 'Í': 'Í', 'ì': 'ì', 'Ì': 'Ì',
	}
)

// FromVNI decodes VNI text as it appears when its bytes are taken for Latin-1.
func FromVNI(s string) string {
	var b strings.Builder
	base := false // the letter before can carry marks
	for _, r := range s {
		if m, ok := vniMarks[unicode.ToLower(r)]; ok && base {
			b.WriteString(m)
			base = false
			continue
		}
		if u, ok := vniLetters[r]; ok {
			r = u
		}
		b.WriteRune(r)
		base = strings.ContainsRune("aeouyAEOUYơƠưƯ", r)
	}
	return NFC(b.String())
}

// LooksTCVN3 reports whether a text in a Unicode font reads like TCVN3 or VNI: signs that no Vietnamese word has, next to letters, and no
// letter that only Unicode has. It is a reason to ask, never to convert.
func LooksTCVN3(s string) bool {
	const odd = "µ¶·¸¹¨»¼½¾®ªÆÇËÎÏÑÖ×ØÞß¡¢£¤¥¦§«¬äåæçëîïðñö÷øûüþ\u00ad"
	letter := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
	found := false
	runes := []rune(s)
	for i, r := range runes {
		if r == 'đ' || r == 'Đ' || r == 'ă' || r == 'Ă' || r == 'ơ' || r == 'Ơ' || r == 'ư' || r == 'Ư' || r >= 0x1EA0 && r <= 0x1EF9 {
			return false
		}
		if strings.ContainsRune(odd, r) && (i > 0 && letter(runes[i-1]) && (i+1 == len(runes) || letter(runes[i+1]) || runes[i+1] == ' ') || i == 0 && len(runes) > 1 && letter(runes[1])) {
			found = true
		}
	}
	return found
}
