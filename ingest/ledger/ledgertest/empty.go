package ledgertest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"thidua/ingest/ledger"
	"thidua/templates/calendar/calendartest"
)

// Empty returns the path of an empty ledger of the test's own. It is a copy of one made once:
// making the tables takes longer than most tests.
func Empty(t testing.TB) string {
	t.Helper()
	b, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "thidua-ledger-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "ledger.db")
	l, err := ledger.Open(context.Background(), path, calendartest.Fixed(Start))
	if err != nil {
		return nil, err
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
