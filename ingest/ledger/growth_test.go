package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
)

// BenchmarkGrowth asks what a pass asks when nothing has come, and more, of ledgers of 1, 4 and 16
// times the age: of 500, 2,000 and 8,000 mails that were answered.
func BenchmarkGrowth(b *testing.B) {
	for _, times := range []int{1, 4, 16} {
		l := begun(b)
		aged(b, l, 500*times)
		for _, x := range []struct {
			name string
			ask  func(context.Context) error
		}{
			{"end", func(ctx context.Context) error { _, err := l.Chain().End(ctx); return err }},
			{"waiting", func(ctx context.Context) error { _, err := l.Inbox().Unacknowledged(ctx); return err }},
			{"moves", func(ctx context.Context) error { _, err := l.Inbox().PendingMoves(ctx); return err }},
			{"known", func(ctx context.Context) error {
				_, err := l.Inbox().Known(ctx, []ledger.Place{ledgertest.Mail(6).Place})
				return err
			}},
			{"due", func(ctx context.Context) error { _, err := l.Outbox().Due(ctx); return err }},
			{"failures", func(ctx context.Context) error { _, err := l.Outbox().Failures(ctx, "x"); return err }},
			{"doctor", func(ctx context.Context) error { _, err := l.Chain().Verify(ctx); return err }},
		} {
			b.Run(fmt.Sprintf("%s/%d", x.name, times), func(b *testing.B) {
				for b.Loop() {
					must(b, x.ask(b.Context()))
				}
			})
		}
	}
}

// BenchmarkQueue notes that a letter was sent and claims the next, with so many in the queue.
func BenchmarkQueue(b *testing.B) {
	for _, n := range []int{500, 12000, 24000} {
		l := begun(b)
		var letters []ledger.Letter
		for i := range n {
			letters = append(letters, ledgertest.Letter(fmt.Sprintf("%05d", i), "a@x.example"))
		}
		_, err := l.Outbox().Queue(b.Context(), letters)
		must(b, err)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			out, err := l.Outbox().Claim(b.Context(), 1, time.Hour)
			must(b, err)
			for b.Loop() {
				if len(out) == 0 {
					b.Fatal("the queue is empty")
				}
				_, out, err = l.Outbox().Settle(b.Context(), sent(out[0]), time.Hour)
				must(b, err)
			}
		})
	}
}

// begun is an empty ledger.
func begun(b *testing.B) *ledger.Ledger {
	b.Helper()
	l, err := ledger.Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"),
		&ledgertest.Clock{Time: ledgertest.Start.AddDate(0, 1, 0)})
	must(b, err)
	b.Cleanup(func() { _ = l.Close() })
	return l
}

// aged takes in mails, answers them all and sends the answers.
func aged(b *testing.B, l *ledger.Ledger, n int) {
	b.Helper()
	ctx := b.Context()
	for from := 0; from < n; from += 100 {
		var mails []ledger.Intake
		var places []ledger.Place
		var answers []ledger.Answer
		for i := from; i < from+100; i++ {
			m := ledgertest.Mail(i)
			mails, places = append(mails, m), append(places, m.Place)
			answers = append(answers, ledger.Answer{Message: m.Message.ID,
				Letters: []ledger.Letter{ledgertest.Letter(fmt.Sprint("r", i), m.Message.From)}})
		}
		_, err := l.Inbox().Take(ctx, mails)
		must(b, err)
		must(b, l.Inbox().Moved(ctx, places))
		must(b, l.Inbox().AcknowledgeAll(ctx, answers))
		out, err := l.Outbox().Claim(ctx, 100, time.Hour)
		must(b, err)
		for _, o := range out {
			_, err := l.Outbox().Delivered(ctx, sent(o))
			must(b, err)
		}
	}
}

// sent is the result that all got a letter.
func sent(o ledger.Outgoing) ledger.Result {
	r := ledger.Result{Letter: o.ID, Claim: o.Claim}
	for _, to := range o.To {
		r.Verdicts = append(r.Verdicts, ledger.Verdict{Addr: to, Outcome: ledger.Delivered, Code: 250})
	}
	return r
}
