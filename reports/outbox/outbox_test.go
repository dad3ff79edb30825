package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/reports/outbox"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
)

const (
	shared   = "thi-dua@noi-vu.example"
	password = "mat-khau"
	good     = "van-phong@xa-a.example"
	other    = "van-phong@xa-b.example"
)

// world is a ledger, a post office and a line between them.
type world struct {
	*testing.T
	clock  *ledgertest.Clock
	ledger *ledger.Ledger
	office *postoffice.Office
	client *smtp.Client
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, clock: &ledgertest.Clock{Time: ledgertest.Start}}
	var err error
	w.ledger, err = ledger.Open(t.Context(), ledgertest.Empty(t), w.clock)
	w.must(err)
	t.Cleanup(func() {
		ledgertest.Sound(t, w.ledger)
		_ = w.ledger.Close()
	})
	w.connect()
	return w
}

// connect opens a new post office and a line to it.
func (w *world) connect() {
	w.Helper()
	var err error
	start := ledgertest.Start
	w.office, err = postoffice.Open(postoffice.Config{Shared: shared, Password: password,
		Clock: func() time.Time { return start }})
	w.must(err)
	w.Cleanup(func() { _ = w.office.Close() })
	w.client, err = smtp.Dial(w.Context(), smtp.Config{Address: w.office.SMTPAddr(), Security: smtp.Plain, User: shared,
		Password: password})
	w.must(err)
	w.Cleanup(func() { _ = w.client.Close() })
}

func (w *world) queue(letters ...ledger.Letter) {
	w.Helper()
	_, err := w.ledger.Outbox().Queue(w.Context(), letters)
	w.must(err)
}

func (w *world) deliver(want outbox.Report) {
	w.Helper()
	got, err := outbox.Deliver(w.Context(), w.ledger.Outbox(), w.client)
	w.must(err)
	if (want.Unreachable != "") != (got.Unreachable != "") {
		w.Fatalf("unreachable: %q", got.Unreachable)
	}
	if got.Unreachable != "" { // in the system's words
		got.Unreachable, got.Why = want.Unreachable, want.Why
	}
	if got != want {
		w.Fatalf("got %+v, want %+v", got, want)
	}
}

