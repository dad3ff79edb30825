package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"thidua/ingest/submission"
	"thidua/templates/finding"
	"thidua/templates/form"
)

// Intake is one mail found at a place, with everything read from it.
type Intake struct {
	Place       Place
	Raw         []byte // the mail as it came; nil when it was too big to be fetched
	Message     submission.Message
	Submissions []submission.Submission // each file among Attachments, or the mail itself when it brought none
	Attachments []Attachment
	Move        string         // folder the mail is wanted in, "" when it stays
	Bounce      *Undeliverable // what the mail says of letters of ours, nil when it is no bounce
	Weight      int            // about how many bytes of memory all of this takes
}

// Attachment is a file that came with a mail.
type Attachment struct {
	Name   string
	SHA256 string // hex of the hash of Bytes
	Bytes  []byte
}

// Taken is what became of an intake.
type Taken struct {
	New         bool   // a mail not seen before: everything was stored
	DuplicateOf string // ID of the mail it is a copy of, "" for a new one
}

// Inbox holds the mails as they came: where they were found, what was read from them, and which of
// them wait for an answer.
//
//constructed:by Inbox
type Inbox struct{ *connection }

// Inbox is where the ledger's mails are taken in and answered.
func (l *Ledger) Inbox() Inbox { return Inbox{l.connection} }

