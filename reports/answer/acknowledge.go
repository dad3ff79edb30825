// Package answer answers the mails that wait for it: receipts with marked copies, answers to
// commands, what the office ordered about held mail, and the questions to leaders whose agreement a
// plan wants.
//
// Mails and what is known go in; letters come out, committed together with the marker that their
// mail is answered, so that a mail is answered once. The package never reads a workbook, never
// decides what counts, and writes to nobody whom the ledger does not know: unknown senders of held
// mail get nothing.
package answer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/parallel"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/style"
	"thidua/templates/calendar"
)

// batchSize is how many answers are committed together.
const batchSize = 50

// Acknowledge answers every mail that waits for it: one letter for a mail with everything found in
// it and the marked workbooks, an answer to a mail that asks for something, and one digest to the
// office for all mails that are held. Then it asks leaders, where the plan wants them to agree, and
// tells the office of letters that did not arrive. It returns how many mails were dealt with.
func Acknowledge(
	ctx context.Context, p post.Post, forms *prefill.Forms, l *ledger.Ledger, clock calendar.Clock,
) (int, error) {
	p, err := p.With(ctx, l)
	if err != nil {
		return 0, err
	}
	waiting, err := l.Inbox().Unacknowledged(ctx)
	if err != nil {
		return 0, err
	}
	now := clock.Now()
	if waiting, err = withhold(ctx, p, l, waiting, now); err != nil {
		return 0, err
	}
	if len(waiting) > 0 {
		ruled, err := enterRulings(ctx, p, l, waiting, now)
		if err != nil {
			return 0, err
		}
		c, err := newClerk(ctx, p, forms, l, now)
		if err != nil {
			return 0, err
		}
		c.ruled = ruled
		if n, err := c.answerAll(ctx, l, waiting); err != nil {
			return n, err
		}
	}
	return len(waiting), errors.Join(askLeaders(ctx, p, forms, l, now), tellFailures(ctx, p, l, now))
}

// clerk answers mails with what is known at one moment.
//
//constructed:by newClerk
type clerk struct {
	post.Post
	forms *prefill.Forms
	data  submission.Dataset
	held  []submission.Message // that a person must still decide about
	now   time.Time
	ruled map[string][]ruledLine // what came of the forms of rulings, by submission

	raw func(message string) ([]byte, error) // a mail as it came
}

func newClerk(
	ctx context.Context, p post.Post, forms *prefill.Forms, l *ledger.Ledger, now time.Time,
) (*clerk, error) {
	data, err := l.Dataset(ctx, now)
	if err != nil {
		return nil, err
	}
	held, err := l.Rulings().Held(ctx)
	raw := func(message string) ([]byte, error) { return l.Inbox().Raw(ctx, message) }
	return &clerk{Post: p, forms: forms, data: data, held: held, now: now, raw: raw}, err
}

// answerAll writes and commits the answers, a batch at a time. It returns how many mails were dealt
// with when it met an error.
func (c *clerk) answerAll(ctx context.Context, l *ledger.Ledger, waiting []ledger.Arrival) (int, error) {
	alone, err := c.answerAgain(ctx, l, waiting)
	if err != nil {
		return 0, err
	}
	var held []submission.Message
	var heldAnswers []ledger.Answer
	for from := 0; from < len(waiting); from += batchSize {
		batch := waiting[from:min(from+batchSize, len(waiting))]
		var ids []string
		for _, a := range batch {
			if _, done := alone[a.Message.ID]; !done {
				ids = append(ids, a.Message.ID)
			}
		}
		// a mail at which the program ends is known by it
		if err := l.Inbox().Begin(ctx, ledger.Answering, ids, false); err != nil {
			return from, err
		}
		written, err := parallel.Map(batch, func(a ledger.Arrival) ([]ledger.Letter, error) {
			if letters, done := alone[a.Message.ID]; done {
				return letters, nil
			}
			letters, err := c.answerGuarded(a)
			if err != nil {
				return nil, fmt.Errorf("answering message %s: %w", a.Message.ID, err)
			}
			return letters, nil
		})
		if err != nil {
			return from, errors.Join(err, l.Inbox().End(context.WithoutCancel(ctx), ledger.Answering, ids, false))
		}
		var answers []ledger.Answer
		for i, a := range batch {
			answer := ledger.Answer{Message: a.Message.ID, Letters: written[i]}
			if a.Message.Outcome == submission.MailHeld {
				held, heldAnswers = append(held, a.Message), append(heldAnswers, answer)
			} else {
				answers = append(answers, answer)
			}
		}
		if err := l.Inbox().AcknowledgeAll(ctx, answers); err != nil {
			return from, err
		}
	}
	if len(held) == 0 {
		return len(waiting), nil
	}
	digest, err := c.heldDigest(held)
	if err != nil {
		return 0, fmt.Errorf("telling the office of %d mails: %w", len(held), err)
	}
	heldAnswers[0].Letters = append(heldAnswers[0].Letters, digest...)
	return 0, l.Inbox().AcknowledgeAll(ctx, heldAnswers)
}

