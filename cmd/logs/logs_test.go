package logs_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"testing"
	"time"

	"thidua/cmd/logs"
	"thidua/templates/calendar"
	"thidua/templates/calendar/calendartest"
)

// The log carries no address, no quotation, and the program's time.
func TestLogIsImpersonal(t *testing.T) {
	var out bytes.Buffer
	clock := calendartest.Fixed(time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone))
	log := logs.New(&out, slog.LevelInfo, clock)
	refused := fmt.Errorf("sending to <an.nguyen@tp.example>: 550 \"Nguyễn Văn An\" unknown: %w", io.EOF)
	log.Error("pass failed", "error", refused, "server", "mail.example:25")
	log.Debug("not told")
	want := `{"time":"2018-03-05T02:00:00Z","level":"ERROR","msg":"pass failed",` +
		`"error":"sending to <…@…>: 550 \"…\" unknown: EOF","server":"mail.example:25"}` + "\n"
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", &out, want)
	}
}
