package roundtest

import (
	"crypto/sha256"
	"fmt"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates/form"
)

// Mails are submissions as a ledger takes them in, each in a mail of its own. n is how many mails the ledger has already.
func Mails(n int, all ...submission.Submission) []ledger.Intake {
	var out []ledger.Intake
	for _, s := range all {
		n++
		raw := fmt.Appendf(nil, "Message-ID: <%d@x.example>\r\nSubject: %s\r\n\r\n%s", n, s.File, s.ID)
		book := fmt.Appendf(nil, "workbook %d", n)
		s.Message, s.SHA256 = Hash(raw), Hash(book)
		s.Rows = form.Count{Read: 1, Accepted: 1}
		outcome := submission.MailAccepted
		if s.State == submission.ToFix {
			outcome, s.Rows = submission.MailToFix, form.Count{Read: 1, ToFix: 1}
		}
		out = append(out, ledger.Intake{
			Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(n)}, Raw: raw,
			Submissions: []submission.Submission{s},
			Message: submission.Message{
				ID: s.Message, MessageID: fmt.Sprint(n, "@x.example"), From: s.Unit + "@x.example", Subject: s.File,
				Received: s.Received, Size: int64(len(raw)), Unit: s.Unit, Outcome: outcome,
			},
			Attachments: []ledger.Attachment{{Name: s.File, SHA256: s.SHA256, Bytes: book}},
		})
	}
	return out
}

// Hash is the hash by which a ledger knows bytes.
func Hash(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }
