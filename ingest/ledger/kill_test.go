package ledger_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/templates/calendar/calendartest"
)

const killMails = 120

// TestMain lets the test program run itself as the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("THIDUA_TEST_KILL"); dir != "" {
		if err := wholeYear(context.Background(), dir); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		fmt.Println("done")
		os.Exit(0)
	}
	debug.SetGCPercent(400) // each test has a ledger, which is garbage when the test ends
	os.Exit(m.Run())
}

// wholeYear takes in all mails in small batches, answers them and sends the answers; a letter is
// sent by writing its ID into a file. It does whatever is left to do, as every step of the program
// does.
func wholeYear(ctx context.Context, dir string) error {
	l, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"), calendartest.Fixed(ledgertest.Start))
	if err != nil {
		return err
	}
	defer l.Close()
	fmt.Println("open")
	for n := 0; n < killMails; n += 8 {
		var batch []ledger.Intake
		for i := range 8 {
			batch = append(batch, ledgertest.Mail(n+i))
		}
		if _, err := l.Inbox().Take(ctx, batch); err != nil {
			return err
		}
	}
	waiting, err := l.Inbox().Unacknowledged(ctx)
	if err != nil {
		return err
	}
	for _, a := range waiting {
		if err := l.Inbox().Acknowledge(ctx, a.Message.ID,
			[]ledger.Letter{ledgertest.Letter("receipt-"+a.Message.ID, a.Message.From)}); err != nil {
			return err
		}
	}
	server, err := os.OpenFile(filepath.Join(dir, "sent"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer server.Close()
	for {
		// No time passes here: a lease of nothing lets the next process take over at once.
		out, err := l.Outbox().Claim(ctx, 1, 0)
		if err != nil || len(out) == 0 {
			return err
		}
		if _, err := server.WriteString(out[0].ID + "\n"); err != nil {
			return err
		}
		if _, err := l.Outbox().Delivered(ctx, ledger.Result{Letter: out[0].ID, Claim: out[0].Claim,
			Verdicts: []ledger.Verdict{{Addr: out[0].To[0], Outcome: ledger.Delivered, Code: 250}}}); err != nil {
			return err
		}
	}
}

// A process killed at any moment loses nothing; each kill repeats at most the one letter that was
// on its way.
func TestKilledAnyTime(t *testing.T) {
	if testing.Short() {
		t.Skip("short: runs child processes")
	}
	dir := t.TempDir()
	kills := 0
	for after := 2 * time.Millisecond; ; after += 9 * time.Millisecond {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "THIDUA_TEST_KILL="+dir)
		out, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		lines := bufio.NewScanner(out)
		lines.Scan() // it has opened the ledger, or failed
		timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
		last := lines.Text()
		for lines.Scan() {
			last = lines.Text()
		}
		timer.Stop()
		_ = c.Wait() // killed, or done as its last line says
		if strings.HasPrefix(last, "failed") {
			t.Fatal(last)
		}
		l, err := ledger.Open(t.Context(), filepath.Join(dir, "ledger.db"), calendartest.Fixed(ledgertest.Start))
		must(t, err)
		ledgertest.Sound(t, l)
		must(t, l.Close())
		if last == "done" {
			break
		}
		kills++
	}
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "ledger.db"), calendartest.Fixed(ledgertest.Start))
	must(t, err)
	defer l.Close()
	letters, err := l.Outbox().Letters(t.Context())
	must(t, err)
	counts, err := l.Counts(t.Context())
	must(t, err)
	if counts.Messages != killMails || counts.Duplicates != 0 || counts.Unanswered != 0 ||
		counts.Sent != len(letters) || counts.Submissions != len(letters) {
		t.Errorf("%+v", counts)
	}
	text, err := os.ReadFile(filepath.Join(dir, "sent"))
	must(t, err)
	sent := map[string]int{}
	for _, id := range strings.Fields(string(text)) {
		sent[id]++
	}
	repeated := 0
	for _, letter := range letters {
		if sent[letter.ID] == 0 {
			t.Errorf("%s never left", letter.ID)
		}
		repeated += sent[letter.ID] - 1
		if sent[letter.ID] > letter.Claims {
			t.Errorf("%s left %d times in %d claims", letter.ID, sent[letter.ID], letter.Claims)
		}
	}
	if repeated > kills {
		t.Errorf("%d letters repeated in %d kills", repeated, kills)
	}
	t.Logf("%d kills, %d letters, %d repeated", kills, len(letters), repeated)
}

// The cost of a commit is shared by the mails of a batch.
func BenchmarkTake(b *testing.B) {
	const mails = 500
	var all []ledger.Intake
	for n := range mails {
		all = append(all, ledgertest.Mail(n))
	}
	for _, size := range []int{1, 50} {
		b.Run(fmt.Sprintf("batches of %d", size), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				l, err := ledger.Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"),
					calendartest.Fixed(ledgertest.Start))
				must(b, err)
				b.StartTimer()
				for n := 0; n < mails; n += size {
					_, err := l.Inbox().Take(b.Context(), all[n:n+size])
					must(b, err)
				}
				b.StopTimer()
				must(b, l.Close())
				b.StartTimer()
			}
			b.ReportMetric(mails*float64(b.N)/b.Elapsed().Seconds(), "mails/s")
		})
	}
}
