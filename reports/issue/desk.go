package issue

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// knowledge is what the ledger knows at one moment.
type knowledge struct {
	now      time.Time
	data     submission.Dataset
	runs     []ledger.Run
	began    time.Time                                   // when the ledger was begun
	original func(submission.Submission) ([]byte, error) // a file as it was sent
}

// look asks the ledger for what it knows at a moment.
func look(ctx context.Context, l *ledger.Ledger, now time.Time) (k knowledge, err error) {
	k.now = now
	k.original = func(x submission.Submission) ([]byte, error) { return l.Blob(ctx, x.SHA256) }
	if k.data, err = l.Dataset(ctx, now); err != nil {
		return k, err
	}
	if k.runs, err = l.Runs().All(ctx); err != nil {
		return k, err
	}
	k.began, err = l.Chain().Began(ctx)
	if k.began.IsZero() {
		k.began = now
	}
	return k, err
}

// ran reports whether a run with that key was issued.
func (k knowledge) ran(key string) bool {
	return slices.ContainsFunc(k.runs, func(r ledger.Run) bool { return r.Key == key })
}

// desk makes the papers of one period at one moment.
//
//constructed:by newDesk
type desk struct {
	Issuer
	knowledge
	period  plan.Period
	forms   *prefill.Round
	sources func() (round.Sources, error) // the period evaluated, once
	outcome func() (string, error)        // what the session resulted in, once
	hashes  map[string]string             // by the forms they cover
}

func newDesk(p Issuer, known knowledge, period plan.Period) *desk {
	on := calendar.DateOf(known.now)
	d := &desk{
		Issuer: p, knowledge: known, period: period, forms: p.forms.Round(known.data, period, on, p.Secret()),
		hashes: map[string]string{},
	}
	d.sources = sync.OnceValues(func() (round.Sources, error) {
		s, err := round.Gather(p.Plan, known.data, period.ID, on)
		s.Original = known.original
		return s, err
	})
	d.outcome = sync.OnceValues(d.findOutcome)
	return d
}

// hash identifies what the period's papers rest on, in the length of a key.
func (d *desk) hash(forms ...string) string { return d.fullHash(forms...)[:12] }

// fullHash is the hash of the forms with those IDs, of all when none is named.
func (d *desk) fullHash(forms ...string) string {
	key := strings.Join(forms, " ")
	if d.hashes[key] == "" {
		d.hashes[key] = evaluate.DatasetHash(d.Plan, d.data, d.period, forms...)
	}
	return d.hashes[key]
}

// run is what the ledger notes of an issue.
func (d *desk) run(key, report string) ledger.Run {
	return ledger.Run{
		Key: key, Report: report, Period: d.period.ID, PlanHash: d.Plan.Hash, DatasetHash: d.fullHash(), AsOf: d.now,
	}
}

// takesPart reports whether a unit registered in any year of the period: registering is voluntary
// (Plan II.1).
func (d *desk) takesPart(unit string) bool {
	for _, year := range d.period.Years {
		if annual, ok := d.Plan.AnnualPeriod(year); ok {
			if _, registered := d.data.Current(annual.ID, templates.RegistrationForm.ID, unit); registered {
				return true
			}
		}
	}
	return false
}
