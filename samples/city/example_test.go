package city_test

import (
	"fmt"

	"thidua/samples/city"
	"thidua/templates/plan"
)

// The same seed is the same city, with the same mails.
func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	c := city.New(p, 1)
	for _, period := range p.Periods {
		if period.Kind == plan.AdHoc { // the one with the fewest mails
			mails, err := c.Mails(period.ID)
			fmt.Println(len(mails) > 0, err)
		}
	}
	// Output: true <nil>
}
