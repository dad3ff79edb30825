package show

import (
	"cmp"
	"strings"

	"thidua/cmd/screen"
	"thidua/evaluate"
	"thidua/templates/plan"
	"thidua/templates/planbook"
	"thidua/templates/wording"
)

// Difference says what moved, nominee by nominee, each with the line of the plan that did it where
// the results tell. kind is the period's, which quotas are set for.
func Difference(s *screen.Screen, d evaluate.Difference, kind plan.PeriodKind) {
	for _, b := range d.Boards {
		s.Print("%s\n", wording.Text("cli.diff.board", "group", b.GroupTitle, "kind", KindTitle(b.Kind),
			"before", orDash(b.Quota.Before), "after", orDash(b.Quota.After)))
	}
	if len(d.Moved) == 0 {
		s.Print("%s\n", wording.Text("cli.diff.none", "cases", d.Cases))
	} else {
		s.Print("%s\n", wording.Text("cli.diff.head", "n", len(d.Moved), "cases", d.Cases))
	}
	for _, c := range d.Moved {
		printChange(s, c, kind)
	}
	if len(d.Noted) > 0 {
		s.Print("%s\n", wording.Text("cli.diff.noted", "n", len(d.Noted)))
	}
	for _, c := range d.Noted {
		printChange(s, c, kind)
	}
}

// printChange prints what moved for one nominee and why.
func printChange(s *screen.Screen, c evaluate.Change, kind plan.PeriodKind) {
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
		{wording.Text("cli.diff.verdict"), c.Verdict,
			func(x string) string { return evaluate.OutcomeText(evaluate.Outcome(x)) }},
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
		text := describeCause(x, c.Nominee, kind)
		if x.Kind == evaluate.CauseReason || x.Kind == evaluate.CauseFlag {
			s.Print("    %s\n", wording.Text("cli.diff.also", "text", text))
		} else {
			s.Print("    %s\n", wording.Text("cli.diff.cause", "text", text))
		}
	}
}

// describeCause names the line of the plan, by the key under which it can be tried.
//
//wording:composed cli.diff.cause.
func describeCause(x evaluate.Cause, n evaluate.Nominee, kind plan.PeriodKind) string {
	before, after := x.Before, x.After
	if x.Kind == evaluate.CauseCriterion {
		before, after = describeOutcome(before), describeOutcome(after)
	}
	line := "criterion." + x.Criterion
	if x.Kind == evaluate.CauseQuota {
		line = strings.Join([]string{"quota", string(kind), n.Group, n.Kind}, ".")
	}
	return wording.Text("cli.diff.cause."+string(x.Kind), "line", line, "clause", x.Clause, "title", x.Title,
		"before", orDash(before), "after", orDash(after))
}

func describeOutcome(o string) string {
	if o == "" {
		return wording.Text("cli.diff.nocriterion")
	}
	return evaluate.OutcomeText(evaluate.Outcome(o))
}

func orDash(s string) string { return cmp.Or(s, "–") }

//wording:composed cli.award.
func awardTitle(state string) string { return wording.Text("cli.award." + state) }

// PlanLines prints what two plans say otherwise, line by line.
func PlanLines(s *screen.Screen, lines []planbook.Line) {
	if len(lines) == 0 {
		s.Print("%s\n", wording.Text("cli.diff.samedata"))
		return
	}
	s.Print("%s\n", wording.Text("cli.diff.data", "n", len(lines)))
	for _, x := range lines {
		where := x.Sheet
		for _, part := range []string{x.Entry, x.Field} {
			if part != "" {
				where += " · " + part
			}
		}
		s.Print("- %s: %s → %s\n", where, orDash(x.Before), orDash(x.After))
	}
}
