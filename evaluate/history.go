package evaluate

import (
	"cmp"
	"strings"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// StageLine is a nominee of a stage with its years side by side (Plan III.1.2).
type StageLine struct {
	Nominee string      `json:"nominee"` // ID in the stage
	Years   []StageYear `json:"years"`   // in order
}

// StageYear is one year of a nominee of a stage: what the yearly round said of it, and the figures
// of the year. Values are as printed, "" where nothing is known.
type StageYear struct {
	Year   int    `json:"year"`
	Period string `json:"period"` // of the yearly round
	// ID of the yearly verdict; "" when the unit did not propose it that year
	Nominee string  `json:"nominee,omitempty"`
	Outcome Outcome `json:"outcome,omitempty"` // of the yearly verdict
	// AwardChosen, AwardDecide or AwardNot; "" before the vote of that year
	Award      string `json:"award,omitempty"`
	Grade      string `json:"grade,omitempty"`
	IndexScore string `json:"indexScore,omitempty"`
	IndexBand  string `json:"indexBand,omitempty"`
	Targets    string `json:"targets,omitempty"` // share of the registered targets met, in percent
}

// stageLines looks up every nominee of a stage in the yearly rounds. How the years combine into a
// verdict is the plan's data (Stage.Rule); what stands here only shows them.
func (s setting) stageLines(d submission.Dataset, verdicts []Verdict) ([]StageLine, error) {
	if s.period.Kind != plan.Stage {
		return nil, nil
	}
	out := make([]StageLine, len(verdicts))
	for i, v := range verdicts {
		out[i] = StageLine{Nominee: v.Nominee.ID, Years: []StageYear{}}
	}
	for _, year := range s.period.Years {
		annual, ok := s.plan.AnnualPeriod(year)
		if !ok {
			continue
		}
		r, err := run(s.plan, d, annual.ID, false)
		if err != nil {
			return nil, err
		}
		stands, byName := standings(r), map[string][]Nominee{}
		for _, v := range r.Verdicts {
			key := identity(v.Nominee)
			byName[key] = append(byName[key], v.Nominee)
		}
		for i, v := range verdicts {
			y := StageYear{Year: year, Period: annual.ID}
			var yearly Verdict
			for _, n := range byName[identity(v.Nominee)] {
				if sameBirth(n, v.Nominee) {
					yearly = stands[n.ID].verdict
					y.Nominee, y.Outcome, y.Award = n.ID, yearly.Outcome, stands[n.ID].award
					break
				}
			}
			value := func(key string) string { return cmp.Or(inYear(v, key, year), inYear(yearly, key, 0)) }
			y.Grade, y.IndexScore, y.IndexBand, y.Targets = value("grade"), value(check.FactIndexScore),
				value(check.FactIndexBand), value(check.FactTargets)
			out[i].Years = append(out[i].Years, y)
		}
	}
	return out, nil
}

// inYear is what a verdict's facts say of a year: the official word before the ledger's, and that
// before the unit's.
func inYear(v Verdict, key string, year int) string {
	for _, basis := range []Basis{check.Official, check.Ledger, check.Declared} {
		for _, f := range v.Facts {
			if f.Key == key && f.Year == year && f.Basis == basis {
				return f.Value
			}
		}
	}
	return ""
}

// identity is by what a nominee is known again in another round: unit, kind and name, accents and
// all.
func identity(n Nominee) string {
	return n.Unit + "\x00" + n.Kind + "\x00" + templates.NameKey(n.Kind, n.Name)
}

// sameBirth reports whether two births can be the same: one is missing, or one is a year the other
// falls in.
func sameBirth(a, b Nominee) bool {
	return a.Born == "" || b.Born == "" || strings.HasPrefix(a.Born, b.Born) || strings.HasPrefix(b.Born, a.Born)
}

// past is somebody chosen in another round.
type past struct {
	Nominee
	round      plan.Period
	initiative string // folded
}

// pastAwards lists who was chosen in the rounds that this one must not repeat: the year before and
// the ad hoc awards for a year, the yearly rounds for an ad hoc award.
func (s setting) pastAwards(d submission.Dataset) ([]past, error) {
	var out []past
	for _, per := range s.plan.Periods {
		var looks bool
		switch s.period.Kind {
		case plan.Annual:
			looks = per.Kind == plan.Annual && per.To.Year == s.period.To.Year-1 || per.Kind == plan.AdHoc
		case plan.AdHoc:
			looks = per.Kind == plan.Annual
		}
		if !looks || take(d, per.ID).votes == nil {
			continue
		}
		r, err := run(s.plan, d, per.ID, false)
		if err != nil {
			return nil, err
		}
		stands := standings(r)
		for _, a := range r.Awards {
			if a.Chosen && !a.NeedsDecision {
				out = append(out, past{a.Nominee, per, initiativeOf(stands[a.Nominee.ID].verdict)})
			}
		}
	}
	return out, nil
}

func initiativeOf(v Verdict) string {
	for _, f := range v.Facts {
		if f.Key == check.FactInitiative && f.Value != "" {
			return viet.Fold(f.Value)
		}
	}
	return ""
}

// flagPastAwards marks nominees who were awarded before, and says so where the achievement is word
// for word the same. It decides nothing.
func (s setting) flagPastAwards(all []entrant, before []past) {
	byName := map[string][]past{}
	for _, p := range before {
		key := p.Kind + "\x00" + templates.NameKey(p.Kind, p.Name)
		byName[key] = append(byName[key], p)
	}
	for _, e := range all {
		for _, p := range byName[e.Kind+"\x00"+e.key] {
			if e.Unit != p.Unit && (e.Kind != Individual || len(e.Born) < len("2006-01-02") || e.Born != p.Born) ||
				!sameBirth(e.Nominee, p.Nominee) {
				continue
			}
			kind, code := "awardedbefore", finding.Code("")
			if sameText(e.Summary, p.Summary) || e.initiative() != "" && e.initiative() == p.initiative {
				kind = "sameachievement"
			}
			e.flag(code, kind, []string{p.ID}, "period", strings.ToLower(p.round.Title), "id", p.ID)
		}
	}
}

func (c *candidate) initiative() string {
	for _, f := range c.subject.Facts {
		if f.Key == check.FactInitiative && f.Value != "" {
			return viet.Fold(f.Value)
		}
	}
	return ""
}

// sameText reports whether two accounts of an achievement are the same but for case, accents and
// spaces. Short ones say too little to tell.
func sameText(a, b string) bool {
	const telling = 20
	a, b = viet.Fold(a), viet.Fold(b)
	return len(a) >= telling && a == b
}
