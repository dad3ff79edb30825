// Package ingest takes mail into the ledger: Pull reads a mailbox, decides what each mail is, reads
// its workbooks and commits all of it before the mailbox is touched.
//
// It never sends, never deletes, never decides about an award, and never lets one mail stop
// another: what cannot be read is held or answered, what does not concern the movement stays where
// it is.
package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/scan"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Options say where mail belongs once it has been dealt with.
type Options struct {
	Own      string // address of the shared mailbox: mail from it is our own
	Done     string // folder for mail that was taken in, "" to leave it in the inbox
	Held     string // folder for mail a person must decide about, "" to leave it in the inbox
	Trust    string // name under which our mail server writes Authentication-Results (RFC 8601), "" to weigh none
	Believed bool   // whoever brings the mails vouches for their senders: nothing is weighed
	Progress func(done, total int)
	Scan     scan.Scanner         // asked before anything of a mail is opened; nil where the office has none
	Spent    func() time.Duration // of the processor's time by the program, nil where no mail's time is bounded
}

// Report says what a pass over the mailbox found.
type Report struct {
	Listed     int // mails in the inbox
	New        int // of these, not seen before
	Accepted   int
	ToFix      int
	Held       int
	Left       int
	Duplicates int
	Moved      int
	Unmoved    string // why the server would not move mails, "" when it did
}

// What is read and committed together: so many mails, or fewer large ones, because all of them are
// in memory at once, and the next ones with them. What is read from them may be larger than they
// are: it is committed before more than weightBytes of it wait.
const (
	batch       = 50
	batchBytes  = 16 << 20
	weightBytes = 24 << 20
)

// Pull takes in every mail of the mailbox that the ledger does not know. A batch of mails is one
// transaction; only after it has been committed are the mails moved, and moves that a crash
// prevented are made up for by the next Pull. Pulling again changes nothing.
func Pull(ctx context.Context, src mailbox.Source, l *ledger.Ledger, p *plan.Plan, o Options) (Report, error) {
	var rep Report
	in := intake{plan: p, own: o.Own, trust: o.Trust, believed: o.Believed, known: map[string][]submission.Submission{},
		near: newNeighbours(p), spent: o.Spent}
	if o.Scan != nil {
		in.scan = func(b []byte) (string, error) { return o.Scan.Scan(ctx, b) }
	}
	if err := tidy(ctx, src, l, &rep); err != nil {
		return rep, err
	}
	listed, err := src.List(ctx)
	if err != nil {
		return rep, fmt.Errorf("listing the mailbox: %w", err)
	}
	rep.Listed = len(listed)
	places := make([]ledger.Place, len(listed))
	for i, s := range listed {
		places[i] = ledger.Place{Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID}
	}
	known, err := l.Inbox().Known(ctx, places)
	if err != nil {
		return rep, err
	}
	var fresh []mailbox.Summary
	for i, s := range listed {
		if !known[places[i]] {
			fresh = append(fresh, s)
		}
	}
	// by time of receipt, so that what came first is known before what came later, whatever the
	// mailbox's order and the size of a batch
	slices.SortStableFunc(fresh, func(a, b mailbox.Summary) int { return a.Received.Compare(b.Received) })
	if in.book, err = openBook(ctx, l); err != nil {
		return rep, err
	}
	if len(fresh) > 0 {
		if err := in.remember(ctx, l); err != nil {
			return rep, err
		}
	}
	tried, err := l.Inbox().Attempts(ctx, ledger.Reading)
	if err != nil {
		return rep, err
	}
	unborne, err := l.Inbox().Attempts(ctx, ledger.Fetching)
	if err != nil {
		return rep, err
	}
	// mails at which the line broke come last: those behind them do not wait for them
	slices.SortStableFunc(fresh, func(a, b mailbox.Summary) int {
		return cmp.Compare(unborne[placeID(a)].Together, unborne[placeID(b)].Together)
	})
	q := queue{src: src, l: l, tried: tried, unborne: unborne}
	part := q.next(fresh)
	mails, err := q.fetch(ctx, part)
	for done := 0; done < len(fresh); {
		broken := err
		done += len(part)
		now := mails
		part = q.next(fresh[done:])
		var ahead sync.WaitGroup
		mails = nil
		light := bytesOf(now) <= batchBytes && size(part) <= batchBytes
		if broken == nil && light {
			ahead.Go(func() { mails, err = q.fetch(ctx, part) }) // the line is not idle while workbooks are read
		}
		failed := in.take(ctx, l, now, tried, o, &rep)
		ahead.Wait()
		if failed != nil {
			return rep, failed
		}
		if broken != nil { // what had come whole is in the ledger
			return rep, broken
		}
		if o.Progress != nil {
			o.Progress(done, len(fresh))
		}
		if err == nil {
			err = tidy(ctx, src, l, &rep)
		}
		if err == nil && !light {
			now = nil
			mails, err = q.fetch(ctx, part)
		}
		if err != nil && len(mails) == 0 {
			return rep, err
		}
	}
	if err != nil {
		return rep, err
	}
	return rep, in.rule(ctx, l)
}

