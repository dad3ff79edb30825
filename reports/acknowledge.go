package reports

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
)

// answerBatch is how many answers are committed together.
const answerBatch = 50

// Acknowledge answers every mail that waits for it: one letter for a mail with everything found in it and the marked workbooks, an answer to a
// mail that asks for something, and one digest to the office for all mails that are held. Then it asks leaders, where the plan wants them to
// agree, and tells the office of letters that did not arrive. Letter and marker are committed together, so a mail is answered once. It returns how many mails were dealt with.
func (p Post) Acknowledge(ctx context.Context, l *ledger.Ledger, now calendar.Clock) (int, error) {
	waiting, err := l.Unacknowledged(ctx)
	if err != nil {
		return 0, err
	}
	if len(waiting) == 0 {
		return 0, errors.Join(p.askLeaders(ctx, l, now), p.tellFailures(ctx, l, now))
	}
	if p.ruled, err = p.enterRulings(ctx, l, waiting, now); err != nil {
		return 0, err
	}
	d, err := l.Dataset(ctx, now.Now())
	if err != nil {
		return 0, err
	}
	undecided, err := l.Held(ctx)
	if err != nil {
		return 0, err
	}
	alone, err := p.answerAgain(ctx, l, waiting, func(a ledger.Arrival) ([]ledger.Letter, error) { return p.answerGuarded(a, d, undecided, now) }, now)
	if err != nil {
		return 0, err
	}
	var written [][]ledger.Letter // of a batch
	var held []submission.Message
	var answers, heldAnswers []ledger.Answer
	for i, a := range waiting {
		if i%answerBatch == 0 {
			batch := waiting[i:min(i+answerBatch, len(waiting))]
			var ids []string
			for _, a := range batch {
				if _, done := alone[a.Message.ID]; !done {
					ids = append(ids, a.Message.ID)
				}
			}
			if err := l.Begin(ctx, ledger.Answering, ids, false); err != nil { // a mail at which the program ends is known by it
				return i, err
			}
			written, err = each(batch, func(a ledger.Arrival) ([]ledger.Letter, error) {
				if letters, done := alone[a.Message.ID]; done {
					return letters, nil
				}
				letters, err := p.answerGuarded(a, d, undecided, now)
				if err != nil {
					return nil, fmt.Errorf("answering message %s: %w", a.Message.ID, err)
				}
				return letters, nil
			})
			if err != nil {
				return i, errors.Join(err, l.End(context.WithoutCancel(ctx), ledger.Answering, ids, false))
			}
		}
		letters := written[i%answerBatch]
		if a.Message.Outcome == submission.MailHeld {
			held, heldAnswers = append(held, a.Message), append(heldAnswers, ledger.Answer{Message: a.Message.ID, Letters: letters})
			continue
		}
		if answers = append(answers, ledger.Answer{Message: a.Message.ID, Letters: letters}); len(answers) == answerBatch {
			if err := l.AcknowledgeAll(ctx, answers); err != nil {
				return i, err
			}
			answers = nil
		}
	}
	if err := l.AcknowledgeAll(ctx, answers); err != nil {
		return 0, err
	}
	if len(held) > 0 {
		digest, err := p.heldDigest(held, now)
		if err != nil {
			return 0, fmt.Errorf("telling the office of %d mails: %w", len(held), err)
		}
		heldAnswers[0].Letters = append(heldAnswers[0].Letters, digest...)
		if err := l.AcknowledgeAll(ctx, heldAnswers); err != nil {
			return 0, err
		}
	}
	return len(waiting), errors.Join(p.askLeaders(ctx, l, now), p.tellFailures(ctx, l, now))
}

