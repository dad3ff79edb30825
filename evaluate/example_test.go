package evaluate_test

import (
	"fmt"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates/plan"
)

// Without a single paper the boards stand empty; nothing is guessed.
func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	period, _ := p.Period("2018")
	r, err := evaluate.Run(p, submission.NewDataset(period.To.Start(), nil), "2018")
	if err != nil {
		panic(err)
	}
	fmt.Println(len(r.Verdicts), len(r.Missing) > 0)
	// Output: 0 true
}
