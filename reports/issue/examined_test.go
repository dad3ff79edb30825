package issue_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/issue"
	"thidua/reports/prefill"
	"thidua/reports/round/roundtest"
	"thidua/templates/plan"
)

// Where no mail bears what the office's mail server found out, nothing is proven, and the morning's
// digest says so.
func TestTheDigestTellsThatNothingIsExamined(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	for field, told := range map[string]bool{"X-Field: y": true, "Authentication-Results: other.example; none": true,
		"Authentication-Results: mx.office.example; none": false} {
		d := newDesk(t, p)
		d.clock.Time = roundtest.At(3, 8, 9)
		d.post.Examiner = "mx.office.example"
		raw := []byte(field + "\r\nFrom: <a@b.example>\r\nMessage-ID: <1@b.example>\r\n\r\nx\r\n")
		if _, err := d.l.Inbox().Take(t.Context(),
			[]ledger.Intake{{Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: 1}, Raw: raw,
				Message: submission.Message{ID: fmt.Sprintf("%x", sha256.Sum256(raw)), MessageID: "1@b.example",
					From: "a@b.example", Received: d.clock.Time, Size: int64(len(raw)), Outcome: submission.MailHeld,
					Reason: "unknown-sender"}}}); err != nil {
			t.Fatal(err)
		}
		key, err := issue.New(d.post, prefill.NewForms(p)).Digest(t.Context(), d.l, d.clock)
		if err != nil || key == "" {
			t.Fatalf("no digest: %v", err)
		}
		letter, ok, err := d.l.Outbox().Letter(t.Context(), key)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		mail, err := d.l.Blob(t.Context(), letter.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(mailbox.Parse(mail, mailbox.Limits{}).Text, "“mx.office.example”"); got != told {
			t.Errorf("of a mail with %s the digest tells: %v", field, got)
		}
	}
}
