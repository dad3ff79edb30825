package ledger

import (
	"context"
	"fmt"

	"thidua/ingest/submission"
	"thidua/templates/finding"
)

// Fault is a kind of broken invariant.
type Fault string

// The faults Verify looks for.
const (
	BrokenChain     Fault = "chain"  // an event was changed, removed or put in
	BrokenBlob      Fault = "blob"   // bytes do not have the hash they are kept under
	ChangedFact     Fault = "fact"   // a row is not what the chain says was stored
	MissingEvent    Fault = "event"  // a row nobody told of, or an event about a row that is gone
	OrphanRow       Fault = "orphan" // a row whose owner is gone, or bytes nobody refers to
	UnbalancedRows  Fault = "rows"   // rows read are not all accounted for
	UnfoundedToFix  Fault = "tofix"  // returned without a finding that must be fixed, or accepted with one
	UnsettledLetter Fault = "letter" // a letter's state is not that of its recipients
	NoPlace         Fault = "place"  // a mail that was never found anywhere
)

// Problem is one broken invariant. It never comes from bad input, only from damage, from tampering
// or from a mistake of the program.
type Problem struct {
	Fault  Fault
	Ref    string // what it is about
	Detail string // for the log and for staff
}

func (p Problem) String() string { return fmt.Sprintf("%s: %s: %s", p.Fault, p.Ref, p.Detail) }

