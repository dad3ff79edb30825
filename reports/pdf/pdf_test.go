package pdf

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thidua/reports/document"
	"thidua/reports/document/documenttest"
)

var samples = map[string]document.Document{
	"minutes":      documenttest.Minutes(),
	"summary":      documenttest.Summary(),
	"certificates": documenttest.Certificates(2),
	"mixed":        documenttest.Mixed(),
}

// dump lists what was put on the pages, joining the cells and words of one line.
func dump(marks []mark) string {
	var b strings.Builder
	page, y := 0, -1.0
	for _, m := range marks {
		if m.page != page {
			page = m.page
			fmt.Fprintf(&b, "== page %d", page)
			y = -1
		}
		if m.y != y {
			y = m.y
			fmt.Fprintf(&b, "\n%5.1f %5.1f %2s%g ", m.y, m.x, m.face.style, m.face.size)
		} else {
			b.WriteString(" | ")
		}
		b.WriteString(m.text)
	}
	return strings.ReplaceAll(b.String(), "== page", "\n== page") + "\n"
}

func TestPagesLookAsRecorded(t *testing.T) {
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			_, marks, err := render(doc, true)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name+".txt")
			got := dump(marks)
			documenttest.Golden(t, path, got)
		})
	}
}

func TestEveryTextIsInTheFile(t *testing.T) {
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			out, err := Render(doc)
			if err != nil {
				t.Fatal(err)
			}
			found := squeeze(strings.Join(printed(t, out), ""))
			for _, text := range doc.Texts() {
				if !strings.Contains(found, squeeze(clean(text))) && !scattered(found, clean(text)) {
					t.Errorf("not printed: %q", text)
				}
			}
		})
	}
}

func TestReadersFindTheTextInOrder(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	out, err := Render(documenttest.Minutes())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "minutes.pdf")
	if err := os.WriteFile(path, out, 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := exec.Command(tool, "-raw", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := squeeze(string(read))
	last := -1
	for _, text := range []string{
		document.Country, "BIÊN BẢN", "Căn cứ Luật Thi đua", "I. THỜI GIAN", "Hà Thị Minh Nguyệt", "II. NỘI DUNG",
		"Hồ sơ hợp lệ: 38 hồ sơ",
		"Bảng 1. Thứ tự đề xuất", "Chỉ tiêu theo Kế hoạch: 02 tập thể", "271,75", "CHỦ TỌA", "- Lưu: VT, NV.",
	} {
		at := strings.Index(found, squeeze(text))
		if at <= last {
			t.Errorf("%q stands at %d, after %d", text, at, last)
		}
		last = at
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// scattered says whether every word is printed: the lines of neighbouring cells stand between the
// lines of a cell.
func scattered(in, text string) bool {
	for _, word := range strings.Fields(text) {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}

func TestSameDocumentSameBytes(t *testing.T) {
	documenttest.SameBytes(t, documenttest.Minutes(), Render)
}

func TestEveryRowIsPrintedOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("short: draws large tables")
	}
	rapid.Check(t, func(t *rapid.T) {
		doc, rows := documenttest.Random(t)
		_, marks, err := render(doc, true)
		if err != nil {
			t.Fatal(err)
		}
		// the first column without its header; in a narrow one a key is broken between letters,
		// even over pages
		var keys strings.Builder
		_, height := doc.Orientation.Size()
		for _, m := range marks {
			if m.x == document.MarginLeft+padX && m.face.style == "" {
				keys.WriteString(m.text)
			}
			if m.y < 0 || m.y > height-document.MarginBottom+1 && m.face.size != document.SizePage {
				t.Fatalf("%q stands at %.1f mm, outside the page", m.text, m.y)
			}
		}
		for i := range rows {
			key := documenttest.Key(i)
			if n := strings.Count(keys.String(), key); n != 1 {
				t.Fatalf("row %s is printed %d times", key, n)
			}
		}
	})
}

func TestCleanTextIsPrintable(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"decomposed letters join":      {"hòa", "hòa"},
		"emoji become a box":           {"giải 🏆", "giải □"},
		"ticks are spelled":            {"☑ Đạt ☐ Không", "[x] Đạt [ ] Không"},
		"controls and joiners go":      {"a\x00\u200bb\u00ad", "ab"},
		"tab is a space":               {"a\tb", "a b"},
		"line ends are one kind":       {"a\r\nb\rc", "a\nb\nc"},
		"Vietnamese stays":             {"ĐỘC LẬP – “Tự do”… ₫", "ĐỘC LẬP – “Tự do”… ₫"},
		"broken UTF-8 becomes a box":   {"a\xffb", "a□b"},
		"unknown letters become boxes": {"漢", "□"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clean(c.in); got != c.want {
				t.Errorf("clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
	if !covered()['□'] {
		t.Error("the font lacks the box that stands for unknown letters")
	}
}

func TestCountryNameStandsOnOneLine(t *testing.T) {
	_, marks, err := render(documenttest.Minutes(), true)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range marks {
		if m.text == document.Country {
			return
		}
	}
	t.Error("the country's name is broken over lines")
}

func TestFileCarriesItsProperties(t *testing.T) {
	out, err := Render(documenttest.Minutes())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Title ", "/Author ", "/Subject ", "/Lang (vi)", "/Outlines ",
		"/CreationDate (D:20200205080000)", "/ModDate (D:20200205080000)"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if n := bytes.Count(out, []byte("/FontFile2")); n != 4 {
		t.Errorf("%d faces are embedded, want 4", n)
	}
	out, err = Render(document.Document{Blocks: []document.Block{document.Text("Một kiểu chữ")}})
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(out, []byte("/FontFile2")); n != 1 {
		t.Errorf("%d faces are embedded for one style, want 1", n)
	}
}

func TestBrokenDocumentIsRefused(t *testing.T) {
	_, err := Render(document.Document{Blocks: []document.Block{document.Table{}}})
	if err == nil {
		t.Error("a table without columns was printed")
	}
}

func BenchmarkTable3000Rows(b *testing.B) {
	doc := documenttest.Register(3000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Render(doc); err != nil {
			b.Fatal(err)
		}
	}
}

// A thousand certificates in one file against a file for each: the time of one certificate is
// reported for both.
func BenchmarkCertificates(b *testing.B) {
	run := func(name string, certificates, files int) {
		b.Run(name, func(b *testing.B) {
			doc := documenttest.Certificates(certificates)
			b.ReportAllocs()
			for b.Loop() {
				for range files {
					if _, err := Render(doc); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*certificates*files), "µs/certificate")
		})
	}
	run("1000-in-one-file", 1000, 1)
	run("100-files", 1, 100)
}
