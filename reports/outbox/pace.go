package outbox

import (
	"context"
	"time"

	"thidua/reports/smtp"
)

// Paced makes senders wait for each other, so that together they hand in at most n mails a minute,
// evenly: mail servers of offices close the door to whoever sends faster than their limit. n of
// zero or less is no limit.
func Paced(n int, senders ...Sender) []Sender {
	if n <= 0 {
		return senders
	}
	turn := make(chan struct{}, 1)
	turn <- struct{}{}
	out := make([]Sender, len(senders))
	for i, s := range senders {
		out[i] = paced{s, turn, time.Minute / time.Duration(n)}
	}
	return out
}

type paced struct {
	Sender
	turn  chan struct{}
	pause time.Duration
}

func (p paced) Send(ctx context.Context, from string, to []string, raw []byte) []smtp.Result {
	select {
	case <-p.turn:
		time.AfterFunc(p.pause, func() { p.turn <- struct{}{} })
	case <-ctx.Done():
		return nil // no result for anybody: all are tried later
	}
	return p.Sender.Send(ctx, from, to, raw)
}
