//go:build !unix

package pass

import "time"

// processorTime is not known here; the time of the day bounds as well.
func processorTime() time.Duration { return time.Duration(time.Now().UnixNano()) }
