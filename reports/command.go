package reports

import (
	"slices"
	"strconv"
	"strings"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// command answers a mail that asks for something. What was to be carried out has been, and stands in the rulings.
func (p Post) command(a ledger.Arrival, d submission.Dataset, held []submission.Message, now calendar.Clock) ([]ledger.Letter, error) {
	name := p.name(a.Message.Unit)
	switch {
	case p.Plan.IsOffice(a.Message.From):
		name = p.Plan.Office.Name
	case p.Plan.IsCouncil(a.Message.From):
		name = p.Plan.Council.Name
	}
	var b body
	out := letter.Letter{
		ID: "receipt/" + a.Message.ID, To: to(name, []string{a.Message.From}), Date: now.Now(),
		InReplyTo: angle(a.Message.MessageID), References: []string{angle(a.Message.InReplyTo)},
	}
	var more []ledger.Letter
	var err error
	switch a.Message.Reason {
	case ingest.AskTemplates:
		err = p.sendForms(&b, &out, a, d, name, now)
	case ingest.AskStatus:
		p.board(&b, &out, a, d, held, name)
	case ingest.AskWithdraw:
		p.withdrawn(&b, &out, a, d, name)
	case ingest.AskApproval:
		more, err = p.approved(&b, &out, a, d, name, now)
	default:
		more, err = p.orders(&b, &out, a, d, name, now)
	}
	if err != nil {
		return nil, err
	}
	frozen, err := p.freezeAll("answer", a.Message.Unit, out, b)
	return append(frozen, more...), err
}

// round is the annual round going on when a mail came.
func (p Post) round(m submission.Message) plan.Period {
	return p.season(submission.Submission{Received: m.Received})
}

// sendForms answers "mẫu": the unit's forms, filled in with what is known of it, and the calendar.
func (p Post) sendForms(b *body, out *letter.Letter, a ledger.Arrival, d submission.Dataset, name string, now calendar.Clock) error {
	period := p.round(a.Message)
	title := strings.ToLower(period.Title)
	out.Subject = p.Plan.Words.Text("letter.templates.subject", "period", title, "unit", name)
	b.title(p.Plan.Words.Text("letter.templates.title", "period", title))
	b.para(p.Plan.Words.Text("letter.dear", "name", name))
	b.para(p.Plan.Words.Text("letter.templates.intro", "plan", planName(p.Plan), "issuer", p.Plan.Issuer.Short, "office", p.Plan.Office.Name))
	if period.Registration != nil && period.Dossier != nil {
		b.para(p.Plan.Words.Text("letter.templates.deadlines", "registration", period.Registration.Before.Short(), "dossier", period.Dossier.Before.Short()))
	}
	u, _ := p.Plan.UnitByCode(a.Message.Unit)
	var rows [][]string
	for _, f := range templates.Used(p.Plan) {
		per, _ := templates.PeriodOf(p.Plan, f, "", period)
		var file letter.Attachment
		var err error
		switch {
		case f.From == form.FromOffice && p.Plan.IsOffice(a.Message.From):
			file = letter.Attachment{Name: FormFile(f, per.ID, ""), Type: workbookType}
			file.Bytes, err = Blank(p.Plan, f, per, nil, Known{}, p.secret)
		case f.From == form.FromUnit && templates.MaySend(p.Plan, f, u) && (per.Kind != plan.Stage || per.To.Year == period.To.Year):
			desk := desk{Post: p, data: d, period: per, now: now.Now()}
			file, err = desk.prefilled(f, u)
		default:
			continue
		}
		if err != nil {
			return err
		}
		out.Attachments = append(out.Attachments, file)
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), templates.Title(f, p.Plan), file.Name})
	}
	out.Attachments = append(out.Attachments, p.calendarFile(period, now.Now()))
	rows = append(rows, []string{strconv.Itoa(len(rows) + 1), p.Plan.Words.Text("letter.calendar.name", "period", title), out.Attachments[len(out.Attachments)-1].Name})
	b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.paper"), p.Plan.Words.Text("letter.col.file")}, rows, nil)
	b.box(p.Plan.Words.Text("letter.templates.next"))
	return nil
}