// arrived lists who got which letter, in the order of arrival.
func (w *world) arrived(want ...string) {
	w.Helper()
	var got []string
	for _, m := range w.office.Delivered() {
		id, _, _ := strings.Cut(strings.TrimPrefix(string(m.Raw), "Message-ID: <"), "@")
		if string(m.Raw) != string(ledgertest.Letter(id).Raw) {
			w.Errorf("letter %s arrived with other bytes: %q", id, m.Raw)
		}
		for _, to := range m.To {
			got = append(got, id+" "+to)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		w.Fatalf("arrived (-want +got):\n%s", d)
	}
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func TestEveryLetterLeavesOnce(t *testing.T) {
	w := newWorld(t)
	w.queue(ledgertest.Letter("one", good, other), ledgertest.Letter("two", other))
	w.deliver(outbox.Report{Sent: 2})
	w.deliver(outbox.Report{})
	w.arrived("one "+good, "one "+other, "two "+other)
}

func TestOnlyWhoeverWasRefusedIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.office.SetFaults(postoffice.Faults{Refuse: func(rcpt string) error {
		if rcpt == other {
			return postoffice.Refusal{Code: 451, Text: "try again"}
		}
		return nil
	}})
	w.queue(ledgertest.Letter("one", other, good))
	w.deliver(outbox.Report{Later: 1, Why: "451 try again"})
	w.office.SetFaults(postoffice.Faults{})
	w.deliver(outbox.Report{}) // not before its time
	w.clock.Time = w.clock.Add(time.Minute)
	w.deliver(outbox.Report{Sent: 1})
	w.arrived("one "+good, "one "+other)
}

func TestARefusalForGoodIsKeptWithTheServersWords(t *testing.T) {
	w := newWorld(t)
	w.office.SetFaults(postoffice.Faults{Refuse: func(rcpt string) error {
		if rcpt == other {
			return postoffice.Refusal{Code: 550, Text: "no such mailbox"}
		}
		return nil
	}})
	w.queue(ledgertest.Letter("one", other, good), ledgertest.Letter("two", good))
	w.deliver(outbox.Report{Sent: 1, Failed: 1})
	w.clock.Time = w.clock.Add(24 * time.Hour)
	w.deliver(outbox.Report{})
	w.arrived("one "+good, "two "+good)
	letters, err := w.ledger.Outbox().Letters(t.Context())
	w.must(err)
	if l := letters[0]; l.State != ledger.Failed || !strings.Contains(l.LastError, other+": 550") ||
		!strings.Contains(l.LastError, "no such mailbox") {
		t.Errorf("%s: %q", l.State, l.LastError)
	}
}

// The server took the mail and could not say so (RFC 1047): the letter leaves again, recognisably
// the same.
func TestALostAnswerRepeatsTheSameBytes(t *testing.T) {
	w := newWorld(t)
	lost := 0
	w.office.SetFaults(postoffice.Faults{LoseReply: func(postoffice.Mail) bool { lost++; return lost == 1 }})
	w.queue(ledgertest.Letter("one", good))
	w.deliver(outbox.Report{Later: 1, Why: "EOF"})
	w.clock.Time = w.clock.Add(time.Minute)
	w.deliver(outbox.Report{Sent: 1})
	w.arrived("one "+good, "one "+good)
}

func TestAServerOutOfReachIsNotAskedForEveryLetter(t *testing.T) {
	w := newWorld(t)
	var letters []ledger.Letter
	for i := range 10 {
		letters = append(letters, ledgertest.Letter(fmt.Sprintf("letter-%d", i), good))
	}
	w.queue(letters...)
	w.must(w.office.Close())
	w.deliver(outbox.Report{Later: 3, Unreachable: "some reason"})
	w.connect()
	w.deliver(outbox.Report{Sent: 7})
	w.clock.Time = w.clock.Add(time.Minute)
	w.deliver(outbox.Report{Sent: 3})
}

func TestASenderThatDiedDelaysItsLetterOnly(t *testing.T) {
	w := newWorld(t)
	w.queue(ledgertest.Letter("one", good), ledgertest.Letter("two", good))
	_, err := w.ledger.Outbox().Claim(t.Context(), 1, 30*time.Minute) // and never heard of again
	w.must(err)
	w.deliver(outbox.Report{Sent: 1})
	w.clock.Time = w.clock.Add(30 * time.Minute)
	w.deliver(outbox.Report{Sent: 1})
	w.arrived("two "+good, "one "+good)
}

func TestStoppingInTheMiddleLosesNoAnswer(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	w.queue(ledgertest.Letter("one", good), ledgertest.Letter("two", good))
	_, err := outbox.Deliver(ctx, w.ledger.Outbox(), stopper{w.client, stop})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	w.arrived("one " + good)
	w.deliver(outbox.Report{Sent: 1})
	w.arrived("one "+good, "two "+good)
}

// stopper sends over the real line and is told to stop just before it reports back.
type stopper struct {
	outbox.Sender
	stop func()
}

func (s stopper) Send(ctx context.Context, from string, to []string, raw []byte) []smtp.Result {
	results := s.Sender.Send(ctx, from, to, raw)
	s.stop()
	return results
}

// A sender that answers for strangers, for nobody or in strange words does no harm.
func TestStrangeAnswers(t *testing.T) {
	w := newWorld(t)
	w.queue(ledgertest.Letter("one", good, other))
	got, err := outbox.Deliver(t.Context(), w.ledger.Outbox(), answers{
		{Addr: "stranger@x.example", Outcome: smtp.Sent, Code: 250},
		{Addr: other, Outcome: "perhaps", Code: 299, Text: "a\r\n\x00b\xff" + strings.Repeat("ộ", 1000)}})
	w.must(err)
	if got != (outbox.Report{Later: 1, Why: "no result"}) {
		t.Errorf("%+v", got)
	}
	letters, err := w.ledger.Outbox().Letters(t.Context())
	w.must(err)
	if i := slices.IndexFunc(letters[0].Recipients, func(r ledger.Recipient) bool { return r.Addr == other }); i < 0 ||
		!strings.HasPrefix(letters[0].Recipients[i].Text, "a bộộ") || len(letters[0].Recipients[i].Text) > 500 {
		t.Errorf("%+v", letters[0].Recipients)
	}
}

type answers []smtp.Result

func (a answers) Send(context.Context, string, []string, []byte) []smtp.Result { return a }
