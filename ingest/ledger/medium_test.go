package ledger

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/templates/calendar/calendartest"
)

func bigMail(uid uint32) Intake {
	raw := append([]byte("Subject: big\r\n\r\n"), make([]byte, 300<<10)...)
	raw[20] = byte(uid)
	return Intake{Place: Place{"INBOX", 1, uid}, Raw: raw, Message: submission.Message{Outcome: submission.MailLeft,
		From: "a@x.example", Received: time.Unix(1, 0).UTC()}}
}

// A full disk is an error that says so; what was there stays, nothing half-done is left, and with
// room again the same step succeeds.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := Open(t.Context(), path, calendartest.Fixed(time.Unix(1e9, 0)))
	must(t, err)
	defer l.Close()
	l.db.SetMaxOpenConns(1) // the limit is the connection's
	_, err = l.Inbox().Take(t.Context(), []Intake{bigMail(1)})
	must(t, err)
	var pages int
	must(t, l.db.QueryRow(`PRAGMA page_count`).Scan(&pages))
	_, err = l.db.Exec(`PRAGMA max_page_count = ` + strconv.Itoa(pages+4))
	must(t, err)
	before := everything(t, l.db)
	if _, err = l.Inbox().Take(t.Context(), []Intake{bigMail(2)}); !errors.Is(err, ErrFull) {
		t.Errorf("error is %v, want %v", err, ErrFull)
	}
	if everything(t, l.db) != before {
		t.Error("something was left of the step that failed")
	}
	_, err = l.db.Exec(`PRAGMA max_page_count = 1073741823`)
	must(t, err)
	taken, err := l.Inbox().Take(t.Context(), []Intake{bigMail(2)})
	must(t, err)
	if !taken[0].New {
		t.Error("not taken once there was room again")
	}
	sound(t, l)
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := Open(t.Context(), path, calendartest.Fixed(time.Unix(1e9, 0)))
	must(t, err)
	defer l.Close()
	l.db.SetMaxOpenConns(1)
	_, err = l.db.Exec(`PRAGMA busy_timeout = 50`)
	must(t, err)
	other, err := sql.Open("sqlite", dataSource(path))
	must(t, err)
	defer other.Close()
	tx, err := other.Begin() // takes the lock of a writer at once
	must(t, err)
	if _, err = l.Inbox().Take(t.Context(), []Intake{bigMail(1)}); !errors.Is(err, ErrBusy) {
		t.Errorf("error is %v, want %v", err, ErrBusy)
	}
	must(t, tx.Rollback())
	_, err = l.Inbox().Take(t.Context(), []Intake{bigMail(1)})
	must(t, err)
	sound(t, l)
}

// A ledger whose folder is missing, a file that is none, and one that was cut: each is said to be
// what it is.
func TestNoLedger(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "letter.db"), []byte(strings.Repeat("Kính gửi Phòng Nội vụ. ", 500)),
		0o600))
	l, err := Open(t.Context(), filepath.Join(dir, "whole.db"), calendartest.Fixed(time.Unix(1e9, 0)))
	must(t, err)
	_, err = l.Inbox().Take(t.Context(), []Intake{bigMail(1)})
	must(t, errors.Join(err, l.Close()))
	whole, err := os.ReadFile(filepath.Join(dir, "whole.db"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "cut.db"), whole[:len(whole)/4], 0o600))
	for name, want := range map[string]error{"missing/ledger.db": ErrReadOnly, "letter.db": ErrDamaged,
		"cut.db": ErrDamaged} {
		l, err := Open(t.Context(), filepath.Join(dir, name), calendartest.Fixed(time.Unix(1e9, 0)))
		if err == nil {
			_, err = l.Chain().Verify(t.Context())
			_ = l.Close()
		}
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := Open(t.Context(), path, calendartest.Fixed(time.Unix(1e9, 0)))
	must(t, err)
	defer l.Close()
	l.db.SetMaxOpenConns(1)
	_, err = l.db.Exec(`PRAGMA query_only = 1`) // permissions mean nothing to root
	must(t, err)
	if _, err = l.Inbox().Take(t.Context(), []Intake{bigMail(1)}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("error is %v, want %v", err, ErrReadOnly)
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "such", "folder", "ledger.db"),
		calendartest.Fixed(time.Unix(1e9, 0))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a ledger in a folder that is not there: %v", err)
	}
}

// A backup made while the ledger is written to is whole and sound, and never replaces a file.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	l, err := Open(t.Context(), filepath.Join(dir, "ledger.db"), calendartest.Fixed(time.Unix(1e9, 0)))
	must(t, err)
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	written := make(chan int)
	go func() {
		n := uint32(0)
		for ; ctx.Err() == nil; n++ {
			if _, err := l.Inbox().Take(context.WithoutCancel(ctx), []Intake{bigMail(n + 1)}); err != nil {
				t.Error(err)
				break
			}
			if n == 3 {
				written <- 0
			}
		}
		written <- int(n)
	}()
	<-written
	copied := filepath.Join(dir, "copy.db")
	must(t, l.Backup(t.Context(), copied))
	if err := l.Backup(t.Context(), copied); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	stop()
	<-written
	b, err := Open(t.Context(), copied, calendartest.Fixed(time.Unix(1e9, 0)))
	must(t, err)
	defer b.Close()
	sound(t, b)
	c, err := b.Counts(t.Context())
	must(t, err)
	if c.Messages < 3 {
		t.Errorf("the copy holds %d mails", c.Messages)
	}
	info, err := os.Stat(copied)
	must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the copy has mode %v: it holds people's data", info.Mode())
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.part*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func sound(t *testing.T, l *Ledger) {
	t.Helper()
	problems, err := l.Chain().Verify(t.Context())
	must(t, err)
	if problems != nil {
		t.Error(problems)
	}
}