// Verify checks every invariant of the ledger and returns what is broken, nil when all is well. It
// reads everything and changes nothing.
func (l Chain) Verify(ctx context.Context) ([]Problem, error) {
	v := &verifier{digests: map[string]string{}}
	err := l.read(ctx, func(t *tx) error {
		for _, check := range []func(*tx) error{v.erasures, v.chain, v.blobs, v.messages, v.submissions, v.runs,
			v.register, v.overrides, v.letters, v.decisions, v.secrets, v.leftovers, v.queries} {
			if err := check(t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	return v.problems, nil
}

type verifier struct {
	problems []Problem
	digests  map[string]string // what and ref of each event with a digest → digest; rows found are taken out
	order    []string          // its keys in the order of the chain
	erased   map[string]string // kind, space, ref of what was erased
}

func (v *verifier) add(fault Fault, ref, detail string, args ...any) {
	v.problems = append(v.problems, Problem{fault, ref, fmt.Sprintf(detail, args...)})
}

func (v *verifier) chain(t *tx) error {
	var last Event
	return t.each(func(scan func(...any) error) error {
		e, err := scanEvent(scan)
		if err != nil {
			return err
		}
		ref := fmt.Sprintf("event %d", e.Seq)
		switch {
		case e.Seq != last.Seq+1:
			v.add(BrokenChain, ref, "follows event %d", last.Seq)
		case e.Prev != last.Hash:
			v.add(BrokenChain, ref, "is not bound to the event before it")
		case e.Hash != e.sum():
			v.add(BrokenChain, ref, "is not what was written")
		}
		if e.Digest != "" {
			key := e.What + " " + e.Ref
			v.digests[key] = e.Digest
			v.order = append(v.order, key)
		}
		last = e
		return nil
	}, eventColumns+`ORDER BY seq`)
}

func (v *verifier) erasures(t *tx) (err error) {
	v.erased, err = t.erasures()
	return err
}

// blanked says which event tells what is left of a row that was erased.
var blanked = map[string]struct{ kind, event string }{
	MessageTaken: {"message", MessageErased}, SubmissionAccepted: {"submission", SubmissionErased},
	SubmissionToFix: {"submission", SubmissionErased},
	LetterQueued:    {"letter", LetterErased},
}

// fact compares a row with what the chain says of it.
func (v *verifier) fact(what, ref, digest string) {
	if b, ok := blanked[what]; ok && v.erased[b.kind+" "+ref] != "" {
		if _, told := v.digests[what+" "+ref]; !told {
			v.add(MissingEvent, ref, "no event %s tells of it", what)
		}
		delete(v.digests, what+" "+ref)
		what = b.event
	}
	key := what + " " + ref
	told, ok := v.digests[key]
	switch {
	case !ok:
		v.add(MissingEvent, ref, "no event %s tells of it", what)
	case told != digest:
		v.add(ChangedFact, ref, "differs from what event %s tells", what)
	}
	delete(v.digests, key)
}

// decisions are what people decided by mail, and what mail servers told later.
func (v *verifier) decisions(t *tx) error {
	rulings, err := t.rulings(`1 = 1`)
	if err != nil {
		return err
	}
	for _, r := range rulings {
		v.fact(RulingMade, r.ref(), r.digest())
	}
	bounces, err := t.bounces()
	for _, b := range bounces {
		v.fact(LetterBounced, b.ref(), b.digest())
	}
	return err
}

// leftovers are events about rows that are gone.
func (v *verifier) leftovers(*tx) error {
	for _, key := range v.order {
		if _, ok := v.digests[key]; ok {
			v.add(MissingEvent, key, "what the event tells of is gone")
		}
	}
	return nil
}

func (v *verifier) blobs(t *tx) error {
	return t.each(func(scan func(...any) error) error {
		var sum string
		var b []byte
		if err := scan(&sum, &b); err != nil {
			return err
		}
		if v.erased["bytes "+sum] != "" {
			v.fact(BytesErased, sum, digest(sum))
			if len(b) > 0 {
				v.add(BrokenBlob, sum, "was erased and is there")
			}
			return nil
		}
		if got := hexSum(b); got != sum {
			v.add(BrokenBlob, sum, "%d bytes with hash %s", len(b), got)
		}
		return nil
	}, `SELECT sha256, bytes FROM blob ORDER BY sha256`)
}

func (v *verifier) messages(t *tx) error {
	return t.each(func(scan func(...any) error) error {
		m, err := scanMessage(scan)
		if err == nil {
			v.fact(MessageTaken, m.ID, digestMessage(m))
		}
		return err
	}, `SELECT `+messageColumns+` FROM message m ORDER BY m.id`)
}

func (v *verifier) submissions(t *tx) error {
	rows, err := t.submissionRows(`1 = 1`)
	if err != nil {
		return err
	}
	for _, r := range rows {
		what, must := SubmissionToFix, finding.Worst(r.Findings) == finding.Must
		if r.State == submission.Accepted {
			what = SubmissionAccepted
		}
		v.fact(what, r.ID, r.digest())
		if must != (r.State == submission.ToFix) {
			v.add(UnfoundedToFix, r.ID, "is %s with %d findings", r.State, len(r.Findings))
		}
		if r.Rows.Read != r.Rows.Accepted+r.Rows.ToFix+r.Rows.Ignored || r.Rows.Ignored < 0 {
			v.add(UnbalancedRows, r.ID, "%+v", r.Rows)
		}
		if _, err := r.decode(); err != nil {
			v.add(ChangedFact, r.ID, "%v", err)
		}
	}
	return nil
}

func (v *verifier) runs(t *tx) error {
	runs, err := t.runs()
	if err != nil {
		return err
	}
	for _, r := range runs {
		files, err := t.documentHashes(r.Key)
		if err != nil {
			return err
		}
		v.fact(RunIssued, r.Key, digestRun(r, files))
	}
	return nil
}

func (v *verifier) letters(t *tx) error {
	letters, err := t.letters(`1 = 1`)
	if err != nil {
		return err
	}
	for _, p := range letters {
		v.fact(LetterQueued, p.ID, digestLetter(p.Cause, p.Letter, p.SHA256))
		want := Sent
		for _, r := range p.Recipients {
			if r.State == Queued || (r.State == Failed && want == Sent) {
				want = r.State
			}
			if r.State == Queued {
				break
			}
		}
		if p.State != want || len(p.Recipients) == 0 {
			v.add(UnsettledLetter, p.ID, "is %s, its %d recipients say %s", p.State, len(p.Recipients), want)
		}
	}
	return nil
}

// queries are the invariants that the database can be asked for: each query returns what breaks it.
func (v *verifier) queries(t *tx) error {
	for _, q := range []struct {
		fault  Fault
		detail string
		query  string
	}{
		{NoPlace, "was never found anywhere", `SELECT id FROM message m WHERE NOT EXISTS (SELECT 1 FROM place p
			WHERE p.message = m.id AND p.copy = 0) ORDER BY id`},
		{OrphanRow, "a place of a mail that is gone", `SELECT mailbox || ' ' || uid FROM place p
			WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = p.message) ORDER BY 1`},
		{OrphanRow, "a submission of a mail that is gone", `SELECT id FROM submission s WHERE NOT EXISTS (SELECT 1
			FROM message m WHERE m.id = s.message) ORDER BY 1`},
		{OrphanRow, "a finding of a submission that is gone", `SELECT submission FROM finding f
			WHERE NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = f.submission) ORDER BY 1`},
		{OrphanRow, "a repair of a submission that is gone", `SELECT submission FROM repair r WHERE NOT EXISTS (SELECT 1
			FROM submission s WHERE s.id = r.submission) ORDER BY 1`},
		{OrphanRow, "a receipt for a mail that is gone", `SELECT message FROM receipt r WHERE NOT EXISTS (SELECT 1
			FROM message m WHERE m.id = r.message) ORDER BY 1`},
		{OrphanRow, "a ruling of a mail that is gone", `SELECT command FROM ruling g WHERE NOT EXISTS (SELECT 1
			FROM message m WHERE m.id = g.command)
			OR (message <> '' AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = g.message)) OR (submission <> ''
				AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = g.submission)) ORDER BY 1`},
		{OrphanRow, "a bounce without its mail or its letter", `SELECT letter FROM bounce b WHERE NOT EXISTS (SELECT 1
			FROM message m WHERE m.id = b.message)
			OR NOT EXISTS (SELECT 1 FROM letter l WHERE l.id = b.letter) ORDER BY 1`},
		{OrphanRow, "a document of a run that is gone", `SELECT run FROM document d WHERE NOT EXISTS (SELECT 1
			FROM run r WHERE r.key = d.run) ORDER BY 1`},
		{OrphanRow, "a recipient of a letter that is gone", `SELECT letter FROM recipient r WHERE NOT EXISTS (SELECT 1
			FROM letter l WHERE l.id = r.letter) ORDER BY 1`},
		{OrphanRow, "a delivery of a letter that is gone", `SELECT letter FROM delivery d WHERE NOT EXISTS (SELECT 1
			FROM letter l WHERE l.id = d.letter) ORDER BY 1`},
		{MissingEvent, "was answered, and no event tells of it", `SELECT message FROM receipt WHERE NOT EXISTS (SELECT 1
			FROM event e WHERE e.ref = message AND e.what = 'message.answered') ORDER BY 1`},
		{MissingEvent, "an event tells of its answer, which is gone", `SELECT ref FROM event e
			WHERE what = 'message.answered'
				AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.message = e.ref) ORDER BY 1`},
		{UnsettledLetter, "is not in the state of which the last event tells", `SELECT id FROM letter l
			WHERE 'letter.' || state <> COALESCE((SELECT what FROM event e
			WHERE e.ref = l.id AND what IN ('letter.sent', 'letter.failed') ORDER BY seq DESC LIMIT 1), 'letter.queued')
				ORDER BY 1`},
		// the cause is taken apart, not put together: it is looked up by the keys of those tables
		{OrphanRow, "a letter without its cause", `SELECT id FROM letter l WHERE cause <> ''
			AND NOT (substr(cause, 1, 8) = 'receipt/' AND EXISTS (SELECT 1 FROM receipt r
				WHERE r.message = substr(l.cause, 9)))
			AND NOT (substr(cause, 1, 4) = 'run/' AND EXISTS (SELECT 1 FROM run r WHERE r.key = substr(l.cause, 5)))
			ORDER BY 1`},
		{MissingEvent, "waits for an answer and is not on the list", `SELECT m.id FROM message m WHERE ` + isWaiting + `
			AND m.id NOT IN (SELECT message FROM unanswered) ORDER BY 1`},
		{MissingEvent, "is on the list of what waits for an answer, and does not wait", `SELECT message FROM unanswered
			WHERE message NOT IN (SELECT m.id FROM message m WHERE ` + isWaiting + `) ORDER BY 1`},
		{BrokenBlob, "bytes that are referred to are gone", `SELECT sha256 FROM (SELECT blob AS sha256 FROM message
			WHERE blob IS NOT NULL UNION SELECT sha256 FROM attachment
			UNION SELECT sha256 FROM submission UNION SELECT sha256 FROM document UNION SELECT sha256
				FROM letter) AS used
			WHERE sha256 NOT IN (SELECT sha256 FROM blob) ORDER BY 1`},
		{OrphanRow, "bytes that nothing refers to", `SELECT sha256 FROM blob WHERE sha256 NOT IN (SELECT sha256
			FROM ahead) AND sha256 NOT IN (SELECT blob
			FROM message WHERE blob IS NOT NULL UNION SELECT sha256 FROM attachment
			UNION SELECT sha256 FROM submission UNION SELECT sha256 FROM document UNION SELECT sha256 FROM letter)
				ORDER BY 1`},
	} {
		if err := t.each(func(scan func(...any) error) error {
			var ref string
			err := scan(&ref)
			v.add(q.fault, ref, "%s", q.detail)
			return err
		}, q.query); err != nil {
			return fmt.Errorf("looking for %s: %w", q.detail, err)
		}
	}
	return nil
}
