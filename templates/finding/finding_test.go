package finding

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"thidua/templates/wording"
)

func TestCatalogue(t *testing.T) {
	seen := map[Code]bool{}
	last := Code("")
	for _, e := range Catalogue() {
		t.Run(string(e.Code), func(t *testing.T) {
			if !regexp.MustCompile(`^F[1-5]\d\d$`).MatchString(string(e.Code)) {
				t.Error("the code is not F and three digits")
			}
			if seen[e.Code] || e.Code <= last {
				t.Error("codes must be unique and ascending")
			}
			if e.Level.weight() < 0 || strings.Contains(e.Level.Title(), "⟦") {
				t.Errorf("level %q", e.Level)
			}
			if strings.Contains(e.Ground.Title(), "⟦") {
				t.Errorf("ground %q", e.Ground)
			}
			for _, part := range []string{"message", "fix"} {
				if !wording.Has(key(e.Code, part)) {
					t.Errorf("no text for %s", part)
				}
			}
			pairs := []any{}
			for _, name := range needs(e.Code) {
				pairs = append(pairs, name, "‹"+name+"›")
			}
			f := New(e.Code, At{"CÁ NHÂN", "D7"}, pairs...)
			for _, name := range needs(e.Code) {
				if !strings.Contains(f.Message+f.Fix, "‹"+name+"›") {
					t.Errorf("%q is asked for and not said", name)
				}
			}
			if strings.ContainsAny(f.Message+f.Fix, "⟦{…") || f.Level != e.Level || f.Ground != e.Ground ||
				f.Clause != e.Clause {
				t.Errorf("unfinished: %+v", f)
			}
		})
		seen[e.Code], last = true, e.Code
	}
	for _, k := range wording.Keys() {
		if m := regexp.MustCompile(`^finding\.(F\d+)\.(message|fix|example)$`).FindStringSubmatch(k); m != nil &&
			!seen[Code(m[1])] {
			t.Errorf("text %s belongs to no code", k)
		}
	}
}

func TestNew(t *testing.T) {
	f := New(BadDate, At{"CÁ NHÂN", "E9"}, "field", "Ngày sinh", "read", "31/02/1980")
	want := Finding{
		Code: "F204", Level: Must, Sheet: "CÁ NHÂN", Cell: "E9", Field: "Ngày sinh", Read: "31/02/1980",
		Clause: "III.3", Ground: Incomplete,
		Message: "“Ngày sinh” ghi “31/02/1980”, không đọc được thành ngày.",
		Fix:     "Đề nghị ghi theo thứ tự ngày/tháng/năm, năm đủ bốn chữ số. Ví dụ: 05/3/2018.",
	}
	if f != want {
		t.Errorf("got %+v\nwant %+v", f, want)
	}
	if got := f.Where(); got != "Trang “CÁ NHÂN”, ô E9" {
		t.Errorf("where: %q", got)
	}
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"code", "level", "sheet", "cell", "message", "clause", "ground"} {
		if !strings.Contains(string(raw), `"`+name+`":`) {
			t.Errorf("JSON has no %s: %s", name, raw)
		}
	}
}

func TestNew_OwnExampleClauseAndSuggestion(t *testing.T) {
	f := New(UnknownUnit, At{}, "read", "Tân Thinhh", "suggest", "UBND phường Tân Thịnh", "example",
		"UBND xã Tân Cương", "clause", "II.1")
	if want := "Có phải ý đơn vị là “UBND phường Tân Thịnh”? Đề nghị ghi đúng tên đơn vị theo danh sách của Kế " +
		"hoạch. Ví dụ: UBND xã Tân Cương."; f.Fix != want {
		t.Errorf("got %q", f.Fix)
	}
	if f.Where() != "Toàn bộ tệp" || (Finding{Sheet: "A"}).Where() != "Trang “A”" {
		t.Error("where is wrong")
	}
}

func TestNew_WhatIsNotGivenShowsAsAnEllipsis(t *testing.T) {
	if f := New(OutOfRange, At{}, "field", "Tuổi", "read", 200, "want",
		""); f.Message != "“Tuổi” ghi “200”, ngoài giới hạn cho phép (…)." {
		t.Errorf("got %q", f.Message)
	}
	if f := New("F999", At{}); f.Level != Must {
		t.Errorf("an unknown code weighs %q", f.Level)
	}
}

func TestWorst(t *testing.T) {
	must, should, info := Finding{Level: Must}, Finding{Level: Should}, Finding{Level: Info}
	if Worst([]Finding{info, should, must}) != Must || Worst([]Finding{info, should}) != Should || Worst(nil) != "" {
		t.Error("Worst is wrong")
	}
}

// Every finding made in the source with its values written out must give what the text of its code
// asks for.
func TestCallersGiveWhatTheTextsAskFor(t *testing.T) {
	codes := constants(t)
	calls := 0
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || call.Ellipsis.IsValid() || len(call.Args) < 2 || selector(call.Fun) != "finding.New" {
				return true
			}
			code, ok := codes[strings.TrimPrefix(selector(call.Args[0]), "finding.")]
			if !ok {
				return true // chosen at run time
			}
			calls++
			var given []string
			for i := 2; i < len(call.Args); i += 2 {
				if lit, ok := call.Args[i].(*ast.BasicLit); ok {
					if s, err := strconv.Unquote(lit.Value); err == nil {
						given = append(given, s)
					}
				}
			}
			for _, need := range needs(code) {
				if !slices.Contains(given, need) {
					t.Errorf("%s: %s asks for %q, given are %q", fset.Position(call.Pos()), code, need, given)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls == 0 {
		t.Error("no caller was found: the test sees nothing")
	}
}

// constants returns the codes by the names of their constants.
func constants(t *testing.T) map[string]Code {
	f, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]Code{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
			codes[spec.Names[0].Name] = Code(strings.Trim(lit.Value, `"`))
		}
		return true
	})
	for name, code := range codes {
		if _, ok := Lookup(code); !ok {
			t.Errorf("%s %s is not in the catalogue", name, code)
		}
	}
	return codes
}

func selector(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok {
			return x.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// needs returns the names of the values the texts of a code ask for, sorted.
func needs(code Code) []string {
	names := append(wording.Placeholders(key(code, "message")), wording.Placeholders(key(code, "fix"))...)
	slices.Sort(names)
	return slices.Compact(names)
}
