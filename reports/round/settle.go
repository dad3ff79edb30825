package round

import (
	"slices"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// Settled are the sources as they were when the Chairman decided, and as they are before that.
func (s Sources) Settled() Sources {
	if s.Decided == nil {
		return s
	}
	then := *s.Decided
	then.Unit, then.Numbers, then.Original, then.Given = s.Unit, s.Numbers, s.Original, s.Given
	return then
}

// settle adds to sources of a round that was decided what was known then, where something else is
// known now, and counts the awards as they were given: without whom the decision leaves out.
func (s *Sources) settle() error {
	at, decided := s.decidedAt()
	if decided {
		if known := s.knownAt(at); s.differs(known) {
			then, err := evaluateOn(s.Plan, known, s.Period, s.On)
			if err != nil {
				return err
			}
			s.Decided = &then
		}
	}
	if err := s.sessions(); err != nil || !decided {
		return err
	}
	v, result := s.Decision(), s.Settled().Result
	result.Awards = slices.DeleteFunc(slices.Clone(result.Awards),
		func(a evaluate.Award) bool { return Withheld(v, a.Nominee.ID) })
	s.Summary.Awards = evaluate.AwardLines(result)
	if s.Decided != nil {
		s.Decided.Summary.Awards = s.Summary.Awards
	}
	return nil
}

// decidedAt is when the decision on the last vote came in, or the last vote where it came after all
// decisions; ok is false before there are both. A decision that is reported once more, to mend its
// number or its day, decides nothing anew.
func (s Sources) decidedAt() (at time.Time, ok bool) {
	votes, decisions := s.Data.Accepted(s.Period.ID, templates.VotesForm.ID), Decisions(s.Data, s.Period)
	if len(votes) == 0 || len(decisions) == 0 {
		return time.Time{}, false
	}
	at = votes[len(votes)-1].Received
	for _, d := range decisions {
		if d.Received.After(at) {
			return d.Received, true
		}
	}
	return at, true
}

// Decisions are the reports of the Chairman's decision that hold now. Between the years each
// session has a decision of its own: what was reported before the last tally was about another.
func Decisions(d submission.Dataset, per plan.Period) []submission.Submission {
	all := d.Accepted(per.ID, templates.DecisionForm.ID)
	if votes := d.Accepted(per.ID, templates.VotesForm.ID); per.Kind == plan.AdHoc && len(votes) > 0 {
		last := votes[len(votes)-1].Received
		all = slices.DeleteFunc(all, func(x submission.Submission) bool { return x.Received.Before(last) })
	}
	return all
}

// Given is an award that the decision of an earlier session between the years gave.
type Given struct {
	Nominee  evaluate.Nominee
	Decision *templates.Decision
}

// GivenBefore is the decision of an earlier session that gave a nominee the award, nil when none
// did.
func (s Sources) GivenBefore(id string) *templates.Decision { return decisionFor(s.Given, id) }

func decisionFor(given []Given, id string) *templates.Decision {
	for _, g := range given {
		if g.Nominee.ID == id {
			return g.Decision
		}
	}
	return nil
}

// sessions finds whom the decisions of earlier sessions between the years gave the award already. A
// tally that chooses nobody else puts the one before it right: then the awards of that one are its
// own.
func (s *Sources) sessions() error {
	if s.Period.Kind != plan.AdHoc {
		return nil
	}
	var gave [][]Given // by session
	votes, all := s.Data.Accepted(s.Period.ID, templates.VotesForm.ID),
		s.Data.Accepted(s.Period.ID, templates.DecisionForm.ID)
	for i := 0; i+1 < len(votes); i++ {
		own := slices.DeleteFunc(slices.Clone(all), func(x submission.Submission) bool {
			return x.Received.Before(votes[i].Received) || !x.Received.Before(votes[i+1].Received)
		})
		if len(own) == 0 {
			continue
		}
		then, err := evaluateOn(s.Plan, s.Data.Before(own[0].Received), s.Period, s.On)
		if err != nil {
			return err
		}
		decision, _ := own[len(own)-1].Value.(*templates.Decision)
		gave = earlierSessions(gave, then.Result)
		then.Given = slices.Concat(gave...)
		var session []Given
		for _, n := range then.ChosenBy(decision) {
			session = append(session, Given{n, decision})
		}
		gave = append(gave, session)
	}
	s.Given = slices.Concat(earlierSessions(gave, s.Settled().Result)...)
	return nil
}

// earlierSessions are the sessions before the one of a result: without the last where the tally
// chooses only whom those chose, and thus puts it right.
func earlierSessions(gave [][]Given, r evaluate.Result) [][]Given {
	given := slices.Concat(gave...)
	anybody, anew := false, false
	for _, a := range r.Awards {
		anybody = anybody || a.Chosen
		anew = anew || a.Chosen && decisionFor(given, a.Nominee.ID) == nil
	}
	if anybody && !anew {
		return gave[:len(gave)-1]
	}
	return gave
}

// knownAt is what was known at the moment of the decision, with the decision as it is reported now.
func (s Sources) knownAt(at time.Time) submission.Dataset {
	then := s.Data.Before(at)
	for _, x := range Decisions(s.Data, s.Period) {
		if x.Received.After(at) {
			then.Submissions = append(then.Submissions, x)
		}
	}
	return then
}

// differs reports whether something else was known than is now that the round rests on: its own, or
// of the years that a stage looks back on.
func (s Sources) differs(then submission.Dataset) bool {
	if then.Hash(s.Period.ID) != s.Data.Hash(s.Period.ID) {
		return true
	}
	return s.Period.Kind != plan.Annual && slices.ContainsFunc(s.Period.Years, func(year int) bool {
		annual, ok := s.Plan.AnnualPeriod(year)
		return ok && then.Hash(annual.ID) != s.Data.Hash(annual.ID)
	})
}
