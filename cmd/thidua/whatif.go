package main

import (
	"cmp"
	"strings"

	"thidua/cmd/exit"
	"thidua/evaluate"
	"thidua/reports"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// whatIf is what moves in an evaluation under changes to the plan that are only tried.
type whatIf struct {
	Changes    []string            `json:"changes"`
	PlanHash   string              `json:"planHash"` // of the plan in force
	Difference evaluate.Difference `json:"difference"`
}

// tryChanges evaluates src again under its plan with the changes. The result is what the list would be; nothing is stored.
func tryChanges(src reports.Sources, changes []string) (evaluate.Result, *whatIf, error) {
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

// printDifference says what moved, nominee by nominee, each with the line of the plan that did it where the results tell. kind is the
// period's, which quotas are set for.
func (s *session) printDifference(d evaluate.Difference, kind plan.PeriodKind) {
	for _, b := range d.Boards {
		s.Print("%s\n", wording.Text("cli.diff.board", "group", b.GroupTitle, "kind", kindTitle(b.Kind), "before", orDash(b.Quota.Before), "after", orDash(b.Quota.After)))
	}
	if len(d.Moved) == 0 {
		s.Print("%s\n", wording.Text("cli.diff.none", "cases", d.Cases))
	} else {
		s.Print("%s\n", wording.Text("cli.diff.head", "n", len(d.Moved), "cases", d.Cases))
	}
	for _, c := range d.Moved {
		s.printChange(c, kind)
	}
	if len(d.Noted) > 0 {
		s.Print("%s\n", wording.Text("cli.diff.noted", "n", len(d.Noted)))
	}
	for _, c := range d.Noted {
		s.printChange(c, kind)
	}
}

func (s *session) printChange(c evaluate.Change, kind plan.PeriodKind) {
	name := c.Nominee.Name
	if c.Nominee.UnitName != name {
		name += " (" + c.Nominee.UnitName + ")"
	}
	s.Print("- %s · %s\n", name, c.Nominee.ID)
	for _, m := range []struct {
		what string
		move *evaluate.Move
		say  func(string) string
	}{
		{wording.Text("cli.diff.verdict"), c.Verdict, func(x string) string { return evaluate.OutcomeText(evaluate.Outcome(x)) }},
		{wording.Text("cli.diff.group"), c.Group, func(x string) string { return x }},
		{wording.Text("cli.diff.rank"), c.Rank, func(x string) string { return x }},
		{wording.Text("cli.diff.band"), c.Band, func(x string) string { return bandTitle(evaluate.Band(x)) }},
		{wording.Text("cli.diff.award"), c.Award, awardTitle},
	} {
		if m.move == nil {
			continue
		}
		say := func(x string) string {
			if x == "" {
				return "–"
			}
			return m.say(x)
		}
		s.Print("    %s: %s → %s\n", m.what, say(m.move.Before), say(m.move.After))
	}
	for _, x := range c.Causes {
		text := causeText(x, c.Nominee, kind)
		if x.Kind == evaluate.CauseReason || x.Kind == evaluate.CauseFlag {
			s.Print("    %s\n", wording.Text("cli.diff.also", "text", text))
		} else {
			s.Print("    %s\n", wording.Text("cli.diff.cause", "text", text))
		}
	}
}

// causeText names the line of the plan, by the key under which it can be tried.
//
//wording:composed cli.diff.cause.
func causeText(x evaluate.Cause, n evaluate.Nominee, kind plan.PeriodKind) string {
	before, after := x.Before, x.After
	if x.Kind == evaluate.CauseCriterion {
		before, after = outcomeOrNone(before), outcomeOrNone(after)
	}
	line := "criterion." + x.Criterion
	if x.Kind == evaluate.CauseQuota {
		line = strings.Join([]string{"quota", string(kind), n.Group, n.Kind}, ".")
	}
	return wording.Text("cli.diff.cause."+string(x.Kind), "line", line, "clause", x.Clause, "title", x.Title, "before", orDash(before), "after", orDash(after))
}

func outcomeOrNone(o string) string {
	if o == "" {
		return wording.Text("cli.diff.nocriterion")
	}
	return evaluate.OutcomeText(evaluate.Outcome(o))
}

func orDash(s string) string { return cmp.Or(s, "–") }

//wording:composed cli.award.
func awardTitle(state string) string { return wording.Text("cli.award." + state) }
