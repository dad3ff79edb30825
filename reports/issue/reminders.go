package issue

import (
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/parallel"
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

// enclosed makes the official letters that go with the reminders of an occasion: all of them for
// the office, and the files that every reminder carries.
func (j job) enclosed() (all []finished, out []letter.Attachment, err error) {
	for _, n := range j.Papers {
		if n == paperReminder {
			continue
		}
		paper, err := j.paper(n)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, paper)
		out = append(out, paper.files[0])
	}
	return all, out, nil
}

// toSign sends the office the official letters that reminders carried unsigned, also as files it
// can number, sign and send out itself.
func (j job) toSign(papers []finished, pressed int) (ledger.Letter, error) {
	period := strings.ToLower(j.period.Title)
	var b letter.Body
	b.Title(j.Text("letter.dispatch.title"))
	b.Para(j.Text("letter.dear", "name", j.Plan.Office.Name))
	b.Para(j.Text("letter.dispatch.intro", "n", style.Two(pressed), "period", period, "moment", style.Moment(j.now)))
	out := letter.Letter{ID: j.key + "/to-sign", To: j.ToOffice(), Date: j.now,
		Subject: j.Text("letter.dispatch.subject", "title", j.Title, "period", period)}
	for _, paper := range papers {
		out.Attachments = append(out.Attachments, paper.files...)
	}
	j.list(&b, papers)
	b.Box(j.Text("letter.dispatch.next"))
	return j.Freeze("papers", "", out, b)
}

// reminders writes to the units that still miss what the deadline asks for, and to nobody else.
func (j job) reminders() (docs []ledger.Document, letters []ledger.Letter, err error) {
	f, deadline := templates.RegistrationForm, j.period.Registration
	if j.When.Deadline == "dossier" {
		f, deadline = round.DossierForm(j.period), j.period.Dossier
	}
	if deadline == nil {
		return nil, nil, nil
	}
	papers, enclosed, err := j.enclosed()
	if err != nil {
		return nil, nil, err
	}
	last := j.isLastWarning()
	missing := slices.DeleteFunc(j.Plan.UnitsOn(calendar.DateOf(j.now)), func(u plan.Unit) bool {
		current, sent := j.data.Current(j.period.ID, f.ID, u.Code)
		if _, declined := j.data.DeclinedBy(j.period.ID, u.Code); declined {
			return true
		}
		return len(u.Mailboxes()) == 0 || sent && current.State == submission.Accepted ||
			f != templates.RegistrationForm && !sent && !j.takesPart(u.Code)
	})
	letters, err = parallel.Map(missing, func(u plan.Unit) (ledger.Letter, error) {
		current, sent := j.data.Current(j.period.ID, f.ID, u.Code)
		return j.reminder(f, deadline, u, current, sent, last, enclosed)
	})
	if err != nil || len(letters) == 0 || len(papers) == 0 { // nobody is pressed: nothing to press with
		return nil, letters, err
	}
	for _, paper := range papers {
		docs = append(docs, paper.documents()...)
	}
	if len(j.Plan.Office.Emails) > 0 {
		l, err := j.toSign(papers, len(letters))
		if err != nil {
			return nil, nil, err
		}
		letters = append(letters, l)
	}
	return docs, letters, nil
}

