// Package mailbox reads a shared mailbox: IMAP on one side, the readable content of a message on
// the other.
//
// In go an IMAP account and the raw bytes of messages; out come summaries, raw bytes and parsed
// messages with their attachments. It never decides what a message means, never deletes or marks
// anything as read, and never keeps state of its own: which messages are new is the caller's
// knowledge. Reading leaves no trace (BODY.PEEK); only Move changes the mailbox, and only by
// putting mail into a folder.
package mailbox

import (
	"context"
	"errors"
	"time"
)

// Key names one message on one server. A server may hand out the same UID again under another
// UIDValidity (RFC 9051, 2.3.1.1), and a copy of the same message has another key: a key says where
// a message lies, never what it is.
type Key struct {
	Mailbox          string
	UIDValidity, UID uint32
}

// Summary is what is known of a message before its body is read.
type Summary struct {
	Key
	Size     int64     // bytes, as the server says (RFC822.SIZE); a hint, some servers count wrongly
	Received time.Time // when the server took the message in (INTERNALDATE), UTC
	Header   []byte    // how a message begins that Fetch found too large, as far as a header may go; nil for all others
}

// Source is a mailbox that mail is pulled from.
type Source interface {
	// List returns everything in the mailbox, ascending by UID, without reading any body.
	List(ctx context.Context) ([]Summary, error)
	// Fetch reads the messages and hands them over in the order of the keys. A message that has
	// vanished meanwhile is left out. For a message above Limits.Message raw is nil, and the
	// Summary has its Header. When the line breaks, messages that had come whole are handed over
	// before the error. An error of the callback ends the fetch and is returned as it is.
	Fetch(ctx context.Context, keys []Key, each func(s Summary, raw []byte) error) error
	// Move puts the messages into the folder, which is created when missing; levels are separated
	// by "/". A message that has vanished meanwhile is no error.
	Move(ctx context.Context, keys []Key, folder string) error
	// Begins hands over how messages begin, as far as a header may go: each Summary with its
	// Header, and no body.
	Begins(ctx context.Context, keys []Key, each func(s Summary, raw []byte) error) error
}

// Error is trouble with a mailbox: the line broke, or the server refused what it was asked.
type Error struct {
	Doing   string
	Refused bool // the server answered NO, and the line goes on
	Err     error
}

func (e *Error) Error() string { return e.Doing + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrUIDValidity says that the mailbox was renumbered since it was listed: list again, the content
// of the messages tells which are known.
var ErrUIDValidity = errors.New("the mailbox was renumbered (UIDVALIDITY changed)")

// DefaultMessage is how many bytes a message may have when nothing else is said.
const DefaultMessage = 40 << 20

// Limits bound what one message may cost. A zero field stands for its default.
type Limits struct {
	Message int64 // bytes of a raw message; 40 MiB
	Decoded int64 // bytes of all decoded attachments together; 64 MiB
	Depth   int   // levels of multipart and of messages within messages; 16
	Parts   int   // parts of all kinds; 100
	Text    int   // bytes of body text that are kept; 64 KiB
	// Open says, once the header has been read, whether the attachments are decoded; nil for
	// always. Those that are not are named, without their bytes.
	Open func(envelope Message) bool
}

func (l Limits) withDefaults() Limits {
	if l.Message <= 0 {
		l.Message = DefaultMessage
	}
	if l.Decoded <= 0 {
		l.Decoded = 64 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 16
	}
	if l.Parts <= 0 {
		l.Parts = 100
	}
	if l.Text <= 0 {
		l.Text = 64 << 10
	}
	return l
}
