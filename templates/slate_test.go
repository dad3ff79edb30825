package templates

import (
	"reflect"
	"testing"

	"thidua/templates/form"
)

// Whatever the kind of dossier, its lines are read cell by cell from the columns of that name, and
// no cell is nil: a reader need not ask which kind it has (Plan III.3).
func TestEveryKindOfDossierReadsAsOneSlate(t *testing.T) {
	otherwise := map[string]map[string]string{AdHocForm.ID: {"Summary": "achievement", "Achieved": "date"}}
	columns := map[string]string{
		"Name": "name", "Award": "award", "Summary": "summary", "Note": "note", "Size": "size", "Party": "party",
		"Title": "title", "Born": "born",
		"Sex": "sex", "Position": "position", "Department": "department", "Role": "role", "Grade": "grade",
		"IndexScore": "indexscore",
		"IndexBand":  "indexband", "Initiative": "initiative", "Discipline": "discipline",
	}
	for _, f := range []*form.Form{DossierForm, StageForm, AdHocForm} {
		value := f.New()
		asked := map[string]map[string]bool{}
		for _, key := range []string{"collectives", "individuals"} {
			asked[key] = map[string]bool{}
			for _, b := range f.Blocks() {
				if b.Key != key {
					continue
				}
				record := b.Append(value)
				for _, x := range b.Fields {
					*x.At(record), asked[key][x.Key] = form.Of(x.Key), true
				}
			}
		}
		s, ok := SlateOf(value)
		if !ok || len(s.Nominations) != 2 {
			t.Fatalf("%s: read as %d lines, a dossier: %v", f.ID, len(s.Nominations), ok)
		}
		for _, n := range s.Nominations {
			block := listedIn[n.Kind]
			cells := reflect.ValueOf(n)
			for i := range cells.NumField() {
				cell, is := cells.Field(i).Interface().(*form.Value)
				if !is {
					continue
				}
				name := cells.Type().Field(i).Name
				want := columns[name]
				if key := otherwise[f.ID][name]; key != "" {
					want = key
				}
				if !asked[block][want] {
					want = ""
				}
				if cell == nil || cell.Text != want {
					t.Errorf("%s, %s: %s is %+v, want the cell of column %q", f.ID, block, name, cell, want)
				}
			}
		}
	}
	if s, ok := SlateOf(RegistrationForm.New()); ok || s.Has("list") {
		t.Errorf("a registration reads as a dossier: %+v", s)
	}
}
