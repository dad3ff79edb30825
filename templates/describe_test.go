package templates_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What the forms of a plan say and ask for, to the last text and limit. A change here is a change
// of what units are asked, and wants a new version of the form.
func TestFormsAreDescribedAsBefore(t *testing.T) {
	for _, id := range plan.EmbeddedIDs() {
		dir, _ := plan.Embedded(id)
		p, err := plan.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		for _, per := range p.Periods[:1] {
			var all []form.Description
			for _, f := range templates.Used(p) {
				all = append(all, f.Describe(templates.Context(p, per, "")))
			}
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(all); err != nil {
				t.Fatal(err)
			}
		}
		golden := filepath.Join("testdata", "described", id+".json")
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			line := 0
			gots, wants := bytes.Split(got.Bytes(), []byte("\n")), bytes.Split(want, []byte("\n"))
			for line < min(len(gots), len(wants))-1 && bytes.Equal(gots[line], wants[line]) {
				line++
			}
			t.Errorf("%s:%d: %s, want %s", golden, line+1, bytes.TrimSpace(gots[line]), bytes.TrimSpace(wants[line]))
		}
	}
}
