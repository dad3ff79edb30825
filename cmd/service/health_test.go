package service

import (
	"errors"
	"strings"
	"testing"
	"time"

	"thidua/templates/calendar"
)

func TestHealth(t *testing.T) {
	now := time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone)
	h := newHealth(clockFunc(func() time.Time { return now }))
	h.fail(errors.New("connection refused"))
	if h.complaint() != "" {
		t.Error("unwell at once")
	}
	now = now.Add(patience + time.Second)
	h.fail(errors.New("connection refused for a@b.example"))
	if got := h.complaint(); !strings.Contains(got, "connection refused") || strings.Contains(got, "a@b") {
		t.Errorf("after a quarter of an hour: %q", got)
	}
	h.succeed(h.begin())
	if got := h.complaint(); got != "" {
		t.Errorf("after a good pass: %q", got)
	}
	h.begin()
	now = now.Add(longestPass + time.Second)
	if h.complaint() == "" {
		t.Error("a pass that never ends is well")
	}
}

// clockFunc is a clock that a test sets.
type clockFunc func() time.Time

func (f clockFunc) Now() time.Time { return f() }
