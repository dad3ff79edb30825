package templates

import (
	"slices"
	"strings"
	"testing"

	"thidua/templates/plan"
)

// A form's title names the movement of the plan it is used under, whichever that is.
func TestTitlesNameThePlansOwnMovement(t *testing.T) {
	for movement, want := range map[string]string{
		"Thực hiện Cải cách hành chính": "Đăng ký thi đua thực hiện Cải cách hành chính",
		"Bình dân học vụ số":            "Đăng ký thi đua bình dân học vụ số",
		"ATGT & văn minh đô thị":        "Đăng ký thi đua ATGT & văn minh đô thị",
		"Đền ơn đáp nghĩa":              "Đăng ký thi đua đền ơn đáp nghĩa",
		"":                              "Đăng ký thi đua",
	} {
		p := &plan.Plan{Movement: movement}
		if got := Title(RegistrationForm, p); got != want {
			t.Errorf("%q: %q, want %q", movement, got, want)
		}
		for _, f := range Forms() {
			if got := Title(f, p); strings.ContainsAny(got, "{}") || got != strings.TrimSpace(got) || movement != "" &&
				f.From == "unit" && !strings.Contains(got, p.MovementWithin()) {
				t.Errorf("%s under %q: %q", f.ID, movement, got)
			}
		}
	}
}

// People leave out with what a movement's name begins, and shorten the rest.
func TestMovementsHaveShorterNames(t *testing.T) {
	for movement, want := range map[string][]string{
		"Thực hiện cải cách hành chính": {"thuc hien cai cach hanh chinh", "cai cach hanh chinh", "thcchc", "cchc"},
		"Xây dựng nông thôn mới":        {"xay dung nong thon moi", "nong thon moi", "xdntm", "ntm"},
		"Hiến đất":                      {"hien dat"},
		"":                              nil,
	} {
		if got := (&plan.Plan{Movement: movement}).MovementNames(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", movement, got, want)
		}
	}
}
