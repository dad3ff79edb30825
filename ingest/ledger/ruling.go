package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"thidua/ingest/submission"
)

// Verb is what somebody decides by mail.
type Verb string

// The verbs of a ruling.
const (
	Release  Verb = "release"  // take a held mail in, for a unit
	Return   Verb = "return"   // tell the sender of a held mail how to send it properly
	Ignore   Verb = "ignore"   // leave a held mail where it is
	Withdraw Verb = "withdraw" // a submission no longer counts, from then on
	Approve  Verb = "approve"  // a unit's leader agrees to a submission, which counts from then on
	Object   Verb = "object"   // a unit's leader does not
)

// Ruling is one line of a mail in which somebody decides.
type Ruling struct {
	Command    string // Message.ID of the mail that says so
	N          int    // number of the line, from 1
	Verb       Verb
	Given      string // what it is about, as it was written
	Message    string // the held mail, "" for none
	Submission string // the submission withdrawn, approved or objected to, "" for none
	Unit       string // code of the unit a released mail is taken in for
	Refused    string // why nothing came of it: a key under mail.refused., "" when it was done
	At         time.Time
}

// Released is what was read from a held mail once somebody had vouched for it.
type Released struct {
	Message     string
	Submissions []submission.Submission
	Attachments []Attachment
}

// freed is what was read from a released mail, as it is stored.
type freed struct {
	message string
	files   []Attachment
	rows    []submissionRow
}

// free makes it ready to be stored, and adds its bytes to those to be kept.
func (r Released) free(keep *blobs) (f freed, err error) {
	f.message = r.Message
	for _, a := range r.Attachments {
		a.SHA256 = keep.add(a.Bytes)
		f.files = append(f.files, a)
	}
	for _, s := range r.Submissions {
		row, err := newSubmissionRow(s)
		if err != nil {
			return f, err
		}
		row.Message = r.Message
		f.rows = append(f.rows, row)
	}
	return f, nil
}

// Settled is a ruling with the mail it decided about, and the submissions that were read from it
// because of the ruling, or that it is about.
type Settled struct {
	Ruling
	About       submission.Message
	Submissions []submission.Submission
	Rulings     []Settled // of a released mail that was a command: what was carried out
}

// Rulings are what people decided by command about mails, above all about those that were held
// back.
//
//constructed:by Rulings
type Rulings struct{ *connection }

// Rulings is where decisions about mails are noted.
func (l *Ledger) Rulings() Rulings { return Rulings{l.connection} }

