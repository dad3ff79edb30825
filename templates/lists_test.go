package templates_test

import (
	"testing"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

func TestShortNamesOfAwards(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	var award form.Field
	for _, b := range templates.RegistrationForm.Blocks() {
		for _, f := range b.Fields {
			if f.Key == "award" {
				award = f
			}
		}
	}
	ctx := templates.Context(p, p.Periods[0], "05452")
	for typed, want := range map[string]string{
		"giấy khen": templates.CityAward, "GK": templates.CityAward, "Giấy khen CT UBND TP": templates.CityAward,
		"Giấy khen Chủ tịch UBND thành phố": templates.CityAward,
		"Cấp tỉnh": templates.ProvinceAward, "Bằng khen": templates.ProvinceAward, "Đề nghị": "",
	} {
		if got := award.Parse("CÁ NHÂN", grid.Cell{Row: 11, Col: 10, Kind: grid.Text, Text: typed}, false,
			ctx).Value.Text; got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}
