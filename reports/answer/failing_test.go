package answer_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/submission"
	"thidua/reports/answer"
	"thidua/reports/prefill"
	"thidua/reports/round/roundtest"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// A mail whose sender cannot be written to by mail is told to the office; those behind it are
// answered as if it were not there.
func TestAMailThatCannotBeAnsweredStopsNoOther(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	clock := &ledgertest.Clock{Time: roundtest.At(12, 1, 9)}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ledgertest.Sound(t, l); _ = l.Close() })
	unit := p.Units[1]
	for i, from := range []string{"hộp thư@x.example", unit.Emails[0]} {
		raw := fmt.Appendf(nil, "From: %s\r\nSubject: %d\r\n\r\nx", from, i)
		id := fmt.Sprintf("%x", sha256.Sum256(raw))
		if _, err := l.Inbox().Take(t.Context(), []ledger.Intake{{
			Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}, Raw: raw,
			Message: submission.Message{From: from, Received: roundtest.At(12, 1, 8), Outcome: submission.MailToFix,
				Unit: unit.Code, Subject: "Hồ sơ"},
			Submissions: []submission.Submission{{ID: fmt.Sprintf("TN-2018-0000000%d", i), Message: id, From: from,
				Received: roundtest.At(12, 1, 8), Unit: unit.Code, SHA256: id, State: submission.ToFix,
				Findings: []finding.Finding{finding.New(finding.NoWorkbook, finding.At{})}}},
		}}); err != nil {
			t.Fatal(err)
		}
	}
	post := newPost(p)
	for range 2 { // and the next pass has nothing left to do
		if _, err := answer.Acknowledge(t.Context(), post, prefill.NewForms(p), l, clock); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := l.Outbox().Letters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range letters {
		raw, err := l.Blob(t.Context(), x.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := alternatives(t, raw)
		got[x.Kind] += strings.Join(x.To, " ") + "\n" + strings.Join(strings.Fields(text), " ")
	}
	if len(letters) != 2 || !strings.HasPrefix(got["receipt"], unit.Emails[0]) {
		t.Errorf("%d letters: %v", len(letters), got)
	}
	if told := got["unanswered"]; !strings.HasPrefix(told, p.Office.Emails[0]) ||
		!strings.Contains(told, "hộp thư@x.example") || !strings.Contains(told, "TN-2018-00000000") ||
		strings.Count(told, "composing letter") != 1 {
		t.Errorf("the office reads:\n%s", told)
	}
}

// An answer at which the program ended is written alone once more; then the office is told, and no
// pass ends at it again.
func TestAnAnswerThatEndsTheProgramIsNotTriedForEver(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	clock := &ledgertest.Clock{Time: roundtest.At(12, 1, 9)}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ledgertest.Sound(t, l); _ = l.Close() })
	var ids []string
	for i, unit := range p.Units[1:4] {
		raw := fmt.Appendf(nil, "From: %s\r\nSubject: %d\r\n\r\nx", unit.Emails[0], i)
		id := fmt.Sprintf("%x", sha256.Sum256(raw))
		ids = append(ids, id)
		if _, err := l.Inbox().Take(t.Context(), []ledger.Intake{{
			Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}, Raw: raw,
			Message: submission.Message{From: unit.Emails[0], Received: roundtest.At(12, 1, 8),
				Outcome: submission.MailToFix, Unit: unit.Code, Subject: "Hồ sơ"},
			Submissions: []submission.Submission{{ID: fmt.Sprintf("TN-2018-0000000%d", i), Message: id,
				From: unit.Emails[0], Received: roundtest.At(12, 1, 8), Unit: unit.Code, SHA256: id,
				State: submission.ToFix, Findings: []finding.Finding{finding.New(finding.NoWorkbook, finding.At{})}}},
		}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []struct {
		ids   []string
		alone bool
	}{{ids[:2], false}, {ids[:1], true}} { // the first two were being answered, then the first alone
		if err := l.Inbox().Begin(t.Context(), ledger.Answering, x.ids, x.alone); err != nil {
			t.Fatal(err)
		}
	}
	post, forms := newPost(p), prefill.NewForms(p)
	for range 2 {
		if _, err := answer.Acknowledge(t.Context(), post, forms, l, clock); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := l.Outbox().Letters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, x := range letters {
		kinds[x.Kind]++
	}
	if kinds["receipt"] != 2 || kinds["unanswered"] != 1 || len(letters) != 3 {
		t.Errorf("letters: %v", kinds)
	}
	if left, err := l.Inbox().Attempts(t.Context(), ledger.Answering); err != nil || len(left) > 0 {
		t.Errorf("still noted as begun are %v (%v)", left, err)
	}
}