// board answers "tình trạng": a unit sees its own papers, the office all units, the mails that wait for it and nothing more of them than their codes.
func (p Post) board(b *body, out *letter.Letter, a ledger.Arrival, d submission.Dataset, held []submission.Message, name string) {
	period := p.round(a.Message)
	out.Subject = p.Plan.Words.Text("letter.board.subject", "period", strings.ToLower(period.Title), "unit", name)
	b.title(p.Plan.Words.Text("letter.board.title", "period", strings.ToLower(period.Title)))
	b.para(p.Plan.Words.Text("letter.dear", "name", name))
	b.para(p.Plan.Words.Text("letter.board.intro", "moment", moment(d.AsOf)))
	units := p.Plan.UnitsOn(calendar.DateOf(d.AsOf))
	whole := p.Plan.IsOffice(a.Message.From)
	if !whole {
		units = slices.DeleteFunc(units, func(u plan.Unit) bool { return u.Code != a.Message.Unit })
	}
	var rows [][]string
	var tones []string
	for _, u := range units {
		for _, f := range templates.Used(p.Plan) {
			if f.From != form.FromUnit || !templates.MaySend(p.Plan, f, u) {
				continue
			}
			per, _ := templates.PeriodOf(p.Plan, f, "", period)
			current, sent := d.Current(per.ID, f.ID, u.Code)
			awaited := f == templates.RegistrationForm || f == templates.DossierForm
			if !sent && !awaited {
				continue
			}
			state, receipt, at, tone := p.Plan.Words.Text("letter.board.none"), "", "", "should"
			if sent {
				state, receipt, at, tone = p.Plan.Words.Text("letter.board.accepted"), current.ID, moment(current.Received), ""
				switch {
				case current.AwaitsLeader():
					state, tone = p.Plan.Words.Text("letter.receipt.leader"), "should"
				case current.State == submission.ToFix:
					state, tone = p.Plan.Words.Text("letter.board.tofix", "n", count(current.Findings, finding.Must)), "must"
				}
			}
			row := []string{strconv.Itoa(len(rows) + 1), templates.Title(f, p.Plan), state, receipt, at, due(per, f)}
			if whole {
				row = slices.Concat(row[:1], []string{u.Name, state, templates.Title(f, p.Plan)}, row[3:]) // the third column is the one that is coloured
			}
			rows, tones = append(rows, row), append(tones, tone)
		}
	}
	heads := []string{
		p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.paper"), p.Plan.Words.Text("letter.fact.result"), p.Plan.Words.Text("letter.fact.receipt"), p.Plan.Words.Text("letter.fact.received"), p.Plan.Words.Text("letter.fact.timing"),
	}
	if whole {
		heads = slices.Concat(heads[:1], []string{p.Plan.Words.Text("letter.fact.unit"), heads[2], heads[1]}, heads[3:])
	}
	b.table(heads, rows, tones)
	if whole && len(held) > 0 {
		var codes []string
		for _, m := range held {
			codes = append(codes, p.heldCode(m.ID))
		}
		b.para(p.Plan.Words.Text("letter.board.held", "n", len(held), "codes", strings.Join(codes[:min(len(codes), shownHeld)], ", ")))
	}
	b.box(p.Plan.Words.Text("letter.board.next"))
}

// due is the day before which a paper is wanted, "" when it may come at any time.
func due(period plan.Period, f *form.Form) string {
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

// withdrawn answers "rút hồ sơ": what no longer counts from now on, and that nothing sent before takes its place.
func (p Post) withdrawn(b *body, out *letter.Letter, a ledger.Arrival, d submission.Dataset, name string) {
	out.Subject = p.Plan.Words.Text("letter.withdraw.subject", "unit", name)
	b.title(p.Plan.Words.Text("letter.withdraw.title"))
	b.para(p.Plan.Words.Text("letter.dear", "name", name))
	var rows [][]string
	done := false
	for _, r := range a.Rulings {
		what, result := r.Given, p.Plan.Words.Text("letter.withdraw.done", "moment", moment(r.At))
		title := ""
		if r.Refused != "" {
			result = p.Plan.Words.Text("mail.refused." + r.Refused) //wording:composed mail.refused.
		} else {
			done = true
			for _, s := range r.Submissions {
				what, title = s.ID, p.formTitle(s)
			}
		}
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), what, title, result})
	}
	if len(rows) > 0 {
		b.para(p.Plan.Words.Text("letter.withdraw.intro", "moment", moment(a.Message.Received)))
		b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.fact.receipt"), p.Plan.Words.Text("letter.col.paper"), p.Plan.Words.Text("letter.fact.result")}, rows, nil)
		if done {
			b.box(p.Plan.Words.Text("letter.withdraw.next"))
		}
		return
	}
	b.para(p.Plan.Words.Text("letter.withdraw.which"))
	for _, s := range d.Submissions {
		if s.Unit == a.Message.Unit && s.Form != "" && (s.State == submission.Accepted || s.Period == p.round(a.Message).ID) {
			if f, _ := templates.Lookup(s.Form); f.From == form.FromUnit || p.Plan.IsOffice(a.Message.From) {
				rows = append(rows, []string{strconv.Itoa(len(rows) + 1), s.ID, p.formTitle(s), moment(s.Received)})
			}
		}
	}
	if len(rows) == 0 {
		b.box(p.Plan.Words.Text("letter.withdraw.nothing"))
		return
	}
	b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.fact.receipt"), p.Plan.Words.Text("letter.col.paper"), p.Plan.Words.Text("letter.fact.received")}, rows, nil)
	b.box(p.Plan.Words.Text("letter.withdraw.how", "id", rows[len(rows)-1][1]))
}

