// Package calendartest has the clock of tests.
package calendartest

import "time"

// Fixed is a calendar.Clock that has stopped.
type Fixed time.Time

// Now returns the same instant every time.
func (f Fixed) Now() time.Time { return time.Time(f) }
