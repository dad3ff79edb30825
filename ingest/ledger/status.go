package ledger

import (
	"context"
	"fmt"
	"time"

	"thidua/ingest/submission"
	"thidua/templates/form"
)

// Counts is the ledger in numbers.
type Counts struct {
	Messages                    int // different mails; by outcome:
	Accepted, ToFix, Held, Left int
	Duplicates                  int // further copies of mails, at places of their own
	Unanswered                  int // mails that Unacknowledged lists
	Submissions, Valid          int // workbooks, and those among them that were accepted
	Rows                        form.Count
	Findings, Repairs           int
	Runs, Documents             int
	Queued, Sent, Failed        int // letters
	Events                      int
}

// Counts counts.
func (l *Ledger) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := l.read(ctx, func(t *tx) error {
		_, err := t.get([]any{
			&c.Messages, &c.Accepted, &c.ToFix, &c.Held, &c.Left, &c.Duplicates, &c.Unanswered,
			&c.Submissions, &c.Valid, &c.Rows.Read, &c.Rows.Accepted, &c.Rows.ToFix, &c.Rows.Ignored,
			&c.Findings, &c.Repairs, &c.Runs, &c.Documents, &c.Queued, &c.Sent, &c.Failed, &c.Events,
		}, `SELECT
			(SELECT COUNT(*) FROM message), (SELECT COUNT(*) FROM message WHERE outcome = 'accepted'), (SELECT COUNT(*)
				FROM message WHERE outcome = 'tofix'),
			(SELECT COUNT(*) FROM message WHERE outcome = 'held'), (SELECT COUNT(*) FROM message
				WHERE outcome = 'left'),
			(SELECT COUNT(*) FROM place WHERE copy = 1) + (SELECT COUNT(*) FROM message WHERE outcome = 'duplicate'),
			(SELECT COUNT(*) FROM unanswered),
			(SELECT COUNT(*) FROM submission), (SELECT COUNT(*) FROM submission WHERE state = 'accepted'),
			(SELECT COALESCE(SUM(rows_read), 0) FROM submission), (SELECT COALESCE(SUM(rows_accepted), 0)
				FROM submission),
			(SELECT COALESCE(SUM(rows_tofix), 0) FROM submission), (SELECT COALESCE(SUM(rows_ignored), 0)
				FROM submission),
			(SELECT COUNT(*) FROM finding), (SELECT COUNT(*) FROM repair), (SELECT COUNT(*) FROM run), (SELECT COUNT(*)
				FROM document),
			(SELECT COUNT(*) FROM letter WHERE state = 'queued'), (SELECT COUNT(*) FROM letter WHERE state = 'sent'),
			(SELECT COUNT(*) FROM letter WHERE state = 'failed'), (SELECT COUNT(*) FROM event)`)
		return err
	})
	if err != nil {
		return Counts{}, fmt.Errorf("counting: %w", err)
	}
	return c, nil
}

// Proof is everything that shows what was received under a receipt number and when.
type Proof struct {
	Submission submission.Submission
	Message    submission.Message
	Event      Event     // the link of the chain that binds the submission
	Erased     time.Time // when people's data in it were erased, zero when they are there
	Intact     bool      // the submission is still exactly what the event was written for
	Letters    []Posted
	Withdrawn  time.Time // when the sender withdrew it, zero when it counts
	Approved   time.Time // when the unit's leader agreed to it, zero when he did not or was not asked
}

// Proof returns the proof for a receipt number; ErrUnknown when there is none. Whether the chain
// itself is whole is for Verify to say.
func (l *Ledger) Proof(ctx context.Context, receipt string) (Proof, error) {
	var p Proof
	err := l.read(ctx, func(t *tx) error {
		rows, err := t.submissionRows(`s.id = $1`, receipt)
		if err != nil || len(rows) == 0 {
			return found(len(rows) > 0, err)
		}
		if p.Submission, err = rows[0].decode(); err != nil {
			return err
		}
		if err := t.each(func(scan func(...any) error) (err error) {
			p.Message, err = scanMessage(scan)
			return err
		}, `SELECT `+messageColumns+` FROM message m WHERE m.id = $1`, p.Submission.Message); err != nil {
			return err
		}
		if err := t.each(func(scan func(...any) error) (err error) {
			p.Event, err = scanEvent(scan)
			return err
		}, eventColumns+`WHERE ref = $1 AND what IN ($2, $3) ORDER BY seq`, receipt, SubmissionAccepted,
			SubmissionToFix); err != nil {
			return err
		}
		var erasedAt string
		if gone, err := t.get([]any{&erasedAt}, `SELECT at FROM erased WHERE kind = 'submission' AND ref = $1`,
			receipt); err != nil {
			return err
		} else if gone {
			if p.Erased, err = moment(erasedAt); err != nil {
				return err
			}
			if err := t.each(func(scan func(...any) error) (err error) {
				p.Event, err = scanEvent(scan)
				return err
			}, eventColumns+`WHERE ref = $1 AND what = $2 ORDER BY seq`, receipt, SubmissionErased); err != nil {
				return err
			}
		}
		p.Intact = p.Event.Hash == p.Event.sum() && p.Event.Digest == rows[0].digest()
		// a held mail that was released is answered because of the mail that released it
		if p.Letters, err = t.letters(`l.cause = $1 OR l.id = $2`, "receipt/"+p.Message.ID, "released/"+
			p.Message.ID); err != nil {
			return err
		}
		withdrawn, err := t.rulings(`g.verb = 'withdraw' AND g.refused = '' AND g.submission = $1`, receipt)
		if err != nil {
			return err
		}
		if len(withdrawn) > 0 {
			p.Withdrawn = withdrawn[0].At
		}
		approved, err := t.rulings(`g.verb = 'approve' AND g.refused = '' AND g.submission = $1`, receipt)
		if len(approved) > 0 {
			p.Approved, p.Submission = approved[0].At, p.Submission.Approved()
		}
		return err
	})
	if err != nil {
		return Proof{}, fmt.Errorf("proving receipt %s: %w", receipt, err)
	}
	return p, nil
}
