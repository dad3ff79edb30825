package demo

import (
	"fmt"
	"sort"
	"time"

	"golang.org/x/sync/errgroup"

	"thidua/samples/city"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// moment is when something happens: a mail arrives, or without one the timer starts a pass.
type moment struct {
	at   time.Time
	mail *city.Mail
}

// moments are those of the rounds, in their order. A mail that comes at the time of a pass is
// before it.
func (d *Demo) moments() ([]moment, error) {
	mails, err := d.writeMails()
	if err != nil {
		return nil, err
	}
	passes := map[time.Time]bool{}
	var out []moment
	for _, m := range mails {
		out = append(out, moment{at: m.At, mail: m})
		passes[nextPass(m.At)] = true
	}
	var last time.Time
	for _, period := range d.rounds {
		passes[nextPass(d.city.Session(period.ID))] = true
		for _, o := range d.plan.Occurrences(period.ID) {
			if at := passOf(d.plan, o); at.After(last) {
				last = at
			}
		}
	}
	for at := range passes {
		if at.After(last) {
			last = at
		}
	}
	// Other rounds have their occasions meanwhile: the forms of the next year go out while this one
	// ends.
	for _, period := range d.plan.Periods {
		for _, o := range d.plan.Occurrences(period.ID) {
			if at := passOf(d.plan, o); !o.On.IsZero() && !at.After(last) {
				passes[at] = true
			}
		}
	}
	for at := range passes {
		out = append(out, moment{at: at})
	}
	sort.SliceStable(out, func(i, j int) bool {
		if !out[i].at.Equal(out[j].at) {
			return out[i].at.Before(out[j].at)
		}
		return out[i].mail != nil && out[j].mail == nil
	})
	return out, nil
}

// writeMails lets the city write the mails of all rounds, several rounds at once.
func (d *Demo) writeMails() ([]*city.Mail, error) {
	written := make([][]city.Mail, len(d.rounds))
	var g errgroup.Group
	for i, period := range d.rounds {
		g.Go(func() (err error) {
			written[i], err = d.city.Mails(period.ID)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, fmt.Errorf("writing the city's mails: %w", err)
	}
	var out []*city.Mail
	for _, mails := range written {
		for i := range mails {
			out = append(out, &mails[i])
		}
	}
	return out, nil
}

// passOf is when the timer starts a pass because of an occurrence: in the morning of its day, which
// for those that go to units is a working day. It is zero for an occurrence without a day.
func passOf(p *plan.Plan, o plan.Occurrence) time.Time {
	if o.On.IsZero() {
		return time.Time{}
	}
	day := o.On
	toUnits := o.Occasion.To == plan.ToUnits || o.Occasion.To == plan.ToMissingUnits
	if toUnits && !p.Calendar.IsWorkingDay(day) {
		day = p.Calendar.AddWorkingDays(day, 1)
	}
	return day.Start().Add(7*time.Hour + time.Minute)
}

// nextPass is the next time the timer starts a pass: half past eight and half past four every day.
func nextPass(after time.Time) time.Time {
	const morning, afternoon = 8*time.Hour + 30*time.Minute, 16*time.Hour + 30*time.Minute
	day := calendar.DateOf(after)
	for _, hour := range []time.Duration{morning, afternoon} {
		if t := day.Start().Add(hour); t.After(after) {
			return t
		}
	}
	return day.AddDays(1).Start().Add(morning)
}
