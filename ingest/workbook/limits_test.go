package workbook_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"thidua/ingest/budget"
	"thidua/ingest/workbook"
	"thidua/samples/hostile"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/wording"
)

// Whatever limit the reader names, the sender is told that one.
func TestEveryLimitIsNamedAsItself(t *testing.T) {
	if testing.Short() {
		t.Skip("short: reads every hostile file")
	}
	named := map[string]bool{}
	files, err := filepath.Glob("../ooxml/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 2 {
				reason, ok := call.Args[0].(*ast.Ident)
				detail, lit := call.Args[1].(*ast.BasicLit)
				if ok && lit && reason.Name == "TooBig" {
					budget, _ := strconv.Unquote(detail.Value)
					named[budget] = true
				}
			}
			return true
		})
	}
	if len(named) < 15 {
		t.Fatalf("found only %v", named)
	}
	said := map[string]string{}
	for budget := range named {
		if !wording.Has("mail.limit." + budget) {
			t.Errorf("no words for the limit %q", budget)
			continue
		}
		text := wording.Text("mail.limit."+budget, "n", 1)
		if other, twice := said[text]; twice {
			t.Errorf("%q and %q are both called %q", budget, other, text)
		}
		said[text] = budget
	}
	book, _ := hostile.Named("quoted-cells.xlsx")
	r := workbook.Read(thePlan(t), thePlan(t).Periods[0], "x.xlsx", book.Bytes, "")
	if len(r.Reading.Findings) != 1 || r.Reading.Findings[0].Code != finding.OverLimit ||
		!strings.Contains(r.Reading.Findings[0].Message, "8 MB chữ") {
		t.Errorf("a file with too much text is told %v", r.Reading.Findings)
	}
}

// What a mail has none left of is named, and its next file is not opened.
func TestAFileBeyondItsMailsBudgetIsNotOpened(t *testing.T) {
	p := thePlan(t)
	season, _ := p.AnnualPeriod(2018)
	book := filled(t, templates.RegistrationForm,
		example(t, templates.RegistrationForm, templates.Context(p, season, "")))
	for name, spend := range map[string]func(*budget.Budget){
		"20000 dòng":     func(b *budget.Budget) { b.Rows = 0 },
		"2000 nội dung":  func(b *budget.Budget) { b.Findings = -3 },
		"128 MB sau khi": func(b *budget.Budget) { b.Inflated = 0 },
		"128 MB sau":     func(b *budget.Budget) { b.Inflated = 10_000 },
	} {
		have := budget.New(budget.Default(), nil, nil)
		spend(have)
		got := workbook.ReadWithin(p, season, "x.xlsx", book, "", have).Reading
		if got.Form != nil || len(got.Findings) != 1 || got.Findings[0].Code != finding.OverMail ||
			!strings.Contains(got.Findings[0].Message, name) {
			t.Errorf("%s: %v", name, got.Findings)
		}
	}
	have := budget.New(budget.Default(), nil, nil)
	if got := workbook.ReadWithin(p, season, "x.xlsx", book, "", have).Reading; got.Form == nil ||
		have.Rows >= have.Whole().Rows || have.Inflated > have.Whole().Inflated-50_000 {
		t.Errorf("a form that fits: %v, left %s", got.Findings, fmt.Sprint(have.Limits))
	}
}
