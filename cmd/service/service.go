// Package service makes passes until it is stopped: by schedule, and when the mailbox announces
// mail.
//
// A configuration, a ledger and a plan that is read anew for every pass come in; passes, lines in
// the log and pages for machines that watch go out. One pass runs at a time; the lease of the
// ledger keeps other machines out meanwhile. What a pass does is none of its business.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/logs"
	"thidua/cmd/pass"
	"thidua/cmd/release"
	"thidua/cmd/vitals"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// idlePoll is how often the mailbox is looked into when its server announces nothing.
const idlePoll = 15 * time.Minute

// Surroundings is what a service works with.
type Surroundings struct {
	Config *config.Config
	Ledger *ledger.Ledger
	Lease  *pass.Lease
	Log    *slog.Logger
	Clock  calendar.Clock
	Record *vitals.Record             // of how passes went
	Plan   func() (*plan.Plan, error) // reads the plan anew and refuses one with mistakes
}

// Service makes passes until it is stopped.
//
//constructed:by New
type Service struct {
	Surroundings
	settings pass.Settings
	schedule config.Schedule
	turn     sync.Mutex // one pass at a time in this process
	plan     *plan.Plan // the last one without mistakes
	passes   *pass.Pass // under that plan
	health   *health
}

// New reads plan and schedule. A plan with mistakes is told at once, not at the first pass.
func New(with Surroundings) (*Service, error) {
	s := &Service{Surroundings: with, health: newHealth(with.Clock)}
	var err error
	if s.plan, err = with.Plan(); err != nil {
		return nil, err
	}
	if s.settings, err = with.Config.Pass(); err != nil {
		return nil, err
	}
	if s.schedule, err = with.Config.Schedule(); err != nil {
		return nil, exit.With(exit.Invalid, err)
	}
	if len(s.schedule) == 0 && !with.Config.Serve.Idle {
		return nil, exit.Because(exit.Invalid, wording.Text("cli.serve.never"))
	}
	return s, nil
}

// Serve makes passes until the context ends, and then ends at the next safe point: no transaction,
// no mail and no move is left half-done.
func (s *Service) Serve(ctx context.Context) error {
	c := s.Config.Serve
	if c.Listen != "" {
		stop, err := s.listen(c.Listen)
		if err != nil {
			return err
		}
		defer stop()
	}
	s.Log.Info("serving", "version", release.Current().Short(), "plan", s.plan.ID+" "+s.plan.Hash[:12],
		"schedule", strings.Join(c.Schedule, "; "), "idle", c.Idle, "listen", c.Listen)
	var working sync.WaitGroup
	working.Go(func() { s.followClock(ctx) })
	if c.Idle {
		working.Go(func() { s.followMailbox(ctx) })
	}
	working.Wait()
	s.Log.Info("stopped")
	return nil
}

// followClock makes a pass at the start and whenever the schedule says.
func (s *Service) followClock(ctx context.Context) {
	if !s.Config.Serve.Idle { // otherwise the mailbox is looked into at the start anyway
		s.passByClock(ctx)
	}
	for ctx.Err() == nil {
		now := s.Clock.Now()
		at := s.schedule.Next(now)
		if at.IsZero() {
			<-ctx.Done()
			return
		}
		timer := time.NewTimer(at.Sub(now))
		select {
		case <-timer.C:
			s.passByClock(ctx)
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

// passByClock makes a pass over a connection of its own. How it went is told by pass.
func (s *Service) passByClock(ctx context.Context) {
	_ = s.pass(ctx, func(ctx context.Context) (mailbox.Source, func() error, error) {
		box, err := s.Config.DialMailbox(ctx)
		if err != nil {
			return nil, nil, err
		}
		return box, box.Close, nil
	})
}

// followMailbox makes a pass whenever the mailbox announces mail, and every quarter of an hour in
// case it does not.
func (s *Service) followMailbox(ctx context.Context) {
	f := mailbox.Follower{
		Dial: s.Config.DialMailbox,
		Look: func(_ context.Context, box *mailbox.IMAP) error {
			err := s.pass(ctx, func(context.Context) (mailbox.Source, func() error, error) {
				return box, func() error { return nil }, nil
			})
			if err != nil {
				return passError{err}
			}
			return nil
		},
		Poll: idlePoll,
		Trouble: func(err error, pause time.Duration) {
			if !errors.Is(err, context.Canceled) && !errors.As(err, new(passError)) {
				s.health.fail(err)
				s.Log.Warn("mailbox lost", "error", err, "again", pause.String())
			}
		},
	}
	_ = f.Run(ctx) // ends with the context
}

// passError is the failure of a pass, which has been logged and counted already.
type passError struct{ error }

func (e passError) Unwrap() error { return e.error }

// opener opens the mailbox for a pass and says how to close it.
type opener func(context.Context) (source mailbox.Source, closeSource func() error, err error)

// pass makes one pass unless another machine is making one, and notes how it went.
func (s *Service) pass(ctx context.Context, open opener) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	begun := s.health.begin()
	r, err := s.passAlone(ctx, open)
	s.note(r, err)
	switch {
	case errors.Is(err, pass.ErrTaken):
		s.health.standBy()
		s.Log.Debug("another machine is making a pass", "error", err)
		return nil
	case err != nil && ctx.Err() != nil:
		r.Log(s.Log, context.Canceled)
		return ctx.Err()
	case err != nil:
		s.health.fail(err)
	case r.Sent.Unreachable != "":
		s.health.fail(errors.New("the mail server is out of reach"))
	default:
		s.health.succeed(begun)
		if unheard := s.Config.Ping(ctx); unheard != nil {
			s.Log.Warn("nobody heard the ping", "error", unheard)
		}
	}
	r.Log(s.Log, err)
	return err
}

// note remembers how a pass ended, for those who ask later. Being second or stopped is no ending.
func (s *Service) note(r pass.Report, err error) {
	if errors.Is(err, pass.ErrTaken) || errors.Is(err, context.Canceled) {
		return
	}
	problem := r.Sent.Unreachable
	if err != nil {
		problem = err.Error()
	}
	if unwritten := s.Record.Passed(logs.Impersonal(exit.ServerProblem(problem))); unwritten != nil {
		s.Log.Warn("not noted how the pass went", "error", unwritten)
	}
}

// passAlone makes one pass under the lease.
func (s *Service) passAlone(ctx context.Context, open opener) (r pass.Report, err error) {
	err = s.Lease.Hold(ctx, func(ctx context.Context) error {
		source, closeSource, err := open(ctx)
		if err != nil {
			return fmt.Errorf("opening the mailbox: %w", err)
		}
		s.refreshPlan()
		r, err = s.passes.Make(ctx, source, s.Config.DialSMTP)
		return errors.Join(err, closeSource())
	})
	return r, err
}

// refreshPlan reads the plan anew: people change it while the service runs. A plan with mistakes
// must not stop what has come in meanwhile, so that the last good one stays in force.
func (s *Service) refreshPlan() {
	p, err := s.Plan()
	if err != nil {
		s.Log.Error("the plan has mistakes; going on with the last good one", "error", err)
		p = s.plan
	}
	if p != s.plan || s.passes == nil { // what the last pass knows holds under its plan alone
		s.plan, s.passes = p, pass.New(p, s.Ledger, s.Clock, s.settings)
	}
}
