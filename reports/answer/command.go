package answer

import (
	"slices"
	"strconv"
	"strings"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/paper"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// command answers a mail that asks for something. What was to be carried out has been, and stands
// in the rulings.
func (c *clerk) command(a ledger.Arrival) ([]ledger.Letter, error) {
	name := c.addressee(a.Message)
	var b letter.Body
	out := letter.Letter{
		ID: "receipt/" + a.Message.ID, To: post.To(name, []string{a.Message.From}), Date: c.now,
		InReplyTo: letter.Angle(a.Message.MessageID), References: []string{letter.Angle(a.Message.InReplyTo)},
	}
	var more []ledger.Letter
	var err error
	switch a.Message.Reason {
	case ingest.AskTemplates:
		err = c.sendForms(&b, &out, a, name)
	case ingest.AskStatus:
		c.board(&b, &out, a, name)
	case ingest.AskWithdraw:
		c.withdrawn(&b, &out, a, name)
	case ingest.AskApproval:
		more, err = c.approved(&b, &out, a, name)
	default:
		more, err = c.orders(&b, &out, a, name)
	}
	if err != nil {
		return nil, err
	}
	frozen, err := c.FreezeAll("answer", a.Message.Unit, out, b)
	return append(frozen, more...), err
}

// round is the annual round going on when a mail came.
func (c *clerk) round(m submission.Message) plan.Period {
	return round.Season(c.Plan, m.Received)
}

// sendForms answers "mẫu": the unit's forms, filled in with what is known of it, and the calendar.
func (c *clerk) sendForms(b *letter.Body, out *letter.Letter, a ledger.Arrival, name string) error {
	period := c.round(a.Message)
	title := strings.ToLower(period.Title)
	out.Subject = c.Text("letter.templates.subject", "period", title, "unit", name)
	b.Title(c.Text("letter.templates.title", "period", title))
	b.Para(c.Text("letter.dear", "name", name))
	b.Para(c.Text("letter.templates.intro", "plan", style.PlanName(c.Plan), "issuer", c.Plan.Issuer.Short, "office",
		c.Plan.Office.Name))
	if period.Registration != nil && period.Dossier != nil {
		b.Para(c.Text("letter.templates.deadlines", "registration", period.Registration.Before.Short(), "dossier",
			period.Dossier.Before.Short()))
	}
	u, _ := c.Plan.UnitByCode(a.Message.Unit)
	var rows [][]string
	for _, f := range templates.Used(c.Plan) {
		per, _ := templates.PeriodOf(c.Plan, f, "", period)
		var file paper.File
		var err error
		switch {
		case f.From == form.FromOffice && c.Plan.IsOffice(a.Message.From):
			file, err = prefill.Office(c.Plan, f, per, c.Secret())
		case f.From == form.FromUnit && templates.MaySend(c.Plan, f, u) &&
			(per.Kind != plan.Stage || per.To.Year == period.To.Year):
			file, err = c.forms.Round(c.data, per, calendar.DateOf(c.now), c.Secret()).Unit(f, u)
		default:
			continue
		}
		if err != nil {
			return err
		}
		out.Attachments = append(out.Attachments, letter.Attachment(file))
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), templates.Title(f, c.Plan), file.Name})
	}
	out.Attachments = append(out.Attachments, c.CalendarFile(period, c.now))
	rows = append(rows, []string{strconv.Itoa(len(rows) + 1), c.Text("letter.calendar.name", "period", title),
		out.Attachments[len(out.Attachments)-1].Name})
	b.Table([]string{c.Text("letter.col.number"), c.Text("letter.col.paper"), c.Text("letter.col.file")}, rows, nil)
	b.Box(c.Text("letter.templates.next"))
	return nil
}

