package round

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/style"
)

// Proposer is a unit with what became of its nominees.
type Proposer struct {
	Code, Name string
	Results    []evaluate.Award
}

// Proposers are the units that proposed somebody, in the plan's order.
func (s Sources) Proposers() []Proposer {
	by := map[string]*Proposer{}
	for _, list := range [][]evaluate.Award{s.Result.Awards, s.Result.NotChosen} {
		for _, a := range list {
			if s.GivenBefore(a.Nominee.ID) != nil { // told after its own session
				continue
			}
			p := by[a.Nominee.Unit]
			if p == nil {
				p = &Proposer{Code: a.Nominee.Unit, Name: a.Nominee.UnitName}
				by[a.Nominee.Unit] = p
			}
			p.Results = append(p.Results, a)
		}
	}
	var out []Proposer
	for _, u := range s.Plan.Units {
		if p := by[u.Code]; p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// SortResults puts collectives first, then names in their order.
func SortResults(all []evaluate.Award) []evaluate.Award {
	var out []evaluate.Award
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		var list []evaluate.Nominee
		for _, a := range all {
			if a.Nominee.Kind == kind {
				list = append(list, a.Nominee)
			}
		}
		style.SortNominees(list)
		for _, n := range list {
			i := slices.IndexFunc(all, func(a evaluate.Award) bool { return a.Nominee.ID == n.ID })
			out = append(out, all[i])
		}
	}
	return out
}

// ResultText says what became of a nominee, and on which ground he was not chosen.
func (s Sources) ResultText(a evaluate.Award) (result, ground string) {
	v := s.Decision()
	switch {
	case a.Chosen && !a.NeedsDecision && !Withheld(v, a.Nominee.ID):
		return s.text("council.result.given"), ""
	case Withheld(v, a.Nominee.ID):
		return s.text("council.result.not"), s.text("council.ground.withheld")
	case a.NeedsDecision:
		return s.text("council.result.open"), ""
	case a.Outcome == evaluate.NotMet:
		text := a.Ground.Title()
		var unmet []string
		for _, j := range s.Verdict(a.Nominee.ID).Judgements {
			if j.Outcome == evaluate.NotMet {
				unmet = append(unmet, s.text("council.ground.item", "title", style.LowerFirst(j.Title), "clause",
					j.Clause))
			}
		}
		return s.text("council.result.not"), s.text("council.ground.unmet", "ground", text, "list",
			strings.Join(unmet, "; "))
	}
	if a.Concluded {
		return s.text("council.result.not"), s.text("council.ground.concluded")
	}
	return s.text("council.result.not"), s.text("council.ground.votes")
}
