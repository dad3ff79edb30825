package thidua

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// How large a room may become: beyond this a package or a type is several things under one name.
const (
	mostLines   = 3000 // of code in a package; blank lines, comments and tests are not counted
	mostMethods = 40   // of a type
)

// larger are the packages that may have more lines, because each is one thing that does not come
// apart.
var larger = map[string]int{
	"evaluate":      3800,
	"ingest/ledger": 3800,
	"ingest/ooxml":  3800,
}

// room is a package as its files say.
type room struct {
	path    string // within the module
	lines   int
	methods map[string]int
	files   []*ast.File
}

// readRooms reads every package of the module without its tests.
func readRooms(t *testing.T) (*token.FileSet, []room) {
	t.Helper()
	fset := token.NewFileSet()
	var out []room
	for _, p := range list(t, "./...") {
		r := room{path: strings.TrimPrefix(p.ImportPath, "thidua/"), methods: map[string]int{}}
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil,
				parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			r.lines += countLines(fset, f)
			for _, d := range f.Decls {
				if m, ok := d.(*ast.FuncDecl); ok && m.Recv != nil {
					r.methods[nameOfType(m.Recv.List[0].Type)]++
				}
			}
			r.files = append(r.files, f)
		}
		out = append(out, r)
	}
	return fset, out
}

// countLines counts the lines of a file on which there is code.
func countLines(fset *token.FileSet, f *ast.File) int {
	lines := map[int]bool{fset.Position(f.Package).Line: true}
	note := func(from, to token.Pos) {
		for line := fset.Position(from).Line; line <= fset.Position(to).Line; line++ {
			lines[line] = true
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.CommentGroup, *ast.Comment:
			return false
		case *ast.BasicLit: // a text may span lines
			note(n.Pos(), n.End()-1)
		default:
			note(n.Pos(), n.Pos())
			note(n.End()-1, n.End()-1)
		}
		return true
	})
	return len(lines)
}

// nameOfType names a type without its pointer, its parameters and its package.
func nameOfType(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return nameOfType(e.X)
	case *ast.IndexExpr:
		return nameOfType(e.X)
	case *ast.IndexListExpr:
		return nameOfType(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestRoomsAreSmall(t *testing.T) {
	_, rooms := readRooms(t)
	for _, r := range rooms {
		if most := max(mostLines, larger[r.path]); r.lines > most {
			t.Errorf("%s has %d lines of code, more than %d: divide it", r.path, r.lines, most)
		}
		for of, n := range r.methods {
			if n > mostMethods {
				t.Errorf("%s.%s has %d methods, more than %d: it is several things", r.path, of, n, mostMethods)
			}
		}
	}
}

// How wide a line may be, where a tab counts as four columns.
const (
	widestCode    = 120
	widestComment = 100
)

func TestLinesAreNoWiderThanAScreen(t *testing.T) {
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		name, n := filepath.ToSlash(name), 0
		for line := range strings.Lines(string(content)) {
			n++
			line = strings.TrimRight(line, "\n")
			most := widestCode
			if comment := strings.HasPrefix(strings.TrimSpace(line), "//"); comment {
				most = widestComment
			}
			if w := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    ")); w > most {
				t.Errorf("%s:%d has %d columns, more than %d", name, n, w, most)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An object of a type with this comment exists only through the functions that the comment names,
// so that none is ever half made:
//
//	//constructed:by New, Open
//
// They are functions or methods of the type's own package. Elsewhere in the module neither a
// composite literal nor new makes one.
const constructed = "//constructed:by "

// makers are the functions that may make an object, by type.
type makers map[string][]string

// readMakers collects the comments of all types.
func readMakers(t *testing.T, rooms []room) makers {
	t.Helper()
	out := makers{}
	for _, r := range rooms {
		functions := map[string]bool{}
		for _, f := range r.files {
			for _, d := range f.Decls {
				if d, ok := d.(*ast.FuncDecl); ok {
					functions[d.Name.Name] = true
				}
			}
		}
		for _, f := range r.files {
			for of, names := range makersIn(f) {
				out[r.path+"."+of] = names
				for _, name := range names {
					if !functions[name] {
						t.Errorf("%s.%s is said to be made by %s, which is no function of its package", r.path, of,
							name)
					}
				}
			}
		}
	}
	return out
}

func makersIn(f *ast.File) map[string][]string {
	out := map[string][]string{}
	for _, d := range f.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.TYPE || d.Doc == nil {
			continue
		}
		for _, c := range d.Doc.List {
			if names, ok := strings.CutPrefix(c.Text, constructed); ok {
				for _, spec := range d.Specs {
					out[spec.(*ast.TypeSpec).Name.Name] = strings.Split(names, ", ")
				}
			}
		}
	}
	return out
}

func TestNothingIsHalfMade(t *testing.T) {
	fset, rooms := readRooms(t)
	made := readMakers(t, rooms)
	if len(made) < 10 {
		t.Fatalf("only %d types say who makes them: %v", len(made), slices.Sorted(maps.Keys(made)))
	}
	for _, r := range rooms {
		for _, f := range r.files {
			for _, d := range f.Decls {
				maker := ""
				if d, ok := d.(*ast.FuncDecl); ok {
					maker = d.Name.Name
				}
				for at, of := range creations(f, d, r.path) {
					names, ruled := made[of]
					ours := strings.HasPrefix(of, r.path+".")
					if ruled && !(ours && slices.Contains(names, maker)) {
						t.Errorf("%s: %s is made by %s alone", fset.Position(at), of, strings.Join(names, ", "))
					}
				}
			}
		}
	}
}

// creations are the places in a declaration that make an object of a named type, T{…} or new(T),
// with the type under the path of its package within the module.
func creations(f *ast.File, d ast.Decl, own string) map[token.Pos]string {
	out := map[token.Pos]string{}
	add := func(at token.Pos, e ast.Expr) {
		switch e := e.(type) {
		case *ast.Ident:
			out[at] = own + "." + e.Name
		case *ast.SelectorExpr:
			if x, ok := e.X.(*ast.Ident); ok {
				out[at] = importedAs(f, x.Name) + "." + e.Sel.Name
			}
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if made, ok := n.X.(*ast.CompositeLit); ok && n.Op == token.AND {
				add(made.Pos(), made.Type)
			}
		case *ast.CompositeLit:
			if len(n.Elts) > 0 { // T{} is the zero value that goes with an error
				add(n.Pos(), n.Type)
			}
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.Ident); ok && called.Name == "new" && len(n.Args) == 1 {
				add(n.Pos(), n.Args[0])
			}
		}
		return true
	})
	return out
}

// importedAs is the path within the module of the package that a file calls so.
func importedAs(f *ast.File, name string) string {
	for _, i := range f.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		local := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			local = i.Name.Name
		}
		if local == name {
			return strings.TrimPrefix(path, "thidua/")
		}
	}
	return name
}
