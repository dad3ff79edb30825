package main

import (
	"slices"
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/show"
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
	p, err := s.readPlan(c.Dir)
	if err != nil {
		return err
	}
	problems := slices.Concat([]plan.Problem{}, plan.Lint(p), checkProblems(p))
	faults := 0
	for _, x := range problems {
		if !x.Warning {
			faults++
		}
		if !c.JSON {
			s.Print("%s\n", describeProblem(x))
		}
	}
	if c.JSON {
		if err := s.JSON(problems); err != nil {
			return err
		}
	}
	if faults > 0 {
		return exit.Because(exit.Invalid, wording.Text("cli.plan.invalid", "n", faults))
	}
	if !c.JSON {
		s.Print("%s\n", wording.Text("cli.plan.ok", "units", len(p.Units), "criteria", len(p.Criteria),
			"assumed", len(p.Assumptions()), "hash", p.Hash[:12]))
	}
	return nil
}

type planShow struct {
	JSON bool `name:"json" help:"${cli_help_json}"`
}

func (c planShow) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	if c.JSON {
		return s.JSON(p)
	}
	s.Print("%s\n%s\n\n", p.Number, p.Title)
	for _, per := range p.Periods {
		s.Print("%s (%s)", per.Title, per.ID)
		if per.Registration != nil {
			s.Print("  %s", wording.Text("cli.plan.registration", "date", per.Registration.Before.Short()))
		}
		if per.Dossier != nil {
			s.Print("  %s", wording.Text("cli.plan.dossier", "date", per.Dossier.Before.Short()))
		}
		s.Print("\n")
		for _, q := range p.Quotas {
			if q.Period == per.Kind {
				g, _ := p.Group(q.Group)
				s.Print("   %s · %s: %d (%s)\n", g.Title, show.KindTitle(string(q.Nominee)), q.Places, q.Clause)
			}
		}
	}
	s.Print("\n")
	for _, x := range p.Criteria {
		s.Print("%s  %s (%s) %s\n", x.ID, x.Title, x.Clause, strings.TrimSpace(x.Text))
	}
	s.Print("\n%s\n", wording.Text("cli.plan.assumptions"))
	for _, a := range p.Assumptions() {
		s.Print("- %s: %s → %s\n", a.Topic, a.Text, a.Default)
	}
	return nil
}
