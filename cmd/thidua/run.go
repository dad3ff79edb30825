package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/reports"
	"thidua/reports/outbox"
	"thidua/reports/smtp"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type runCommand struct {
	DryRun bool `name:"dry-run" help:"${cli_help_dryrun}"`
}

// Run makes one pass: mailbox → ledger → answers → papers → mail.
func (r runCommand) Run(s *session) error {
	defer s.app.bounded()()
	c, err := s.usable()
	if err != nil {
		return err
	}
	if r.DryRun {
		return s.rehearse(c)
	}
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	l, err := s.theLedger(false)
	if err != nil {
		return err
	}
	logged, closeLog, err := s.logger(c, false)
	if err != nil {
		return err
	}
	defer closeLog()
	if last, err := l.Last(s.ctx); err == nil && last.Sub(s.Now()) > slowClock {
		s.say(wording.Text("cli.run.clock", "now", calendar.ShortMoment(s.Now()), "last", calendar.ShortMoment(last)))
	}
	var report passReport
	err = s.alone(s.ctx, l, func(ctx context.Context) error {
		src, err := s.mailbox(ctx, c)
		if err != nil {
			return exit{troubleCode(err.Error()), errors.New(wording.Text("cli.run.noimap", "server", c.Mailbox.Server, "problem", trouble(err.Error())))}
		}
		bar := s.newBar()
		defer src.Close() // goodbye is a courtesy
		pass, err := s.pass(c, p, l, src, bar)
		if err == nil {
			report, err = pass.do(ctx)
		}
		bar.clear()
		err = lost(ctx, c, err)
		s.print("%s\n", report.text())
		return err
	})
	if errors.Is(err, errTaken) {
		return exit{exitLater, errors.New(wording.Text("cli.run.taken", "problem", err))}
	}
	logPass(logged, report, err)
	if report.pulled.Unmoved != "" {
		s.say(wording.Text("cli.run.unmoved", "problem", trouble(report.pulled.Unmoved)))
	}
	if report.sent.Unreachable == "" && report.sent.Why != "" {
		s.say(wording.Text("cli.run.putoff", "n", report.sent.Later, "problem", report.sent.Why))
	}
	if err != nil {
		return err
	}
	switch {
	case report.sent.Unreachable != "":
		return exit{troubleCode(report.sent.Unreachable), errors.New(wording.Text("cli.run.nosmtp", "server", c.SMTP.Server, "problem", trouble(report.sent.Unreachable)))}
	case report.pulled.Held > 0 || report.pulled.ToFix > 0 || report.pulled.Unmoved != "" || report.sent.Failed > 0:
		err = exit{code: exitHeld}
	}
	if perr := s.ping(c); perr != nil {
		s.say(wording.Text("cli.run.noping", "problem", perr))
	}
	return err
}

// lost tells trouble with the mailbox in the middle of a pass, and leaves every other error as it is.
func lost(ctx context.Context, c *config, err error) error {
	var e *mailbox.Error
	if !errors.As(err, &e) || ctx.Err() != nil {
		return err
	}
	return exit{troubleCode(e.Error()), errors.New(wording.Text("cli.run.lost", "server", c.Mailbox.Server, "problem", trouble(e.Error())))}
}

// slowClock is how far the clock may be behind what the ledger has noted before somebody is told.
const slowClock = 10 * time.Minute

// usable returns the configuration when nothing in it would keep a pass from working; otherwise it tells everything that would.
func (s *session) usable() (*config, error) {
	c, err := s.read()
	if err != nil {
		return nil, err
	}
	if problems := c.problems(s.env); len(problems) > 0 {
		for _, p := range problems {
			s.say("- " + p)
		}
		if c.dir == "" {
			s.say(wording.Text("cli.config.nofile"))
		}
		return nil, exit{exitInvalid, errors.New(wording.Text("cli.config.invalid", "n", len(problems)))}
	}
	return c, nil
}

