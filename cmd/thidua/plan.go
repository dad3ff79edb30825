package main

import (
	"cmp"
	"errors"
	"strings"

	"thidua/templates/plan"
	"thidua/templates/wording"
)

type planCommand struct {
	Lint   planLint   `cmd:"" help:"${cli_help_planlint}"`
	Show   planShow   `cmd:"" help:"${cli_help_planshow}"`
	Diff   planDiff   `cmd:"" help:"${cli_help_plandiff}"`
	Export planExport `cmd:"" help:"${cli_help_planexport}"`
	Import planImport `cmd:"" help:"${cli_help_planimport}"`
}

type planLint struct {
	Dir  string `arg:"" optional:"" help:"${cli_help_plandir}"`
	JSON bool   `name:"json" help:"${cli_help_json}"`
}

func (c planLint) Run(s *session) error {
	p, err := s.anyPlan(c.Dir)
	if err != nil {
		return err
	}
	problems := append(append([]plan.Problem{}, plan.Lint(p)...), uncompiled(p)...)
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

// anyPlan loads a plan's folder, the one of the call when dir is "", whatever Lint says of it.
func (s *session) anyPlan(dir string) (*plan.Plan, error) {
	if dir == "" {
		c, err := s.settings()
		if err != nil {
			return nil, err
		}
		dir = cmp.Or(s.flags.Plan, c.path(c.Plan))
	}
	p, err := loadPlan(dir)
	if err != nil {
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.plan.unreadable", "problem", err))}
	}
	return p, nil
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
