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
	arrivals := make([]arriving, len(intakes))
	var files blobs
	for i, in := range intakes {
		var err error
		if arrivals[i], err = arrive(in, &files); err != nil {
			return nil, fmt.Errorf("taking in %d mails: %w", len(intakes), at(in, err))
		}
	}
	err := l.storing(ctx, files, func(t *tx) error {
		known, err := t.meet(arrivals)
		if err != nil {
			return err
		}
		for i, a := range arrivals {
			if out[i], err = t.take(a, known); err != nil {
				return at(a.Intake, err)
			}
			end(t, UnfetchedID(a.Place), Fetching, Reading)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("taking in %d mails: %w", len(intakes), err)
	}
	return out, nil
}

// at says in an error which mail it is about.
func at(in Intake, err error) error {
	return fmt.Errorf("mail at %s %d/%d: %w", in.Place.Mailbox, in.Place.UIDValidity, in.Place.UID, err)
}

// arriving is an intake of which everything is known that does not depend on the ledger.
type arriving struct {
	Intake
	content string
	rows    []submissionRow
}

// arrive proves an intake and adds its bytes to those to be kept.
func arrive(in Intake, files *blobs) (a arriving, err error) {
	a.Intake = in
	if a.Message.ID, err = identify(in); err != nil {
		return a, err
	}
	a.content = contentOf(in)
	a.Attachments = slices.Clone(in.Attachments)
	if in.Raw != nil {
		files.add(in.Raw)
	}
	for i := range a.Attachments {
		x := &a.Attachments[i]
		sum := files.add(x.Bytes)
		if x.SHA256 != "" && x.SHA256 != sum {
			return a, fmt.Errorf("attachment %q: given hash %s, bytes have %s", x.Name, x.SHA256, sum)
		}
		x.SHA256 = sum
	}
	for _, s := range in.Submissions {
		// a submission without a file is about the mail itself
		if s.SHA256 != a.Message.ID &&
			!slices.ContainsFunc(a.Attachments, func(x Attachment) bool { return x.SHA256 == s.SHA256 }) {
			return a, fmt.Errorf("submission %s: its file %q is not among the attachments", s.ID, s.File)
		}
		row, err := newSubmissionRow(s)
		if err != nil {
			return a, fmt.Errorf("storing submission %s: %w", s.ID, err)
		}
		row.Message = a.Message.ID
		a.rows = append(a.rows, row)
	}
	return a, nil
}

// copied is what a copy of a mail has in common with it.
type copied struct{ messageID, content string }

// acquaintance is what the ledger knows already of mails that arrive, and what it learns from one
// for the next.
type acquaintance struct {
	places      map[Place]string  // → message
	messages    map[string]bool   // IDs
	copies      map[copied]string // → message
	messageIDs  map[string]bool
	submissions map[string]bool // IDs, those with "-2" and so on with them
	letters     map[string][]Posted
}

// meet asks, in one go, everything that taking mails in depends on.
func (t *tx) meet(arrivals []arriving) (*acquaintance, error) {
	k := &acquaintance{places: map[Place]string{}, messages: map[string]bool{}, copies: map[copied]string{},
		messageIDs: map[string]bool{}, submissions: map[string]bool{}, letters: map[string][]Posted{}}
	var all []question
	for _, a := range arrivals {
		all = append(all,
			question{Query: `SELECT message FROM place WHERE mailbox = $1 AND uidvalidity = $2 AND uid = $3`,
				Args: []any{a.Place.Mailbox, a.Place.UIDValidity, a.Place.UID},
				Row: func(scan func(...any) error) error {
					var id string
					err := scan(&id)
					k.places[a.Place] = id
					return err
				}},
			question{Query: `SELECT id FROM message WHERE id = $1`, Args: []any{a.Message.ID}, Row: into(k.messages)})
		if a.Raw != nil && a.Message.MessageID != "" {
			all = append(all, question{Query: `SELECT id, content FROM message WHERE message_id = $1 ORDER BY id DESC`,
				Args: []any{a.Message.MessageID},
				Row: func(scan func(...any) error) error {
					var id, content string
					err := scan(&id, &content)
					k.messageIDs[a.Message.MessageID] = true
					k.copies[copied{a.Message.MessageID, content}] = id // of several the first by ID
					return err
				}})
		}
		all = append(all, submissionIDs(a.rows, k.submissions)...)
		if a.Bounce == nil {
			continue
		}
		for _, id := range a.Bounce.IDs {
			letters := new([]Posted)
			all = append(all, letterQuestions(letters, `l.message_id = $1`, bare(id))...)
			defer func() { k.letters[bare(id)] = *letters }()
		}
	}
	return k, t.ask(all...)
}

// into is what takes the answers of one text each into a set.
func into(set map[string]bool) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		set[s] = true
		return err
	}
}

