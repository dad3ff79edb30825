package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/samples/postoffice"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

const (
	shared   = "thidua@thainguyen.example"
	password = "mat-khau"
)

var options = ingest.Options{Own: shared, Done: "Da xu ly", Held: "Cho xu ly"}

// letter is a mail and when the server took it in.
type letter struct {
	raw []byte
	at  time.Time
}

// letters are all mails of the stories, many units' many versions, more than one batch of them.
func letters(t *testing.T) []letter {
	t.Helper()
	names, err := filepath.Glob("../samples/scenarios/*/in/*.eml")
	must(t, err)
	var out []letter
	for _, name := range names {
		raw, err := os.ReadFile(name)
		must(t, err)
		first, _, _ := bytes.Cut(raw, []byte("\r\n"))
		_, date, _ := strings.Cut(string(first), "; ")
		at, err := mail.ParseDate(date)
		must(t, err)
		out = append(out, letter{raw, at})
	}
	if len(out) <= 50 {
		t.Fatalf("%d mails do not fill a batch", len(out))
	}
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a ledger and a post office.
type world struct {
	t      *testing.T
	plan   *plan.Plan
	ledger *ledger.Ledger
	office *postoffice.Office
}

func newWorld(t *testing.T) *world {
	t.Helper()
	p, err := plan.Default()
	must(t, err)
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), &ledgertest.Clock{Time: ledgertest.Start})
	must(t, err)
	t.Cleanup(func() {
		ledgertest.Sound(t, l)
		_ = l.Close()
	})
	w := &world{t: t, plan: p, ledger: l}
	w.open(1)
	return w
}

// open opens a new, empty post office whose INBOX is numbered anew.
func (w *world) open(uidValidity uint32) {
	w.t.Helper()
	var err error
	w.office, err = postoffice.Open(postoffice.Config{Shared: shared, Password: password, UIDValidity: uidValidity,
		Clock: func() time.Time { return ledgertest.Start }})
	must(w.t, err)
	w.t.Cleanup(func() { _ = w.office.Close() })
}

func (w *world) deliver(all ...letter) {
	w.t.Helper()
	for _, m := range all {
		must(w.t, w.office.Deliver(m.raw, m.at))
	}
}

// pull pulls through a wrapper around a real IMAP connection, nil for none.
func (w *world) pull(wrap func(mailbox.Source) mailbox.Source) (ingest.Report, error) {
	w.t.Helper()
	imap, err := mailbox.DialIMAP(w.t.Context(), mailbox.IMAPConfig{Address: w.office.IMAPAddr(),
		Security: mailbox.Plain, User: shared, Password: password})
	must(w.t, err)
	defer imap.Close()
	var source mailbox.Source = imap
	if wrap != nil {
		source = wrap(imap)
	}
	return ingest.Pull(w.t.Context(), source, w.ledger, w.plan, options)
}

func (w *world) mustPull() ingest.Report {
	w.t.Helper()
	r, err := w.pull(nil)
	must(w.t, err)
	return r
}

