package evaluate

import (
	"cmp"
	"slices"
	"strings"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// round judges the nominees of a period by the facts of one year: of the year itself for an annual
// period, of every year that counts for a stage, of the year of the achievement for an ad hoc
// award. The nominees are the same in every round, in the same order.
type round struct {
	setting
	in      intake
	roll    roll
	records *official
}

// rounds prepares the years of a period. s and in are those of the period itself.
func rounds(s setting, d submission.Dataset, in intake) ([]round, error) {
	years := s.period.Years
	switch s.period.Kind {
	case plan.Annual:
		years = nil
	case plan.Stage:
		years = s.plan.Stage.Years(s.period)
	}
	var out []round
	for _, year := range years {
		annual, ok := s.plan.AnnualPeriod(year)
		if !ok {
			continue
		}
		r, own := round{setting: s, in: in}, take(d, annual.ID)
		own.inherit(s.plan, s.period.To)
		r.year, r.span, r.in.records = year, annual, own.records
		if s.period.Kind == plan.Stage {
			r.on = annual.To
			r.period.Registration, r.in.registration = annual.Registration, own.registration
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		r := round{setting: s, in: in}
		r.span = s.period
		out = []round{r}
	}
	for i := range out {
		r := &out[i]
		r.criteria = map[plan.NomineeKind][]*check.Criterion{}
		if err := r.compile(); err != nil {
			return nil, err
		}
		r.roll = callRoll(r.setting, r.in)
		for _, c := range r.roll.all {
			c.subject.Waived = s.waivers[c.ID]
		}
		r.records = gather(r.setting, r.in.records)
		for _, unit := range r.units(r.in.dossier) {
			r.records.facts(r.setting, unit.Code, r.roll.byUnit[unit.Code])
		}
		for _, c := range r.roll.all {
			r.records.flagElsewhere(r.setting, c)
			r.derive(c)
		}
		if s.period.Kind == plan.Stage {
			r.dateFacts()
		}
	}
	return out, nil
}

// dateFacts says of which year the facts are that come from the year's own records.
func (r *round) dateFacts() {
	for _, c := range r.roll.all {
		for i := range c.subject.Facts {
			if f := &c.subject.Facts[i]; f.Basis == check.Official || f.Key == check.FactRegistered ||
				f.Key == check.FactUnitPlan {
				f.Year = r.year
			}
		}
	}
}

// entrant is one nominee with the years that judge it.
type entrant struct {
	*candidate
	turns []turn
}

// turn is a nominee as one year knows it.
type turn struct {
	*round
	c *candidate
}

// entrants brings together what the rounds say about each nominee.
func entrants(all []round) []entrant {
	out := make([]entrant, len(all[0].roll.all))
	for i := range out {
		for k := range all {
			c := all[k].roll.all[i]
			if all[k].period.Kind != plan.AdHoc || all[k].year == nearest(all, c.achieved) {
				out[i].turns = append(out[i].turns, turn{&all[k], c})
			}
		}
		out[i].candidate = out[i].turns[0].c
	}
	return out
}

// nearest is the year of a round nearest to the year of an achievement, the earlier of two.
func nearest(all []round, year int) int {
	distance := func(r round) int { return max(r.year-year, year-r.year) }
	return slices.MinFunc(all, func(a, b round) int { return cmp.Compare(distance(a), distance(b)) }).year
}

// judge is the verdict of the only year, or of all years together: the worst year decides each
// criterion (Plan III.2).
func (e entrant) judge() Verdict {
	if len(e.turns) == 1 {
		return e.turns[0].setting.judge(e.turns[0].c)
	}
	out := Verdict{Nominee: e.Nominee, Judgements: []Judgement{}, Facts: []Fact{}, Flags: []Flag{}}
	verdicts := make([]Verdict, len(e.turns))
	for i, t := range e.turns {
		verdicts[i] = t.setting.judge(t.c)
		for _, f := range verdicts[i].Facts {
			if !slices.Contains(out.Facts, f) {
				out.Facts = append(out.Facts, f)
			}
		}
		for _, f := range verdicts[i].Flags {
			if !slices.ContainsFunc(out.Flags, func(o Flag) bool { return o.Kind == f.Kind && o.Text == f.Text }) {
				out.Flags = append(out.Flags, f)
			}
		}
	}
	slices.SortStableFunc(out.Facts, compareFacts)
	var outcomes []Outcome
	for k := range verdicts[0].Judgements {
		j := e.worst(verdicts, k)
		out.Judgements, outcomes = append(out.Judgements, j), append(outcomes, j.Outcome)
	}
	out.Outcome = overall(outcomes)
	return out
}

// worst puts together what the years say by one criterion: the outcome that weighs most, with the
// reasons of the years that gave it.
func (e entrant) worst(verdicts []Verdict, criterion int) Judgement {
	weight := func(o Outcome) int { return slices.Index(check.Outcomes(), o) }
	out := verdicts[0].Judgements[criterion]
	for _, v := range verdicts[1:] {
		if j := v.Judgements[criterion]; weight(j.Outcome) < weight(out.Outcome) {
			out = j
		}
	}
	out.Facts, out.Overrides = []Fact{}, nil
	var reasons, changes []string
	alike := true
	for _, v := range verdicts {
		j := v.Judgements[criterion]
		alike = alike && j.Reason == verdicts[0].Judgements[criterion].Reason
		for _, id := range j.Overrides {
			if !slices.Contains(out.Overrides, id) {
				out.Overrides = append(out.Overrides, id)
			}
		}
		for _, f := range j.Facts {
			if !slices.Contains(out.Facts, f) {
				out.Facts = append(out.Facts, f)
			}
		}
	}
	if alike {
		return out
	}
	for i, v := range verdicts {
		if j := v.Judgements[criterion]; j.Outcome == out.Outcome {
			year := e.turns[i].year
			reasons = append(reasons, wording.Text("evaluate.reason.year", "year", year, "reason", j.Reason))
			if j.WouldChange != "" {
				changes = append(changes, wording.Text("evaluate.reason.year", "year", year, "reason", j.WouldChange))
			}
		}
	}
	out.Reason, out.WouldChange = strings.Join(reasons, " "), strings.Join(changes, " ")
	return out
}

// steps are the keys of the order: in a round of several years those of its weakest year, which is
// named where years differ.
func (e entrant) steps() []step {
	years := make([][]step, len(e.turns))
	for n, t := range e.turns {
		years[n] = t.setting.steps(t.c)
	}
	out := slices.Clone(years[0])
	for i := range out {
		year, differ := e.turns[0].year, false
		for n, steps := range years[1:] {
			differ = differ || steps[i].weight != out[i].weight
			if steps[i].weight > out[i].weight {
				out[i], year = steps[i], e.turns[n+1].year
			}
		}
		if differ {
			out[i].value = wording.Text("evaluate.order.year", "value", out[i].value, "year", year)
		}
	}
	return out
}

// contradictions are those of every year.
func (e entrant) contradictions() []Contradiction {
	var out []Contradiction
	for _, t := range e.turns {
		out = append(out, t.setting.contradictions(t.c)...)
	}
	return out
}

// recordFindings are the findings on the records of all years.
func recordFindings(all []round) []finding.Finding {
	out := []finding.Finding{}
	for _, r := range all {
		out = append(out, r.records.findings...)
	}
	return out
}