// answerAgain answers the mails at which the program may have ended, one after another. One at
// which it ended again while no other was being answered is not tried a third time: the office is
// told.
func (c *clerk) answerAgain(
	ctx context.Context, l *ledger.Ledger, waiting []ledger.Arrival,
) (map[string][]ledger.Letter, error) {
	begun, err := l.Inbox().Attempts(ctx, ledger.Answering)
	if err != nil || len(begun) == 0 {
		return nil, err
	}
	out := map[string][]ledger.Letter{}
	for _, a := range waiting {
		id := a.Message.ID
		was, again := begun[id]
		switch {
		case !again:
		case was.Alone > 0:
			if out[id], err = c.unanswered(a, errors.New(c.Text("letter.unanswered.ended"))); err != nil {
				return nil, err
			}
		default:
			if err := l.Inbox().Begin(ctx, ledger.Answering, []string{id}, true); err != nil {
				return nil, err
			}
			letters, err := c.answerGuarded(a)
			ended := l.Inbox().End(context.WithoutCancel(ctx), ledger.Answering, []string{id}, true)
			if err != nil || ended != nil {
				return nil, errors.Join(err, ended)
			}
			out[id] = letters
		}
	}
	return out, nil
}

// answerGuarded answers one mail. When that fails, the office is told instead, and the mails behind
// it do not wait: whatever is wrong with one mail would be wrong again in every pass.
func (c *clerk) answerGuarded(a ledger.Arrival) (letters []ledger.Letter, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			letters, err = c.unanswered(a, fmt.Errorf("panic: %v", problem))
		}
	}()
	if letters, err = c.answer(a); err != nil {
		return c.unanswered(a, err)
	}
	return letters, nil
}

// unanswered tells the office of a mail that could not be answered. The problem is returned as an
// error when there is nobody to tell.
func (c *clerk) unanswered(a ledger.Arrival, problem error) ([]ledger.Letter, error) {
	if len(c.Plan.Office.Emails) == 0 {
		return nil, problem
	}
	var receipts []string
	for _, s := range a.Submissions {
		receipts = append(receipts, s.ID)
	}
	var b letter.Body
	b.Title(c.Text("letter.unanswered.title"))
	b.Para(c.Text("letter.dear", "name", c.Plan.Office.Name))
	b.Para(c.Text("letter.unanswered.intro"))
	b.Facts(
		c.Text("letter.fact.unit"), c.UnitName(a.Message.Unit),
		c.Text("letter.fact.from"), a.Message.From,
		c.Text("letter.fact.subject"), a.Message.Subject,
		c.Text("letter.fact.received"), style.Moment(a.Message.Received),
		c.Text("letter.fact.receipt"), strings.Join(receipts, ", "),
		c.Text("letter.unanswered.problem"), problem.Error(),
	)
	b.Box(c.Text("letter.unanswered.next"))
	l, err := c.Freeze("unanswered", "", letter.Letter{
		ID: "unanswered/" + a.Message.ID, To: c.ToOffice(), Date: c.now,
		Subject: c.Text("letter.unanswered.subject", "id", a.Message.ID[:codeLength]),
	}, b)
	if err != nil {
		return nil, errors.Join(problem, err)
	}
	return []ledger.Letter{l}, nil
}

func (c *clerk) answer(a ledger.Arrival) ([]ledger.Letter, error) {
	if a.Message.Reason == ingest.AskWords || a.Message.Reason == ingest.AskDecline {
		return c.human(a)
	}
	if strings.HasPrefix(a.Message.Reason, ingest.Ask) {
		return c.command(a)
	}
	if len(a.Submissions) == 0 {
		return nil, nil // held: the office is told
	}
	return c.receipts(a, "receipt/")
}
