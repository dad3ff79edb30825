package reports

import (
	"context"
	"errors"
	"fmt"
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
	"thidua/templates/viet"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// answerBatch is how many answers are committed together.
const answerBatch = 50

// Acknowledge answers every mail that waits for it: one letter for a mail with everything found in it and the marked workbooks, an answer to a
// mail that asks for something, and one digest to the office for all mails that are held. Then it tells the office of letters that did not
// arrive. Letter and marker are committed together, so a mail is answered once. It returns how many mails were dealt with.
func (p Post) Acknowledge(ctx context.Context, l *ledger.Ledger, now calendar.Clock) (int, error) {
	waiting, err := l.Unacknowledged(ctx)
	if err != nil {
		return 0, err
	}
	if len(waiting) == 0 {
		return 0, p.tellFailures(ctx, l, now)
	}
	d, err := l.Dataset(ctx, now.Now())
	if err != nil {
		return 0, err
	}
	undecided, err := l.Held(ctx)
	if err != nil {
		return 0, err
	}
	var written [][]ledger.Letter // of a batch
	var held []submission.Message
	var answers, heldAnswers []ledger.Answer
	for i, a := range waiting {
		if i%answerBatch == 0 {
			batch := waiting[i:min(i+answerBatch, len(waiting))]
			written, err = each(batch, func(a ledger.Arrival) ([]ledger.Letter, error) {
				letters, err := p.answerGuarded(a, d, undecided, now)
				if err != nil {
					return nil, fmt.Errorf("answering message %s: %w", a.Message.ID, err)
				}
				return letters, nil
			})
			if err != nil {
				return i, err
			}
		}
		letters := written[i%answerBatch]
		if a.Message.Outcome == submission.MailHeld {
			held, heldAnswers = append(held, a.Message), append(heldAnswers, ledger.Answer{Message: a.Message.ID, Letters: letters})
			continue
		}
		if answers = append(answers, ledger.Answer{Message: a.Message.ID, Letters: letters}); len(answers) == answerBatch {
			if err := l.AcknowledgeAll(ctx, answers); err != nil {
				return i, err
			}
			answers = nil
		}
	}
	if err := l.AcknowledgeAll(ctx, answers); err != nil {
		return 0, err
	}
	if len(held) > 0 {
		digest, err := p.heldDigest(held, now)
		if err != nil {
			return 0, fmt.Errorf("telling the office of %d mails: %w", len(held), err)
		}
		heldAnswers[0].Letters = append(heldAnswers[0].Letters, digest...)
		if err := l.AcknowledgeAll(ctx, heldAnswers); err != nil {
			return 0, err
		}
	}
	return len(waiting), p.tellFailures(ctx, l, now)
}

// answerGuarded answers one mail. When that fails, the office is told instead, and the mails behind it do not wait: whatever is wrong with one
// mail would be wrong again in every pass.
func (p Post) answerGuarded(a ledger.Arrival, d submission.Dataset, held []submission.Message, now calendar.Clock) (letters []ledger.Letter, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			letters, err = p.unanswered(a, fmt.Errorf("panic: %v", problem), now)
		}
	}()
	if letters, err = p.answer(a, d, held, now); err != nil {
		return p.unanswered(a, err, now)
	}
	return letters, nil
}

// unanswered tells the office of a mail that could not be answered. The problem is returned as an error when there is nobody to tell.
func (p Post) unanswered(a ledger.Arrival, problem error, now calendar.Clock) ([]ledger.Letter, error) {
	if len(p.Plan.Office.Emails) == 0 {
		return nil, problem
	}
	var receipts []string
	for _, s := range a.Submissions {
		receipts = append(receipts, s.ID)
	}
	var b body
	b.title(p.Plan.Words.Text("letter.unanswered.title"))
	b.para(p.Plan.Words.Text("letter.dear", "name", p.Plan.Office.Name))
	b.para(p.Plan.Words.Text("letter.unanswered.intro"))
	b.facts(
		p.Plan.Words.Text("letter.fact.unit"), p.name(a.Message.Unit),
		p.Plan.Words.Text("letter.fact.from"), a.Message.From,
		p.Plan.Words.Text("letter.fact.subject"), a.Message.Subject,
		p.Plan.Words.Text("letter.fact.received"), moment(a.Message.Received),
		p.Plan.Words.Text("letter.fact.receipt"), strings.Join(receipts, ", "),
		p.Plan.Words.Text("letter.unanswered.problem"), problem.Error(),
	)
	b.box(p.Plan.Words.Text("letter.unanswered.next"))
	l, err := p.freeze("unanswered", "", letter.Letter{
		ID: "unanswered/" + a.Message.ID, To: to(p.Plan.Office.Name, p.Plan.Office.Emails), Date: now.Now(),
		Subject: p.Plan.Words.Text("letter.unanswered.subject", "id", a.Message.ID[:codeLength]),
	}, b)
	if err != nil {
		return nil, errors.Join(problem, err)
	}
	return []ledger.Letter{l}, nil
}

