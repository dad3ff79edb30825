package ledger

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Erasure counts what an erasure blanks.
type Erasure struct {
	Messages    int // sender, subject, names of files
	Submissions int // file name, sender, every value read, texts of findings and repairs
	Letters     int // recipients, subject, what servers said of them
	Files       int // mails, workbooks, papers and letters as bytes
}

// Erase blanks people's data of everything that was received, written or issued before a moment:
// what it was for is over. Rows, receipt numbers, states, counts, codes of findings, hashes and the
// chain of events stay, with an event for each thing erased, so that the ledger can still be
// verified and still tells that something was received and what became of it. What is not finished
// (unanswered mail, letters on their way) is kept. rule is told in the ledger as the ground. When
// do is false nothing is changed and the answer says what would be. The register of awards and the
// rulings of the office are its own records and are kept.
func (l *Ledger) Erase(ctx context.Context, before time.Time, rule string, do bool) (Erasure, error) {
	var out Erasure
	errDry := errors.New("only counted")
	err := l.write(ctx, func(t *tx) error {
		if rule == "" {
			return errors.New("an erasure needs a rule")
		}
		for _, step := range []struct {
			n     *int
			erase func(cut, rule string) (int, error)
		}{{&out.Submissions, t.eraseSubmissions}, {&out.Messages, t.eraseMessages}, {&out.Letters, t.eraseLetters},
			{&out.Files, t.eraseBytes}} {
			var err error
			if *step.n, err = step.erase(stamp(before), rule); err != nil {
				return err
			}
		}
		if !do {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		return out, nil
	}
	if err != nil {
		return Erasure{}, fmt.Errorf("erasing what is older than %s: %w", before.Format(time.DateOnly), err)
	}
	if l.file != "" && out != (Erasure{}) { // or the old bytes stay readable in free pages
		if _, err := l.db.ExecContext(ctx, `VACUUM`); err != nil {
			return out, fmt.Errorf("erasing for good: %w", medium(err))
		}
		if _, err := l.db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
			return out, fmt.Errorf("erasing for good: %w", medium(err))
		}
	}
	return out, nil
}

// finished is the condition on a message m under which nothing more will be done with it.
const finished = `m.received <> '' AND m.received < $1 AND NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'message'
	AND e.ref = m.id)
	AND (m.outcome = 'left' OR EXISTS (SELECT 1 FROM receipt r WHERE r.message = m.id))`

func (t *tx) refs(query string, args ...any) ([]string, error) {
	var out []string
	err := t.each(func(scan func(...any) error) error {
		var ref string
		err := scan(&ref)
		out = append(out, ref)
		return err
	}, query, args...)
	return out, err
}

// recordErasure notes that something is erased; the guards let it be blanked from then on.
func (t *tx) recordErasure(kind, ref, rule string) {
	t.insert("erased (kind, ref, rule, at)", kind, ref, rule, t.now)
}

func (t *tx) eraseSubmissions(cut, rule string) (int, error) {
	ids, err := t.refs(`SELECT s.id FROM submission s JOIN message m ON m.id = s.message WHERE `+finished+
		` ORDER BY s.id`, cut)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		t.recordErasure("submission", id, rule)
		for _, statement := range []string{
			`UPDATE submission SET file = '', sender = '', value = '', ignored = '' WHERE id = $1`,
			`UPDATE finding SET read = '', want = '', message = '', fix = '' WHERE submission = $1`,
			`UPDATE repair SET was = '', now = '' WHERE submission = $1`,
		} {
			t.change(statement, id)
		}
		rows, err := t.submissionRows(`s.id = $1`, id)
		if err != nil {
			return 0, err
		}
		if err := t.tell(SubmissionErased, id, rows[0].digest()); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func (t *tx) eraseMessages(cut, rule string) (int, error) {
	ids, err := t.refs(`SELECT m.id FROM message m WHERE `+finished+` ORDER BY m.id`, cut)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		t.recordErasure("message", id, rule)
		t.change(`UPDATE message SET sender = '', subject = '', detail = '' WHERE id = $1`, id)
		t.change(`UPDATE attachment SET name = '' WHERE message = $1`, id)
		left, err := t.messages(`m.id = $1`, id)
		if err != nil {
			return 0, err
		}
		if err := t.tell(MessageErased, id, digestMessage(left[0])); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func (t *tx) eraseLetters(cut, rule string) (int, error) {
	letters, err := t.letters(`l.created < $1 AND l.state <> 'queued' AND NOT EXISTS (SELECT 1 FROM erased e
		WHERE e.kind = 'letter' AND e.ref = l.id)`, cut)
	if err != nil {
		return 0, err
	}
	for _, p := range letters {
		t.recordErasure("letter", p.ID, rule)
		t.change(`UPDATE letter SET subject = '', last_error = '' WHERE id = $1`, p.ID)
		for i, r := range p.Recipients {
			number := strconv.Itoa(i + 1)
			for _, statement := range []string{
				`UPDATE recipient SET addr = $1, text = '' WHERE letter = $2 AND addr = $3`,
				`UPDATE delivery SET addr = $1, text = '' WHERE letter = $2 AND addr = $3`,
			} {
				t.change(statement, number, p.ID, r.Addr)
			}
		}
		blank, err := t.letters(`l.id = $1`, p.ID)
		if err != nil {
			return 0, err
		}
		if err := t.tell(LetterErased, p.ID, digestLetter(blank[0].Cause, blank[0].Letter,
			blank[0].SHA256)); err != nil {
			return 0, err
		}
	}
	return len(letters), nil
}

// eraseBytes blanks what nothing that is kept refers to any more.
func (t *tx) eraseBytes(cut, rule string) (int, error) {
	sums, err := t.refs(`SELECT b.sha256 FROM blob b WHERE NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'bytes'
		AND e.ref = b.sha256) AND b.sha256 NOT IN (
		SELECT m.blob FROM message m WHERE m.blob IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erased e
			WHERE e.kind = 'message' AND e.ref = m.id)
		UNION SELECT a.sha256 FROM attachment a WHERE NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'message'
			AND e.ref = a.message)
		UNION SELECT s.sha256 FROM submission s WHERE NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'submission'
			AND e.ref = s.id)
		UNION SELECT l.sha256 FROM letter l WHERE NOT EXISTS (SELECT 1 FROM erased e WHERE e.kind = 'letter'
			AND e.ref = l.id)
		UNION SELECT n.sha256 FROM ahead n WHERE n.at >= $1
		UNION SELECT d.sha256 FROM document d JOIN run r ON r.key = d.run WHERE r.at >= $1) ORDER BY b.sha256`, cut)
	if err != nil {
		return 0, err
	}
	for _, sum := range sums {
		t.recordErasure("bytes", sum, rule)
		t.change(`UPDATE blob SET bytes = $1 WHERE sha256 = $2`, []byte{}, sum)
		if err := t.tell(BytesErased, sum, digest(sum)); err != nil {
			return 0, err
		}
	}
	return len(sums), nil
}

// erasures returns what has been erased: kind, space, ref → when.
func (t *tx) erasures() (map[string]string, error) {
	out := map[string]string{}
	err := t.each(func(scan func(...any) error) error {
		var kind, ref, at string
		err := scan(&kind, &ref, &at)
		out[kind+" "+ref] = at
		return err
	}, `SELECT kind, ref, at FROM erased`)
	return out, err
}
