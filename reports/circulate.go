package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
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

// forms sends the blank forms of an occasion, each unit its own, and the office its own.
func (d *desk) forms(o plan.Occurrence, key string) (docs []ledger.Document, letters []ledger.Letter, err error) {
	for _, paper := range o.Occasion.Papers {
		f, ok := formOf(paper)
		if !ok {
			more, sent, err := d.circular(paper, key)
			if err != nil {
				return nil, nil, err
			}
			docs, letters = append(docs, more...), append(letters, sent...)
			continue
		}
		if f.From != form.FromUnit {
			b, err := Blank(d.Plan, f, d.period, nil, Known{}, d.secret)
			if err != nil {
				return nil, nil, err
			}
			file := FormFile(f, d.period.ID, "")
			docs = append(docs, ledger.Document{Name: file, Bytes: b})
			l, err := d.formLetter(key, d.Plan.Office.Name, "", d.Plan.Office.Emails, letter.Attachment{Name: file, Type: workbookType, Bytes: b})
			if err != nil {
				return nil, nil, err
			}
			letters = append(letters, l)
			continue
		}
		units := slices.DeleteFunc(d.Plan.UnitsOn(calendar.DateOf(d.now)), func(u plan.Unit) bool { return len(u.Mailboxes()) == 0 || !templates.MaySend(d.Plan, f, u) })
		sent, err := each(units, func(u plan.Unit) (ledger.Letter, error) {
			a, err := d.prefilled(f, u)
			if err != nil {
				return ledger.Letter{}, err
			}
			return d.formLetter(key, u.Name, u.Code, u.Mailboxes(), a)
		})
		if err != nil {
			return nil, nil, err
		}
		letters = append(letters, sent...)
	}
	return docs, letters, nil
}

func (d *desk) formLetter(key, name, unit string, addresses []string, a letter.Attachment) (ledger.Letter, error) {
	period := strings.ToLower(d.period.Title)
	var b body
	b.title(d.Plan.Words.Text("letter.templates.title", "period", period))
	b.para(d.Plan.Words.Text("letter.dear", "name", name))
	b.para(d.Plan.Words.Text("letter.templates.intro", "plan", planName(d.Plan), "issuer", d.Plan.Issuer.Short, "office", d.Plan.Office.Name))
	if d.period.Registration != nil && d.period.Dossier != nil {
		b.para(d.Plan.Words.Text("letter.templates.deadlines", "registration", d.period.Registration.Before.Short(), "dossier", d.period.Dossier.Before.Short()))
	}
	b.box(d.Plan.Words.Text("letter.templates.next"))
	return d.freeze("templates", unit, letter.Letter{
		ID: key + "/" + a.Name, To: to(name, addresses), Date: d.now, Attachments: []letter.Attachment{a, d.calendarFile(d.period, d.now)},
		Subject: d.Plan.Words.Text("letter.templates.subject", "period", period, "unit", name),
	}, b)
}

func planName(p *plan.Plan) string {
	return wording.Text("letter.plan", "number", p.Number, "date", p.IssuedOn.Short())
}

// reminders writes to the units that still miss what the deadline asks for, and to nobody else.
func (d *desk) reminders(o plan.Occurrence, key string) (docs []ledger.Document, letters []ledger.Letter, err error) {
	f, deadline := templates.RegistrationForm, d.period.Registration
	if o.Occasion.When.Deadline == "dossier" {
		f, deadline = dossierForm(d.period), d.period.Dossier
	}
	if deadline == nil {
		return nil, nil, nil
	}
	papers, enclosed, err := d.enclosed(o)
	if err != nil {
		return nil, nil, err
	}
	last := lastWarning(o)
	missing := slices.DeleteFunc(d.Plan.UnitsOn(calendar.DateOf(d.now)), func(u plan.Unit) bool {
		current, sent := d.data.Current(d.period.ID, f.ID, u.Code)
		return len(u.Mailboxes()) == 0 || sent && current.State == submission.Accepted || f != templates.RegistrationForm && !sent && !d.takesPart(u.Code)
	})
	letters, err = each(missing, func(u plan.Unit) (ledger.Letter, error) {
		current, sent := d.data.Current(d.period.ID, f.ID, u.Code)
		return d.reminder(key, f, deadline, u, current, sent, last, enclosed)
	})
	if err != nil || len(letters) == 0 || len(papers) == 0 { // nobody is pressed: nothing to press with
		return nil, letters, err
	}
	for _, paper := range papers {
		docs = append(docs, paper.documents()...)
	}
	if len(d.Plan.Office.Emails) > 0 {
		l, err := d.toSign(o, key, papers, len(letters))
		if err != nil {
			return nil, nil, err
		}
		letters = append(letters, l)
	}
	return docs, letters, nil
}

