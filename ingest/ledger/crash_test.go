package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"thidua/ingest/submission"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/form"
)

var errCrash = errors.New("crash")

// fault ends the work at the n-th thing asked of the database, and everything after it.
type fault struct {
	armed bool
	left  int    // things that still go through
	hit   func() // what happens then; the thing itself fails when the fault is deadly
	fired bool
}

func (f *fault) step() error {
	if !f.armed {
		return nil
	}
	if f.left--; f.left >= 0 {
		return nil
	}
	if !f.fired {
		f.fired = true
		if f.hit != nil {
			f.hit()
		}
	}
	if f.hit == nil {
		return errCrash
	}
	return nil
}

// faultyConn passes everything on to a connection of the real driver.
type faultyConn struct {
	driver.Conn
	fault *fault
}

type faultyDriver struct {
	real  driver.Driver
	dsn   string
	fault *fault
}

func (d faultyDriver) Driver() driver.Driver { return d.real }

func (d faultyDriver) Connect(context.Context) (driver.Conn, error) {
	c, err := d.real.Open(d.dsn)
	return &faultyConn{c, d.fault}, err
}

func (c *faultyConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if err := c.fault.step(); err != nil {
		return nil, err
	}
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	return faultyStmt{s, c.fault}, err
}

func (c *faultyConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.fault.step(); err != nil {
		return nil, err
	}
	t, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
	return faultyTx{t, c.fault}, err
}

type faultyStmt struct {
	driver.Stmt
	fault *fault
}

func (s faultyStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.fault.step(); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (s faultyStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.fault.step(); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

type faultyTx struct {
	driver.Tx
	fault *fault
}

// Commit may fail before or after it has taken effect.
func (t faultyTx) Commit() error {
	if err := t.fault.step(); err != nil {
		return errors.Join(err, t.Rollback())
	}
	if err := t.Tx.Commit(); err != nil {
		return err
	}
	return t.fault.step()
}

// year is what a pass does, step by step.
func year() []struct {
	name string
	do   func(context.Context, *Ledger) error
} {
	mail := func(uid uint32, outcome submission.Outcome) Intake {
		raw := fmt.Appendf(nil, "Subject: %d\r\n\r\nbody", uid)
		in := Intake{Place: Place{"INBOX", 1, uid}, Raw: raw, Move: "Đã tiếp nhận",
			Message: submission.Message{MessageID: "", From: "a@x.example", Received: time.Unix(int64(uid), 0).UTC(),
				Outcome: outcome}}
		if outcome == submission.MailAccepted {
			file := fmt.Appendf(nil, "file %d", uid)
			in.Attachments = []Attachment{{"a.xlsx", hexSum(file), file}}
			in.Submissions = []submission.Submission{{ID: fmt.Sprint("TN-", uid), File: "a.xlsx", SHA256: hexSum(file),
				State:    submission.Accepted,
				Received: in.Message.Received,
				Repairs:  []form.Repair{{Sheet: "S", Cell: "A1", Was: "a ", Now: "a", Rule: "spaces"}}}}
		}
		return in
	}
	letter := func(id string) Letter {
		return Letter{ID: id, From: "o@x.example", To: []string{"a@x.example", "b@x.example"}, MessageID: id + "@x",
			Raw: []byte(id)}
	}
	mails := []Intake{mail(1, submission.MailAccepted), mail(2, submission.MailHeld), mail(3, submission.MailAccepted)}
	copied := mails[0]
	copied.Place.UID = 9
	mails = append(mails, copied)
	return []struct {
		name string
		do   func(context.Context, *Ledger) error
	}{
		{"take", func(ctx context.Context, l *Ledger) error { _, err := l.Inbox().Take(ctx, mails); return err }},
		{"moved", func(ctx context.Context, l *Ledger) error {
			return l.Inbox().Moved(ctx, []Place{mails[0].Place, mails[1].Place, copied.Place})
		}},
		{"acknowledge", func(ctx context.Context, l *Ledger) error {
			return l.Inbox().Acknowledge(ctx, hexSum(mails[0].Raw), []Letter{letter("receipt"), letter("notice")})
		}},
		{"issue", func(ctx context.Context, l *Ledger) error {
			return l.Runs().Issue(ctx, Run{Key: "k", Report: "r"}, []Document{{"a", []byte("a")}, {"b", []byte("b")}},
				[]Letter{letter("paper")})
		}},
		{"claim", func(ctx context.Context, l *Ledger) error {
			_,
				err := l.Outbox().Claim(ctx, 9, time.Hour)
			return err
		}},
		{"delivered", func(ctx context.Context, l *Ledger) error {
			_, err := l.Outbox().Delivered(ctx,
				Result{"paper", 1, []Verdict{{"a@x.example", Delivered, 250, "OK"},
					{"b@x.example", Later, 451, "busy"}}})
			return err
		}},
	}
}

// Every step, broken off at every single thing it asks of the database, leaves the ledger as it was
// before or as it is after; and repeating a step that was done changes nothing.
func TestBrokenOffAnywhere(t *testing.T) {
	for name, cancels := range map[string]bool{"the process dies": false, "the context ends": true} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			real, _, err := openSQLite(path)
			must(t, err)
			defer real.Close()
			f := &fault{}
			db := sql.OpenDB(faultyDriver{real.Driver(), dataSource(path), f})
			l, err := start(t.Context(), db, dialect{migrations: goose.DialectSQLite3, guards: sqliteGuards()},
				calendartest.Fixed(time.Unix(1e9, 0)))
			must(t, err)
			defer l.Close()
			for _, step := range year() {
				breaks := 0
				for n := 0; ; n++ {
					before := everything(t, real)
					ctx, cancel := context.WithCancel(t.Context())
					*f = fault{armed: true, left: n}
					if cancels {
						f.hit = cancel
					}
					err := step.do(ctx, l)
					fired := f.fired
					*f = fault{}
					cancel()
					after := everything(t, real)
					if !fired {
						must(t, err)
						break
					}
					breaks++
					if after == before {
						if err == nil {
							t.Fatalf("%s broken off at %d: nothing done and no error", step.name, n)
						}
						continue
					}
					must(t, step.do(t.Context(), l))
					if again := everything(t, real); again != after {
						t.Fatalf("%s broken off at %d: repeating it changed what was done:\n%s\n%s", step.name, n,
							after, again)
					}
					break
				}
				if breaks < 4 {
					t.Errorf("%s was broken off only %d times", step.name, breaks)
				}
				problems, err := l.Chain().Verify(t.Context())
				must(t, err)
				if problems != nil {
					t.Fatalf("after %s: %v", step.name, problems)
				}
			}
		})
	}
}

// everything is all rows of all tables.
func everything(t *testing.T, db *sql.DB) string {
	t.Helper()
	var out string
	for _, table := range []string{"blob", "message", "place", "attachment", "submission", "finding", "repair",
		"receipt", "run", "document", "letter", "recipient", "delivery", "event"} {
		rows, err := db.Query("SELECT * FROM " + table + " ORDER BY 1, 2")
		must(t, err)
		columns, err := rows.Columns()
		must(t, err)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			must(t, rows.Scan(values...))
			out += table
			for _, v := range values {
				out += fmt.Sprintf("|%v", *v.(*any))
			}
			out += "\n"
		}
		must(t, rows.Err())
	}
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