// remember learns from the ledger what was sent before.
func (in *intake) remember(ctx context.Context, l *ledger.Ledger) error {
	d, err := l.Dataset(ctx, time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)) // all there is
	if err != nil {
		return err
	}
	clear(in.known)
	in.near = newNeighbours(in.plan)
	for _, s := range d.Submissions {
		in.known[s.Unit] = append(in.known[s.Unit], s)
		in.near.add(&s)
	}
	in.leaders = Leaders(d.Submissions)
	return nil
}

// mailGuarded reads one mail. A mail that the program itself stumbles over is held as it came: it
// must stop no other, and nothing of it be lost.
func (in *intake) mailGuarded(s mailbox.Summary, raw []byte) (out ledger.Intake, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			out, err = stumbled(s, raw, problem), nil
		}
	}()
	return in.mail(s, raw)
}

func stumbled(s mailbox.Summary, raw []byte, problem any) ledger.Intake {
	sum := sha256.Sum256(raw)
	return ledger.Intake{
		Place: ledger.Place{Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID},
		Raw:   raw,
		Message: submission.Message{
			ID: hex.EncodeToString(sum[:]), Received: s.Received.UTC(), Size: int64(len(raw)),
			Outcome: submission.MailHeld, Reason: reasonStumbled, Detail: fmt.Sprint(problem),
		},
	}
}

// Add adds what another pull over the same mailbox found.
func (r *Report) Add(o Report) {
	r.Listed, r.Unmoved = o.Listed, o.Unmoved
	r.New, r.Accepted, r.ToFix, r.Held, r.Left = r.New+o.New, r.Accepted+o.Accepted, r.ToFix+o.ToFix, r.Held+o.Held,
		r.Left+o.Left
	r.Duplicates, r.Moved = r.Duplicates+o.Duplicates, r.Moved+o.Moved
}

func (r *Report) count(o submission.Outcome, isNew bool) {
	if !isNew {
		r.Duplicates++
		return
	}
	r.New++
	switch o {
	case submission.MailAccepted:
		r.Accepted++
	case submission.MailToFix:
		r.ToFix++
	case submission.MailHeld:
		r.Held++
	default:
		r.Left++
	}
}

// remark adds the findings that rest on what is known besides the file: what the unit sent before,
// in the ledger or in the same batch, by time of receipt, so that the order of the mailbox changes
// nothing.
func (in *intake) remark(intakes []ledger.Intake) {
	for _, it := range intakes {
		for _, s := range it.Submissions {
			in.known[s.Unit] = append(in.known[s.Unit], s)
			in.near.add(&s)
		}
	}
	for i := range intakes {
		for j := range intakes[i].Submissions {
			s := &intakes[i].Submissions[j]
			d := submission.NewDataset(s.Received, in.known[s.Unit])
			r := form.Reading{Findings: append(s.Findings, Remarks(in.plan, d, *s)...)}
			r.Findings = append(r.Findings, in.near.remarks(in.plan, s, func(o *submission.Submission) bool {
				current, ok := submission.NewDataset(s.Received, in.known[o.Unit]).Current(o.Period, o.Form, o.Unit)
				return ok && current.ID == o.ID
			})...)
			r.Form, _ = templates.Lookup(s.Form)
			r.Sort()
			s.Findings = templates.Cite(in.plan, r.Findings)
		}
	}
}

// tidy moves what is to be moved. A server that refuses, because of a quota, a right or a lost
// folder, keeps nothing else back: folders are for the eyes of people. It is told, and asked again
// in the next pass.
func tidy(ctx context.Context, src mailbox.Source, l *ledger.Ledger, rep *Report) error {
	if rep.Unmoved != "" {
		return nil
	}
	err := move(ctx, src, l, rep)
	var refusal *mailbox.Error
	if errors.As(err, &refusal) && refusal.Refused {
		rep.Unmoved = refusal.Error()
		return nil
	}
	return err
}

// move makes up for every move that was decided and not yet done. Places of a numbering that is
// over are passed over: the mail is found again under the new numbers, and is moved from there.
func move(ctx context.Context, src mailbox.Source, l *ledger.Ledger, rep *Report) error {
	pending, err := l.Inbox().PendingMoves(ctx)
	if err != nil {
		return err
	}
	for len(pending) > 0 { // in the order of folder, mailbox, numbering
		first, n := pending[0], 1
		for n < len(pending) && pending[n].Folder == first.Folder && pending[n].Mailbox == first.Mailbox &&
			pending[n].UIDValidity == first.UIDValidity {
			n++
		}
		places, keys := make([]ledger.Place, n), make([]mailbox.Key, n)
		for i, m := range pending[:n] {
			places[i], keys[i] = m.Place, mailbox.Key{Mailbox: m.Mailbox, UIDValidity: m.UIDValidity, UID: m.UID}
		}
		pending = pending[n:]
		err := src.Move(ctx, keys, first.Folder)
		if errors.Is(err, mailbox.ErrUIDValidity) {
			continue
		}
		if err != nil {
			return fmt.Errorf("moving %d mails to %s: %w", n, first.Folder, err)
		}
		if err := l.Inbox().Moved(ctx, places); err != nil {
			return err
		}
		rep.Moved += n
	}
	return nil
}
