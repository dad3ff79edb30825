package plan_test

import (
	"fmt"

	"thidua/templates/plan"
)

func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	unit, found, _ := p.MatchUnit("UBND P.Tân Thịnh")
	fmt.Println(unit.Name, found)
	quota, _ := p.Quota("2018", plan.Communes, plan.Collective)
	fmt.Println(quota.Places, len(plan.Lint(p)))
	// Output:
	// UBND phường Tân Thịnh true
	// 6 0
}
