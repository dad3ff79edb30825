// Package pass makes passes of the whole pipeline: mail in, answers, papers, letters out.
//
// A plan, a ledger, a mailbox and a mail server come in; a report of what was done goes out, and
// what was done is in the ledger. Every step selects its own unfinished work from the ledger, so
// that a pass can die anywhere and be made again. The package decides nothing about mails and
// papers (ingest and reports do), prints nothing and knows no configuration.
//
// A pass is the same for everyone who makes one: run, serve, the demo and the stories of the tests.
//
//	p := pass.New(plan, ledger, clock, pass.Settings{Address: "thidua@thainguyen.example", …})
//	report, err := p.Make(ctx, mailbox, dial)
package pass

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/scan"
	"thidua/reports/answer"
	"thidua/reports/issue"
	"thidua/reports/letter"
	"thidua/reports/outbox"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/smtp"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Settings is what an installation wants of its passes. Only the address has no useful zero.
type Settings struct {
	Address string         // of the shared mailbox; without it nothing is answered
	Domain  string         // right side of our Message-IDs
	Signer  *letter.Signer // signs every letter; nil for none
	Release string         // version of the release, which letters bear; "" for none
	Largest int            // bytes of attachments one letter may carry; about 20 MB when zero
	Done    string         // folder of the mailbox for mail that was taken in, "" to leave it
	Held    string         // folder for mail that waits for a person, "" to leave it
	Trust   string         // whose Authentication-Results are believed (RFC 8601, authserv-id)
	Believe bool           // whoever brings the mails vouches for their senders: nothing is weighed
	Scan    scan.Scanner   // asked before anything of a mail is opened; nil where the office has none
	Digest  bool           // the office is told every morning
	Lines   int            // connections to the mail server at once; 1 when zero
	Pace    int            // letters a minute; no limit when zero

	// Redial opens another line to the mailbox when one broke, with what closes it. It may be nil:
	// then a broken line is told, and the next pass goes on.
	Redial func(context.Context) (mailbox.Source, func() error, error)

	// Progress hears what is being done; total is 0 when nobody knows the length. It may be nil.
	Progress func(what string, done, total int)
}

// Dial opens a line to the mail server. It is called only when a letter is waiting.
type Dial func(context.Context) (*smtp.Client, error)

// Pass makes passes on one ledger under one plan.
//
//constructed:by New
type Pass struct {
	plan     *plan.Plan
	ledger   *ledger.Ledger
	clock    calendar.Clock
	settings Settings
	post     post.Post
	forms    *prefill.Forms // drawn in this pass
	rest     rest           // of the last pass that had nothing left to do
}

// New is ready to make passes.
func New(p *plan.Plan, l *ledger.Ledger, clock calendar.Clock, s Settings) *Pass {
	if s.Progress == nil {
		s.Progress = func(string, int, int) {}
	}
	return &Pass{plan: p, ledger: l, clock: clock, settings: s, post: newPost(p, s), forms: prefill.NewForms(p)}
}

// newPost is in whose name the letters of an installation go out.
func newPost(p *plan.Plan, s Settings) post.Post {
	return post.New(p, post.Mailbox{
		Address: s.Address, Domain: s.Domain, Signer: s.Signer, Largest: s.Largest, Examiner: s.Trust,
		Release: s.Release,
	})
}

// Report is what a pass did.
type Report struct {
	Pulled   ingest.Report
	Answered int           // mails
	Issued   []string      // keys of runs
	Missed   []string      // what was let pass because it was long over when the ledger was begun, by name
	Sent     outbox.Report // letters
}

// Make makes a whole pass. Neither a paper that cannot be made nor a line that broke keeps a
// receipt back; papers wait for the mail that could not be fetched.
func (p *Pass) Make(ctx context.Context, source mailbox.Source, dial Dial) (Report, error) {
	var r Report
	err := p.take(ctx, source, &r)
	if err != nil && !isBrokenLine(err) {
		return r, err
	}
	begun, ledgerErr := p.look(ctx)
	if ledgerErr != nil {
		return r, errors.Join(err, ledgerErr)
	}
	if err != nil || !p.rest.holds(begun) {
		if err = p.acknowledge(ctx, &r, err); err != nil && !isBrokenLine(err) {
			return r, err
		}
		if err == nil {
			err = p.issue(ctx, &r)
		}
		if err == nil {
			if p.rest, err = p.settle(ctx, begun); err != nil {
				return r, err
			}
		}
	}
	if ctx.Err() != nil {
		return r, err
	}
	var sending error
	r.Sent, sending = p.Deliver(ctx, dial)
	return r, errors.Join(err, sending)
}

// Prepare does everything but sending.
func (p *Pass) Prepare(ctx context.Context, source mailbox.Source) (Report, error) {
	r, err := p.Answer(ctx, source)
	if err != nil {
		return r, err
	}
	return r, p.issue(ctx, &r)
}

