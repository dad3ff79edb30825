package main

import (
	"thidua/cmd/exit"
	"thidua/evaluate"
	"thidua/reports/round"
)

// whatIf is what moves in an evaluation under changes to the plan that are only tried.
type whatIf struct {
	Changes    []string            `json:"changes"`
	PlanHash   string              `json:"planHash"` // of the plan in force
	Difference evaluate.Difference `json:"difference"`
}

// tryChanges evaluates src again under its plan with the changes. The result is what the list would
// be; nothing is stored.
func tryChanges(src round.Sources, changes []string) (evaluate.Result, *whatIf, error) {
	p := src.Plan
	for _, c := range changes {
		q, problem := p.Try(c)
		if problem != nil {
			return evaluate.Result{}, nil, exit.Because(exit.Usage, problem.Text)
		}
		p = q
	}
	r, err := evaluate.Run(p, src.Data, src.Period.ID)
	if err != nil {
		return evaluate.Result{}, nil, err
	}
	return r, &whatIf{Changes: changes, PlanHash: src.Plan.Hash, Difference: evaluate.Compare(src.Result, r)}, nil
}
