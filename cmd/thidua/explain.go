package main

import (
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/rounds"
	"thidua/cmd/show"
	"thidua/evaluate"
	"thidua/templates/wording"
)

type explainCommand struct {
	Nominee []string `arg:"" name:"nominee" help:"${cli_help_nominee}"`
	Period  string   `help:"${cli_help_period}" placeholder:"P"`
	AsOf    string   `help:"${cli_help_asof}" placeholder:"T"`
	JSON    bool     `name:"json" help:"${cli_help_json}"`
}

func (c explainCommand) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	query := strings.Join(c.Nominee, " ")
	var periods []string
	for _, per := range p.Periods {
		if c.Period == "" || c.Period == per.ID {
			periods = append(periods, per.ID)
		}
	}
	if len(periods) == 0 {
		_, err := rounds.Find(p, c.Period, s.Now())
		return err
	}
	all := []evaluate.Explanation{}
	for _, id := range periods {
		src, err := s.gather(id, c.AsOf)
		if err != nil {
			return err
		}
		for _, n := range evaluate.Find(src.Result, query) {
			if e, ok := evaluate.Explain(src.Result, n.ID); ok {
				all = append(all, e)
			}
		}
	}
	if c.JSON {
		return s.JSON(all)
	}
	if len(all) == 0 {
		return exit.Because(exit.Usage, wording.Text("cli.explain.nobody", "query", query))
	}
	for _, side := range evaluate.Sides(all) {
		show.Sides(s.Screen, side)
	}
	const most = 10
	for i, e := range all {
		if i == most {
			s.Print("\n%s\n", wording.Text("cli.explain.more", "n", len(all)-most))
			break
		}
		show.Explanation(s.Screen, s.plan, e)
	}
	return nil
}
