package thidua

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// skeleton is what a page has in every language: its headings by level, rows of tables, points of
// lists, and blocks of code with what stands in them.
func skeleton(t *testing.T, file string) (out []string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	code := false
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
			out = append(out, line)
		case code:
			out = append(out, "code: "+line)
		case strings.HasPrefix(line, "#"):
			level, _, _ := strings.Cut(line, " ")
			out = append(out, "heading "+level)
		case strings.HasPrefix(line, "| `"): // the key or command of a row is the same, its meaning is told
			key, _, _ := strings.Cut(line[len("| `"):], "`")
			out = append(out, "row "+key)
		case strings.HasPrefix(line, "|"):
			out = append(out, "row")
		case strings.HasPrefix(line, "- "):
			out = append(out, "point")
		}
	}
	return out
}

// The operator's manual says the same in both languages: the same headings, tables, points and
// commands in the same order, so that what is added to one is missed in the other.
func TestTheManualIsWholeInBothLanguages(t *testing.T) {
	english, vietnamese := skeleton(t, "docs/operate.md"), skeleton(t, "docs/operate.vi.md")
	if len(english) < 50 {
		t.Fatalf("only %d parts", len(english))
	}
	if diff := cmp.Diff(english, vietnamese); diff != "" {
		t.Errorf("docs/operate.md (-) and docs/operate.vi.md (+):\n%s", diff)
	}
}
