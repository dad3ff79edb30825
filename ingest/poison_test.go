package ingest

import (
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
)

// A mail that the program itself stumbles over is held with its bytes; it ends no pass.
func TestAMailWeStumbleOverIsHeldWhole(t *testing.T) {
	in := &intake{} // without a plan every sender makes it stumble
	raw := []byte("From: <a@x.example>\r\nSubject: x\r\n\r\nx\r\n")
	key := mailbox.Key{Mailbox: "INBOX", UIDValidity: 3, UID: 7}
	out, err := in.mailGuarded(mailbox.Summary{Key: key, Received: time.Date(2018, 3, 1, 2, 0, 0, 0, time.UTC)}, raw)
	if err != nil || out.Message.Outcome != submission.MailHeld || out.Message.Reason != reasonStumbled ||
		out.Message.Detail == "" {
		t.Errorf("the mail is %s (%s: %s)", out.Message.Outcome, out.Message.Reason, out.Message.Detail)
	}
	if string(out.Raw) != string(raw) || len(out.Message.ID) != 64 || out.Place.UID != 7 ||
		out.Message.Received.IsZero() {
		t.Errorf("of the mail is kept %q at %v as %q", out.Raw, out.Place, out.Message.ID)
	}
}
