package reader

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarksOfColumnsAreToldByTheirBeginning(t *testing.T) {
	mark := rapid.StringOfN(rapid.SampledFrom([]rune("(1A9hi=+ )%x-đ")), 0, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		if s := mark.Draw(t, "text"); marksColumn(s) != columnMark().MatchString(s) {
			t.Errorf("%q: %v", s, marksColumn(s))
		}
	})
}

func TestColumnNumbersAreWhatStrconvReads(t *testing.T) {
	for _, s := range []string{"", " 12 ", "1.5", "-3", "+4", "1e5", "0x1p-2", "inf", "-Inf", "NaN", "infinity",
		"1_000", "0x_1p0", "12 hồ sơ", "n", "năm", "i", "1,5", ".", "5%", "e5", "2017: x"} {
		_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if got := columnNumber(s); got != (err == nil) {
			t.Errorf("columnNumber(%q) = %v", s, got)
		}
	}
}
