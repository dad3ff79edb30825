package mailbox

import (
	"net/mail"
	"strings"
	"time"
)

// Message is the readable content of a raw message. Text of every kind is valid UTF-8 in NFC.
type Message struct {
	MessageID  string         // with its angle brackets, "" when missing
	InReplyTo  string         // the first id of In-Reply-To, with angle brackets
	References []string       // with angle brackets, oldest first, at most 50
	From       []mail.Address // the one mailbox of the one From field, or none: see Claimed
	Claimed    string         // what stands in From when nobody can be read from it; for people's eyes only
	ReplyTo    []mail.Address
	To, Cc     []mail.Address
	Subject    string
	Date       time.Time // the sender's claim, UTC; zero when missing or unreadable. Never used for deadlines.
	Auto       Auto      // why this is a machine's mail, "" when a person seems to have written it
	Report     *Report   // what a bounce tells, nil when the mail is none
	NullSender Told      // whether Return-Path, which the receiving server writes, names nobody (RFC 5321, 4.4)
	// Trace holds the fields Received and Authentication-Results (RFC 8601), topmost first, byte
	// for byte: whom to believe is the caller's knowledge.
	Trace []Field
	Text  string // the first plain text, else the text of the first HTML part
	// Attachments holds every named or non-text part in the order of the message, those of
	// forwarded messages included.
	Attachments []Attachment
	Troubles    []Trouble
	Enclosed    []Enclosed // the mails that came inside this one as such (RFC 2046, 5.2.1)
}

// Enclosed is a mail inside another.
type Enclosed struct {
	MessageID string // with its angle brackets, "" when missing
	Path      string // place in the message; what came with it lies below
	Text      bool   // whether the text of the whole message is this mail's
}

// Holds reports whether a part came with the enclosed mail.
func (e Enclosed) Holds(path string) bool {
	return path == e.Path || strings.HasPrefix(path, e.Path+".")
}

// Attachment is one decoded part.
type Attachment struct {
	Name        string // never empty, never a path, NFC, no control or direction characters, at most 200 runes
	Type        string // media type in lower case, as the sender claims
	Disposition string // "attachment", "inline" or ""
	Bytes       []byte // nil where Limits.Open did not want them
	SHA256      string // hex of the hash of Bytes
	Path        string // place in the message, numbered as in IMAP: "2", "1.2"
}

// Auto is a reason to believe that a machine wrote the mail, so that nobody answers it (RFC 3834,
// 2).
type Auto string

// The reasons, strongest first.
const (
	AutoReport    Auto = "report"           // multipart/report: a bounce or a read receipt (RFC 6522)
	AutoBounce    Auto = "null-sender"      // Return-Path: <>
	AutoSubmitted Auto = "auto-submitted"   // Auto-Submitted other than no (RFC 3834)
	AutoReply     Auto = "auto-reply"       // X-Autoreply, X-Autorespond
	AutoSuppress  Auto = "suppress-replies" // X-Auto-Response-Suppress
	AutoList      Auto = "list"             // List-Id (RFC 2919)
	AutoBulk      Auto = "bulk"             // Precedence: bulk, junk, list, auto_reply
)

// Told is an answer that a mail may not give.
type Told uint8

// The answers.
const (
	Unknown Told = iota
	No
	Yes
)

// Reason is what was wrong with a part of a message.
type Reason string

// The closed set of reasons. A trouble never means that nothing was read: whatever was readable is
// in the Message.
const (
	Empty        Reason = "empty"          // neither text nor attachment
	TooBig       Reason = "too-big"        // above Limits.Message or Limits.Decoded; the rest is left out
	TooDeep      Reason = "too-deep"       // nested deeper than Limits.Depth; the inner part is kept closed
	TooManyParts Reason = "too-many-parts" // more than Limits.Parts; the rest is left out
	BadHeader    Reason = "bad-header"     // a header line that is no field, or a field that cannot be read
	BadSender    Reason = "bad-sender"     // no From, an unreadable From or more than one sender
	// a multipart without boundary, without any part or without its end: it may be cut short
	MissingBoundary Reason = "missing-boundary"
	BrokenBase64    Reason = "broken-base64"    // what decodes is kept
	BrokenQuoted    Reason = "broken-quoted"    // broken quoted-printable; what decodes is kept
	UnknownEncoding Reason = "unknown-encoding" // a transfer encoding nobody knows; the bytes are kept as they are
	UnknownCharset  Reason = "unknown-charset"  // text read as UTF-8 or windows-1258
)

// Trouble is one thing that was wrong with a message. It is a state of the message, not an error of
// ours.
type Trouble struct {
	Reason Reason
	Path   string // the part, as in Attachment.Path; "" for the message itself
	Detail string // what was read, at most 200 bytes; for the log and for staff
}
