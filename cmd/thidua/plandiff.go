package main

import (
	"errors"
	"os"

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

// planDifference is the JSON of a comparison of plans. Difference is nil when there is no ledger or the other plan has no such period.
type planDifference struct {
	Before     string               `json:"before"` // hash of the plan in force
	After      string               `json:"after"`
	Lines      []planbook.Line      `json:"lines"`
	Period     string               `json:"period,omitempty"`
	Difference *evaluate.Difference `json:"difference,omitempty"`
}

// Run tells what a changed plan says otherwise, and whom that moves on the data the ledger holds.
func (c planDiff) Run(s *session) error {
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	q, err := s.soundPlan(c.Dir)
	if err != nil {
		return err
	}
	out := planDifference{Before: p.Hash, After: q.Hash, Lines: planbook.Diff(p, q)}
	hint, kind := "", plan.PeriodKind("")
	if path, ok := s.ledgerFile(); !ok {
		hint = wording.Text("cli.noledger", "path", path)
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
		return s.json(out)
	}
	s.printLines(out.Lines)
	s.print("\n")
	if out.Difference == nil {
		s.print("%s\n", hint)
		return nil
	}
	s.print("%s\n", wording.Text("cli.diff.period", "period", out.Period))
	s.printDifference(*out.Difference, kind)
	return nil
}

// soundPlan loads a plan's folder and refuses it with everything that is wrong in it.
func (s *session) soundPlan(dir string) (*plan.Plan, error) {
	p, err := s.anyPlan(dir)
	if err != nil {
		return nil, err
	}
	faults := 0
	for _, x := range append(plan.Lint(p), uncompiled(p)...) {
		if !x.Warning {
			faults++
			s.say(wording.Text("cli.plan.problem", "file", x.File, "where", x.Where, "text", x.Text))
		}
	}
	if faults > 0 {
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.plan.invalid", "n", faults))}
	}
	return p, nil
}

// ledgerFile is the file of the ledger, and whether there is one.
func (s *session) ledgerFile() (path string, ok bool) {
	c, err := s.settings()
	if err != nil {
		return "", false
	}
	path = c.path(c.Ledger)
	_, err = os.Stat(path)
	return path, err == nil
}

func (s *session) printLines(lines []planbook.Line) {
	if len(lines) == 0 {
		s.print("%s\n", wording.Text("cli.diff.samedata"))
		return
	}
	s.print("%s\n", wording.Text("cli.diff.data", "n", len(lines)))
	for _, x := range lines {
		where := x.Sheet
		for _, part := range []string{x.Entry, x.Field} {
			if part != "" {
				where += " · " + part
			}
		}
		s.print("- %s: %s → %s\n", where, orDash(x.Before), orDash(x.After))
	}
}
