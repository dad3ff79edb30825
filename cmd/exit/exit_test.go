package exit_test

import (
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"thidua/cmd/exit"
	"thidua/ingest/ledger"
)

// Trouble with the medium is told in Vietnamese with what to do, and has its exit code.
func TestMediumTroubles(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		say  string
	}{
		{ledger.ErrFull, exit.Failure, "đã đầy"},
		{ledger.ErrReadOnly, exit.Failure, "quyền ghi"},
		{ledger.ErrBusy, exit.Later, "chạy lại sau"},
		{ledger.ErrDamaged, exit.Failure, "thidua restore"},
		{ledger.ErrNewer, exit.Failure, "phiên bản mới hơn"},
		{ledger.ErrCollation, exit.Invalid, "CREATE DATABASE"},
		{ledger.ErrAway, exit.Later, "PostgreSQL"},
		{ledger.ErrLogin, exit.Invalid, "tệp mật khẩu"},
		{syscall.ENOSPC, exit.Failure, "đã đầy"},
		{fs.ErrPermission, exit.Failure, "quyền"},
		{fs.ErrNotExist, exit.Failure, "đường dẫn"},
	} {
		text, code := exit.Describe(fmt.Errorf("committing 3 mails: %w: details", c.err))
		if code != c.code || !strings.Contains(text, c.say) || !strings.Contains(text, "committing 3 mails") {
			t.Errorf("%v: exit code %d: %s", c.err, code, text)
		}
	}
}
