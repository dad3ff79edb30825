package reports_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"thidua/templates/wording"

	"github.com/google/go-cmp/cmp"
)

// An office's own words stand in its papers, and change nothing else of them but the fingerprint.
func TestOwnWordsStandInThePapers(t *testing.T) {
	s := normalYear(t)
	own := *s.Plan
	w, err := own.Words.With("paper.summary.kind", "BÁO CÁO CỦA RIÊNG PHÒNG")
	if err != nil {
		t.Fatal(err)
	}
	own.Words = w
	before := dump(make1(t, "summary", s))
	s.Plan = &own
	after := dump(make1(t, "summary", s))
	want := strings.Replace(before, "Title BÁO CÁO ¦", "Title BÁO CÁO CỦA RIÊNG PHÒNG ¦", 1)
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(after, "\n")); diff != "" {
		t.Error(diff)
	}
}

// A text that an office may replace is never taken from the common catalogue behind its back: the source says so, key by key.
func TestReplaceableTextsComeFromThePlan(t *testing.T) {
	call := regexp.MustCompile(`wording\.Text\("([a-z0-9.-]+)"[,)]`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(src), -1) {
			if wording.Mine(m[1]) {
				t.Errorf("%s takes %q from the catalogue, not from the plan's words", file, m[1])
			}
		}
	}
}

// The tables of the summary are counted without a gap by whatever word an office calls them.
func TestTheSummaryCountsItsTablesByAnOfficesOwnWord(t *testing.T) {
	s := emptyYear(t)
	own := *s.Plan
	s.Plan = &own
	for i, key := range []string{"registration", "index", "dossiers", "awards"} {
		words, err := own.Words.With("paper.summary."+key+".table", fmt.Sprintf("Biểu %d. %s", i+1, key))
		if err != nil {
			t.Fatal(err)
		}
		own.Words = words
	}
	text := strings.Join(make1(t, "summary", s).Document.Texts(), "\n")
	for _, want := range []string{"Biểu 1. registration", "Biểu 2. dossiers", "Biểu 3. awards"} { // nobody stated an index
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}
