package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"thidua/ingest/budget"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// The reasons why a mail is held or left, keys of the catalogue under mail.reason.
const (
	reasonAutomatic     = "automatic"
	reasonUnrelated     = "unrelated"
	reasonUnknownSender = "unknown-sender"
	reasonUnreadable    = submission.Unreadable
	reasonTooBig        = "too-big"
	reasonOwn           = "own"
	reasonBounce        = "bounce"
	reasonDoubtful      = "doubtful"
	reasonUnproven      = "unproven"
	reasonWrongUnit     = "wrong-unit"
	reasonFileWithdrawn = "file-withdrawn"
	reasonStumbled      = "stumbled"
	reasonCutShort      = "cut-short"
	reasonPoison        = "poison"
	reasonInfected      = "infected"
	reasonUnscanned     = "unscanned"
)

func (in *intake) sender(m mailbox.Message) (sender, bool) {
	if len(m.From) != 1 {
		return sender{}, false
	}
	return in.senderOf(m.From[0].Address), true
}

// senderOf is who has an address, by the plan and the roster.
func (in *intake) senderOf(address string) sender {
	s := sender{address: strings.ToLower(address)}
	s.unit, s.known = in.plan.UnitByAddress(s.address)
	s.office = in.plan.IsOffice(s.address)
	s.secretary = in.plan.IsCouncil(s.address)
	if i := slices.IndexFunc(in.leaders, func(l Leader) bool { return l.Address == s.address }); i >= 0 {
		s.leads = in.leaders[i].Unit
	}
	if (s.office || s.secretary) && !s.known {
		s.unit, s.known = in.plan.UnitByCode(in.plan.Office.Unit)
	}
	return s
}

// intake decides what mails are. What a mail is depends on the mail alone; only remarks look at
// what came before.
type intake struct {
	plan  *plan.Plan
	own   string                             // address of the shared mailbox
	trust string                             // name of the mail server whose checks are believed, "" for none
	book  ledgerBook                         // what codes are held against
	known map[string][]submission.Submission // by unit: what the ledger holds and what this pass has read
	near  *neighbours                        // who was proposed, and what was reported, by whom
	spent func() time.Duration               // of the processor's time, nil where it is not bounded
	scan  func([]byte) (string, error)       // asks the office's scanner, nil where there is none
	heavy sync.Mutex                         // held by the one mail that may hold much memory

	leaders []Leader // by the roster that was known when the batch began

	believed bool // whoever brings the mails vouches for their senders
}

