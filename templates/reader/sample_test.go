package reader_test

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/xlsx"
)

// The example under the headers is nobody: not in a blank form, not when the plan's words of its
// choices have changed, not when a column was inserted before it. What is written over it is
// somebody.
func TestTheExampleIsNobodyUntilItIsWrittenOver(t *testing.T) {
	_, ctx := world(t)
	for _, f := range templates.Forms() {
		b, err := xlsx.Write(f, heading, ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := read(t, f, ctx, b); r.Rows.Read != 0 {
			t.Errorf("%s: a blank form has rows %+v", f.ID, r.Rows)
		}
		for _, s := range f.Sheets {
			for _, at := range s.Layout(nil) {
				if at.Block.Kind != form.TableBlock {
					continue
				}
				over := changed(t, b, func(x *excelize.File) error {
					for j, field := range at.Block.Fields {
						if field.Key == "name" || j == 0 && field.Type == form.Text {
							if err := x.SetCellStr(s.Name, grid.Ref(form.FirstColumn+j, at.Sample),
								"Người Thật Nào Đó"); err != nil {
								return err
							}
						}
					}
					return nil
				})
				r := read(t, f, ctx, over)
				if wrote := finding.Has(r.Findings, finding.OverSample); wrote != (at.Block.Len(r.Value) == 1) {
					t.Errorf("%s.%s: told %v, rows %d", f.ID, at.Block.Key, wrote, at.Block.Len(r.Value))
				}
			}
		}
	}
}

// More than anybody can act on is cut and said.
func TestTooMuchIsSaid(t *testing.T) {
	_, ctx := world(t)
	v := &templates.Registration{}
	for range 2_010 {
		v.Individuals = append(v.Individuals, templates.RegisteredPerson{Department: form.Of("Bộ phận một cửa")})
	}
	b, err := xlsx.Write(templates.RegistrationForm, heading, ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, templates.RegistrationForm, ctx, b)
	for _, code := range []finding.Code{finding.TooManyRows, finding.MoreFindings} {
		if !finding.Has(r.Findings, code) {
			t.Errorf("nothing says %s", code)
		}
	}
}

// A number where a name belongs names nobody.
func TestANumberIsNoName(t *testing.T) {
	_, ctx := world(t)
	f := templates.RegistrationForm
	b, err := xlsx.Write(f, heading, ctx,
		&templates.Registration{Individuals: []templates.RegisteredPerson{{Name: form.Of("123"),
			Position: form.Of("Chuyên viên")}}})
	if err != nil {
		t.Fatal(err)
	}
	if r := read(t, f, ctx, b); !finding.Has(r.Findings, finding.NoName) {
		t.Errorf("nothing asks who is meant: %+v", r.Findings)
	}
}
