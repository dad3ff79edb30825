package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// ruledLine is one line of the office's form of rulings: what it says, and what came of it.
type ruledLine struct{ what, result string }

// enterRulings carries out the rulings of every such form that waits for its answer, as the command
// thidua override does. The same line of the same mail is entered once, however often this is
// repeated. It returns what came of each line, by submission.
func enterRulings(
	ctx context.Context, p post.Post, l *ledger.Ledger, waiting []ledger.Arrival, now time.Time,
) (map[string][]ruledLine, error) {
	out := map[string][]ruledLine{}
	for _, a := range waiting {
		sent := slices.Clone(a.Submissions)
		for _, r := range a.Rulings { // forms in held mail that the office vouched for
			if r.Verb == ledger.Release {
				sent = append(sent, r.Submissions...)
			}
		}
		for _, s := range sent {
			v, ok := s.Value.(*templates.Rulings)
			if !ok || s.State != submission.Accepted {
				continue
			}
			e := rulingEntry{Post: p, ctx: ctx, ledger: l, form: v, sent: s, now: now,
				results: map[string]evaluate.Result{}}
			lines, err := e.enter()
			if err != nil {
				return nil, fmt.Errorf("entering the rulings of %s: %w", s.ID, err)
			}
			out[s.ID] = lines
		}
	}
	return out, nil
}

// rulingEntry carries out one form.
type rulingEntry struct {
	post.Post
	ctx     context.Context
	ledger  *ledger.Ledger
	form    *templates.Rulings
	sent    submission.Submission
	now     time.Time
	results map[string]evaluate.Result // by round, once a waiver asks for them
}

// enter carries out line by line. What the program itself stumbles over is told, and stops neither
// the lines before nor other mails.
func (e rulingEntry) enter() (out []ruledLine, err error) {
	w := e.Plan.Words
	defer func() {
		if problem := recover(); problem != nil {
			out = append(out, ruledLine{"", w.Text("letter.rulings.failed", "problem", problem)})
		}
	}()
	add := func(what, result string, problem error) {
		out = append(out, ruledLine{what, result})
		err = errors.Join(err, problem)
	}
	for _, x := range e.form.Days {
		result, problem := e.day(x)
		day, _ := x.Day.Date()
		add(w.Text("letter.rulings.day", "unit", x.Unit.Text, "paper", x.Paper.Text, "kind", x.Kind.Text, "day",
			day.Short()), result, problem)
	}
	for _, x := range e.form.Waivers {
		result, problem := e.waiver(x)
		add(w.Text("letter.rulings.waiver", "nominee", x.Nominee.Text, "unit", x.Unit.Text, "criterion",
			x.Criterion.Text), result, problem)
	}
	for _, x := range e.form.Ends {
		result, problem := e.end(x)
		add(w.Text("letter.rulings.end", "id", x.ID.Text), result, problem)
	}
	return out, err
}

// day rules on the day of receipt, or on the deadline, of a unit's paper (Plan III.4).
func (e rulingEntry) day(x templates.DayRuling) (string, error) {
	w := e.Plan.Words
	u, ok, _ := e.Plan.MatchUnit(x.Unit.Text)
	if !ok {
		return w.Text("mail.refused.unit"), nil
	}
	per, f := e.round(x.Paper)
	deadline := templates.DeadlineOf(per, f.ID)
	if deadline == nil {
		return w.Text("letter.rulings.noform", "paper", x.Paper.Text), nil
	}
	on, ok := x.Day.Date()
	if !ok || on.Partial() {
		return w.Text("letter.rulings.badday"), nil
	}
	kind := submission.ReceiptDate
	switch {
	case x.Kind.Text == templates.RulingExtension && !on.After(deadline.Last()):
		return w.Text("letter.rulings.noextension", "last", deadline.Last().Short()), nil
	case x.Kind.Text == templates.RulingExtension:
		kind = submission.Extension
	case on.After(calendar.DateOf(e.now)):
		return w.Text("letter.rulings.future"), nil
	}
	return e.rule(submission.Override{Kind: kind, Period: per.ID, Unit: u.Code, Form: f.ID, Day: on,
		Reason: x.Reason.Text})
}

