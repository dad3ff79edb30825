package outbox_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"thidua/ingest/ledger/ledgertest"
	"thidua/reports/outbox"
	"thidua/reports/smtp"
)

// counter is a sender that notes when it was used.
type counter struct {
	mu *sync.Mutex
	at *[]time.Time
}

func (c counter) Send(_ context.Context, _ string, to []string, _ []byte) []smtp.Result {
	c.mu.Lock()
	defer c.mu.Unlock()
	*c.at = append(*c.at, time.Now())
	return []smtp.Result{{Addr: to[0], Outcome: smtp.Sent, Code: 250}}
}

func TestPacedSendersKeepToTheirPaceTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := counter{&sync.Mutex{}, &[]time.Time{}}
		begin := time.Now()
		var all sync.WaitGroup
		for _, s := range outbox.Paced(30, c, c, c) {
			all.Go(func() {
				for range 4 {
					s.Send(t.Context(), "a@b.example", []string{"c@d.example"}, nil)
				}
			})
		}
		all.Wait()
		for i, at := range *c.at {
			if want := time.Duration(i) * 2 * time.Second; at.Sub(begin) != want {
				t.Errorf("mail %d left after %v, want %v", i, at.Sub(begin), want)
			}
		}
		if len(*c.at) != 12 {
			t.Errorf("%d mails left", len(*c.at))
		}
		time.Sleep(time.Minute) // the last turn is given back
	})
}

// Several lines at once send every letter once.
func TestSeveralSendersShareTheLetters(t *testing.T) {
	w := newWorld(t)
	const n = 40
	for i := range n {
		w.queue(ledgertest.Letter(fmt.Sprintf("thu-%d", i), good))
	}
	var senders []outbox.Sender
	for range 4 {
		c, err := smtp.Dial(t.Context(), smtp.Config{Address: w.office.SMTPAddr(), Security: smtp.Plain})
		w.must(err)
		defer c.Close()
		senders = append(senders, c)
	}
	r, err := outbox.Deliver(t.Context(), w.ledger.Outbox(), senders...)
	w.must(err)
	if r.Sent != n || r.Later+r.Failed > 0 {
		t.Errorf("%+v", r)
	}
	seen := map[string]bool{}
	for _, m := range w.office.Delivered() {
		seen[string(m.Raw)] = true
	}
	if len(seen) != n || len(w.office.Delivered()) != n {
		t.Errorf("%d letters arrived, %d of them different", len(w.office.Delivered()), len(seen))
	}
}
