package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// test is a test function with the texts written in it.
type test struct {
	pkg, name string
	texts     []string
}

// findTests returns the test functions of the folders that hold the plan and judge by it, by file
// and place.
func findTests(root string) ([]test, error) {
	var out []test
	for _, dir := range []string{"templates", "evaluate", "reports"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			for _, decl := range f.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Test") {
					out = append(out, test{path.Dir(filepath.ToSlash(rel)), fn.Name.Name, texts(fn)})
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading the tests: %w", err)
		}
	}
	return out, nil
}

func texts(fn *ast.FuncDecl) []string {
	var out []string
	ast.Inspect(fn, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, s)
			}
		}
		return true
	})
	return out
}

// holding returns the tests of a clause or of one of its items, each once: those named after it
// (TestIII_2_1_Item4…) and the cases of others that begin with it ("III.2.1 item 4: …").
func holding(tests []test, clause string) []string {
	named := "Test" + strings.NewReplacer(".", "_", " item ", "_Item").Replace(clause)
	var out []string
	for _, t := range tests {
		name := t.pkg + "." + t.name
		if rest, ok := strings.CutPrefix(t.name, named); ok && (rest == "" || rest[0] == '_') {
			out = append(out, "`"+name+"`")
		}
		for _, s := range t.texts {
			if rest, ok := strings.CutPrefix(s, clause); ok && len(rest) > 1 && (rest[0] == ' ' || rest[0] == ':') {
				out = append(out, "`"+name+"`: “"+strings.TrimSpace(strings.TrimLeft(rest, " :"))+"”")
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