func (p Post) answer(a ledger.Arrival, d submission.Dataset, held []submission.Message, now calendar.Clock) ([]ledger.Letter, error) {
	if strings.HasPrefix(a.Message.Reason, ingest.Ask) {
		return p.command(a, d, held, now)
	}
	if len(a.Submissions) == 0 {
		return nil, nil // held: the office is told
	}
	return p.receipts(a, d, now, "receipt/")
}

// receipts answers a mail with workbooks. kind begins the letter's key.
func (p Post) receipts(a ledger.Arrival, d submission.Dataset, now calendar.Clock, kind string) ([]ledger.Letter, error) {
	first := a.Submissions[0]
	name := p.name(first.Unit)
	if p.Plan.IsCouncil(a.Message.From) && !p.Plan.IsOffice(a.Message.From) {
		name = p.Plan.Council.Name
	}
	var b body
	toFix := a.Message.Outcome != submission.MailAccepted
	if toFix {
		b.title(p.Plan.Words.Text("letter.receipt.title.tofix"))
	} else {
		b.title(p.Plan.Words.Text("letter.receipt.title"))
	}
	b.para(p.Plan.Words.Text("letter.dear", "name", name))
	b.para(p.Plan.Words.Text("letter.receipt.intro", "office", p.Plan.Office.Name, "moment", moment(a.Message.Received)))
	out := letter.Letter{
		ID: kind + a.Message.ID, To: to(name, []string{a.Message.From}), Date: now.Now(), InReplyTo: angle(a.Message.MessageID),
		References: []string{angle(a.Message.InReplyTo)},
	}
	for _, s := range a.Submissions {
		att, err := p.receipt(&b, s, d, a.Message.Subject)
		if err != nil {
			return nil, err
		}
		out.Attachments = append(out.Attachments, att...)
	}
	for _, key := range next(a.Submissions) {
		b.box(p.Plan.Words.Text("letter.receipt.next." + key)) //wording:composed letter.receipt.next.
	}
	about := p.formTitle(first)
	if first.Form == "" && first.File != "" { // people write names into the names of files; a subject is read by everybody
		about = p.Plan.Words.Text("letter.receipt.unread")
	}
	subject := p.Plan.Words.Text("letter.receipt.subject", "id", first.ID, "form", about, "unit", name)
	if toFix {
		subject = p.Plan.Words.Text("letter.receipt.subject.tofix", "id", first.ID, "form", about, "unit", name)
	}
	out.Subject = subject
	return p.freezeAll("receipt", first.Unit, out, b)
}

