package office_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"thidua/reports/office"
	"thidua/reports/round/roundtest"
)

// An office's own words stand in its papers, and change nothing else of them but the fingerprint.
func TestOwnWordsStandInThePapers(t *testing.T) {
	s := roundtest.Normal(t)
	own := *s.Plan
	w, err := own.Words.With("paper.summary.kind", "BÁO CÁO CỦA RIÊNG PHÒNG")
	if err != nil {
		t.Fatal(err)
	}
	own.Words = w
	before := roundtest.Dump(roundtest.Make(t, office.Summary(), s))
	s.Plan = &own
	after := roundtest.Dump(roundtest.Make(t, office.Summary(), s))
	want := strings.Replace(before, "Title BÁO CÁO ¦", "Title BÁO CÁO CỦA RIÊNG PHÒNG ¦", 1)
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(after, "\n")); diff != "" {
		t.Error(diff)
	}
}

// The tables of the summary are counted without a gap by whatever word an office calls them.
func TestTheSummaryCountsItsTablesByAnOfficesOwnWord(t *testing.T) {
	s := roundtest.Empty(t)
	own := *s.Plan
	s.Plan = &own
	for i, key := range []string{"registration", "index", "dossiers", "awards"} {
		words, err := own.Words.With("paper.summary."+key+".table", fmt.Sprintf("Biểu %d. %s", i+1, key))
		if err != nil {
			t.Fatal(err)
		}
		own.Words = words
	}
	text := roundtest.Text(t, office.Summary(), s)
	// nobody stated an index
	for _, want := range []string{"Biểu 1. registration", "Biểu 2. dossiers", "Biểu 3. awards"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}
