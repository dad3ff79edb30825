package templates_test

import (
	"testing"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

// The example printed beside a field must be what the field accepts, without even a repair beyond the spelling of dates and numbers: a form
// that refuses its own example is a form nobody can fill in.
func TestEveryFieldTakesItsOwnExample(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, period := range p.Periods {
		ctx := templates.Context(p, period, "05452")
		for _, f := range templates.Forms() {
			for _, b := range f.Blocks() {
				for _, x := range b.Fields {
					name := period.ID + "/" + f.ID + "/" + b.Key + "." + x.Key
					if x.Example == "" {
						t.Errorf("%s has no example", name)
						continue
					}
					read := x.Parse("TRANG", grid.Cell{Row: 10, Col: 2, Kind: grid.Text, Text: ctx.Example(x)}, false, ctx)
					if finding.Worst(read.Findings) == finding.Must || finding.Worst(read.Findings) == finding.Should || !read.Value.Given() {
						t.Errorf("%s refuses its example %q: %v", name, ctx.Example(x), read.Findings)
					}
					if x.Type == form.Choice && read.Value.Text != ctx.Example(x) {
						t.Errorf("%s: the example %q is not in the list, it is read as %q", name, ctx.Example(x), read.Value.Text)
					}
				}
			}
		}
	}
}

func TestDeclarationsAreSound(t *testing.T) {
	for _, f := range templates.Forms() {
		for _, err := range f.Lint() {
			t.Error(err)
		}
	}
}
