package pass

import (
	"context"
	"time"

	"thidua/ingest/ledger"
	"thidua/reports/issue"
)

// sight is what a pass sees of the ledger before it looks closer, and when.
type sight struct {
	end ledger.End
	at  time.Time
}

// rest is that nothing was left to answer and to issue, and until when that holds: as long as
// nothing is noted in the ledger and nothing falls due, a pass needs to read and compute nothing.
// It lives as long as the process; the first pass of the next one looks at everything again.
type rest struct {
	sight
	until time.Time // zero: there is no rest
}

// look sees how far the ledger has come.
func (p *Pass) look(ctx context.Context) (sight, error) {
	end, err := p.ledger.Chain().End(ctx)
	return sight{end, p.clock.Now()}, err
}

// holds reports whether there is still nothing left to do. A clock that was put back ends the rest.
func (r rest) holds(now sight) bool {
	return now.end == r.end && !now.at.Before(r.at) && now.at.Before(r.until)
}

// settle returns the rest that a pass leaves that went well. It leaves none when it did something,
// or when something in the ledger is dated after it: that will count once its time has come.
func (p *Pass) settle(ctx context.Context, begun sight) (rest, error) {
	now, err := p.look(ctx)
	if err != nil || now.end != begun.end || now.end.Latest.After(begun.at) {
		return rest{}, err
	}
	return rest{begun, issue.NextDue(begun.at)}, nil
}
