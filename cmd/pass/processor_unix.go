//go:build unix

package pass

import (
	"syscall"
	"time"
)

// processorTime is what the program has used of the processors so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0 // then nothing is bounded by time
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