// orders answers the office's reply about held mail, line by line, and writes to those whose mail was taken in or returned.
func (p Post) orders(b *body, out *letter.Letter, a ledger.Arrival, d submission.Dataset, name string, now calendar.Clock) (more []ledger.Letter, err error) {
	out.Subject = p.Plan.Words.Text("letter.ruled.subject")
	b.title(p.Plan.Words.Text("letter.ruled.title"))
	b.para(p.Plan.Words.Text("letter.dear", "name", name))
	if len(a.Rulings) == 0 {
		b.para(p.Plan.Words.Text("letter.ruled.none"))
	} else {
		b.para(p.Plan.Words.Text("letter.ruled.intro", "moment", moment(a.Message.Received)))
	}
	var rows [][]string
	for _, r := range a.Rulings {
		result := ""
		switch {
		case r.Refused != "":
			result = p.Plan.Words.Text("mail.refused." + r.Refused)
		case r.Verb == ledger.Release && len(r.Rulings) > 0: // the mail was a command itself
			result = p.Plan.Words.Text("letter.ruled.obeyed")
			answers, err := p.command(obeyed(r), d, nil, now)
			if err != nil {
				return nil, err
			}
			more = append(more, answers...)
		case r.Verb == ledger.Release:
			result = p.Plan.Words.Text("letter.ruled.release", "unit", p.name(r.Unit), "n", len(r.Submissions))
			released := ledger.Arrival{Message: r.About, Submissions: r.Submissions}
			released.Message.Outcome, released.Message.From = submission.MailAccepted, r.Submissions[0].From
			if slices.ContainsFunc(r.Submissions, func(s submission.Submission) bool { return s.State == submission.ToFix }) {
				released.Message.Outcome = submission.MailToFix
			}
			answers, err := p.receipts(released, d, now, "released/")
			if err != nil {
				return nil, err
			}
			more = append(more, answers...)
		case r.Verb == ledger.Return:
			result = p.Plan.Words.Text("letter.ruled.return", "address", r.About.From)
			answer, err := p.returned(r.About, now)
			if err != nil {
				return nil, err
			}
			more = append(more, answer)
		default:
			result = p.Plan.Words.Text("letter.ruled.ignore")
		}
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), r.Given, result})
	}
	if len(rows) > 0 {
		b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.order"), p.Plan.Words.Text("letter.fact.result")}, rows, nil)
	}
	b.para(p.Plan.Words.Text("letter.held.release"))
	b.para(p.Plan.Words.Text("letter.held.return"))
	b.para(p.Plan.Words.Text("letter.held.ignore"))
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

// returned tells the sender of a held mail, because the office said so, how to send it properly. Nothing of the mail is repeated.
func (p Post) returned(m submission.Message, now calendar.Clock) (ledger.Letter, error) {
	var b body
	b.title(p.Plan.Words.Text("letter.returned.title"))
	b.para(p.Plan.Words.Text("letter.dear", "name", m.From))
	b.para(p.Plan.Words.Text("letter.returned.intro", "office", p.Plan.Office.Name, "moment", moment(m.Received), "reason", strings.ToLower(p.Plan.Words.Text("mail.reason."+m.Reason))))
	b.box(p.Plan.Words.Text("letter.returned.next", "address", p.Address))
	return p.freeze("returned", m.Unit, letter.Letter{
		ID: "returned/" + m.ID, To: to("", []string{m.From}), Date: now.Now(), InReplyTo: angle(m.MessageID), Subject: p.Plan.Words.Text("letter.returned.subject"),
	}, b)
}
