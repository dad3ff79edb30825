package xlsx

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMarksOfColumnsAreToldByTheirBeginning(t *testing.T) {
	mark := rapid.StringOfN(rapid.SampledFrom([]rune("(1A9hi=+ )%x-đ")), 0, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		if s := mark.Draw(t, "text"); marksColumn(s) != columnMark.MatchString(s) {
			t.Errorf("%q: %v", s, marksColumn(s))
		}
	})
}
