package form_test

import (
	"math"
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// FuzzParse reads any text as a field of every type. What was read is canonical: reading it again
// gives the same; what could not be read is bad, says so once at least, and leaves no value.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"85,5", "1.490.000", "86,5/100", "-3", "05/03/1980", "5/3/1980",
		"ngày 5 tháng 3 năm 1980", "1980", "năm 2018", "Có", "✓", "Bà TRẦN THỊ BÌNH",
		"TrÇn ThÞ B×nh", "Trần", "\u00a0", "31/02/2018", "1e308", "0x10", "９", "1_000", "+5", "٣"} {
		f.Add(s, 43164.5, false)
	}
	at := func(v *form.Value) *form.Value { return v }
	fields := []form.Field{
		form.TextField("text", "Chữ", at), form.TextField("person", "Họ và tên", at, form.Person(), form.Limit(100)),
		form.IntField("int", "Số", at), form.NumberField("number", "Số đo", at),
		form.PercentField("percent", "Tỷ lệ", at), form.DateField("date", "Ngày", at),
		form.YearField("year", "Năm", at), form.YesNoField("yesno", "Đạt", at),
		form.OneOfField("choice", "Loại", []string{"Tập thể", "Cá nhân"}, at),
	}
	f.Fuzz(func(t *testing.T, s string, x float64, date1904 bool) {
		cells := []grid.Cell{{Row: 1, Col: 1, Kind: grid.Text, Text: s}}
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			cells = append(cells, grid.Cell{Row: 1, Col: 1, Kind: grid.Number, Number: x, Text: form.OfNumber(x).Text,
				Date: date1904})
		}
		for _, field := range fields {
			for _, c := range cells {
				p := field.Parse("TRANG", c, date1904, form.Context{})
				switch {
				case p.Value.Bad && (p.Value.Text != "" || finding.Worst(p.Findings) != finding.Must):
					t.Errorf("%s of %q: bad, with value %q and findings %v", field.Key, c.Text, p.Value.Text,
						p.Findings)
				case p.Value.Given():
					if viet.NFC(p.Value.Text) != p.Value.Text {
						t.Errorf("%s of %q: %q is not canonical", field.Key, c.Text, p.Value.Text)
					}
					back := grid.Cell{Row: 1, Col: 1, Kind: grid.Text, Text: p.Value.Text}
					// as text "1.001" has two readings
					if n, ok := p.Value.Number(); ok && (field.Type == form.Int || field.Type == form.Number) {
						back.Kind, back.Number = grid.Number, n
					}
					again := field.Parse("TRANG", back, false, form.Context{})
					if again.Value.Text != p.Value.Text {
						t.Errorf("%s of %q: %q, and read again %q", field.Key, c.Text, p.Value.Text, again.Value.Text)
					}
				}
			}
		}
	})
}
