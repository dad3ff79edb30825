package ledger

import (
	"context"
	"fmt"
)

// Step is something done to a mail that may end the program, whatever care was taken.
type Step string

// The steps.
const (
	Fetching  Step = "fetch"  // what is UnfetchedID of its place
	Reading   Step = "read"   // likewise
	Answering Step = "answer" // what is the mail's ID
)

// Attempt is how often a step was begun and did not end: beside other mails, and with no other.
type Attempt struct{ Together, Alone int }

// Attempts returns the steps that were begun and have not ended, by what they are about.
func (l Inbox) Attempts(ctx context.Context, step Step) (map[string]Attempt, error) {
	out := map[string]Attempt{}
	err := l.read(ctx, func(t *tx) error {
		return t.each(func(scan func(...any) error) error {
			var what string
			var a Attempt
			err := scan(&what, &a.Together, &a.Alone)
			out[what] = a
			return err
		}, `SELECT what, together, alone FROM attempt WHERE step = $1 ORDER BY what`, step)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what was begun: %w", err)
	}
	return out, nil
}

// Begin notes, before anything is touched, that a step is begun. The note goes with Take and
// AcknowledgeAll, or with End.
func (l Inbox) Begin(ctx context.Context, step Step, what []string, alone bool) error {
	one := Attempt{Together: 1}
	if alone {
		one = Attempt{Alone: 1}
	}
	return l.attempt(ctx, step, what, `INSERT INTO attempt (step, what, together, alone, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (step, what) DO UPDATE SET together = attempt.together + $3, alone = attempt.alone + $4, at = $5`,
		one)
}

// End takes back what Begin noted last: the step ended, well or with an error that is told, and the
// program went on.
func (l Inbox) End(ctx context.Context, step Step, what []string, alone bool) error {
	one := Attempt{Together: 1}
	if alone {
		one = Attempt{Alone: 1}
	}
	return l.attempt(ctx, step, what, `UPDATE attempt SET together = together - $3, alone = alone - $4, at = $5
		WHERE step = $1 AND what = $2`, one)
}

func (l Inbox) attempt(ctx context.Context, step Step, what []string, query string, one Attempt) error {
	if len(what) == 0 {
		return nil
	}
	err := l.alongside(ctx, func(t *tx) error {
		for _, w := range what {
			t.change(query, step, w, one.Together, one.Alone, t.now)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("noting that %d mails are handled: %w", len(what), err)
	}
	return nil
}

// end forgets how a step was begun that has now been done.
func end(t *tx, what string, steps ...Step) {
	for _, step := range steps {
		t.change(`DELETE FROM attempt WHERE step = $1 AND what = $2`, step, what)
	}
}
