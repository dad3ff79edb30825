package issue_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports/issue"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/round/roundtest"
	"thidua/templates/plan"
)

// desk is a ledger into which the year's submissions come one by one, and passes are made.
type desk struct {
	t     *testing.T
	l     *ledger.Ledger
	clock *ledgertest.Clock
	post  post.Post
	n     int // mails so far
}

func newDesk(t *testing.T, p *plan.Plan) *desk {
	t.Helper()
	clock := &ledgertest.Clock{Time: roundtest.At(1, 1, 0)}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	if _, err := l.Secrets().Change(t.Context(), proof.Seeded(1)); err != nil { // every desk writes the same
		t.Fatal(err)
	}
	return &desk{t: t, l: l, clock: clock, post: newPost(p)}
}

// take brings submissions into the ledger, each in a mail of its own.
func (d *desk) take(all ...submission.Submission) {
	d.t.Helper()
	batch := ledgertest.Mails(d.n, all...)
	d.n += len(batch)
	if _, err := d.l.Inbox().Take(d.t.Context(), batch); err != nil {
		d.t.Fatal(err)
	}
}

// pass issues what is due at a moment and returns the letters it queued.
func (d *desk) pass(when time.Time) []ledger.Posted {
	d.t.Helper()
	before, err := d.l.Outbox().Letters(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	d.clock.Time = when
	if _, err := issue.New(d.post, prefill.NewForms(d.post.Plan)).Issue(d.t.Context(), d.l, d.clock, nil); err != nil {
		d.t.Fatal(err)
	}
	after, err := d.l.Outbox().Letters(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return slices.DeleteFunc(after, func(p ledger.Posted) bool {
		return slices.ContainsFunc(before, func(b ledger.Posted) bool { return b.ID == p.ID })
	})
}

func from(letters []ledger.Posted, occasion string) []ledger.Posted {
	return slices.DeleteFunc(slices.Clone(letters),
		func(p ledger.Posted) bool { return !strings.HasPrefix(p.Cause, "run/"+occasion+"/") })
}

// newPost is the post of a plan with the shared mailbox of the tests.
func newPost(p *plan.Plan) post.Post {
	return post.New(p, post.Mailbox{Address: "thidua@thainguyen.example", Domain: "thainguyen.example"})
}

// reachable is a plan in which only some units have an address, so that nobody else is written to.
func reachable(p *plan.Plan, codes ...string) *plan.Plan {
	out := *p
	out.Units = slices.Clone(p.Units)
	for i := range out.Units {
		if !slices.Contains(codes, out.Units[i].Code) {
			out.Units[i].Emails = nil
		}
	}
	return &out
}

// keeping is a plan with these occasions alone: a test that asks for nothing else need not wait for
// other papers. That all of them go out together is for TestWhatIsIssuedIsTheSameTwice to say.
func keeping(p *plan.Plan, occasions ...string) *plan.Plan {
	out := *p
	out.Occasions = nil
	for _, o := range p.Occasions {
		if slices.Contains(occasions, o.ID) {
			out.Occasions = append(out.Occasions, o)
		}
	}
	return &out
}