// mail turns one message into what the ledger stores. raw is nil when the message was too big to be
// fetched. An error is the ledger's.
func (in *intake) mail(s mailbox.Summary, raw []byte) (ledger.Intake, error) {
	out := ledger.Intake{
		Place:   ledger.Place{Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID},
		Raw:     raw,
		Message: submission.Message{Received: s.Received.UTC(), Size: s.Size},
	}
	if raw == nil {
		in.tooBig(&out, s.Header)
		return out, nil
	}
	sum := sha256.Sum256(raw)
	out.Message.ID = hex.EncodeToString(sum[:])
	out.Message.Size = int64(len(raw))
	have, done := in.budget()
	defer done()
	have.Hold(len(raw))
	// A stranger's attachments are named and never opened: nothing he encloses costs more than its
	// bytes.
	m := mailbox.Parse(raw,
		mailbox.Limits{Open: func(m mailbox.Message) bool { from, ok := in.sender(m); return ok && from.known }})
	out.Message.MessageID = strings.Trim(m.MessageID, "<>")
	out.Message.InReplyTo = strings.Trim(m.InReplyTo, "<>")
	out.Message.Subject, out.Message.Sent = m.Subject, m.Date
	from, ok := in.sender(m)
	out.Message.From = from.address
	if from.known {
		out.Message.Unit = from.unit.Code
	}
	if reason, what := in.scanned(raw, m); reason != "" { // nothing of it is opened
		in.leave(&out, submission.MailHeld, reason)
		out.Message.Detail = what
		return out, nil
	}
	cut := unread(m)
	m, returned, err := in.withoutOurs(m)
	if err != nil {
		return out, err
	}
	files, others := in.files(m, have)
	if !ok { // whom it names, for the eyes of the office
		out.Message.Detail = m.Claimed
	}
	related := len(files)+len(others) > 0 || cut != "" && from.known
	asked, detail := in.asked(m, from, related)
	if asked == AskApproval && out.Message.Unit == "" {
		out.Message.Unit = from.leads
	}
	asked, detail, err = in.inWords(&out.Message, m, from, related, returned, asked, detail)
	if err != nil {
		return out, err
	}
	verdict := in.verdict(m)
	means, err := in.evidence(m, from, verdict, asked)
	if err != nil {
		return out, err
	}
	doubtful := verdict == proof.Doubtful && means&proof.Code == 0
	switch {
	case from.known && len(files) > 0 && robot(m) && !strings.EqualFold(from.address, in.own):
		in.leave(&out, submission.MailHeld, reasonAutomaticForm) // a form is in nobody's way, whatever the header says
	case m.Report != nil && (asked == "" || !headerAlone(m)):
		in.leave(&out, submission.MailLeft, reasonAutomatic)
		if err := in.bounce(&out, m); err != nil {
			return out, err
		}
	case !ok && m.Auto != "" && !related:
		in.leave(&out, submission.MailLeft, reasonAutomatic)
	case !ok:
		in.leave(&out, submission.MailHeld, reasonUnreadable)
	case strings.EqualFold(from.address, in.own):
		in.leave(&out, submission.MailLeft, reasonOwn)
	case noted(asked):
		in.leave(&out, submission.MailLeft, asked)
	case asked == "" && automatic(m.Auto, related):
		in.leave(&out, submission.MailLeft, reasonAutomatic)
	case !from.known && related:
		in.leave(&out, submission.MailHeld, reasonUnknownSender)
	case (from.known || asked != "") && doubtful && (related || asked != "" || about(m, in.plan.MovementNames())):
		in.leave(&out, submission.MailHeld, reasonDoubtful)
	case asked != "" && !acts[asked].Enough(means):
		in.leave(&out, submission.MailHeld, reasonUnproven)
	case asked == AskWithdraw && len(files) > 0:
		in.leave(&out, submission.MailHeld, reasonFileWithdrawn)
	case asked != "":
		in.leave(&out, submission.MailAccepted, asked)
		out.Message.Detail = detail
	case !from.known, !related && !about(m, in.plan.MovementNames()):
		in.leave(&out, submission.MailLeft, reasonUnrelated)
	default:
		if proven := in.submissions(&out, from, m, files, others, means, have); !proven {
			out.Submissions, out.Attachments = nil, nil
			in.leave(&out, submission.MailHeld, reasonUnproven)
		}
		in.awaitLeader(&out, from, means)
	}
	out.Weight = have.Weight()
	return out, nil
}

// asked tells which command a mail is, "" for none, with what it names.
func (in *intake) asked(m mailbox.Message, from sender, related bool) (reason, detail string) {
	if d, ok := in.asksLeader(m, from, related); ok {
		return AskApproval, d
	}
	if !from.known {
		return "", ""
	}
	return asks(m, from, related, in.plan.MovementNames()...)
}

// scanned asks the office's scanner about a mail with files, as it came and file by file: not every
// scanner takes mails apart. A mail that it could not be asked about is held like one in which it
// found something.
func (in *intake) scanned(raw []byte, m mailbox.Message) (reason, what string) {
	if in.scan == nil || len(m.Attachments) == 0 {
		return "", ""
	}
	all := [][]byte{raw}
	for _, a := range m.Attachments {
		if a.Bytes != nil {
			all = append(all, a.Bytes)
		}
	}
	for _, b := range all {
		found, err := in.scan(b)
		if err != nil {
			return reasonUnscanned, viet.Quote(err.Error())
		}
		if found != "" {
			return reasonInfected, found
		}
	}
	return "", ""
}

// budget is what one mail may cost, and what is to be called when it has been read.
func (in *intake) budget() (have *budget.Budget, done func()) {
	alone := false
	have = budget.New(budget.Default(), in.spent, func() { in.heavy.Lock(); alone = true })
	return have, func() {
		if alone {
			in.heavy.Unlock()
		}
	}
}

