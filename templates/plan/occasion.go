package plan

import (
	"slices"
	"strconv"
	"strings"

	"thidua/templates/calendar"
)

// Audience is to whom the papers of an occasion go.
type Audience string

// The audiences.
const (
	ToOffice       Audience = "office"        // the standing office
	ToCouncil      Audience = "council"       // the office and the Council's secretary
	ToUnits        Audience = "units"         // every unit
	ToMissingUnits Audience = "missing-units" // units whose paper is not there yet
)

// Occasion is a kỳ báo cáo: papers that fall due for every period of its kinds.
type Occasion struct {
	ID      string       `yaml:"id"`
	Title   string       `yaml:"title"`
	Periods []PeriodKind `yaml:"periods,flow"`
	When    Rule         `yaml:"when"`
	Papers  []string     `yaml:"papers,flow"`
	To      Audience     `yaml:"to"`
	Also    []string     `yaml:"also,omitempty,flow"` // codes of units that get a copy of what goes to the office
	Clause  string       `yaml:"clause"`
	Mark    `yaml:",inline"`
}

// Rule says when an occasion falls due; exactly one of MonthDay, Deadline and Event is set.
type Rule struct {
	MonthDay   string `yaml:"month-day,omitempty"`   // "01-15", in the last year of the period plus YearOffset
	YearOffset int    `yaml:"year-offset,omitempty"` //
	Deadline   string `yaml:"deadline,omitempty"`    // "registration" or "dossier"
	// working days before (negative) or after the last day in time; 0 is that day
	Days     []int  `yaml:"days,omitempty,flow"`
	EveryDay bool   `yaml:"every-day,omitempty"` // Days counts every day, not only working days
	Event    string `yaml:"event,omitempty"`     // "session" or "decision"
}

// The events an occasion may wait for.
const (
	SessionEvent  = "session"  // the Council's secretary sent the results of a vote
	DecisionEvent = "decision" // the office reported the Chairman's decision
)

// Occurrence is one due date of an occasion for a period. Key is stable and unique within a plan,
// such as "reminder-dossier/2018/-3". On is the day it falls due, at its Start; zero for occasions
// that wait for an event.
type Occurrence struct {
	Key      string
	Occasion Occasion
	Period   Period
	On       calendar.Date
}

// Occurrences returns every occurrence for the period with that ID, by day, those that wait for an
// event last.
func (p *Plan) Occurrences(period string) []Occurrence {
	per, ok := p.Period(period)
	if !ok {
		return nil
	}
	var out []Occurrence
	for _, o := range p.Occasions {
		if !slices.Contains(o.Periods, per.Kind) {
			continue
		}
		out = append(out, p.occurrences(o, per)...)
	}
	slices.SortStableFunc(out, func(a, b Occurrence) int {
		if a.On.IsZero() != b.On.IsZero() {
			if a.On.IsZero() {
				return 1
			}
			return -1
		}
		return a.On.Compare(b.On)
	})
	return out
}

func (p *Plan) occurrences(o Occasion, per Period) []Occurrence {
	key := o.ID + "/" + per.ID
	switch {
	case o.When.Event != "":
		return []Occurrence{{Key: key, Occasion: o, Period: per}}
	case o.When.MonthDay != "":
		month, day, ok := monthDay(o.When.MonthDay)
		if !ok {
			return nil
		}
		on := calendar.Date{Year: per.To.Year + o.When.YearOffset, Month: month, Day: day}
		if on.Before(p.IssuedOn) { // nothing falls due before the plan exists
			on = p.IssuedOn
		}
		return []Occurrence{{Key: key, Occasion: o, Period: per, On: on}}
	}
	deadline := per.Registration
	if o.When.Deadline == "dossier" {
		deadline = per.Dossier
	}
	if deadline == nil {
		return nil
	}
	var out []Occurrence
	for _, n := range o.When.Days {
		on := p.Calendar.AddWorkingDays(deadline.Last(), n)
		if o.When.EveryDay {
			on = deadline.Last().AddDays(n)
		}
		out = append(out, Occurrence{Key: key + "/" + strconv.Itoa(n), Occasion: o, Period: per, On: on})
	}
	return out
}

// monthDay reads "01-15".
func monthDay(s string) (month, day int, ok bool) {
	m, d, found := strings.Cut(s, "-")
	month, err1 := strconv.Atoi(m)
	day, err2 := strconv.Atoi(d)
	ok = found && err1 == nil && err2 == nil && calendar.Date{Year: 2001, Month: month, Day: day}.Valid() &&
		month > 0 && day > 0
	return month, day, ok
}
