package main

import (
	"fmt"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/reports"
	"thidua/templates/wording"
)

type evaluateCommand struct {
	Period string   `help:"${cli_help_period}" placeholder:"P"`
	AsOf   string   `help:"${cli_help_asof}" placeholder:"T"`
	WhatIf []string `help:"${cli_help_whatif}" placeholder:"KEY=VALUE" sep:"none"`
	JSON   bool     `name:"json" help:"${cli_help_json}"`
}

// evaluated is the JSON of the contract, with what moves when changes are tried.
type evaluated struct {
	evaluate.Result
	WhatIf *whatIf `json:"whatIf,omitempty"`
}

func (c evaluateCommand) Run(s *session) error {
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	out := evaluated{Result: src.Result}
	if len(c.WhatIf) > 0 {
		if out.Result, out.WhatIf, err = tryChanges(src, c.WhatIf); err != nil {
			return err
		}
	}
	if c.JSON {
		return s.JSON(out)
	}
	if out.WhatIf == nil {
		s.printResult(src, out.Result)
		return nil
	}
	s.Print("%s\n\n", wording.Text("cli.whatif.head", "changes", strings.Join(c.WhatIf, ", ")))
	s.printResult(src, out.Result)
	s.Print("\n%s\n", wording.Text("cli.whatif.difference"))
	s.printDifference(out.WhatIf.Difference, src.Period.Kind)
	return nil
}

func (s *session) printResult(src reports.Sources, r evaluate.Result) {
	s.Print("%s\n", wording.Text("cli.evaluate.head", "period", src.Period.Title, "n", len(r.Verdicts), "missing", len(r.Missing)))
	for _, b := range r.Boards {
		s.Print("\n%s\n", wording.Text("cli.evaluate.board", "group", b.GroupTitle, "kind", kindTitle(b.Kind), "quota", b.Quota, "proposed", b.Proposed, "eligible", b.Eligible))
		line := false
		for _, p := range b.Places {
			if !line && b.Limited && p.Band != evaluate.Within && p.Band != evaluate.Boundary {
				s.Print("  %s\n", strings.Repeat("─", 72))
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
			s.Print("  %3s%-2s %s · %s · %s\n", rank, tied, who(p.Nominee), bandTitle(p.Band), evaluate.OutcomeText(p.Outcome))
		}
		if b.Margin != "" {
			s.Print("  %s\n", b.Margin)
		}
	}
	for _, list := range r.Province {
		if len(list.Entries) == 0 {
			continue
		}
		s.Print("\n%s\n", wording.Text("cli.evaluate.province", "kind", kindTitle(list.Kind), "n", len(list.Entries), "eligible", list.Eligible))
		for _, e := range list.Entries {
			s.Print("  %s · %s\n", who(e.Nominee), evaluate.OutcomeText(e.Outcome))
		}
	}
	s.printStage(r)
	printed := false
	for _, o := range r.Overrides {
		if len(o.Effects) == 0 {
			continue
		}
		if !printed {
			s.Print("\n%s\n", wording.Text("cli.evaluate.overrides"))
			printed = true
		}
		s.printRuling(o, ledger.Overridden{Override: o.Override})
	}
	if len(r.Awards) > 0 {
		s.Print("\n%s\n", wording.Text("cli.evaluate.awards", "n", len(r.Awards)))
		for _, w := range r.Awards {
			s.Print("  %s: %d, %s\n", who(w.Nominee), w.Votes, w.Percent)
		}
	}
}

// printStage prints the years of a stage's nominees side by side, one line a nominee.
func (s *session) printStage(r evaluate.Result) {
	if len(r.Stage) == 0 {
		return
	}
	names := map[string]evaluate.Nominee{}
	for _, v := range r.Verdicts {
		names[v.Nominee.ID] = v.Nominee
	}
	s.Print("\n%s\n", wording.Text("cli.evaluate.years"))
	for _, l := range r.Stage {
		var years []string
		for _, y := range l.Years {
			parts := []string{fmt.Sprint(y.Year) + ":"}
			if y.Outcome != "" {
				parts = append(parts, evaluate.OutcomeText(y.Outcome))
			}
			parts = append(parts, y.IndexScore, y.IndexBand)
			if y.Targets != "" {
				parts = append(parts, y.Targets+"%")
			}
			if y.Award != "" {
				parts = append(parts, awardTitle(y.Award))
			}
			parts = append(parts, y.Nominee)
			parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
			if len(parts) == 1 {
				parts = append(parts, "–")
			}
			years = append(years, strings.Join(parts, " "))
		}
		s.Print("  %s | %s\n", who(names[l.Nominee]), strings.Join(years, " | "))
	}
}

func kindTitle(kind string) string {
	if kind == evaluate.Collective {
		return wording.Text("cli.kind.collective")
	}
	return wording.Text("cli.kind.individual")
}

//wording:composed cli.band.
func bandTitle(b evaluate.Band) string { return wording.Text("cli.band." + string(b)) }

// who names a nominee for the screen, with the unit unless it is the unit.
func who(n evaluate.Nominee) string {
	if n.Name == n.UnitName {
		return n.Name
	}
	return n.Name + " (" + n.UnitName + ")"
}
