package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/reports/prefill"
	"thidua/samples/city"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// vote plays the council's secretary: the ballot workbook of the session is filled in and sent back, as a reply to the docket that brought
// it, or where no docket went out (awards between the years) in a mail of its own.
func (d *demo) vote(l *ledger.Ledger, p *plan.Plan, period plan.Period, at time.Time) error {
	docket, blank, err := d.docket(l, p, period)
	if err != nil {
		return err
	}
	ctx := templates.Context(p, period, "")
	if blank == nil {
		sources, err := d.gather(period.ID, at.Format(time.RFC3339))
		if err != nil {
			return err
		}
		blank = prefill.Votes(sources)
	}
	b, err := xlsx.Write(templates.VotesForm, prefill.Heading(p, period, nil), ctx, d.city.Votes(period.ID, blank))
	if err != nil {
		return err
	}
	m := city.Mail{
		Key: period.ID + "/votes", At: at, Sent: at, From: p.Council.SecretaryEmails[0], To: demoAddress,
		Subject:     wording.Text("demo.votes.subject", "period", strings.ToLower(period.Title)),
		Text:        wording.Text("demo.votes.text", "date", calendar.DateOf(at).Short()),
		Attachments: []city.Attachment{{Name: prefill.FileName(templates.VotesForm, period.ID, ""), Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Bytes: b}},
	}
	return d.send(&m, m.Bytes(docket))
}

// docket is the newest docket of a period: its Message-ID and the ballot workbook in it, read as the secretary opens it. Both are zero when none
// went out.
func (d *demo) docket(l *ledger.Ledger, p *plan.Plan, period plan.Period) (id string, ballot *templates.Votes, err error) {
	letters, err := l.Letters(d.ctx)
	if err != nil {
		return "", nil, err
	}
	var docket *ledger.Posted
	for i, x := range letters {
		if x.Kind == "papers" && strings.HasPrefix(x.Cause, "run/docket/"+period.ID+"/") {
			docket = &letters[i]
		}
	}
	if docket == nil {
		if period.Kind != plan.AdHoc {
			return "", nil, errors.New("no docket went to the council before its session")
		}
		return "", nil, nil
	}
	raw, err := l.Blob(d.ctx, docket.SHA256)
	if err != nil {
		return "", nil, err
	}
	name := prefill.FileName(templates.VotesForm, period.ID, "")
	for _, a := range mailbox.Parse(raw, mailbox.Limits{}).Attachments {
		if a.Name != name {
			continue
		}
		w, err := ooxml.Read(a.Bytes, ooxml.DefaultLimits())
		if err != nil {
			return "", nil, fmt.Errorf("reading the ballot workbook: %w", err)
		}
		f, stamp, ok := xlsx.Identify(w, templates.Forms())
		if !ok || f != templates.VotesForm {
			return "", nil, errors.New("the ballot workbook is not recognised")
		}
		return "<" + docket.MessageID + ">", xlsx.Read(f, stamp, w, templates.Context(p, period, "")).Value.(*templates.Votes), nil
	}
	return "", nil, errors.New("the docket carries no ballot workbook")
}