func (w *world) dataset() submission.Dataset {
	w.t.Helper()
	d, err := w.ledger.Dataset(w.t.Context(), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	must(w.t, err)
	return d
}

func (w *world) counts() ledger.Counts {
	w.t.Helper()
	c, err := w.ledger.Counts(w.t.Context())
	must(w.t, err)
	return c
}

// inMailbox counts the mails of every folder, and is how the tests know that nothing was deleted.
func (w *world) inMailbox() map[string]int {
	w.t.Helper()
	folders, err := w.office.Folders()
	must(w.t, err)
	return folders
}

func total(folders map[string]int) int {
	n := 0
	for _, k := range folders {
		n += k
	}
	return n
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	must(t, err)
	return string(b)
}

func TestPullingAgainChangesNothing(t *testing.T) {
	all := letters(t)
	w := newWorld(t)
	w.deliver(all...)
	first := w.mustPull()
	if first.Listed != len(all) || first.New+first.Duplicates != len(all) || first.Accepted+first.ToFix+first.Held+
		first.Left != first.New {
		t.Errorf("the report does not add up: %+v", first)
	}
	counts, data := w.counts(), asJSON(t, w.dataset())

	again := w.mustPull()
	if again.New+again.Duplicates+again.Moved != 0 || again.Listed != first.Left {
		t.Errorf("the second pass found something: %+v", again)
	}
	if diff := cmp.Diff(counts, w.counts()); diff != "" {
		t.Errorf("the second pass changed the ledger:\n%s", diff)
	}

	// The server was set up anew: the same mails under other numbers are copies of those known.
	w.open(77)
	w.deliver(all...)
	moved := w.mustPull()
	if moved.New != 0 || moved.Duplicates != len(all) {
		t.Errorf("under a new UIDVALIDITY: %+v", moved)
	}
	if diff := cmp.Diff(data, asJSON(t, w.dataset())); diff != "" {
		t.Errorf("a new UIDVALIDITY changed what is known:\n%s", diff)
	}
	if n := total(w.inMailbox()); n != len(all) {
		t.Errorf("%d of %d mails are left", n, len(all))
	}
}

func TestOrderOfTheMailboxDoesNotMatter(t *testing.T) {
	all := letters(t)
	straight := newWorld(t)
	straight.deliver(all...)
	straight.mustPull()
	want := asJSON(t, straight.dataset())
	for seed := range uint64(3) {
		shuffled := slices.Clone(all)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j],
				shuffled[i]
		})
		w := newWorld(t)
		w.deliver(shuffled...)
		w.mustPull()
		if diff := cmp.Diff(want, asJSON(t, w.dataset())); diff != "" {
			t.Errorf("seed %d (-straight +shuffled):\n%s", seed, diff)
		}
	}
}

// moves lets a test look at every move, or prevent it.
type moves struct {
	mailbox.Source
	before func(keys []mailbox.Key, folder string) error
}

func (m moves) Move(ctx context.Context, keys []mailbox.Key, folder string) error {
	if err := m.before(keys, folder); err != nil {
		return err
	}
	return m.Source.Move(ctx, keys, folder)
}

var errCrash = errors.New("the line went dead")

func TestACrashBetweenCommitAndMoveIsMadeUpFor(t *testing.T) {
	all := letters(t)
	w := newWorld(t)
	w.deliver(all...)
	_, err := w.pull(func(s mailbox.Source) mailbox.Source {
		return moves{s, func([]mailbox.Key, string) error { return errCrash }}
	})
	if !errors.Is(err, errCrash) {
		t.Fatalf("a failing move is told: %v", err)
	}
	committed := w.counts()
	if committed.Messages == 0 || w.inMailbox()["INBOX"] != len(all) {
		t.Fatalf("the first batch is in the ledger and nowhere else: %+v, %v", committed, w.inMailbox())
	}
	r := w.mustPull()
	if r.New+r.Duplicates+committed.Messages+committed.Duplicates != len(all) {
		t.Errorf("%d mails; the crash left %d, then %+v", len(all), committed.Messages, r)
	}
	whole := newWorld(t)
	whole.deliver(all...)
	whole.mustPull()
	if diff := cmp.Diff(asJSON(t, whole.dataset()), asJSON(t, w.dataset())); diff != "" {
		t.Errorf("the crash left a trace:\n%s", diff)
	}
	if diff := cmp.Diff(whole.inMailbox(), w.inMailbox()); diff != "" {
		t.Errorf("the mailbox is not as without the crash:\n%s", diff)
	}
}

