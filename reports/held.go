package reports

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates/calendar"
)

// kindUndelivered is the kind of letters that tell the office of letters that did not arrive. No such letter is made about one of them.
const kindUndelivered = "undelivered"

// shownHeld is how many mails one digest lists: whoever sends thousands of mails fills few letters.
const shownHeld = 200

// codeLength is how much of a mail's ID stands for it in letters.
const codeLength = 8

// heldDigest tells the office of the mails that a person must decide about, in one letter, and how to decide by replying. Their senders are not
// told: an unknown address may be forged.
func (p Post) heldDigest(mails []submission.Message, now calendar.Clock) ([]ledger.Letter, error) {
	if len(p.Plan.Office.Emails) == 0 || len(mails) == 0 {
		return nil, nil
	}
	var letters []ledger.Letter
	for part := range slices.Chunk(mails, shownHeld) {
		var b body
		b.title(p.Plan.Words.Text("letter.held.title"))
		b.para(p.Plan.Words.Text("letter.dear", "name", p.Plan.Office.Name))
		b.para(p.Plan.Words.Text("letter.held.intro", "n", len(part)))
		var rows [][]string
		for i, m := range part {
			from := m.Senders()
			if m.Unit != "" {
				from += "\n" + p.name(m.Unit)
			}
			why := p.Plan.Words.Text("mail.reason." + m.Reason) //wording:composed mail.reason.
			if m.Reason == "infected" && m.Detail != "" {
				why += " (" + m.Detail + ")"
			}
			rows = append(rows, []string{strconv.Itoa(i + 1), m.ID[:codeLength], from, m.Subject, moment(m.Received), why})
		}
		b.table([]string{
			p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.mailcode"), p.Plan.Words.Text("letter.fact.from"), p.Plan.Words.Text("letter.fact.subject"), p.Plan.Words.Text("letter.fact.received"), p.Plan.Words.Text("letter.col.reason"),
		}, rows, nil)
		b.box(p.Plan.Words.Text("letter.held.next"))
		b.para(p.Plan.Words.Text("letter.held.release"))
		b.para(p.Plan.Words.Text("letter.held.return"))
		b.para(p.Plan.Words.Text("letter.held.ignore"))
		frozen, err := p.freeze("held", "", letter.Letter{
			ID: "held/" + part[0].ID, To: to(p.Plan.Office.Name, p.Plan.Office.Emails), Date: now.Now(), Subject: p.Plan.Words.Text("letter.held.subject", "n", len(part), "id", part[0].ID[:codeLength]),
		}, b)
		if err != nil {
			return nil, err
		}
		letters = append(letters, frozen)
	}
	return letters, nil
}

// tellFailures tells the office once of every letter that did not arrive: refused by a server for good, or bounced later.
func (p Post) tellFailures(ctx context.Context, l *ledger.Ledger, now calendar.Clock) error {
	failures, err := l.Failures(ctx, kindUndelivered)
	if err != nil || len(failures) == 0 || len(p.Plan.Office.Emails) == 0 {
		return err
	}
	for part := range slices.Chunk(failures, shownHeld) {
		var b body
		b.title(p.Plan.Words.Text("letter.undelivered.title"))
		b.para(p.Plan.Words.Text("letter.dear", "name", p.Plan.Office.Name))
		b.para(p.Plan.Words.Text("letter.undelivered.intro", "n", len(part)))
		var rows [][]string
		var refs []string
		for i, f := range part {
			unit := ""
			if f.Letter.Unit != "" {
				unit = p.name(f.Letter.Unit)
			}
			why := strings.TrimSpace(f.Status + " " + f.Text)
			if why == "" {
				why = p.Plan.Words.Text("letter.undelivered.nowhy")
			}
			rows = append(rows, []string{strconv.Itoa(i + 1), f.Addr, unit, f.Letter.Subject, moment(f.Letter.Created), why})
			if !slices.Contains(refs, f.Ref) {
				refs = append(refs, f.Ref)
			}
		}
		b.table([]string{
			p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.address"), p.Plan.Words.Text("letter.fact.unit"), p.Plan.Words.Text("letter.fact.subject"), p.Plan.Words.Text("letter.col.sent"), p.Plan.Words.Text("letter.col.reason"),
		}, rows, nil)
		b.box(p.Plan.Words.Text("letter.undelivered.next"))
		frozen, err := p.freeze(kindUndelivered, "", letter.Letter{
			ID: "undelivered/" + refs[0], To: to(p.Plan.Office.Name, p.Plan.Office.Emails), Date: now.Now(), Subject: p.Plan.Words.Text("letter.undelivered.subject", "n", len(part)),
		}, b)
		if err != nil {
			return fmt.Errorf("telling of %d failures: %w", len(part), err)
		}
		if err := l.Notify(ctx, refs, frozen); err != nil {
			return err
		}
	}
	return nil
}
