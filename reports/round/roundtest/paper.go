package roundtest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
)

// Make makes a paper, which must not fail.
func Make(t testing.TB, r paper.Recipe, s round.Sources) paper.Paper {
	t.Helper()
	p, err := r.Make(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Text is all that a paper prints, a line for each text.
func Text(t testing.TB, r paper.Recipe, s round.Sources) string {
	t.Helper()
	return strings.Join(Make(t, r, s).Document.Texts(), "\n")
}

// Dump writes a paper one line a row or paragraph, as goldens keep it; hashes are masked.
func Dump(p paper.Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | %s | %v\n", p.Title, p.File, p.Audience, p.Formats)
	flat := func(s string) string { return strings.ReplaceAll(s, "\n", " ⏎ ") }
	for _, block := range p.Document.Blocks {
		if table, ok := block.(document.Table); ok {
			titles := []string{}
			for _, c := range table.Columns {
				titles = append(titles, strings.TrimPrefix(c.Group+"/"+c.Title, "/"))
			}
			fmt.Fprintf(&b, "Table %s\n  # %s\n", table.Caption, strings.Join(titles, " | "))
			for _, row := range table.Placed() {
				cells := []string{}
				for _, c := range row.Cells {
					cells = append(cells, flat(c.Shown))
				}
				fmt.Fprintf(&b, "  %c %s\n", "-S+=_"[row.Kind], strings.Join(cells, " | "))
			}
			continue
		}
		one := document.Document{Blocks: []document.Block{block}}
		fmt.Fprintf(&b, "%s %s\n", strings.TrimPrefix(fmt.Sprintf("%T", block), "document."),
			flat(strings.Join(one.Texts(), " ¦ ")))
	}
	for _, line := range p.Document.Footer {
		fmt.Fprintf(&b, "Footer %s\n", line)
	}
	return hashes.ReplaceAllString(b.String(), "<mã băm>")
}

// hashes change with every line of the plan's folder; that papers carry the right ones is for
// TestFingerprintFollowsTheSources to say.
var hashes = regexp.MustCompile(`\b[0-9a-f]{12}\b`)
