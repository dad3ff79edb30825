package ledger

import (
	"context"
	"fmt"
	"time"
)

// Leases keep to one process at a time what several would do in each other's way.
//
//constructed:by Leases
type Leases struct{ *connection }

// Leases is where processes agree on who does what.
func (l *Ledger) Leases() Leases { return Leases{l.connection} }

// Hold takes or renews the named lease for the holder for a while, and reports whether the holder
// has it. It serves work that only one process at a time should do; correctness never rests on it.
func (l Leases) Hold(ctx context.Context, name, holder string, while time.Duration) (bool, error) {
	var n int64
	err := l.alongside(ctx, func(t *tx) (err error) {
		n, err = t.exec(`INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
				WHERE lease.holder = excluded.holder OR lease.until <= $4`,
			name, holder, stamp(t.at.Add(while)), t.now)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("holding lease %s: %w", name, err)
	}
	return n > 0, nil
}

// Holder returns who holds the named lease now, "" for nobody.
func (l Leases) Holder(ctx context.Context, name string) (holder string, err error) {
	err = l.read(ctx, func(t *tx) error {
		_, err := t.get([]any{&holder}, `SELECT holder FROM lease WHERE name = $1 AND until > $2`, name, t.now)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("looking up lease %s: %w", name, err)
	}
	return holder, nil
}

// Release gives the named lease up. Whoever does not hold it changes nothing.
func (l Leases) Release(ctx context.Context, name, holder string) error {
	err := l.alongside(ctx, func(t *tx) error {
		t.change(`UPDATE lease SET until = '' WHERE name = $1 AND holder = $2`, name, holder)
		return nil
	})
	if err != nil {
		return fmt.Errorf("releasing lease %s: %w", name, err)
	}
	return nil
}
