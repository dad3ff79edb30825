package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
)

// take reads what is in a portion and commits it, in groups that do not take much memory. That it
// is begun is noted first: a mail at which the program ends is then read alone, and held unread
// when the program ends at it again. After an error the note is taken back: the program goes on,
// and the mail is not to blame.
func (in *intake) take(ctx context.Context, l *ledger.Ledger, items []item, tried map[string]ledger.Attempt, o Options,
	rep *Report) (err error) {
	if len(items) == 0 {
		return nil
	}
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = placeID(it.s)
	}
	// Twice beside others, and then read alone without harm: what harmed was done with all of them
	// together, so nothing more is.
	alone := len(items) == 1 && (tried[ids[0]].Together > 1 || tried[ids[0]].Alone > 0)
	if err := l.Inbox().Begin(ctx, ledger.Reading, ids, alone); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.Inbox().End(context.WithoutCancel(ctx), ledger.Reading, ids, alone))
		}
	}()
	r := reading{limit: weightBytes, out: make([]ledger.Intake, len(items)), done: make([]bool, len(items))}
	r.cond.L = &r.mu
	for i, it := range items {
		a := tried[ids[i]]
		switch {
		case a.Alone > 0: // it did not survive that
			r.out[i], r.done[i] = poison(it, a), true
		case a.Together == 1:
			if err := l.Inbox().Begin(ctx, ledger.Reading, ids[i:i+1], true); err != nil {
				return err
			}
			r.out[i], err = in.mailGuarded(it.s, it.raw)
			r.done[i] = true
			err = errors.Join(err, l.Inbox().End(context.WithoutCancel(ctx), ledger.Reading, ids[i:i+1], true))
			if err != nil {
				return err
			}
		}
		r.weight += weight(r.out[i])
	}
	var workers sync.WaitGroup
	defer workers.Wait()
	defer r.stop()
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				i, ok := r.claim()
				if !ok {
					return
				}
				out, err := in.mailGuarded(items[i].s, items[i].raw)
				r.finish(i, out, err)
			}
		})
	}
	for {
		group, err := r.group()
		if err != nil {
			return err
		}
		if len(group) == 0 { // everything has been read: whoever leads from now on
			in.leaders = Leaders(in.known[in.plan.Office.Unit])
			return nil
		}
		if err := in.commit(ctx, l, group, o, rep); err != nil {
			return err
		}
		r.committed(len(group))
	}
}

// commit takes a group of mails that were read into the ledger.
func (in *intake) commit(ctx context.Context, l *ledger.Ledger, intakes []ledger.Intake, o Options, rep *Report) error {
	in.remark(intakes)
	for i := range intakes {
		switch m := &intakes[i]; m.Message.Outcome {
		case submission.MailAccepted, submission.MailToFix:
			m.Move = o.Done
		case submission.MailHeld:
			if m.Raw != nil {
				m.Move = o.Held
			}
		}
	}
	taken, err := l.Inbox().Take(ctx, intakes)
	if err != nil {
		return fmt.Errorf("committing %d mails: %w", len(intakes), err)
	}
	for i, t := range taken {
		rep.count(intakes[i].Message.Outcome, t.New)
	}
	return nil
}

// reading is a portion of mails being read by several at once. They are committed in order, in
// groups whose limits depend on nothing but the mails: a group ends with the mail that makes it
// heavy.
type reading struct {
	mu      sync.Mutex
	cond    sync.Cond
	limit   int
	out     []ledger.Intake
	done    []bool
	next    int // to be claimed
	first   int // not committed
	weight  int // of what is done and not committed
	stopped bool
	failed  error // of the ledger, while a mail was read
}

// claim is the next mail to be read, once there is room for what comes of it; ok is false when
// there is none left.
func (r *reading) claim() (i int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		for r.next < len(r.done) && r.done[r.next] {
			r.next++
		}
		if r.stopped || r.next == len(r.done) {
			return 0, false
		}
		if r.weight < r.limit || r.next == r.first {
			r.next++
			return r.next - 1, true
		}
		r.cond.Wait()
	}
}

func (r *reading) finish(i int, m ledger.Intake, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.failed, r.stopped = errors.Join(r.failed, err), true
	}
	r.out[i], r.done[i] = m, true
	r.weight += weight(m)
	r.cond.Broadcast()
}

// group waits for the next mails to be committed together; none are left when it is empty.
func (r *reading) group() ([]ledger.Intake, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		if r.failed != nil {
			return nil, r.failed
		}
		sum, i := 0, r.first
		for ; i < len(r.done) && r.done[i]; i++ {
			if sum += weight(r.out[i]); sum >= r.limit {
				i++
				return r.out[r.first:i], nil
			}
		}
		if i == len(r.done) {
			return r.out[r.first:i], nil
		}
		r.cond.Wait()
	}
}

// committed lets go of the first mails.
func (r *reading) committed(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.out[r.first : r.first+n] {
		r.weight -= weight(r.out[r.first+i])
		r.out[r.first+i] = ledger.Intake{}
	}
	r.first += n
	r.cond.Broadcast()
}

func (r *reading) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	r.cond.Broadcast()
}

func weight(m ledger.Intake) int { return max(m.Weight, len(m.Raw)) }

// poison holds a mail at which the program ended twice. It is not looked into again: what is known
// of it are its size and, unless the program ended at that too, its header.
func poison(it item, a ledger.Attempt) ledger.Intake {
	out := ledger.Intake{
		Place: ledger.Place{Mailbox: it.s.Mailbox, UIDValidity: it.s.UIDValidity, UID: it.s.UID},
		Message: submission.Message{Received: it.s.Received.UTC(), Size: it.s.Size, Outcome: submission.MailHeld,
			Reason: reasonPoison},
	}
	if a.Alone > 1 {
		return out
	}
	out.Raw = it.raw
	head := it.raw
	if head == nil {
		head = it.s.Header
	}
	m := mailbox.Envelope(head)
	out.Message.Subject, out.Message.Sent = m.Subject, m.Date
	if len(m.From) == 1 {
		out.Message.From = m.From[0].Address
	} else {
		out.Message.Detail = m.Claimed
	}
	return out
}
