// Package issue decides what falls due, makes its papers and forms, and writes the letters that
// carry them.
//
// The occasions of a plan, the data of a moment and the runs so far go in; runs with their
// documents and letters come out, each in one transaction of the ledger, so that the same is never
// issued twice. The package answers no mail, sends nothing, and writes to units on working days
// only.
package issue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/reports/parallel"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Issuer issues what is due of a plan.
//
//constructed:by New
type Issuer struct {
	post.Post
	forms *prefill.Forms
}

// New returns an issuer that writes in the name of the post and encloses these forms.
func New(p post.Post, forms *prefill.Forms) Issuer { return Issuer{p, forms} }

// Issue makes the papers of every occasion that is due and queues the letters that carry them.
// Forms, reminders and tables that watch a deadline go out once; papers that rest on records and
// dossiers go out again when what they rest on has changed, until the council has voted.
//
// It returns the keys of the runs issued, and Missed keys of those that it lets pass: papers whose
// day was over long before the ledger was begun, such as those of a past year of the plan, are
// noted and sent to nobody. The error names every occasion whose papers could not be made; the
// others are issued all the same. progress, which may be nil, is told the title of each occasion
// before it is issued.
func (p Issuer) Issue(
	ctx context.Context, l *ledger.Ledger, clock calendar.Clock, progress func(title string),
) ([]string, error) {
	var err error
	if p.Post, err = p.With(ctx, l); err != nil {
		return nil, err
	}
	desks, err := p.openDesks(ctx, l, clock)
	if err != nil {
		return nil, err
	}
	var issued []string
	var failed []error
	for _, o := range occurrences(p.Plan) {
		key, err := desks[o.Period.ID].issue(ctx, l, o, progress)
		if e := (*paperError)(nil); errors.As(err, &e) {
			failed = append(failed, err) // it is tried again in the next pass; the other occasions do not wait for it
			continue
		}
		if err != nil {
			return issued, err
		}
		if key != "" {
			issued = append(issued, key)
		}
	}
	changed, err := p.tellChanges(ctx, l, desks)
	return append(issued, changed...), errors.Join(append(failed, err)...)
}

// openDesks opens a desk for every period of the plan that has anything due, side by side. What has
// to be hashed and evaluated to know that is remembered; an error is told when its turn comes.
func (p Issuer) openDesks(ctx context.Context, l *ledger.Ledger, clock calendar.Clock) (map[string]*desk, error) {
	known, err := look(ctx, l, clock.Now())
	if err != nil {
		return nil, err
	}
	opened, err := parallel.Map(p.Plan.Periods, func(period plan.Period) (*desk, error) {
		d := newDesk(p, known, period)
		for _, o := range p.Plan.Occurrences(period.ID) {
			_, _, _ = d.due(o)
		}
		return d, nil
	})
	desks := map[string]*desk{}
	for i, d := range opened {
		desks[p.Plan.Periods[i].ID] = d
	}
	return desks, err
}

// paperError is trouble with the papers of one occasion, which keeps no other back.
type paperError struct{ error }

func (e *paperError) Unwrap() error { return e.error }

// issue issues an occurrence when it is due and was not issued on the same before. key is "" when
// nothing was issued.
func (d *desk) issue(
	ctx context.Context, l *ledger.Ledger, o plan.Occurrence, progress func(title string),
) (key string, err error) {
	key, due, err := d.due(o)
	if err != nil || !due || d.ran(key) || d.ran(Missed+o.Key) {
		return "", err
	}
	if progress != nil {
		progress(o.Occasion.Title + ", " + o.Period.Title)
	}
	if d.missed(o) {
		key := Missed + o.Key
		return key, l.Runs().Issue(ctx, d.run(key, strings.Trim(Missed, "/")), nil, nil)
	}
	j, err := d.newJob(ctx, l, o, key)
	if err != nil {
		return "", fmt.Errorf("issuing %s: %w", key, err)
	}
	if j.silent() {
		return "", nil
	}
	docs, letters, err := j.makeGuarded()
	if err != nil {
		return "", &paperError{fmt.Errorf("issuing %s: %w", key, err)}
	}
	return key, l.Runs().Issue(ctx, d.run(key, o.Occasion.ID), docs, letters)
}

// union joins address lists without repeating an address.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