// A crash leaves moves undone, and before the next pass the server is set up anew: the old places
// are gone for ever and stop nothing.
func TestMovesOfANumberingThatIsOverStopNothing(t *testing.T) {
	all := letters(t)
	// the first one is in the first batch
	slices.SortStableFunc(all, func(a, b letter) int { return a.at.Compare(b.at) })
	w := newWorld(t)
	w.deliver(all...)
	_, err := w.pull(func(s mailbox.Source) mailbox.Source {
		return moves{s, func([]mailbox.Key, string) error { return errCrash }}
	})
	if !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	w.open(77)
	w.deliver(all[1:]...) // the first one did not survive
	w.mustPull()
	whole := newWorld(t)
	whole.deliver(all...)
	whole.mustPull()
	if diff := cmp.Diff(asJSON(t, whole.dataset()), asJSON(t, w.dataset())); diff != "" {
		t.Errorf("the crash left a trace:\n%s", diff)
	}
	if left := w.inMailbox()["INBOX"]; left != whole.inMailbox()["INBOX"] {
		t.Errorf("%d mails stayed in the inbox, want %d", left, whole.inMailbox()["INBOX"])
	}
	if again := w.mustPull(); again.New+again.Duplicates+again.Moved != 0 {
		t.Errorf("the pass after it found %+v", again)
	}
}

// A server that refuses to move, because of a quota or a lost right, keeps nothing back: everything
// is taken in, the reason is told, and the next pass moves.
func TestARefusedMoveKeepsNothingBack(t *testing.T) {
	all := letters(t)[:60]
	w := newWorld(t)
	w.deliver(all...)
	asked := 0
	r, err := w.pull(func(s mailbox.Source) mailbox.Source {
		return moves{s, func([]mailbox.Key, string) error {
			asked++
			return &mailbox.Error{Doing: "moving messages", Refused: true, Err: errors.New("NO [OVERQUOTA] full")}
		}}
	})
	if err != nil || r.New+r.Duplicates != len(all) || !strings.Contains(r.Unmoved, "OVERQUOTA") || r.Moved != 0 ||
		asked != 1 {
		t.Fatalf("%d of %d mails, unmoved because of %q, asked %d times: %v", r.New+r.Duplicates, len(all), r.Unmoved,
			asked, err)
	}
	if again := w.mustPull(); again.New != 0 || again.Moved == 0 || again.Unmoved != "" {
		t.Errorf("the pass after it: %+v", again)
	}
	whole := newWorld(t)
	whole.deliver(all...)
	whole.mustPull()
	if diff := cmp.Diff(whole.inMailbox(), w.inMailbox()); diff != "" {
		t.Errorf("the mailbox is not as without the refusal:\n%s", diff)
	}
}

// fetches lets a test look at every fetch, or prevent it.
type fetches struct {
	mailbox.Source
	before func(keys []mailbox.Key) error
}

func (f fetches) Fetch(ctx context.Context, keys []mailbox.Key, each func(mailbox.Summary, []byte) error) error {
	if err := f.before(keys); err != nil {
		return err
	}
	return f.Source.Fetch(ctx, keys, each)
}

// Large mails come few at a time, whatever the mailbox holds; when the line breaks on the way, what
// came before is in the ledger.
func TestLargeMailsComeFewAtATime(t *testing.T) {
	const each, n = 6 << 20, 5
	w := newWorld(t)
	for i := range n {
		w.deliver(letter{at: ledgertest.Start.Add(time.Duration(i) * time.Minute),
			raw: []byte("From: x@y.example\r\nSubject: " + strconv.Itoa(i) + "\r\n\r\n" +
				strings.Repeat(strings.Repeat("a", 62)+"\r\n", each/64))})
	}
	var sizes []int
	watched := func(at int) func(mailbox.Source) mailbox.Source {
		sizes = nil
		return func(s mailbox.Source) mailbox.Source {
			return fetches{s, func(keys []mailbox.Key) error {
				if sizes = append(sizes, len(keys)); len(sizes) == at {
					return errCrash
				}
				return nil
			}}
		}
	}
	if _, err := w.pull(watched(2)); !errors.Is(err, errCrash) {
		t.Fatalf("a failing fetch is told: %v", err)
	}
	if c := w.counts(); c.Messages != 2 {
		t.Errorf("%d mails are in the ledger, want the two of the first batch", c.Messages)
	}
	if r, err := w.pull(watched(0)); err != nil || r.New != n-2 || !slices.Equal(sizes, []int{2, 1}) {
		t.Errorf("%+v, %v; fetched %v at a time", r, err, sizes)
	}
}

