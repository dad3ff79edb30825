package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"thidua/cmd/exit"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// A stage is judged by all of its years: none of them is erased before the time of the stage is
// over.
func TestEndOfRetention(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		now   string
		years int
		want  string
	}{
		{"2020-06-01", 1, "2018-02-27"}, // the plan's first year
		{"2025-12-31", 5, "2018-02-27"},
		{"2026-01-15", 5, "2021-01-15"}, // the stage ended on 31/12/2020
		{"2032-02-29", 10, "2022-02-28"},
	} {
		now, err := time.ParseInLocation("2006-01-02", c.now, calendar.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.DateOf(endOfRetention(p, now,
			c.years)).String(); got > c.want || c.want == "2018-02-27" && got > "2018-03-01" ||
			c.want != "2018-02-27" && got != c.want {
			t.Errorf("%s, %d years: before %s, want %s", c.now, c.years, got, c.want)
		}
	}
}

// The command counts first, erases when told, and leaves a ledger that proves itself and a receipt
// that can still be verified.
func TestErase(t *testing.T) {
	o := newOffice(t, "retention: {years: 5}\n")
	var out bytes.Buffer
	at := storyNow
	run := func(want int, args ...string) string {
		t.Helper()
		out.Reset()
		if code := programAt(at, &out).run(t.Context(), append([]string{"--config", o.config}, args...)); code != want {
			t.Fatalf("%v: exit code %d: %s", args, code, &out)
		}
		return out.String()
	}
	run(exit.Held, "ingest", "../../samples/scenarios/02-missing-cells-and-a-wrong-value/in", "--at",
		"2018-03-05T16:00")
	at = time.Date(2026, 2, 1, 9, 0, 0, 0, calendar.Zone)
	run(exit.Done, "run") // the answer leaves
	receipt := ""
	for _, m := range o.Delivered() {
		if i := bytes.Index(m.Raw, []byte("TN-2018-")); i >= 0 && receipt == "" {
			receipt = string(m.Raw[i : i+len("TN-2018-3F9A1C20")])
		}
	}
	if text := run(exit.Done, "erase"); !strings.Contains(text, "1 thư nhận") || !strings.Contains(text, "Chưa xóa") {
		t.Error(text)
	}
	if text := run(exit.Done, "verify", receipt); !strings.Contains(text, "tanthinh@") {
		t.Error(text)
	}
	run(exit.Done, "erase", "--yes")
	run(exit.Done, "doctor")
	if text := run(exit.Done, "verify", receipt); strings.Contains(text, "tanthinh@") || !strings.Contains(text,
		"đã được xóa") {
		t.Error(text)
	}
	if text := run(exit.Done, "erase", "--yes"); !strings.Contains(text, "Không có dữ liệu") {
		t.Error(text)
	}
	run(exit.Done, "status", "--period", "2018")
	run(exit.Done, "report", "summary", "--period", "2018", "-o", t.TempDir())
	run(exit.Done, "run")
	if bare := newOffice(t, ""); program(&out).run(t.Context(),
		[]string{"--config", bare.config, "erase", "--yes"}) != exit.Usage {
		t.Error("erased without a rule")
	}
}
