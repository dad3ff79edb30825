package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
)

// far is a line to a PostgreSQL server that takes its time and counts trips: how often something
// is sent to the server after it had answered.
type far struct {
	trip time.Duration

	mu    sync.Mutex
	trips int
}

func (f *far) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.trips
	f.trips = 0
	return n
}

// place is a ledger behind the line, at a place on the server.
func (f *far) place(t testing.TB, near string) string {
	t.Helper()
	u, err := url.Parse(near)
	must(t, err)
	server := u.Host
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			client, err := ln.Accept()
			if err != nil {
				return
			}
			go f.carry(client, server)
		}
	}()
	u.Host = ln.Addr().String()
	return u.String()
}

// carry carries one connection. What is sent while the last has not been answered is one trip with
// it.
func (f *far) carry(client net.Conn, address string) {
	defer client.Close()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer server.Close()
	answered := true
	var mu sync.Mutex
	go func() {
		defer client.Close()
		b := make([]byte, 64<<10)
		for {
			n, err := server.Read(b)
			mu.Lock()
			answered = true
			mu.Unlock()
			if _, failed := client.Write(b[:n]); failed != nil || err != nil {
				return
			}
		}
	}()
	b := make([]byte, 64<<10)
	for {
		n, err := client.Read(b)
		mu.Lock()
		first := answered
		answered = false
		mu.Unlock()
		if first && n > 0 {
			f.mu.Lock()
			f.trips++
			f.mu.Unlock()
			time.Sleep(f.trip)
		}
		if _, failed := server.Write(b[:n]); failed != nil || errors.Is(err, io.EOF) || err != nil {
			return
		}
	}
}

// steps are what a pass asks of a ledger, for the n-th time.
func steps(ctx context.Context, l *ledger.Ledger, n int) []struct {
	name string
	do   func() error
} {
	var mails []ledger.Intake
	var places []ledger.Place
	var ids []string
	for i := range 3 {
		m := ledgertest.Mail(3*n + i)
		mails, places, ids = append(mails, m), append(places, m.Place), append(ids, m.Message.ID)
	}
	letter := func(id string) ledger.Letter {
		return ledgertest.Letter(fmt.Sprint(id, n), "a@x.example", "b@x.example")
	}
	var claimed []ledger.Outgoing
	result := func() ledger.Result {
		return ledger.Result{Letter: claimed[0].ID, Claim: claimed[0].Claim, Verdicts: []ledger.Verdict{
			{Addr: "a@x.example", Outcome: ledger.Delivered, Code: 250},
			{Addr: "b@x.example", Outcome: ledger.Delivered, Code: 250}}}
	}
	return []struct {
		name string
		do   func() error
	}{
		{"begin", func() error { return l.Inbox().Begin(ctx, ledger.Reading, ids, false) }},
		{"take", func() error { _, err := l.Inbox().Take(ctx, mails); return err }},
		{"moved", func() error { return l.Inbox().Moved(ctx, places) }},
		{"acknowledge", func() error {
			return l.Inbox().AcknowledgeAll(ctx, []ledger.Answer{
				{Message: ids[0], Letters: []ledger.Letter{letter("r")}},
				{Message: ids[1], Letters: []ledger.Letter{letter("s")}}})
		}},
		{"issue", func() error {
			return l.Runs().Issue(ctx, ledger.Run{Key: fmt.Sprint("k", n)},
				[]ledger.Document{{Name: "d", Bytes: []byte("d")}}, []ledger.Letter{letter("p")})
		}},
		{"queue", func() error { _, err := l.Outbox().Queue(ctx, []ledger.Letter{letter("q")}); return err }},
		{"claim", func() (err error) { claimed, err = l.Outbox().Claim(ctx, 1, time.Hour); return err }},
		{"settle", func() (err error) { _, claimed, err = l.Outbox().Settle(ctx, result(), time.Hour); return err }},
		{"delivered", func() error { _, err := l.Outbox().Delivered(ctx, result()); return err }},
		{"hold", func() error { _, err := l.Leases().Hold(ctx, "pass", "me", time.Minute); return err }},
		{"release", func() error { return l.Leases().Release(ctx, "pass", "me") }},
		{"end", func() error { _, err := l.Chain().End(ctx); return err }},
	}
}

// Whatever a pass asks of a server takes three trips at most, the bytes that go ahead included,
// once its statements are known.
func TestFewTrips(t *testing.T) {
	f := &far{}
	l, err := ledger.Open(t.Context(), f.place(t, postgres(t)), &ledgertest.Clock{Time: ledgertest.Start})
	must(t, err)
	defer func() { ledgertest.Sound(t, l); _ = l.Close() }()
	for n := range 4 {
		for _, s := range steps(t.Context(), l, n) {
			f.count()
			must(t, s.do())
			if trips := f.count(); n == 3 && trips > 3 { // each connection has learnt its statements by then
				t.Errorf("%s took %d trips", s.name, trips)
			} else if n == 3 {
				t.Logf("%s: %d", s.name, trips)
			}
		}
	}
}

// BenchmarkFar reports how long each step takes on a server, near and 2.4 ms away.
func BenchmarkFar(b *testing.B) {
	for _, trip := range []time.Duration{0, 2400 * time.Microsecond} {
		b.Run(fmt.Sprint(trip), func(b *testing.B) {
			l, err := ledger.Open(b.Context(), (&far{trip: trip}).place(b, postgres(b)),
				&ledgertest.Clock{Time: ledgertest.Start})
			must(b, err)
			defer l.Close()
			spent, n := map[string]time.Duration{}, 0
			for b.Loop() {
				for _, s := range steps(b.Context(), l, n) {
					begun := time.Now()
					must(b, s.do())
					spent[s.name] += time.Since(begun)
				}
				n++
			}
			for name, took := range spent {
				b.ReportMetric(float64(took.Microseconds())/1000/float64(n), "ms-"+name)
			}
		})
	}
}
