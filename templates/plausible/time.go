// Package plausible says of what was read whether it is likely: which times named in a text lie
// outside a round. It answers with what it found; whether that is told, and how, is for the rules
// of the forms.
package plausible

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"thidua/templates/calendar"
	"thidua/templates/viet"
)

var (
	fullDate  = regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b`)
	monthDate = regexp.MustCompile(`thang (\d{1,2})(?:/| nam )((?:19|20)\d\d)\b`)
	namedYear = regexp.MustCompile(`\bnam ((?:19|20)\d\d)\b`) // and no number of files
	cited     = regexp.MustCompile(`\b\d+[a-z]?/(?:\d{4}/)?[\p{L}\d-]+ *(?:ngay)? *$`)
)

// Outside returns the first time named in a text that lies outside a round: a full date or month,
// unless it is the date of a document that is cited; or years of which none is the round's. Years
// beside one of the round's are comparisons.
func Outside(text string, from, to calendar.Date) string {
	if !yearLike(text) {
		return ""
	}
	return timeOutside(text, from, to)
}

// timeOutside is Outside for every text, also one that can hold no time.
func timeOutside(text string, from, to calendar.Date) string {
	s := viet.Bare(text)
	var dates [][]int
	if dateLike(s) {
		dates = fullDate.FindAllStringSubmatchIndex(s, -1)
	}
	for _, m := range dates {
		if d, err := calendar.ParseISO(fmt.Sprintf("%s-%s-%s", s[m[6]:m[7]], pad(s[m[4]:m[5]]),
			pad(s[m[2]:m[3]]))); err == nil && !cited.MatchString(s[:m[0]]) && (d.Before(from) || d.After(to)) {
			return s[m[0]:m[1]]
		}
	}
	for _, m := range allMatches(monthDate, s, "thang ") {
		if d, err := calendar.ParseISO(m[2] + "-" + pad(m[1])); err == nil && (d.Year < from.Year || d.Year > to.Year) {
			return m[0]
		}
	}
	if len(dates) > 0 {
		s = fullDate.ReplaceAllString(s, "")
	}
	for _, n := range years(s) {
		if from.Year <= n && n <= to.Year {
			return ""
		}
	}
	if m := allMatches(namedYear, s, "nam "); m != nil {
		return m[0][1]
	}
	return ""
}

// yearLike reports whether there may be a year in a text, without which there is no time: four
// digits that begin with 19 or 20, or characters that Bare may turn into digits or take out from
// between them, such as ①, ㎡ or an invisible one.
func yearLike(s string) bool {
	run := 0
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			if run++; run >= 4 && (s[i-3:i-1] == "19" || s[i-3:i-1] == "20") {
				return true
			}
			continue
		case r >= 0x2000, r < ' ' && r != '\n', r == 0x7f, r >= 0x80 && !letters[r]:
			return true
		}
		run = 0
	}
	return false
}

// letters are those of the characters that yearLike looks at.
var letters = func() (t [0x2000]bool) {
	for r := range t {
		t[r] = unicode.IsLetter(rune(r))
	}
	return t
}()

// dateLike reports whether there may be a date in figures: a sign between two of them.
func dateLike(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if (s[i] == '/' || s[i] == '.' || s[i] == '-') && digit(s[i-1]) && digit(s[i+1]) {
			return true
		}
	}
	return false
}

// years are the numbers of a text, standing alone, that are a year of this century or the last.
func years(s string) []int {
	word := func(i int) bool {
		return i >= 0 && i < len(s) && (digit(s[i]) || s[i] == '_' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
	}
	var out []int
	for i := 0; i+4 <= len(s); i++ {
		if y := s[i : i+4]; (y[:2] == "19" || y[:2] == "20") && digit(y[2]) && digit(y[3]) && !word(i-1) && !word(i+4) {
			n, _ := strconv.Atoi(y) // four digits
			out = append(out, n)
		}
	}
	return out
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// allMatches finds what an expression matches in a text, all of which holds a certain word.
func allMatches(re *regexp.Regexp, s, word string) [][]string {
	if !strings.Contains(s, word) {
		return nil
	}
	return re.FindAllStringSubmatch(s, -1)
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