// pass sets up a pass over a mailbox.
func (s *session) pass(c *config, p *plan.Plan, l *ledger.Ledger, src mailbox.Source, bar *bar) (pass, error) {
	post, err := s.post(c, p)
	return pass{
		plan: p, ledger: l, post: post, clock: s.app, source: src, lines: c.SMTP.Connections, pace: c.SMTP.PerMinute,
		again: func(ctx context.Context) (mailbox.Source, func() error, error) {
			box, err := s.mailbox(ctx, c)
			if err != nil {
				return nil, nil, err
			}
			return box, box.Close, nil
		},
		options: ingest.Options{Own: c.Mailbox.Address, Done: c.Mailbox.Done, Held: c.Mailbox.Held, Trust: c.Mailbox.AuthServID, Scan: c.scanner(), Spent: processorTime,
			Progress: func(done, total int) { bar.step(wording.Text("cli.step.pull"), done, total) }},
		issuing: func(title string) { bar.step(title, 0, 0) },
		digest:  c.Digest,
		dial:    func(ctx context.Context) (*smtp.Client, error) { return s.smtp(ctx, c) },
	}, err
}

func (s *session) mailbox(ctx context.Context, c *config) (*mailbox.IMAP, error) {
	password, token, err := c.secret(c.Mailbox.serverConfig, s.env)
	if err != nil {
		return nil, err
	}
	return mailbox.DialIMAP(ctx, mailbox.IMAPConfig{
		Address: c.Mailbox.Server, Security: mailbox.Security(c.Mailbox.Security), User: c.Mailbox.User, Password: password, Token: token, Mailbox: c.Mailbox.Folder,
	})
}

func (s *session) smtp(ctx context.Context, c *config) (*smtp.Client, error) {
	conf := smtp.Config{Address: c.SMTP.Server, Security: smtp.Security(c.SMTP.Security), User: c.SMTP.User, Hello: c.domain()}
	if conf.User != "" {
		var err error
		if conf.Password, conf.Token, err = c.secret(c.SMTP.serverConfig, s.env); err != nil {
			return nil, err
		}
	}
	return smtp.Dial(ctx, conf)
}

// pass is one pass of the whole pipeline. It can be made again at any time: every step selects its own unfinished work from the ledger.
type pass struct {
	plan    *plan.Plan
	ledger  *ledger.Ledger
	post    reports.Post
	clock   calendar.Clock
	source  mailbox.Source
	again   func(context.Context) (mailbox.Source, func() error, error) // another line to the mailbox, nil where there is none
	options ingest.Options
	issuing func(title string)
	digest  bool                                        // the office is told every morning
	dial    func(context.Context) (*smtp.Client, error) // called only when a letter is waiting
	lines   int                                         // connections to the mail server at once; 1 when zero
	pace    int                                         // letters a minute; no limit when zero
}

type passReport struct {
	pulled   ingest.Report
	answered int
	issued   []string
	missed   []string // what was let pass because it was long over when the ledger was begun, by name
	sent     outbox.Report
}

func (p pass) do(ctx context.Context) (r passReport, err error) {
	pulled := p.answer(ctx, &r)
	if pulled != nil && !brokenLine(pulled) {
		return r, pulled
	}
	papers := pulled // what is due waits for the mail that could not be fetched
	if pulled == nil {
		papers = p.papers(ctx, &r)
	}
	if ctx.Err() != nil {
		return r, papers
	}
	r.sent, err = p.deliver(ctx) // neither a paper that cannot be made nor a line that broke keeps a receipt back
	return r, errors.Join(papers, err)
}

// prepare does everything but sending.
func (p pass) prepare(ctx context.Context) (r passReport, err error) {
	if err = p.answer(ctx, &r); err != nil {
		return r, err
	}
	return r, p.papers(ctx, &r)
}

