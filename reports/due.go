package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"thidua/evaluate"
	"time"

	"thidua/ingest/ledger"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// What falls due on a day is issued from this hour on, UTC+7.
const officeOpens = 7 * time.Hour

// How long what was missed, because no machine was running, is still made up for. A warning is never: once the deadline has passed it would
// only confuse. A form is sent until the day it is to come back.
const (
	overdueCatchUp = 7 * 24 * time.Hour  // a reminder after the deadline, and a form without one
	officeCatchUp  = 31 * 24 * time.Hour // a table that watches a deadline
)

// Missed begins the key of a run that was let pass: "missed/docket/2018".
const Missed = "missed/"

// missed reports whether the day of an occurrence was over long before the ledger was begun: whoever starts with a plan that has been running does not
// want the papers of its past years in the mail. They can be made at any time (thidua report).
func missed(o plan.Occurrence, began time.Time, runs []ledger.Run) bool {
	return !o.On.IsZero() && began.Sub(opens(o.On)) > officeCatchUp &&
		!slices.ContainsFunc(runs, func(r ledger.Run) bool { return strings.HasPrefix(r.Key, o.Key+"/") })
}

// firstReminder is how many days units are left in peace after the plan was issued.
const firstReminder = 3

// occurrences returns what every period of the plan ever has due, by day, so that whoever was away catches up in order.
func (p Post) occurrences() []plan.Occurrence {
	var out []plan.Occurrence
	for _, period := range p.Plan.Periods {
		out = append(out, p.Plan.Occurrences(period.ID)...)
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

// due tells whether an occurrence is due now, and the key of its run. runs are those issued so far.
func (d *desk) due(o plan.Occurrence, runs []ledger.Run) (key string, due bool, err error) {
	switch o.Occasion.When.Event {
	case plan.SessionEvent:
		return d.decided(o, runs)
	case plan.DecisionEvent:
		return d.dueByDecision(o, runs)
	}
	key, due = d.dueOn(o)
	return key, due, nil
}

// decided tells whether the result of a session is due: when the vote has come, and again when something about a nominee or the vote has changed
// since. What came in and changed nothing of it, such as the registrations of a later year, sends nothing. Once the Chairman has decided only a new
// vote or decision is news, and a record that speaks against somebody who was given an award.
func (d *desk) decided(o plan.Occurrence, runs []ledger.Run) (key string, due bool, err error) {
	if len(d.data.Accepted(d.period.ID, templates.VotesForm.ID)) == 0 {
		return "", false, nil
	}
	if d.made(o, runs) || d.signed() && slices.Contains(o.Occasion.Papers, "decision") { // its draft is history
		return "", false, nil
	}
	outcome, err := d.outcome()
	return o.Key + "/" + outcome, err == nil, err
}

// made reports whether an occurrence was issued on exactly what is known now.
func (d *desk) made(o plan.Occurrence, runs []ledger.Run) bool {
	return slices.ContainsFunc(runs, func(r ledger.Run) bool {
		return strings.HasPrefix(r.Key, o.Key+"/") && r.DatasetHash == d.fullHash() && r.PlanHash == d.Plan.Hash
	})
}

// outcome identifies what a session resulted in, as far as papers tell it, in the length of a key.
func (d *desk) outcome() (string, error) {
	if d.result != "" {
		return d.result, nil
	}
	s, err := d.gathered()
	if err != nil {
		return "", err
	}
	r := s.settled().Result
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
	d.result = hex.EncodeToString(sum[:6])
	return d.result, nil
}

// againstGiven are the nominees who were given the award and, by what is known now, do not meet a criterion.
func againstGiven(s Sources) []string {
	var out []string
	for _, n := range honoured(s) {
		if slices.ContainsFunc(s.Result.Verdicts, func(v evaluate.Verdict) bool { return v.Nominee.ID == n.ID && v.Outcome == evaluate.NotMet }) {
			out = append(out, n.ID)
		}
	}
	return out
}

// dueOn tells it of an occurrence with a day.
func (d *desk) dueOn(o plan.Occurrence) (key string, due bool) {
	if d.now.Before(opens(o.On)) {
		return "", false
	}
	switch o.Occasion.To {
	case plan.ToMissingUnits:
		return o.Key, d.mayRemind(o)
	case plan.ToUnits:
		return o.Key, d.working() && d.now.Before(d.formsUntil(o))
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
	if len(d.data.Accepted(d.period.ID, templates.VotesForm.ID)) > 0 { // the council's papers are for the session: after it they are history
		return "", false
	}
	return o.Key + "/" + d.hash(restsOn()...), true
}

// restsOn are the forms that the council's papers rest on.
func restsOn() []string {
	return []string{templates.RegistrationForm.ID, templates.DossierForm.ID, templates.StageForm.ID, templates.AdHocForm.ID, templates.RecordsForm.ID}
}

// dueByDecision is due for what waits for the Chairman's decision, and again only when the vote or the decision was sent again: a record that
// comes later changes nothing that was decided. What it would have changed is told with the result of the session. While there is nobody to
// name, only the office hears of it, once, with its own papers.
func (d *desk) dueByDecision(o plan.Occurrence, runs []ledger.Run) (key string, due bool, err error) {
	if len(d.data.Accepted(d.period.ID, templates.VotesForm.ID)) == 0 || !d.signed() {
		return "", false, nil
	}
	key = o.Key + "/" + d.hash(templates.VotesForm.ID, templates.DecisionForm.ID)
	if slices.ContainsFunc(runs, func(r ledger.Run) bool { return r.Key == key }) {
		return key, false, nil
	}
	s, err := d.gathered()
	if err != nil {
		return "", false, err
	}
	if len(honoured(s)) == 0 {
		return key + "/nobody", slices.Contains(o.Occasion.Papers, "register"), nil
	}
	return key, o.Occasion.To != plan.ToUnits || d.working(), nil
}

// signed reports whether the Chairman has decided.
func (d *desk) signed() bool { return len(decisions(d.data, d.period)) > 0 }

func opens(on calendar.Date) time.Time { return on.Start().Add(officeOpens) }

// working reports whether offices work today: units are written to on no other day.
func (d *desk) working() bool { return d.Plan.Calendar.IsWorkingDay(calendar.DateOf(d.now)) }

// mayRemind reports whether a reminder that fell due still makes sense: units are at work and have had the plan for some days, a warning comes before the
// deadline, and of several that were missed only the last one is sent.
func (d *desk) mayRemind(o plan.Occurrence) bool {
	if !d.working() || o.On.DaysSince(d.Plan.IssuedOn) < firstReminder {
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

// formsUntil is when sending the forms of an occasion makes no sense any more: the end of the last day on which one of them is in time.
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

// lastWarning reports whether an occurrence is the last of its occasion before the deadline.
func lastWarning(o plan.Occurrence) bool {
	last := 0
	for _, n := range o.Occasion.When.Days {
		if n < 0 && (last == 0 || n > last) {
			last = n
		}
	}
	return last < 0 && strings.HasSuffix(o.Key, "/"+strconv.Itoa(last))
}

// mostNamed is how many of the missing things a reminder names one by one.
const mostNamed = 12

// missing names what keeps a paper from being accepted: number, place, what is wrong.
func missing(findings []finding.Finding) [][]string {
	var rows [][]string
	rest := 0
	for _, f := range findings {
		switch {
		case f.Level != finding.Must:
		case len(rows) == mostNamed:
			rest++
		default:
			place := f.Sheet
			if f.Cell != "" {
				place += ", " + f.Cell
			}
			rows = append(rows, []string{strconv.Itoa(len(rows) + 1), strings.Trim(place, ", "), f.Message})
		}
	}
	if rest > 0 {
		rows = append(rows, []string{"", "", wording.Text("letter.reminder.more", "n", rest)})
	}
	return rows
}
