package person

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"thidua/templates/viet"
)

// Meant returns what was probably typed where a name bears the traces of an old font, of a keyboard
// driver that was off, or of a program that took the bytes of one encoding for another's; "" when
// nobody can tell. It never returns what does not look like a name.
func Meant(name string) string {
	if fits(name) && !stray(name, fromTelex) && !stray(name, viet.FromVNI) {
		return ""
	}
	for _, undo := range []func(string) string{
		html.UnescapeString,
		func(s string) string { return misread(s, charmap.Windows1252) },
		func(s string) string { return misread(s, charmap.Windows1258) },
		func(s string) string { return byWord(s, func(w string) string { return viet.FromTCVN3(w, false) }) },
		func(s string) string { return byWord(s, viet.FromVNI) },
		fromVIQR,
		func(s string) string { return byWord(s, fromDigits) },
		func(s string) string { return byWord(s, fromTelex) },
	} {
		if meant := viet.NFC(undo(name)); meant != name && whole(meant) {
			return Cased(viet.CleanSpaces(meant))
		}
	}
	return ""
}

// whole reports whether every word of a text is a Vietnamese syllable or, unchanged by any guess,
// a word of plain letters.
func whole(s string) bool {
	return fits(s) && !broken(s) && slices.ContainsFunc(strings.Fields(s), syllable)
}

// byWord lets undo rewrite the words that are none as they stand, and keeps what became a syllable.
func byWord(s string, undo func(string) string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if syllable(w) {
			continue
		}
		if now := viet.NFC(undo(w)); now != w && syllable(now) {
			words[i] = now
		} else if !native(w) {
			return s
		}
	}
	return strings.Join(words, " ")
}

// misread undoes that UTF-8 was read as a code page of one byte a letter, once or twice.
func misread(s string, page *charmap.Charmap) string {
	for range 2 {
		raw, ok := pageBytes(s, page)
		if !ok || !utf8.Valid(raw) || string(raw) == s {
			break
		}
		s = string(raw)
	}
	return s
}

// pageBytes writes a text in a code page. Codes that the page does not have stand for themselves,
// as programs leave them.
func pageBytes(s string, page *charmap.Charmap) ([]byte, bool) {
	var out []byte
	for _, r := range s {
		if b, ok := page.EncodeRune(r); ok {
			out = append(out, b)
		} else if r < 0x100 {
			out = append(out, byte(r))
		} else {
			apart := []rune(norm.NFD.String(string(r))) // code page 1258 writes tones as marks
			mark, ok := page.EncodeRune(apart[len(apart)-1])
			letter := []rune(norm.NFC.String(string(apart[:len(apart)-1])))
			if !ok || len(letter) != 1 {
				return nil, false
			}
			b, ok := page.EncodeRune(letter[0])
			if !ok {
				return nil, false
			}
			out = append(out, b, mark)
		}
	}
	return out, true
}

// marked are the marks that the ways of typing accents by plain letters make.
var marked = map[rune]rune{
	'^': '\u0302', '(': '\u0306', '+': '\u031b', '\'': '\u0301', '`': '\u0300', '?': '\u0309', '~': '\u0303',
	'.': '\u0323',
}

// fromVIQR reads accents typed behind the letter as signs (RFC 1456): Nguye^~n, Hu+~u, DDa`o.
func fromVIQR(s string) string {
	if !strings.ContainsAny(s, "^(+~`") && !strings.Contains(strings.ToLower(s), "dd") {
		return s // a lone sign of a question may be a letter that was lost
	}
	return byWord(s, func(w string) string {
		return typed(w, func(r rune) (rune, bool) { m, ok := marked[r]; return m, ok })
	})
}

// fromDigits reads accents typed behind the letter as digits, as VNI keyboards do: Nguye6n4.
func fromDigits(w string) string {
	if !strings.ContainsFunc(w, unicode.IsDigit) {
		return w
	}
	digits := map[rune]rune{'1': '\u0301', '2': '\u0300', '3': '\u0309', '4': '\u0303', '5': '\u0323', '6': '\u0302',
		'7': '\u031b', '8': '\u0306'}
	w = strings.NewReplacer("d9", "đ", "D9", "Đ").Replace(w)
	return typed(w, func(r rune) (rune, bool) { m, ok := digits[r]; return m, ok })
}

// typed puts marks onto the letters they are typed behind: a shape onto the letter before, a tone
// onto the last vowel.
func typed(w string, mark func(rune) (rune, bool)) string {
	w = strings.NewReplacer("DD", "Đ", "Dd", "Đ", "dd", "đ", "dD", "đ").Replace(w)
	var out []string // letters with their marks
	for _, r := range w {
		m, ok := mark(r)
		at := len(out) - 1
		for ok && at >= 0 && !vowelled(out[at]) {
			at--
		}
		switch {
		case ok && at >= 0:
			out[at] += string(m)
		case ok:
			return w
		default:
			out = append(out, string(r))
		}
	}
	return viet.FoldTone(norm.NFC.String(strings.Join(out, "")))
}

func vowelled(letter string) bool {
	b := viet.Bare(letter)
	return b != "" && strings.Contains("aeiouy", b[:1])
}

// stray reports whether a name of letters has words that are no syllables and that undo makes into
// some, every one: Nguyeenx Vawn Huwng of a Telex keyboard, Nguyeãn Vaên An of the VNI fonts.
func stray(name string, undo func(string) string) bool {
	n := 0
	words := strings.Fields(name)
	for _, w := range words {
		if syllable(w) {
			continue
		}
		if now := undo(w); now == w || !syllable(now) {
			return false
		}
		n++
	}
	return n > 0 && families[viet.NameKey(undo(words[0]))]
}

// fromTelex reads accents typed as letters: doubled vowels and w for shapes, s f r x j for tones.
func fromTelex(w string) string {
	low := strings.ToLower(w)
	tone := rune(0)
	var out []rune
	for i, r := range low {
		last := rune(0)
		if len(out) > 0 {
			last = out[len(out)-1]
		}
		switch {
		case i > 0 && strings.ContainsRune("sfrxj", r) && tone == 0 && strings.ContainsAny(string(out), "aeiouyăâêôơư"):
			tone = map[rune]rune{'s': '\u0301', 'f': '\u0300', 'r': '\u0309', 'x': '\u0303', 'j': '\u0323'}[r]
		case r == last && strings.ContainsRune("aeod", r):
			out[len(out)-1] = map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô', 'd': 'đ'}[r]
		case r == 'w' && strings.HasSuffix(string(out), "uo"):
			out[len(out)-2], out[len(out)-1] = 'ư', 'ơ'
		case r == 'w' && strings.ContainsRune("aou", last):
			out[len(out)-1] = map[rune]rune{'a': 'ă', 'o': 'ơ', 'u': 'ư'}[last]
		case r == 'w':
			out = append(out, 'ư')
		default:
			out = append(out, r)
		}
	}
	s := string(out)
	if tone != 0 {
		at := strings.LastIndexAny(s, "aeiouyăâêôơư")
		for i, r := range s {
			if strings.ContainsRune("ăâêôơư", r) {
				at = i
			}
		}
		if at < 0 {
			return w
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		s = s[:at+size] + string(tone) + s[at+size:]
	}
	return viet.TitleCase(viet.FoldTone(norm.NFC.String(s)))
}
