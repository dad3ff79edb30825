package reports_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thidua/reports"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round/roundtest"
)

// What poppler reads in every PDF: its title, author and language, its bookmarks, and Vietnamese
// text that can be searched.
func TestEveryPDFSaysWhatItIs(t *testing.T) {
	for _, tool := range []string{"pdfinfo", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not here")
		}
	}
	ask := func(name string, args ...string) string {
		out, err := exec.Command(name, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return string(out)
	}
	dir := t.TempDir()
	sources := roundtest.Normal(t)
	for _, n := range reports.Names() {
		p := make1(t, n.Name, sources)
		if !slices.Contains(p.Formats, paper.PDF) {
			continue
		}
		b, err := p.Render(paper.PDF)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, n.Name+".pdf")
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		info := ask("pdfinfo", file)
		for _, want := range []string{p.Document.Title, p.Document.Author} {
			if want == "" || !strings.Contains(info, want) {
				t.Errorf("%s: pdfinfo does not say %q", n.Name, want)
			}
		}
		if !bytes.Contains(b, []byte("/Lang (vi)")) {
			t.Errorf("%s names no language", n.Name)
		}
		words := ""
		for _, block := range p.Document.Blocks {
			switch x := block.(type) {
			case document.Title:
				words = x.Kind
			case document.Heading:
				words = x.Text
			default:
				continue
			}
			break
		}
		if words == "" {
			continue
		}
		if !bytes.Contains(b, []byte("/Outlines")) {
			t.Errorf("%s has no bookmarks", n.Name)
		}
		squeezed := strings.Join(strings.Fields(ask("pdftotext", file, "-")), " ")
		if !strings.Contains(squeezed, strings.Join(strings.Fields(words), " ")) {
			t.Errorf("%s: %q cannot be found in its text", n.Name, words)
		}
	}
}