// next says what the sender is to do now, each thing once.
func next(all []submission.Submission) []string {
	var out []string
	for _, s := range all {
		key := "accepted"
		switch {
		case s.State == submission.Accepted:
		case finding.Has(s.Findings, finding.NotAllowed):
			key = "notallowed"
		case finding.Has(s.Findings, finding.WrongForm), finding.Has(s.Findings, finding.WrongUnit):
			key = "other"
		case s.Form == "":
			key = "unread"
		default:
			key = "tofix"
		}
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	if len(out) > 1 { // "nothing more to do" would be wrong beside what is to do
		out = slices.DeleteFunc(out, func(key string) bool { return key == "accepted" })
	}
	return out
}

// angle puts a message id back into the brackets headers want.
func angle(id string) string {
	if id == "" {
		return ""
	}
	return "<" + id + ">"
}

func (p Post) name(unit string) string {
	if u, ok := p.Plan.UnitByCode(unit); ok {
		return u.Name
	}
	return unit
}

func (p Post) formTitle(s submission.Submission) string {
	if f, ok := templates.Lookup(s.Form); ok {
		return f.Title
	}
	if s.File != "" {
		return s.File
	}
	return p.Plan.Words.Text("letter.receipt.nofile")
}

// receipt writes the part of an answer about one workbook, and makes what goes with it: the marked copy where there is anything to see in
// it, or a fresh form where the file could not be read.
func (p Post) receipt(b *body, s submission.Submission, d submission.Dataset, subject string) ([]letter.Attachment, error) {
	b.heading(p.Plan.Words.Text("letter.receipt.heading", "id", s.ID, "file", p.formTitle(s)))
	period, _ := p.Plan.Period(s.Period)
	result := p.Plan.Words.Text("letter.receipt.accepted")
	if s.State == submission.ToFix {
		result = p.Plan.Words.Text("letter.receipt.tofix", "n", count(s.Findings, finding.Must))
	}
	version, rows := "", ""
	if s.Version > 0 {
		version = strconv.Itoa(s.Version)
	}
	if s.Form != "" {
		rows = p.Plan.Words.Text("letter.receipt.rows", "read", s.Rows.Read, "accepted", s.Rows.Accepted, "tofix", s.Rows.ToFix, "ignored", s.Rows.Ignored)
	}
	b.facts(
		p.Plan.Words.Text("letter.fact.receipt"), s.ID,
		p.Plan.Words.Text("letter.fact.unit"), p.name(s.Unit),
		p.Plan.Words.Text("letter.fact.from"), s.From,
		p.Plan.Words.Text("letter.fact.received"), moment(s.Received),
		p.Plan.Words.Text("letter.fact.timing"), p.timing(s, d),
		p.Plan.Words.Text("letter.fact.file"), s.File,
		p.Plan.Words.Text("letter.fact.sha"), s.SHA256,
		p.Plan.Words.Text("letter.fact.period"), period.Title,
		p.Plan.Words.Text("letter.fact.version"), version,
		p.Plan.Words.Text("letter.fact.rows"), rows,
		p.Plan.Words.Text("letter.fact.result"), result,
		p.Plan.Words.Text("letter.fact.progress"), progress(s, d),
	)
	p.checklist(b, s)
	p.findings(b, s)
	p.changed(b, s, d)
	var rowsIgnored [][]string
	for i := 0; i < len(s.Ignored); {
		g, n := s.Ignored[i], 1
		for i+n < len(s.Ignored) && s.Ignored[i+n].Sheet == g.Sheet && s.Ignored[i+n].Reason == g.Reason && s.Ignored[i+n].Row == g.Row+n {
			n++
		}
		where := p.Plan.Words.Text("letter.ignored.where", "sheet", g.Sheet, "row", g.Row)
		if n > 3 { // helper formulas fail in hundreds of rows
			where = p.Plan.Words.Text("letter.ignored.run", "sheet", g.Sheet, "from", g.Row, "to", g.Row+n-1)
		} else {
			n = 1
		}
		rowsIgnored = append(rowsIgnored, []string{strconv.Itoa(len(rowsIgnored) + 1), where, p.Plan.Words.Text("form.ignored." + g.Reason), g.Text})
		i += n
	}
	if len(rowsIgnored) > 0 {
		b.para(p.Plan.Words.Text("letter.ignored"))
		b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.reason"), p.Plan.Words.Text("letter.col.read")}, rowsIgnored, nil)
	}
	p.repairs(b, s)
	files, err := p.enclosures(s, period, d, subject)
	if err != nil {
		return nil, err
	}
	papers, err := p.onPaper(s, d)
	return append(files, papers...), err
}

func count(all []finding.Finding, level finding.Level) int {
	n := 0
	for _, f := range all {
		if f.Level == level {
			n++
		}
	}
	return n
}

// timing says how the unit's first version stands to the deadline: a correction keeps the date of what it corrects.
func (p Post) timing(s submission.Submission, d submission.Dataset) string {
	period, ok := p.Plan.Period(s.Period)
	if !ok || finding.Has(s.Findings, finding.WrongForm) {
		return ""
	}
	deadline := period.Registration
	if s.Form == templates.DossierForm.ID || s.Form == templates.StageForm.ID {
		deadline = period.Dossier
	} else if s.Form != templates.RegistrationForm.ID {
		return ""
	}
	if deadline == nil {
		return ""
	}
	first := s.Received
	if t, ok := d.FirstReceived(s.Period, s.Form, s.Unit); ok && t.Before(first) {
		first = t
	}
	state, days, _ := d.Timing(*deadline, s.Period, s.Form, s.Unit, first)
	text := ""
	switch state {
	case plan.OnTime:
		text = p.Plan.Words.Text("letter.timing.on-time", "date", deadline.Before.Short())
	case plan.OnTheDay:
		text = p.Plan.Words.Text("letter.timing.on-the-day", "date", deadline.Before.Short())
	default:
		text = p.Plan.Words.Text("letter.timing.late", "days", days, "date", deadline.Before.Short())
	}
	if first.Before(s.Received) {
		text += " " + p.Plan.Words.Text("letter.timing.first", "moment", moment(first))
	}
	return text
}

// progress compares a version with those before: how many mandatory findings of the last one are gone, and which version rules now.
func progress(s submission.Submission, d submission.Dataset) string {
	if s.Form == "" || finding.Has(s.Findings, finding.NotAllowed) || finding.Has(s.Findings, finding.WrongForm) {
		return ""
	}
	var before, rules *submission.Submission
	for _, v := range d.Of(s.Period, s.Form, s.Unit) {
		if submission.Compare(v, s) >= 0 {
			continue
		}
		before = &v
		if v.State == submission.Accepted {
			rules = &v
		}
	}
	if before == nil {
		return ""
	}
	var parts []string
	if all, left := count(before.Findings, finding.Must), count(s.Findings, finding.Must); all > 0 {
		if left >= all {
			parts = append(parts, wording.Text("letter.progress.left", "id", before.ID, "left", left))
		} else {
			parts = append(parts, wording.Text("letter.progress.fixed", "id", before.ID, "fixed", all-left, "all", all, "left", left))
		}
	}
	if rules != nil && s.State == submission.Accepted {
		parts = append(parts, wording.Text("letter.progress.replaces", "id", rules.ID))
	} else if rules != nil {
		parts = append(parts, wording.Text("letter.progress.rules", "id", rules.ID))
	}
	return strings.Join(parts, ". ")
}

func (p Post) findings(b *body, s submission.Submission) {
	if len(s.Findings) == 0 {
		return
	}
	b.para(p.Plan.Words.Text("letter.findings", "must", count(s.Findings, finding.Must), "should", count(s.Findings, finding.Should), "info", count(s.Findings, finding.Info)))
	for i := 0; i < len(s.Findings); { // sorted by sheet: a table for each, numbered through
		from, sheet := i, s.Findings[i].Sheet
		for i < len(s.Findings) && s.Findings[i].Sheet == sheet {
			i++
		}
		if from > 0 || i < len(s.Findings) {
			title := p.Plan.Words.Text("letter.findings.file", "n", i-from)
			if sheet != "" {
				title = p.Plan.Words.Text("letter.findings.sheet", "sheet", sheet, "n", i-from)
			}
			b.heading(title)
		}
		p.findingsTable(b, s.Findings[from:i], from)
	}
}

// findingsTable writes the findings of one sheet, numbered on from those before.
func (p Post) findingsTable(b *body, all []finding.Finding, from int) {
	var rows [][]string
	var tones []string
	for i, f := range all {
		basis := ""
		if f.Clause != "" {
			basis = p.Plan.Words.Text("letter.clause", "clause", f.Clause, "number", p.Plan.Number)
		}
		if g := f.Ground.Title(); g != "" && f.Level != finding.Info {
			basis += "\n" + g
		}
		rows = append(rows, []string{strconv.Itoa(from + i + 1), f.Where(), f.Level.Title(), f.Message, f.Fix, basis, string(f.Code)})
		tone := ""
		if f.Level != finding.Info {
			tone = string(f.Level)
		}
		tones = append(tones, tone)
	}
	b.table([]string{
		p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.level"), p.Plan.Words.Text("letter.col.message"),
		p.Plan.Words.Text("letter.col.fix"), p.Plan.Words.Text("letter.col.basis"), p.Plan.Words.Text("letter.col.code"),
	}, rows, tones)
}

// shownRepairs is how many repairs a letter lists; the marked workbook lists all.
const shownRepairs = 30

func (p Post) repairs(b *body, s submission.Submission) {
	if len(s.Repairs) == 0 {
		return
	}
	b.para(p.Plan.Words.Text("letter.repairs", "n", len(s.Repairs)))
	var rows [][]string
	for i, r := range s.Repairs {
		if i == shownRepairs {
			b.para(p.Plan.Words.Text("letter.repairs.more", "n", shownRepairs))
			break
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), p.Plan.Words.Text("finding.where.cell", "sheet", r.Sheet, "cell", r.Cell), r.Was, r.Now, p.Plan.Words.Text("form.repair." + r.Rule)})
	}
	b.table([]string{
		p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.was"), p.Plan.Words.Text("letter.col.now"), p.Plan.Words.Text("letter.col.rule"),
	}, rows, nil)
}

