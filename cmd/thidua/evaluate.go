package main

import (
	"fmt"
	"strings"

	"thidua/evaluate"
	"thidua/templates/wording"
)

type evaluateCommand struct {
	Period string `help:"${cli_help_period}" placeholder:"P"`
	AsOf   string `help:"${cli_help_asof}" placeholder:"T"`
	JSON   bool   `name:"json" help:"${cli_help_json}"`
}

func (c evaluateCommand) Run(s *session) error {
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	r := src.Result
	if c.JSON {
		return s.json(r)
	}
	s.print("%s\n", wording.Text("cli.evaluate.head", "period", src.Period.Title, "n", len(r.Verdicts), "missing", len(r.Missing)))
	for _, b := range r.Boards {
		s.print("\n%s\n", wording.Text("cli.evaluate.board", "group", b.GroupTitle, "kind", kindTitle(b.Kind), "quota", b.Quota, "proposed", b.Proposed, "eligible", b.Eligible))
		line := false
		for _, p := range b.Places {
			if !line && b.Limited && p.Band != evaluate.Within && p.Band != evaluate.Boundary {
				s.print("  %s\n", strings.Repeat("─", 72))
				line = true
			}
			rank := "–"
			if p.Rank > 0 {
				rank = fmt.Sprint(p.Rank)
			}
			tied := ""
			if p.Tied {
				tied = " ="
			}
			s.print("  %3s%-2s %s (%s) · %s · %s\n", rank, tied, p.Nominee.Name, p.Nominee.UnitName, bandTitle(p.Band), evaluate.OutcomeText(p.Outcome))
		}
		if b.Margin != "" {
			s.print("  %s\n", b.Margin)
		}
	}
	if len(r.Awards) > 0 {
		s.print("\n%s\n", wording.Text("cli.evaluate.awards", "n", len(r.Awards)))
		for _, w := range r.Awards {
			s.print("  %s (%s): %d, %s\n", w.Nominee.Name, w.Nominee.UnitName, w.Votes, w.Percent)
		}
	}
	return nil
}

func kindTitle(kind string) string {
	if kind == evaluate.Collective {
		return wording.Text("cli.kind.collective")
	}
	return wording.Text("cli.kind.individual")
}

//wording:composed cli.band.
func bandTitle(b evaluate.Band) string { return wording.Text("cli.band." + string(b)) }
