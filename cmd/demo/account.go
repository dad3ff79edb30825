package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Account is what happened in the demo, in numbers that add up.
type Account struct {
	Rounds []Round
	Days   int // of the story
	Passes int
	Posted int           // mails that came
	Mails  ingest.Report // what became of them
	Ledger ledger.Counts
	Papers int // files
}

// Round is what came of one round.
type Round struct {
	Period   plan.Period
	Nominees int
	Chosen   int // by the council, with those whose decision is still open
	Open     int
}

// finish proves that nothing is left to do, writes everything out and accounts for it.
func (d *Demo) finish(ctx context.Context) (Account, error) {
	if err := d.proveRest(ctx); err != nil {
		return Account{}, err
	}
	if err := d.proveAnswered(ctx); err != nil {
		return Account{}, err
	}
	a := d.account
	a.Days = calendar.DateOf(d.clock.Now()).DaysSince(d.plan.IssuedOn)
	a.Posted = len(d.arrived)
	for _, period := range d.rounds {
		r, err := d.accountFor(ctx, period)
		if err != nil {
			return Account{}, err
		}
		a.Rounds = append(a.Rounds, r)
	}
	var err error
	if a.Papers, err = d.export(ctx); err != nil {
		return Account{}, err
	}
	if a.Ledger, err = d.ledger.Counts(ctx); err != nil {
		return Account{}, err
	}
	m := a.Mails
	if sum := m.Accepted + m.ToFix + m.Held + m.Left + m.Duplicates; sum != a.Posted {
		return Account{}, fmt.Errorf("%d mails went in, %d are accounted for", a.Posted, sum)
	}
	return a, nil
}

// proveRest makes a pass once more, which with nothing new changes nothing, and checks the whole
// ledger.
func (d *Demo) proveRest(ctx context.Context) error {
	before, err := d.ledger.Counts(ctx)
	if err != nil {
		return err
	}
	mails := d.account.Mails
	if err := d.pass(ctx); err != nil {
		return err
	}
	d.account.Mails = mails
	after, err := d.ledger.Counts(ctx)
	if err != nil {
		return err
	}
	if before != after {
		return fmt.Errorf("a pass with nothing new changed the ledger: %+v became %+v", before, after)
	}
	problems, err := d.ledger.Chain().Verify(ctx)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("the ledger is not whole: %v", problems)
	}
	return nil
}

// proveAnswered looks for silence: every mail of a unit must have been answered, or stand in a
// digest to the office. Without digests, which only a story with trouble has, there is nothing to
// look at.
func (d *Demo) proveAnswered(ctx context.Context) error {
	letters, err := d.ledger.Outbox().Letters(ctx)
	if err != nil {
		return err
	}
	answered := map[string]bool{}
	var last time.Time // digest
	var digests strings.Builder
	for _, x := range letters {
		answered[x.InReplyTo] = true
		if x.Kind != "digest" {
			continue
		}
		last = x.Created
		raw, err := d.ledger.Blob(ctx, x.SHA256)
		if err != nil {
			return err
		}
		digests.WriteString(mailbox.Parse(raw, mailbox.Limits{}).Text)
	}
	told := strings.Join(strings.Fields(digests.String()), " ")
	messages, err := d.ledger.Inbox().Messages(ctx)
	if err != nil {
		return err
	}
	for _, m := range messages {
		subject := strings.Join(strings.Fields(m.Subject), " ")
		heard := answered[m.MessageID] || strings.Contains(told, subject)
		if m.Unit != "" && m.Received.Before(last) && !heard {
			return fmt.Errorf("the mail %q of %s was met with silence (%s %s)", subject, m.Unit, m.Outcome, m.Reason)
		}
	}
	return nil
}

// accountFor says what was proposed in a round and what the council gave. A council that gave
// nothing is an error: the story has awards in every round.
func (d *Demo) accountFor(ctx context.Context, period plan.Period) (Round, error) {
	s, err := d.evaluate(ctx, period.ID, d.clock.Now())
	if err != nil {
		return Round{}, err
	}
	r := Round{Period: period, Nominees: len(s.Result.Verdicts)}
	for _, l := range s.Summary.Awards {
		if l.Group == "" { // a kind's total, as the decision left it
			r.Chosen, r.Open = r.Chosen+l.Awarded+l.Waiting, r.Open+l.Waiting
		}
	}
	if r.Chosen == 0 {
		return Round{}, fmt.Errorf("the council's vote on %s gave no awards", period.ID)
	}
	return r, nil
}
