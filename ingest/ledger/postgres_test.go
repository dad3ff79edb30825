package ledger_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/templates/calendar"
	"thidua/templates/calendar/calendartest"
)

var schemas atomic.Int64

// postgres makes an empty schema on the server that THIDUA_TEST_POSTGRES names (.ci/postgres starts
// one) and returns its URL.
func postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("THIDUA_TEST_POSTGRES")
	if server == "" {
		t.Skip("THIDUA_TEST_POSTGRES names no server")
	}
	db, err := sql.Open("pgx", server)
	must(t, err)
	name := fmt.Sprintf("t%d_%d", os.Getpid(), schemas.Add(1))
	_, err = db.Exec("CREATE SCHEMA " + name)
	must(t, err)
	t.Cleanup(func() {
		_, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+name+" CASCADE")
		must(t, err)
		must(t, db.Close())
	})
	u, err := url.Parse(server)
	must(t, err)
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestPostgres(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledgertest.Open {
		place := postgres(t)
		return func(clock calendar.Clock) (*ledger.Ledger, error) { return ledger.Open(t.Context(), place, clock) }
	})
}

// The server refuses to change or delete facts, whoever asks.
func TestPostgresKeepsFacts(t *testing.T) {
	place := postgres(t)
	l, err := ledger.Open(t.Context(), place, calendartest.Fixed(ledgertest.Start))
	must(t, err)
	defer l.Close()
	_, err = l.Inbox().Take(t.Context(), []ledger.Intake{ledgertest.Mail(0)})
	must(t, err)
	db, err := sql.Open("pgx", place)
	must(t, err)
	defer db.Close()
	for _, statement := range []string{
		"UPDATE blob SET bytes = ''", "DELETE FROM message", "UPDATE event SET actor = 'x'", "DELETE FROM place",
		"TRUNCATE finding", "TRUNCATE event",
		"UPDATE submission SET state = 'accepted'",
	} {
		if _, err := db.Exec(statement); err == nil {
			t.Errorf("%s was allowed", statement)
		}
	}
	ledgertest.Sound(t, l)
}

// Whatever text mail brings comes back as it was, though PostgreSQL holds neither zero bytes nor
// broken UTF-8.
func TestPostgresHoldsAnyText(t *testing.T) {
	place := postgres(t)
	l, err := ledger.Open(t.Context(), place, calendartest.Fixed(ledgertest.Start))
	must(t, err)
	defer l.Close()
	n := uint32(0)
	rapid.Check(t, func(t *rapid.T) {
		n++
		subject := string(rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\x00\xef\xbf\xbf=a0"))), 0,
			40).Draw(t, "subject"))
		in := ledgertest.MailWith(int(n), fmt.Sprintf("%d@any.example", n), fmt.Sprint(n))
		in.Place.UID, in.Message.Subject = n, subject
		if _, err := l.Inbox().Take(context.Background(), []ledger.Intake{in}); err != nil {
			t.Fatal(err)
		}
		all, err := l.Inbox().Messages(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.ID == in.Message.ID && m.Subject != subject {
				t.Fatalf("%q came back as %q", subject, m.Subject)
			}
		}
	})
	ledgertest.Sound(t, l)
}

// A copy on the server is the ledger as it was, changes without it, and leaves nothing behind.
func TestPostgresCopy(t *testing.T) {
	place := postgres(t)
	clock := &ledgertest.Clock{Time: ledgertest.Start}
	l, err := ledger.Open(t.Context(), place, clock)
	must(t, err)
	defer l.Close()
	_, err = l.Inbox().Take(t.Context(), []ledger.Intake{ledgertest.Mail(0), ledgertest.Mail(1)})
	must(t, err)
	schema := fmt.Sprintf("copy_%d", os.Getpid())
	drop, err := l.CopyOnServer(t.Context(), schema)
	must(t, err)
	at, err := ledger.InSchema(place, schema)
	must(t, err)
	twin, err := ledger.Open(t.Context(), at, clock)
	must(t, err)
	_, err = twin.Inbox().Take(t.Context(), []ledger.Intake{ledgertest.Mail(1), ledgertest.Mail(2)})
	must(t, err)
	ledgertest.Sound(t, twin)
	for x, want := range map[*ledger.Ledger]int{l: 2, twin: 3} {
		if n, err := x.Counts(t.Context()); err != nil || n.Messages != want {
			t.Errorf("%d mails, want %d (%v)", n.Messages, want, err)
		}
	}
	must(t, twin.Close())
	must(t, drop(t.Context()))
	if drop, err = l.CopyOnServer(t.Context(), schema); err != nil {
		t.Errorf("something was left of the copy: %v", err)
	} else {
		must(t, drop(t.Context()))
	}
}
