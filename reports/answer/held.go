package answer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/reports/style"
)

// kindUndelivered is the kind of letters that tell the office of letters that did not arrive. No
// such letter is made about one of them.
const kindUndelivered = "undelivered"

// shownHeld is how many mails one digest lists: whoever sends thousands of mails fills few letters.
const shownHeld = 200

// codeLength is how much of a mail's ID stands for it in subjects, where it commands nothing.
const codeLength = 8

// quotedWords is how many runes of a mail server's words the office is shown.
const quotedWords = 120

// heldCode stands for a held mail in what the office is told and answers.
func (c *clerk) heldCode(m submission.Message) string { return c.Secret().Code(proof.HeldMail, m.ID) }

// heldDigest tells the office of the mails that a person must decide about, in one letter, and how
// to decide by replying. Their senders are not told: an unknown address may be forged.
func (c *clerk) heldDigest(mails []submission.Message) ([]ledger.Letter, error) {
	if len(c.Plan.Office.Emails) == 0 || len(mails) == 0 {
		return nil, nil
	}
	var letters []ledger.Letter
	for part := range slices.Chunk(mails, shownHeld) {
		var b letter.Body
		b.Title(c.Text("letter.held.title"))
		b.Para(c.Text("letter.dear", "name", c.Plan.Office.Name))
		b.Para(c.Text("letter.held.intro", "n", len(part)))
		var rows [][]string
		for i, m := range part {
			from := m.Senders()
			if m.Unit != "" {
				from += "\n" + c.UnitName(m.Unit)
			}
			why := c.Text("mail.reason." + m.Reason) //wording:composed mail.reason.
			if m.Reason == "infected" && m.Detail != "" {
				why += " (" + m.Detail + ")"
			}
			rows = append(rows, []string{strconv.Itoa(i + 1), c.heldCode(m), from, m.Subject, style.Moment(m.Received),
				why})
		}
		b.Table([]string{
			c.Text("letter.col.number"), c.Text("letter.col.mailcode"), c.Text("letter.fact.from"),
			c.Text("letter.fact.subject"), c.Text("letter.fact.received"), c.Text("letter.col.reason"),
		}, rows, nil)
		b.Box(c.Text("letter.held.next"))
		b.Para(c.Text("letter.held.release"))
		b.Para(c.Text("letter.held.return"))
		b.Para(c.Text("letter.held.ignore"))
		frozen, err := c.Freeze("held", "", letter.Letter{
			ID: "held/" + part[0].ID, To: c.ToOffice(), Date: c.now,
			Subject: c.Text("letter.held.subject", "n", len(part), "id", part[0].ID[:codeLength]),
		}, b)
		if err != nil {
			return nil, err
		}
		letters = append(letters, frozen)
	}
	return letters, nil
}

// explain says why a letter did not arrive. What a mail that came back says may be anybody's words:
// they are cut, quoted, and called theirs.
func explain(p post.Post, f ledger.Failure) string {
	words := []rune(strings.Join(strings.Fields(f.Text), " "))
	switch {
	case len(words) == 0 && f.Status == "":
		return p.Text("letter.undelivered.nowhy")
	case len(words) == 0, f.Told.ID == "": // the server said so to us
		return strings.TrimSpace(f.Status + " " + f.Text)
	case len(words) > quotedWords:
		words = append(words[:quotedWords], '…')
	}
	return strings.TrimSpace(f.Status + " " + p.Text("letter.undelivered.theirwords", "words", string(words)))
}

// tellFailures tells the office once of every letter that did not arrive: refused by a server for
// good, or bounced later.
func tellFailures(ctx context.Context, p post.Post, l *ledger.Ledger, now time.Time) error {
	failures, err := l.Outbox().Failures(ctx, kindUndelivered)
	if err != nil || len(failures) == 0 || len(p.Plan.Office.Emails) == 0 {
		return err
	}
	for part := range slices.Chunk(failures, shownHeld) {
		var b letter.Body
		b.Title(p.Text("letter.undelivered.title"))
		b.Para(p.Text("letter.dear", "name", p.Plan.Office.Name))
		b.Para(p.Text("letter.undelivered.intro", "n", len(part)))
		var rows [][]string
		var refs []string
		for i, f := range part {
			unit := ""
			if f.Letter.Unit != "" {
				unit = p.UnitName(f.Letter.Unit)
			}
			why := explain(p, f)
			rows = append(rows, []string{strconv.Itoa(i + 1), f.Addr, unit, f.Letter.Subject,
				style.Moment(f.Letter.Created), why})
			if !slices.Contains(refs, f.Ref) {
				refs = append(refs, f.Ref)
			}
		}
		b.Table([]string{
			p.Text("letter.col.number"), p.Text("letter.col.address"), p.Text("letter.fact.unit"),
			p.Text("letter.fact.subject"), p.Text("letter.col.sent"), p.Text("letter.col.reason"),
		}, rows, nil)
		b.Box(p.Text("letter.undelivered.next"))
		frozen, err := p.Freeze(kindUndelivered, "", letter.Letter{
			ID: "undelivered/" + refs[0], To: p.ToOffice(), Date: now, Subject: p.Text("letter.undelivered.subject",
				"n", len(part)),
		}, b)
		if err != nil {
			return fmt.Errorf("telling of %d failures: %w", len(part), err)
		}
		if err := l.Outbox().Notify(ctx, refs, frozen); err != nil {
			return err
		}
	}
	return nil
}
