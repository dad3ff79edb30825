package ledger

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// The events of the chain. Names are stored and never change their meaning.
const (
	MessageTaken       = "message.taken"       // ref: message
	MessageDuplicate   = "message.duplicate"   // ref: the message already known
	MessageTwin        = "message.twin"        // ref: message with the Message-ID of another but other content
	MessageMoved       = "message.moved"       // ref: message
	MessageAnswered    = "message.answered"    // ref: message
	SubmissionAccepted = "submission.accepted" // ref: submission
	SubmissionToFix    = "submission.tofix"    // ref: submission
	MessageErased      = "message.erased"      // ref: message; the digest is of what is left
	SubmissionErased   = "submission.erased"   // ref: submission, likewise
	LetterErased       = "letter.erased"       // ref: letter, likewise
	BytesErased        = "bytes.erased"        // ref: hash of the bytes
	RunIssued          = "run.issued"          // ref: key of the run
	OverrideMade       = "override.made"       // ref: override
	OverrideEnded      = "override.ended"      // ref: override
	AwardRegistered    = "award.registered"    // ref: round and nominee
	LetterQueued       = "letter.queued"       // ref: letter, and so on
	LetterSent         = "letter.sent"
	LetterLater        = "letter.later"
	LetterFailed       = "letter.failed"
	LetterBounced      = "letter.bounced" // ref: message, letter and address
	RulingMade         = "ruling.made"    // ref: command and line
	SecretChanged      = "secret.changed" // ref: number of the secret
)

// Event is one link of the chain.
type Event struct {
	Seq    int64 // from 1, without gaps
	At     time.Time
	Actor  string
	What   string // one of the event names
	Ref    string // what it is about
	Digest string // SHA-256 of what was stored of it, "" when nothing was
	Prev   string // Hash of the event before, "" for the first
	Hash   string
}

// sum is the hash the event should have.
func (e Event) sum() string {
	return digest(strconv.FormatInt(e.Seq, 10), stamp(e.At), e.Actor, e.What, e.Ref, e.Digest, e.Prev)
}

// tell appends to the chain.
func (t *tx) tell(what, ref, digest string) error {
	if t.wantsEnd {
		if err := t.ask(); err != nil {
			return fmt.Errorf("reading the end of the chain: %w", err)
		}
	}
	e := Event{Seq: t.last.Seq + 1, At: t.at, Actor: t.actor, What: what, Ref: ref, Digest: digest, Prev: t.last.Hash}
	e.Hash = e.sum()
	t.insert("event (seq, at, actor, what, ref, digest, prev_hash, hash)", e.Seq, t.now, e.Actor, e.What, e.Ref,
		e.Digest, e.Prev, e.Hash)
	t.last = &e
	return nil
}

// Chain holds the events that tell what happened, each bound to the one before.
//
//constructed:by Chain
type Chain struct{ *connection }

// Chain is where the ledger is held against what it tells of itself.
func (l *Ledger) Chain() Chain { return Chain{l.connection} }

// Began returns when the ledger was begun: the time of its first event, zero while there is none.
func (l Chain) Began(ctx context.Context) (time.Time, error) {
	var at string
	err := l.read(ctx, func(t *tx) error {
		_, err := t.get([]any{&at}, `SELECT at FROM event WHERE seq = 1`)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the first event: %w", err)
	}
	return moment(at)
}

// Last returns when anything was last noted in the ledger, zero for an empty one.
func (l Chain) Last(ctx context.Context) (time.Time, error) {
	var at string
	err := l.read(ctx, func(t *tx) error {
		_, err := t.get([]any{&at}, `SELECT at FROM event ORDER BY seq DESC LIMIT 1`)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the end of the chain: %w", err)
	}
	return moment(at)
}

// End is where the chain ends. As long as it is the same, nothing has been noted in the ledger.
type End struct {
	Seq    int64 // 0 while the ledger is empty
	Hash   string
	Latest time.Time // the latest moment that anything in the ledger bears; it may be after now
}

// End returns where the chain ends now. Whatever the age of the ledger, it costs the same.
func (l Chain) End(ctx context.Context) (End, error) {
	var e End
	err := l.read(ctx, func(t *tx) error {
		var at string
		if _, err := t.get([]any{&e.Seq, &e.Hash, &at}, `SELECT seq, hash, at FROM event ORDER BY seq DESC
			LIMIT 1`); err != nil {
			return err
		}
		var mail, file string
		if _, err := t.get([]any{&mail, &file}, `SELECT COALESCE((SELECT MAX(received) FROM message), ''),
			COALESCE((SELECT MAX(received) FROM submission), '')`); err != nil {
			return err
		}
		var err error
		e.Latest, err = moment(max(at, mail, file))
		return err
	})
	if err != nil {
		return End{}, fmt.Errorf("reading the end of the chain: %w", err)
	}
	return e, nil
}

const eventColumns = `SELECT seq, at, actor, what, ref, digest, prev_hash, hash FROM event `

func scanEvent(scan func(...any) error) (Event, error) {
	var e Event
	var at string
	if err := scan(&e.Seq, &at, &e.Actor, &e.What, &e.Ref, &e.Digest, &e.Prev, &e.Hash); err != nil {
		return e, err
	}
	var err error
	e.At, err = moment(at)
	return e, err
}

// Events returns the chain in order.
func (l Chain) Events(ctx context.Context) ([]Event, error) {
	var out []Event
	err := l.read(ctx, func(t *tx) error {
		return t.each(func(scan func(...any) error) error {
			e, err := scanEvent(scan)
			out = append(out, e)
			return err
		}, eventColumns+`ORDER BY seq`)
	})
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	return out, nil
}