// Take stores mails in one transaction: all of them or none. The answers are in the order of the
// intakes.
//
// A mail is known by its place, then by its raw bytes, then by its Message-ID together with sender
// and body (a copy that came another way has other trace headers; whichever of the two is offered
// first is the one that is kept). Of a known mail only the new place is noted, with the folder it
// is wanted in. A mail with a known Message-ID but another body is a mail of its own, and an event
// tells of it.
//
// An intake that contradicts itself (a wrong hash, rows that do not add up, a state that does not
// exist) is a mistake of the caller and an error; bad input of units never is.
//
// Message.ID may be "": it is then made from the raw bytes, or from the place when there are none.
// A submission's ID already in use by another submission is given "-2", "-3" … at its end.
func (l Inbox) Take(ctx context.Context, intakes []Intake) ([]Taken, error) {
	out := make([]Taken, len(intakes))
	err := l.write(ctx, func(t *tx) error {
		for i, in := range intakes {
			taken, err := t.take(in)
			if err == nil {
				err = end(t, UnfetchedID(in.Place), Fetching, Reading)
			}
			if err != nil {
				return fmt.Errorf("mail at %s %d/%d: %w", in.Place.Mailbox, in.Place.UIDValidity, in.Place.UID, err)
			}
			out[i] = taken
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("taking in %d mails: %w", len(intakes), err)
	}
	return out, nil
}

func (t *tx) take(in Intake) (Taken, error) {
	id, err := identify(in)
	if err != nil {
		return Taken{}, err
	}
	content := contentOf(in)
	var known string
	ok, err := t.get([]any{&known}, `SELECT message FROM place WHERE mailbox = $1 AND uidvalidity = $2 AND uid = $3`,
		in.Place.Mailbox, in.Place.UIDValidity, in.Place.UID)
	if err != nil {
		return Taken{}, err
	}
	if ok {
		return Taken{DuplicateOf: known}, nil
	}
	twin := false
	if ok, err = t.get([]any{&known}, `SELECT id FROM message WHERE id = $1`, id); err != nil {
		return Taken{}, err
	}
	if !ok && in.Raw != nil && in.Message.MessageID != "" {
		if ok, err = t.get([]any{&known}, `SELECT id FROM message WHERE message_id = $1 AND content = $2
			ORDER BY id LIMIT 1`,
			in.Message.MessageID, content); err != nil {
			return Taken{}, err
		}
		if !ok {
			var one int
			if twin, err = t.get([]any{&one}, `SELECT 1 FROM message WHERE message_id = $1 LIMIT 1`,
				in.Message.MessageID); err != nil {
				return Taken{}, err
			}
		}
	}
	if ok {
		if err := t.addPlace(in, known, 1); err != nil {
			return Taken{}, err
		}
		return Taken{DuplicateOf: known}, t.tell(MessageDuplicate, known, "")
	}
	in.Message.ID = id
	if err := t.addMessage(in, content); err != nil {
		return Taken{}, err
	}
	if twin {
		if err := t.tell(MessageTwin, id, ""); err != nil {
			return Taken{}, err
		}
	}
	return Taken{New: true}, nil
}

// identify returns the ID of the mail and proves the one it was given.
func identify(in Intake) (string, error) {
	id := in.Message.ID
	if in.Raw == nil {
		if id == "" {
			id = UnfetchedID(in.Place)
		}
		return id, nil
	}
	sum := hexSum(in.Raw)
	if id != "" && id != sum {
		return "", fmt.Errorf("message ID %s is not the hash of the raw bytes, %s", id, sum)
	}
	return sum, nil
}

// UnfetchedID is the ID of a mail of which nothing but its place is known for certain.
func UnfetchedID(p Place) string {
	return digest("place", p.Mailbox, strconv.Itoa(int(p.UIDValidity)), strconv.Itoa(int(p.UID)))
}

// contentOf is the hash of sender and body, without the header.
func contentOf(in Intake) string {
	body := in.Raw
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if _, after, ok := bytes.Cut(in.Raw, []byte(end)); ok {
			body = after
			break
		}
	}
	d := binding{sha256.New()}
	d.add([]byte(in.Message.From))
	d.add(body)
	return d.sum()
}

func (t *tx) addPlace(in Intake, message string, copied int) error {
	_, err := t.exec(`INSERT INTO place (mailbox, uidvalidity, uid, message, copy, folder, taken_at, moved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '')`,
		in.Place.Mailbox, in.Place.UIDValidity, in.Place.UID, message, copied, in.Move, t.now)
	if err != nil {
		return fmt.Errorf("noting the place: %w", err)
	}
	return nil
}

func (t *tx) addMessage(in Intake, content string) error {
	var blob any // NULL when there are no bytes
	if in.Raw != nil {
		sum, err := t.put(in.Raw)
		if err != nil {
			return err
		}
		blob = sum
	}
	m := in.Message
	if _, err := t.exec(`INSERT INTO message (id, blob, content,
		message_id, sender, subject, sent, received, size, unit, outcome, reason, detail, in_reply_to, taken_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		m.ID, blob, content, m.MessageID, m.From, m.Subject, stamp(m.Sent), stamp(m.Received), m.Size, m.Unit,
		m.Outcome, m.Reason, m.Detail, m.InReplyTo, t.now); err != nil {
		return fmt.Errorf("storing the message: %w", err)
	}
	if err := t.tell(MessageTaken, m.ID, digestMessage(m)); err != nil {
		return err
	}
	if err := t.addPlace(in, m.ID, 0); err != nil {
		return err
	}
	if m.Outcome != submission.MailLeft && m.Outcome != submission.MailDuplicate || len(in.Submissions) > 0 {
		if err := await(t, m.ID); err != nil {
			return err
		}
	}
	for i, a := range in.Attachments {
		sum, err := t.put(a.Bytes)
		if err != nil {
			return err
		}
		if a.SHA256 != "" && a.SHA256 != sum {
			return fmt.Errorf("attachment %q: given hash %s, bytes have %s", a.Name, a.SHA256, sum)
		}
		if _, err := t.exec(`INSERT INTO attachment (message, n, name, sha256) VALUES ($1, $2, $3, $4)`, m.ID, i+1,
			a.Name, sum); err != nil {
			return fmt.Errorf("storing attachment %q: %w", a.Name, err)
		}
	}
	if in.Bounce != nil {
		if err := t.addBounces(m.ID, *in.Bounce); err != nil {
			return err
		}
	}
	for i, s := range in.Submissions {
		// a submission without a file is about the mail itself
		if s.SHA256 != in.Message.ID &&
			!slices.ContainsFunc(in.Attachments, func(a Attachment) bool { return a.SHA256 == s.SHA256 }) {
			return fmt.Errorf("submission %s: its file %q is not among the attachments", s.ID, s.File)
		}
		s.Message = m.ID
		if err := t.addSubmission(i+1, s); err != nil {
			return fmt.Errorf("storing submission %s: %w", s.ID, err)
		}
	}
	return nil
}

// await notes that a mail waits for its answer.
func await(t *tx, message string) error {
	_, err := t.exec(`INSERT INTO unanswered (message) SELECT CAST($1 AS TEXT) WHERE NOT EXISTS (SELECT 1 FROM receipt
		WHERE message = $1) ON CONFLICT DO NOTHING`, message)
	return err
}

func digestMessage(m submission.Message) string {
	return digest(m.ID, m.MessageID, m.From, m.Subject, stamp(m.Sent), stamp(m.Received), strconv.FormatInt(m.Size, 10),
		m.Unit, string(m.Outcome), m.Reason, m.Detail, m.InReplyTo)
}

func (t *tx) addSubmission(n int, s submission.Submission) error {
	row, err := newSubmissionRow(s)
	if err != nil {
		return err
	}
	for try := 2; ; try++ {
		var one int
		taken, err := t.get([]any{&one}, `SELECT 1 FROM submission WHERE id = $1`, row.ID)
		if err != nil {
			return err
		}
		if !taken {
			break
		}
		row.ID = s.ID + "-" + strconv.Itoa(try)
	}
	if _, err := t.exec(`INSERT INTO submission (id, message, n,
		file, sha256, sender, received, unit, period, form, version,
			state, value, rows_read, rows_accepted, rows_tofix, rows_ignored, ignored)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		row.ID, row.Message, n, row.File, row.SHA256, row.From, stamp(row.Received), row.Unit, row.Period, row.Form,
		row.Version, row.State, row.value,
		row.Rows.Read, row.Rows.Accepted, row.Rows.ToFix, row.Rows.Ignored, row.ignored); err != nil {
		return err
	}
	for i, f := range row.Findings {
		if _, err := t.exec(`INSERT INTO finding (submission, n, code,
			level, sheet, cell, field, read, want, message, fix, clause, ground)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			row.ID, i+1, f.Code, f.Level, f.Sheet, f.Cell, f.Field, f.Read, f.Want, f.Message, f.Fix, f.Clause,
			f.Ground); err != nil {
			return fmt.Errorf("finding %d: %w", i+1, err)
		}
	}
	for i, r := range row.Repairs {
		if _, err := t.exec(`INSERT INTO repair (submission, n, sheet, cell, was, now, rule)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			row.ID, i+1, r.Sheet, r.Cell, r.Was, r.Now, r.Rule); err != nil {
			return fmt.Errorf("repair %d: %w", i+1, err)
		}
	}
	what := SubmissionToFix
	if row.State == submission.Accepted {
		what = SubmissionAccepted
	}
	return t.tell(what, row.ID, row.digest())
}

// submissionRow is a submission with its structured parts as the text that is stored.
type submissionRow struct {
	submission.Submission
	value, ignored string // JSON, "" for none
}

func newSubmissionRow(s submission.Submission) (submissionRow, error) {
	row := submissionRow{Submission: s}
	for _, part := range []struct {
		text  *string
		given bool
		value any
	}{{&row.value, s.Value != nil, s.Value}, {&row.ignored, len(s.Ignored) > 0, s.Ignored}} {
		if !part.given {
			continue
		}
		b, err := json.Marshal(part.value)
		if err != nil {
			return row, fmt.Errorf("encoding: %w", err)
		}
		*part.text = string(b)
	}
	return row, nil
}

// digest binds everything that was read from the file, findings and repairs included.
func (r submissionRow) digest() string {
	fields := []string{r.ID, r.Message, r.File, r.SHA256, r.From, stamp(r.Received), r.Unit, r.Period, r.Form,
		strconv.Itoa(r.Version), string(r.State), r.value, r.ignored,
		strconv.Itoa(r.Rows.Read), strconv.Itoa(r.Rows.Accepted), strconv.Itoa(r.Rows.ToFix),
		strconv.Itoa(r.Rows.Ignored), strconv.Itoa(len(r.Findings))}
	for _, f := range r.Findings {
		fields = append(fields, findingFields(f)...)
	}
	for _, p := range r.Repairs {
		fields = append(fields, repairFields(p)...)
	}
	return digest(fields...)
}

func findingFields(f finding.Finding) []string {
	return []string{string(f.Code), string(f.Level), f.Sheet, f.Cell, f.Field, f.Read, f.Want, f.Message, f.Fix,
		f.Clause, string(f.Ground)}
}

func repairFields(r form.Repair) []string { return []string{r.Sheet, r.Cell, r.Was, r.Now, r.Rule} }
