package show

import (
	"fmt"
	"slices"
	"strings"

	"thidua/cmd/screen"
	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/reports/round"
	"thidua/templates/wording"
)

// Evaluation prints the boards of a round, the lists for the level above, rulings and awards.
func Evaluation(s *screen.Screen, src round.Sources, r evaluate.Result) {
	s.Print("%s\n", wording.Text("cli.evaluate.head", "period", src.Period.Title, "n", len(r.Verdicts),
		"missing", len(r.Missing)))
	for _, b := range r.Boards {
		s.Print("\n%s\n", wording.Text("cli.evaluate.board", "group", b.GroupTitle, "kind", KindTitle(b.Kind),
			"quota", b.Quota, "proposed", b.Proposed, "eligible", b.Eligible))
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
			s.Print("  %3s%-2s %s · %s · %s\n", rank, tied, nameOf(p.Nominee), bandTitle(p.Band),
				evaluate.OutcomeText(p.Outcome))
		}
		if b.Margin != "" {
			s.Print("  %s\n", b.Margin)
		}
	}
	for _, list := range r.Province {
		if len(list.Entries) == 0 {
			continue
		}
		s.Print("\n%s\n", wording.Text("cli.evaluate.province", "kind", KindTitle(list.Kind), "n", len(list.Entries),
			"eligible", list.Eligible))
		for _, e := range list.Entries {
			s.Print("  %s · %s\n", nameOf(e.Nominee), evaluate.OutcomeText(e.Outcome))
		}
	}
	printStage(s, r)
	printed := false
	for _, o := range r.Overrides {
		if len(o.Effects) == 0 {
			continue
		}
		if !printed {
			s.Print("\n%s\n", wording.Text("cli.evaluate.overrides"))
			printed = true
		}
		Ruling(s, o, ledger.Overridden{Override: o.Override})
	}
	if len(r.Awards) > 0 {
		s.Print("\n%s\n", wording.Text("cli.evaluate.awards", "n", len(r.Awards)))
		for _, w := range r.Awards {
			s.Print("  %s: %d, %s\n", nameOf(w.Nominee), w.Votes, w.Percent)
		}
	}
}

// printStage prints the years of a stage's nominees side by side, one line a nominee.
func printStage(s *screen.Screen, r evaluate.Result) {
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
		s.Print("  %s | %s\n", nameOf(names[l.Nominee]), strings.Join(years, " | "))
	}
}

// KindTitle says whether nominees are collectives or individuals.
func KindTitle(kind string) string {
	if kind == evaluate.Collective {
		return wording.Text("cli.kind.collective")
	}
	return wording.Text("cli.kind.individual")
}

//wording:composed cli.band.
func bandTitle(b evaluate.Band) string { return wording.Text("cli.band." + string(b)) }

// nameOf names a nominee for the screen, with the unit unless it is the unit.
func nameOf(n evaluate.Nominee) string {
	if n.Name == n.UnitName {
		return n.Name
	}
	return n.Name + " (" + n.UnitName + ")"
}
