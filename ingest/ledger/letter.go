package ledger

import (
	"context"
	"errors"
	"fmt"
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
	err := l.write(ctx, func(t *tx) error {
		for _, a := range answers {
			err := t.acknowledge(a)
			if err == nil {
				err = end(t, a.Message, Answering)
			}
			if err != nil {
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
	var one int
	if ok, err := t.get([]any{&one}, `SELECT 1 FROM message WHERE id = $1`, a.Message); err != nil || !ok {
		return found(ok, err)
	}
	n, err := t.exec(`INSERT INTO receipt (message, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, a.Message, t.now)
	if err != nil || n == 0 {
		return err
	}
	if _, err := t.exec(`DELETE FROM unanswered WHERE message = $1`, a.Message); err != nil {
		return err
	}
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
	err := l.write(ctx, func(t *tx) error {
		for _, letter := range letters {
			var one int
			known, err := t.get([]any{&one}, `SELECT 1 FROM letter WHERE id = $1`, letter.ID)
			if err != nil {
				return err
			}
			if known {
				continue
			}
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
	sum, err := t.put(letter.Raw)
	if err != nil {
		return err
	}
	if _, err := t.exec(`INSERT INTO letter (id, cause, kind, unit,
		sender, subject, message_id, in_reply_to, sha256, state, claims,
			attempts, first_at, next_at, claimed_until, last_error, created, done_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', 0, 0, '', $10, '', '', $10, '')`,
		letter.ID, cause, letter.Kind, letter.Unit, letter.From, letter.Subject, letter.MessageID, letter.InReplyTo,
		sum, t.now); err != nil {
		return err
	}
	var to []string
	for i, addr := range letter.To {
		n, err := t.exec(`INSERT INTO recipient (letter, n, addr, state, code, text)
			VALUES ($1, $2, $3, 'queued', 0, '') ON CONFLICT (letter, addr) DO NOTHING`, letter.ID, i+1, addr)
		if err != nil {
			return fmt.Errorf("recipient %s: %w", addr, err)
		}
		if n > 0 {
			to = append(to, addr)
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
func (t *tx) letters(condition string, args ...any) ([]Posted, error) {
	var out []Posted
	at := map[string]int{}
	err := t.each(func(scan func(...any) error) error {
		var p Posted
		var created, next, done string
		if err := scan(&p.ID, &p.Cause, &p.Kind, &p.Unit, &p.From, &p.Subject, &p.MessageID, &p.InReplyTo, &p.SHA256,
			&p.State, &p.Claims, &p.Attempts, &p.LastError, &created, &next, &done); err != nil {
			return err
		}
		var err1, err2, err3 error
		p.Created, err1 = moment(created)
		p.Next, err2 = moment(next)
		p.Done, err3 = moment(done)
		at[p.ID] = len(out)
		out = append(out, p)
		return errors.Join(err1, err2, err3)
	}, `SELECT l.id, l.cause, l.kind, l.unit, l.sender, l.subject,
		l.message_id, l.in_reply_to, l.sha256, l.state, l.claims, l.attempts,
			l.last_error, l.created, l.next_at, l.done_at
		FROM letter l WHERE `+condition+` ORDER BY l.created, l.id`, args...)
	if err != nil {
		return nil, err
	}
	err = t.each(func(scan func(...any) error) error {
		var r Recipient
		var id string
		if err := scan(&id, &r.Addr, &r.State, &r.Code, &r.Text); err != nil {
			return err
		}
		p := &out[at[id]]
		p.To, p.Recipients = append(p.To, r.Addr), append(p.Recipients, r)
		return nil
	}, `SELECT r.letter, r.addr, r.state, r.code, r.text FROM recipient r JOIN letter l ON l.id = r.letter WHERE `+
		condition+` ORDER BY r.letter, r.n`, args...)
	return out, err
}
