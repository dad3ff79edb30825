package pass

import (
	"context"
	"errors"
	"log/slog"
)

// Log writes what a pass did and how it ended.
func (r Report) Log(log *slog.Logger, err error) {
	args := []any{
		"new", r.Pulled.New, "accepted", r.Pulled.Accepted, "tofix", r.Pulled.ToFix, "held", r.Pulled.Held,
		"left", r.Pulled.Left, "duplicates", r.Pulled.Duplicates, "answered", r.Answered, "issued", r.Issued,
		"missed", r.Missed, "sent", r.Sent.Sent, "later", r.Sent.Later, "failed", r.Sent.Failed,
	}
	switch {
	case errors.Is(err, context.Canceled):
		log.Info("pass stopped", args...)
	case err != nil:
		log.Error("pass failed", append(args, "error", err)...)
	case r.Sent.Unreachable != "":
		log.Warn("pass done, mail server out of reach", append(args, "error", r.Sent.Unreachable)...)
	case r.Pulled.Unmoved != "":
		log.Warn("pass done, mails not moved", append(args, "error", r.Pulled.Unmoved)...)
	case r.Sent.Why != "":
		log.Warn("pass done, letters put off", append(args, "error", r.Sent.Why)...)
	default:
		log.Info("pass done", args...)
	}
}