// waiver waives a check for the one nominee of the unit that the words mean.
func (e rulingEntry) waiver(x templates.WaiverRuling) (string, error) {
	w := e.Plan.Words
	u, ok, _ := e.Plan.MatchUnit(x.Unit.Text)
	if !ok {
		return w.Text("mail.refused.unit"), nil
	}
	per, _ := e.round(x.Paper)
	r, known := e.results[per.ID]
	if !known {
		d, err := e.ledger.Dataset(e.ctx, e.now)
		if err != nil {
			return "", err
		}
		if r, err = evaluate.Run(e.Plan, d, per.ID); err != nil {
			return w.Text("letter.rulings.failed", "problem", err), nil
		}
		e.results[per.ID] = r
	}
	var found []evaluate.Nominee
	for _, n := range evaluate.Find(r, x.Nominee.Text) {
		if n.Unit == u.Code {
			found = append(found, n)
		}
	}
	switch {
	case len(found) == 0:
		return w.Text("letter.rulings.nobody", "period", strings.ToLower(per.Title)), nil
	case len(found) > 1:
		var ids []string
		for _, n := range found {
			ids = append(ids, n.ID+" ("+n.Name+")")
		}
		return w.Text("letter.rulings.many", "list", strings.Join(ids, ", ")), nil
	}
	criterion := strings.ToUpper(strings.TrimSpace(x.Criterion.Text))
	if k, _, ok := e.Plan.CheckAt(criterion); !ok || string(k.Nominee) != found[0].Kind {
		return w.Text("letter.rulings.nocriterion"), nil
	}
	return e.rule(submission.Override{Kind: submission.Waiver, Period: per.ID, Unit: u.Code, Nominee: found[0].ID,
		Criterion: criterion, Reason: x.Reason.Text})
}

// rule enters a ruling as its own act of the person who decided.
func (e rulingEntry) rule(o submission.Override) (string, error) {
	o.Person, o.Ref, o.Source = strings.TrimSpace(e.form.Head.Person.Text), e.ref(), e.sent.Message
	made, err := e.ledger.As(o.Person).Overrides().Add(e.ctx, o)
	if err != nil {
		return "", err
	}
	return e.Text("letter.rulings.done", "id", made.ID), nil
}

// end takes a ruling back.
func (e rulingEntry) end(x templates.RulingEnd) (string, error) {
	person, id := strings.TrimSpace(e.form.Head.Person.Text), strings.ToUpper(strings.TrimSpace(x.ID.Text))
	err := e.ledger.As(person).Overrides().End(e.ctx, id, person, x.Reason.Text)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return e.Text("letter.rulings.unknown"), nil
	case err == nil || errors.Is(err, ledger.ErrEnded): // before, perhaps by a pass that was broken off
		return e.Text("letter.rulings.ended"), nil
	}
	return "", err
}

// ref is the paper a ruling rests on, "" for none.
func (e rulingEntry) ref() string {
	number, day := strings.TrimSpace(e.form.Head.Number.Text), ""
	if on, ok := e.form.Head.Date.Date(); ok {
		day = on.Short()
	}
	switch {
	case number == "":
		return ""
	case day == "":
		return number
	}
	return e.Text("letter.rulings.ref", "number", number, "day", day)
}

// round is the round and the form that a line means.
func (e rulingEntry) round(paper form.Value) (plan.Period, *form.Form) {
	annual, _ := e.Plan.Period(e.sent.Period)
	switch paper.Text {
	case templates.PaperRegistration:
		return annual, templates.RegistrationForm
	case templates.PaperStage:
		per, _ := templates.PeriodOf(e.Plan, templates.StageForm, "", annual)
		return per, templates.StageForm
	}
	return annual, templates.DossierForm
}

// ruledTable tells line by line what came of a form of rulings.
func (c *clerk) ruledTable(b *letter.Body, s submission.Submission) {
	lines, entered := c.ruled[s.ID]
	w := c.Plan.Words
	switch {
	case !entered:
		return
	case len(lines) == 0:
		b.Para(w.Text("letter.rulings.none"))
		return
	}
	var rows [][]string
	for _, x := range lines {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), x.what, x.result})
	}
	b.Para(w.Text("letter.rulings.intro"))
	b.Table([]string{w.Text("letter.col.number"), w.Text("letter.rulings.col"), w.Text("letter.fact.result")}, rows,
		nil)
	b.Para(w.Text("letter.rulings.next"))
}
