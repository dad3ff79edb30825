package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"time"
)

// logger opens the technical log: JSON lines with counts, names of steps and durations, never with people's data. Without a file, serve logs to
// stderr and other commands to nowhere.
func (s *session) logger(c *config, serving bool) (*slog.Logger, func(), error) {
	level, err := c.level()
	if err != nil {
		return nil, nil, exit{exitInvalid, err}
	}
	out, done := io.Writer(io.Discard), func() {}
	switch {
	case c.Log.File != "":
		f, err := os.OpenFile(c.path(c.Log.File), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
		if err != nil {
			return nil, nil, fmt.Errorf("opening the log: %w", err)
		}
		out, done = f, func() { _ = f.Close() }
	case serving:
		out = s.err
	}
	return newLogger(out, level, s.Now), done, nil
}

func (c *config) level() (slog.Level, error) {
	var level slog.Level
	err := level.UnmarshalText([]byte(c.Log.Level))
	return level, err
}

// What servers say may quote an address, a subject or a name between quotation marks.
var (
	addressIn = regexp.MustCompile(`[^\s<>"'(),;:\[\]]+@[^\s<>"'(),;:\[\]]+`)
	quotedIn  = regexp.MustCompile(`"[^"]*"|“[^”]*”`)
)

// impersonal takes addresses and quotations out of a text.
func impersonal(text string) string {
	return addressIn.ReplaceAllString(quotedIn.ReplaceAllString(text, `"…"`), "…@…")
}

func newLogger(out io.Writer, level slog.Level, now func() time.Time) *slog.Logger {
	return slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case time.Time:
			if a.Key == slog.TimeKey {
				v = now() // the program's clock
			}
			a.Value = slog.StringValue(v.UTC().Format(time.RFC3339Nano))
		case error:
			a.Value = slog.StringValue(impersonal(v.Error()))
		case string:
			if a.Key != slog.MessageKey {
				a.Value = slog.StringValue(impersonal(v))
			}
		}
		return a
	}}))
}

// logPass writes what a pass did.
func logPass(log *slog.Logger, r passReport, err error) {
	args := []any{"new", r.pulled.New, "accepted", r.pulled.Accepted, "tofix", r.pulled.ToFix, "held", r.pulled.Held, "left", r.pulled.Left,
		"duplicates", r.pulled.Duplicates, "answered", r.answered, "issued", r.issued, "missed", r.missed, "sent", r.sent.Sent, "later", r.sent.Later, "failed", r.sent.Failed}
	switch {
	case errors.Is(err, context.Canceled):
		log.Info("pass stopped", args...)
	case err != nil:
		log.Error("pass failed", append(args, "error", err)...)
	case r.sent.Unreachable != "":
		log.Warn("pass done, mail server out of reach", append(args, "error", r.sent.Unreachable)...)
	case r.pulled.Unmoved != "":
		log.Warn("pass done, mails not moved", append(args, "error", r.pulled.Unmoved)...)
	case r.sent.Why != "":
		log.Warn("pass done, letters put off", append(args, "error", r.sent.Why)...)
	default:
		log.Info("pass done", args...)
	}
}

// ping tells whoever watches from outside that a pass went well; without an address it does nothing. The watcher alarms when it hears nothing.
func (s *session) ping(c *config) error {
	to, err := c.pingURL(s.env)
	if err != nil || to == "" {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, to, nil)
	if err != nil {
		return errors.New("no such address") // never the address: it is a secret
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return errors.New("no answer")
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		return fmt.Errorf("answer %d", answer.StatusCode)
	}
	return nil
}
