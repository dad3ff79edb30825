package check_test

import (
	"fmt"

	"thidua/evaluate/check"
	"thidua/templates/plan"
)

func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	criterion := plan.Criterion{ID: "TT1", Nominee: plan.Collective,
		Check: plan.Check{Kind: plan.CheckNone, Fact: "discipline"}}
	c, err := check.Compile(criterion, p, yearEnd)
	if err != nil {
		panic(err)
	}
	breach := check.Fact{Key: "discipline", Value: "1", Basis: check.Declared}
	fmt.Println(c.Judge(check.Subject{Kind: plan.Collective, Facts: []check.Fact{breach}}).Outcome)
	// Output: NotMet
}
