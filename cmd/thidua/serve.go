package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // a bare container has no time zones

	"github.com/robfig/cron/v3"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/wording"
)

type serveCommand struct{}

// idlePoll is how often the mailbox is looked into when its server announces nothing.
const idlePoll = 15 * time.Minute

// schedule is when passes are made whatever the mailbox says.
type schedule []cron.Schedule

// readSchedule reads cron expressions. They are in Vietnam's time unless they begin with CRON_TZ=.
func readSchedule(expressions []string) (schedule, error) {
	var out schedule
	for _, text := range expressions {
		if text = strings.TrimSpace(text); !strings.HasPrefix(text, "CRON_TZ=") && !strings.HasPrefix(text, "TZ=") {
			text = "CRON_TZ=Asia/Ho_Chi_Minh " + text
		}
		s, err := cron.ParseStandard(text)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// next is the first moment after now at which a pass is due, zero when none ever is.
func (s schedule) next(now time.Time) time.Time {
	var first time.Time
	for _, one := range s {
		if at := one.Next(now); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// server makes passes until it is stopped. One pass runs at a time; the lease of the ledger keeps other machines out meanwhile.
type server struct {
	*session
	conf     *config
	ledger   *ledger.Ledger
	log      *slog.Logger
	schedule schedule
	turn     sync.Mutex // one pass at a time in this process
	state    state
}

// Run serves until a signal comes, then ends at the next safe point: no transaction, no mail and no move is left half-done.
func (serveCommand) Run(s *session) error {
	defer s.app.bounded()()
	c, err := s.usable()
	if err != nil {
		return err
	}
	if _, err := s.thePlan(); err != nil { // a plan with mistakes is told at once, not at the first pass
		return err
	}
	l, err := s.theLedger(false)
	if err != nil {
		return err
	}
	log, closeLog, err := s.logger(c, true)
	if err != nil {
		return err
	}
	defer closeLog()
	v := &server{session: s, conf: c, ledger: l, log: log, state: state{started: s.Now(), stamp: s.Now}}
	if v.schedule, err = readSchedule(c.Serve.Schedule); err != nil {
		return exit{exitInvalid, err}
	}
	if len(v.schedule) == 0 && !c.Serve.Idle {
		return exit{exitInvalid, errors.New(wording.Text("cli.serve.never"))}
	}
	if c.Serve.Listen != "" {
		stop, err := v.listen()
		if err != nil {
			return err
		}
		defer stop()
	}
	log.Info("serving", "schedule", strings.Join(c.Serve.Schedule, "; "), "idle", c.Serve.Idle, "listen", c.Serve.Listen)
	if c.Log.File != "" { // else the log is what a person sees
		s.say(wording.Text("cli.serve.started", "schedule", strings.Join(c.Serve.Schedule, "; "), "file", c.Log.File))
		defer func() { s.say(wording.Text("cli.serve.stopped")) }()
	}
	var working sync.WaitGroup
	working.Go(v.byClock)
	if c.Serve.Idle {
		working.Go(v.byMail)
	}
	working.Wait()
	log.Info("stopped")
	return nil
}

// byClock makes a pass at the start and whenever the schedule says.
func (v *server) byClock() {
	if !v.conf.Serve.Idle { // otherwise the mailbox is looked into at the start anyway
		v.dialled()
	}
	for v.ctx.Err() == nil {
		now := v.Now()
		at := v.schedule.next(now)
		if at.IsZero() {
			<-v.ctx.Done()
			return
		}
		timer := time.NewTimer(at.Sub(now))
		select {
		case <-timer.C:
			v.dialled()
		case <-v.ctx.Done():
			timer.Stop()
		}
	}
}

// dialled makes a pass over a connection of its own.
func (v *server) dialled() {
	_ = v.once(func(ctx context.Context) (mailbox.Source, func() error, error) { // told by once
		src, err := v.mailbox(ctx, v.conf)
		if err != nil {
			return nil, nil, err
		}
		return src, src.Close, nil
	})
}

// byMail makes a pass whenever the mailbox announces mail, and every quarter of an hour in case it does not.
func (v *server) byMail() {
	f := mailbox.Follower{
		Dial: func(ctx context.Context) (*mailbox.IMAP, error) { return v.mailbox(ctx, v.conf) },
		Look: func(_ context.Context, box *mailbox.IMAP) error {
			err := v.once(func(context.Context) (mailbox.Source, func() error, error) {
				return box, func() error { return nil }, nil
			})
			if err != nil {
				return toldOf{err}
			}
			return nil
		},
		Poll: idlePoll,
		Trouble: func(err error, pause time.Duration) {
			if !errors.Is(err, context.Canceled) && !errors.As(err, new(toldOf)) {
				v.state.failed(err)
				v.log.Warn("mailbox lost", "error", err, "again", pause.String())
			}
		},
	}
	_ = f.Run(v.ctx) // ends with the context
}

// toldOf is the failure of a pass: it has been logged and counted already.
type toldOf struct{ error }

func (c toldOf) Unwrap() error { return c.error }

// once makes one pass, unless another machine is making one.
func (v *server) once(open func(context.Context) (mailbox.Source, func() error, error)) error {
	v.turn.Lock()
	defer v.turn.Unlock()
	if v.ctx.Err() != nil {
		return v.ctx.Err()
	}
	begun := v.state.begin()
	var r passReport
	err := v.alone(v.ctx, v.ledger, func(ctx context.Context) error {
		src, closing, err := open(ctx)
		if err != nil {
			return fmt.Errorf("opening the mailbox: %w", err)
		}
		// the plan is read anew: people change it while we run, and a plan with mistakes must not stop what has come in meanwhile
		was := v.plan
		v.plan = nil
		p, err := v.thePlan()
		if err != nil {
			p, v.plan = was, was
			v.log.Error("the plan has mistakes; going on with the last good one", "error", err)
		}
		pass, err := v.pass(v.conf, p, v.ledger, src, v.newBar())
		if err == nil {
			r, err = pass.do(ctx)
		}
		return errors.Join(err, closing())
	})
	switch {
	case errors.Is(err, errTaken):
		v.state.stoodBy()
		v.log.Debug("another machine is making a pass", "error", err)
		return nil
	case err != nil && v.ctx.Err() != nil:
		logPass(v.log, r, context.Canceled)
		return v.ctx.Err()
	case err != nil:
		v.state.failed(err)
	case r.sent.Unreachable != "":
		v.state.failed(errors.New("the mail server is out of reach"))
	default:
		v.state.good(begun)
		if perr := v.ping(v.conf); perr != nil {
			v.log.Warn("nobody heard the ping", "error", perr)
		}
	}
	logPass(v.log, r, err)
	return err
}

// listen opens the pages for machines that watch.
func (v *server) listen() (stop func(), err error) {
	ln, err := net.Listen("tcp", v.conf.Serve.Listen)
	if err != nil {
		return nil, exit{exitFailure, errors.New(wording.Text("cli.serve.listen", "listen", v.conf.Serve.Listen, "problem", err))}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", v.healthz)
	mux.HandleFunc("GET /metrics", v.metrics)
	h := &http.Server{Handler: mux, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, ErrorLog: slog.NewLogLogger(v.log.Handler(), slog.LevelDebug)}
	go func() { _ = h.Serve(ln) }() // ends with Close
	v.log.Info("watched", "at", ln.Addr().String())
	return func() { _ = h.Close() }, nil
}
