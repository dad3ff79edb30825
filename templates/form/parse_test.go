package form_test

import (
	"testing"

	"thidua/templates/form"
	"thidua/templates/grid"
)

func TestDatesTypedAsText(t *testing.T) {
	field := form.DateField("born", "Ngày sinh", func(v *form.Value) *form.Value { return v })
	for _, c := range []struct {
		name, typed, want string
		findings          int
	}{
		{"as the form asks", "05/03/1980", "1980-03-05", 0},
		{"with hyphens", "15-3-1980", "1980-03-15", 0},
		{"with dots", "15.03.1980", "1980-03-15", 0},
		{"in words", "ngày 5 tháng 3 năm 1980", "1980-03-05", 0},
		{"ISO", "1980-03-05", "1980-03-05", 0},
		{"a year", "năm 1980", "1980", 0},
		{"month and year", "3/1980", "1980-03", 0},
		{"two ways round", "5/3/1980", "1980-03-05", 1},
		{"month first only", "3/15/1980", "", 1},
		{"a day that does not exist", "31/02/1980", "", 1},
		{"two-digit year", "05/03/80", "", 1},
		{"no date", "chưa rõ", "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := field.Parse("CÁ NHÂN", grid.Cell{Row: 10, Col: 4, Kind: grid.Text, Text: c.typed}, false, form.Context{})
			if p.Value.Text != c.want || len(p.Findings) != c.findings {
				t.Errorf("%q: read %q with %d findings, want %q with %d", c.typed, p.Value.Text, len(p.Findings), c.want, c.findings)
			}
		})
	}
}

func TestYesNoAsTyped(t *testing.T) {
	field := form.YesNoField("met", "Đạt chỉ tiêu", func(v *form.Value) *form.Value { return v })
	for typed, want := range map[string]string{"Có": form.Yes, "x": form.Yes, "✓": form.Yes, "Đạt": form.Yes, "-": form.No, "KĐ": form.No, "Không": form.No, "có thể": ""} {
		p := field.Parse("CHỈ TIÊU", grid.Cell{Row: 10, Col: 5, Kind: grid.Text, Text: typed}, false, form.Context{})
		if p.Value.Text != want {
			t.Errorf("%q: read %q, want %q", typed, p.Value.Text, want)
		}
	}
}
