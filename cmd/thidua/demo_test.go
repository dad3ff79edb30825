package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/screen"
	"thidua/templates/wording"
)

// The demo plays the years of the plan on the real post office, here the first one (.ci/run plays
// all). It checks itself that one more pass changes nothing, that the ledger is whole and that
// every mail is accounted for; here the numbers it prints are added up again, and the folder it
// leaves is what later commands work on.
func TestDemoAddsUp(t *testing.T) {
	if testing.Short() {
		t.Skip("short: plays a whole year")
	}
	dir := filepath.Join(t.TempDir(), "demo")
	run := func(args ...string) (code int, out string) {
		var stdout, stderr bytes.Buffer
		now := func() time.Time { return time.Date(2019, 2, 1, 1, 0, 0, 0, time.UTC) }
		a := newApp(screen.New(strings.NewReader(""), &stdout, &stderr), now, emptyEnvironment)
		code = a.run(context.Background(), args)
		if code != exit.Done {
			t.Errorf("thidua %s: exit code %d\n%s", strings.Join(args, " "), code, stderr.String())
		}
		return code, stdout.String()
	}
	code, out := run("demo", "--years", "2018", "--out", dir)
	if code != exit.Done {
		return
	}
	// the number in the first row after a place that the catalogue labels so
	number := func(key string, after int) (n, end int) {
		t.Helper()
		row := regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(wording.Text(key)) + ` +(\d+)$`)
		at := row.FindStringSubmatchIndex(out[after:])
		if at == nil {
			t.Fatalf("no row %s in\n%s", key, out)
		}
		n, err := strconv.Atoi(out[after+at[2] : after+at[3]])
		if err != nil {
			t.Fatal(err)
		}
		return n, after + at[1]
	}
	sum := func(whole string, parts ...string) int {
		t.Helper()
		all, at := number(whole, 0)
		rest := all
		for _, key := range parts {
			var n int
			n, at = number(key, at)
			rest -= n
		}
		if rest != 0 || all == 0 {
			t.Errorf("%s: %d, of which %d are not accounted for", whole, all, rest)
		}
		return all
	}
	mails := sum("demo.row.in", "demo.row.accepted", "demo.row.tofix", "demo.row.held", "demo.row.left",
		"demo.row.duplicates")
	sum("demo.row.rows", "demo.row.rowsaccepted", "demo.row.rowstofix", "demo.row.rowsignored")
	papers, _ := number("demo.row.papers", 0)
	sent, _ := number("demo.row.sent", 0)
	count := func(pattern string) int {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	if got := count("mail/in/*.eml"); got != mails {
		t.Errorf("%d mails went in, %d are in the folder", mails, got)
	}
	if got := count("mail/out/*.eml"); got != sent {
		t.Errorf("%d letters went out, %d are in the folder", sent, got)
	}
	if got := count("papers/*/*/*"); got != papers {
		t.Errorf("%d papers were made, %d are in the folder", papers, got)
	}

	everyoneSeesOnlyHisOwn(t, dir)
	everyLetterSaysTheSameTwice(t, dir)

	config := filepath.Join(dir, config.FileName)
	for _, args := range [][]string{
		{"doctor", "--config", config}, {"status", "--config", config, "--period", "2018"},
		{"evaluate", "--config", config, "--period", "2018", "--json"},
		{"explain", "--config", config, "--period", "2018", "Tân Thịnh"},
	} {
		if _, out := run(args...); out == "" {
			t.Errorf("thidua %s says nothing", strings.Join(args, " "))
		}
	}
	checkSummary(t, filepath.Join(dir, "ledger.db"), time.Date(2019, 2, 1, 1, 0, 0, 0, time.UTC))
	if b, err := os.ReadFile(config); err != nil || !strings.HasPrefix(string(b), "# thidua demo\n") {
		t.Errorf("%s: %v", config, err)
	}
}
