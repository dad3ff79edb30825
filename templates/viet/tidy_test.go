package viet

import (
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// odd are the characters that ways around the full treatment could get wrong.
var odd = []string{"a", "Đ", "đ", "Ð", "ð", "ễ", "e\u0302", "\u0303", "ư", "Ữ", " ", "  ", "\n", "\u00a0", "\u200b",
	"\u00ad", "\ufeff", "\u3000", "¨", "½", "ﬁ", "✓", "\xff", "\u0000", "ó", "ß", "K", "ŀ", "\u0e33", "한", "ᄀ", "ᅡ",
	"x", "5", "/", "-", "(", "\u2028", "\U0001f600", "\u0130", "à", "ǰ", "\u0344", "ö", "ñ"}

func oddText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(odd), 0, 8).Draw(t, "text"), "")
}

func TestShortWaysGiveWhatTheLongOnesGive(t *testing.T) {
	for r := rune(1); r < 0x3000; r++ {
		for _, s := range []string{string(r), "a " + string(r) + " a", "e" + string(r), " " + string(r)} {
			sameWays(t.Errorf, s)
		}
	}
	rapid.Check(t, func(t *rapid.T) { sameWays(t.Errorf, oddText(t)) })
}

// shinglesAny is ShinglesOf by the book.
func shinglesAny(s string) Shingles {
	words := strings.Fields(Fold(s))
	var out Shingles
	for i := 0; i+3 <= len(words); i++ {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(words[i:i+3], " ")))
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func sameWays(wrong func(string, ...any), s string) {
	if got, want := Bare(s), bareAny(s); got != want {
		wrong("Bare(%q) = %q, want %q", s, got, want)
	}
	if got, want := NFC(s), nfcAny(s); got != want {
		wrong("NFC(%q) = %q, want %q", s, got, want)
	}
	if got, want := FixEth(s), eth.Replace(s); got != want {
		wrong("FixEth(%q) = %q, want %q", s, got, want)
	}
	if got, want := CleanSpaces(s), cleanAny(s); got != want {
		wrong("CleanSpaces(%q) = %q, want %q", s, got, want)
	}
	if Plain(s) && (!Tidy(s) || LooksTCVN3(s) || LooksVNI(s)) {
		wrong("Plain(%q) although it is not", s)
	}
	if got, want := string(AppendFold([]byte("x "), s)), "x "+foldAny(s); got != want {
		wrong("AppendFold(%q) = %q, want %q", s, got, want)
	}
	if got, want := ShinglesOf(s), shinglesAny(s); !slices.Equal(got, want) {
		wrong("ShinglesOf(%q) = %v, want %v", s, got, want)
	}
	if got, want := Blank(s), cleanAny(s) == ""; got != want {
		wrong("Blank(%q) = %v", s, got)
	}
	if Tidy(s) && (nfcAny(s) != s || cleanAny(s) != s || eth.Replace(s) != s) {
		wrong("%q is said to be tidy", s)
	}
}