func (j job) reminder(f *form.Form, deadline *plan.Deadline, u plan.Unit, current submission.Submission, sent,
	last bool, enclosed []letter.Attachment) (ledger.Letter, error) {
	what := j.Text("letter.reminder.what.registration")
	if f != templates.RegistrationForm {
		what = j.Text("letter.reminder.what.dossier")
	}
	period := strings.ToLower(j.period.Title)
	var b letter.Body
	b.Title(j.Text("letter.reminder.title", "what", what))
	b.Para(j.Text("letter.dear", "name", u.Name))
	out := letter.Letter{ID: j.key + "/" + u.Code, To: post.To(u.Name, u.Mailboxes()), Date: j.now,
		Subject: j.Text("letter.reminder.subject", "what", what, "period", period, "unit", u.Name)}
	if leader, ok := ingest.LeaderOf(j.data, u.Code); last && ok && !slices.Contains(u.Mailboxes(), leader.Address) {
		out.Cc = post.To(u.Head, []string{leader.Address})
	}
	if sent {
		b.Para(j.Text("letter.reminder.tofix", "moment", style.Moment(j.now), "what", what, "id", current.ID, "n",
			finding.Count(current.Findings, finding.Must)))
		b.Table([]string{j.Text("letter.col.number"), j.Text("letter.reminder.where"),
			j.Text("letter.reminder.missing")}, missing(current.Findings), nil)
		if !finding.Has(current.Findings, finding.AwaitsLeader) {
			marked, err := prefill.Marked(j.Plan, current, j.Secret())
			if err != nil {
				return ledger.Letter{}, err
			}
			out.Attachments = append(out.Attachments, post.Attach(marked...)...)
		}
	} else {
		b.Para(j.Text("letter.reminder.none", "moment", style.Moment(j.now), "office", j.Plan.Office.Name, "what",
			what))
		fresh, err := j.desk.forms.Unit(f, u)
		if err != nil {
			return ledger.Letter{}, err
		}
		out.Attachments = append(out.Attachments, letter.Attachment(fresh))
	}
	due := j.Text("letter.reminder.due", "plan", style.PlanName(j.Plan), "date", deadline.Before.Short())
	if o, ok := j.data.Override(submission.Extension, j.period.ID, f.ID, u.Code); ok && o.Day.After(deadline.Last()) &&
		!calendar.DateOf(j.now).After(o.Day) {
		due = j.Text("letter.reminder.extended", "date", o.Day.Short(), "ruling", evaluate.RulingText(o))
	} else if state, _ := deadline.State(j.now); state != plan.OnTime {
		due = j.Text("letter.reminder.past", "plan", style.PlanName(j.Plan), "date", deadline.Before.Short())
	}
	b.Para(due)
	if len(enclosed) > 0 {
		out.Attachments = append(out.Attachments, enclosed...)
		b.Para(j.Text("letter.reminder.dispatch", "file", enclosed[0].Name))
	}
	if len(out.Cc) > 0 {
		b.Para(j.Text("letter.reminder.copy", "head", u.Head))
	}
	switch {
	case !sent:
		b.Box(j.Text("letter.reminder.next"))
	case finding.Has(current.Findings, finding.AwaitsLeader):
		b.Box(j.Text("letter.receipt.next.leader"))
	default:
		b.Box(j.Text("letter.reminder.next.tofix"))
	}
	return j.Freeze("reminder", u.Code, out, b)
}

// isLastWarning reports whether this is the last reminder of the occasion before the deadline.
func (j job) isLastWarning() bool {
	last := 0
	for _, n := range j.When.Days {
		if n < 0 && (last == 0 || n > last) {
			last = n
		}
	}
	return last < 0 && strings.HasSuffix(j.key, "/"+strconv.Itoa(last))
}

// mostNamed is how many of the missing things a reminder names one by one.
const mostNamed = 12

// missing names what keeps a paper from being accepted: number, place, what is wrong.
func missing(findings []finding.Finding) [][]string {
	var rows [][]string
	rest := 0
	for _, f := range findings {
		switch {
		case f.Level != finding.Must:
		case len(rows) == mostNamed:
			rest++
		default:
			place := f.Sheet
			if f.Cell != "" {
				place += ", " + f.Cell
			}
			rows = append(rows, []string{strconv.Itoa(len(rows) + 1), strings.Trim(place, ", "), f.Message})
		}
	}
	if rest > 0 {
		rows = append(rows, []string{"", "", wording.Text("letter.reminder.more", "n", rest)})
	}
	return rows
}
