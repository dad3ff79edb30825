package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/reports/prefill"
	"thidua/samples/city"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// voteUntil lets the council vote on every round whose session has come.
func (d *Demo) voteUntil(ctx context.Context, at time.Time) error {
	for _, period := range d.rounds {
		session := d.city.Session(period.ID)
		if d.voted[period.ID] || at.Before(session) {
			continue
		}
		if err := d.vote(ctx, period, session); err != nil {
			return fmt.Errorf("voting on %s: %w", period.ID, err)
		}
		d.voted[period.ID] = true
	}
	return nil
}

// vote plays the council's secretary: the ballot workbook of the session is filled in and sent
// back, as a reply to the docket that brought it, or where no docket went out (awards between the
// years) in a mail of its own.
func (d *Demo) vote(ctx context.Context, period plan.Period, at time.Time) error {
	docket, ballot, err := d.readDocket(ctx, period)
	if err != nil {
		return err
	}
	if ballot == nil {
		sources, err := d.evaluate(ctx, period.ID, at)
		if err != nil {
			return err
		}
		ballot = prefill.Votes(sources)
	}
	head := prefill.Heading(d.plan, period, nil)
	votes := d.city.Votes(period.ID, ballot)
	secret, err := d.ledger.Secrets().Current(ctx)
	if err != nil {
		return err
	}
	context := templates.Context(d.plan, period, "").Sealed(secret.Seal)
	workbook, err := xlsx.Write(templates.VotesForm, head, context, votes)
	if err != nil {
		return err
	}
	name := prefill.FileName(templates.VotesForm, period.ID, "")
	m := city.Mail{
		Key:         period.ID + "/votes",
		At:          at,
		Sent:        at,
		From:        d.plan.Council.SecretaryEmails[0],
		To:          address,
		Subject:     wording.Text("demo.votes.subject", "period", strings.ToLower(period.Title)),
		Text:        wording.Text("demo.votes.text", "date", calendar.DateOf(at).Short()),
		Attachments: []city.Attachment{{Name: name, Type: workbookType, Bytes: workbook}},
	}
	if err := d.bringTrouble(ctx, &m); err != nil {
		return err
	}
	return d.bring(ctx, &m, m.Bytes(docket))
}

// readDocket reads the newest docket of a round as the secretary opens it: its Message-ID and the
// ballot workbook in it. Both are zero when none went out, which only awards between the years can
// do without.
func (d *Demo) readDocket(ctx context.Context, period plan.Period) (id string, ballot *templates.Votes, err error) {
	letters, err := d.ledger.Outbox().Letters(ctx)
	if err != nil {
		return "", nil, err
	}
	docket := newest(letters, "papers", "docket/"+period.ID)
	if docket == nil {
		if period.Kind != plan.AdHoc {
			return "", nil, errors.New("no docket went to the council before its session")
		}
		return "", nil, nil
	}
	raw, err := d.ledger.Blob(ctx, docket.SHA256)
	if err != nil {
		return "", nil, err
	}
	name := prefill.FileName(templates.VotesForm, period.ID, "")
	for _, a := range mailbox.Parse(raw, mailbox.Limits{}).Attachments {
		if a.Name == name {
			ballot, err = readBallot(a.Bytes, d.plan, period)
			return "<" + docket.MessageID + ">", ballot, err
		}
	}
	return "", nil, errors.New("the docket carries no ballot workbook")
}

// readBallot reads the ballot workbook of a round.
func readBallot(workbook []byte, p *plan.Plan, period plan.Period) (*templates.Votes, error) {
	w, err := ooxml.Read(workbook, ooxml.DefaultLimits())
	if err != nil {
		return nil, fmt.Errorf("reading the ballot workbook: %w", err)
	}
	f, stamp, ok := reader.Identify(w, templates.Forms())
	if !ok || f != templates.VotesForm {
		return nil, errors.New("the ballot workbook is not recognised")
	}
	return reader.Read(f, stamp, w, templates.Context(p, period, "")).Value.(*templates.Votes), nil
}
