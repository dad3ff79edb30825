// Package person understands the names of people as units write them: with a running number, a form
// of address or a position around them, in capitals, with one apostrophe or another, typed with an
// old font or by a program that lost the accents.
//
// Key is the one key of "the same person": whatever names somebody in a list, a report, minutes, a
// register or a vote is compared by it. Read takes apart what a cell says; Look says whether a name
// can stand on a certificate as it is written, and what was probably meant. The package knows names
// alone: which of two people of one name is meant is for its callers to tell, or to ask.
package person

import (
	"regexp"
	"strings"
	"unicode"

	"thidua/templates/viet"
)

// The forms of address that are family names too.
const (
	Ong = "Ông"
	Ba  = "Bà"
)

// Name is what a cell says of a person, taken apart.
type Name struct {
	Text     string // the name, as it is to be printed
	Number   string // a running number or bullet before it
	Title    string // forms of address, degrees and ranks before it
	Position string // what the person is, before or behind the name
	Unsure   bool   // nobody can tell whether Ông or Bà is an address or the family name
}

// Read takes apart what a cell says of a person. address is the form of address that the rest of
// the row tells, Ong for a man and Ba for a woman, "" when it tells none: Ông and Bà are family
// names when the row, or what remains of the name, says so.
func Read(text, address string) Name {
	var n Name
	var titles []string
	s := n.around(viet.FixEth(viet.NFC(viet.CleanSpaces(text))))
	for {
		if i := titleAt(s); i > 0 {
			title, rest := s[:i], n.around(s[i:])
			if rest == "" {
				break
			}
			if which := either(title); which != "" && titleAt(rest) == 0 {
				var family bool
				if family, n.Unsure = isFamily(which, rest, address); family {
					break
				}
			}
			titles, s = append(titles, strings.TrimRight(title, ":-, ")), rest
			continue
		}
		position, rest := positionBefore(s)
		if position == "" {
			break
		}
		n.Position, s = position, n.around(rest)
	}
	n.Text, n.Title = s, strings.Join(titles, " ")
	return n
}

// around takes off what stands before and behind a name and is no part of it: numbers, signs,
// remarks, positions.
func (n *Name) around(s string) string {
	s = strings.TrimSpace(s)
	for {
		before := s
		if m := numbering.FindString(s); m != "" && len(m) < len(s) {
			n.Number, s = strings.TrimSpace(m), s[len(m):]
		}
		s = strings.TrimRightFunc(s, func(r rune) bool {
			return r == ' ' || strings.ContainsRune(".,;:*…-–—_\"”’'`",
				r)
		})
		s = strings.TrimLeftFunc(s, func(r rune) bool {
			return r == ' ' || strings.ContainsRune(".,;:*…-–—_\"“‘'`•·+●▪", r)
		})
		if position, rest := positionBehind(s); position != "" {
			n.Position, s = position, rest
		}
		if s == before {
			return s
		}
	}
}

// numbering is what counts the lines of a list: "1.", "02)", "(3)", "4/", "5-", "6 ", "a)", "II.".
var numbering = regexp.MustCompile(
	`^(?:\(\d{1,3}\)|\d{1,3}(?:\.\d{1,2})? *[.):/–-]+|\d{1,3} |[a-zđ] *\)|[IVX]+ *[.)/]|[①-⑳])\s*`)

// Key is the key of "the same person": two texts that name somebody have the same key when they
// differ only in what people write differently. Left aside are forms of address, degrees and ranks,
// numbers and positions around the name, case, composition, Ð for Đ, spaces, hyphens and
// apostrophes of any kind, the place of the tone mark (hoà, hòa), y for i (Lý, Lí), and the traces
// of old fonts and broken encodings where it is plain what was typed. Accents count: Hoa is not
// Hòa. It says nothing of the day of birth, by which namesakes are told apart, and Ông and Bà are
// left aside even where they are the family name, so that no list need know what a row of another
// says. A text that names nobody has the key "".
func Key(text string) string { return keys.Of(text, appendKey) }

// The keys of the first names seen are kept, as viet.NameKey keeps its own: the same people stand
// in the lists, reports and votes of a file, and in one file after another.
var keys, wordKeys = viet.NewKeyCache(20_000, 80), viet.NewKeyCache(10_000, 16)

func appendKey(dst []byte, text string) []byte {
	s := bareName(text)
	if meant := Meant(s); meant != "" {
		s = bareName(meant)
	}
	for word := range strings.FieldsFuncSeq(viet.NameKey(s), apart) {
		if len(dst) > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, wordKeys.Of(word, appendWordKey)...)
	}
	return dst
}

// bareName takes everything off a name that is not of it, Ông and Bà in any case.
func bareName(text string) string {
	var n Name
	s := n.around(viet.FixEth(viet.NFC(viet.CleanSpaces(text))))
	for {
		rest := ""
		if i := titleAt(s); i > 0 {
			rest = n.around(s[i:])
		} else if position, name := positionBefore(s); position != "" {
			rest = n.around(name)
		}
		if rest == "" {
			return s
		}
		s = rest
	}
}

// apart are the characters between the words of a name.
func apart(r rune) bool {
	return r == ' ' || isApostrophe(r) || r == '-' || r == '‐' || r == '‑' || r == '–' || r == '.' || r == ',' ||
		r == '(' || r == ')'
}

// isApostrophe tells the apostrophes that keyboards and word processors make.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '`', '´', '′', '＇':
		return true
	}
	return false
}

// appendWordKey writes i for the y of an open syllable, which no ear tells apart: Lý and Lí, Quý
// and Quí. A word that is y alone stays, and so does the y of Thúy.
func appendWordKey(dst []byte, word string) []byte {
	if !syllable(word) {
		return append(dst, word...)
	}
	letters := []rune(word)
	last := len(letters) - 1
	i, ok := ofI[letters[last]]
	if !ok || last == 0 || isVowel(letters[last-1]) && !(last == 2 && letters[0] == 'q' && letters[1] == 'u') {
		return append(dst, word...)
	}
	letters[last] = i
	return append(dst, string(letters)...)
}

var ofI = map[rune]rune{'y': 'i', 'ý': 'í', 'ỳ': 'ì', 'ỷ': 'ỉ', 'ỹ': 'ĩ', 'ỵ': 'ị'}

func isVowel(r rune) bool {
	return strings.ContainsRune("aeiouy", rune(viet.Bare(string(unicode.ToLower(r)))[0]))
}

// Near returns the names that a name may be a slip for, nearest first: they differ in their accents
// alone, or in a letter or two. It is for a question, never for an answer.
func Near(text string, among []string) []string {
	key := Key(text)
	var out []string
	for _, other := range among {
		if k := Key(other); k != key && k != "" && viet.SameFold(k, key) {
			out = append(out, other)
		}
	}
	if len(out) > 0 {
		return out
	}
	bare := make([]string, len(among))
	for i, other := range among {
		bare[i] = bareName(other)
	}
	for _, found := range viet.Suggest(bareName(text), bare) {
		for i, b := range bare {
			if b == found && Key(among[i]) != key {
				out = append(out, among[i])
				break
			}
		}
	}
	return out
}
