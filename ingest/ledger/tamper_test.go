package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/submission"
	"thidua/templates/calendar/calendartest"
)

// filled is a ledger with something of everything in it.
func filled(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	ctx := t.Context()
	l, err := ledger.Open(ctx, path, calendartest.Fixed(ledgertest.Start))
	must(t, err)
	_, err = l.Inbox().Take(ctx, []ledger.Intake{ledgertest.Mail(0), ledgertest.Mail(1), ledgertest.Mail(2)})
	must(t, err)
	must(t, l.Inbox().Acknowledge(ctx, ledgertest.Mail(2).Message.ID,
		[]ledger.Letter{ledgertest.Letter("one", "a@x.example")}))
	must(t, l.Runs().Issue(ctx, ledger.Run{Key: "k"}, []ledger.Document{{Name: "d", Bytes: []byte("paper")}}, nil))
	out, err := l.Outbox().Claim(ctx, 1, 0)
	must(t, err)
	_, err = l.Outbox().Delivered(ctx, ledger.Result{Letter: "one", Claim: out[0].Claim,
		Verdicts: []ledger.Verdict{{Addr: "a@x.example", Outcome: ledger.Delivered}}})
	must(t, err)
	_, err = l.Register().Enter(t.Context(), "2019", []string{"2018/05452-t-1"})
	must(t, err)
	ruling, err := l.Overrides().Add(t.Context(), submission.Override{Kind: submission.Waiver, Period: "2018",
		Unit: "05452", Nominee: "05452-t-1", Criterion: "TT4", Person: "a", Reason: "b"})
	must(t, err)
	must(t, l.Overrides().End(t.Context(), ruling.ID, "a", "c"))
	return l
}

// Somebody with the file and a database tool can change anything. Whatever it is, Verify sees it.
func TestVerifySeesTampering(t *testing.T) {
	for _, c := range []struct {
		name, change string
		fault        ledger.Fault
	}{
		{"a later time of receipt", `UPDATE message SET received = '2018-12-31T00:00:00.000000000Z'
			WHERE subject = 'Hồ sơ 0'`, ledger.ChangedFact},
		{"another outcome", `UPDATE message SET outcome = 'left' WHERE subject = 'Hồ sơ 0'`, ledger.ChangedFact},
		{"a name in a dossier", `UPDATE submission SET value = replace(value, 'Nguyễn Văn 0', 'Trần Văn 0')
			WHERE state = 'accepted'`, ledger.ChangedFact},
		{"a softened finding", `UPDATE finding SET level = 'info'`, ledger.UnfoundedToFix},
		{"a removed finding", `DELETE FROM finding WHERE n = 2`, ledger.ChangedFact},
		{"a repair put in", `INSERT INTO repair SELECT submission, 2, sheet, cell, was, now, rule FROM repair`,
			ledger.ChangedFact},
		{"accepted by hand", `UPDATE submission SET state = 'accepted'`, ledger.MissingEvent},
		{"rows that do not add up", `PRAGMA ignore_check_constraints = 1; UPDATE submission SET rows_read = 9`,
			ledger.UnbalancedRows},
		{"a removed submission", `DELETE FROM repair; DELETE FROM finding; DELETE FROM submission`,
			ledger.MissingEvent},
		{"another reason of an override", `UPDATE override SET reason = 'z'`, ledger.ChangedFact},
		{"an override that never ended", `DELETE FROM override_end`, ledger.MissingEvent},
		{"another number in the register", `UPDATE register SET n = 7`, ledger.ChangedFact},
		{"an award nobody registered", `INSERT INTO register SELECT 'x', book, 8, at FROM register`,
			ledger.MissingEvent},
		{"a removed mail", `DELETE FROM message`, ledger.OrphanRow},
		{"a mail nobody found", `DELETE FROM place`, ledger.NoPlace},
		{"other bytes", `UPDATE blob SET bytes = x'00' WHERE bytes = x'7061706572'`, ledger.BrokenBlob},
		{"lost bytes", `DELETE FROM blob WHERE bytes = x'7061706572'`, ledger.BrokenBlob},
		{"bytes put in", `INSERT INTO blob VALUES (printf('%064d', 0), x'00')`, ledger.OrphanRow},
		{"a document of another name", `UPDATE document SET name = 'e'`, ledger.ChangedFact},
		{"a run that never was", `INSERT INTO run SELECT 'l', report, period, plan_hash, dataset_hash, as_of, at
			FROM run`, ledger.MissingEvent},
		{"a letter to somebody else", `UPDATE recipient SET addr = 'c@x.example'`, ledger.ChangedFact},
		{"a letter that was not sent", `UPDATE recipient SET state = 'failed'`, ledger.UnsettledLetter},
		{"a letter sent again", `UPDATE letter SET state = 'queued', done_at = ''; UPDATE recipient
			SET state = 'queued'`, ledger.UnsettledLetter},
		{"a letter kept back", `UPDATE letter SET state = 'failed'; UPDATE recipient SET state = 'failed'`,
			ledger.UnsettledLetter},
		{"an answer nobody gave", `INSERT INTO receipt SELECT id, taken_at FROM message WHERE subject = 'Hồ sơ 0'`,
			ledger.MissingEvent},
		{"a removed receipt", `DELETE FROM receipt`, ledger.OrphanRow},
		{"a removed event", `DELETE FROM event WHERE seq = 2`, ledger.BrokenChain},
		{"a changed event", `UPDATE event SET actor = 'nobody' WHERE seq = 2`, ledger.BrokenChain},
		{"an event at the end", `INSERT INTO event SELECT seq + 1, at, actor, what, ref, '', hash, 'x' FROM event
			ORDER BY seq DESC LIMIT 1`, ledger.BrokenChain},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := ledgertest.Empty(t)
			l := filled(t, path)
			defer l.Close()
			ledgertest.Sound(t, l)
			db, err := sql.Open("sqlite", path)
			must(t, err)
			defer db.Close()
			dropGuards(t, db)
			_, err = db.Exec(c.change)
			must(t, err)
			problems, err := l.Chain().Verify(t.Context())
			must(t, err)
			for _, p := range problems {
				if p.Fault == c.fault {
					return
				}
			}
			t.Errorf("want %s, got %v", c.fault, problems)
		})
	}
}

