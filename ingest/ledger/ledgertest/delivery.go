package ledgertest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thidua/ingest/ledger"
)

func everyRecipientOnce(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	_, err := l.Outbox().Queue(ctx, []ledger.Letter{Letter("one", "a@x.example", "b@x.example", "c@x.example")})
	ok(t, err)

	first := claim(t, l, 5)[0]
	same(t, "bytes", string(first.Raw), string(Letter("one").Raw))
	same(t, "recipients", first.To, []string{"a@x.example", "b@x.example", "c@x.example"})
	result := ledger.Result{Letter: "one", Claim: first.Claim, Verdicts: []ledger.Verdict{
		{Addr: "a@x.example", Outcome: ledger.Delivered, Code: 250, Text: "OK"},
		{Addr: "b@x.example", Outcome: ledger.Later, Code: 451, Text: "greylisted"}}}
	for range 2 { // noting it twice changes nothing
		state, err := l.Outbox().Delivered(ctx, result)
		ok(t, err)
		same(t, "state", state, ledger.Queued)
	}
	same(t, "due at once", len(claim(t, l, 5)), 0)

	clock.Time = clock.Add(time.Minute)
	second := claim(t, l, 5)[0]
	same(t, "recipients left", second.To, []string{"b@x.example", "c@x.example"})
	same(t, "same bytes", string(second.Raw), string(first.Raw))
	state, err := l.Outbox().Delivered(ctx, ledger.Result{Letter: "one", Claim: second.Claim,
		Verdicts: []ledger.Verdict{
			{Addr: "b@x.example", Outcome: ledger.Delivered, Code: 250},
			{Addr: "c@x.example", Outcome: ledger.Never, Code: 550, Text: "no such user"}}})
	ok(t, err)
	same(t, "state", state, ledger.Failed)
	clock.Time = clock.Add(24 * time.Hour)
	same(t, "claimed when done", len(claim(t, l, 5)), 0)

	letters, err := l.Outbox().Letters(ctx)
	ok(t, err)
	same(t, "recipients", letters[0].Recipients, []ledger.Recipient{
		{Addr: "a@x.example", State: ledger.Sent, Code: 250, Text: "OK"},
		{Addr: "b@x.example", State: ledger.Sent, Code: 250},
		{Addr: "c@x.example", State: ledger.Failed, Code: 550, Text: "no such user"}})
	same(t, "letter", []any{letters[0].Attempts, letters[0].Claims, letters[0].LastError},
		[]any{2, 2, "c@x.example: 550 no such user"})
	if _, err := l.Outbox().Delivered(ctx, ledger.Result{Letter: "one", Claim: 9}); err == nil {
		t.Error("a claim that was never made was believed")
	}
}

func givesUp(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	_, err := l.Outbox().Queue(ctx, []ledger.Letter{Letter("one", "a@x.example", "b@x.example")})
	ok(t, err)
	clock.Time = clock.Add(30 * 24 * time.Hour) // a long time without any attempt is no reason to give up
	first := clock.Time
	var pauses []time.Duration
	for {
		tried := clock.Time
		out := claim(t, l, 1)
		same(t, "claimed", len(out), 1)
		state, err := l.Outbox().Delivered(ctx, ledger.Result{Letter: "one", Claim: out[0].Claim})
		ok(t, err)
		if state != ledger.Queued {
			same(t, "state", state, ledger.Failed)
			break
		}
		letters, err := l.Outbox().Letters(ctx)
		ok(t, err)
		clock.Time = letters[0].Next.Add(-time.Nanosecond)
		same(t, "claimed too early", len(claim(t, l, 1)), 0)
		clock.Time = letters[0].Next
		pauses = append(pauses, clock.Sub(tried))
	}
	same(t, "pauses", pauses[:6], []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour,
		4 * time.Hour, 4 * time.Hour})
	if tried := clock.Sub(first); tried < ledger.GiveUp-4*time.Hour || tried > ledger.GiveUp {
		t.Errorf("given up after %v", tried)
	}
}

