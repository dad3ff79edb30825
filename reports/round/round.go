// Package round says what is known of one round of the movement on a day: its data, what evaluation
// makes of them, and what was decided.
//
// A plan, a dataset and a period go in; Sources come out, from which every paper and letter about
// the round is made. The package writes nothing, reads no clock and no ledger, and never evaluates
// otherwise than evaluate does.
package round

import (
	"fmt"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Sources is what every paper of a round is made from. Result and Summary are what evaluate says of
// Data for Period; On is the day the paper bears (UTC+7).
//
//constructed:by Gather, evaluateOn
type Sources struct {
	Plan    *plan.Plan
	Data    submission.Dataset
	Period  plan.Period
	Result  evaluate.Result
	Summary evaluate.Summary
	On      calendar.Date

	// Given are whom earlier sessions' decisions gave an award between the years, in their order.
	Given []Given
	// Decided is what was known when the Chairman decided, where something else is known now.
	Decided *Sources

	// Unit is the unit whose own paper is made; "" makes the papers of all units, for the office.
	Unit string
	// Numbers are those of the register of awards, by AwardKey; nil before the decision.
	Numbers map[string]int
	// Original returns a workbook as it came; nil where it cannot be had.
	Original func(submission.Submission) ([]byte, error)

	verdicts map[string]evaluate.Verdict // by nominee
}

// Gather evaluates the period with that ID and returns the sources of its papers. An error means
// that the plan has no such period, or that it cannot be evaluated.
func Gather(p *plan.Plan, d submission.Dataset, period string, on calendar.Date) (Sources, error) {
	per, ok := p.Period(period)
	if !ok {
		return Sources{}, fmt.Errorf("gathering sources: the plan has no period %q", period)
	}
	s, err := evaluateOn(p, d, per, on)
	if err != nil {
		return Sources{}, err
	}
	return s, s.settle()
}

// evaluateOn makes the sources of a round from one dataset.
func evaluateOn(p *plan.Plan, d submission.Dataset, per plan.Period, on calendar.Date) (Sources, error) {
	result, err := evaluate.Run(p, d, per.ID)
	if err != nil {
		return Sources{}, fmt.Errorf("gathering sources: %w", err)
	}
	s := Sources{
		Plan: p, Data: d, Period: per, Result: result, Summary: evaluate.Summarise(p, d, per.ID, result),
		On: on, verdicts: map[string]evaluate.Verdict{},
	}
	for _, v := range result.Verdicts {
		s.verdicts[v.Nominee.ID] = v
	}
	return s, nil
}

// text is a text of the plan's words.
func (s Sources) text(key string, pairs ...any) string { return s.Plan.Words.Text(key, pairs...) }

// Season is the annual round of the year of a moment, the last one before it where the plan has
// none for that year: what a mail is about that names no round.
func Season(p *plan.Plan, at time.Time) plan.Period {
	year := calendar.DateOf(at).Year
	best := plan.Period{}
	for _, x := range p.Periods {
		if x.Kind == plan.Annual && (best.ID == "" || x.To.Year <= year) {
			best = x
		}
	}
	return best
}
