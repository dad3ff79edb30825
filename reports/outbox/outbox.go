// Package outbox sends the letters that wait in the ledger.
//
// Frozen letters come out of the ledger one by one, each marked as claimed before the mail server
// sees it; what the server said to each recipient goes back. The package never composes or changes
// a letter, never decides when to try again (the ledger does, by its clock), and keeps nothing in
// memory between two letters.
//
// Delivery is at least once: whoever dies between the server's answer and the ledger's commit
// leaves a letter that is sent once more, with the same bytes and so the same Message-ID, by which
// mail programs know a repetition.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"thidua/ingest/ledger"
	"thidua/reports/smtp"
)

// Sender hands one mail to a mail server and says what became of it for each recipient. Trouble of
// every kind is in the results.
type Sender interface {
	Send(ctx context.Context, from string, to []string, raw []byte) []smtp.Result
}

const (
	// lease is longer than any one mail can take with the time limits of SMTP (RFC 5321, 4.5.3.2:
	// 10 minutes for the answer to the content).
	lease = 30 * time.Minute
	// patience is how many letters in a row may get no answer at all before the server is taken to
	// be out of reach.
	patience = 3
	// words is how much of a server's answer is kept, in bytes.
	words = 500
)

// Report counts what became of the letters tried.
type Report struct {
	Sent   int    // taken by the server for every recipient
	Later  int    // still queued for some recipient
	Failed int    // given up for some recipient
	Why    string // what the server said of the first letter that is still queued, "" when it said nothing
	// Unreachable is the last failure when the pass was ended early because the server gave no
	// answer, "" otherwise. What was not tried stays due.
	Unreachable string
}

// Deliver sends every letter that is due now, over all senders at once: each takes a letter when it
// has done with the one before, so that no two have the same. It ends when none is left, when the
// server is out of reach, or when the context ends, which is its error; what the server has taken
// by then is in the ledger all the same.
func Deliver(ctx context.Context, box ledger.Outbox, senders ...Sender) (Report, error) {
	d := delivery{box: box}
	var all sync.WaitGroup
	errs := make([]error, len(senders))
	for i, s := range senders {
		all.Go(func() { errs[i] = d.work(ctx, s) })
	}
	all.Wait()
	return d.report, errors.Join(errs...)
}

// delivery is one pass of all senders.
type delivery struct {
	box ledger.Outbox

	mu     sync.Mutex
	report Report
	silent int  // letters in a row that got no answer
	over   bool // some sender has failed, or the server is out of reach
}

// work sends letter after letter over one sender.
func (d *delivery) work(ctx context.Context, s Sender) (err error) {
	defer func() {
		if err != nil {
			d.mu.Lock()
			d.over = true
			d.mu.Unlock()
		}
	}()
	var claimed []ledger.Outgoing
	for {
		if len(claimed) == 0 {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("delivering letters: %w", err)
			}
			if d.isOver() {
				return nil
			}
			if claimed, err = d.box.Claim(ctx, 1, lease); err != nil {
				return fmt.Errorf("delivering letters: %w", err)
			}
			if len(claimed) == 0 {
				return nil
			}
		}
		letter := claimed[0]
		verdicts := judge(letter.To, s.Send(ctx, letter.From, letter.To, letter.Raw))
		d.heard(verdicts)
		// What the server has done is done, also when we were told to stop meanwhile.
		result := ledger.Result{Letter: letter.ID, Claim: letter.Claim, Verdicts: verdicts}
		var state ledger.State
		claimed = nil
		if d.isOver() || ctx.Err() != nil {
			state, err = d.box.Delivered(context.WithoutCancel(ctx), result)
		} else {
			state, claimed, err = d.box.Settle(context.WithoutCancel(ctx), result, lease)
		}
		if err != nil {
			return fmt.Errorf("delivering letter %s: %w", letter.ID, err)
		}
		d.count(state, verdicts)
	}
}

func (d *delivery) isOver() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.over
}

func (d *delivery) count(state ledger.State, verdicts []ledger.Verdict) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch state {
	case ledger.Sent:
		d.report.Sent++
	case ledger.Failed:
		d.report.Failed++
	default:
		d.report.Later++
		i := slices.IndexFunc(verdicts, func(v ledger.Verdict) bool { return v.Outcome == ledger.Later })
		if i >= 0 && d.report.Why == "" {
			d.report.Why = verdicts[i].Text
			if code := verdicts[i].Code; code != 0 {
				d.report.Why = fmt.Sprintf("%d %s", code, d.report.Why)
			}
		}
	}
}

// heard notes whether the server said anything at all.
func (d *delivery) heard(verdicts []ledger.Verdict) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if slices.ContainsFunc(verdicts, answered) {
		d.silent = 0
	} else if d.silent++; d.silent == patience {
		d.report.Unreachable, d.over = verdicts[len(verdicts)-1].Text, true
	}
}

// answered reports whether the server said anything about the recipient.
func answered(v ledger.Verdict) bool { return v.Code != 0 || v.Outcome != ledger.Later }

// judge gives each recipient exactly one verdict; whoever the sender says nothing about is tried
// again.
func judge(to []string, results []smtp.Result) []ledger.Verdict {
	out := make([]ledger.Verdict, len(to))
	for i, addr := range to {
		out[i] = ledger.Verdict{Addr: addr, Outcome: ledger.Later, Text: "no result"}
		at := slices.IndexFunc(results, func(r smtp.Result) bool { return r.Addr == addr })
		if at < 0 {
			continue
		}
		r := results[at]
		out[i].Code, out[i].Text = r.Code, clean(r.Text)
		switch r.Outcome {
		case smtp.Sent:
			out[i].Outcome = ledger.Delivered
		case smtp.Never:
			out[i].Outcome = ledger.Never
		}
	}
	return out
}

// clean makes a server's words fit to be stored: valid UTF-8 in one line, not too long.
func clean(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }), " ")
	if len(text) > words {
		text = text[:words]
	}
	return strings.ToValidUTF8(text, "")
}