func TestMailIsMovedOnlyAfterItIsInTheLedger(t *testing.T) {
	all := letters(t)
	w := newWorld(t)
	w.deliver(all...)
	n := 0
	_, err := w.pull(func(s mailbox.Source) mailbox.Source {
		return moves{s, func(keys []mailbox.Key, folder string) error {
			var places []ledger.Place
			for _, k := range keys {
				places = append(places, ledger.Place{Mailbox: k.Mailbox, UIDValidity: k.UIDValidity, UID: k.UID})
			}
			known, err := w.ledger.Inbox().Known(t.Context(), places)
			must(t, err)
			for _, p := range places {
				if n++; !known[p] {
					t.Errorf("%v is moved to %s and not in the ledger", p, folder)
				}
			}
			messages, err := w.ledger.Inbox().Messages(t.Context())
			must(t, err)
			for _, m := range messages {
				raw, err := w.ledger.Inbox().Raw(t.Context(), m.ID)
				must(t, err)
				if len(raw) == 0 {
					t.Errorf("%s is moved and its bytes are not kept", m.ID)
				}
			}
			return nil
		}}
	})
	must(t, err)
	c := w.counts()
	if n != c.Accepted+c.ToFix+c.Held+c.Duplicates {
		t.Errorf("%d mails moved, %+v", n, c)
	}
	if got := total(w.inMailbox()); got != len(all) {
		t.Errorf("%d of %d mails are left: %v", got, len(all), w.inMailbox())
	}
	if left := w.inMailbox()["INBOX"]; left != c.Left {
		t.Errorf("%d mails lie in the inbox, %d were left alone", left, c.Left)
	}
}

func TestAMailTooBigToFetchIsHeldWhereItLies(t *testing.T) {
	w := newWorld(t)
	big := append([]byte("From: <tanthinh@thainguyen.example>\r\nSubject: ho so\r\nMessage-ID: "+
		"<big@thainguyen.example>\r\n\r\n"), bytes.Repeat([]byte("x"), 41<<20)...)
	small := letters(t)[0]
	w.deliver(letter{big, small.at}, small)
	r := w.mustPull()
	if r.Held != 1 || r.Accepted != 1 {
		t.Errorf("one is held, the other accepted: %+v", r)
	}
	messages, err := w.ledger.Inbox().Messages(t.Context())
	must(t, err)
	for _, m := range messages {
		raw, err := w.ledger.Inbox().Raw(t.Context(), m.ID)
		must(t, err)
		if m.Outcome == submission.MailHeld && (m.Reason != "too-big" || raw != nil || m.Size < 41<<20) {
			t.Errorf("held for %q with %d bytes of %d", m.Reason, len(raw), m.Size)
		}
		if m.Outcome == submission.MailHeld && (m.From != "tanthinh@thainguyen.example" || m.Subject != "ho so" ||
			m.MessageID != "big@thainguyen.example" || m.Unit != "05452") {
			t.Errorf("its header said %+v", m.Message)
		}
	}
	if again := w.mustPull(); again.New+again.Duplicates > 0 {
		t.Errorf("it is taken in once: %+v", again)
	}
	waiting, err := w.ledger.Inbox().Unacknowledged(t.Context())
	must(t, err)
	for _, a := range waiting { // the sender is told what to do
		if a.Message.Outcome == submission.MailHeld &&
			(len(a.Submissions) != 1 || !finding.Has(a.Submissions[0].Findings, finding.MailTooBig)) {
			t.Errorf("its sender is told %+v", a.Submissions)
		}
	}
	if len(waiting) != 2 || w.inMailbox()["INBOX"] != 1 {
		t.Errorf("%d mails wait for an answer, the mailbox holds %v", len(waiting), w.inMailbox())
	}
}
