package vitals_test

import (
	"testing"
	"time"

	"thidua/cmd/vitals"
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// A wrong password is tried three times, then once an hour; a new password at once. Each process
// knows what the one before it met.
func TestAWrongPasswordIsNotTriedAgainAndAgain(t *testing.T) {
	start := time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC)
	c, dir, tries := &clock{start}, t.TempDir(), 0
	for range 24 * 4 { // a day, by a timer of a quarter of an hour
		r := vitals.New(dir, c)
		if r.NextTry("imap", start.Add(-time.Hour)).IsZero() {
			tries++
			if err := r.Login("imap", true); err != nil {
				t.Fatal(err)
			}
		}
		c.now = c.now.Add(15 * time.Minute)
	}
	if tries > 3+24 || tries < 3+22 {
		t.Errorf("%d tries in a day", tries)
	}
	r := vitals.New(dir, c)
	if err := r.Login("imap", true); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(time.Minute)
	if r.NextTry("imap", start).IsZero() {
		t.Error("the old password is tried again at once")
	}
	if !r.NextTry("smtp", start).IsZero() {
		t.Error("another server has to wait")
	}
	if !r.NextTry("imap", c.now).IsZero() {
		t.Error("a new password has to wait")
	}
	if err := r.Login("imap", false); err != nil || !r.NextTry("imap", start).IsZero() {
		t.Error("a login that succeeded is not the end of it", err)
	}
}

func TestPasses(t *testing.T) {
	start := time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC)
	c := &clock{start}
	r := vitals.New(t.TempDir(), c)
	for i, problem := range []string{"", "line broke", "line broke", ""} {
		c.now = start.Add(time.Duration(i) * time.Hour)
		if err := r.Passed(problem); err != nil {
			t.Fatal(err)
		}
		s, err := r.Read()
		if err != nil || s.Problem != problem || s.Failed.IsZero() != (problem == "") {
			t.Errorf("after pass %d: %+v, %v", i, s, err)
		}
		if want := []int{0, 0, 0, 3}[i]; !s.Good.Equal(start.Add(time.Duration(want) * time.Hour)) {
			t.Errorf("after pass %d: the last good one was at %v", i, s.Good)
		}
	}
}