// answer takes mail in and answers it.
func (p pass) answer(ctx context.Context, r *passReport) (err error) {
	pulled := p.pull(ctx, r)
	if pulled != nil {
		pulled = fmt.Errorf("pulling mail: %w", pulled)
	}
	if pulled != nil && (ctx.Err() != nil || !brokenLine(pulled)) {
		return pulled
	}
	// what came before the line broke is answered all the same
	if r.answered, err = p.post.Acknowledge(ctx, p.ledger, p.clock); err != nil {
		return errors.Join(pulled, fmt.Errorf("answering mail: %w", err))
	}
	return pulled
}

// pull takes mail in. A line that breaks is dialled again as long as anything came over it: what came is in the ledger, and the rest is asked for anew.
func (p pass) pull(ctx context.Context, r *passReport) error {
	source := p.source
	for {
		got, err := ingest.Pull(ctx, source, p.ledger, p.plan, p.options)
		r.pulled.Add(got)
		if err == nil || p.again == nil || got.New+got.Duplicates == 0 || ctx.Err() != nil || !brokenLine(err) {
			return err
		}
		next, closing, dialled := p.again(ctx)
		if dialled != nil {
			return err // the line is down: the next pass finds out for how long
		}
		defer closing()
		source = next
	}
}

// brokenLine reports whether the line to the mailbox broke, and not the mailbox or anything else refused.
func brokenLine(err error) bool {
	var e *mailbox.Error
	return errors.As(err, &e) && !e.Refused
}

// papers makes what is due.
func (p pass) papers(ctx context.Context, r *passReport) (err error) {
	keys, err := p.post.Issue(ctx, p.ledger, p.clock, p.issuing)
	for _, key := range keys {
		if occurrence, missed := strings.CutPrefix(key, reports.Missed); missed {
			r.missed = append(r.missed, p.title(occurrence))
		} else {
			r.issued = append(r.issued, key)
		}
	}
	if err != nil {
		return fmt.Errorf("issuing papers: %w", err)
	}
	if p.digest {
		key, err := p.post.Digest(ctx, p.ledger, p.clock)
		if err != nil {
			return fmt.Errorf("telling the office of the day: %w", err)
		}
		if key != "" {
			r.issued = append(r.issued, key)
		}
	}
	return nil
}

// title names an occurrence: what it is, and of which round.
func (p pass) title(key string) string {
	for _, period := range p.plan.Periods {
		for _, o := range p.plan.Occurrences(period.ID) {
			if o.Key == key {
				return o.Occasion.Title + ", " + period.Title
			}
		}
	}
	return key
}

// deliver sends what is queued. A server that is out of reach is reported, not an error: the letters stay queued.
func (p pass) deliver(ctx context.Context) (r outbox.Report, err error) {
	n, err := p.ledger.Counts(ctx)
	if err != nil || n.Queued == 0 {
		return outbox.Report{}, err
	}
	var senders []outbox.Sender
	defer func() {
		for _, c := range senders {
			err = errors.Join(err, c.(*smtp.Client).Close())
		}
	}()
	for range min(max(p.lines, 1), n.Queued) {
		client, err := p.dial(ctx)
		if err != nil && len(senders) == 0 {
			return outbox.Report{Later: n.Queued, Unreachable: err.Error()}, nil
		}
		if err != nil { // the server wants no more lines than it has let us have
			break
		}
		senders = append(senders, client)
	}
	return outbox.Deliver(ctx, p.ledger, outbox.Paced(p.pace, senders...)...)
}

func (r passReport) text() string {
	out := ""
	if len(r.missed) > 0 {
		out = wording.Text("cli.run.missed", "n", len(r.missed), "list", strings.Join(r.missed, "; ")) + "\n"
	}
	return out + wording.Text("cli.run.done",
		"new", r.pulled.New, "accepted", r.pulled.Accepted, "tofix", r.pulled.ToFix, "held", r.pulled.Held, "left", r.pulled.Left, "duplicates", r.pulled.Duplicates,
		"answered", r.answered, "issued", len(r.issued), "sent", r.sent.Sent, "later", r.sent.Later, "failed", r.sent.Failed)
}