// Rule stores all rulings of one command, and those of the commands that it released, with what was
// read from the mails released, in one transaction. A command that has been stored already is left
// as it is. A mail is decided about once, a submission withdrawn or approved once: a second time is
// an error, which the caller prevents by looking first.
func (l Rulings) Rule(ctx context.Context, rulings []Ruling, released []Released) error {
	var files blobs
	var mails []freed
	for _, r := range released {
		f, err := r.free(&files)
		if err != nil {
			return fmt.Errorf("storing %d rulings: %w", len(rulings), err)
		}
		mails = append(mails, f)
	}
	err := l.storing(ctx, files, func(t *tx) error {
		known, used := false, map[string]bool{}
		var all []question
		for _, r := range rulings {
			all = append(all, one(&known, []any{new(int)}, `SELECT 1 FROM ruling WHERE command = $1 AND n = $2`,
				r.Command, r.N))
		}
		for _, f := range mails {
			all = append(all, submissionIDs(f.rows, used)...)
		}
		has := map[string]*[2]int{} // submissions and files, by mail
		for _, r := range rulings {
			if r.Verb == Release && r.Refused == "" {
				n := new([2]int)
				has[r.Message] = n
				all = append(all, one(new(bool), []any{&n[0], &n[1]}, `SELECT COALESCE((SELECT MAX(n) FROM submission
					WHERE message = $1), 0), COALESCE((SELECT MAX(n) FROM attachment WHERE message = $1), 0)`,
					r.Message))
			}
		}
		if err := t.ask(all...); err != nil || known {
			return err
		}
		for i, r := range rulings {
			from := 0
			if n := has[r.Message]; n != nil && r.Verb == Release && r.Refused == "" {
				from = n[0] + 1
				at := slices.IndexFunc(mails, func(f freed) bool { return f.message == r.Message })
				switch obeyed := slices.ContainsFunc(rulings, func(x Ruling) bool { return x.Command == r.Message }); {
				case at >= 0:
					if err := t.release(mails[at], *n, used); err != nil {
						return fmt.Errorf("line %d: %w", i+1, err)
					}
				case !obeyed: // a command that was obeyed brought none
					return fmt.Errorf("line %d: nothing was read from the mail to be released", i+1)
				}
			}
			t.insert("ruling (command, n, verb, given, message, submission, unit, refused, from_n, at)",
				r.Command, r.N, r.Verb, r.Given, r.Message, r.Submission, r.Unit, r.Refused, from, stamp(r.At))
			if err := t.tell(RulingMade, r.ref(), r.digest()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("storing %d rulings: %w", len(rulings), err)
	}
	return nil
}

// release adds what was read from a released mail, behind the submissions and files that it has.
func (t *tx) release(f freed, has [2]int, used map[string]bool) error {
	t.addAttachments(f.message, has[1], f.files)
	if len(f.rows) > 0 { // it was answered as a held one, unless it has just come
		t.change(`INSERT INTO unanswered (message) SELECT id FROM message m WHERE id = $1 AND NOT EXISTS (SELECT 1
			FROM receipt r WHERE r.message = m.id) ON CONFLICT DO NOTHING`, f.message)
	}
	for i, row := range f.rows {
		if err := t.addSubmission(has[0]+i+1, row, used); err != nil {
			return err
		}
	}
	return nil
}

func (r Ruling) ref() string { return r.Command + "/" + strconv.Itoa(r.N) }

func (r Ruling) digest() string {
	return digest(r.Command, strconv.Itoa(r.N), string(r.Verb), r.Given, r.Message, r.Submission, r.Unit, r.Refused,
		stamp(r.At))
}

const rulingColumns = `g.command, g.n, g.verb, g.given, g.message, g.submission, g.unit, g.refused, g.at`

func (t *tx) rulings(condition string, args ...any) ([]Ruling, error) {
	var out []Ruling
	err := t.each(func(scan func(...any) error) error {
		var r Ruling
		var at string
		if err := scan(&r.Command, &r.N, &r.Verb, &r.Given, &r.Message, &r.Submission, &r.Unit, &r.Refused,
			&at); err != nil {
			return err
		}
		var err error
		r.At, err = moment(at)
		out = append(out, r)
		return err
	}, `SELECT `+rulingColumns+` FROM ruling g WHERE `+condition+` ORDER BY g.at, g.command, g.n`, args...)
	return out, err
}

// settlements reads the rulings of a command with what they are about.
func (t *tx) settlements(command string) ([]Settled, error) {
	rulings, err := t.rulings(`g.command = $1`, command)
	if err != nil {
		return nil, err
	}
	var out []Settled
	for _, r := range rulings {
		s := Settled{Ruling: r}
		if r.Message != "" {
			if err := t.each(func(scan func(...any) error) (err error) {
				s.About, err = scanMessage(scan)
				return err
			}, `SELECT `+messageColumns+` FROM message m WHERE m.id = $1`, r.Message); err != nil {
				return nil, err
			}
		}
		switch {
		case r.Refused != "":
		case r.Verb == Release:
			s.Submissions, err = t.submissions(`s.message = $1 AND s.n >= (SELECT from_n FROM ruling WHERE command = $2
				AND n = $3)`, r.Message, r.Command, r.N)
			if err == nil && r.Message != command {
				s.Rulings, err = t.settlements(r.Message)
			}
		case r.Submission != "":
			s.Submissions, err = t.submissions(`s.id = $1`, r.Submission)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// known is the condition that a submission s counts at the moment $1: it had come, the mail it was
// in had been released if it was held, and it had not been withdrawn.
const known = `s.received <= $1
	AND NOT EXISTS (SELECT 1 FROM ruling g WHERE g.verb = 'release' AND g.refused = '' AND g.message = s.message
		AND s.n >= g.from_n AND g.at > $1)
	AND NOT EXISTS (SELECT 1 FROM ruling g WHERE g.verb = 'withdraw' AND g.refused = '' AND g.submission = s.id
		AND g.at <= $1)
	AND NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'submission' AND e.ref = s.id)`

// withdrawn is the condition that a submission s had been withdrawn by the moment $1.
const withdrawn = `s.received <= $1
	AND EXISTS (SELECT 1 FROM ruling g WHERE g.verb = 'withdraw' AND g.refused = '' AND g.submission = s.id
		AND g.at <= $1)
	AND NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'submission' AND e.ref = s.id)`

// Held returns the mails that nobody has decided about yet, by time of receipt, then ID.
func (l Rulings) Held(ctx context.Context) ([]submission.Message, error) {
	var out []submission.Message
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.messages(`m.outcome = 'held' AND NOT EXISTS (SELECT 1 FROM ruling g WHERE g.message = m.id
			AND g.refused = '' AND g.verb <> 'withdraw')`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading held messages: %w", err)
	}
	return out, nil
}

// EverHeld returns the IDs of all mails that were held when they came, whatever was decided about
// them since.
func (l Rulings) EverHeld(ctx context.Context) ([]string, error) {
	var out []string
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.refs(`SELECT id FROM message WHERE outcome = 'held' ORDER BY received, id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading held messages: %w", err)
	}
	return out, nil
}

// Commands returns the mails with that reason which have been neither answered nor carried out, by
// time of receipt, then ID.
func (l Rulings) Commands(ctx context.Context, reason string) ([]submission.Message, error) {
	var out []submission.Message
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.messages(`m.reason = $1 AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.message = m.id)
			AND NOT EXISTS (SELECT 1 FROM ruling g WHERE g.command = m.id)`, reason)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading commands: %w", err)
	}
	return out, nil
}

func (t *tx) messages(condition string, args ...any) ([]submission.Message, error) {
	var out []submission.Message
	err := t.each(func(scan func(...any) error) error {
		m, err := scanMessage(scan)
		out = append(out, m)
		return err
	}, `SELECT `+messageColumns+` FROM message m WHERE `+condition+` ORDER BY m.received, m.id`, args...)
	return out, err
}

// Refused counts, by the mail that gave them, the orders of which nothing came.
func (l *Ledger) Refused(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := l.read(ctx, func(t *tx) error {
		all, err := t.rulings(`g.refused <> ''`)
		for _, r := range all {
			out[r.Command]++
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading refused orders: %w", err)
	}
	return out, nil
}
