package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Letter is a mail of ours, frozen when it was composed: the same bytes leave however often they
// are sent.
type Letter struct {
	ID        string // stable key, unique for ever
	Kind      string
	Unit      string // code of the unit it is about, "" for none
	From      string // address of the envelope
	To        []string
	Subject   string
	MessageID string // kept without angle brackets
	InReplyTo string // likewise
	Raw       []byte
}

// State says how far a letter, or a letter to one recipient, has come.
type State string

// The states of a letter. A letter is queued while any recipient is, then failed if any recipient
// failed, else sent.
const (
	Queued State = "queued"
	Sent   State = "sent"
	Failed State = "failed"
)

// Answer is how a mail has been dealt with: the letters that follow from it, none when it wants no
// answer.
type Answer struct {
	Message string
	Letters []Letter
}

// Acknowledge notes that a mail has been dealt with and queues the letters that answer it, in one
// transaction. Repeating it does nothing.
func (l Inbox) Acknowledge(ctx context.Context, message string, letters []Letter) error {
	return l.AcknowledgeAll(ctx, []Answer{{message, letters}})
}

// AcknowledgeAll does for several mails in one transaction what Acknowledge does for one.
func (l Inbox) AcknowledgeAll(ctx context.Context, answers []Answer) error {
	var files blobs
	for _, a := range answers {
		files.letters(a.Letters)
	}
	err := l.storing(ctx, files, func(t *tx) error {
		exists, done := map[string]bool{}, map[string]bool{}
		var all []question
		for _, a := range answers {
			all = append(all,
				question{Query: `SELECT id FROM message WHERE id = $1`, Args: []any{a.Message}, Row: into(exists)},
				question{Query: `SELECT message FROM receipt WHERE message = $1`, Args: []any{a.Message},
					Row: into(done)})
		}
		if err := t.ask(all...); err != nil {
			return err
		}
		for _, a := range answers {
			if !exists[a.Message] {
				return fmt.Errorf("message %s: %w", a.Message, ErrUnknown)
			}
			end(t, a.Message, Answering)
			if done[a.Message] {
				continue
			}
			done[a.Message] = true
			if err := t.acknowledge(a); err != nil {
				return fmt.Errorf("message %s: %w", a.Message, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("acknowledging %d messages: %w", len(answers), err)
	}
	return nil
}

func (t *tx) acknowledge(a Answer) error {
	t.insert("receipt (message, at)", a.Message, t.now)
	t.change(`DELETE FROM unanswered WHERE message = $1`, a.Message)
	if err := t.tell(MessageAnswered, a.Message, ""); err != nil {
		return err
	}
	return t.queue("receipt/"+a.Message, a.Letters)
}

// Outbox holds the letters: those that wait to be sent, how far each has come, and which of them
// came back.
//
//constructed:by Outbox
type Outbox struct{ *connection }

// Outbox is where the ledger's letters are queued and handed out.
func (l *Ledger) Outbox() Outbox { return Outbox{l.connection} }

// Queue queues letters that follow from nothing else. Those whose ID is known already are passed
// over; it returns how many were new.
func (l Outbox) Queue(ctx context.Context, letters []Letter) (int, error) {
	queued := 0
	var files blobs
	files.letters(letters)
	err := l.storing(ctx, files, func(t *tx) error {
		known := map[string]bool{}
		var all []question
		for _, letter := range letters {
			all = append(all, question{Query: `SELECT id FROM letter WHERE id = $1`, Args: []any{letter.ID},
				Row: into(known)})
		}
		if err := t.ask(all...); err != nil {
			return err
		}
		for _, letter := range letters {
			if known[letter.ID] {
				continue
			}
			known[letter.ID] = true
			if err := t.queue("", []Letter{letter}); err != nil {
				return err
			}
			queued++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("queueing %d letters: %w", len(letters), err)
	}
	return queued, nil
}

// letters adds the bytes of letters.
func (b *blobs) letters(letters []Letter) {
	for _, l := range letters {
		b.add(l.Raw)
	}
}

// queue adds letters; a key that is in use is an error, because one of the two letters would never
// leave.
func (t *tx) queue(cause string, letters []Letter) error {
	for _, letter := range letters {
		if err := t.addLetter(cause, letter); err != nil {
			return fmt.Errorf("letter %q: %w", letter.ID, err)
		}
	}
	return nil
}

func (t *tx) addLetter(cause string, letter Letter) error {
	letter.MessageID, letter.InReplyTo = bare(letter.MessageID), bare(letter.InReplyTo)
	if letter.ID == "" || letter.MessageID == "" || letter.From == "" || len(letter.To) == 0 || len(letter.Raw) == 0 {
		return errors.New("a letter needs an ID, a Message-ID, a sender, recipients and its bytes")
	}
	sum := hexSum(letter.Raw)
	t.refer(sum)
	t.insert("letter (id, cause, kind, unit, sender, subject, message_id, in_reply_to, sha256, state, claims, "+
		"attempts, first_at, next_at, claimed_until, last_error, created, done_at)",
		letter.ID, cause, letter.Kind, letter.Unit, letter.From, letter.Subject, letter.MessageID, letter.InReplyTo,
		sum, Queued, 0, 0, "", t.now, "", "", t.now, "")
	var to []string
	for i, addr := range letter.To {
		if !slices.Contains(to, addr) {
			to = append(to, addr)
			t.insert("recipient (letter, n, addr, state, code, text)", letter.ID, i+1, addr, Queued, 0, "")
		}
	}
	letter.To = to
	return t.tell(LetterQueued, letter.ID, digestLetter(cause, letter, sum))
}

func digestLetter(cause string, l Letter, sum string) string {
	return digest(append([]string{l.ID, cause, l.Kind, l.Unit, l.From, l.Subject, l.MessageID, l.InReplyTo, sum},
		l.To...)...)
}

func bare(messageID string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(messageID), "<"), ">")
}

// Posted is a letter with how far it has come.
type Posted struct {
	Letter        // without Raw
	Cause  string // "receipt/<message>", "run/<key>" or ""
	SHA256 string // of the raw bytes, for Blob
	State  State
	// times it was handed to a sender; more than Attempts when a sender died, and that mail may
	// have arrived twice
	Claims     int
	Attempts   int // times a sender came back with an answer
	LastError  string
	Created    time.Time
	Next       time.Time // not tried before, while queued
	Done       time.Time // zero while queued
	Recipients []Recipient
}

// Recipient is what became of a letter for one address.
type Recipient struct {
	Addr  string
	State State
	Code  int // the server's last reply code, 0 for none
	Text  string
}

// Letters returns every letter by time of composition, then ID.
func (l Outbox) Letters(ctx context.Context) ([]Posted, error) {
	var out []Posted
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.letters(`1 = 1`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading letters: %w", err)
	}
	return out, nil
}

// LetterByMessageID returns the letter a reply refers to; with or without angle brackets. ok is
// false when it is none of ours.
func (l Outbox) LetterByMessageID(ctx context.Context, messageID string) (letter Posted, ok bool, err error) {
	err = l.read(ctx, func(t *tx) error {
		all, err := t.letters(`l.message_id = $1`, bare(messageID))
		if err == nil && len(all) > 0 {
			letter, ok = all[0], true
		}
		return err
	})
	if err != nil {
		return Posted{}, false, fmt.Errorf("looking up letter <%s>: %w", bare(messageID), err)
	}
	return letter, ok, nil
}

// LettersCalled returns the letters with a subject to an address, oldest first.
func (l *Ledger) LettersCalled(ctx context.Context, subject, address string) (out []Posted, err error) {
	err = l.read(ctx, func(t *tx) error {
		out, err = t.letters(`l.subject = $1 AND EXISTS (SELECT 1 FROM recipient x WHERE x.letter = l.id
			AND lower(x.addr) = $2)`, subject, strings.ToLower(address))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking up letters to %s: %w", address, err)
	}
	return out, nil
}

// Answered counts, by address in lower case, the letters that answer mails and were composed at or
// after a moment.
func (l *Ledger) Answered(ctx context.Context, since time.Time) (map[string]int, error) {
	out := map[string]int{}
	err := l.read(ctx, func(t *tx) error {
		all, err := t.letters(`l.cause LIKE 'receipt/%' AND l.created >= $1`, stamp(since))
		for _, p := range all {
			for _, to := range p.To {
				out[strings.ToLower(to)]++
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("counting answers: %w", err)
	}
	return out, nil
}

// Letter returns the letter with an ID; ok is false when there is none.
func (l Outbox) Letter(ctx context.Context, id string) (letter Posted, ok bool, err error) {
	err = l.read(ctx, func(t *tx) error {
		all, err := t.letters(`l.id = $1`, id)
		if err == nil && len(all) > 0 {
			letter, ok = all[0], true
		}
		return err
	})
	if err != nil {
		return Posted{}, false, fmt.Errorf("looking up letter %s: %w", id, err)
	}
	return letter, ok, nil
}

// letters reads the letters l for which the condition holds.
func (t *tx) letters(condition string, args ...any) (out []Posted, err error) {
	err = t.ask(letterQuestions(&out, condition, args...)...)
	return out, err
}

// letterQuestions asks for the letters l for which the condition holds.
func letterQuestions(out *[]Posted, condition string, args ...any) []question {
	at := map[string]int{}
	return []question{{Query: `SELECT l.id, l.cause, l.kind, l.unit, l.sender, l.subject,
		l.message_id, l.in_reply_to, l.sha256, l.state, l.claims, l.attempts,
			l.last_error, l.created, l.next_at, l.done_at
		FROM letter l WHERE ` + condition + ` ORDER BY l.created, l.id`, Args: args,
		Row: func(scan func(...any) error) error {
			var p Posted
			var created, next, done string
			if err := scan(&p.ID, &p.Cause, &p.Kind, &p.Unit, &p.From, &p.Subject, &p.MessageID, &p.InReplyTo,
				&p.SHA256, &p.State, &p.Claims, &p.Attempts, &p.LastError, &created, &next, &done); err != nil {
				return err
			}
			var err1, err2, err3 error
			p.Created, err1 = moment(created)
			p.Next, err2 = moment(next)
			p.Done, err3 = moment(done)
			at[p.ID] = len(*out)
			*out = append(*out, p)
			return errors.Join(err1, err2, err3)
		}}, {Query: `SELECT r.letter, r.addr, r.state, r.code, r.text FROM recipient r JOIN letter l ON l.id = r.letter
		WHERE ` + condition + ` ORDER BY r.letter, r.n`, Args: args,
		Row: func(scan func(...any) error) error {
			var r Recipient
			var id string
			if err := scan(&id, &r.Addr, &r.State, &r.Code, &r.Text); err != nil {
				return err
			}
			p := &(*out)[at[id]]
			p.To, p.Recipients = append(p.To, r.Addr), append(p.Recipients, r)
			return nil
		}}}
}