// Answer takes mail in and answers it. What came before a line broke is answered all the same.
func (p *Pass) Answer(ctx context.Context, source mailbox.Source) (r Report, err error) {
	return r, p.acknowledge(ctx, &r, p.take(ctx, source, &r))
}

// take takes mail in.
func (p *Pass) take(ctx context.Context, source mailbox.Source, r *Report) error {
	if err := p.pull(ctx, source, &r.Pulled); err != nil {
		return fmt.Errorf("pulling mail: %w", err)
	}
	return nil
}

// acknowledge answers mail. It returns how taking it in had ended, with its own trouble.
func (p *Pass) acknowledge(ctx context.Context, r *Report, pulled error) (err error) {
	p.forms = prefill.NewForms(p.plan)
	if pulled != nil && (ctx.Err() != nil || !isBrokenLine(pulled)) || p.settings.Address == "" {
		return pulled
	}
	if r.Answered, err = answer.Acknowledge(ctx, p.post, p.forms, p.ledger, p.clock); err != nil {
		return errors.Join(pulled, fmt.Errorf("answering mail: %w", err))
	}
	return pulled
}

// pull takes mail in. A line that breaks is dialled again as long as anything came over it: what
// came is in the ledger, and the rest is asked for anew.
func (p *Pass) pull(ctx context.Context, source mailbox.Source, r *ingest.Report) error {
	s := p.settings
	options := ingest.Options{
		Own:   s.Address,
		Done:  s.Done,
		Held:  s.Held,
		Trust: s.Trust,
		Scan:  s.Scan,
		Spent: processorTime,

		Believed: s.Believe,
		Progress: func(done, total int) {
			s.Progress(wording.Text("cli.step.pull"), done, total)
		},
	}
	for {
		got, err := ingest.Pull(ctx, source, p.ledger, p.plan, options)
		r.Add(got)
		nothing := got.New+got.Duplicates == 0
		if err == nil || s.Redial == nil || nothing || ctx.Err() != nil || !isBrokenLine(err) {
			return err
		}
		next, closing, dialled := s.Redial(ctx)
		if dialled != nil {
			return err // the line is down: the next pass finds out for how long
		}
		defer closing()
		source = next
	}
}

// isBrokenLine reports whether the line to the mailbox broke, and not the mailbox or anything else
// refused.
func isBrokenLine(err error) bool {
	var e *mailbox.Error
	return errors.As(err, &e) && !e.Refused
}

// issue makes the papers that are due and, where it is wanted, tells the office of the day.
func (p *Pass) issue(ctx context.Context, r *Report) error {
	issuing := func(title string) { p.settings.Progress(title, 0, 0) }
	issuer := issue.New(p.post, p.forms)
	keys, err := issuer.Issue(ctx, p.ledger, p.clock, issuing)
	for _, key := range keys {
		if occurrence, missed := strings.CutPrefix(key, issue.Missed); missed {
			r.Missed = append(r.Missed, p.titleOf(occurrence))
		} else {
			r.Issued = append(r.Issued, key)
		}
	}
	if err != nil {
		return fmt.Errorf("issuing papers: %w", err)
	}
	if !p.settings.Digest {
		return nil
	}
	key, err := issuer.Digest(ctx, p.ledger, p.clock)
	if err != nil {
		return fmt.Errorf("telling the office of the day: %w", err)
	}
	if key != "" {
		r.Issued = append(r.Issued, key)
	}
	return nil
}

// titleOf names an occurrence: what it is, and of which round.
func (p *Pass) titleOf(key string) string {
	for _, period := range p.plan.Periods {
		for _, o := range p.plan.Occurrences(period.ID) {
			if o.Key == key {
				return o.Occasion.Title + ", " + period.Title
			}
		}
	}
	return key
}

// Deliver sends the letters that are queued. A server that is out of reach is reported and no
// error: the letters stay queued.
func (p *Pass) Deliver(ctx context.Context, dial Dial) (r outbox.Report, err error) {
	due, err := p.ledger.Outbox().Due(ctx)
	if err != nil || due == 0 {
		return outbox.Report{}, err
	}
	var senders []outbox.Sender
	defer func() {
		for _, c := range senders {
			err = errors.Join(err, c.(*smtp.Client).Close())
		}
	}()
	for range min(max(p.settings.Lines, 1), due) {
		client, err := dial(ctx)
		if err != nil && len(senders) == 0 {
			return outbox.Report{Later: due, Unreachable: err.Error()}, nil
		}
		if err != nil { // the server wants no more lines than it has let us have
			break
		}
		senders = append(senders, client)
	}
	return outbox.Deliver(ctx, p.ledger.Outbox(), outbox.Paced(p.settings.Pace, senders...)...)
}
