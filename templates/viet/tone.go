package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldTone returns s composed, with every tone mark in its traditional place: "hoà", "thuỷ", "khoẻ"
// and "qúy" become "hòa", "thủy", "khỏe" and "quý". Letters, case and accents stay; words that are
// not Vietnamese syllables stay as they are.
func FoldTone(s string) string { return eachWord(s, moveTone) }

// letter is one letter of a word taken apart.
type letter struct {
	base  rune
	shape []rune // circumflex, breve, horn and whatever else is not a tone
	tone  rune   // combining tone mark, 0 for none
	more  []rune // further tones, which no syllable has
}

// The five tone marks as combining characters: huyền, sắc, ngã, hỏi, nặng.
const tones = "\u0300\u0301\u0303\u0309\u0323"

// eachWord takes every run of letters of s apart, lets change rewrite it, and returns the composed
// whole.
func eachWord(s string, change func([]letter) []letter) string {
	var b strings.Builder
	var word []letter
	flush := func() {
		if len(word) == 0 {
			return
		}
		for _, l := range change(word) {
			b.WriteRune(l.base)
			for _, m := range l.shape {
				b.WriteRune(m)
			}
			if l.tone != 0 {
				b.WriteRune(l.tone)
			}
			for _, m := range l.more {
				b.WriteRune(m)
			}
		}
		word = nil
	}
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) && len(word) > 0:
			switch last := &word[len(word)-1]; {
			case !strings.ContainsRune(tones, r):
				last.shape = append(last.shape, r)
			case last.tone == 0:
				last.tone = r
			default:
				last.more = append(last.more, r)
			}
		case unicode.IsLetter(r):
			word = append(word, letter{base: r})
		default:
			flush()
			b.WriteRune(r)
		}
	}
	flush()
	return norm.NFC.String(b.String())
}

// moveTone puts the one tone mark of a syllable where traditional spelling has it.
func moveTone(word []letter) []letter {
	at := -1
	for i, l := range word {
		if l.tone == 0 {
			continue
		}
		if at >= 0 || len(l.more) > 0 {
			return word // two tones: not one syllable
		}
		at = i
	}
	if at < 0 {
		return word
	}
	from, to := nucleus(word)
	if at < from && from < to && at >= from-1 { // the tone sits on the u of qu or the i of gi
		word[from].tone, word[at].tone = word[at].tone, 0
		at = from
	}
	if at < from || at >= to {
		return word
	}
	if want := tonePlace(word, from, to); want != at {
		word[want].tone, word[at].tone = word[at].tone, 0
	}
	return word
}

// nucleus returns the range of the syllable's vowels, without the u of qu- and the i of gi- when
// another vowel follows.
func nucleus(word []letter) (from, to int) {
	for from < len(word) && !vowel(word[from].base) {
		from++
	}
	to = from
	for to < len(word) && vowel(word[to].base) {
		to++
	}
	if from == 1 && to-from > 1 {
		first, second := unicode.ToLower(word[0].base), unicode.ToLower(word[1].base)
		if (first == 'q' && second == 'u' || first == 'g' && second == 'i') && len(word[1].shape) == 0 {
			from++
		}
	}
	return from, to
}

func vowel(r rune) bool { return strings.ContainsRune("aeiouy", unicode.ToLower(r)) }

// tonePlace chooses the vowel that carries the tone: the last one with a circumflex, breve or horn;
// else the last vowel before a final consonant; else the middle of three, the first of two, the
// only one.
func tonePlace(word []letter, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if len(word[i].shape) > 0 {
			return i
		}
	}
	if to < len(word) {
		return to - 1
	}
	if to-from == 3 {
		return from + 1
	}
	return from
}
