package plan

import (
	"time"

	"thidua/templates/calendar"
)

// PeriodKind is the kind of a commendation round (plan III.1.2).
type PeriodKind string

// The kinds of rounds.
const (
	Annual PeriodKind = "annual" // tổng kết hàng năm
	Stage  PeriodKind = "stage"  // tổng kết giai đoạn
	AdHoc  PeriodKind = "ad-hoc" // đột xuất
)

// MostYears is how many years a stage may have: as many columns are there for each measure in its
// dossier.
const MostYears = 10

// Period is one round of commendation. From and To are its first and last day; Years are the
// calendar years it covers.
type Period struct {
	ID           string        `yaml:"id"` // "2018", "2018-2020", "dot-xuat"
	Kind         PeriodKind    `yaml:"kind"`
	Title        string        `yaml:"title"`
	From         calendar.Date `yaml:"from"`
	To           calendar.Date `yaml:"to"`
	Years        []int         `yaml:"years"`
	Registration *Deadline     `yaml:"registration,omitempty"` // nil when nothing is registered for it
	Dossier      *Deadline     `yaml:"dossier,omitempty"`      // nil when dossiers come at any time
	Mark         `yaml:",inline"`
}

// Period returns the period with that ID.
func (p *Plan) Period(id string) (Period, bool) {
	return find(p.Periods, func(x *Period) bool { return x.ID == id })
}

// AnnualPeriod returns the yearly round of a calendar year.
func (p *Plan) AnnualPeriod(year int) (Period, bool) {
	return find(p.Periods, func(x *Period) bool { return x.Kind == Annual && len(x.Years) == 1 && x.Years[0] == year })
}

// Deadline is "trước ngày …" (plan III.4): a paper is in time when it is received before the day
// Before begins in UTC+7.
type Deadline struct {
	Before calendar.Date `yaml:"before"` // the day the plan names; itself no longer in time
	// last day in time when the office rules otherwise, e.g. because of a holiday
	LastDay calendar.Date `yaml:"last-day,omitempty"`
	Clause  string        `yaml:"clause"`
	Mark    `yaml:",inline"`
}

// Last returns the last day in time.
func (d Deadline) Last() calendar.Date {
	if !d.LastDay.IsZero() {
		return d.LastDay
	}
	return d.Before.AddDays(-1)
}

// Timing is how a paper's receipt stands to its deadline.
type Timing string

// The timings.
const (
	OnTime   Timing = "on-time"    // đúng hạn
	OnTheDay Timing = "on-the-day" // trong ngày mốc: the office decides
	Late     Timing = "late"       // quá hạn; still accepted
)

// State returns the timing of a paper received at that instant, judged by the day in UTC+7, and for
// Late how many days it is late (1 on the day after the one the plan names).
func (d Deadline) State(received time.Time) (timing Timing, days int) {
	day := calendar.DateOf(received)
	switch {
	case !day.After(d.Last()):
		return OnTime, 0
	case !day.After(d.Before):
		return OnTheDay, 0
	}
	from := d.Before
	if d.Last().After(from) {
		from = d.Last()
	}
	return Late, day.DaysSince(from)
}
