package pass

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/templates/calendar"
	"thidua/templates/calendar/calendartest"
)

// A pass is made alone; what a dead process of this machine held is taken over at once, what
// another machine holds is respected.
func TestLease(t *testing.T) {
	now := time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone)
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), calendartest.Fixed(now))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	host, _, _ := strings.Cut(ProcessName(), "/")
	for _, c := range []struct {
		holder string
		want   error
	}{
		{"", nil},
		{host + "/999999999", nil},
		{"elsewhere/1", ErrTaken},
		{fmt.Sprint(host, "/", os.Getppid()), ErrTaken},
	} {
		if c.holder != "" {
			if ok, err := l.Leases().Hold(t.Context(), leaseName, c.holder, time.Minute); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		ran := false
		work := func(context.Context) error { ran = true; return nil }
		if err := NewLease(l, ProcessName()).Hold(t.Context(), work); !errors.Is(err, c.want) {
			t.Errorf("held by %q: %v, want %v", c.holder, err, c.want)
		}
		if ran != (c.want == nil) {
			t.Errorf("held by %q: ran: %v", c.holder, ran)
		}
		if err := l.Leases().Release(t.Context(), leaseName, c.holder); err != nil {
			t.Fatal(err)
		}
	}
	if held, err := l.Leases().Holder(t.Context(), leaseName); held != "" || err != nil {
		t.Errorf("left held by %q (%v)", held, err)
	}
}
