package pdf_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// Papers are garbage as soon as a test is through with them, and little is kept: collecting less
// often saves a sixth of the time and more.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