func diedSender(t *testing.T, o Open) {
	clock := &Clock{Start}
	l, ctx := open(t, o, clock), t.Context()
	_, err := l.Outbox().Queue(ctx, []ledger.Letter{Letter("one", "a@x.example", "b@x.example")})
	ok(t, err)
	died := claim(t, l, 1)[0]
	clock.Time = clock.Add(time.Minute - time.Nanosecond)
	same(t, "claimed within the lease", len(claim(t, l, 1)), 0)
	clock.Time = clock.Add(time.Nanosecond)
	again := claim(t, l, 1)[0]
	same(t, "same bytes", string(again.Raw), string(died.Raw))
	// The first sender was only slow: whom it reached is not written to again, but it has no say
	// about the others.
	state, err := l.Outbox().Delivered(ctx, ledger.Result{Letter: "one", Claim: died.Claim, Verdicts: []ledger.Verdict{
		{Addr: "a@x.example", Outcome: ledger.Delivered, Code: 250},
		{Addr: "b@x.example", Outcome: ledger.Never, Code: 550}}})
	ok(t, err)
	same(t, "state", state, ledger.Queued)
	same(t, "still claimed", len(claim(t, l, 1)), 0)
	state, err = l.Outbox().Delivered(ctx, ledger.Result{Letter: "one", Claim: again.Claim, Verdicts: []ledger.Verdict{
		{Addr: "a@x.example", Outcome: ledger.Never, Code: 550}, {Addr: "b@x.example", Outcome: ledger.Delivered,
			Code: 250}}})
	ok(t, err)
	same(t, "state", state, ledger.Sent)
	letters, err := l.Outbox().Letters(ctx)
	ok(t, err)
	same(t, "claims and attempts", []int{letters[0].Claims, letters[0].Attempts}, []int{2, 2})

	// The slow sender may even have reached somebody who was given up meanwhile.
	_, err = l.Outbox().Queue(ctx, []ledger.Letter{Letter("two", "a@x.example")})
	ok(t, err)
	slow := claim(t, l, 1)[0]
	clock.Time = clock.Add(time.Minute)
	again = claim(t, l, 1)[0]
	for _, c := range []struct {
		claim   int
		outcome ledger.Outcome
		want    ledger.State
	}{{again.Claim, ledger.Never, ledger.Failed}, {slow.Claim, ledger.Delivered, ledger.Sent}} {
		state, err := l.Outbox().Delivered(ctx,
			ledger.Result{Letter: "two", Claim: c.claim,
				Verdicts: []ledger.Verdict{{Addr: "a@x.example", Outcome: c.outcome}}})
		ok(t, err)
		same(t, "state", state, c.want)
	}
}

