package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// session is what one command works with, opened when first asked for.
type session struct {
	*app
	ctx    context.Context
	flags  *commands
	config *config
	plan   *plan.Plan
	ledger *ledger.Ledger
}

func (s *session) close() {
	if s.ledger != nil {
		if err := s.ledger.Close(); err != nil {
			s.say(wording.Text("cli.failed", "problem", fmt.Errorf("closing the ledger: %w", err)))
		}
	}
}

// settings reads the configuration; without --config and without thidua.yaml in the current folder everything has its default.
func (s *session) settings() (*config, error) {
	c, err := s.read()
	if err == nil && len(c.wrong) > 0 {
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.config.unreadable", "file", cmp.Or(s.flags.Config, configName), "problem", strings.Join(c.wrong, " ")))}
	}
	return c, err
}

// read reads the configuration as far as it can be read.
func (s *session) read() (*config, error) {
	if s.config != nil {
		return s.config, nil
	}
	c, err := readConfig(s.flags.Config)
	if err != nil {
		return nil, exit{exitInvalid, err}
	}
	s.config = c
	return c, nil
}

// thePlan loads the plan: from --plan, from the configuration, or the one built in. A plan with mistakes is refused with all of them.
func (s *session) thePlan() (*plan.Plan, error) {
	if s.plan != nil {
		return s.plan, nil
	}
	c, err := s.settings()
	if err != nil {
		return nil, err
	}
	dir := s.flags.Plan
	if dir == "" {
		dir = c.path(c.Plan)
		if _, embedded := plan.Embedded(c.Plan); embedded {
			if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
				dir = c.Plan
			}
		}
	}
	p, err := loadPlan(dir)
	if err != nil {
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.plan.unreadable", "problem", err))}
	}
	faults := 0
	for _, problem := range plan.Lint(p) {
		if !problem.Warning {
			faults++
			s.say(wording.Text("cli.plan.problem", "file", problem.File, "where", problem.Where, "text", problem.Text))
		}
	}
	if faults > 0 {
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.plan.invalid", "n", faults))}
	}
	s.plan = p
	return p, nil
}

// loadPlan loads a plan's folder; where there is none of that name, the plan of that name that comes with the program: of a bare name, never of a path, so that a folder
// that was not mounted is missed. An empty name is the plan built in.
func loadPlan(name string) (*plan.Plan, error) {
	if name == "" {
		return plan.Default()
	}
	_, embedded := plan.Embedded(name)
	if info, err := os.Stat(name); err == nil && !info.IsDir() || !embedded && errors.Is(err, os.ErrNotExist) {
		return nil, errors.New(wording.Text("cli.plan.nofolder", "dir", name))
	}
	return plan.Load(planFolder(name))
}

// planFolder is the folder that loadPlan loads.
func planFolder(name string) fs.FS {
	if name == "" {
		return plan.BuiltIn()
	}
	if embedded, ok := plan.Embedded(name); ok {
		if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
			return embedded
		}
	}
	return os.DirFS(name)
}

// theLedger opens the ledger of the configuration. mustExist keeps commands that only look from making an empty one.
func (s *session) theLedger(mustExist bool) (*ledger.Ledger, error) {
	if s.ledger != nil {
		return s.ledger, nil
	}
	c, err := s.settings()
	if err != nil {
		return nil, err
	}
	place, err := c.place(s.env)
	if err != nil {
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.config.ledgersecret", "problem", err))}
	}
	if mustExist && !ledger.IsServer(place) {
		if _, err := os.Stat(place); errors.Is(err, os.ErrNotExist) {
			return nil, exit{exitUsage, errors.New(wording.Text("cli.noledger", "path", place))}
		}
	}
	l, err := ledger.Open(s.ctx, place, s.app, s.ledgerOptions...)
	if err != nil {
		return nil, err
	}
	s.ledger = l
	return l, nil
}

// anyLedger opens the ledger where there is one, and is nil where nobody has made one yet: forms can be made before.
func (s *session) anyLedger() (*ledger.Ledger, error) {
	l, err := s.theLedger(true)
	if e := (exit{}); errors.As(err, &e) && e.code == exitUsage {
		return nil, nil
	}
	return l, err
}

// post is in whose name letters go out.
func (s *session) post(c *config, p *plan.Plan) (reports.Post, error) {
	post := reports.Post{Plan: p, Address: c.Mailbox.Address, Domain: c.domain(), Largest: c.SMTP.Largest << 20 / 4 * 3}
	var err error
	post.Signer, err = c.signer()
	return post, err
}

// asOf reads a moment given on the command line: a day (its end), or a day and time, in UTC+7 unless a zone is written. Empty is now.
func (s *session) asOf(text string) (time.Time, error) {
	if text == "" {
		return s.Now(), nil
	}
	if d, err := calendar.ParseISO(text); err == nil && !d.Partial() {
		return d.AddDays(1).Start().Add(-time.Nanosecond), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, text, calendar.Zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, exit{exitUsage, errors.New(wording.Text("cli.badtime", "text", text))}
}

// period returns the period with that ID, or the one that is going on.
func (s *session) period(p *plan.Plan, id string) (plan.Period, error) {
	if id != "" {
		if per, ok := p.Period(id); ok {
			return per, nil
		}
		known := ""
		for i, per := range p.Periods {
			if i > 0 {
				known += ", "
			}
			known += per.ID
		}
		return plan.Period{}, exit{exitUsage, errors.New(wording.Text("cli.noperiod", "id", id, "known", known))}
	}
	year := calendar.DateOf(s.Now()).Year
	best := plan.Period{}
	for _, per := range p.Periods {
		if per.Kind == plan.Annual && (best.ID == "" || per.To.Year <= year) {
			best = per
		}
	}
	return best, nil
}

// gather evaluates a period as it was known at a moment.
func (s *session) gather(period, asOf string) (reports.Sources, error) {
	p, err := s.thePlan()
	if err != nil {
		return reports.Sources{}, err
	}
	l, err := s.theLedger(true)
	if err != nil {
		return reports.Sources{}, err
	}
	at, err := s.asOf(asOf)
	if err != nil {
		return reports.Sources{}, err
	}
	per, err := s.period(p, period)
	if err != nil {
		return reports.Sources{}, err
	}
	d, err := l.Dataset(s.ctx, at)
	if err != nil {
		return reports.Sources{}, err
	}
	if asOf == "" { // not the minute of asking but the last thing known, so that asking again gives the same bytes
		d.AsOf = lastChange(d, per.ID, at)
	}
	src, err := reports.Gather(p, d, per.ID, calendar.DateOf(d.AsOf))
	if err != nil {
		return reports.Sources{}, err
	}
	entered, err := l.Registered(s.ctx)
	src.Numbers = reports.Numbers(entered)
	src.Original = func(x submission.Submission) ([]byte, error) { return l.Blob(s.ctx, x.SHA256) }
	return src, err
}

// lastChange is when the last submission of a period arrived, at when there is none.
func lastChange(d submission.Dataset, period string, at time.Time) time.Time {
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

// json prints a value as indented JSON.
func (a *app) json(v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	a.print("%s\n", b)
	return nil
}
