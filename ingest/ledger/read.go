package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
)

// ErrUnknown says that the ledger holds nothing under the name it was asked for.
var ErrUnknown = errors.New("not in the ledger")

// Entry is one mail of the ledger with the places it was found at, the first one first.
type Entry struct {
	submission.Message
	Places      []Found
	Attachments []Attachment // without their bytes
	Answered    bool         // Acknowledge has been done for it
}

const messageColumns = `m.id, m.message_id, m.sender, m.subject, m.sent, m.received, m.size, m.unit, m.outcome, ` +
	`m.reason, m.detail, m.in_reply_to`

func scanMessage(scan func(...any) error, more ...any) (submission.Message, error) {
	var m submission.Message
	var sent, received string
	if err := scan(append([]any{&m.ID, &m.MessageID, &m.From, &m.Subject, &sent, &received, &m.Size, &m.Unit,
		&m.Outcome, &m.Reason, &m.Detail, &m.InReplyTo}, more...)...); err != nil {
		return m, err
	}
	var err1, err2 error
	m.Sent, err1 = moment(sent)
	m.Received, err2 = moment(received)
	return m, errors.Join(err1, err2)
}

// Messages returns every mail by time of receipt, then ID.
func (l Inbox) Messages(ctx context.Context) ([]Entry, error) {
	var out []Entry
	at := map[string]int{}
	err := l.read(ctx, func(t *tx) error {
		if err := t.each(func(scan func(...any) error) error {
			var e Entry
			var err error
			e.Message, err = scanMessage(scan, &e.Answered)
			at[e.ID] = len(out)
			out = append(out, e)
			return err
		}, `SELECT `+messageColumns+`, EXISTS (SELECT 1 FROM receipt r WHERE r.message = m.id) FROM message m
			ORDER BY m.received, m.id`); err != nil {
			return err
		}
		if err := t.each(func(scan func(...any) error) error {
			var f Found
			var message, moved string
			if err := scan(&message, &f.Mailbox, &f.UIDValidity, &f.UID, &f.Copy, &f.Folder, &moved); err != nil {
				return err
			}
			var err error
			f.Moved, err = moment(moved)
			e := &out[at[message]]
			e.Places = append(e.Places, f)
			return err
		}, `SELECT message, mailbox, uidvalidity, uid, copy = 1, folder, moved_at FROM place
			ORDER BY message, copy, mailbox, uidvalidity, uid`); err != nil {
			return err
		}
		return t.each(func(scan func(...any) error) error {
			var a Attachment
			var message string
			if err := scan(&message, &a.Name, &a.SHA256); err != nil {
				return err
			}
			e := &out[at[message]]
			e.Attachments = append(e.Attachments, a)
			return nil
		}, `SELECT message, name, sha256 FROM attachment ORDER BY message, n`)
	})
	if err != nil {
		return nil, fmt.Errorf("reading messages: %w", err)
	}
	return out, nil
}

// Dataset returns every submission that counts at asOf: received up to and including that moment,
// released by then if its mail was held, not withdrawn by then. What the unit's leader had agreed
// to by then is accepted. The office's overrides in force at that moment come with them.
func (l *Ledger) Dataset(ctx context.Context, asOf time.Time) (submission.Dataset, error) {
	var all []submission.Submission
	var overrides []Overridden
	var past submission.Past
	var declined []submission.Declined
	err := l.read(ctx, func(t *tx) (err error) {
		if all, err = t.submissions(known, stamp(asOf)); err != nil {
			return err
		}
		if overrides, err = t.overrides(); err != nil {
			return err
		}
		if past, err = t.past(asOf, all); err != nil {
			return err
		}
		declined, err = t.declined(asOf)
		return err
	})
	if err != nil {
		return submission.Dataset{}, fmt.Errorf("reading submissions: %w", err)
	}
	var inForce []submission.Override
	for _, o := range overrides {
		switch {
		case o.Ended.IsZero() || o.Ended.After(asOf):
			inForce = append(inForce, o.Override)
		default:
			past.Ended = append(past.Ended, submission.Ended{Override: o.Override, Until: o.Ended})
		}
	}
	d := submission.NewDataset(asOf, all).WithOverrides(inForce)
	d.Past, d.Declined = past, declined
	return d, nil
}

