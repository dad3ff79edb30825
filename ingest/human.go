package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/ingest/words"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// What people write in words, by the reason it is noted with. Both are taken in and passed on to
// the office.
const (
	AskWords   = "ask-words"               // no command explains it; detail: Unanswered when its writer gets no answer
	AskDecline = submission.DeclinedReason // the unit does not take part; detail: the period
	Unanswered = "unanswered"              // a machine may have written it, or it answers the answer to such a mail
	PassedOn   = "passed-on"               // the kind of letters that say a mail in words has been passed on
)

const (
	reasonAutomaticForm = "automatic-form"
	reasonReturned      = "returned" // it encloses a letter of ours and says nothing itself
)

// noted reports whether a mail is of those that are noted and not answered.
func noted(reason string) bool { return words.Kind(reason).Silent() || reason == reasonReturned }

// robot reports whether a header says that a machine wrote or sent back the mail.
func robot(m mailbox.Message) bool {
	return m.Report != nil && len(m.Report.Recipients) == 0 || m.Report == nil && automatic(m.Auto, true)
}

// headerAlone reports whether nothing but a header makes a mail a machine's: it is no report of a
// mail server by its shape or its words.
func headerAlone(m mailbox.Message) bool {
	return m.Report == nil || m.Auto == mailbox.AutoBounce && len(m.Report.Recipients) == 0 && !undelivered(m)
}

// ownWords is what the sender wrote himself. A quotation without marks ends with the last paragraph
// of our letters.
func ownWords(text string) string { return words.Own(text, lastWords(), false) }

func lastWords() string {
	ends, _, _ := strings.Cut(wording.Text("letter.automatic", "address", ""), ".")
	return ends
}

// withoutOurs takes out of a mail what came with letters of ours that it encloses: they were sent
// by nobody but us, and answering them would have no end. returned reports whether there was such a
// letter.
func (in *intake) withoutOurs(m mailbox.Message) (_ mailbox.Message, returned bool, err error) {
	for _, e := range m.Enclosed {
		if e.MessageID == "" || in.book.letter == nil {
			continue
		}
		_, ours, err := in.book.letter(e.MessageID)
		if err != nil {
			return m, false, fmt.Errorf("looking up an enclosed mail: %w", err)
		}
		if !ours {
			continue
		}
		returned = true
		m.Attachments = slices.DeleteFunc(slices.Clone(m.Attachments),
			func(a mailbox.Attachment) bool { return e.Holds(a.Path) })
		if e.Text {
			m.Text = ""
		}
	}
	if bare, forwarded := words.Forwarded(m.Subject); len(m.From) == 1 && in.book.files != nil &&
		(forwarded || receipts.MatchString(m.Subject) && m.InReplyTo == "") {
		hashes, ours, err := in.book.files(bare, m.From[0].Address)
		if err != nil {
			return m, false, err
		}
		if ours {
			returned = true
			m.Attachments = slices.DeleteFunc(slices.Clone(m.Attachments),
				func(a mailbox.Attachment) bool { return slices.Contains(hashes, a.SHA256) })
			m.Text = words.Own(beforeOurs(m.Text), lastWords(), false)
		}
	}
	return m, returned, nil
}