func (d *desk) reminder(key string, f *form.Form, deadline *plan.Deadline, u plan.Unit, current submission.Submission, sent, last bool, enclosed []letter.Attachment) (ledger.Letter, error) {
	what := d.Plan.Words.Text("letter.reminder.what.registration")
	if f != templates.RegistrationForm {
		what = d.Plan.Words.Text("letter.reminder.what.dossier")
	}
	period := strings.ToLower(d.period.Title)
	var b body
	b.title(d.Plan.Words.Text("letter.reminder.title", "what", what))
	b.para(d.Plan.Words.Text("letter.dear", "name", u.Name))
	out := letter.Letter{ID: key + "/" + u.Code, To: to(u.Name, u.Mailboxes()), Date: d.now,
		Subject: d.Plan.Words.Text("letter.reminder.subject", "what", what, "period", period, "unit", u.Name)}
	if leader, ok := ingest.LeaderOf(d.data, u.Code); last && ok && !slices.Contains(u.Mailboxes(), leader.Address) {
		out.Cc = to(u.Head, []string{leader.Address})
	}
	if sent {
		b.para(d.Plan.Words.Text("letter.reminder.tofix", "moment", moment(d.now), "what", what, "id", current.ID, "n", count(current.Findings, finding.Must)))
		b.table([]string{d.Plan.Words.Text("letter.col.number"), d.Plan.Words.Text("letter.reminder.where"), d.Plan.Words.Text("letter.reminder.missing")}, missing(current.Findings), nil)
		if !finding.Has(current.Findings, finding.AwaitsLeader) {
			marked, err := d.enclosures(current, d.period, d.data, "")
			if err != nil {
				return ledger.Letter{}, err
			}
			out.Attachments = append(out.Attachments, marked...)
		}
	} else {
		b.para(d.Plan.Words.Text("letter.reminder.none", "moment", moment(d.now), "office", d.Plan.Office.Name, "what", what))
		a, err := d.prefilled(f, u)
		if err != nil {
			return ledger.Letter{}, err
		}
		out.Attachments = append(out.Attachments, a)
	}
	due := d.Plan.Words.Text("letter.reminder.due", "plan", planName(d.Plan), "date", deadline.Before.Short())
	if o, ok := d.data.Override(submission.Extension, d.period.ID, f.ID, u.Code); ok && o.Day.After(deadline.Last()) && !calendar.DateOf(d.now).After(o.Day) {
		due = d.Plan.Words.Text("letter.reminder.extended", "date", o.Day.Short(), "ruling", evaluate.RulingText(o))
	} else if state, _ := deadline.State(d.now); state != plan.OnTime {
		due = d.Plan.Words.Text("letter.reminder.past", "plan", planName(d.Plan), "date", deadline.Before.Short())
	}
	b.para(due)
	if len(enclosed) > 0 {
		out.Attachments = append(out.Attachments, enclosed...)
		b.para(d.Plan.Words.Text("letter.reminder.dispatch", "file", enclosed[0].Name))
	}
	if len(out.Cc) > 0 {
		b.para(d.Plan.Words.Text("letter.reminder.copy", "head", u.Head))
	}
	switch {
	case !sent:
		b.box(d.Plan.Words.Text("letter.reminder.next"))
	case finding.Has(current.Findings, finding.AwaitsLeader):
		b.box(d.Plan.Words.Text("letter.receipt.next.leader"))
	default:
		b.box(d.Plan.Words.Text("letter.reminder.next.tofix"))
	}
	return d.freeze("reminder", u.Code, out, b)
}
