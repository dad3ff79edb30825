package ledgertest

import (
	"slices"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates/finding"
)

// decisionsHold: a held mail counts from the moment it was released, a submission until it was
// withdrawn, whatever is asked about earlier moments; either is decided once, and the answer to the
// command has everything that came of it.
func decisionsHold(t *testing.T, o Open) {
	ctx, clock := t.Context(), &Clock{Start}
	l := open(t, o, clock)
	count := func(at time.Time) int {
		t.Helper()
		d, err := l.Dataset(ctx, at)
		ok(t, err)
		return len(d.Submissions)
	}
	held, command, other := Mail(0), Mail(6), Mail(1)
	submissions, attachments := held.Submissions, held.Attachments
	held.Message.Outcome, held.Message.Reason, held.Submissions, held.Attachments = submission.MailHeld,
		"unknown-sender", nil, nil
	command.Message.Outcome, command.Message.Reason, command.Message.Detail = submission.MailAccepted, "ask-ruling",
		"nhận"
	_, err := l.Inbox().Take(ctx, []ledger.Intake{held, other, command})
	ok(t, err)
	waiting, err := l.Rulings().Held(ctx)
	ok(t, err)
	commands, err := l.Rulings().Commands(ctx, "ask-ruling")
	ok(t, err)
	if len(waiting) != 1 || len(commands) != 1 || commands[0].ID != command.Message.ID {
		t.Fatalf("%d held, %d commands", len(waiting), len(commands))
	}
	at := command.Message.Received
	rulings := []ledger.Ruling{
		{Command: command.Message.ID, N: 1, Verb: ledger.Release, Given: "nhận", Message: held.Message.ID,
			Unit: "05440", At: at},
		{Command: command.Message.ID, N: 2, Verb: ledger.Withdraw, Given: "rút", Submission: other.Submissions[0].ID,
			At: at},
		{Command: command.Message.ID, N: 3, Verb: ledger.Ignore, Given: "bỏ qua", Refused: "unknown", At: at},
	}
	for range 2 { // repeating it does nothing
		ok(t, l.Rulings().Rule(ctx, rulings,
			[]ledger.Released{{Message: held.Message.ID, Submissions: submissions, Attachments: attachments}}))
	}
	if before, after := count(at.Add(-time.Second)), count(at); before != 1 || after != 1 {
		t.Errorf("%d submissions before, %d after", before, after)
	}
	remembers(t, l, at.Add(-time.Second), at)
	d, err := l.Dataset(ctx, at)
	ok(t, err)
	if d.Submissions[0].ID != submissions[0].ID {
		t.Errorf("%s counts", d.Submissions[0].ID)
	}
	waiting, err = l.Rulings().Held(ctx)
	ok(t, err)
	if commands, err = l.Rulings().Commands(ctx, "ask-ruling"); err != nil || len(waiting)+len(commands) > 0 {
		t.Errorf("%d still held, %d still commands (%v)", len(waiting), len(commands), err)
	}
	if err := l.Rulings().Rule(ctx,
		[]ledger.Ruling{{Command: other.Message.ID, N: 1, Verb: ledger.Ignore, Message: held.Message.ID, At: at}},
		nil); err == nil {
		t.Error("a mail was decided about twice")
	}
	arrivals, err := l.Inbox().Unacknowledged(ctx)
	ok(t, err)
	for _, a := range arrivals {
		if a.Message.ID != command.Message.ID {
			continue
		}
		if len(a.Rulings) != 3 || len(a.Rulings[0].Submissions) != 1 || a.Rulings[0].About.ID != held.Message.ID ||
			len(a.Rulings[1].Submissions) != 1 || a.Rulings[2].Refused != "unknown" {
			t.Errorf("the command came to %+v", a.Rulings)
		}
	}
	proof, err := l.Proof(ctx, other.Submissions[0].ID)
	if err != nil || !proof.Withdrawn.Equal(at) || !proof.Intact {
		t.Errorf("withdrawn at %v, intact %v (%v)", proof.Withdrawn, proof.Intact, err)
	}
}

// remembers: a dataset knows how it was before, as if it had been read then.
func remembers(t *testing.T, l *ledger.Ledger, before, now time.Time) {
	t.Helper()
	was, err := l.Dataset(t.Context(), before)
	ok(t, err)
	d, err := l.Dataset(t.Context(), now)
	ok(t, err)
	summary := func(d submission.Dataset) (out []string) {
		for _, s := range d.Submissions {
			out = append(out, s.ID+" "+string(s.State))
		}
		for _, o := range d.Overrides {
			out = append(out, o.ID)
		}
		return out
	}
	if got, want := summary(d.Before(before)), summary(was); !slices.Equal(got, want) ||
		slices.Equal(want, summary(d)) {
		t.Errorf("before it was %v, remembered are %v, now it is %v", want, got, summary(d))
	}
}