func parallelClaims(t *testing.T, o Open) {
	clock := &Clock{Start}
	const letters, workers = 60, 4
	var all []ledger.Letter
	for i := range letters {
		all = append(all, Letter(fmt.Sprintf("letter-%02d", i), "a@x.example"))
	}
	_, err := open(t, o, clock).Outbox().Queue(t.Context(), all)
	ok(t, err)
	var mu sync.Mutex
	claimed := map[string]int{}
	var wait sync.WaitGroup
	for range workers {
		l := open(t, o, clock)
		wait.Go(func() {
			for {
				out, err := l.Outbox().Claim(t.Context(), 3, time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				if len(out) == 0 {
					return
				}
				for _, letter := range out {
					mu.Lock()
					claimed[letter.ID]++
					mu.Unlock()
					if _, err := l.Outbox().Delivered(t.Context(), ledger.Result{Letter: letter.ID, Claim: letter.Claim,
						Verdicts: []ledger.Verdict{{Addr: "a@x.example", Outcome: ledger.Delivered,
							Code: 250}}}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wait.Wait()
	for _, letter := range all {
		if claimed[letter.ID] != 1 {
			t.Errorf("%s was claimed %d times", letter.ID, claimed[letter.ID])
		}
	}
}

// settles: the result of one letter and the claim of the next stand together, or neither does.
func settles(t *testing.T, o Open) {
	ctx, clock := t.Context(), &Clock{Start}
	l := open(t, o, clock)
	_, err := l.Outbox().Queue(ctx, []ledger.Letter{Letter("a", "a@x.example"), Letter("b", "b@x.example")})
	ok(t, err)
	first := claim(t, l, 1)[0]
	if _, _, err := l.Outbox().Settle(ctx, ledger.Result{Letter: first.ID, Claim: first.Claim + 1},
		time.Minute); err == nil {
		t.Error("a claim that was never made was settled")
	}
	state, next, err := l.Outbox().Settle(ctx, ledger.Result{Letter: first.ID, Claim: first.Claim,
		Verdicts: []ledger.Verdict{{Addr: "a@x.example", Outcome: ledger.Delivered, Code: 250}}}, time.Minute)
	ok(t, err)
	if state != ledger.Sent || len(next) != 1 || next[0].ID != "b" || next[0].Claim != 1 {
		t.Fatalf("%s, then %+v", state, next)
	}
	if left := claim(t, l, 2); len(left) != 0 {
		t.Errorf("%s was claimed twice", left[0].ID)
	}
	state, next, err = l.Outbox().Settle(ctx, ledger.Result{Letter: "b", Claim: 1}, time.Minute)
	ok(t, err)
	if state != ledger.Queued || len(next) != 0 {
		t.Errorf("%s, then %+v", state, next)
	}
}

func claim(t *testing.T, l *ledger.Ledger, n int) []ledger.Outgoing {
	t.Helper()
	out, err := l.Outbox().Claim(t.Context(), n, time.Minute)
	ok(t, err)
	return out
}

// anyOrder offers the same mails at the same places in different orders, some of them again and
// again, in batches of any size.
func anyOrder(t *testing.T, New func(t *testing.T) Open) {
	var pool []ledger.Intake
	for n := range 7 {
		pool = append(pool, Mail(n))
	}
	pool = append(pool, At(MailWith(1, Mail(0).Message.MessageID, "a twin of another unit"), 1, 20),
		At(MailWith(0, Mail(0).Message.MessageID, "a correction"), 1, 21),
		At(Mail(0), 1, 22), At(Mail(0), 2, 1), At(Mail(2), 2, 2), At(Mail(6), 2, 3))
	clock := &Clock{Start}
	state := func(tb TB, l *ledger.Ledger) (string, ledger.Counts) {
		tb.Helper()
		data, err := l.Dataset(context.Background(), Start.Add(time.Hour))
		ok(tb, err)
		counts, err := l.Counts(context.Background())
		ok(tb, err)
		return fmt.Sprint(data.Hash("2018"), len(data.Submissions)), counts
	}
	plain := open(t, New(t), clock)
	_, err := plain.Inbox().Take(t.Context(), pool)
	ok(t, err)
	wantData, wantCounts := state(t, plain)

	rapid.Check(t, func(rt *rapid.T) {
		offered := rapid.Permutation(slices.Concat(pool, rapid.SliceOfN(rapid.SampledFrom(pool), 0, 6).Draw(rt,
			"again"))).Draw(rt, "order")
		l, err := New(t)(clock)
		ok(rt, err)
		defer l.Close()
		for len(offered) > 0 {
			n := rapid.IntRange(1, len(offered)).Draw(rt, "batch")
			_, err := l.Inbox().Take(context.Background(), offered[:n])
			ok(rt, err)
			offered = offered[n:]
		}
		data, counts := state(rt, l)
		same(rt, "dataset", data, wantData)
		same(rt, "counts", counts, wantCounts)
		problems, err := l.Chain().Verify(context.Background())
		ok(rt, err)
		same(rt, "problems", problems, []ledger.Problem(nil))
	})
}
