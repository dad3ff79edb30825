// Package smtp hands finished mails to a mail server over one kept connection.
//
// In go an envelope and the frozen bytes of a mail; out comes what became of it for each recipient.
// It never composes or changes a mail, never tries again by itself once a server has seen the
// mail's content, and keeps no record: that is the caller's work.
package smtp

// Outcome is what became of a mail for one recipient.
type Outcome string

// The three outcomes. Never is given only on proof: a permanent refusal (5yz) of that recipient or
// of that content. Whatever may be our own set-up, the line or the server's bad day is Later.
const (
	Sent  Outcome = "sent"  // the server has taken the responsibility (250 after the content)
	Later Outcome = "later" // try the same bytes again
	Never Outcome = "never" // trying again is useless
)

// Result is what became of a mail for one recipient.
type Result struct {
	Addr    string
	Code    int    // SMTP reply code, 0 when there was no reply (connection lost, refused before sending)
	Text    string // the server's words or the failure, for the log
	Outcome Outcome
}
