package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"thidua/cmd/exit"
	"thidua/cmd/show"
)

// Saved mails are judged by the moment their server took them in, in that order whatever the files
// are called; a moment that the caller gives counts for all of them (Plan III.4).
func TestIngest_SavedMailsKeepTheirTimeOfReceipt(t *testing.T) {
	scenarios, err := filepath.Abs("../../samples/scenarios")
	if err != nil {
		t.Fatal(err)
	}
	timings := func(want map[string]string) {
		t.Helper()
		var got show.Status
		if err := json.Unmarshal([]byte(must(t, exit.Done, "status", "--period", "2018", "--json")), &got); err != nil {
			t.Fatal(err)
		}
		for _, row := range got.Matrix {
			if w, ok := want[row.Unit]; ok && row.Registration.State+" "+string(row.Registration.Timing) != w {
				t.Errorf("%s: %s %s, want %s", row.Unit, row.Registration.State, row.Registration.Timing, w)
			}
		}
	}

	t.Chdir(t.TempDir())
	must(t, exit.Done, "ingest", filepath.Join(scenarios, "04-the-last-second/in"))
	timings(map[string]string{"05452": "accepted on-time", "05455": "accepted on-the-day",
		"05458": "accepted on-the-day", "05461": "accepted late"})

	t.Chdir(t.TempDir())
	// the faulty first version last by name
	for from, to := range map[string]string{"01-dang-ky": "c", "02-sua-lan-1": "b", "03-sua-lan-2": "a"} {
		b, err := os.ReadFile(filepath.Join(scenarios, "03-corrected-by-reply/in", from+".eml"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+".eml", b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must(t, exit.Held, "ingest", ".")
	timings(map[string]string{"05452": "accepted on-time"})

	t.Chdir(t.TempDir())
	must(t, exit.Done, "ingest", filepath.Join(scenarios, "04-the-last-second/in"), "--at", "2018-03-12T08:00")
	timings(map[string]string{"05452": "accepted late", "05455": "accepted late"})
}
