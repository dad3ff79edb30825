package ingest

import (
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// A receipt is found however its letters are written, and what came after the last vote can be
// withdrawn: it was not voted on. What was cannot.
func TestWhatWasNotVotedOnCanBeWithdrawn(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), &ledgertest.Clock{Time: ledgertest.Start})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	before, vote, after := ledgertest.Mail(0), ledgertest.Mail(1), ledgertest.Mail(3)
	for _, m := range []*ledger.Intake{&before, &vote, &after} {
		s := &m.Submissions[0]
		s.Period, s.Form, s.Value = "dot-xuat", templates.AdHocForm.ID, &templates.AdHocProposal{}
		s.ID = submission.NewID(s.Period, s.Message, "2", s.SHA256)
	}
	vote.Submissions[0].Form, vote.Submissions[0].Value = templates.VotesForm.ID, &templates.Votes{}
	if _, err := l.Inbox().Take(t.Context(), []ledger.Intake{before, vote, after}); err != nil {
		t.Fatal(err)
	}
	in := &intake{plan: p}
	for _, c := range []struct {
		of      submission.Submission
		refused string
	}{{before.Submissions[0], refusedVoted}, {after.Submissions[0], ""}} {
		command := submission.Message{ID: "x", From: c.of.From, Unit: c.of.Unit,
			Received: ledgertest.Start.Add(time.Hour), Detail: "TN-DOT-XUAT-" + c.of.ID[len(c.of.ID)-8:]}
		rulings, _, err := in.withdrawals(t.Context(), l, command)
		if err != nil || len(rulings) != 1 || rulings[0].Submission != c.of.ID || rulings[0].Refused != c.refused {
			t.Errorf("%s: %+v (%v), want refused %q", c.of.ID, rulings, err, c.refused)
		}
	}
}
