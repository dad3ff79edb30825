// Package rounds finds a round of the plan and evaluates it as it was known at a moment.
//
// A plan, a ledger and a moment come in; the sources from which papers and answers are made go out.
// The package stores nothing.
package rounds

import (
	"context"
	"strings"
	"time"

	"thidua/cmd/exit"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/issue"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Find returns the round with that ID; of no ID the annual round that is going on.
func Find(p *plan.Plan, id string, now time.Time) (plan.Period, error) {
	if id == "" {
		return current(p, now), nil
	}
	if period, ok := p.Period(id); ok {
		return period, nil
	}
	var known []string
	for _, period := range p.Periods {
		known = append(known, period.ID)
	}
	text := wording.Text("cli.noperiod", "id", id, "known", strings.Join(known, ", "))
	return plan.Period{}, exit.Because(exit.Usage, text)
}

// OfYear returns the annual round of a year; of year 0 the one that is going on.
func OfYear(p *plan.Plan, year int, now time.Time) (plan.Period, error) {
	if year == 0 {
		return current(p, now), nil
	}
	if period, ok := p.AnnualPeriod(year); ok {
		return period, nil
	}
	return plan.Period{}, exit.Because(exit.Usage, wording.Text("cli.noyear", "year", year))
}

// current is the annual round of the year, else the last one before it, else the first of all.
func current(p *plan.Plan, now time.Time) plan.Period {
	year := calendar.DateOf(now).Year
	best := plan.Period{}
	for _, period := range p.Periods {
		if period.Kind == plan.Annual && (best.ID == "" || period.To.Year <= year) {
			best = period
		}
	}
	return best
}

// At evaluates a round as it was known at a moment.
func At(
	ctx context.Context, l *ledger.Ledger, p *plan.Plan, period string, at time.Time,
) (round.Sources, error) {
	d, err := l.Dataset(ctx, at)
	if err != nil {
		return round.Sources{}, err
	}
	return evaluate(ctx, l, p, period, d)
}

// Now evaluates a round as it is known now. It counts as of the last thing known and not of the
// minute of asking, so that asking again gives the same bytes.
func Now(
	ctx context.Context, l *ledger.Ledger, p *plan.Plan, period string, now time.Time,
) (round.Sources, error) {
	d, err := l.Dataset(ctx, now)
	if err != nil {
		return round.Sources{}, err
	}
	d.AsOf = lastChange(d, period, now)
	return evaluate(ctx, l, p, period, d)
}

func evaluate(
	ctx context.Context, l *ledger.Ledger, p *plan.Plan, period string, d submission.Dataset,
) (round.Sources, error) {
	sources, err := round.Gather(p, d, period, calendar.DateOf(d.AsOf))
	if err != nil {
		return round.Sources{}, err
	}
	entered, err := l.Register().Entries(ctx)
	if err != nil {
		return round.Sources{}, err
	}
	sources.Numbers = issue.Numbers(entered)
	sources.Original = func(x submission.Submission) ([]byte, error) { return l.Blob(ctx, x.SHA256) }
	return sources, nil
}

// lastChange is when the last submission or ruling of a round arrived, now when there is none.
func lastChange(d submission.Dataset, period string, now time.Time) time.Time {
	at := now
	for _, x := range d.Submissions {
		if x.Period == period {
			at = x.Received
		}
	}
	for _, o := range d.Overrides {
		if o.Period == period && o.At.After(at) {
			at = o.At
		}
	}
	return at
}