// tooBig holds a mail that was not fetched. Its header tells who sent what: a sender of the plan is
// answered what to do, a machine and a stranger are not.
func (in *intake) tooBig(out *ledger.Intake, header []byte) {
	m := mailbox.Envelope(header)
	in.leave(out, submission.MailHeld, reasonTooBig)
	from, ok := in.sender(m)
	out.Message.MessageID, out.Message.InReplyTo = strings.Trim(m.MessageID, "<>"), strings.Trim(m.InReplyTo, "<>")
	out.Message.Subject, out.Message.Sent, out.Message.From = m.Subject, m.Date, from.address
	if !ok {
		out.Message.Detail = m.Claimed
	}
	if !from.known || m.Auto != "" || in.verdict(m) == proof.Doubtful || strings.EqualFold(from.address, in.own) {
		return
	}
	out.Message.Unit = from.unit.Code
	out.Message.ID = ledger.UnfetchedID(out.Place) // there are no bytes to have a hash
	sum := sha256.Sum256(header)
	s := submission.Submission{Message: out.Message.ID, From: from.address, Received: out.Message.Received,
		Unit: from.unit.Code, State: submission.ToFix, SHA256: hex.EncodeToString(sum[:])}
	// what is known of it
	out.Attachments = []ledger.Attachment{{Name: wording.Text("mail.header.file"), SHA256: s.SHA256, Bytes: header}}
	s.Findings = []finding.Finding{finding.New(finding.MailTooBig, finding.At{}, "read", (out.Message.Size+1<<20-1)>>20,
		"want", mailbox.DefaultMessage>>20)}
	s.ID = submission.NewID(seasonOf(in.plan, s.Received).ID, s.Message, "", s.SHA256)
	out.Submissions = append(out.Submissions, s)
}

// unread says in words why a mail was not read to its end, "" when it was.
//
//wording:composed mail.unread.
func unread(m mailbox.Message) string {
	for _, t := range m.Troubles {
		switch t.Reason {
		case mailbox.TooBig, mailbox.TooDeep, mailbox.TooManyParts, mailbox.MissingBoundary:
			return wording.Text("mail.unread." + string(t.Reason))
		}
	}
	return ""
}

// bounce notes what a mail says of letters of ours that did not arrive. It is believed of letters
// that it names by a Message-ID which nobody else can know, and when it has no sender whom one
// could answer (RFC 3464, 2). Delays, and reports of success, say nothing that counts.
func (in *intake) bounce(out *ledger.Intake, m mailbox.Message) error {
	b := ledger.Undeliverable{Text: m.Text}
	for _, id := range m.Report.IDs {
		if in.book.letter == nil {
			break
		}
		letter, ok, err := in.book.letter(id)
		if err != nil {
			return fmt.Errorf("looking up what a bounce is about: %w", err)
		}
		var means proof.Means
		// Letters of earlier versions bear Message-IDs that can be worked out: of them only what
		// our server says is from nobody is believed.
		if m.NullSender == mailbox.Yes || m.NullSender == mailbox.Unknown && ok && in.unguessable(letter) {
			means = proof.NullFrom
		}
		if ok && letter.Attempts > 0 && proof.Bounce.Enough(means) {
			b.IDs = append(b.IDs, id)
		}
	}
	for _, r := range m.Report.Recipients {
		if r.Action == "failed" {
			b.Recipients = append(b.Recipients, ledger.Unreached{Addr: r.Addr, Status: r.Status, Text: r.Text})
		}
	}
	// A report without a machine-readable part is a bounce only when a server wrote it: a read
	// receipt is a report, too.
	if len(b.Recipients) == 0 && (len(m.Report.Recipients) > 0 || m.Auto != mailbox.AutoBounce || !undelivered(m)) {
		return nil
	}
	if len(b.IDs) > 0 {
		in.leave(out, submission.MailLeft, reasonBounce)
		out.Bounce = &b
	}
	return nil
}

// undelivered reports whether a mail without a machine-readable part speaks of a failure, and not
// of a delay or an absence.
func undelivered(m mailbox.Message) bool {
	text := viet.Fold(m.Subject + "\n" + m.Text)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	return has("undeliver", "could not be delivered", "not delivered", "delivery fail", "failure notice",
		"returned to sender", "returned mail", "permanent error", "permanent fatal", "user unknown",
		"khong gui duoc", "khong the gui", "gui that bai", "khong phan phoi duoc", "tra lai thu") && !has("delayed",
		"will retry", "will be retried", "warning message only", "bi cham")
}

func (in *intake) leave(out *ledger.Intake, o submission.Outcome, reason string) {
	out.Message.Outcome, out.Message.Reason = o, reason
}

// automatic reports whether a mail is a machine's and must not be answered. Headers that list
// servers and Exchange also put on people's mail weigh only when nothing is attached.
func automatic(a mailbox.Auto, related bool) bool {
	switch a {
	case "":
		return false
	case mailbox.AutoSuppress, mailbox.AutoList, mailbox.AutoBulk:
		return !related
	}
	return true
}

// about reports whether a mail without a file seems to be about the movement of those names, so
// that its sender is told what is missing.
func about(m mailbox.Message, names []string) bool {
	s := viet.Fold(m.Subject)
	for _, word := range []string{"thi dua", "khen thuong", "ho so", "dang ky", "to trinh", "so lieu", "kiem phieu",
		"tuyen truyen", "danh ba"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(" "+s+" ", " "+name+" ") })
}
