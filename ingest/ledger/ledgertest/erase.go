package ledgertest

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
)

// erases erases the first three of six mails with everything that followed from them.
func erases(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	var mails []ledger.Intake
	for n := range 6 {
		mails = append(mails, Mail(n))
	}
	_, err := l.Inbox().Take(ctx, mails)
	ok(t, err)
	for i, m := range mails[:5] { // the last one is never answered
		ok(t, l.Inbox().Acknowledge(ctx, m.Message.ID,
			[]ledger.Letter{Letter("receipt-"+m.Message.ID, "nguoi-nhan@don-vi.example")}))
		if i == 4 {
			break // and this answer never leaves
		}
		claimed, err := l.Outbox().Claim(ctx, 1, time.Hour)
		ok(t, err)
		_, err = l.Outbox().Delivered(ctx, ledger.Result{Letter: claimed[0].ID, Claim: claimed[0].Claim,
			Verdicts: []ledger.Verdict{{Addr: "nguoi-nhan@don-vi.example", Outcome: ledger.Delivered, Code: 250,
				Text: "nguoi-nhan took it"}}})
		ok(t, err)
	}
	ok(t, l.Runs().Issue(ctx, ledger.Run{Key: "k", Report: "r"},
		[]ledger.Document{{Name: "a.pdf", Bytes: []byte("Nguyễn Văn 0 được khen")}}, nil))
	cut := mails[3].Message.Received
	counts, err := l.Counts(ctx)
	ok(t, err)
	would, err := l.Erase(ctx, cut, "5 năm", false)
	ok(t, err)
	same(t, "what would be erased", would, ledger.Erasure{Messages: 3, Submissions: 3, Letters: 4, Files: would.Files})
	unchanged, err := l.Counts(ctx)
	ok(t, err)
	same(t, "nothing is changed by counting", unchanged, counts)

	clock.Time = Start.AddDate(1, 0, 0)
	_, err = l.Erase(ctx, cut, "5 năm", true)
	ok(t, err)
	Sound(t, l)
	did, err := l.Erase(ctx, clock.Time, "5 năm", true)
	ok(t, err)
	same(t, "the rest", did, ledger.Erasure{Messages: 2, Submissions: 2, Files: did.Files})
	Sound(t, l)
	again, err := l.Erase(ctx, clock.Time, "5 năm", true)
	ok(t, err)
	same(t, "twice", again, ledger.Erasure{})

	d, err := l.Dataset(ctx, clock.Time)
	ok(t, err)
	same(t, "what evaluation still sees", len(d.Submissions), 1)
	proof, err := l.Proof(ctx, mails[0].Submissions[0].ID)
	ok(t, err)
	if !proof.Intact || proof.Erased.IsZero() || proof.Submission.File != "" || proof.Submission.Value != nil ||
		proof.Submission.SHA256 == "" || proof.Submission.Rows.Read != 4 {
		t.Errorf("proof of what was erased: %+v", proof)
	}
	messages, err := l.Inbox().Messages(ctx)
	ok(t, err)
	for _, m := range messages {
		if kept := m.ID == mails[5].Message.ID; kept != (m.From != "") || kept != (m.Subject != "") {
			t.Errorf("message %s from %q about %q", m.ID, m.From, m.Subject)
		}
	}
	letters, err := l.Outbox().Letters(ctx)
	ok(t, err)
	for _, x := range letters {
		if erased := x.State != ledger.Queued; erased == strings.Contains(strings.Join(x.To, ","), "nguoi-nhan") {
			t.Errorf("letter %s (%s) to %v", x.ID, x.State, x.To)
		}
	}
	docs, err := l.Runs().Documents(ctx, "k")
	ok(t, err)
	if len(docs) != 1 || len(docs[0].Bytes) > 0 {
		t.Errorf("papers: %v", docs)
	}
	// The same mail offered once more is still known.
	taken, err := l.Inbox().Take(context.WithoutCancel(ctx), []ledger.Intake{At(mails[0], 9, 1)})
	ok(t, err)
	if taken[0].New {
		t.Error("an erased mail was taken in anew")
	}
	raw, err := l.Inbox().Raw(ctx, mails[5].Message.ID)
	ok(t, err)
	if !bytes.Equal(raw, mails[5].Raw) {
		t.Error("a mail that is not finished was erased")
	}
}
