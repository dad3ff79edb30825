package reports

import (
	"fmt"
	"slices"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// settled are papers that tell what was decided. Once the Chairman has decided they are made from what was known then: a record that comes
// later does not change a list that was signed, nor the minutes of the session before it.
var settled = []string{"minutes", "tally", "proposal", "decision", "awards", "notice", UnitNotice, "certificates", "register", "program", "honours", "invitation"}

// settled are the sources as they were when the Chairman decided, and as they are before that.
func (s Sources) settled() Sources {
	if s.Decided == nil {
		return s
	}
	then := *s.Decided
	then.Unit, then.Numbers, then.Original = s.Unit, s.Numbers, s.Original
	return then
}

// settle adds to sources of a round that was decided what was known then, where something came in since, and counts the awards as they were
// given: without whom the decision leaves out.
func (s *Sources) settle() error {
	at, ok := s.decidedAt()
	if !ok {
		return nil
	}
	if s.since(at) {
		then, err := evaluated(s.Plan, submission.NewDataset(at, s.Data.Submissions).WithOverrides(s.Data.Overrides), s.Period, s.On)
		if err != nil {
			return err
		}
		s.Decided = &then
	}
	v, result := reported(*s), s.settled().Result
	result.Awards = slices.DeleteFunc(slices.Clone(result.Awards), func(a evaluate.Award) bool { return withheld(v, a.Nominee.ID) })
	s.Summary.Awards = evaluate.AwardLines(result)
	if s.Decided != nil {
		s.Decided.Summary.Awards = s.Summary.Awards
	}
	return nil
}

// decidedAt is when the last of the vote and the decision came in; ok is false before both have.
func (s Sources) decidedAt() (at time.Time, ok bool) {
	for _, form := range []string{templates.VotesForm.ID, templates.DecisionForm.ID} {
		all := s.Data.Accepted(s.Period.ID, form)
		if len(all) == 0 {
			return time.Time{}, false
		}
		if last := all[len(all)-1].Received; last.After(at) {
			at = last
		}
	}
	return at, true
}

// since reports whether something came in after a moment that the round rests on: its own, or of the years that a stage looks back on.
func (s Sources) since(at time.Time) bool {
	concerns := func(period string) bool {
		if period == s.Period.ID {
			return true
		}
		return s.Period.Kind != plan.Annual && slices.ContainsFunc(s.Period.Years, func(year int) bool {
			annual, ok := s.Plan.AnnualPeriod(year)
			return ok && annual.ID == period
		})
	}
	return slices.ContainsFunc(s.Data.Submissions, func(x submission.Submission) bool { return x.Received.After(at) && concerns(x.Period) }) ||
		slices.ContainsFunc(s.Data.Overrides, func(o submission.Override) bool { return o.At.After(at) && concerns(o.Period) })
}

// evaluated are the sources of a round on one dataset.
func evaluated(p *plan.Plan, d submission.Dataset, per plan.Period, on calendar.Date) (Sources, error) {
	result, err := evaluate.Run(p, d, per.ID)
	if err != nil {
		return Sources{}, fmt.Errorf("gathering sources: %w", err)
	}
	return Sources{Plan: p, Data: d, Period: per, Result: result, Summary: evaluate.Summarise(p, d, per.ID, result), On: on}, nil
}
