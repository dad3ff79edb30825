package mailbox

import (
	"context"
	"time"
)

// The pauses before a mailbox that failed is dialled again, doubled from the first to the longest.
const (
	firstPause   = time.Second
	longestPause = 5 * time.Minute
)

// Follower looks into a mailbox again and again: when the server announces mail, and in any case
// after Poll, because a line may die in silence. A line that breaks is dialled again for ever, ever
// more slowly, as fast as at first once a look has succeeded.
type Follower struct {
	Dial func(context.Context) (*IMAP, error)
	Look func(context.Context, *IMAP) error // one look into the mailbox; after an error the line is given up
	Poll time.Duration
	// Trouble hears of every failure and of the pause that follows it; nil for nobody.
	Trouble func(err error, pause time.Duration)
}

// Run follows until the context ends, and returns its error. The look that is going on then is not
// cut short by Run: it hears of the context's end itself.
func (f Follower) Run(ctx context.Context) error {
	pause := firstPause
	for ctx.Err() == nil {
		err := f.followLine(ctx, func() { pause = firstPause })
		if err == nil || ctx.Err() != nil {
			continue
		}
		if f.Trouble != nil {
			f.Trouble(err, pause)
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
		pause = min(2*pause, longestPause)
	}
	return ctx.Err()
}

// followLine follows over one line until something fails.
func (f Follower) followLine(ctx context.Context, well func()) error {
	box, err := f.Dial(ctx)
	if err != nil {
		return err
	}
	defer box.Close()
	for {
		if err := f.Look(ctx, box); err != nil {
			return err
		}
		well()
		if err := box.Wait(ctx, f.Poll); err != nil {
			return err
		}
	}
}
