package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/templates"
	"thidua/templates/form"
)

// acts are the acts that commands are.
var acts = map[string]proof.Act{AskWithdraw: proof.Withdrawal, AskApproval: proof.Consent, AskRuling: proof.Orders}

// official are the acts that sending a form is; all other forms are a unit's.
var official = map[*form.Form]proof.Act{
	templates.VotesForm: proof.Votes, templates.DecisionForm: proof.Decision, templates.RecordsForm: proof.Records,
	templates.RulingsForm: proof.Rulings, templates.RosterForm: proof.Roster,
}

// actOf is what sending a form means. A form of the office that the table does not name yet needs
// what a record needs.
func actOf(f *form.Form) proof.Act {
	if act, ok := official[f]; ok {
		return act
	}
	if f.From != form.FromUnit {
		return proof.Records
	}
	return proof.UnitForm
}

// ledgerBook is what a pass knows of the letters and mails before it, to hold codes against.
type ledgerBook struct {
	secret proof.Secret
	held   []string // IDs of all mails that were ever held
	letter func(messageID string) (ledger.Posted, bool, error)
	// what letters of a subject to an address brought
	files func(subject, address string) (hashes []string, ours bool, err error)
}

func openBook(ctx context.Context, l *ledger.Ledger) (ledgerBook, error) {
	secret, err := l.Secrets().Current(ctx)
	if err != nil {
		return ledgerBook{}, err
	}
	held, err := l.Rulings().EverHeld(ctx)
	return ledgerBook{
		secret: secret, held: held,
		letter: func(id string) (ledger.Posted, bool, error) { return l.Outbox().LetterByMessageID(ctx, id) },
		files:  func(subject, address string) ([]string, bool, error) { return sentFiles(ctx, l, subject, address) },
	}, err
}

// verdict is what our mail server found out about a mail's sender.
func (in *intake) verdict(m mailbox.Message) proof.Verdict {
	switch {
	case in.believed && len(m.From) == 1:
		return proof.Passed
	case len(m.From) != 1:
		return proof.Unchecked
	}
	address := m.From[0].Address
	return proof.Judge(address[strings.LastIndexByte(address, '@')+1:], m.Trace, in.trust)
}

// evidence is everything that speaks for a mail, but for the stamps of its workbooks.
func (in *intake) evidence(m mailbox.Message, from sender, verdict proof.Verdict, asked string) (proof.Means, error) {
	var means proof.Means
	if verdict != proof.Doubtful {
		means |= proof.Address
	}
	if verdict == proof.Passed {
		means |= proof.Pass
	}
	if asked == AskRuling && in.namesHeld(m.Text) {
		means |= proof.Code
	}
	if verdict == proof.Doubtful || m.InReplyTo == "" || in.book.letter == nil {
		return means, nil
	}
	letter, ok, err := in.book.letter(m.InReplyTo)
	if err != nil {
		return 0, fmt.Errorf("looking up what a mail answers: %w", err)
	}
	if ok && in.unguessable(letter) &&
		!slices.ContainsFunc(letter.To, func(to string) bool { return !in.sameHouse(from, to) }) {
		means |= proof.Reply
	}
	return means, nil
}

// unguessable reports whether a letter's Message-ID is one that only its recipients can know: those
// composed by earlier versions, or before the secret was changed, follow from what others know,
// too.
func (in *intake) unguessable(l ledger.Posted) bool {
	code, _, _ := strings.Cut(l.MessageID, "@")
	return in.book.secret.Fits(proof.MessageID, l.ID, code)
}

// sameHouse reports whether an address is the sender's or one of those that work with him: a letter
// to both is known to nobody else.
func (in *intake) sameHouse(from sender, address string) bool {
	switch {
	case strings.EqualFold(from.address, address):
		return true
	case from.office || from.secretary:
		return in.plan.IsOffice(address) || in.plan.IsCouncil(address)
	case in.plan.IsOffice(address) || in.plan.IsCouncil(address):
		return false
	}
	u, known := in.plan.UnitByAddress(address)
	return known && from.known && u.Code == from.unit.Code
}

// namesHeld reports whether a line of an office's reply bears the code of a mail that was held.
func (in *intake) namesHeld(text string) bool {
	lines, _ := rulingLines(text)
	for _, line := range lines {
		if o, ok := readOrder(line); ok &&
			slices.ContainsFunc(in.book.held,
				func(id string) bool { return in.book.secret.Fits(proof.HeldMail, id, o.code) }) {
			return true
		}
	}
	return false
}

// stamped reports whether a workbook bears the code that one of the ledger's own forms of this kind
// bears.
func (in *intake) stamped(r *form.Reading) bool {
	return r.Form != nil && r.Stamp.Form == r.Form.ID && in.book.secret.Sealed(r.Stamp)
}

// misstamped reports whether a workbook bears a code that the ledger never gave it. A stamp of an
// earlier secret says nothing any more.
func (in *intake) misstamped(s form.Stamp) bool {
	return s.Code != "" && s.Issue == in.book.secret.Issue() && !in.book.secret.Sealed(s)
}

// needsMore reports whether a workbook gives or takes an award, or commands, and what speaks for
// its mail is not enough.
func (in *intake) needsMore(from sender, r *form.Reading, means proof.Means) bool {
	// what he may not send counts for nothing
	if r.Form == nil || r.Form.From == form.FromUnit || !in.may(from, r.Form) {
		return false
	}
	if in.stamped(r) {
		means |= proof.Stamp
	}
	return !actOf(r.Form).Enough(means)
}

// Examined counts the newest mails of the ledger, at most so many, and those of them that bear what
// the server of that name found out. None of many means that the name is wrong or that the server
// writes nothing.
func Examined(ctx context.Context, l *ledger.Ledger, server string, most int) (mails, named int, err error) {
	err = l.Inbox().NewestRaw(ctx, most, func(raw []byte) {
		mails++
		if proof.Named(mailbox.Parse(raw, mailbox.Limits{Message: 1}).Trace, server) { // its header is all that is read
			named++
		}
	})
	return mails, named, err
}
