package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/logs"
	"thidua/cmd/pass"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type runCommand struct {
	DryRun bool `name:"dry-run" help:"${cli_help_dryrun}"`
	Quiet  bool `short:"q" help:"${cli_help_quiet}"`
}

// slowClock is how far the clock may be behind what the ledger has noted before somebody is told.
const slowClock = 10 * time.Minute

// Run makes one pass: mailbox → ledger → answers → papers → mail.
func (r runCommand) Run(s *session) error {
	defer s.limitMemory()()
	c, err := s.loadPassConfig()
	if err != nil {
		return err
	}
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	settings, err := c.Pass()
	if err != nil {
		return err
	}
	settings.Progress = s.ShowProgress
	s.quiet = r.Quiet
	if r.DryRun {
		return s.rehearse(c, p, settings)
	}
	record := s.mind(c)
	err = s.makePass(c, p, settings)
	s.notePass(record, err)
	return err
}

// makePass makes a pass alone and tells how it went, on the screen and in the log.
func (s *session) makePass(c *config.Config, p *plan.Plan, settings pass.Settings) error {
	l, err := s.openLedger()
	if err != nil {
		return err
	}
	level, err := c.LogLevel()
	if err != nil {
		return exit.With(exit.Invalid, err)
	}
	log, closeLog, err := logs.Open(c.LogFile(), io.Discard, level, s.app)
	if err != nil {
		return err
	}
	defer closeLog()
	if last, err := l.Chain().Last(s.ctx); err == nil && last.Sub(s.Now()) > slowClock {
		s.Say(wording.Text("cli.run.clock", "now", calendar.ShortMoment(s.Now()), "last", calendar.ShortMoment(last)))
	}
	var report pass.Report
	err = s.newLease(l).Hold(s.ctx, func(ctx context.Context) error {
		report, err = s.makePassOver(ctx, c, pass.New(p, l, s.app, settings))
		return err
	})
	if errors.Is(err, pass.ErrTaken) {
		return exit.With(exit.Later, taken{wording.Text("cli.run.taken", "problem", err)})
	}
	report.Log(log, err)
	s.tellDelays(report)
	if err != nil {
		return err
	}
	if report.Sent.Unreachable != "" {
		problem := exit.ServerProblem(report.Sent.Unreachable)
		text := wording.Text("cli.run.nosmtp", "server", c.SMTP.Host, "problem", problem)
		return exit.Because(exit.ServerCode(report.Sent.Unreachable), text)
	}
	if unheard := c.Ping(s.ctx); unheard != nil {
		s.Say(wording.Text("cli.run.noping", "problem", unheard))
	}
	if report.Pulled.Held+report.Pulled.ToFix+report.Sent.Failed > 0 || report.Pulled.Unmoved != "" {
		return exit.Silently(exit.Held)
	}
	return nil
}

// taken says in the person's words that another process is making a pass.
type taken struct{ text string }

func (t taken) Error() string { return t.text }

func (taken) Is(target error) bool { return target == pass.ErrTaken }

// newLease asks for the right to make passes on a ledger.
func (s *session) newLease(l *ledger.Ledger) *pass.Lease {
	return pass.NewLease(l, pass.ProcessName()+s.suffix)
}

// makePassOver makes a pass over a connection of its own and prints what it did, even when it
// failed midway.
func (s *session) makePassOver(ctx context.Context, c *config.Config, p *pass.Pass) (pass.Report, error) {
	box, err := s.dialMailbox(ctx, c)
	if err != nil {
		return pass.Report{}, err
	}
	report, err := p.Make(ctx, box, c.DialSMTP)
	err = describeMailboxError(ctx, c, err)
	if unclosed := box.Close(); err == nil && unclosed != nil {
		s.Say(wording.Text("cli.failed", "problem", unclosed))
	}
	if !s.quiet || err != nil {
		s.Print("%s\n", describeReport(report))
	}
	return report, err
}

// dialMailbox opens the mailbox and tells what to do when it cannot be opened.
func (s *session) dialMailbox(ctx context.Context, c *config.Config) (*mailbox.IMAP, error) {
	box, err := c.DialMailbox(ctx)
	if err != nil {
		problem := exit.ServerProblem(err.Error())
		text := wording.Text("cli.run.noimap", "server", c.Mailbox.Host, "problem", problem)
		return nil, exit.Because(exit.ServerCode(err.Error()), text)
	}
	return box, nil
}

// describeMailboxError tells trouble with the mailbox in the middle of a pass, and leaves every
// other error as it is.
func describeMailboxError(ctx context.Context, c *config.Config, err error) error {
	var e *mailbox.Error
	if !errors.As(err, &e) || ctx.Err() != nil {
		return err
	}
	text := wording.Text("cli.run.lost", "server", c.Mailbox.Host, "problem", exit.ServerProblem(e.Error()))
	return exit.Because(exit.ServerCode(e.Error()), text)
}

// tellDelays tells what a pass could not do yet.
func (s *session) tellDelays(r pass.Report) {
	if r.Pulled.Unmoved != "" {
		s.Say(wording.Text("cli.run.unmoved", "problem", exit.ServerProblem(r.Pulled.Unmoved)))
	}
	if r.Sent.Unreachable == "" && r.Sent.Why != "" {
		s.Say(wording.Text("cli.run.putoff", "n", r.Sent.Later, "problem", r.Sent.Why))
	}
}

// describeReport says in a few lines what a pass did.
func describeReport(r pass.Report) string {
	missed := ""
	if len(r.Missed) > 0 {
		missed = wording.Text("cli.run.missed", "n", len(r.Missed), "list", strings.Join(r.Missed, "; ")) + "\n"
	}
	return missed + wording.Text("cli.run.done",
		"new", r.Pulled.New, "accepted", r.Pulled.Accepted, "tofix", r.Pulled.ToFix, "held", r.Pulled.Held,
		"left", r.Pulled.Left, "duplicates", r.Pulled.Duplicates, "answered", r.Answered, "issued", len(r.Issued),
		"sent", r.Sent.Sent, "later", r.Sent.Later, "failed", r.Sent.Failed)
}
