package calendar

import "time"

// Clock tells the time at the edges of the program. Pure code takes an instant as a value instead.
type Clock interface{ Now() time.Time }
