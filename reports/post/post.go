// Package post composes the letters of the shared mailbox and makes them ready for the ledger's
// queue.
//
// A letter's parts go in; bytes frozen once and for ever come out, as the ledger keeps them. What
// is too much for one mail goes in several. The package decides nothing that is told, sends nothing
// and never asks the clock.
package post

import (
	"context"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports/ical"
	"thidua/reports/letter"
	"thidua/reports/paper"
	"thidua/templates/plan"
)

// Mailbox is the shared mailbox as letters need it.
type Mailbox struct {
	Address string         // where answers come back to
	Domain  string         // right side of our Message-IDs
	Signer  *letter.Signer // signs every letter; nil for none
	Largest int            // bytes of attachments one letter may carry; DefaultLargest when zero

	Release  string // version of the release that writes, "" for none
	Examiner string // the mail server whose checks are believed, "" for none
}

// Post is in whose name letters go out: the shared mailbox of the office of a plan.
//
//constructed:by New
type Post struct {
	Mailbox
	Plan *plan.Plan

	secret proof.Secret // of the ledger that is worked on
}

// New returns the post of a plan's office with its mailbox.
func New(p *plan.Plan, m Mailbox) Post {
	if m.Largest <= 0 {
		m.Largest = DefaultLargest
	}
	return Post{Mailbox: m, Plan: p}
}

// With is the same post with the secret of a ledger: the codes of what it writes are those that the
// ledger believes.
func (p Post) With(ctx context.Context, l *ledger.Ledger) (Post, error) {
	var err error
	p.secret, err = l.Secrets().Current(ctx)
	return p, err
}

// Secret is what the codes of this post's letters and workbooks follow from.
func (p Post) Secret() proof.Secret { return p.secret }

// MessageID is the Message-ID of a letter of ours, with its brackets. Nobody but its recipients can
// know it.
func (p Post) MessageID(letterID string) string {
	return "<" + p.secret.Code(proof.MessageID, letterID) + "@" + p.Domain + ">"
}

// Text is a text of the catalogue in the plan's own words.
func (p Post) Text(key string, pairs ...any) string { return p.Plan.Words.Text(key, pairs...) }

// circulars are the kinds of letters that go to many, and say so.
var circulars = []string{"templates", "reminder", "papers"}

// Freeze composes a letter and makes it ready for the ledger's queue. The mail is never composed
// again.
func (p Post) Freeze(kind, unit string, l letter.Letter, b letter.Body) (ledger.Letter, error) {
	b.Fit(p.Plan.Words)
	b.Para(p.Text("letter.closing"))
	b.Para(p.Text("letter.signature", "office", p.Plan.Office.Name, "issuer", p.Plan.Issuer.Short))
	b.Para(p.Text("letter.automatic", "address", p.Address))
	l.From = mail.Address{Name: p.Plan.Office.Name + " - " + p.Plan.Issuer.Short, Address: p.Address}
	l.Text, l.HTML, l.Release = b.Text(), b.HTML(), p.Release
	if slices.Contains(circulars, kind) {
		l.List = "thidua." + p.Domain
	}
	l.MessageID = p.MessageID(l.ID)
	raw, err := letter.Compose(l)
	if err != nil {
		return ledger.Letter{}, err // it names the letter
	}
	if p.Signer != nil {
		if raw, err = p.Signer.Sign(raw); err != nil {
			return ledger.Letter{}, fmt.Errorf("composing letter %s: %w", l.ID, err)
		}
	}
	out := ledger.Letter{
		ID: l.ID, Kind: kind, Unit: unit, From: p.Address, Subject: l.Subject, Raw: raw,
		MessageID: strings.Trim(l.MessageID, "<>"), InReplyTo: strings.Trim(l.InReplyTo, "<>"),
	}
	for _, a := range slices.Concat(l.To, l.Cc) {
		out.To = append(out.To, a.Address)
	}
	return out, nil
}

// To makes the address list of a letter to one addressee.
func To(name string, addresses []string) []mail.Address {
	var out []mail.Address
	for _, a := range addresses {
		out = append(out, mail.Address{Name: name, Address: a})
	}
	return out
}

// ToOffice is the address list of a letter to the standing office.
func (p Post) ToOffice() []mail.Address { return To(p.Plan.Office.Name, p.Plan.Office.Emails) }

// Addressees are addresses of the office, the council and units, each with the name of whose it is.
func (p Post) Addressees(addresses []string) []mail.Address {
	var out []mail.Address
	for _, a := range addresses {
		name := ""
		switch {
		case p.Plan.IsOffice(a):
			name = p.Plan.Office.Name
		case p.Plan.IsCouncil(a):
			name = p.Plan.Council.Name
		default:
			i := slices.IndexFunc(p.Plan.Units, func(u plan.Unit) bool { return slices.Contains(u.Emails, a) })
			if i >= 0 {
				name = p.Plan.Units[i].Name
			}
		}
		out = append(out, mail.Address{Name: name, Address: a})
	}
	return out
}

// UnitName is the name of a unit, or its code where the plan has no such unit.
func (p Post) UnitName(code string) string { return paper.UnitNamed(p.Plan, code) }

// FormTitle is what a submission is called in letters.
func (p Post) FormTitle(s submission.Submission) string { return paper.FormTitle(p.Plan, s) }

// CalendarFile is the deadlines of a period for the calendars of units.
func (p Post) CalendarFile(period plan.Period, made time.Time) letter.Attachment {
	return letter.Attachment{
		Name: "lich-thi-dua-" + period.ID + ".ics", Type: ical.MediaType,
		Bytes: ical.Deadlines(p.Plan, period, p.Domain, made),
	}
}

// Attach makes files the attachments of a letter.
func Attach(files ...paper.File) []letter.Attachment {
	var out []letter.Attachment
	for _, f := range files {
		out = append(out, letter.Attachment(f))
	}
	return out
}
