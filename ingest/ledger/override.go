package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"thidua/ingest/submission"
	"thidua/templates/calendar"
)

// ErrEnded says that an override has been ended before.
var ErrEnded = errors.New("the override has been ended")

// Overridden is an override with its end. Ended is zero while it is in force.
type Overridden struct {
	submission.Override
	Ended     time.Time
	EndPerson string
	EndReason string
}

// Overrides are the decisions of the office that hold in place of a rule, until they end.
//
//constructed:by Overrides
type Overrides struct{ *connection }

// Overrides is where decisions in place of a rule are noted and ended.
func (l *Ledger) Overrides() Overrides { return Overrides{l.connection} }

// Add enters a ruling of the standing office, with the ledger's time and a number of its own, and
// returns it so. A mail's ruling is entered once: the same again from the same Source gives back
// what was entered. An override that lacks something is an error.
func (l Overrides) Add(ctx context.Context, o submission.Override) (submission.Override, error) {
	err := l.write(ctx, func(t *tx) error {
		if missing := o.Problem(); missing != "" {
			return fmt.Errorf("%s is missing", missing)
		}
		o.At = t.at
		all, err := t.overrides()
		if err != nil {
			return err
		}
		for _, known := range all {
			same := known.Override
			same.ID, same.At = "", o.At
			if o.ID = ""; o.Source != "" && same == o {
				o = known.Override
				return nil
			}
		}
		o.ID = submission.NewOverrideID(o)
		for try := 2; slices.ContainsFunc(all, func(x Overridden) bool { return x.ID == o.ID }); try++ {
			o.ID = submission.NewOverrideID(o) + "-" + strconv.Itoa(try)
		}
		t.insert("override (id, kind, period, unit, form, nominee, criterion, day, person, reason, ref, source, at)",
			o.ID, string(o.Kind), o.Period, o.Unit, o.Form, o.Nominee, o.Criterion, o.Day.String(), o.Person, o.Reason,
			o.Ref, o.Source, t.now)
		return t.tell(OverrideMade, o.ID, digestOverride(o))
	})
	if err != nil {
		return submission.Override{}, fmt.Errorf("entering an override: %w", err)
	}
	return o, nil
}

// End takes an override back from now on; what was evaluated as of an earlier moment still knows
// it. ErrUnknown when there is none of that number, ErrEnded when it has been ended before.
func (l Overrides) End(ctx context.Context, id, person, reason string) error {
	err := l.write(ctx, func(t *tx) error {
		var one int
		known, err := t.get([]any{&one}, `SELECT 1 FROM override WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if !known {
			return ErrUnknown
		}
		n, err := t.exec(`INSERT INTO override_end (override, person, reason, at)
			VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, id, person, reason, t.now)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrEnded
		}
		return t.tell(OverrideEnded, id, digest(id, person, reason, t.now))
	})
	if err != nil {
		return fmt.Errorf("ending override %s: %w", id, err)
	}
	return nil
}

// All returns every override, ended ones too, in the order in which they were entered.
func (l Overrides) All(ctx context.Context) ([]Overridden, error) {
	var out []Overridden
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.overrides()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading overrides: %w", err)
	}
	return out, nil
}

func (t *tx) overrides() ([]Overridden, error) {
	var out []Overridden
	err := t.each(func(scan func(...any) error) error {
		var o Overridden
		var day, at, ended string
		if err := scan(&o.ID, &o.Kind, &o.Period, &o.Unit, &o.Form, &o.Nominee, &o.Criterion, &day, &o.Person,
			&o.Reason, &o.Ref, &o.Source, &at,
			&o.EndPerson, &o.EndReason, &ended); err != nil {
			return err
		}
		var err1, err2, err3 error
		if day != "" {
			o.Day, err1 = calendar.ParseISO(day)
		}
		o.At, err2 = moment(at)
		o.Ended, err3 = moment(ended)
		out = append(out, o)
		return errors.Join(err1, err2, err3)
	}, `SELECT o.id, o.kind, o.period, o.unit, o.form, o.nominee,
		o.criterion, o.day, o.person, o.reason, o.ref, o.source, o.at,
			COALESCE(e.person, ''), COALESCE(e.reason, ''), COALESCE(e.at, '')
		FROM override o LEFT JOIN override_end e ON e.override = o.id ORDER BY o.at, o.id`)
	return out, err
}

func digestOverride(o submission.Override) string {
	return digest(o.ID, string(o.Kind), o.Period, o.Unit, o.Form, o.Nominee, o.Criterion, o.Day.String(), o.Person,
		o.Reason, o.Ref, o.Source, stamp(o.At))
}

func (v *verifier) overrides(t *tx) error {
	all, err := t.overrides()
	for _, o := range all {
		v.fact(OverrideMade, o.ID, digestOverride(o.Override))
		if !o.Ended.IsZero() {
			v.fact(OverrideEnded, o.ID, digest(o.ID, o.EndPerson, o.EndReason, stamp(o.Ended)))
		}
	}
	return err
}
