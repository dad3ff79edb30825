package thidua

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The stages, upstream first. Imports run one way through them; samples stands beside cmd; docs/gen
// writes the reference pages and stands apart.
var stages = []string{"templates", "ingest", "evaluate", "reports", "cmd"}

// only says which packages may import a library; tests may import any of them.
var only = map[string][]string{
	"github.com/xuri/excelize/v2":    {"templates/xlsx", "reports/sheet", "samples/city"},
	"github.com/go-pdf/fpdf":         {"reports/pdf"},
	"github.com/emersion/go-imap/v2": {"ingest/mailbox", "samples/postoffice"},
	"github.com/jordan-wright/email": {"reports/letter"},
	"github.com/jackc/pgx/v5":        {"ingest/ledger", "ingest/ledger/line"},
	"github.com/robfig/cron/v3":      {"cmd/config"},
}

type pkg struct {
	ImportPath                         string
	Dir                                string
	Imports, TestImports, XTestImports []string
	GoFiles                            []string
}

func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list",
		"-json=ImportPath,Dir,Imports,TestImports,XTestImports,GoFiles"}, args...)...)
	raw, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var out []pkg
	for dec := json.NewDecoder(bytes.NewReader(raw)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
}

// stage returns the first element of a package's path within the module, "" for packages outside
// it.
func stage(importPath string) string {
	rest, ok := strings.CutPrefix(importPath, "thidua/")
	if !ok {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	return first
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range list(t, "./...") {
		from := slices.Index(stages, stage(p.ImportPath))
		for _, imported := range p.Imports {
			to := slices.Index(stages, stage(imported))
			if stage(imported) == "samples" && stage(p.ImportPath) != "samples" && stage(p.ImportPath) != "cmd" {
				t.Errorf("%s imports %s: only cmd and tests may", p.ImportPath, imported)
			}
			if stage(p.ImportPath) == "docs" && stage(imported) != "" && stage(imported) != "templates" {
				t.Errorf("%s imports %s: the reference pages are made of templates alone", p.ImportPath, imported)
			}
			if stage(imported) == "docs" {
				t.Errorf("%s imports %s: nothing imports docs", p.ImportPath, imported)
			}
			if stage(imported) == "cmd" && stage(p.ImportPath) != "cmd" {
				t.Errorf("%s imports %s: only cmd and the tests of samples may", p.ImportPath, imported)
			}
			if from >= 0 && to > from {
				t.Errorf("%s imports %s: %s comes before %s", p.ImportPath, imported, stages[from], stages[to])
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if stage(imported) == "cmd" && stage(p.ImportPath) != "cmd" && stage(p.ImportPath) != "samples" {
				t.Errorf("the tests of %s import %s: only those of cmd and samples may", p.ImportPath, imported)
			}
		}
	}
}

// rooms are the packages below a stage that has many, innermost first. A room imports only rooms
// before it, so that none reaches back up.
var rooms = map[string][]string{
	"reports": {
		"document", "document/documenttest", "sheet", "pdf", "word", // what draws a document
		"style", "alike", "parallel", "round", "ical", "paper", // what all papers have in common
		"award", "council", "office", "", "unitpaper", // papers by whom they serve; "" is their list
		"letter", "post", "prefill", // letters and the workbooks they carry
		"round/roundtest", // years for the tests of all rooms
		"answer", "issue", // what answers a mail, and what is due
		"smtp", "outbox",
	},
	"cmd": {
		"exit", "release", "screen", "files", "vitals", "logs", "pass", "config", "rounds", "setup", "show",
		"service", "demo", "thidua",
	},
}

func TestRoomsRunOneWay(t *testing.T) {
	for of, order := range rooms {
		place := func(importPath string) int {
			return slices.Index(order, strings.TrimPrefix(strings.TrimPrefix(importPath, "thidua/"+of), "/"))
		}
		for _, p := range list(t, "./"+of+"/...") {
			if place(p.ImportPath) < 0 {
				t.Errorf("%s has no place among the rooms of %s", p.ImportPath, of)
			}
			for _, imported := range p.Imports {
				if stage(imported) == of && place(imported) > place(p.ImportPath) {
					t.Errorf("%s imports %s, which comes after it", p.ImportPath, imported)
				}
			}
		}
	}
}

func TestLibrariesStayBehindTheirPackage(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, imported := range p.Imports {
			for library, allowed := range only {
				if imported != library && !strings.HasPrefix(imported, library+"/") {
					continue
				}
				if !slices.Contains(allowed, strings.TrimPrefix(p.ImportPath, "thidua/")) {
					t.Errorf("%s imports %s: only %s may", p.ImportPath, imported, strings.Join(allowed, ", "))
				}
			}
		}
	}
}

// Evaluation is pure: whatever it links, directly or not, must be unable to read mail, a database
// or a workbook file.
func TestEvaluateLinksNoInputAndNoOutput(t *testing.T) {
	forbidden := []string{
		"github.com/xuri/excelize", "database/sql", "modernc.org/sqlite", "github.com/jackc/pgx",
		"github.com/pressly/goose", "net/smtp", "net/http",
		"github.com/emersion", "github.com/jordan-wright/email", "github.com/go-pdf/fpdf", "thidua/ingest/mailbox",
		"thidua/ingest/ledger", "thidua/reports",
	}
	for _, p := range list(t, "-deps", "./evaluate/...") {
		for _, f := range forbidden {
			if p.ImportPath == f || strings.HasPrefix(p.ImportPath, f+"/") {
				t.Errorf("evaluate links %s", p.ImportPath)
			}
		}
	}
}

// Time comes in as a value: the clock is read at one place in the whole program, where main makes
// it.
func TestTheClockIsReadOnce(t *testing.T) {
	var reads []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		for _, at := range clockReads(t, name) {
			reads = append(reads, at.String())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(reads) != 1 || !strings.HasPrefix(filepath.ToSlash(reads[0]), "cmd/thidua/main.go:") {
		t.Errorf("the clock is read at %v; main reads it once, everything else takes the time as a value", reads)
	}
}

// clockReads returns the places in a file that name time.Now, time.Since or time.Until, whatever
// the package time is called there.
func clockReads(t *testing.T, name string) []token.Position {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	local := ""
	for _, i := range f.Imports {
		if p, _ := strconv.Unquote(i.Path.Value); p == "time" {
			local = "time"
			if i.Name != nil {
				local = i.Name.Name
			}
		}
	}
	var out []token.Position
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || local == "" {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == local && slices.Contains([]string{"Now", "Since", "Until"},
			sel.Sel.Name) {
			out = append(out, fset.Position(n.Pos()))
		}
		return true
	})
	return out
}
