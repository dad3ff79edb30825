package templates_test

import (
	"fmt"
	"testing"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

// The example printed beside a field must be what the field accepts, without even a repair beyond
// the spelling of dates and numbers: a form that refuses its own example is a form nobody can fill
// in.
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
					read := x.Parse("TRANG", grid.Cell{Row: 10, Col: 2, Kind: grid.Text, Text: ctx.Example(x)}, false,
						ctx)
					if finding.Worst(read.Findings) == finding.Must || finding.Worst(read.Findings) == finding.Should ||
						!read.Value.Given() {
						t.Errorf("%s refuses its example %q: %v", name, ctx.Example(x), read.Findings)
					}
					if x.Type == form.Choice && read.Value.Text != ctx.Example(x) {
						t.Errorf("%s: the example %q is not in the list, it is read as %q", name, ctx.Example(x),
							read.Value.Text)
					}
				}
			}
		}
	}
}

func TestDeclarationsAreSound(t *testing.T) {
	for _, f := range templates.Forms() {
		for _, err := range lint(f) {
			t.Error(err)
		}
	}
}

// lint reports every mistake in a declaration: doubled keys, choices without a list, limits that
// contradict each other, examples that the field itself would refuse are tested elsewhere with a
// real list.
func lint(f *form.Form) []error {
	var out []error
	blocks := map[string]bool{}
	for i := range f.Sheets {
		s := &f.Sheets[i]
		if n := len([]rune(s.Name)); n == 0 || n > 31 {
			out = append(out, fmt.Errorf("form %s: sheet name %q must have 1 to 31 characters", f.ID, s.Name))
		}
		for j := range s.Blocks {
			b := &s.Blocks[j]
			if blocks[b.Key] {
				out = append(out, fmt.Errorf("form %s: block %s declared twice", f.ID, b.Key))
			}
			blocks[b.Key] = true
			keys, titles := map[string]bool{}, map[string]bool{}
			for _, x := range b.Fields {
				where := fmt.Sprintf("form %s: %s.%s", f.ID, b.Key, x.Key)
				if keys[x.Key] || titles[x.Title] {
					out = append(out, fmt.Errorf("%s: key or title declared twice", where))
				}
				keys[x.Key], titles[x.Title] = true, true
				if (x.Type == form.Choice) != (x.List != "" || len(x.Values) > 0) {
					out = append(out, fmt.Errorf("%s: a list belongs to a choice and to nothing else", where))
				}
				if x.Min != nil && x.Max != nil && *x.Min > *x.Max {
					out = append(out, fmt.Errorf("%s: min above max", where))
				}
				if x.Help == "" {
					out = append(out, fmt.Errorf("%s: no help text", where))
				}
			}
		}
	}
	return out
}
