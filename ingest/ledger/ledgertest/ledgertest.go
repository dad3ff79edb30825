// Package ledgertest is the one suite that every database behind the ledger must pass.
//
// A way to open ledgers goes in; failed tests come out. It knows nothing of the database behind.
package ledgertest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates/calendar"
)

// TB is what a test and a property test have in common.
type TB interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Open opens one more handle to a store.
type Open func(clock calendar.Clock) (*ledger.Ledger, error)

// Clock is a clock that tests set.
type Clock struct{ time.Time }

// Now returns the time set.
func (c *Clock) Now() time.Time { return c.Time }

// Run runs the suite. New makes an empty store that lives as long as the test.
func Run(t *testing.T, New func(t *testing.T) Open) {
	suite := []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"a mail is stored once, whatever place it is found at", takesOnce},
		{"what was read comes back as it was", comesBack},
		{"a batch is stored whole or not at all", wholeBatch},
		{"receipt numbers never clash", numbersNeverClash},
		{"moves wait until they are done", movesWait},
		{"a mail is answered once", answersOnce},
		{"a run is issued once", issuesOnce},
		{"a number of the register is given once", numbersStay},
		{"an override holds from its moment until it is ended", overridesHold},
		{"what people decide holds from its moment", decisionsHold},
		{"what a leader agrees to counts from then on", approvalsHold},
		{"what did not arrive is told once", bouncesAreTold},
		{"every recipient gets a letter once", everyRecipientOnce},
		{"pauses grow until the letter is given up", givesUp},
		{"a sender that died loses its claim", diedSender},
		{"a result and the next claim are one step", settles},
		{"two handles never claim the same letter", parallelClaims},
		{"a lease has one holder", oneHolder},
		{"a receipt can be proved", provesReceipt},
		{"a ledger has one secret until it is changed", keepsItsSecret},
		{"what is over is erased, and the ledger still proves itself", erases},
	}
	for _, s := range suite {
		t.Run(s.name, func(t *testing.T) { s.run(t, New(t)) })
	}
	t.Run("order, repetition and batches make no difference", func(t *testing.T) { anyOrder(t, New) })
}

func open(t *testing.T, o Open, clock calendar.Clock) *ledger.Ledger {
	t.Helper()
	l, err := o(clock)
	ok(t, err)
	t.Cleanup(func() {
		Sound(t, l)
		ok(t, l.Close())
	})
	return l
}

// Sound fails the test when an invariant of the ledger is broken.
func Sound(t testing.TB, l *ledger.Ledger) {
	t.Helper()
	// it also serves as a cleanup, when the test's context has ended
	problems, err := l.Chain().Verify(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("broken invariant: %v", p)
	}
}

func takesOnce(t *testing.T, o Open) {
	l, ctx := open(t, o, &Clock{Start}), t.Context()
	first := Mail(0)
	otherWay := first
	otherWay.Raw = append([]byte("Received: from elsewhere\r\n"), first.Raw...)
	otherWay.Message.ID = ""
	otherBody := MailWith(0, first.Message.MessageID, "a correction")
	for _, c := range []struct {
		name string
		in   ledger.Intake
		want ledger.Taken
	}{
		{"new", first, ledger.Taken{New: true}},
		{"same place", first, ledger.Taken{DuplicateOf: first.Message.ID}},
		{"same bytes elsewhere", At(first, 1, 50), ledger.Taken{DuplicateOf: first.Message.ID}},
		{"same bytes after renumbering", At(first, 2, 1), ledger.Taken{DuplicateOf: first.Message.ID}},
		{"same Message-ID and body, other trace headers", At(otherWay, 1, 51),
			ledger.Taken{DuplicateOf: first.Message.ID}},
		{"same Message-ID, other body", At(otherBody, 1, 52), ledger.Taken{New: true}},
		{"too big to be read", ledger.Intake{Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: 53},
			Message: submission.Message{Outcome: submission.MailHeld, Reason: "too-big"}}, ledger.Taken{New: true}},
		{"another one too big", ledger.Intake{Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: 54},
			Message: submission.Message{Outcome: submission.MailHeld, Reason: "too-big"}}, ledger.Taken{New: true}},
	} {
		got, err := l.Inbox().Take(ctx, []ledger.Intake{c.in})
		ok(t, err)
		same(t, c.name, got, []ledger.Taken{c.want})
	}
	counts, err := l.Counts(ctx)
	ok(t, err)
	same(t, "counts", []int{counts.Messages, counts.Duplicates, counts.Submissions, counts.Held}, []int{4, 3, 2, 2})
	at := func(mailbox string, uidValidity, uid uint32) ledger.Place {
		return ledger.Place{Mailbox: mailbox, UIDValidity: uidValidity, UID: uid}
	}
	known, err := l.Inbox().Known(ctx, []ledger.Place{at("INBOX", 1, 1), at("INBOX", 1, 2), at("INBOX", 2, 1),
		at("Khác", 1, 1), at("INBOX", 1, 51)})
	ok(t, err)
	same(t, "known", known, map[ledger.Place]bool{at("INBOX", 1, 1): true, at("INBOX", 2, 1): true,
		at("INBOX", 1, 51): true})
	twins := 0
	events, err := l.Chain().Events(ctx)
	ok(t, err)
	for _, e := range events {
		if e.What == ledger.MessageTwin {
			twins++
			same(t, "twin", e.Ref, otherBody.Message.ID)
		}
	}
	same(t, "twins", twins, 1)
}

