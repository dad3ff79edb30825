package main

import (
	"thidua/cmd/show"
	"thidua/evaluate"
	"thidua/templates/plan"
	"thidua/templates/planbook"
	"thidua/templates/wording"
)

type planDiff struct {
	Dir    string `arg:"" help:"${cli_help_plandiffdir}"`
	Period string `help:"${cli_help_period}" placeholder:"P"`
	AsOf   string `help:"${cli_help_asof}" placeholder:"T"`
	JSON   bool   `name:"json" help:"${cli_help_json}"`
}

// planDifference is the JSON of a comparison of plans. Difference is nil when there is no ledger or
// the other plan has no such period.
type planDifference struct {
	Before     string               `json:"before"` // hash of the plan in force
	After      string               `json:"after"`
	Lines      []planbook.Line      `json:"lines"`
	Period     string               `json:"period,omitempty"`
	Difference *evaluate.Difference `json:"difference,omitempty"`
}

// Run tells what a changed plan says otherwise, and whom that moves on the data the ledger holds.
func (c planDiff) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	q, err := s.loadOtherPlan(c.Dir)
	if err != nil {
		return err
	}
	out := planDifference{Before: p.Hash, After: q.Hash, Lines: planbook.Diff(p, q)}
	l, err := s.ledgerIfAny()
	if err != nil {
		return err
	}
	hint, kind := "", plan.PeriodKind("")
	if l == nil {
		hint = wording.Text("cli.noledger", "path", s.config.LedgerFile())
	} else {
		src, err := s.gather(c.Period, c.AsOf)
		if err != nil {
			return err
		}
		out.Period, kind = src.Period.ID, src.Period.Kind
		if _, ok := q.Period(out.Period); !ok {
			hint = wording.Text("cli.diff.noperiod", "dir", c.Dir, "period", out.Period)
		} else {
			after, err := evaluate.Run(q, src.Data, out.Period)
			if err != nil {
				return err
			}
			d := evaluate.Compare(src.Result, after)
			out.Difference = &d
		}
	}
	if c.JSON {
		return s.JSON(out)
	}
	show.PlanLines(s.Screen, out.Lines)
	s.Print("\n")
	if out.Difference == nil {
		s.Print("%s\n", hint)
		return nil
	}
	s.Print("%s\n", wording.Text("cli.diff.period", "period", out.Period))
	show.Difference(s.Screen, *out.Difference, kind)
	return nil
}

// loadOtherPlan reads a plan's folder and refuses it with everything that is wrong in it.
func (s *session) loadOtherPlan(dir string) (*plan.Plan, error) {
	p, err := s.readPlan(dir)
	if err != nil {
		return nil, err
	}
	return p, s.refuseFaults(append(plan.Lint(p), checkProblems(p)...))
}
