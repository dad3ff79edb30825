package templates

import (
	"regexp"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
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