func comesBack(t *testing.T, o Open) {
	l, ctx := open(t, o, &Clock{Start}), t.Context()
	var mails []ledger.Intake
	for n := range 8 {
		mails = append(mails, Mail(n))
	}
	mails[0].Message.Sent = mails[0].Message.Sent.In(time.FixedZone("", 7*3600))
	mails[1].Message.Sent = time.Time{}
	mails[1].Message.InReplyTo, mails[1].Message.Detail = "before@don-vi.example", "a\x00b"
	mails[6].Raw = []byte{}
	mails[6].Message.ID = ""
	_, err := l.Inbox().Take(ctx, mails)
	ok(t, err)

	entries, err := l.Inbox().Messages(ctx)
	ok(t, err)
	var wantSubmissions []submission.Submission
	for i, m := range mails {
		if m.Message.ID == "" {
			m.Message.ID = sum(m.Raw)
		}
		if !m.Message.Sent.IsZero() {
			m.Message.Sent = m.Message.Sent.UTC()
		}
		same(t, "message", entries[i].Message, m.Message)
		same(t, "places", entries[i].Places, []ledger.Found{{Place: m.Place, Folder: m.Move}})
		raw, err := l.Inbox().Raw(ctx, entries[i].ID)
		ok(t, err)
		same(t, "raw bytes", string(raw), string(m.Raw))
		for _, a := range m.Attachments {
			b, err := l.Blob(ctx, a.SHA256)
			ok(t, err)
			same(t, "attachment", string(b), string(a.Bytes))
		}
		wantSubmissions = append(wantSubmissions, m.Submissions...)
	}
	asOf := Start.Add(time.Hour)
	data, err := l.Dataset(ctx, asOf)
	ok(t, err)
	want := submission.NewDataset(asOf, wantSubmissions)
	same(t, "dataset", data, want)
	same(t, "hash", data.Hash("2018"), want.Hash("2018"))

	early, err := l.Dataset(ctx, Start.Add(time.Minute))
	ok(t, err)
	same(t, "received by the second minute", len(early.Submissions), 2)

	if _, err := l.Inbox().Raw(ctx, "nothing"); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("unknown message: %v", err)
	}
}

func wholeBatch(t *testing.T, o Open) {
	l, ctx := open(t, o, &Clock{Start}), t.Context()
	for name, spoil := range map[string]func(*ledger.Intake){
		"ID is not the hash":          func(in *ledger.Intake) { in.Message.ID = Mail(9).Message.ID },
		"attachment has another hash": func(in *ledger.Intake) { in.Attachments[0].Bytes = []byte("other") },
		"file is not attached":        func(in *ledger.Intake) { in.Attachments = nil },
		"rows do not add up":          func(in *ledger.Intake) { in.Submissions[0].Rows.Read++ },
		"outcome that does not exist": func(in *ledger.Intake) { in.Message.Outcome = "lost" },
		"state that does not exist":   func(in *ledger.Intake) { in.Submissions[0].State = "lost" },
		"rows below nothing":          func(in *ledger.Intake) { in.Submissions[0].Rows.Ignored = -1 },
	} {
		spoiled := Mail(1)
		spoil(&spoiled)
		if _, err := l.Inbox().Take(ctx, []ledger.Intake{Mail(0), spoiled}); err == nil {
			t.Errorf("%s: stored", name)
		}
		counts, err := l.Counts(ctx)
		ok(t, err)
		same(t, name, counts, ledger.Counts{})
	}
}