// bouncesAreTold: a bounce is matched to the letter and told once; so is a letter that a server
// refused for good. Nothing is told of notices.
func bouncesAreTold(t *testing.T, o Open) {
	ctx, clock := t.Context(), &Clock{Start}
	l := open(t, o, clock)
	one, two, notice := Letter("one", "a@x.example", "b@x.example"), Letter("two", "c@x.example"),
		Letter("notice", "d@x.example")
	notice.Kind = "undelivered"
	_, err := l.Outbox().Queue(ctx, []ledger.Letter{one, two, notice})
	ok(t, err)
	claimed, err := l.Outbox().Claim(ctx, 3, time.Hour)
	ok(t, err)
	for _, c := range claimed {
		var verdicts []ledger.Verdict
		for _, addr := range c.To {
			outcome := ledger.Delivered
			if c.ID != "one" {
				outcome = ledger.Never
			}
			verdicts = append(verdicts, ledger.Verdict{Addr: addr, Outcome: outcome, Code: 550, Text: "no such user"})
		}
		_, err := l.Outbox().Delivered(ctx, ledger.Result{Letter: c.ID, Claim: c.Claim, Verdicts: verdicts})
		ok(t, err)
	}
	mail := Mail(6)
	mail.Bounce = &ledger.Undeliverable{IDs: []string{"<else@x.example>", "<" + one.MessageID + ">", one.MessageID},
		Recipients: []ledger.Unreached{{Addr: "B@x.example", Status: "5.1.1", Text: "gone"}}}
	foreign := Mail(13)
	foreign.Bounce = &ledger.Undeliverable{IDs: []string{"<else@x.example>"}, Text: "a@x.example"}
	_, err = l.Inbox().Take(ctx, []ledger.Intake{mail, foreign})
	ok(t, err)
	bounces, err := l.Outbox().Bounces(ctx)
	ok(t, err)
	if len(bounces) != 1 || bounces[0].Letter != "one" || bounces[0].Addr != "b@x.example" ||
		bounces[0].Status != "5.1.1" {
		t.Fatalf("%+v", bounces)
	}
	failures, err := l.Outbox().Failures(ctx, "undelivered")
	ok(t, err)
	var refs []string
	for _, f := range failures {
		refs = append(refs, f.Ref)
	}
	if len(failures) != 2 || failures[0].Addr != "c@x.example" || failures[1].Addr != "b@x.example" {
		t.Fatalf("%+v", failures)
	}
	for n := range 2 { // the second time it has been told
		told := Letter("told", "office@x.example")
		if n == 1 {
			told = Letter("told again", "office@x.example")
		}
		ok(t, l.Outbox().Notify(ctx, refs, told))
	}
	if failures, err = l.Outbox().Failures(ctx, "undelivered"); err != nil || len(failures) > 0 {
		t.Errorf("%+v, %v", failures, err)
	}
	letters, err := l.Outbox().Letters(ctx)
	ok(t, err)
	if len(letters) != 4 {
		t.Errorf("%d letters", len(letters))
	}
}

// approvalsHold: what waits for the unit's leader is not accepted until he has agreed, and is from
// then on, whatever is asked about earlier moments; an objection changes nothing, and nobody agrees
// twice.
func approvalsHold(t *testing.T, o Open) {
	ctx, clock := t.Context(), &Clock{Start}
	l := open(t, o, clock)
	sent, no, yes := Mail(0), Mail(5), Mail(6)
	s := &sent.Submissions[0]
	s.State, s.Findings = submission.ToFix, []finding.Finding{finding.New(finding.AwaitsLeader, finding.At{})}
	sent.Message.Outcome = submission.MailToFix
	for _, m := range []*ledger.Intake{&no, &yes} {
		m.Message.Outcome, m.Message.Reason, m.Submissions, m.Attachments = submission.MailAccepted, "ask-approval",
			nil, nil
	}
	_, err := l.Inbox().Take(ctx, []ledger.Intake{sent, no, yes})
	ok(t, err)
	ok(t, l.Rulings().Rule(ctx,
		[]ledger.Ruling{{Command: no.Message.ID, N: 1, Verb: ledger.Object, Given: s.ID, Submission: s.ID,
			At: no.Message.Received}}, nil))
	at := yes.Message.Received
	agreed := []ledger.Ruling{{Command: yes.Message.ID, N: 1, Verb: ledger.Approve, Given: s.ID, Submission: s.ID,
		At: at}}
	for range 2 {
		ok(t, l.Rulings().Rule(ctx, agreed, nil))
	}
	agreed[0].N = 2
	if err := l.Rulings().Rule(ctx, agreed, nil); err == nil {
		t.Error("somebody agreed twice")
	}
	for moment, want := range map[time.Time]submission.State{at.Add(-time.Second): submission.ToFix,
		at: submission.Accepted} {
		d, err := l.Dataset(ctx, moment)
		ok(t, err)
		if len(d.Submissions) != 1 || d.Submissions[0].State != want ||
			d.Submissions[0].AwaitsLeader() == (want == submission.Accepted) {
			t.Errorf("at %v: %+v", moment, d.Submissions)
		}
	}
	remembers(t, l, at.Add(-time.Second), at)
	proof, err := l.Proof(ctx, s.ID)
	if err != nil || !proof.Approved.Equal(at) || !proof.Intact || proof.Submission.State != submission.Accepted {
		t.Errorf("agreed at %v, intact %v, %s (%v)", proof.Approved, proof.Intact, proof.Submission.State, err)
	}
}