// beforeOurs is a text up to a letter of ours that stands in it without any mark: the capitals of
// its title begin it, or it is all there is.
func beforeOurs(text string) string {
	if !strings.Contains(viet.Fold(text), viet.Fold(lastWords())) {
		return text
	}
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line == strings.ToUpper(line) &&
			line != strings.ToLower(line) {
			break
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// newestSent is how many letters of one subject are looked at.
const newestSent = 5

// sentFiles are the hashes of the files that the newest letters of a subject to an address brought.
// ours is false where there is no such letter.
func sentFiles(ctx context.Context, l *ledger.Ledger, subject, address string) (hashes []string, ours bool, err error) {
	letters, err := l.LettersCalled(ctx, subject, address)
	if err != nil {
		return nil, false, err
	}
	for _, p := range letters[max(0, len(letters)-newestSent):] {
		raw, err := l.Blob(ctx, p.SHA256)
		if err != nil {
			return nil, false, err
		}
		for _, a := range mailbox.Parse(raw, mailbox.Limits{}).Attachments {
			hashes = append(hashes, a.SHA256)
		}
	}
	return hashes, len(letters) > 0, nil
}

// inWords tells what a mail without files is that a known sender wrote: a command as it was found,
// something that is noted, or words for a person. Only what is certainly no person's is noted; in
// doubt the mail is passed on.
func (in *intake) inWords(
	out *submission.Message, m mailbox.Message, from sender, related, returned bool, asked, detail string,
) (string, string, error) {
	if !from.known && from.leads == "" || related || !headerAlone(m) || strings.EqualFold(from.address, in.own) {
		return asked, detail, nil
	}
	own := ownWords(m.Text)
	kind := words.Tell(m.Subject, own)
	machine := m.Auto == mailbox.AutoSubmitted || m.Auto == mailbox.AutoReply || m.Auto == mailbox.AutoBounce
	if kind == words.Other && calendarAnswer(m) {
		kind = words.Calendar
	}
	if machine && (!kind.Silent() || kind == words.Thanks) && words.IsReply(m.Subject, m.InReplyTo) &&
		!words.Asks(own) && kind != words.Decline {
		kind = words.Absence
	}
	switch vague := asked == AskRuling && detail == "" || asked == AskApproval &&
		strings.HasPrefix(detail, saysUnclear); {
	case asked != "" && !(vague && (kind.Silent() || machine)):
		return asked, detail, nil
	case kind.Silent():
		return string(kind), "", nil
	case returned && strings.TrimSpace(own) == "", returned && from.office:
		return reasonReturned, "", nil
	case kind == words.Decline && from.known && !from.office && !from.secretary && !machine:
		period, err := in.declined(out, m)
		return AskDecline, period, err
	case !machine && (kind == words.Enclosed || strings.TrimSpace(own) == "") && !returned &&
		about(m, in.plan.MovementNames()):
		return "", "", nil // he is told that no file came
	}
	if out.Unit == "" {
		out.Unit = from.leads
	}
	if machine || returned {
		return AskWords, Unanswered, nil
	}
	answers, err := in.answersPassedOn(m)
	if answers {
		detail = Unanswered
	}
	return AskWords, detail, err
}

// answersPassedOn reports whether a mail answers the letter that says a mail was passed on: two
// machines would thank each other for ever.
func (in *intake) answersPassedOn(m mailbox.Message) (bool, error) {
	if m.InReplyTo == "" || in.book.letter == nil {
		return false, nil
	}
	letter, ok, err := in.book.letter(m.InReplyTo)
	if err != nil {
		return false, fmt.Errorf("looking up what a mail answers: %w", err)
	}
	return ok && letter.Kind == PassedOn, nil
}

// declined is the period that a unit does not take part in: that of the letter it answers, else the
// round of the day.
func (in *intake) declined(out *submission.Message, m mailbox.Message) (string, error) {
	if m.InReplyTo != "" && in.book.letter != nil {
		letter, ok, err := in.book.letter(m.InReplyTo)
		if err != nil {
			return "", fmt.Errorf("looking up what a mail answers: %w", err)
		}
		if parts := strings.Split(letter.ID, "/"); ok && len(parts) > 1 {
			if p, known := in.plan.Period(parts[1]); known {
				return p.ID, nil
			}
		}
	}
	return seasonOf(in.plan, out.Received).ID, nil
}

// calendarAnswer reports whether a mail brings the answer to an invitation (RFC 5546, 3.2.3), or
// takes one back.
func calendarAnswer(m mailbox.Message) bool {
	return slices.ContainsFunc(m.Attachments, func(a mailbox.Attachment) bool {
		s := strings.ToUpper(string(a.Bytes[:min(len(a.Bytes), 4096)]))
		return strings.HasPrefix(a.Type, "text/calendar") &&
			(strings.Contains(s, "METHOD:REPLY") || strings.Contains(s, "METHOD:COUNTER") ||
				strings.Contains(s, "METHOD:CANCEL"))
	})
}
