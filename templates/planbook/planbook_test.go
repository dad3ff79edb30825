package planbook

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"thidua/ingest/ooxml"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

func thaiNguyen(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// encoded is a plan's folder as one text, and the hash of that folder.
func encoded(t testing.TB, p *plan.Plan) (text, hash string) {
	t.Helper()
	files, err := plan.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	q, err := plan.Decode(files)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range plan.Files() {
		b.WriteString(name + "\n" + string(files[name]))
	}
	return b.String(), q.Hash
}

func open(t testing.TB, b []byte) *grid.Workbook {
	t.Helper()
	w, err := ooxml.Read(b, ooxml.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWrite_ComesBackWithoutLoss(t *testing.T) {
	p := thaiNguyen(t)
	b, err := Write(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Write(p)
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same plan gives other bytes (%v)", err)
	}
	r := Read(open(t, b))
	if len(r.Problems) > 0 {
		t.Fatalf("%+v", r.Problems)
	}
	want, wantHash := encoded(t, p)
	got, gotHash := encoded(t, r.Plan)
	if diff := cmp.Diff(want, got); diff != "" || wantHash != gotHash || r.Plan.Hash != gotHash {
		t.Errorf("the plan is another (-written +read):\n%s", diff)
	}
	if d := Diff(p, r.Plan); len(d) > 0 {
		t.Errorf("%+v", d)
	}
}

// Every field of a plan must be in the workbook: what a later version adds to the types must not be
// lost on the way.
func TestSheets_HoldEveryFieldOfAPlan(t *testing.T) {
	held := map[string]bool{}
	for _, s := range sheets {
		for _, c := range s.columns {
			held[s.path+"/"+c.key] = true
		}
	}
	var walk func(path, key string, x reflect.Type)
	walk = func(path, key string, x reflect.Type) {
		for i := range x.NumField() {
			f := x.Field(i)
			name := strings.Split(f.Tag.Get("yaml"), ",")[0]
			switch {
			case !f.IsExported() || f.Name == "Hash":
				continue
			case f.Anonymous:
				walk(path, key, f.Type)
				continue
			case name == "" || name == "-":
				name = map[string]string{"Bases": "legal-bases", "ValidFrom": "valid_from", "ValidTo": "valid_to",
					"Members": "members"}[f.Name]
				if name == "" {
					name = strings.ToLower(f.Name)
				}
			}
			at := strings.Trim(key+"."+name, ".")
			y := f.Type
			if y.Kind() == reflect.Pointer {
				y = y.Elem()
			}
			switch {
			case path == "criteria" && name == "of" || path == "clauses" && name == "items":
			case y.Kind() == reflect.Slice && y.Elem().Kind() == reflect.Struct && y.Elem().Name() != "Date":
				sub := at
				switch {
				case name == "levels" || name == "signatures":
					walk(path, "", y.Elem())
					continue
				}
				walk(sub, "", y.Elem())
			case y.Kind() == reflect.Struct && y.Name() == "Calendar": // two lists in one table
			case y.Kind() == reflect.Struct && y.Name() != "Date":
				walk(path, at, y)
			case !held[path+"/"+at]:
				t.Errorf("no column for %s of %q", at, path)
			}
		}
	}
	walk("", "", reflect.TypeFor[plan.Plan]())
}

func TestSheets_HaveTheirWords(t *testing.T) {
	for _, table := range build(thaiNguyen(t)) {
		seen := map[string]bool{}
		if len([]rune(table.Name)) > 31 || table.Intro == "" {
			t.Errorf("sheet %q has no fit name or no words", table.Name)
		}
		for _, c := range table.Columns {
			if strings.Contains(c.Title+c.Help+table.Intro+table.Name, "⟦") || c.Title == "" ||
				seen[strings.ToLower(c.Title)] {
				t.Errorf("%s: column %q: no words, or twice", table.Name, c.Title)
			}
			seen[strings.ToLower(c.Title)] = true
		}
		for _, r := range table.Rows {
			for _, e := range r {
				if strings.Contains(e.Text+e.Hint, "⟦") {
					t.Errorf("%s: %q", table.Name, e.Text)
				}
			}
		}
	}
	for set := range sets {
		seen := map[string]bool{}
		for _, name := range names(set) {
			if strings.ContainsAny(name, ";⟦") || seen[name] {
				t.Errorf("choice %q of %s cannot be told from others", name, set)
			}
			seen[name] = true
		}
	}
}