// board answers "tình trạng": a unit sees its own papers, the office all units, the mails that wait
// for it and nothing more of them than their codes.
func (c *clerk) board(b *letter.Body, out *letter.Letter, a ledger.Arrival, name string) {
	period := c.round(a.Message)
	out.Subject = c.Text("letter.board.subject", "period", strings.ToLower(period.Title), "unit", name)
	b.Title(c.Text("letter.board.title", "period", strings.ToLower(period.Title)))
	b.Para(c.Text("letter.dear", "name", name))
	b.Para(c.Text("letter.board.intro", "moment", style.Moment(c.data.AsOf)))
	units := c.Plan.UnitsOn(calendar.DateOf(c.data.AsOf))
	whole := c.Plan.IsOffice(a.Message.From)
	if !whole {
		units = slices.DeleteFunc(units, func(u plan.Unit) bool { return u.Code != a.Message.Unit })
	}
	var rows [][]string
	var tones []string
	for _, u := range units {
		for _, f := range templates.Used(c.Plan) {
			if f.From != form.FromUnit || !templates.MaySend(c.Plan, f, u) {
				continue
			}
			per, _ := templates.PeriodOf(c.Plan, f, "", period)
			current, sent := c.data.Current(per.ID, f.ID, u.Code)
			awaited := f == templates.RegistrationForm || f == templates.DossierForm
			if !sent && !awaited {
				continue
			}
			state, receipt, at, tone := c.Text("letter.board.none"), "", "", "should"
			if d, declined := c.data.DeclinedBy(per.ID, u.Code); declined {
				state, tone = c.Text("letter.board.declined", "date", calendar.DateOf(d.At).Short()), ""
			}
			if sent {
				state, receipt, at, tone = c.Text("letter.board.accepted"), current.ID, style.Moment(current.Received),
					""
				switch {
				case current.AwaitsLeader():
					state, tone = c.Text("letter.receipt.leader"), "should"
				case current.State == submission.ToFix:
					state, tone = c.Text("letter.board.tofix", "n", finding.Count(current.Findings, finding.Must)),
						"must"
				}
			}
			row := []string{strconv.Itoa(len(rows) + 1), templates.Title(f, c.Plan), state, receipt, at,
				dueBefore(per, f)}
			if whole {
				// the third column is the one that is coloured
				row = slices.Concat(row[:1], []string{u.Name, state, templates.Title(f, c.Plan)}, row[3:])
			}
			rows, tones = append(rows, row), append(tones, tone)
		}
	}
	heads := []string{
		c.Text("letter.col.number"), c.Text("letter.col.paper"), c.Text("letter.fact.result"),
		c.Text("letter.fact.receipt"), c.Text("letter.fact.received"), c.Text("letter.fact.timing"),
	}
	if whole {
		heads = slices.Concat(heads[:1], []string{c.Text("letter.fact.unit"), heads[2], heads[1]}, heads[3:])
	}
	b.Table(heads, rows, tones)
	if whole && len(c.held) > 0 {
		var codes []string
		for _, m := range c.held {
			codes = append(codes, c.heldCode(m))
		}
		b.Para(c.Text("letter.board.held", "n", len(c.held), "codes", strings.Join(codes[:min(len(codes), shownHeld)],
			", ")))
	}
	b.Box(c.Text("letter.board.next"))
}

// dueBefore is the day before which a paper is wanted, "" when it may come at any time.
func dueBefore(period plan.Period, f *form.Form) string {
	deadline := period.Dossier
	switch f {
	case templates.RegistrationForm:
		deadline = period.Registration
	case templates.DossierForm, templates.StageForm:
	default:
		return ""
	}
	if deadline == nil {
		return ""
	}
	return wording.Text("letter.board.due", "date", deadline.Before.Short())
}

// withdrawn answers "rút hồ sơ": what no longer counts from now on, and that nothing sent before
// takes its place.
func (c *clerk) withdrawn(b *letter.Body, out *letter.Letter, a ledger.Arrival, name string) {
	out.Subject = c.Text("letter.withdraw.subject", "unit", name)
	if slices.ContainsFunc(a.Rulings, func(r ledger.Settled) bool { return r.Refused == "" }) {
		b.Title(c.Text("letter.withdraw.title"))
	} else { // nothing was withdrawn
		out.Subject = c.Text("letter.withdraw.subject.none", "unit", name)
		b.Title(c.Text("letter.withdraw.title.none"))
	}
	b.Para(c.Text("letter.dear", "name", name))
	var rows [][]string
	done := false
	for _, r := range a.Rulings {
		what, result := r.Given, c.Text("letter.withdraw.done", "moment", style.Moment(r.At))
		title := ""
		if r.Refused != "" {
			result = c.Text("mail.refused." + r.Refused) //wording:composed mail.refused.
		} else {
			done = true
			for _, s := range r.Submissions {
				what, title = s.ID, c.FormTitle(s)
			}
		}
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), what, title, result})
	}
	if len(rows) > 0 {
		b.Para(c.Text("letter.withdraw.intro", "moment", style.Moment(a.Message.Received)))
		b.Table([]string{c.Text("letter.col.number"), c.Text("letter.fact.receipt"), c.Text("letter.col.paper"),
			c.Text("letter.fact.result")}, rows, nil)
		if done {
			b.Box(c.Text("letter.withdraw.next"))
		}
		return
	}
	b.Para(c.Text("letter.withdraw.which"))
	for _, s := range c.data.Submissions {
		if s.Unit == a.Message.Unit && s.Form != "" &&
			(s.State == submission.Accepted || s.Period == c.round(a.Message).ID) {
			if f, _ := templates.Lookup(s.Form); f.From == form.FromUnit || c.Plan.IsOffice(a.Message.From) {
				rows = append(rows, []string{strconv.Itoa(len(rows) + 1), s.ID, c.FormTitle(s),
					style.Moment(s.Received)})
			}
		}
	}
	if len(rows) == 0 {
		b.Box(c.Text("letter.withdraw.nothing"))
		return
	}
	b.Table([]string{c.Text("letter.col.number"), c.Text("letter.fact.receipt"), c.Text("letter.col.paper"),
		c.Text("letter.fact.received")}, rows, nil)
	b.Box(c.Text("letter.withdraw.how", "id", rows[len(rows)-1][1]))
}

