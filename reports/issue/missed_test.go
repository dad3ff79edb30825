package issue_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/submission"
	"thidua/reports/issue"
	"thidua/reports/prefill"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Whoever begins with a plan that has been running mails nobody the papers of its past years: they
// are noted once. A machine that was off catches up all the same.
func TestPapersOfATimeBeforeTheLedgerAreNotMailed(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	p = reachable(p)
	day := func(year, month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 9, 0, 0, 0, calendar.Zone)
	}
	for _, c := range []struct {
		name           string
		began, now     time.Time
		issued, missed string
	}{
		{"begun years later", day(2026, 11, 25), day(2026, 11, 26), "", "docket/2018 summary/2018"},
		{"begun in the year, and off for half a year", day(2018, 3, 5), day(2019, 7, 1), "templates docket summary",
			""},
		{"begun a few days late", day(2019, 2, 10), day(2019, 2, 11), "templates docket summary", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock := &ledgertest.Clock{Time: c.began}
			l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { ledgertest.Sound(t, l); _ = l.Close() })
			raw := []byte("From: a@thainguyen.example\r\n\r\nx")
			id := fmt.Sprintf("%x", sha256.Sum256(raw))
			if _, err := l.Inbox().Take(t.Context(), []ledger.Intake{{
				Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: 1}, Raw: raw,
				Message: submission.Message{From: "a@thainguyen.example", Received: c.began,
					Outcome: submission.MailAccepted, Unit: "05431"},
				Submissions: []submission.Submission{{ID: "TN-2018-00000001", Message: id, Received: c.began,
					Unit: "05431", SHA256: id, State: submission.Accepted,
					Form: templates.RegistrationForm.ID, Period: "2018", Version: 2, Value: &templates.Registration{}}},
			}}); err != nil {
				t.Fatal(err)
			}
			clock.Time = c.now
			var issued, missed []string
			for range 2 { // the second pass has nothing left to say
				keys, err := issue.New(newPost(p), prefill.NewForms(p)).Issue(t.Context(), l, clock, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, key := range keys {
					if m, ok := strings.CutPrefix(key, issue.Missed); ok {
						missed = append(missed, m)
					} else {
						issued = append(issued, strings.Split(key, "/")[0])
					}
				}
			}
			if got := strings.Join(missed, " "); got != c.missed {
				t.Errorf("let pass: %s, want %s", got, c.missed)
			}
			if got := strings.Join(issued, " "); got != c.issued {
				t.Errorf("issued: %s, want %s", got, c.issued)
			}
			letters, err := l.Outbox().Letters(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			told := map[string]bool{} // the runs that a letter tells of
			for _, x := range letters {
				told[strings.TrimSuffix(x.ID, "/copy")] = true
			}
			if len(told) != len(issued) {
				t.Errorf("%d letters of %d runs", len(letters), len(issued))
			}
		})
	}
}