// declined reads in which mails units said, up to a moment, that they do not take part.
func (t *tx) declined(asOf time.Time) (out []submission.Declined, err error) {
	err = t.each(func(scan func(...any) error) error {
		m, err := scanMessage(scan)
		out = append(out, submission.Declined{Message: m.ID, Unit: m.Unit, Period: m.Detail, At: m.Received})
		return err
	}, `SELECT `+messageColumns+` FROM message m WHERE m.reason = $1 AND m.outcome = 'accepted' AND m.received <= $2
		ORDER BY m.received, m.id`,
		submission.DeclinedReason, stamp(asOf))
	return out, err
}

// past reads what was decided about submissions up to a moment: withdrawn, released from held mail,
// agreed to by their leaders. Those agreed to are accepted in all from here on.
func (t *tx) past(asOf time.Time, all []submission.Submission) (submission.Past, error) {
	var past submission.Past
	at := map[string]int{}
	for i, s := range all {
		at[s.ID] = i
	}
	rulings, err := t.rulings(`g.verb IN ('approve', 'withdraw') AND g.refused = '' AND g.at <= $1`, stamp(asOf))
	if err != nil {
		return past, err
	}
	var gone []submission.Submission
	if slices.ContainsFunc(rulings, func(r Ruling) bool { return r.Verb == Withdraw }) {
		if gone, err = t.submissions(withdrawn, stamp(asOf)); err != nil {
			return past, err
		}
	}
	for _, r := range rulings {
		was := submission.Was{ID: r.Submission, Until: r.At}
		if i, here := at[r.Submission]; here {
			before := all[i]
			was.Submission, all[i] = &before, before.Approved()
		} else if i := slices.IndexFunc(gone,
			func(s submission.Submission) bool { return s.ID == r.Submission }); i >= 0 {
			before := gone[i]
			was.Submission, gone[i] = &before, before.Approved()
		} else {
			continue // erased
		}
		past.Submissions = append(past.Submissions, was)
	}
	err = t.each(func(scan func(...any) error) error {
		var was submission.Was
		var until string
		if err := scan(&was.ID, &until); err != nil {
			return err
		}
		var err error
		was.Until, err = moment(until)
		past.Submissions = append(past.Submissions, was)
		return err
	}, `SELECT s.id, g.at FROM ruling g JOIN submission s ON s.message = g.message AND s.n >= g.from_n
		WHERE g.verb = 'release' AND g.refused = '' AND g.at <= $1 ORDER BY g.at, s.id`, stamp(asOf))
	slices.SortStableFunc(past.Submissions, func(a, b submission.Was) int { return a.Until.Compare(b.Until) })
	return past, err
}

