package calendar

import "time"

// Clock tells the time at the edges of the program. Pure code takes an instant as a value instead.
type Clock interface{ Now() time.Time }

// ClockFunc makes a Clock of a function such as time.Now.
type ClockFunc func() time.Time

// Now returns what the function returns.
func (f ClockFunc) Now() time.Time { return f() }

// Fixed is a Clock that has stopped, for repeating a past run and for tests.
type Fixed time.Time

// Now returns the same instant every time.
func (f Fixed) Now() time.Time { return time.Time(f) }
