package reports_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/reports"
	"thidua/reports/document"
)

var update = flag.Bool("update", false, "write the recorded papers again")

var scenarios = []struct {
	name  string
	build func(*testing.T) reports.Sources
}{{"normal", normalYear}, {"empty", emptyYear}, {"overfull", overfullYear}}

// dump writes a paper one line a row or paragraph.
func dump(p reports.Paper) string {
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
			for _, row := range table.Resolve() {
				cells := []string{}
				for _, c := range row.Cells {
					cells = append(cells, flat(c.Shown))
				}
				fmt.Fprintf(&b, "  %c %s\n", "-S+=_"[row.Kind], strings.Join(cells, " | "))
			}
			continue
		}
		one := document.Document{Blocks: []document.Block{block}}
		fmt.Fprintf(&b, "%s %s\n", strings.TrimPrefix(fmt.Sprintf("%T", block), "document."), flat(strings.Join(one.Texts(), " ¦ ")))
	}
	for _, line := range p.Document.Footer {
		fmt.Fprintf(&b, "Footer %s\n", line)
	}
	return b.String()
}

func TestPapersReadAsRecorded(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			sources := s.build(t)
			for _, n := range reports.Names() {
				paper, err := reports.Make(n.Name, sources)
				if err != nil {
					t.Fatal(err)
				}
				got := dump(paper)
				if strings.Contains(got, "⟦") {
					t.Errorf("%s has a text without words", n.Name)
				}
				file := filepath.Join("testdata", s.name, n.Name+".txt")
				if *update {
					if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
					continue
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("%s differs from %s; look at it and run with -update:\n%s", n.Name, file, firstDifference(got, string(want)))
				}
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

func TestEveryFormatIsWrittenTheSameTwice(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			for _, n := range reports.Names() {
				first, second := make1(t, n.Name, s.build(t)), make1(t, n.Name, s.build(t))
				for _, f := range first.Formats {
					a, err := first.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					b, err := second.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(a, b) {
						t.Errorf("%s as %s is not the same twice", n.Name, f)
					}
					if dir := os.Getenv("PAPERS_DIR"); dir != "" {
						_ = os.WriteFile(filepath.Join(dir, s.name+"-"+first.Name+"."+string(f)), a, 0o644)
					}
				}
			}
		})
	}
}

func make1(t *testing.T, name string, s reports.Sources) reports.Paper {
	t.Helper()
	p, err := reports.Make(name, s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
