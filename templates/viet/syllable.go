package viet

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
)

// LooksTCVN3 reports whether text, in a font that says nothing, has the look of TCVN3: it holds
// words that are no Vietnamese as they stand and become Vietnamese syllables, every one, when
// decoded. It is ground for a remark to the writer, never for decoding silently.
func LooksTCVN3(s string) bool {
	return plausible(TCVN3, s) && hasStrangeWord(s) && gainsSyllables(s, FromTCVN3(s, false))
}

// LooksVNI is LooksTCVN3 for VNI.
func LooksVNI(s string) bool {
	return plausible(VNI, s) && hasStrangeWord(s) && gainsSyllables(s, FromVNI(s))
}

// hasStrangeWord reports whether a text holds a word, of other letters than ASCII, that is no
// Vietnamese as it stands: without one there is nothing to decode.
func hasStrangeWord(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if !PlainASCII(word) && !syllables(word) {
			return true
		}
	}
	return false
}

// gainsSyllables reports that decoding changed at least one word from no syllable into one, and
// left no changed word other than a syllable.
func gainsSyllables(raw, decoded string) bool {
	before, after := strings.Fields(raw), strings.Fields(decoded)
	if len(before) != len(after) {
		return false
	}
	gained := false
	for i := range before {
		if before[i] == after[i] {
			continue
		}
		if !syllables(after[i]) {
			return false
		}
		gained = gained || !syllables(before[i])
	}
	return gained
}

// syllables reports whether every run of letters of a word is a Vietnamese syllable, and there is
// one.
func syllables(word string) bool {
	between := func(r rune) bool { return r < 0x80 && !unicode.IsLetter(r) }
	if word != "" && !strings.ContainsFunc(word, between) {
		return Syllable(word)
	}
	runs := strings.FieldsFunc(word, between)
	for _, run := range runs {
		if !Syllable(run) {
			return false
		}
	}
	return len(runs) > 0
}

var (
	initials = strings.Fields("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x")
	finals   = strings.Fields("c ch m n ng nh p t")
	nuclei   = strings.Fields("a ai ao au ay â âu ây ă e eo ê êu i ia iê iêu iu o oa oai oay oao oă oe oeo oi oo " +
		"ô ôi ơ ơi " +
		"u ua uâ uây uê ui uô uôi uơ uy uya uyê uyu uă ue ưa ưi ươ ươi ươu ưu ư y yê yêu")
)

// Syllable reports whether a word has the shape of one Vietnamese syllable: an initial, vowels that
// go together with at most one tone, and a final. It is about the shape; not every such syllable is
// a word.
func Syllable(word string) bool {
	if is, ok := knownSyllables.Load(word); ok {
		return is.(bool)
	}
	is := isShaped(word)
	if len(word) <= 24 && syllablesLeft.Add(-1) > 0 {
		knownSyllables.Store(strings.Clone(word), is)
	}
	return is
}

// The first words asked about are kept: Vietnamese has some thousands of syllables. What is kept is
// bounded, since strangers choose the words. Without it, a check of 500 workbooks takes 1.46 times
// the processor time.
var (
	knownSyllables sync.Map
	syllablesLeft  atomic.Int64
)

func init() { syllablesLeft.Store(20_000) }

func isShaped(word string) bool {
	tone, from, to, n := 0, -1, -1, 0
	var plain []string
	eachWord(strings.ToLower(word), func(letters []letter) []letter {
		for _, l := range letters {
			s := string(l.base)
			for _, m := range l.shape {
				s += string(m)
			}
			if l.tone != 0 {
				tone++
			}
			plain = append(plain, NFC(s))
			if vowel(l.base) {
				if from < 0 {
					from = n
				}
				to = n + 1
			}
			n++
		}
		return letters
	})
	if from < 0 || tone > 1 {
		return false
	}
	head, middle, tail := strings.Join(plain[:from], ""), strings.Join(plain[from:to], ""), strings.Join(plain[to:], "")
	fits := func(head, middle string) bool {
		return (head == "" || slices.Contains(initials, head)) && slices.Contains(nuclei, middle) &&
			(tail == "" || slices.Contains(finals, tail))
	}
	if fits(head, middle) {
		return true
	}
	// The i of gi and the u of qu belong to the initial.
	if head == "g" && strings.HasPrefix(middle, "i") || head == "q" && strings.HasPrefix(middle, "u") {
		return fits(head, middle[1:])
	}
	return false
}
