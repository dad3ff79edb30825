package ledger

import (
	"context"
	"fmt"
	"strconv"
)

// Entered is an award's place in the register of awards (sổ khen thưởng).
type Entered struct {
	Award  string // what was given to whom; never entered twice
	Book   string // the register, such as a year
	Number int    // from 1, without gaps, never given again
}

// Register is the book of awards with its numbers.
//
//constructed:by Register
type Register struct{ *connection }

// Register is where awards get their numbers.
func (l *Ledger) Register() Register { return Register{l.connection} }

// Enter enters awards into a book in the order given and returns where each stands. An award that
// stands in a book already keeps its place, whatever book is asked for; the others get the next
// numbers.
func (l Register) Enter(ctx context.Context, book string, awards []string) ([]Entered, error) {
	var out []Entered
	err := l.write(ctx, func(t *tx) error {
		known, err := t.register()
		if err != nil {
			return err
		}
		at, next := map[string]Entered{}, 1
		for _, e := range known {
			at[e.Award] = e
			if e.Book == book {
				next = max(next, e.Number+1)
			}
		}
		out = make([]Entered, len(awards))
		for i, award := range awards {
			e, ok := at[award]
			if !ok {
				e = Entered{Award: award, Book: book, Number: next}
				next++
				at[award] = e
				t.insert("register (award, book, n, at)", e.Award, e.Book, e.Number, t.now)
				if err := t.tell(AwardRegistered, e.Award, digestEntry(e)); err != nil {
					return err
				}
			}
			out[i] = e
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("entering awards into register %s: %w", book, err)
	}
	return out, nil
}

// Entries returns everything that stands in the registers, by book and number.
func (l Register) Entries(ctx context.Context) ([]Entered, error) {
	var out []Entered
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.register()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the registers: %w", err)
	}
	return out, nil
}

func (t *tx) register() ([]Entered, error) {
	var out []Entered
	err := t.each(func(scan func(...any) error) error {
		var e Entered
		err := scan(&e.Award, &e.Book, &e.Number)
		out = append(out, e)
		return err
	}, `SELECT award, book, n FROM register ORDER BY book, n`)
	return out, err
}

func digestEntry(e Entered) string { return digest(e.Award, e.Book, strconv.Itoa(e.Number)) }

func (v *verifier) register(t *tx) error {
	all, err := t.register()
	for _, e := range all {
		v.fact(AwardRegistered, e.Award, digestEntry(e))
	}
	return err
}
