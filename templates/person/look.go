package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thidua/templates/viet"
)

// Fault is why a name cannot be printed as it is written.
type Fault int

// The faults of a name.
const (
	Fine    Fault = iota
	Partial       // not the whole name, more than a name, or without its accents
	Garbled       // typed with an old font, or broken on its way; Meant may know what was typed
)

// bareFamily are family names and middle names that are never written without their accents.
var bareFamily = map[string]bool{"nguyen": true, "tran": true, "pham": true, "hoang": true, "huynh": true, "dang": true,
	"bui": true, "duong": true, "trinh": true, "dinh": true, "luong": true, "truong": true, "trieu": true, "thi": true}

// single are names that are whole although they are one word that might be a given name alone.
var single = map[string]bool{"thạch": true, "danh": true, "chau": true, "neáng": true}

// Look says whether a name, as Read gives it, looks like the name of somebody: two or more words of
// letters, each a Vietnamese syllable or a word of the country's other peoples, or one word that
// is a whole name among them (K'Brếu).
func Look(name string) Fault {
	switch {
	case Meant(name) != "", !fits(name) && broken(name):
		return Garbled
	case !fits(name):
		return Partial
	}
	words := strings.Fields(name)
	if len(words) == 1 {
		if strings.ContainsFunc(name, isApostrophe) || single[viet.NameKey(name)] ||
			!syllable(name) && utf8.RuneCountInString(name) > 3 {
			return Fine
		}
		return Partial
	}
	if len(words) > 8 || post(words) > 0 && !isWhole(name) || strings.Contains(name, " - ") {
		return Partial
	}
	if !viet.PlainASCII(name) {
		return Fine
	}
	if slices.ContainsFunc(words, func(w string) bool { return bareFamily[viet.Bare(w)] }) {
		return Partial
	}
	return Fine
}

// fits reports whether a text is made of nothing but words that stand in names.
func fits(s string) bool {
	n := 0
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' || isApostrophe(r) }) {
		if !syllable(word) && !native(word) {
			return false
		}
		n++
	}
	return n > 0
}

// syllable reports whether a word is one Vietnamese syllable and nothing else.
func syllable(word string) bool {
	return viet.Syllable(word) && !strings.ContainsFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r)
	})
}

// native reports whether a word is made as those of the country's other peoples are, in their
// scripts of Latin letters: Ksor, Kră, Jăn, Ñô̆m, Ƀhiu, Čil, Wê̆n.
func native(word string) bool {
	vowels, row, tones, length := 0, 0, 0, 0
	for _, r := range viet.NFC(word) {
		switch l := unicode.ToLower(r); {
		case unicode.Is(unicode.Mn, r):
			if r != breve && !strings.ContainsRune(toneMarks, r) {
				return false
			}
			continue
		case l >= 'a' && l <= 'z' || strings.ContainsRune("ăâđêôơưñƀčĕŏĭŭ", l):
		case vietnamese(l):
			tones++
		default:
			return false
		}
		length++
		if strings.ContainsRune("aeiouy", rune(viet.Bare(string(r))[0])) {
			vowels, row = vowels+1, 0
		} else if row++; row > 4 {
			return false
		}
	}
	return length <= 12 && tones <= 1 && (vowels > 0 || length == 1)
}

const (
	breve     = '\u0306'
	toneMarks = "\u0300\u0301\u0303\u0309\u0323"
)

// vietnamese reports whether a small letter is one of the Vietnamese alphabet with a tone.
func vietnamese(l rune) bool {
	return strings.ContainsRune("áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ", l)
}

// broken reports whether a text bears marks of letters that were lost: signs within a word that no
// name has, and what programs write for a letter they do not know.
func broken(s string) bool {
	letters := []rune(s)
	for i, r := range letters {
		if r == utf8.RuneError || r == '□' || unicode.IsControl(r) || unicode.Is(unicode.Co, r) ||
			r > unicode.MaxASCII && r <= unicode.MaxLatin1 && !unicode.IsLetter(r) && !isApostrophe(r) && r != '²' &&
				r != '³' && r != '¹' ||
			unicode.IsLetter(r) && r > unicode.MaxASCII && !native("a"+string(r)) {
			return true
		}
		inside := i > 0 && i+1 < len(letters) && unicode.IsLetter(letters[i-1]) && unicode.IsLetter(letters[i+1])
		if inside && strings.ContainsRune("?^+~*#_=|<>%$@!", r) {
			return true
		}
	}
	return false
}

// Cased is a name with a capital at the beginning of each word and small letters behind it, which
// is how names are printed: for names in capitals alone, in small letters, and in both.
func Cased(name string) string {
	out := viet.TitleCase(name)
	if out == name || viet.AllCaps(name) {
		return out
	}
	was, now := strings.Fields(name), strings.Fields(out)
	for i := range was {
		if was[i] == "II" || was[i] == "III" {
			now[i] = was[i]
		}
	}
	return strings.Join(now, " ")
}
