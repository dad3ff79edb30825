package ledgertest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
)

// Start is when the tests' year begins.
var Start = time.Date(2018, 12, 1, 1, 0, 0, 0, time.UTC)

// Mail is the n-th mail of an office: every third one is to be fixed, every seventh one holds no
// workbook, the others bring one dossier. It lies at UID n+1 of the inbox.
func Mail(n int) ledger.Intake { return MailWith(n, fmt.Sprintf("<mail-%d@don-vi.example>", n), "") }

// MailWith is Mail with a Message-ID of its own and words added to the body.
func MailWith(n int, messageID, body string) ledger.Intake {
	received := Start.Add(time.Duration(n) * time.Minute)
	unit := fmt.Sprintf("%05d", 5440+n)
	workbook := fmt.Appendf(nil, "workbook of unit %s%s", unit, body)
	raw := fmt.Appendf(nil, "Message-ID: %s\r\nFrom: %s@don-vi.example\r\nSubject: Hồ sơ %d\r\n\r\n%s\r\n%s", messageID,
		unit, n, body, workbook)
	in := ledger.Intake{
		Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(n + 1)},
		Raw:   raw,
		Message: submission.Message{
			ID: sum(raw), MessageID: messageID, From: unit + "@don-vi.example", Subject: fmt.Sprintf("Hồ sơ %d", n),
			Sent: received.Add(-time.Minute), Received: received, Size: int64(len(raw)), Unit: unit,
			Outcome: submission.MailAccepted,
		},
		Move: "Đã tiếp nhận",
	}
	if n%7 == 6 {
		in.Message.Outcome, in.Message.Reason, in.Move = submission.MailLeft, "unrelated", ""
		return in
	}
	dossier := &templates.Dossier{Proposal: templates.Proposal{Unit: form.Of("UBND phường " + unit),
		Year: form.OfInt(2018)}}
	for i := range 3 {
		dossier.Individuals = append(dossier.Individuals, templates.NominatedPerson{
			Name: form.Value{Text: fmt.Sprintf("Nguyễn Văn %d", i), Raw: fmt.Sprintf(" Nguyễn  Văn %d", i),
				At: form.Ref{Sheet: "CÁ NHÂN", Cell: fmt.Sprintf("C%d", 7+i)}}})
	}
	s := submission.Submission{
		Message: in.Message.ID, File: "hồ sơ.xlsx", SHA256: sum(workbook), From: in.Message.From, Received: received,
		Unit:   unit,
		Period: "2018", Form: "ho-so", Version: 1, State: submission.Accepted, Value: dossier,
		Rows:    form.Count{Read: 4, Accepted: 3, Ignored: 1},
		Ignored: []form.Ignored{{Sheet: "CÁ NHÂN", Row: 12, Reason: "note", Text: "Ghi chú"}},
		Repairs: []form.Repair{{Sheet: "CÁ NHÂN", Cell: "C7", Was: " Nguyễn  Văn 0", Now: "Nguyễn Văn 0",
			Rule: "spaces"}},
	}
	s.ID = submission.NewID(s.Period, s.Message, "2", s.SHA256)
	if n%3 == 2 {
		s.State, in.Message.Outcome, in.Move = submission.ToFix, submission.MailToFix, "Chờ bổ sung"
		s.Rows = form.Count{Read: 4, Accepted: 2, ToFix: 1, Ignored: 1}
		s.Findings = []finding.Finding{
			finding.New(finding.Missing, finding.At{Sheet: "CÁ NHÂN", Cell: "D8"}, "field", "Ngày sinh"),
			finding.New(finding.LegacyText, finding.At{Sheet: "CÁ NHÂN", Cell: "E9"}, "field", "Chức vụ", "read",
				"chñ tÞch"),
		}
	}
	in.Attachments = []ledger.Attachment{{Name: s.File, SHA256: s.SHA256, Bytes: workbook}}
	in.Submissions = []submission.Submission{s}
	return in
}

// At is the same mail found at another place.
func At(in ledger.Intake, uidValidity, uid uint32) ledger.Intake {
	in.Place.UIDValidity, in.Place.UID = uidValidity, uid
	return in
}

// Letter is a letter with a key and recipients.
func Letter(id string, to ...string) ledger.Letter {
	return ledger.Letter{ID: id, Kind: "receipt", Unit: "05440", From: "thi-dua@noi-vu.example", To: to,
		Subject:   "Phiếu tiếp nhận " + id,
		MessageID: "<" + id + "@noi-vu.example>", InReplyTo: "<mail-0@don-vi.example>",
		Raw: []byte("Message-ID: <" + id + "@noi-vu.example>\r\n\r\nKính gửi đơn vị\r\n")}
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// Mails are submissions as a ledger takes them in, each in a mail of its own. n is how many mails
// the ledger has already.
func Mails(n int, all ...submission.Submission) []ledger.Intake {
	var out []ledger.Intake
	for _, s := range all {
		n++
		raw := fmt.Appendf(nil, "Message-ID: <%d@x.example>\r\nSubject: %s\r\n\r\n%s", n, s.File, s.ID)
		book := fmt.Appendf(nil, "workbook %d", n)
		s.Message, s.SHA256 = sum(raw), sum(book)
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