func numbersNeverClash(t *testing.T, o Open) {
	l, ctx := open(t, o, &Clock{Start}), t.Context()
	a, b := Mail(0), Mail(1)
	b.Submissions = append(b.Submissions, b.Submissions[0])
	for i := range b.Submissions {
		b.Submissions[i].ID = a.Submissions[0].ID
	}
	_, err := l.Inbox().Take(ctx, []ledger.Intake{a, b})
	ok(t, err)
	data, err := l.Dataset(ctx, Start.Add(time.Hour))
	ok(t, err)
	var got []string
	for _, s := range data.Submissions {
		got = append(got, s.ID)
	}
	id := a.Submissions[0].ID
	same(t, "numbers", got, []string{id, id + "-2", id + "-3"})
}

func movesWait(t *testing.T, o Open) {
	l, ctx := open(t, o, &Clock{Start}), t.Context()
	pending := func(want ...ledger.Move) {
		t.Helper()
		got, err := l.Inbox().PendingMoves(ctx)
		ok(t, err)
		same(t, "pending moves", got, want)
	}
	_, err := l.Inbox().Take(ctx, []ledger.Intake{Mail(0), Mail(1), Mail(2), Mail(6)})
	ok(t, err)
	fix := ledger.Move{Place: Mail(2).Place, Folder: "Chờ bổ sung"}
	pending(fix, ledger.Move{Place: Mail(0).Place, Folder: "Đã tiếp nhận"},
		ledger.Move{Place: Mail(1).Place, Folder: "Đã tiếp nhận"})
	ok(t, l.Inbox().Moved(ctx,
		[]ledger.Place{Mail(0).Place, Mail(6).Place, {Mailbox: "INBOX", UIDValidity: 1, UID: 99}}))
	ok(t, l.Inbox().Moved(ctx, []ledger.Place{Mail(0).Place}))
	pending(fix, ledger.Move{Place: Mail(1).Place, Folder: "Đã tiếp nhận"})
	// The mailbox is renumbered before the second mail was moved: only its new place can be moved.
	_, err = l.Inbox().Take(ctx, []ledger.Intake{At(Mail(1), 2, 7)})
	ok(t, err)
	pending(fix, ledger.Move{Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 2, UID: 7}, Folder: "Đã tiếp nhận"})
}

func answersOnce(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	waiting := func(want ...int) {
		t.Helper()
		got, err := l.Inbox().Unacknowledged(ctx)
		ok(t, err)
		var wantArrivals []ledger.Arrival
		for _, n := range want {
			wantArrivals = append(wantArrivals,
				ledger.Arrival{Message: Mail(n).Message, Submissions: Mail(n).Submissions})
		}
		same(t, "waiting", got, wantArrivals)
	}
	_, err := l.Inbox().Take(ctx, []ledger.Intake{Mail(6), Mail(2), Mail(0)})
	ok(t, err)
	waiting(0, 2)
	for range 2 {
		ok(t, l.Inbox().Acknowledge(ctx, Mail(0).Message.ID,
			[]ledger.Letter{Letter("receipt-0", "a@x.example", "a@x.example", "b@x.example")}))
	}
	waiting(2)
	ok(t, l.Inbox().Acknowledge(ctx, Mail(2).Message.ID, nil))
	waiting()
	if err := l.Inbox().Acknowledge(ctx, "nobody's", nil); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("unknown message: %v", err)
	}
	letters, err := l.Outbox().Letters(ctx)
	ok(t, err)
	same(t, "letters", len(letters), 1)
	want := Letter("receipt-0", "a@x.example", "b@x.example")
	want.MessageID, want.InReplyTo, want.Raw = "receipt-0@noi-vu.example", "mail-0@don-vi.example", nil
	same(t, "letter", letters[0].Letter, want)
	same(t, "cause", letters[0].Cause, "receipt/"+Mail(0).Message.ID)
	replied, known, err := l.Outbox().LetterByMessageID(ctx, "<receipt-0@noi-vu.example>")
	ok(t, err)
	same(t, "letter replied to", []any{replied.ID, known}, []any{"receipt-0", true})
	_, known, err = l.Outbox().LetterByMessageID(ctx, "")
	ok(t, err)
	same(t, "no letter", known, false)
	n, err := l.Outbox().Queue(ctx, []ledger.Letter{Letter("receipt-0", "a@x.example"),
		Letter("notice-1", "a@x.example")})
	ok(t, err)
	same(t, "new letters", n, 1)
	if err := l.Inbox().Acknowledge(ctx, Mail(6).Message.ID,
		[]ledger.Letter{Letter("notice-1", "a@x.example")}); err == nil {
		t.Error("a letter under a key in use was swallowed")
	}
}

