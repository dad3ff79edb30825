package issue

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// What falls due on a day is issued from this hour on, UTC+7.
const officeOpens = 7 * time.Hour

// How long what was missed, because no machine was running, is still made up for. A warning is
// never: once the deadline has passed it would only confuse. A form is sent until the day it is to
// come back.
const (
	overdueCatchUp = 7 * 24 * time.Hour  // a reminder after the deadline, and a form without one
	officeCatchUp  = 31 * 24 * time.Hour // a table that watches a deadline
)

// Missed begins the key of a run that was let pass: "missed/docket/2018".
const Missed = "missed/"

// missed reports whether the day of an occurrence was over long before the ledger was begun:
// whoever starts with a plan that has been running does not want the papers of its past years in
// the mail. They can be made at any time (thidua report).
func (d *desk) missed(o plan.Occurrence) bool {
	return !o.On.IsZero() && d.began.Sub(opens(o.On)) > officeCatchUp &&
		!slices.ContainsFunc(d.runs, func(r ledger.Run) bool { return strings.HasPrefix(r.Key, o.Key+"/") })
}

// firstReminder is how many days units are left in peace after the plan was issued.
const firstReminder = 3

// occurrences returns what every period of the plan ever has due, by day, so that whoever was away
// catches up in order.
func occurrences(p *plan.Plan) []plan.Occurrence {
	var out []plan.Occurrence
	for _, period := range p.Periods {
		out = append(out, p.Occurrences(period.ID)...)
	}
	slices.SortStableFunc(out, func(a, b plan.Occurrence) int {
		if a.On.IsZero() != b.On.IsZero() { // those that wait for an event come last
			if a.On.IsZero() {
				return 1
			}
			return -1
		}
		return a.On.Compare(b.On)
	})
	return out
}

// due tells whether an occurrence is due now, and the key of its run.
func (d *desk) due(o plan.Occurrence) (key string, due bool, err error) {
	switch o.Occasion.When.Event {
	case plan.SessionEvent:
		return d.sessionDue(o)
	case plan.DecisionEvent:
		return d.decisionDue(o)
	}
	key, due = d.dayDue(o)
	return key, due, nil
}

// sessionDue tells whether the result of a session is due: when the vote has come, and again when
// something about a nominee or the vote has changed since. What came in and changed nothing of it,
// such as the registrations of a later year, sends nothing. Once the Chairman has decided only a
// new vote or decision is news, and a record that speaks against somebody who was given an award.
func (d *desk) sessionDue(o plan.Occurrence) (key string, due bool, err error) {
	if len(d.data.Accepted(d.period.ID, templates.VotesForm.ID)) == 0 {
		return "", false, nil
	}
	if d.unchanged(o) || d.decided() && slices.Contains(o.Occasion.Papers, "decision") { // its draft is history
		return "", false, nil
	}
	outcome, err := d.outcome()
	return o.Key + "/" + outcome, err == nil, err
}

// unchanged reports whether an occurrence was issued on exactly what is known now.
func (d *desk) unchanged(o plan.Occurrence) bool {
	return slices.ContainsFunc(d.runs, func(r ledger.Run) bool {
		return strings.HasPrefix(r.Key, o.Key+"/") && r.DatasetHash == d.fullHash() && r.PlanHash == d.Plan.Hash
	})
}

// findOutcome identifies what a session resulted in, as far as papers tell it, in the length of a
// key.
func (d *desk) findOutcome() (string, error) {
	s, err := d.sources()
	if err != nil {
		return "", err
	}
	r := s.Settled().Result
	parts := []any{r.Verdicts, r.Boards, r.Awards, r.NotChosen, r.Council}
	if s.Decided != nil {
		if against := againstGiven(s); len(against) > 0 {
			parts = append(parts, against)
		}
	}
	b, err := json.Marshal(parts)
	if err != nil {
		return "", fmt.Errorf("hashing the result of %s: %w", d.period.ID, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6]), nil
}

// againstGiven are the nominees who were given the award and, by what is known now, do not meet a
// criterion.
func againstGiven(s round.Sources) []string {
	var out []string
	for _, n := range s.Honoured() {
		if slices.ContainsFunc(s.Result.Verdicts, func(v evaluate.Verdict) bool {
			return v.Nominee.ID == n.ID &&
				v.Outcome == evaluate.NotMet
		}) {
			out = append(out, n.ID)
		}
	}
	return out
}

