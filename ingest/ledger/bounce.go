package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/submission"
)

// Undeliverable is what a mail says of letters that did not arrive.
type Undeliverable struct {
	IDs        []string // Message-IDs found in it, ours and others
	Recipients []Unreached
	Text       string // the words of the mail, for one that names no recipient
}

// Unreached is somebody a letter did not reach.
type Unreached struct {
	Addr   string
	Status string // RFC 3463, such as 5.1.1; "" when the mail does not say
	Text   string
}

// Bounce is a letter that did not reach somebody, as a mail told later.
type Bounce struct {
	Message string // Message.ID of the mail that tells
	Letter  string
	Unreached
}

// addBounces notes which of our letters a mail is about. A mail about none of them leaves no trace
// beside itself; one that names no recipient of the letter is about those whose addresses stand in
// its text, or about the only one.
func (t *tx) addBounces(message string, u Undeliverable, known map[string][]Posted) error {
	told := map[string]bool{}
	for _, id := range u.IDs {
		for _, l := range known[bare(id)] {
			if told[l.ID] {
				continue
			}
			told[l.ID] = true
			for _, b := range failedRecipients(l, u) {
				t.insert("bounce (message, letter, addr, status, text)| ON CONFLICT DO NOTHING", message, l.ID, b.Addr,
					b.Status, b.Text)
				x := Bounce{message, l.ID, b}
				if err := t.tell(LetterBounced, x.ref(), x.digest()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func failedRecipients(l Posted, u Undeliverable) []Unreached {
	var out []Unreached
	for _, addr := range l.To {
		for _, r := range u.Recipients {
			if strings.EqualFold(r.Addr, addr) {
				out = append(out, Unreached{addr, r.Status, r.Text})
				break
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	text := strings.ToLower(u.Text)
	for _, addr := range l.To {
		if strings.Contains(text, strings.ToLower(addr)) || len(l.To) == 1 {
			b := Unreached{Addr: addr}
			if len(u.Recipients) == 1 { // the address was rewritten on the way
				b.Status, b.Text = u.Recipients[0].Status, u.Recipients[0].Text
			}
			out = append(out, b)
		}
	}
	return out
}

func (b Bounce) ref() string { return b.Message + "/" + b.Letter + "/" + b.Addr }

func (b Bounce) digest() string { return digest(b.Message, b.Letter, b.Addr, b.Status, b.Text) }

func (t *tx) bounces() ([]Bounce, error) {
	var out []Bounce
	err := t.each(func(scan func(...any) error) error {
		var b Bounce
		err := scan(&b.Message, &b.Letter, &b.Addr, &b.Status, &b.Text)
		out = append(out, b)
		return err
	}, `SELECT b.message, b.letter, b.addr, b.status, b.text FROM bounce b JOIN message m ON m.id = b.message
		ORDER BY m.received, b.message, b.letter, b.addr`)
	return out, err
}

// Bounces returns every letter that did not reach somebody although a server had taken it, by time.
func (l Outbox) Bounces(ctx context.Context) ([]Bounce, error) {
	var out []Bounce
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.bounces()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading bounces: %w", err)
	}
	return out, nil
}

// Failure is a letter that did not reach somebody, whoever said so.
type Failure struct {
	Ref    string // of the notice: one for each letter and each bounce
	Letter Posted
	Unreached
	Told submission.Message // the mail that told of it, empty when the server said so at once
}

// Failures returns what the office has not been told yet. Failures of letters of the kind given,
// which are the notices themselves, are left out.
func (l Outbox) Failures(ctx context.Context, notices string) ([]Failure, error) {
	all, err := l.Undelivered(ctx)
	if err != nil {
		return nil, err
	}
	told := map[string]bool{}
	err = l.read(ctx, func(t *tx) error {
		return t.each(func(scan func(...any) error) error {
			var ref string
			err := scan(&ref)
			told[ref] = true
			return err
		}, `SELECT ref FROM notice`)
	})
	if err != nil {
		return nil, fmt.Errorf("reading notices: %w", err)
	}
	return slices.DeleteFunc(all, func(f Failure) bool { return told[f.Ref] || f.Letter.Kind == notices }), nil
}

// Undelivered returns every letter that did not reach somebody: those that a server refused or that
// were given up, then those that bounced.
func (l Outbox) Undelivered(ctx context.Context) ([]Failure, error) {
	var out []Failure
	err := l.read(ctx, func(t *tx) error {
		failed, err := t.letters(`l.state = 'failed'`)
		if err != nil {
			return err
		}
		for _, p := range failed {
			for _, r := range p.Recipients {
				if r.State == Failed {
					out = append(out,
						Failure{Ref: "letter/" + p.ID, Letter: p,
							Unreached: Unreached{Addr: r.Addr,
								Text: strings.TrimSpace(fmt.Sprintf("%d %s", r.Code, r.Text))}})
				}
			}
		}
		bounces, err := t.bounces()
		if err != nil {
			return err
		}
		for _, b := range bounces {
			letters, err := t.letters(`l.id = $1`, b.Letter)
			if err != nil {
				return err
			}
			mails, err := t.messages(`m.id = $1`, b.Message)
			if err != nil {
				return err
			}
			if len(letters) > 0 && len(mails) > 0 {
				out = append(out, Failure{Ref: "bounce/" + b.ref(), Letter: letters[0], Unreached: b.Unreached,
					Told: mails[0]})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading failures: %w", err)
	}
	return out, nil
}

// Notify queues the letter that tells the office of failures, and notes that it has been told of
// them, in one transaction. It does nothing when it has been told of any of them already.
func (l Outbox) Notify(ctx context.Context, refs []string, letter Letter) error {
	var files blobs
	files.add(letter.Raw)
	err := l.storing(ctx, files, func(t *tx) error {
		told := map[string]bool{}
		var all []question
		for _, ref := range refs {
			all = append(all, question{Query: `SELECT ref FROM notice WHERE ref = $1`, Args: []any{ref},
				Row: into(told)})
		}
		if err := t.ask(all...); err != nil || len(told) > 0 {
			return err
		}
		for _, ref := range refs {
			t.insert("notice (ref, letter)| ON CONFLICT DO NOTHING", ref, letter.ID)
		}
		return t.queue("", []Letter{letter})
	})
	if err != nil {
		return fmt.Errorf("telling of %d failures: %w", len(refs), err)
	}
	return nil
}
