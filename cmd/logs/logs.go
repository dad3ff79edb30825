// Package logs writes the technical log: JSON lines with counts, names of steps and durations,
// never with people's data.
//
// Records of log/slog come in; lines without addresses and quotations go out.
package logs

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"time"

	"thidua/templates/calendar"
)

// Open appends to a file; without a file the log goes to otherwise. The function it returns closes
// the file.
func Open(
	file string, otherwise io.Writer, level slog.Level, clock calendar.Clock,
) (log *slog.Logger, closeFile func(), err error) {
	if file == "" {
		return New(otherwise, level, clock), func() {}, nil
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the log: %w", err)
	}
	return New(f, level, clock), func() { _ = f.Close() }, nil
}

// New writes a log whose times are the clock's, in UTC.
func New(out io.Writer, level slog.Level, clock calendar.Clock) *slog.Logger {
	replace := func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case time.Time:
			if a.Key == slog.TimeKey {
				v = clock.Now()
			}
			a.Value = slog.StringValue(v.UTC().Format(time.RFC3339Nano))
		case error:
			a.Value = slog.StringValue(Impersonal(v.Error()))
		case string:
			if a.Key != slog.MessageKey {
				a.Value = slog.StringValue(Impersonal(v))
			}
		}
		return a
	}
	return slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: replace}))
}

// What servers say may quote an address, a subject or a name between quotation marks.
var (
	addressPattern   = regexp.MustCompile(`[^\s<>"'(),;:\[\]]+@[^\s<>"'(),;:\[\]]+`)
	quotationPattern = regexp.MustCompile(`"[^"]*"|“[^”]*”`)
)

// Impersonal takes addresses and quotations out of a text.
func Impersonal(text string) string {
	return addressPattern.ReplaceAllString(quotationPattern.ReplaceAllString(text, `"…"`), "…@…")
}