// orders answers the office's reply about c.held mail, line by line, and writes to those whose mail
// was taken in or returned.
func (c *clerk) orders(b *letter.Body, out *letter.Letter, a ledger.Arrival, name string) (more []ledger.Letter,
	err error) {
	out.Subject = c.Text("letter.ruled.subject")
	b.Title(c.Text("letter.ruled.title"))
	b.Para(c.Text("letter.dear", "name", name))
	raw, err := c.raw(a.Message.ID)
	if err != nil {
		return nil, err
	}
	missed := ingest.NotUnderstood(mailbox.Parse(raw, mailbox.Limits{}).Text)
	refused := 0
	for _, r := range a.Rulings {
		if r.Refused != "" {
			refused++
		}
	}
	if len(a.Rulings) == 0 {
		b.Para(c.Text("letter.ruled.none"))
	} else {
		b.Para(c.Text("letter.ruled.intro", "moment", style.Moment(a.Message.Received)))
		if refused+len(missed) > 0 {
			b.Para(c.Text("letter.ruled.count", "done", len(a.Rulings)-refused, "refused", refused, "missed",
				len(missed)))
		}
	}
	var rows [][]string
	for _, r := range a.Rulings {
		result := ""
		switch {
		case r.Refused != "":
			result = c.Text("mail.refused." + r.Refused)
		case r.Verb == ledger.Release && len(r.Rulings) > 0: // the mail was a command itself
			result = c.Text("letter.ruled.obeyed")
			answers, err := c.command(obeyed(r))
			if err != nil {
				return nil, err
			}
			more = append(more, answers...)
		case r.Verb == ledger.Release:
			result = c.Text("letter.ruled.release", "unit", c.UnitName(r.Unit), "n", len(r.Submissions))
			released := ledger.Arrival{Message: r.About, Submissions: r.Submissions}
			released.Message.Outcome, released.Message.From = submission.MailAccepted, r.Submissions[0].From
			if slices.ContainsFunc(r.Submissions,
				func(s submission.Submission) bool { return s.State == submission.ToFix }) {
				released.Message.Outcome = submission.MailToFix
			}
			answers, err := c.receipts(released, "released/")
			if err != nil {
				return nil, err
			}
			more = append(more, answers...)
		case r.Verb == ledger.Return:
			result = c.Text("letter.ruled.return", "address", r.About.From)
			answer, err := c.returned(r.About)
			if err != nil {
				return nil, err
			}
			more = append(more, answer)
		default:
			result = c.Text("letter.ruled.ignore")
		}
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), r.Given, result})
	}
	for _, line := range missed {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), line, c.Text("letter.ruled.missed")})
	}
	if len(rows) > 0 {
		b.Table([]string{c.Text("letter.col.number"), c.Text("letter.col.order"), c.Text("letter.fact.result")}, rows,
			nil)
	}
	b.Para(c.Text("letter.held.release"))
	b.Para(c.Text("letter.held.return"))
	b.Para(c.Text("letter.held.ignore"))
	return more, nil
}

// obeyed is a command that was held until the office vouched for it, as if it had just come.
func obeyed(r ledger.Settled) ledger.Arrival {
	a := ledger.Arrival{Message: r.About, Rulings: r.Rulings}
	switch r.Rulings[0].Verb {
	case ledger.Withdraw:
		a.Message.Reason = ingest.AskWithdraw
	case ledger.Approve, ledger.Object:
		a.Message.Reason = ingest.AskApproval
	default:
		a.Message.Reason = ingest.AskRuling
	}
	return a
}

// returned tells the sender of a c.held mail, because the office said so, how to send it properly.
// Nothing of the mail is repeated.
func (c *clerk) returned(m submission.Message) (ledger.Letter, error) {
	var b letter.Body
	b.Title(c.Text("letter.returned.title"))
	b.Para(c.Text("letter.dear", "name", m.From))
	b.Para(c.Text("letter.returned.intro", "office", c.Plan.Office.Name, "moment", style.Moment(m.Received), "reason",
		strings.ToLower(c.Text("mail.reason."+m.Reason))))
	b.Box(c.Text("letter.returned.next", "address", c.Address))
	return c.Freeze("returned", m.Unit, letter.Letter{
		ID: "returned/" + m.ID, To: post.To("", []string{m.From}), Date: c.now, InReplyTo: letter.Angle(m.MessageID),
		Subject: c.Text("letter.returned.subject"),
	}, b)
}
