package main

import (
	"errors"
	"strings"

	"thidua/evaluate/check"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type planCommand struct {
	Lint planLint `cmd:"" help:"${cli_help_planlint}"`
	Show planShow `cmd:"" help:"${cli_help_planshow}"`
}

type planLint struct {
	Dir  string `arg:"" optional:"" help:"${cli_help_plandir}"`
	JSON bool   `name:"json" help:"${cli_help_json}"`
}

func (c planLint) Run(s *session) error {
	dir := c.Dir
	if dir == "" {
		dir = s.flags.Plan
	}
	p, err := loadPlan(dir)
	if err != nil {
		return exit{exitInvalid, errors.New(wording.Text("cli.plan.unreadable", "problem", err))}
	}
	problems := append([]plan.Problem{}, plan.Lint(p)...)
	for _, c := range p.Criteria { // what only the checks know: facts that no form holds, levels that no scale has
		for _, per := range p.Periods {
			if _, err := check.Compile(c, p, per.To); err != nil {
				problems = append(problems, plan.Problem{File: "criteria.yaml", Where: c.ID + " · " + per.ID, Text: err.Error()})
			}
		}
	}
	faults := 0
	for _, x := range problems {
		if !x.Warning {
			faults++
		}
		if !c.JSON {
			s.print("%s\n", wording.Text("cli.plan.problem", "file", x.File, "where", x.Where, "text", x.Text))
		}
	}
	if c.JSON {
		if err := s.json(problems); err != nil {
			return err
		}
	}
	if faults > 0 {
		return exit{exitInvalid, errors.New(wording.Text("cli.plan.invalid", "n", faults))}
	}
	if !c.JSON {
		s.print("%s\n", wording.Text("cli.plan.ok", "units", len(p.Units), "criteria", len(p.Criteria), "assumed", len(p.Assumptions()), "hash", p.Hash[:12]))
	}
	return nil
}

type planShow struct {
	JSON bool `name:"json" help:"${cli_help_json}"`
}

func (c planShow) Run(s *session) error {
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	if c.JSON {
		return s.json(p)
	}
	s.print("%s\n%s\n\n", p.Number, p.Title)
	for _, per := range p.Periods {
		s.print("%s (%s)", per.Title, per.ID)
		if per.Registration != nil {
			s.print("  %s", wording.Text("cli.plan.registration", "date", per.Registration.Before.Short()))
		}
		if per.Dossier != nil {
			s.print("  %s", wording.Text("cli.plan.dossier", "date", per.Dossier.Before.Short()))
		}
		s.print("\n")
		for _, q := range p.Quotas {
			if q.Period == per.Kind {
				g, _ := p.Group(q.Group)
				s.print("   %s · %s: %d (%s)\n", g.Title, kindTitle(string(q.Nominee)), q.Places, q.Clause)
			}
		}
	}
	s.print("\n")
	for _, x := range p.Criteria {
		s.print("%s  %s (%s) %s\n", x.ID, x.Title, x.Clause, strings.TrimSpace(x.Text))
	}
	s.print("\n%s\n", wording.Text("cli.plan.assumptions"))
	for _, a := range p.Assumptions() {
		s.print("- %s: %s → %s\n", a.Topic, a.Text, a.Default)
	}
	return nil
}