// answerAgain answers the mails at which the program may have ended, one after another. One at which it ended again while no other was being answered is not tried a
// third time: the office is told.
func (p Post) answerAgain(ctx context.Context, l *ledger.Ledger, waiting []ledger.Arrival, answer func(ledger.Arrival) ([]ledger.Letter, error), now calendar.Clock) (map[string][]ledger.Letter, error) {
	begun, err := l.Attempts(ctx, ledger.Answering)
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
			if out[id], err = p.unanswered(a, errors.New(p.Plan.Words.Text("letter.unanswered.ended")), now); err != nil {
				return nil, err
			}
		default:
			if err := l.Begin(ctx, ledger.Answering, []string{id}, true); err != nil {
				return nil, err
			}
			letters, err := answer(a)
			if ended := l.End(context.WithoutCancel(ctx), ledger.Answering, []string{id}, true); err != nil || ended != nil {
				return nil, errors.Join(err, ended)
			}
			out[id] = letters
		}
	}
	return out, nil
}

// answerGuarded answers one mail. When that fails, the office is told instead, and the mails behind it do not wait: whatever is wrong with one
// mail would be wrong again in every pass.
func (p Post) answerGuarded(a ledger.Arrival, d submission.Dataset, held []submission.Message, now calendar.Clock) (letters []ledger.Letter, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			letters, err = p.unanswered(a, fmt.Errorf("panic: %v", problem), now)
		}
	}()
	if letters, err = p.answer(a, d, held, now); err != nil {
		return p.unanswered(a, err, now)
	}
	return letters, nil
}

// unanswered tells the office of a mail that could not be answered. The problem is returned as an error when there is nobody to tell.
func (p Post) unanswered(a ledger.Arrival, problem error, now calendar.Clock) ([]ledger.Letter, error) {
	if len(p.Plan.Office.Emails) == 0 {
		return nil, problem
	}
	var receipts []string
	for _, s := range a.Submissions {
		receipts = append(receipts, s.ID)
	}
	var b body
	b.title(p.Plan.Words.Text("letter.unanswered.title"))
	b.para(p.Plan.Words.Text("letter.dear", "name", p.Plan.Office.Name))
	b.para(p.Plan.Words.Text("letter.unanswered.intro"))
	b.facts(
		p.Plan.Words.Text("letter.fact.unit"), p.name(a.Message.Unit),
		p.Plan.Words.Text("letter.fact.from"), a.Message.From,
		p.Plan.Words.Text("letter.fact.subject"), a.Message.Subject,
		p.Plan.Words.Text("letter.fact.received"), moment(a.Message.Received),
		p.Plan.Words.Text("letter.fact.receipt"), strings.Join(receipts, ", "),
		p.Plan.Words.Text("letter.unanswered.problem"), problem.Error(),
	)
	b.box(p.Plan.Words.Text("letter.unanswered.next"))
	l, err := p.freeze("unanswered", "", letter.Letter{
		ID: "unanswered/" + a.Message.ID, To: to(p.Plan.Office.Name, p.Plan.Office.Emails), Date: now.Now(),
		Subject: p.Plan.Words.Text("letter.unanswered.subject", "id", a.Message.ID[:codeLength]),
	}, b)
	if err != nil {
		return nil, errors.Join(problem, err)
	}
	return []ledger.Letter{l}, nil
}

func (p Post) answer(a ledger.Arrival, d submission.Dataset, held []submission.Message, now calendar.Clock) ([]ledger.Letter, error) {
	if strings.HasPrefix(a.Message.Reason, ingest.Ask) {
		return p.command(a, d, held, now)
	}
	if len(a.Submissions) == 0 {
		return nil, nil // held: the office is told
	}
	return p.receipts(a, d, now, "receipt/")
}

func (p Post) name(unit string) string {
	if u, ok := p.Plan.UnitByCode(unit); ok {
		return u.Name
	}
	return unit
}

func (p Post) formTitle(s submission.Submission) string {
	if f, ok := templates.Lookup(s.Form); ok {
		return templates.Title(f, p.Plan)
	}
	if s.File != "" {
		return s.File
	}
	return p.Plan.Words.Text("letter.receipt.nofile")
}
