package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Outgoing is a letter claimed for sending.
type Outgoing struct {
	Letter     // To holds only those who have not got it yet
	Claim  int // to be given back in Result; a later claim of the same letter has a higher one
}

// Verdict is what a mail server said to one recipient of a letter.
type Verdict struct {
	Addr    string
	Outcome Outcome
	Code    int // SMTP reply code, 0 when there was no reply
	Text    string
}

// Outcome is what sending came to for one recipient.
type Outcome string

// The outcomes of sending.
const (
	Delivered Outcome = "sent"  // the server took it
	Later     Outcome = "later" // to be tried again with the same bytes
	Never     Outcome = "never" // trying again is useless
)

// Result is what one claim of a letter came to. A recipient without a verdict counts as Later.
type Result struct {
	Letter   string
	Claim    int
	Verdicts []Verdict
}

// GiveUp is how long a letter is tried, counted from its first attempt (RFC 5321, 4.5.4.1: at least
// 4–5 days).
const GiveUp = 5 * 24 * time.Hour

var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour}

// pause is how long to wait after the n-th attempt, n from 1.
func pause(n int) time.Duration { return pauses[min(n, len(pauses))-1] }

// Due counts the letters that Claim would hand out now.
func (l Outbox) Due(ctx context.Context) (n int, err error) {
	err = l.read(ctx, func(t *tx) error {
		_, err := t.get([]any{&n}, `SELECT COUNT(*) FROM letter WHERE state = 'queued' AND next_at <= $1
			AND claimed_until <= $1`, t.now)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("counting letters that are due: %w", err)
	}
	return n, nil
}

// Claim hands out up to n letters that are queued and due, the longest due first, for the time of
// the lease: nobody else gets them meanwhile. The claim is stored before it returns, so a sender
// that dies leaves a trace; after the lease the letter is handed out again.
func (l Outbox) Claim(ctx context.Context, n int, lease time.Duration) (out []Outgoing, err error) {
	var c *claimed
	if err = l.alongside(ctx, func(t *tx) (err error) {
		c, err = t.claim(n, lease)
		return err
	}); err != nil {
		return nil, fmt.Errorf("claiming letters: %w", err)
	}
	return c.sorted(), nil
}

// claim claims letters. What they hold, and who has not got them yet, is there once the transaction
// is over: sorted is to be called then.
func (t *tx) claim(n int, lease time.Duration) (*claimed, error) {
	out := &claimed{}
	if err := t.each(func(scan func(...any) error) error {
		o := &turn{}
		err := scan(&o.ID, &o.Kind, &o.Unit, &o.From, &o.Subject, &o.MessageID, &o.InReplyTo, &o.Claim, &o.due)
		out.letters = append(out.letters, o)
		return err
	}, `UPDATE letter SET claims = claims + 1, claimed_until = $1
		WHERE id IN (SELECT id FROM letter WHERE state = 'queued' AND next_at <= $2 AND claimed_until <= $2
			ORDER BY next_at, id LIMIT $3`+t.ledger.dialect.skipLocked+`)
		RETURNING id, kind, unit, sender, subject, message_id, in_reply_to, claims, next_at`, stamp(t.at.Add(lease)),
		t.now, n); err != nil {
		return nil, err
	}
	for _, o := range out.letters {
		t.lastly(one(new(bool), []any{&o.Raw}, `SELECT b.bytes FROM letter l JOIN blob b ON b.sha256 = l.sha256
			WHERE l.id = $1`, o.ID),
			question{Query: `SELECT addr FROM recipient WHERE letter = $1 AND state = 'queued' ORDER BY n`,
				Args: []any{o.ID},
				Row: func(scan func(...any) error) error {
					var addr string
					err := scan(&addr)
					o.To = append(o.To, addr)
					return err
				}})
	}
	return out, nil
}

// claimed are letters that were claimed together.
type claimed struct{ letters []*turn }

// turn is a claimed letter and since when it was due.
type turn struct {
	Outgoing
	due string
}

// sorted returns the letters, the longest due first.
func (c *claimed) sorted() (out []Outgoing) {
	slices.SortFunc(c.letters, func(a, b *turn) int { return strings.Compare(a.due+"\x00"+a.ID, b.due+"\x00"+b.ID) })
	for _, o := range c.letters {
		out = append(out, o.Outgoing)
	}
	return out
}

// Settle does in one transaction what Delivered and then Claim of one more letter do: a sender with
// many letters commits once for each.
func (l Outbox) Settle(ctx context.Context, r Result, lease time.Duration) (state State, next []Outgoing, err error) {
	var c *claimed
	if err = l.write(ctx, func(t *tx) (err error) {
		if state, err = t.recordDelivery(r); err != nil {
			return err
		}
		c, err = t.claim(1, lease)
		return err
	}); err != nil {
		return "", nil, fmt.Errorf("noting delivery of letter %s: %w", r.Letter, err)
	}
	return state, c.sorted(), nil
}

// Delivered notes what a claim came to and returns the letter's state: sent or failed when every
// recipient has its final verdict, otherwise queued for a later time. The pause grows from a minute
// to four hours; GiveUp after the first attempt those left over fail.
//
// A result that comes after the lease ran out is believed where somebody has got the letter, and
// changes nothing else when the letter has been claimed again.
func (l Outbox) Delivered(ctx context.Context, r Result) (State, error) {
	var state State
	err := l.write(ctx, func(t *tx) (err error) {
		state, err = t.recordDelivery(r)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("noting delivery of letter %s: %w", r.Letter, err)
	}
	return state, nil
}

func (t *tx) recordDelivery(r Result) (State, error) {
	var state State
	var claims, attempts int
	var first string
	var known, repeated bool
	var addressed []*Recipient
	if err := t.ask(one(&known, []any{&state, &claims, &attempts, &first}, `SELECT state, claims, attempts, first_at
			FROM letter WHERE id = $1`, r.Letter),
		one(&repeated, []any{new(int)}, `SELECT 1 FROM delivery WHERE letter = $1 AND claim = $2 LIMIT 1`, r.Letter,
			r.Claim),
		question{Query: `SELECT addr, state FROM recipient WHERE letter = $1 ORDER BY n`, Args: []any{r.Letter},
			Row: func(scan func(...any) error) error {
				x := &Recipient{}
				err := scan(&x.Addr, &x.State)
				addressed = append(addressed, x)
				return err
			}}); err != nil || repeated {
		return state, err
	}
	if !known {
		return "", ErrUnknown
	}
	if r.Claim < 1 || r.Claim > claims {
		return "", fmt.Errorf("claim %d was never made", r.Claim)
	}
	lastError, err := t.addVerdicts(r, addressed, r.Claim < claims)
	if err != nil {
		return "", err
	}
	attempts++
	if first == "" {
		first = t.now
	}
	firstAt, err := moment(first)
	if err != nil {
		return "", err
	}
	next := t.at.Add(pause(attempts))
	if r.Claim == claims && next.After(firstAt.Add(GiveUp)) {
		t.change(`UPDATE recipient SET state = 'failed' WHERE letter = $1 AND state = 'queued'`, r.Letter)
		for _, x := range addressed {
			if x.State == Queued {
				x.State = Failed
			}
		}
	}
	before := state
	what, done := LetterSent, t.now
	switch {
	case anybody(addressed, Queued):
		state, what, done = Queued, LetterLater, ""
	case anybody(addressed, Failed):
		state, what = Failed, LetterFailed
	default:
		state = Sent
	}
	// settled by another claim meanwhile: news only if somebody it had given up has got the letter
	// after all
	if before != Queued {
		t.change(`UPDATE letter SET state = $1, attempts = $2 WHERE id = $3`, state, attempts, r.Letter)
		if state == before {
			return state, nil
		}
		return state, t.tell(what, r.Letter, "")
	}
	t.change(`UPDATE letter SET state = $1, attempts = $2, first_at = $3, last_error = $4, done_at = $5 WHERE id = $6`,
		state, attempts, first, lastError, done, r.Letter)
	if r.Claim == claims {
		t.change(`UPDATE letter SET next_at = $1, claimed_until = '' WHERE id = $2`, stamp(next), r.Letter)
	}
	return state, t.tell(what, r.Letter, "")
}

func anybody(all []*Recipient, state State) bool {
	return slices.ContainsFunc(all, func(r *Recipient) bool { return r.State == state })
}

// addVerdicts stores what was said to each recipient and returns the last trouble in words, "" for
// none. What became of the recipients is noted in those it is given, too.
func (t *tx) addVerdicts(r Result, addressed []*Recipient, stale bool) (lastError string, err error) {
	verdicts := slices.Clone(r.Verdicts)
	for _, x := range addressed {
		if x.State == Queued && !slices.ContainsFunc(verdicts, func(v Verdict) bool { return v.Addr == x.Addr }) {
			verdicts = append(verdicts, Verdict{Addr: x.Addr, Outcome: Later, Text: "no answer"})
		}
	}
	for _, v := range verdicts {
		t.insert("delivery (letter, claim, addr, at, outcome, code, text)", r.Letter, r.Claim, v.Addr, t.now, v.Outcome,
			v.Code, v.Text)
		state := Queued
		switch v.Outcome {
		case Delivered:
			state = Sent
		case Never:
			state = Failed
		}
		if v.Outcome != Delivered {
			lastError = strings.TrimSpace(fmt.Sprintf("%s: %d %s", v.Addr, v.Code, v.Text))
			if stale {
				continue
			}
		}
		i := slices.IndexFunc(addressed, func(x *Recipient) bool { return x.Addr == v.Addr })
		switch {
		case i >= 0 && (addressed[i].State == Queued || state == Sent):
			addressed[i].State = state
			t.change(`UPDATE recipient SET state = $1, code = $2, text = $3 WHERE letter = $4 AND addr = $5`, state,
				v.Code, v.Text, r.Letter, v.Addr)
		case i < 0 && v.Outcome == Delivered:
			return "", errors.New(v.Addr + " is no recipient")
		}
	}
	return lastError, nil
}
