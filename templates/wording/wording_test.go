package wording

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheCatalogueAndTheSourceAgree(t *testing.T) {
	problems, err := lint("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name, key string
		pairs     []any
		want      string
	}{
		{"a plain text", "finding.level.must", nil, "Bắt buộc"},
		{"placeholders", "finding.where.cell", []any{"cell", "D7", "sheet", "CÁ NHÂN"}, "Trang “CÁ NHÂN”, ô D7"},
		{"a value that looks like a placeholder", "finding.where.sheet", []any{"sheet", "{sheet}"}, "Trang “{sheet}”"},
		{"an unused pair", "finding.where.file", []any{"x", 1}, "Toàn bộ tệp"},
		{"a missing value", "finding.where.cell", []any{"cell", "D7"}, "⟦finding.where.cell⟧"},
		{"an unknown key", "finding.nothing", nil, "⟦finding.nothing⟧"},
		{"an odd pair", "finding.where.sheet", []any{"sheet"}, "⟦finding.where.sheet⟧"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.key, c.pairs...); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string][]string{"": nil, "a {b} {a} {b}": {"a", "b"}, "{} { x } {é} {": nil,
		"{{a}}": {"a"}} {
		if got := placeholders(text); !slices.Equal(got, want) {
			t.Errorf("placeholders(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for _, c := range []struct {
		name string
		fs   fstest.MapFS
		want string
	}{
		{"a key twice in one file", fstest.MapFS{"vi/mail.yaml": file("mail.a: x\nmail.a: y\n")},
			`vi/mail.yaml:2: key "mail.a" is already at vi/mail.yaml:1`},
		{"a key of another area", fstest.MapFS{"vi/mail.yaml": file("form.a: x\n")},
			`vi/mail.yaml:1: key "form.a" must begin with "mail."`},
		{"a nested map", fstest.MapFS{"vi/mail.yaml": file("mail.a:\n  b: x\n")}, "must be a string"},
		{"a number", fstest.MapFS{"vi/mail.yaml": file("mail.a: 12\n")}, "must be a string"},
		{"an empty text", fstest.MapFS{"vi/mail.yaml": file(`mail.a: ""`)}, "must be a string"},
		{"a list", fstest.MapFS{"vi/mail.yaml": file("- x\n")}, "want a flat map"},
		{"a second document", fstest.MapFS{"vi/mail.yaml": file("mail.a: x\n---\nmail.b: y\n")}, "second document"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := load(c.fs); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want %q", err, c.want)
			}
		})
	}
	if texts, err := load(fstest.MapFS{"vi/mail.yaml": file("# nothing yet\n")}); err != nil || len(texts) != 0 {
		t.Errorf("an area without texts: %v, %v", texts, err)
	}
}

func TestLintFindsWhatIsWrongInSource(t *testing.T) {
	dir := t.TempDir()
	src := `package x
//wording:composed finding.
func f() {
	wording.Text("finding.where.sheet", "sheet", 1)
	wording.Text("finding.nothing")
	wording.Text("finding.where.sheet")
	wording.Text("finding.where.sheet", "sheet", 1, "more", 2)
	wording.Text("finding.where.sheet", name, 1)
	wording.Text("finding." + x)
	wording.Text("finding.where.sheet", pairs...)
}
`
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	problems, err := lint(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		if strings.Contains(p, "x.go") {
			got = append(got, strings.Split(p, "x.go:")[1])
		}
	}
	want := []string{
		`5:2: no text for key "finding.nothing"`,
		`6:2: "finding.where.sheet" is given [], its text asks for ["sheet"]`,
		`7:2: "finding.where.sheet" is given ["more" "sheet"], its text asks for ["sheet"]`,
		`8:2: the names given to "finding.where.sheet" must be string literals`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