func issuesOnce(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	run := ledger.Run{Key: "matrix/2018/p1/d1", Report: "matrix", Period: "2018", PlanHash: "p1", DatasetHash: "d1",
		AsOf: Start.Add(-time.Hour)}
	files := []ledger.Document{{Name: "tổng hợp.xlsx", Bytes: []byte("xlsx")}, {Name: "biên bản.pdf", Bytes: []byte{}}}
	issued, err := l.Runs().Issued(ctx, run.Key)
	ok(t, err)
	same(t, "issued before", issued, false)
	ok(t, l.Runs().Issue(ctx, run, files, []ledger.Letter{Letter("matrix-1", "a@x.example")}))
	clock.Time = clock.Add(time.Hour)
	ok(t, l.Runs().Issue(ctx, run, []ledger.Document{{Name: "other", Bytes: []byte("other")}},
		[]ledger.Letter{Letter("matrix-2", "a@x.example")}))
	issued, err = l.Runs().Issued(ctx, run.Key)
	ok(t, err)
	same(t, "issued after", issued, true)
	runs, err := l.Runs().All(ctx)
	ok(t, err)
	run.At = Start
	same(t, "runs", runs, []ledger.Run{run})
	documents, err := l.Runs().Documents(ctx, run.Key)
	ok(t, err)
	same(t, "documents", documents, files)
	letters, err := l.Outbox().Letters(ctx)
	ok(t, err)
	same(t, "letters", []any{len(letters), letters[0].ID, letters[0].Cause},
		[]any{1, "matrix-1", "run/matrix/2018/p1/d1"})
}

func oneHolder(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	hold := func(holder string, want bool) {
		t.Helper()
		got, err := l.Leases().Hold(ctx, "mailbox", holder, time.Minute)
		ok(t, err)
		same(t, holder, got, want)
	}
	hold("one", true)
	hold("two", false)
	clock.Time = clock.Add(30 * time.Second)
	hold("one", true)
	clock.Time = clock.Add(59 * time.Second)
	hold("two", false)
	clock.Time = clock.Add(time.Second)
	hold("two", true)
	hold("one", false)
}

func provesReceipt(t *testing.T, o Open) {
	l, ctx := open(t, o, &Clock{Start}), t.Context()
	in := Mail(2)
	_, err := l.Inbox().Take(ctx, []ledger.Intake{Mail(1), in})
	ok(t, err)
	ok(t, l.Inbox().Acknowledge(ctx, in.Message.ID, []ledger.Letter{Letter("receipt-2", "a@x.example")}))
	p, err := l.Proof(ctx, in.Submissions[0].ID)
	ok(t, err)
	same(t, "submission", p.Submission, in.Submissions[0])
	same(t, "message", p.Message, in.Message)
	same(t, "proof", []any{p.Intact, p.Event.What, p.Event.Seq, p.Letters[0].ID},
		[]any{true, ledger.SubmissionToFix, int64(4), "receipt-2"})
	if _, err := l.Proof(ctx, "TN-2018-00000000"); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("unknown receipt: %v", err)
	}
}

func ok(t TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t TB, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(submission.Submission{})); d != "" {
		t.Fatalf("%s differs (-want +got):\n%s", what, d)
	}
}
