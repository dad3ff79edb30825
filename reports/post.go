package reports

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/reports/letter"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// Post is in whose name letters go out: the shared mailbox, which is also where answers come back to.
type Post struct {
	Plan    *plan.Plan
	Address string         // of the shared mailbox
	Domain  string         // right side of our Message-IDs
	Signer  *letter.Signer // signs every letter; nil for none
	Largest int            // bytes of attachments one letter may carry; DefaultLargest when zero
	Blanks  *Blanks        // forms made before, for those that make many passes; nil remembers none

	ruled map[string][]ruledLine // what came of the forms of rulings that are answered now, by submission
}

// circulars are the kinds of letters that go to many, and say so.
var circulars = []string{"templates", "reminder", "papers"}

// freeze composes a letter and makes it ready for the ledger's queue. The mail is never composed again.
func (p Post) freeze(kind, unit string, l letter.Letter, b body) (ledger.Letter, error) {
	b.fit(p.Plan.Words)
	b.para(p.Plan.Words.Text("letter.closing"))
	b.para(p.Plan.Words.Text("letter.signature", "office", p.Plan.Office.Name, "issuer", p.Plan.Issuer.Short))
	b.para(p.Plan.Words.Text("letter.automatic", "address", p.Address))
	l.From = mail.Address{Name: p.Plan.Office.Name + " - " + p.Plan.Issuer.Short, Address: p.Address}
	l.Text, l.HTML = b.text(), b.html()
	if slices.Contains(circulars, kind) {
		l.List = "thidua." + p.Domain
	}
	raw, err := letter.Compose(l, p.Domain)
	if err != nil {
		return ledger.Letter{}, err // it names the letter
	}
	if p.Signer != nil {
		if raw, err = p.Signer.Sign(raw); err != nil {
			return ledger.Letter{}, fmt.Errorf("composing letter %s: %w", l.ID, err)
		}
	}
	out := ledger.Letter{ID: l.ID, Kind: kind, Unit: unit, From: p.Address, Subject: l.Subject, Raw: raw,
		MessageID: strings.Trim(letter.MessageID(l.ID, p.Domain), "<>"), InReplyTo: strings.Trim(l.InReplyTo, "<>")}
	for _, a := range append(append([]mail.Address{}, l.To...), l.Cc...) {
		out.To = append(out.To, a.Address)
	}
	return out, nil
}

// to makes the address list of a letter.
func to(name string, addresses []string) []mail.Address {
	var out []mail.Address
	for _, a := range addresses {
		out = append(out, mail.Address{Name: name, Address: a})
	}
	return out
}

// addressees are addresses of the office, the council and units, each with the name of whose it is.
func (p Post) addressees(addresses []string) []mail.Address {
	var out []mail.Address
	for _, a := range addresses {
		name := ""
		switch {
		case p.Plan.IsOffice(a):
			name = p.Plan.Office.Name
		case p.Plan.IsCouncil(a):
			name = p.Plan.Council.Name
		default:
			if i := slices.IndexFunc(p.Plan.Units, func(u plan.Unit) bool { return slices.Contains(u.Emails, a) }); i >= 0 {
				name = p.Plan.Units[i].Name
			}
		}
		out = append(out, mail.Address{Name: name, Address: a})
	}
	return out
}

// Heading is what stands above the sheets of a form: of a unit, or of the standing office when unit is nil.
func Heading(p *plan.Plan, period plan.Period, u *plan.Unit) xlsx.Heading {
	h := xlsx.Heading{
		Superior: strings.ToUpper(p.Issuer.Short), Issuer: p.Office.Name, Period: strings.ToLower(period.Title),
		Plan: wording.Text("letter.plan", "number", p.Number, "date", p.IssuedOn.Short()), Office: p.Office.Name,
	}
	if u != nil {
		h.Issuer = u.Name
	}
	return h
}

// FormFile is the name of a form's workbook for a unit, such as "dang-ky-2018-05452.xlsx".
func FormFile(f *form.Form, period, unit string) string {
	name := f.ID
	for _, s := range []string{period, unit} {
		if s != "" && s != f.ID {
			name += "-" + s
		}
	}
	return name + ".xlsx"
}

// workbookType is the media type of an .xlsx file.
const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// mediaType of a paper's format.
func mediaType(f Format) string {
	switch f {
	case PDF:
		return "application/pdf"
	case XLSX:
		return workbookType
	}
	return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}

// moment writes an instant for letters, to the second, since deadlines end at midnight in UTC+7.
func moment(t time.Time) string {
	return wording.Text("letter.moment", "time", t.In(calendar.Zone).Format("15:04:05"), "date", calendar.DateOf(t).Short())
}
