package mailbox_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"thidua/ingest/mailbox"
	"thidua/samples/postoffice"
)

func TestAFollowerDialsAgainForEverAndEverMoreSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		away := errors.New("no route")
		begin := time.Now()
		var pauses []time.Duration
		ctx, cancel := context.WithCancel(t.Context())
		f := mailbox.Follower{
			Dial: func(context.Context) (*mailbox.IMAP, error) { return nil, away },
			Trouble: func(err error, pause time.Duration) {
				if !errors.Is(err, away) {
					t.Errorf("heard of %v", err)
				}
				if pauses = append(pauses, pause); len(pauses) == 12 {
					cancel()
				}
			},
		}
		if err := f.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
		if pauses[0] != time.Second || pauses[1] != 2*time.Second || pauses[11] != 5*time.Minute {
			t.Errorf("pauses %v", pauses)
		}
		if d := time.Since(begin); d < 10*time.Minute {
			t.Errorf("twelve dials took %v", d)
		}
	})
}

// The line breaks while the follower waits for mail; it dials again and hears of the mail that came
// meanwhile.
func TestAFollowerOutlivesItsLine(t *testing.T) {
	o := office(t, postoffice.Config{})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	troubles, looks := 0, 0
	f := mailbox.Follower{
		Poll:    time.Minute,
		Dial:    func(ctx context.Context) (*mailbox.IMAP, error) { return mailbox.DialIMAP(ctx, config(o)) },
		Trouble: func(error, time.Duration) { troubles++ },
		Look: func(ctx context.Context, box *mailbox.IMAP) error {
			listed, err := box.List(ctx)
			if err != nil {
				return err
			}
			switch looks++; {
			case looks == 1: // told of the mail while it waits
				time.AfterFunc(50*time.Millisecond, func() { deliver(t, o, letter(1, 300)) })
			case len(listed) == 1:
				time.AfterFunc(50*time.Millisecond, func() {
					o.DropConnections()
					deliver(t, o, letter(2, 300))
				})
			case len(listed) == 2:
				cancel()
			}
			return nil
		},
	}
	if err := f.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v after %d looks", err, looks)
	}
	if looks < 3 || troubles != 1 {
		t.Errorf("%d looks, %d troubles", looks, troubles)
	}
}