func (p Post) enclosures(s submission.Submission, period plan.Period, d submission.Dataset, subject string) ([]letter.Attachment, error) {
	u, known := p.Plan.UnitByCode(s.Unit)
	var unit *plan.Unit
	if known {
		unit = &u
	}
	f, ok := templates.Lookup(s.Form)
	if finding.Has(s.Findings, finding.NotAllowed) {
		return nil, nil
	}
	mistaken := finding.Has(s.Findings, finding.WrongForm)
	if ok && !mistaken {
		if count(s.Findings, finding.Must)+count(s.Findings, finding.Should)+len(s.Repairs) == 0 {
			return nil, nil
		}
		if f.From != form.FromUnit {
			unit = nil
		}
		r := form.Reading{Form: f, Value: s.Value, Rows: s.Rows, Ignored: s.Ignored, Findings: s.Findings, Repairs: s.Repairs}
		marked, err := xlsx.Mark(&r, Heading(p.Plan, period, unit), templates.Context(p.Plan, period, s.Unit))
		if err != nil {
			return nil, err
		}
		return []letter.Attachment{{Name: p.Plan.Words.Text("letter.file.marked", "file", FormFile(f, s.Period, s.Unit)), Type: workbookType, Bytes: marked}}, nil
	}
	if !known { // nothing was read and we do not know for whom to prefill
		return nil, nil
	}
	desk := desk{Post: p, data: d, period: p.season(s), now: s.Received}
	var out []letter.Attachment
	forms := meant(subject + " " + s.File)
	if mistaken {
		forms = wanted(s.Findings)
	}
	for _, f := range forms {
		a, err := desk.prefilled(f, u)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// meant guesses from words of the sender which form he needs again; both when the words do not say.
func meant(words string) []*form.Form {
	w := viet.Fold(words)
	registration := strings.Contains(w, "dang ky")
	dossier := strings.Contains(w, "ho so") || strings.Contains(w, "to trinh") || strings.Contains(w, "khen thuong")
	switch {
	case registration && !dossier:
		return []*form.Form{templates.RegistrationForm}
	case dossier && !registration:
		return []*form.Form{templates.DossierForm}
	}
	return []*form.Form{templates.RegistrationForm, templates.DossierForm}
}

// wanted returns the form that should have been sent instead of the one sent by mistake.
func wanted(findings []finding.Finding) []*form.Form {
	return slices.DeleteFunc(templates.Forms(), func(f *form.Form) bool {
		return f.From != form.FromUnit || !slices.ContainsFunc(findings, func(x finding.Finding) bool { return x.Code == finding.WrongForm && x.Want == f.Title })
	})
}

// season is the annual round of the year in which a submission that names none arrived.
func (p Post) season(s submission.Submission) plan.Period {
	year := calendar.DateOf(s.Received).Year
	best := plan.Period{}
	for _, x := range p.Plan.Periods {
		if x.Kind == plan.Annual && (best.ID == "" || x.To.Year <= year) {
			best = x
		}
	}
	return best
}

// Registered returns the unit's accepted registration that a form is prefilled from: that of the round itself, and for a new registration
// that of the year before, whose people it names again. nil when there is none.
func Registered(p *plan.Plan, d submission.Dataset, f *form.Form, period plan.Period, unit string) *templates.Registration {
	if f == templates.RegistrationForm {
		before, ok := p.AnnualPeriod(period.To.Year - 1)
		if !ok {
			return nil
		}
		period = before
	}
	if s, ok := d.Current(period.ID, templates.RegistrationForm.ID, unit); ok && s.State == submission.Accepted {
		return s.Value.(*templates.Registration)
	}
	return nil
}

// Blank makes the workbook of a form for a unit (nil for the office's own forms), prefilled with what is known of it. registered is what
// Registered returns for it.
func Blank(p *plan.Plan, f *form.Form, period plan.Period, u *plan.Unit, registered *templates.Registration) ([]byte, error) {
	var value any
	code := ""
	if u != nil {
		code = u.Code
	}
	switch {
	case f == templates.RegistrationForm && u != nil:
		value = templates.NewRegistration(p, period, *u, registered)
	case f == templates.DossierForm && u != nil:
		value = templates.NewDossier(p, period, *u, registered)
	case f == templates.StageForm && u != nil:
		value = templates.NewStageDossier(p, period, *u)
	case f == templates.AdHocForm && u != nil:
		value = templates.NewAdHocProposal(p, *u)
	case f == templates.OutreachForm && u != nil:
		value = templates.NewOutreach(period, *u)
	case f == templates.CommuneAwardsForm && u != nil:
		value = templates.NewCommuneAwards(period, *u)
	case f == templates.RosterForm:
		value = templates.NewRoster(p, period)
	case f == templates.RecordsForm:
		value = templates.NewRecords(p, period)
	case f == templates.DecisionForm:
		value = templates.NewDecision(period)
	}
	return xlsx.Write(f, Heading(p, period, u), templates.Context(p, period, code), value)
}