func dropGuards(t *testing.T, db *sql.DB) {
	t.Helper()
	rows, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
	must(t, err)
	var drops []string
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		drops = append(drops, "DROP TRIGGER "+name)
	}
	must(t, rows.Err())
	_, err = db.Exec(strings.Join(drops, ";"))
	must(t, err)
}

// The database itself refuses to change facts.
func TestFactsAreGuarded(t *testing.T) {
	path := ledgertest.Empty(t)
	defer filled(t, path).Close()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	for _, statement := range []string{`UPDATE message SET subject = ''`, `DELETE FROM event`, `UPDATE submission
		SET state = 'accepted'`, `DELETE FROM letter`, `UPDATE register SET n = 9`, `UPDATE override SET reason = 'x'`,
		`DELETE FROM override_end`, `DELETE FROM place`} {
		if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "the ledger does not") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestOpen(t *testing.T) {
	open := func(path string) (*ledger.Ledger, error) {
		return ledger.Open(t.Context(), path, calendartest.Fixed(ledgertest.Start))
	}
	t.Run("what was written is there after opening again, under any name", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "sổ theo dõi #1?%41&mode=ro.db")
		must(t, filled(t, path).Close())
		l, err := open(path)
		must(t, err)
		defer l.Close()
		ledgertest.Sound(t, l)
		counts, err := l.Counts(t.Context())
		must(t, err)
		if counts.Messages != 3 || counts.Sent != 1 || counts.Events == 0 {
			t.Errorf("%+v", counts)
		}
		if found, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.db")); len(found) != 1 || found[0] != path {
			t.Errorf("files: %q", found)
		}
	})
	t.Run("a newer schema is refused", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "ledger.db")
		must(t, filled(t, path).Close())
		db, err := sql.Open("sqlite", path)
		must(t, err)
		_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
		must(t, errors.Join(err, db.Close()))
		if _, err := open(path); !errors.Is(err, ledger.ErrNewer) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a folder that does not exist is our trouble", func(t *testing.T) {
		if _, err := open(filepath.Join(t.TempDir(), "none", "ledger.db")); err == nil {
			t.Error("opened")
		}
	})
	t.Run("several may create it at once", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "ledger.db")
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				l, err := ledger.Open(context.Background(), path, calendartest.Fixed(ledgertest.Start))
				if err != nil {
					t.Error(err)
					return
				}
				defer l.Close()
				if _, err := l.Inbox().Take(context.Background(), []ledger.Intake{ledgertest.Mail(0)}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
