package templates_test

import (
	"testing"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Awards between the years belong to no year: the secretary who writes the year of the session into
// their ballot workbook does not turn it into the vote of that year.
func TestTheYearOfASessionBetweenTheYears(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		period string
		year   int
		other  bool
	}{{"dot-xuat", 2018, false}, {"dot-xuat", 2020, false}, {"dot-xuat", 2017, true}, {"2018", 2018, false},
		{"2018", 2019, true}, {"2018-2020", 2018, true}, {"2018-2020", 2020, false}} {
		per, ok := p.Period(c.period)
		if !ok {
			t.Fatal(c.period)
		}
		if named, _ := (templates.Identity{Year: form.OfInt(c.year)}).Against(per); named.Given() != c.other {
			t.Errorf("%d in a workbook of %s: names another round is %v", c.year, c.period, named.Given())
		}
	}
}