// submissionIDs asks which IDs of submissions are in use: "." is the sign after "-".
func submissionIDs(rows []submissionRow, used map[string]bool) (all []question) {
	for _, r := range rows {
		all = append(all, question{Query: `SELECT id FROM submission WHERE id >= $1 AND id < $2`,
			Args: []any{r.ID, r.ID + "."}, Row: into(used)})
	}
	return all
}

func (t *tx) take(a arriving, k *acquaintance) (Taken, error) {
	if known, ok := k.places[a.Place]; ok {
		return Taken{DuplicateOf: known}, nil
	}
	m := a.Message
	known, twin := "", false
	if k.messages[m.ID] {
		known = m.ID
	} else if a.Raw != nil && m.MessageID != "" {
		known = k.copies[copied{m.MessageID, a.content}]
		twin = known == "" && k.messageIDs[m.MessageID]
	}
	k.places[a.Place] = m.ID
	if known != "" {
		k.places[a.Place] = known
		addPlace(t, a.Intake, known, 1)
		return Taken{DuplicateOf: known}, t.tell(MessageDuplicate, known, "")
	}
	k.messages[m.ID] = true
	if a.Raw != nil && m.MessageID != "" {
		k.messageIDs[m.MessageID], k.copies[copied{m.MessageID, a.content}] = true, m.ID
	}
	if err := t.addMessage(a, k); err != nil {
		return Taken{}, err
	}
	if twin {
		if err := t.tell(MessageTwin, m.ID, ""); err != nil {
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

func addPlace(t *tx, in Intake, message string, copied int) {
	t.insert("place (mailbox, uidvalidity, uid, message, copy, folder, taken_at, moved_at)", in.Place.Mailbox,
		in.Place.UIDValidity, in.Place.UID, message, copied, in.Move, t.now, "")
}

func (t *tx) addMessage(a arriving, k *acquaintance) error {
	m := a.Message
	var blob any // NULL when there are no bytes
	if a.Raw != nil {
		blob = m.ID
		t.refer(m.ID)
	}
	t.insert("message (id, blob, content, message_id, sender, subject, sent, received, size, unit, outcome, reason, "+
		"detail, in_reply_to, taken_at)", m.ID, blob, a.content, m.MessageID, m.From, m.Subject, stamp(m.Sent),
		stamp(m.Received), m.Size, m.Unit, m.Outcome, m.Reason, m.Detail, m.InReplyTo, t.now)
	if err := t.tell(MessageTaken, m.ID, digestMessage(m)); err != nil {
		return err
	}
	addPlace(t, a.Intake, m.ID, 0)
	if m.Outcome != submission.MailLeft && m.Outcome != submission.MailDuplicate || len(a.rows) > 0 {
		t.insert("unanswered (message)", m.ID)
	}
	t.addAttachments(m.ID, 0, a.Attachments)
	if a.Bounce != nil {
		if err := t.addBounces(m.ID, *a.Bounce, k.letters); err != nil {
			return err
		}
	}
	for i, row := range a.rows {
		if err := t.addSubmission(i+1, row, k.submissions); err != nil {
			return fmt.Errorf("storing submission %s: %w", row.ID, err)
		}
	}
	return nil
}

// addAttachments adds files to those that a message has.
func (t *tx) addAttachments(message string, has int, files []Attachment) {
	for i, a := range files {
		t.refer(a.SHA256)
		t.insert("attachment (message, n, name, sha256)", message, has+i+1, a.Name, a.SHA256)
	}
}

func digestMessage(m submission.Message) string {
	return digest(m.ID, m.MessageID, m.From, m.Subject, stamp(m.Sent), stamp(m.Received), strconv.FormatInt(m.Size, 10),
		m.Unit, string(m.Outcome), m.Reason, m.Detail, m.InReplyTo)
}

// addSubmission adds a submission under an ID that is not in use.
func (t *tx) addSubmission(n int, row submissionRow, used map[string]bool) error {
	for id, try := row.ID, 2; used[row.ID]; try++ {
		row.ID = id + "-" + strconv.Itoa(try)
	}
	used[row.ID] = true
	t.insert("submission (id, message, n, file, sha256, sender, received, unit, period, form, version, state, value, "+
		"rows_read, rows_accepted, rows_tofix, rows_ignored, ignored)",
		row.ID, row.Message, n, row.File, row.SHA256, row.From, stamp(row.Received), row.Unit, row.Period, row.Form,
		row.Version, row.State, row.value,
		row.Rows.Read, row.Rows.Accepted, row.Rows.ToFix, row.Rows.Ignored, row.ignored)
	for i, f := range row.Findings {
		t.insert("finding (submission, n, code, level, sheet, cell, field, read, want, message, fix, clause, ground)",
			row.ID, i+1, f.Code, f.Level, f.Sheet, f.Cell, f.Field, f.Read, f.Want, f.Message, f.Fix, f.Clause,
			f.Ground)
	}
	for i, r := range row.Repairs {
		t.insert("repair (submission, n, sheet, cell, was, now, rule)", row.ID, i+1, r.Sheet, r.Cell, r.Was, r.Now,
			r.Rule)
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