// dayDue tells it of an occurrence with a day.
func (d *desk) dayDue(o plan.Occurrence) (key string, due bool) {
	if d.now.Before(opens(o.On)) {
		return "", false
	}
	switch o.Occasion.To {
	case plan.ToMissingUnits:
		return o.Key, d.mayRemind(o)
	case plan.ToUnits:
		return o.Key, d.isWorkday() && d.now.Before(d.formsUntil(o))
	}
	if o.Occasion.When.Deadline != "" { // speaks of its day and is not repeated
		return o.Key, d.now.Sub(opens(o.On)) < officeCatchUp
	}
	if len(d.data.Units(d.period.ID)) == 0 {
		return "", false
	}
	if o.Occasion.To != plan.ToCouncil {
		return o.Key + "/" + d.hash(), true
	}
	// the council's papers are for the session: after it they are history
	if len(d.data.Accepted(d.period.ID, templates.VotesForm.ID)) > 0 {
		return "", false
	}
	return o.Key + "/" + d.hash(restsOn()...), true
}

// restsOn are the forms that the council's papers rest on.
func restsOn() []string {
	return []string{templates.RegistrationForm.ID, templates.DossierForm.ID, templates.StageForm.ID,
		templates.AdHocForm.ID, templates.RecordsForm.ID}
}

// decisionDue tells it of what waits for the Chairman's decision, and again only when the vote or
// the decision was sent again: a record that comes later changes nothing that was decided. What it
// would have changed is told with the result of the session. While there is nobody to name, only
// the office hears of it, once, with its own papers.
func (d *desk) decisionDue(o plan.Occurrence) (key string, due bool, err error) {
	if len(d.data.Accepted(d.period.ID, templates.VotesForm.ID)) == 0 || !d.decided() {
		return "", false, nil
	}
	key = o.Key + "/" + d.hash(templates.VotesForm.ID, templates.DecisionForm.ID)
	if d.ran(key) {
		return key, false, nil
	}
	s, err := d.sources()
	if err != nil {
		return "", false, err
	}
	if len(s.Honoured()) == 0 {
		return key + "/nobody", slices.Contains(o.Occasion.Papers, "register"), nil
	}
	return key, o.Occasion.To != plan.ToUnits || d.isWorkday(), nil
}

// decided reports whether the Chairman has decided.
func (d *desk) decided() bool { return len(round.Decisions(d.data, d.period)) > 0 }

func opens(on calendar.Date) time.Time { return on.Start().Add(officeOpens) }

// isWorkday reports whether offices work today: units are written to on no other day.
func (d *desk) isWorkday() bool { return d.Plan.Calendar.IsWorkingDay(calendar.DateOf(d.now)) }

// mayRemind reports whether a reminder that fell due still makes sense: units are at work and have
// had the plan for some days, a warning comes before the deadline, and of several that were missed
// only the last one is sent.
func (d *desk) mayRemind(o plan.Occurrence) bool {
	if !d.isWorkday() || o.On.DaysSince(d.Plan.IssuedOn) < firstReminder {
		return false
	}
	deadline := d.deadline(o.Occasion)
	if deadline == nil {
		return false
	}
	if o.On.After(deadline.Last()) {
		return d.now.Sub(opens(o.On)) < overdueCatchUp
	}
	if state, _ := deadline.State(d.now); state != plan.OnTime {
		return false
	}
	return !slices.ContainsFunc(d.Plan.Occurrences(d.period.ID), func(later plan.Occurrence) bool {
		return later.Occasion.ID == o.Occasion.ID && later.On.After(o.On) && !d.now.Before(opens(later.On))
	})
}

// formsUntil is when sending the forms of an occasion makes no sense any more: the end of the last
// day on which one of them is in time.
func (d *desk) formsUntil(o plan.Occurrence) time.Time {
	until := opens(o.On).Add(overdueCatchUp)
	for _, paper := range o.Occasion.Papers {
		f, ok := formOf(paper)
		if !ok {
			continue
		}
		deadline := d.period.Dossier
		if f == templates.RegistrationForm {
			deadline = d.period.Registration
		}
		if deadline != nil {
			if end := deadline.Last().AddDays(1).Start(); end.After(until) {
				until = end
			}
		}
	}
	return until
}

func (d *desk) deadline(o plan.Occasion) *plan.Deadline {
	if o.When.Deadline == "dossier" {
		return d.period.Dossier
	}
	return d.period.Registration
}

// NextDue is the first moment after now at which something may be due that is not due now, or cease
// to be: everything that depends on time alone changes when a day begins or when offices open.
func NextDue(now time.Time) time.Time {
	today := calendar.DateOf(now)
	if open := opens(today); now.Before(open) {
		return open
	}
	return today.AddDays(1).Start()
}
