package pass

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Rehearsal is a copy of a ledger on which a pass is tried and which is then thrown away: neither
// ledger nor mailbox change.
//
//constructed:by NewRehearsal
type Rehearsal struct {
	ledger *ledger.Ledger
	clock  calendar.Clock
	drop   func() error
}

// ErrNoCopy says that the server of the ledger makes no copy of it.
var ErrNoCopy = errors.New("copying the ledger on its server")

// NewRehearsal copies the ledger l, which lies at a place; l is nil where nobody has made one yet.
// The copy lies among the temporary files of this machine, or on the server in a schema of its own.
func NewRehearsal(
	ctx context.Context, l *ledger.Ledger, place string, clock calendar.Clock,
) (*Rehearsal, error) {
	copying := copyFile
	if ledger.IsServer(place) {
		copying = copyOnServer
	}
	copied, drop, err := copying(ctx, l, place)
	if err != nil {
		return nil, err
	}
	own, err := ledger.Open(ctx, copied, clock)
	if err != nil {
		return nil, errors.Join(err, drop())
	}
	return &Rehearsal{ledger: own, clock: clock, drop: drop}, nil
}

func copyFile(ctx context.Context, l *ledger.Ledger, _ string) (copied string, drop func() error, err error) {
	dir, err := os.MkdirTemp("", "thidua-dry-run")
	if err != nil {
		return "", nil, fmt.Errorf("making room for the copy: %w", err)
	}
	drop = func() error { return os.RemoveAll(dir) }
	copied = filepath.Join(dir, "ledger.db")
	if l == nil {
		return copied, drop, nil
	}
	if err := l.Backup(ctx, copied); err != nil {
		return "", nil, errors.Join(err, drop())
	}
	return copied, drop, nil
}

func copyOnServer(
	ctx context.Context, l *ledger.Ledger, place string,
) (copied string, drop func() error, err error) {
	schema := fmt.Sprintf("thidua_dry_run_%d", os.Getpid())
	dropSchema, err := l.CopyOnServer(ctx, schema)
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrNoCopy, err)
	}
	drop = func() error {
		if err := dropSchema(context.WithoutCancel(ctx)); err != nil {
			return fmt.Errorf("dropping schema %s: %w", schema, err)
		}
		return nil
	}
	if copied, err = ledger.InSchema(place, schema); err != nil {
		return "", nil, errors.Join(err, drop())
	}
	return copied, drop, nil
}

// Close throws the copy away.
func (r *Rehearsal) Close() error { return errors.Join(r.ledger.Close(), r.drop()) }

// Draft is a letter that a real pass would send.
type Draft struct {
	To      []string
	Subject string
	Raw     []byte // the mail
}

// Make makes a pass on the copy and returns the letters that wait in it.
func (r *Rehearsal) Make(
	ctx context.Context, p *plan.Plan, s Settings, source mailbox.Source,
) (Report, []Draft, error) {
	s.Redial = nil // that mailbox would move
	report, err := New(p, r.ledger, r.clock, s).Prepare(ctx, unmoved{source})
	if err != nil {
		return report, nil, err
	}
	letters, err := r.ledger.Outbox().Letters(ctx)
	if err != nil {
		return report, nil, err
	}
	var out []Draft
	for _, x := range letters {
		if x.State != ledger.Queued {
			continue
		}
		raw, err := r.ledger.Blob(ctx, x.SHA256)
		if err != nil {
			return report, nil, err
		}
		out = append(out, Draft{To: x.To, Subject: x.Subject, Raw: raw})
	}
	return report, out, nil
}

// unmoved is a mailbox that is only looked at.
type unmoved struct{ mailbox.Source }

// Move leaves mail where it is.
func (unmoved) Move(context.Context, []mailbox.Key, string) error { return nil }
