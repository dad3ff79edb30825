package ledger_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"thidua/ingest/ledger"
	"thidua/templates/calendar/calendartest"
)

// What a ledger holds proves itself: every event is bound to the one before.
func Example() {
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	l, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"), calendartest.Fixed(time.Unix(1e9, 0)))
	if err != nil {
		panic(err)
	}
	defer l.Close()
	faults, err := l.Chain().Verify(ctx)
	fmt.Println(len(faults), err)
	// Output: 0 <nil>
}
