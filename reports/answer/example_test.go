package answer_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/answer"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// A mail without a workbook is answered once, however often its answer is asked for.
func ExampleAcknowledge() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "answer")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	ctx, clock := context.Background(), calendartest.Fixed(time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC))
	l, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"), clock)
	if err != nil {
		panic(err)
	}
	defer l.Close()
	unit, _ := p.UnitByCode("05452")
	raw := []byte("Subject: Ho so\r\n\r\nXin gui\r\n")
	_, err = l.Inbox().Take(ctx, []ledger.Intake{{
		Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: 1}, Raw: raw,
		Message: submission.Message{
			From: unit.Emails[0], Unit: unit.Code, Subject: "Ho so", Received: clock.Now(),
			Outcome: submission.MailToFix,
		},
		Submissions: []submission.Submission{{
			ID: "TN-2018-0000000A", SHA256: fmt.Sprintf("%x", sha256.Sum256(raw)), // no file: the mail itself
			From: unit.Emails[0], Unit: unit.Code, Received: clock.Now(), State: submission.ToFix,
			Findings: []finding.Finding{finding.New(finding.NoWorkbook, finding.At{})},
		}},
	}})
	if err != nil {
		panic(err)
	}
	office := post.New(p, post.Mailbox{Address: "thidua@tnc.example", Domain: "tnc.example"})
	for range 2 {
		n, err := answer.Acknowledge(ctx, office, prefill.NewForms(p), l, clock)
		fmt.Println(n, "answered,", err)
	}
	letters, err := l.Outbox().Letters(ctx)
	if err != nil {
		panic(err)
	}
	for _, x := range letters {
		fmt.Println(x.Kind, x.To)
		fmt.Println(x.Subject)
	}
	// Output:
	// 1 answered, <nil>
	// 0 answered, <nil>
	// receipt [tanthinh@thainguyen.example]
	// [TN-2018-0000000A] Đề nghị bổ sung: Thư không kèm mẫu biểu - UBND phường Tân Thịnh
}
