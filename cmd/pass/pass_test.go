package pass_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thidua/cmd/pass"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
	"thidua/templates/calendar"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/plan"
)

// installation is a post office with a mail of a unit in it, and a ledger.
type installation struct {
	*testing.T
	plan   *plan.Plan
	clock  calendar.Clock
	office *postoffice.Office
	ledger *ledger.Ledger
	place  string // of the ledger
}

const (
	address  = "thidua@thainguyen.example"
	password = "mat-khau"
)

var settings = pass.Settings{Address: address, Domain: "thainguyen.example", Done: "Da xu ly", Held: "Cho xu ly"}

func newInstallation(t *testing.T) installation {
	t.Helper()
	now := time.Date(2018, 3, 5, 16, 30, 0, 0, calendar.Zone) // a day on which nothing falls due
	i := installation{T: t, clock: calendartest.Fixed(now), place: filepath.Join(t.TempDir(), "ledger.db")}
	var err error
	i.plan, err = plan.Default()
	i.must(err)
	i.office, err = postoffice.Open(postoffice.Config{Shared: address, Password: password, Clock: i.clock.Now})
	i.must(err)
	t.Cleanup(func() { _ = i.office.Close() })
	mails, err := filepath.Glob("../../samples/scenarios/01-clean-registration/in/*.eml")
	i.must(err)
	raw, err := os.ReadFile(mails[0])
	i.must(err)
	i.must(i.office.Deliver(raw, now.Add(-time.Hour)))
	i.ledger, err = ledger.Open(t.Context(), i.place, i.clock)
	i.must(err)
	t.Cleanup(func() { i.must(i.ledger.Close()) })
	return i
}

func (i installation) must(err error) {
	i.Helper()
	if err != nil {
		i.Fatal(err)
	}
}

func (i installation) mailbox() *mailbox.IMAP {
	i.Helper()
	box, err := mailbox.DialIMAP(i.Context(), mailbox.IMAPConfig{
		Address: i.office.IMAPAddr(), Security: mailbox.Plain, User: address, Password: password,
	})
	i.must(err)
	i.Cleanup(func() { _ = box.Close() })
	return box
}

func (i installation) dial(ctx context.Context) (*smtp.Client, error) {
	return smtp.Dial(ctx, smtp.Config{Address: i.office.SMTPAddr(), Security: smtp.Plain})
}

// receipts counts the letters that answer a mail.
func (i installation) receipts() (n int) {
	for _, m := range i.office.Delivered() {
		if bytes.Contains(m.Raw, []byte("In-Reply-To:")) {
			n++
		}
	}
	return n
}

// One pass takes a mail in, answers it, issues what is due and sends everything; the next one finds
// nothing to do and dials nobody.
func TestPass_TheSecondFindsNothingToDo(t *testing.T) {
	i := newInstallation(t)
	passes := pass.New(i.plan, i.ledger, i.clock, settings)

	first, err := passes.Make(t.Context(), i.mailbox(), i.dial)
	i.must(err)
	if first.Pulled.Accepted != 1 || first.Answered != 1 || first.Sent.Sent == 0 || i.receipts() != 1 {
		t.Errorf("%d receipts after %+v", i.receipts(), first)
	}
	sent := len(i.office.Delivered())

	second, err := passes.Make(t.Context(), i.mailbox(), func(context.Context) (*smtp.Client, error) {
		t.Error("a pass without letters dialled the mail server")
		return nil, context.Canceled
	})
	i.must(err)
	if second.Pulled.New+second.Answered+len(second.Issued) > 0 || len(i.office.Delivered()) != sent {
		t.Errorf("a pass with nothing new: %+v", second)
	}
}

// Letters stay queued while the mail server is out of reach, which is reported and no error.
func TestPass_AServerOutOfReachKeepsTheLetters(t *testing.T) {
	i := newInstallation(t)
	passes := pass.New(i.plan, i.ledger, i.clock, settings)
	unreachable := func(context.Context) (*smtp.Client, error) { return nil, os.ErrDeadlineExceeded }

	r, err := passes.Make(t.Context(), i.mailbox(), unreachable)
	i.must(err)
	if r.Sent.Unreachable == "" || r.Sent.Later == 0 || r.Answered != 1 {
		t.Errorf("%+v", r)
	}
	later, err := passes.Deliver(t.Context(), i.dial)
	i.must(err)
	if later.Sent != r.Sent.Later || i.receipts() != 1 {
		t.Errorf("%+v, %d receipts", later, i.receipts())
	}
}

// Without an address of our own nothing can be answered from: mail is taken in and waits.
func TestPass_WithoutAnAddressNothingIsAnswered(t *testing.T) {
	i := newInstallation(t)
	r, err := pass.New(i.plan, i.ledger, i.clock, pass.Settings{}).Answer(t.Context(), i.mailbox())
	i.must(err)
	if r.Pulled.Accepted != 1 || r.Answered != 0 {
		t.Errorf("%+v", r)
	}
}

// A rehearsal shows the letters of a pass and leaves ledger and mailbox as they are, whether there
// was a ledger before or not.
func TestRehearsal_ChangesNothing(t *testing.T) {
	i := newInstallation(t)
	before, err := i.ledger.Counts(t.Context())
	i.must(err)
	for name, l := range map[string]*ledger.Ledger{"with a ledger": i.ledger, "without one": nil} {
		rehearsal, err := pass.NewRehearsal(t.Context(), l, i.place, i.clock)
		i.must(err)
		report, letters, err := rehearsal.Make(t.Context(), i.plan, settings, i.mailbox())
		i.must(err)
		i.must(rehearsal.Close())
		if report.Answered != 1 || len(letters) == 0 || len(letters[0].Raw) == 0 {
			t.Errorf("%s: %d letters after %+v", name, len(letters), report)
		}
	}
	after, err := i.ledger.Counts(t.Context())
	i.must(err)
	folders, err := i.office.Folders()
	i.must(err)
	if before != after || len(i.office.Delivered()) > 0 || folders["INBOX"] != 1 {
		t.Errorf("ledger %+v became %+v; sent %d; folders %v", before, after, len(i.office.Delivered()), folders)
	}
}
