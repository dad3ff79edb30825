// Package letter turns a letter into the bytes of a mail.
//
// In goes a Letter with a stable key; out come the bytes of one MIME message (RFC 5322, RFC 2045),
// always the same bytes for the same letter. It never sends, never asks the clock and never reads
// foreign mail.
package letter

import (
	"net/mail"
	"time"
)

// Letter is a mail before it is bytes.
type Letter struct {
	ID          string // stable key, such as "receipt/2018/12"
	MessageID   string // with its angle brackets
	From        mail.Address
	To, Cc      []mail.Address
	ReplyTo     string // bare address, "" for none
	Subject     string // one line; line breaks and control characters become spaces
	Text        string // never empty
	HTML        string // "" for text only
	Attachments []Attachment
	InReplyTo   string   // Message-ID of the mail this one answers; anything that is no message id is left out
	References  []string // likewise, oldest first
	// name of the series a circular belongs to, a domain such as "thidua.tnc.example"; "" for a
	// letter to one recipient
	List string
	Date time.Time
	// version of the release that wrote it, "" for none; nothing else of the build goes into a
	// letter, so that one release writes the same bytes wherever it was built
	Release string
}

// Attachment is a file that goes with a letter.
type Attachment struct {
	Name  string // at most 100 runes, no path
	Type  string // media type, "" for application/octet-stream
	Bytes []byte
}

// Angle puts a message id back into the brackets that headers want; "" stays "".
func Angle(id string) string {
	if id == "" {
		return ""
	}
	return "<" + id + ">"
}
