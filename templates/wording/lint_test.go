package wording

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// lint compares the catalogue with the Go source under root and returns what is wrong, sorted; none
// means all is well.
//
//   - A call wording.Text("some.key", "name", value …), or of Text of a plan's Words, must name a
//     key that exists and exactly the placeholders of its text.
//   - Every key must be used: in such a call, as a string literal somewhere in code that is not a
//     test, or under a composed prefix.
//   - A prefix is declared by composing in the call, wording.Text("finding."+code+".fix", …), or by
//     a comment line "//wording:composed finding." in the file that composes.
func lint(root string) ([]string, error) {
	u := usage{fset: token.NewFileSet(), literals: map[string]bool{}}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return u.file(name, src)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the source: %w", err)
	}
	for _, key := range Keys() {
		used := u.literals[key] ||
			slices.ContainsFunc(u.prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
		if !used {
			u.problems = append(u.problems, fmt.Sprintf("key %q is never used", key))
		}
	}
	sort.Strings(u.problems)
	return u.problems, nil
}

// usage is what the source says about keys.
type usage struct {
	fset     *token.FileSet
	literals map[string]bool // string literals outside tests and outside this package
	prefixes []string        // declared prefixes of composed keys
	problems []string
}

func (u *usage) file(name string, src []byte) error {
	f, err := parser.ParseFile(u.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if f.Name.Name == "wording" {
		return nil
	}
	test := strings.HasSuffix(name, "_test.go")
	for _, group := range f.Comments {
		for _, c := range group.List {
			if prefix, ok := strings.CutPrefix(c.Text, "//wording:composed "); ok && !test {
				u.prefixes = append(u.prefixes, strings.TrimSpace(prefix))
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := stringLiteral(n); ok && !test {
			u.literals[s] = true
		}
		if call, ok := n.(*ast.CallExpr); ok && isText(call) && len(call.Args) > 0 {
			u.call(call, test)
		}
		return true
	})
	return nil
}

func (u *usage) call(call *ast.CallExpr, test bool) {
	key, ok := stringLiteral(call.Args[0])
	if !ok {
		if prefix, ok := leftmost(call.Args[0]); ok && !test {
			u.prefixes = append(u.prefixes, prefix)
		}
		return
	}
	at := u.fset.Position(call.Pos())
	if !Has(key) {
		u.problems = append(u.problems, fmt.Sprintf("%s: no text for key %q", at, key))
		return
	}
	if call.Ellipsis.IsValid() {
		return // the pairs are not written here
	}
	var given []string
	for i := 1; i < len(call.Args); i += 2 {
		name, ok := stringLiteral(call.Args[i])
		if !ok {
			u.problems = append(u.problems, fmt.Sprintf("%s: the names given to %q must be string literals", at, key))
			return
		}
		given = append(given, name)
	}
	sort.Strings(given)
	if want := Placeholders(key); len(call.Args)%2 == 0 || !slices.Equal(given, want) {
		u.problems = append(u.problems, fmt.Sprintf("%s: %q is given %q, its text asks for %q", at, key, given, want))
	}
}

// isText reports whether a call asks for a text of the catalogue: by whatever holds the words, with
// a key that is written out or begins so.
func isText(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Text" && sel.Sel.Name != "text" || len(call.Args) == 0 {
		return false
	}
	key, ok := leftmost(call.Args[0])
	area, _, dotted := strings.Cut(key, ".")
	return ok && dotted && knownAreas()[area]
}

// knownAreas are the areas of the catalogue.
var knownAreas = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, key := range Keys() {
		area, _, _ := strings.Cut(key, ".")
		out[area] = true
	}
	return out
})

// leftmost returns the literal a concatenation begins with.
func leftmost(e ast.Expr) (string, bool) {
	for {
		sum, ok := e.(*ast.BinaryExpr)
		if !ok {
			s, ok := stringLiteral(e)
			return s, ok && s != ""
		}
		e = sum.X
	}
}

func stringLiteral(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
