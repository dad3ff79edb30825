package form_test

import (
	"testing"

	"thidua/templates/form"
)

// A stamp reads back as it was written, with a code and, as earlier versions wrote it, without;
// what is neither is no stamp.
func TestAStampReadsBack(t *testing.T) {
	for _, s := range []form.Stamp{
		{Form: "dang-ky", Version: 3, Period: "2018", Unit: "05452"},
		{Form: "so-lieu", Version: 1, Period: "2018-2020"},
		{Form: "dang-ky", Version: 3, Period: "2018", Unit: "05452", Issue: 2, Code: "0123456789abcdef"},
	} {
		if got, ok := form.ParseStamp(s.String()); !ok || got != s {
			t.Errorf("%q reads as %+v", s.String(), got)
		}
	}
	for _, text := range []string{"", "dang-ky/3/2018", "dang-ky/3/2018/05452/1", "dang-ky/3/2018/05452/x/abc",
		"dang-ky/0/2018/05452/1/abc", "dang-ky/3/2018/05452/1/abc/d"} {
		if s, ok := form.ParseStamp(text); ok {
			t.Errorf("%q is taken for %+v", text, s)
		}
	}
	unit := form.Stamp{Form: "dang-ky", Version: 3, Period: "2018", Unit: "05452", Issue: 1}
	for name, other := range map[string]form.Stamp{
		"another form":   {Form: "ho-so", Period: "2018", Unit: "05452", Issue: 1},
		"another round":  {Form: "dang-ky", Period: "2019", Unit: "05452", Issue: 1},
		"another unit":   {Form: "dang-ky", Period: "2018", Unit: "05455", Issue: 1},
		"another secret": {Form: "dang-ky", Period: "2018", Unit: "05452", Issue: 2},
	} {
		if other.Subject() == unit.Subject() {
			t.Errorf("the code of %s would be the same", name)
		}
	}
}
