package plausible

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thidua/templates/calendar"
)

func TestYearsStandAlone(t *testing.T) {
	want := regexp.MustCompile(`\b((?:19|20)\d\d)\b`)
	text := rapid.StringOfN(rapid.SampledFrom([]rune("190218a_ /.đ")), 0, 16, -1)
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		var all []int
		for _, m := range want.FindAllString(s, -1) {
			n, _ := strconv.Atoi(m)
			all = append(all, n)
		}
		if got := years(s); !slices.Equal(got, all) {
			t.Errorf("%q: %v, want %v", s, got, all)
		}
		if fullDate.MatchString(s) && !dateLike(s) {
			t.Errorf("%q holds a date", s)
		}
	})
}

// Without what yearLike looks for, the whole way finds no time either.
func TestTextsWithoutAYearAreNotLookedThrough(t *testing.T) {
	pieces := []string{"năm ", "tháng ", "2018", "20", "18", "19", "/", ".", "5", "\u00ad", "\u200b", "\u0301", "\n",
		" ", "²", "①", "ế", "\x00", "٢", "x"}
	from, to := calendar.Date{Year: 2016, Month: 1, Day: 1}, calendar.Date{Year: 2016, Month: 12, Day: 31}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "text"), "")
		if !yearLike(text) && timeOutside(text, from, to) != "" {
			t.Fatalf("%q holds a time", text)
		}
	})
}