// submissions reads the submissions s for which the condition holds, by time of receipt, message
// and number in it.
func (t *tx) submissions(condition string, args ...any) ([]submission.Submission, error) {
	rows, err := t.submissionRows(condition, args...)
	if err != nil {
		return nil, err
	}
	out := make([]submission.Submission, len(rows))
	for i, r := range rows {
		if out[i], err = t.ledger.decodeOnce(r); err != nil {
			return nil, fmt.Errorf("submission %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// decodeOnce is decode, remembering values: submissions never change, and every step reads all of
// them. Nobody may change a value.
func (c *connection) decodeOnce(r submissionRow) (submission.Submission, error) {
	if known, ok := c.values.Load(r.ID); ok && known.(decodedValue).text == r.value {
		s, err := submissionRow{Submission: r.Submission, ignored: r.ignored}.decode()
		return s.With(known.(decodedValue).value), err
	}
	s, err := r.decode()
	if err == nil {
		value := submission.NewEncoded(s.Value, r.value)
		c.values.Store(r.ID, decodedValue{r.value, value})
		s = s.With(value)
	}
	return s, err
}

// decodedValue is a form as it is stored, and the struct it decodes to.
type decodedValue struct {
	text  string
	value *submission.Encoded
}

func (t *tx) submissionRows(condition string, args ...any) ([]submissionRow, error) {
	var out []submissionRow
	at := map[string]int{}
	err := t.each(func(scan func(...any) error) error {
		var r submissionRow
		var received string
		if err := scan(&r.ID, &r.Message, &r.File, &r.SHA256, &r.From, &received, &r.Unit, &r.Period, &r.Form,
			&r.Version, &r.State, &r.value,
			&r.Rows.Read, &r.Rows.Accepted, &r.Rows.ToFix, &r.Rows.Ignored, &r.ignored); err != nil {
			return err
		}
		var err error
		r.Received, err = moment(received)
		at[r.ID] = len(out)
		out = append(out, r)
		return err
	}, `SELECT s.id, s.message, s.file, s.sha256, s.sender, s.received,
		s.unit, s.period, s.form, s.version, s.state, s.value,
			s.rows_read, s.rows_accepted, s.rows_tofix, s.rows_ignored, s.ignored
		FROM submission s WHERE `+condition+` ORDER BY s.received, s.message, s.n`, args...)
	if err != nil {
		return nil, err
	}
	err = t.each(func(scan func(...any) error) error {
		var f finding.Finding
		var id string
		if err := scan(&id, &f.Code, &f.Level, &f.Sheet, &f.Cell, &f.Field, &f.Read, &f.Want, &f.Message, &f.Fix,
			&f.Clause, &f.Ground); err != nil {
			return err
		}
		out[at[id]].Findings = append(out[at[id]].Findings, f)
		return nil
	}, `SELECT f.submission, f.code, f.level, f.sheet, f.cell, f.field,
		f.read, f.want, f.message, f.fix, f.clause, f.ground
		FROM finding f JOIN submission s ON s.id = f.submission WHERE `+condition+` ORDER BY f.submission, f.n`,
		args...)
	if err != nil {
		return nil, fmt.Errorf("findings: %w", err)
	}
	err = t.each(func(scan func(...any) error) error {
		var r form.Repair
		var id string
		if err := scan(&id, &r.Sheet, &r.Cell, &r.Was, &r.Now, &r.Rule); err != nil {
			return err
		}
		out[at[id]].Repairs = append(out[at[id]].Repairs, r)
		return nil
	}, `SELECT r.submission, r.sheet, r.cell, r.was, r.now, r.rule
		FROM repair r JOIN submission s ON s.id = r.submission WHERE `+condition+` ORDER BY r.submission, r.n`, args...)
	if err != nil {
		return nil, fmt.Errorf("repairs: %w", err)
	}
	return out, nil
}

// decode turns the stored text back into the form's struct.
func (r submissionRow) decode() (submission.Submission, error) {
	s := r.Submission
	if r.value != "" {
		f, ok := templates.Lookup(s.Form)
		if !ok {
			return s, fmt.Errorf("form %q: %w", s.Form, ErrUnknown)
		}
		s.Value = f.New()
		if err := json.Unmarshal([]byte(r.value), s.Value); err != nil {
			return s, fmt.Errorf("decoding its value: %w", err)
		}
	}
	if r.ignored != "" {
		if err := json.Unmarshal([]byte(r.ignored), &s.Ignored); err != nil {
			return s, fmt.Errorf("decoding its ignored rows: %w", err)
		}
	}
	return s, nil
}

// Raw returns a mail as it came, nil when it was too big to be read. An unknown mail is ErrUnknown.
func (l Inbox) Raw(ctx context.Context, message string) ([]byte, error) {
	var raw []byte
	err := l.read(ctx, func(t *tx) error {
		ok, err := t.get([]any{&raw}, `SELECT b.bytes FROM message m LEFT JOIN blob b ON b.sha256 = m.blob
			WHERE m.id = $1`, message)
		return found(ok, err)
	})
	if err != nil {
		return nil, fmt.Errorf("reading message %s: %w", message, err)
	}
	return raw, nil
}

// NewestRaw calls f with the beginning of the newest mails, up to 64 KiB of each and at most so
// many mails, the newest first. Mails that were not fetched, and those that were erased, are passed
// over.
func (l Inbox) NewestRaw(ctx context.Context, most int, f func(raw []byte)) error {
	err := l.read(ctx, func(t *tx) error {
		return t.each(func(scan func(...any) error) error {
			var raw []byte
			if err := scan(&raw); err != nil {
				return err
			}
			if len(raw) > 0 {
				f(raw)
			}
			return nil
		}, `SELECT substr(b.bytes, 1, 65536) FROM message m JOIN blob b ON b.sha256 = m.blob
			ORDER BY m.received DESC, m.id LIMIT $1`, most)
	})
	if err != nil {
		return fmt.Errorf("reading the newest messages: %w", err)
	}
	return nil
}

// Blob returns the bytes with a hash: an attachment, a document, a mail. Unknown bytes are
// ErrUnknown.
func (l *Ledger) Blob(ctx context.Context, sha256 string) ([]byte, error) {
	var b []byte
	err := l.read(ctx, func(t *tx) error {
		ok, err := t.get([]any{&b}, `SELECT bytes FROM blob WHERE sha256 = $1`, sha256)
		return found(ok, err)
	})
	if err != nil {
		return nil, fmt.Errorf("reading bytes %s: %w", sha256, err)
	}
	return b, nil
}

func found(ok bool, err error) error {
	if err == nil && !ok {
		return ErrUnknown
	}
	return err
}

// Arrival is a mail that waits for its answer.
type Arrival struct {
	Message     submission.Message
	Submissions []submission.Submission // in the order of the mail's attachments
	Rulings     []Settled               // what the mail decided, line by line, when it is a command
}

// waiting is the condition on a message m that nobody has dealt with yet. Such mails are rows of
// their own, so that nobody looks for them among all that were answered; isWaiting is what makes a
// mail one of them.
const (
	waiting   = `m.id IN (SELECT message FROM unanswered)`
	isWaiting = `NOT EXISTS (SELECT 1 FROM receipt r WHERE r.message = m.id)
	AND (m.outcome IN ('accepted', 'tofix', 'held') OR EXISTS (SELECT 1 FROM submission x WHERE x.message = m.id))`
)

// Unacknowledged returns the mails nobody has dealt with yet by time of receipt, then ID: all but
// those that were left alone or are a duplicate and hold no submission. A mail that wants no answer
// is taken off the list by Acknowledge without letters.
func (l Inbox) Unacknowledged(ctx context.Context) ([]Arrival, error) {
	var out []Arrival
	err := l.read(ctx, func(t *tx) error {
		at := map[string]int{}
		if err := t.each(func(scan func(...any) error) error {
			m, err := scanMessage(scan)
			at[m.ID] = len(out)
			out = append(out, Arrival{Message: m})
			return err
		}, `SELECT `+messageColumns+` FROM message m WHERE `+waiting+` ORDER BY m.received, m.id`); err != nil {
			return err
		}
		all, err := t.submissions(`s.message IN (SELECT message FROM unanswered)`)
		for _, s := range all {
			a := &out[at[s.Message]]
			a.Submissions = append(a.Submissions, s)
		}
		for i := range out {
			if err == nil && out[i].Message.Reason != "" {
				out[i].Rulings, err = t.settlements(out[i].Message.ID)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading unanswered messages: %w", err)
	}
	return out, nil
}
