package viet_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"thidua/templates/viet"
)

func TestShownLeavesOutWhatActsOnWhoeverShowsIt(t *testing.T) {
	for was, want := range map[string]string{
		"Nguyễn \x1b]0;pwn\x07\x1b[31mAn\x00": "Nguyễn ]0;pwn[31mAn",
		"đạt\u202ecba\u2066x\u2069":           "đạtcbax",
		"một\r\nhai\tba":                      "một\nhai\tba",
		"c1\u009b31m\u0085x":                  "c131mx",
		"a\u2028b\u2029c\ufeffd\ufffee":       "abcde",
		"\xd0ng k\xfd":                        "ng k",
		"Lê Thị Bích":                         "Lê Thị Bích",
		"𝄞 tag\U000e0041":                     "𝄞 tag",
	} {
		if got := viet.Shown(was); got != want {
			t.Errorf("%q is shown as %q", was, got)
		}
	}
}

func TestQuoteIsShort(t *testing.T) {
	for _, s := range []string{strings.Repeat("ế", 5000), strings.Repeat("\u202e", 5000) + "x",
		strings.Repeat("a b ", 100), strings.Repeat("\xff", 99_999)} {
		q := viet.Quote(s)
		if n := utf8.RuneCountInString(q); n > 200 || !utf8.ValidString(q) {
			t.Errorf("%.20q is quoted in %d characters", s, n)
		}
	}
	for _, s := range []string{"", "ngắn", strings.Repeat("ế", 200)} {
		if q := viet.Quote(s); q != s {
			t.Errorf("%q becomes %q", s, q)
		}
	}
}
