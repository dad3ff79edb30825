package reports

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// The papers of an occasion that are not made by Make.
const (
	paperReminder = "reminder"
	paperForm     = "form-" // followed by the ID of a form: a workbook to be filled in
)

// Issue makes the papers of every occasion that is due and queues the letters that carry them. Forms, reminders and tables that watch a
// deadline go out once; papers that rest on records and dossiers go out again when what they rest on has changed, until the council has
// voted. A run, its documents and its letters are one transaction. It returns the keys of the runs issued; the error names every occasion whose papers could
// not be made, the others are issued all the same.
func (p Post) Issue(ctx context.Context, l *ledger.Ledger, clock calendar.Clock, progress func(title string)) ([]string, error) {
	now := clock.Now()
	data, err := l.Dataset(ctx, now)
	if err != nil {
		return nil, err
	}
	runs, err := l.Runs(ctx)
	if err != nil {
		return nil, err
	}
	var issued []string
	var failed []error
	desks := map[string]*desk{}
	opened, err := each(p.Plan.Periods, func(period plan.Period) (*desk, error) {
		d := &desk{Post: p, data: data, period: period, now: now, original: func(x submission.Submission) ([]byte, error) { return l.Blob(ctx, x.SHA256) }}
		all := p.Plan.Occurrences(period.ID)
		if len(all) == 0 {
			return nil, nil
		}
		for _, o := range all { // what has to be hashed and evaluated for it is remembered; an error is told below, in its turn
			_, _, _ = d.due(o, runs)
		}
		return d, nil
	})
	if err != nil {
		return nil, err
	}
	for i, d := range opened {
		desks[p.Plan.Periods[i].ID] = d
	}
	for _, o := range p.occurrences() {
		d := desks[o.Period.ID]
		key, due, err := d.due(o, runs)
		if err != nil {
			return issued, err
		}
		if !due || slices.ContainsFunc(runs, func(r ledger.Run) bool { return r.Key == key }) {
			continue
		}
		if progress != nil {
			progress(o.Occasion.Title + ", " + o.Period.Title)
		}
		again := 1
		for _, r := range runs {
			if strings.HasPrefix(r.Key, o.Key+"/") {
				again++
			}
		}
		if err := d.prepare(ctx, l, o); err != nil {
			return issued, fmt.Errorf("issuing %s: %w", key, err)
		}
		if d.nothing(o) {
			continue
		}
		docs, letters, err := d.makeGuarded(o, key, again)
		if err != nil { // it is tried again in the next pass; the other occasions do not wait for it
			failed = append(failed, fmt.Errorf("issuing %s: %w", key, err))
			continue
		}
		run := ledger.Run{Key: key, Report: o.Occasion.ID, Period: o.Period.ID, PlanHash: p.Plan.Hash, DatasetHash: d.fullHash(), AsOf: now}
		if err := l.Issue(ctx, run, docs, letters); err != nil {
			return issued, err
		}
		issued = append(issued, key)
	}
	told, err := p.tellChanges(ctx, l, desks, runs)
	return append(issued, told...), errors.Join(append(failed, err)...)
}

// makeGuarded makes the papers of one occasion; a panic in one of them is an error of that occasion alone.
func (d *desk) makeGuarded(o plan.Occurrence, key string, again int) (docs []ledger.Document, letters []ledger.Letter, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			docs, letters, err = nil, nil, fmt.Errorf("panic: %v", problem)
		}
	}()
	return d.make(o, key, again)
}

// desk makes the papers of one period at one moment.
type desk struct {
	Post
	data     submission.Dataset
	period   plan.Period
	now      time.Time
	original func(submission.Submission) ([]byte, error) // the file as it was sent
	sources  *Sources
	hashes   map[string]string // by the forms they cover
	result   string            // outcome, once it is known
}

// hash identifies what the period's papers rest on, in the length of a key.
func (d *desk) hash(forms ...string) string { return d.fullHash(forms...)[:12] }

func (d *desk) fullHash(forms ...string) string {
	key := strings.Join(forms, " ")
	if d.hashes[key] == "" {
		if d.hashes == nil {
			d.hashes = map[string]string{}
		}
		d.hashes[key] = evaluate.DatasetHash(d.Plan, d.data, d.period, forms...)
	}
	return d.hashes[key]
}

// gathered evaluates the period once.
func (d *desk) gathered() (Sources, error) {
	if d.sources == nil {
		s, err := Gather(d.Plan, d.data, d.period.ID, calendar.DateOf(d.now))
		if err != nil {
			return Sources{}, err
		}
		s.Original = d.original
		d.sources = &s
	}
	return *d.sources, nil
}

// takesPart reports whether a unit registered in any year of the period: registering is voluntary (Plan II.1).
func (d *desk) takesPart(unit string) bool {
	for _, year := range d.period.Years {
		if annual, ok := d.Plan.AnnualPeriod(year); ok {
			if _, registered := d.data.Current(annual.ID, templates.RegistrationForm.ID, unit); registered {
				return true
			}
		}
	}
	return false
}

// prepare gathers what papers are made from, once for all papers of the period. Before the papers of a decision are made, its awards get their
// numbers in the register: a pass that dies after that finds the same numbers again.
func (d *desk) prepare(ctx context.Context, l *ledger.Ledger, o plan.Occurrence) error {
	decided := o.Occasion.When.Event == plan.DecisionEvent
	made := slices.ContainsFunc(o.Occasion.Papers, func(n string) bool {
		_, isForm := formOf(n)
		return n != paperReminder && !isForm
	})
	if !made {
		return nil
	}
	sources, err := d.gathered()
	if err != nil {
		return err
	}
	book, awards, ok := Enrolment(sources)
	if !decided || !ok {
		return nil
	}
	entered, err := l.Register(ctx, book, awards)
	d.sources.Numbers = Numbers(entered)
	return err
}

// Numbers are the numbers of a register by the keys of the awards.
func Numbers(entered []ledger.Entered) map[string]int {
	out := map[string]int{}
	for _, e := range entered {
		out[e.Award] = e.Number
	}
	return out
}

// nothing reports whether the papers of an occasion would say nothing at all: no nominee is for the province.
func (d *desk) nothing(o plan.Occurrence) bool {
	return slices.Equal(o.Occasion.Papers, []string{paperProvince}) && len((&draft{Sources: *d.sources}).forProvince()) == 0
}

func (d *desk) make(o plan.Occurrence, key string, again int) ([]ledger.Document, []ledger.Letter, error) {
	switch o.Occasion.To {
	case plan.ToUnits:
		if o.Occasion.When.Event == plan.DecisionEvent {
			return d.results(o, key, again)
		}
		return d.forms(o, key)
	case plan.ToMissingUnits:
		return d.reminders(o, key)
	}
	return d.papers(o, key, again)
}

// formOf returns the form a paper name stands for.
func formOf(paper string) (*form.Form, bool) {
	id, ok := strings.CutPrefix(paper, paperForm)
	if !ok {
		return nil, false
	}
	return templates.Lookup(id)
}

// each makes one thing of every unit, paper or mail, several at a time, and returns them in the order of what they were made of. A
// panic in one of them comes out here, where whoever guards the caller can catch it.
func each[S, T any](all []S, of func(S) (T, error)) ([]T, error) {
	out := make([]T, len(all))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	var once sync.Once
	var broken any
	for i, u := range all {
		g.Go(func() (err error) {
			defer func() {
				if problem := recover(); problem != nil {
					once.Do(func() { broken = problem })
				}
			}()
			out[i], err = of(u)
			return err
		})
	}
	err := g.Wait()
	if broken != nil {
		panic(broken)
	}
	return out, err
}

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
			b, err := Blank(d.Plan, f, d.period, nil, nil)
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

// prefilled makes a unit's own copy of a form with what is known of it.
func (d *desk) prefilled(f *form.Form, u plan.Unit) (letter.Attachment, error) {
	b, err := d.Blanks.blank(d.Plan, f, d.period, u, Registered(d.Plan, d.data, f, d.period, u.Code))
	return letter.Attachment{Name: FormFile(f, d.period.ID, u.Code), Type: workbookType, Bytes: b}, err
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
	docs, enclosed, err := d.enclosed(o)
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
	if len(letters) == 0 { // nobody is pressed: nothing to press with
		docs = nil
	}
	return docs, letters, err
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
	if leader := d.leader(u.Code); last && leader != "" && !slices.Contains(u.Mailboxes(), leader) {
		out.Cc = to(u.Head, []string{leader})
	}
	if sent {
		b.para(d.Plan.Words.Text("letter.reminder.tofix", "moment", moment(d.now), "what", what, "id", current.ID, "n", count(current.Findings, finding.Must)))
		b.table([]string{d.Plan.Words.Text("letter.col.number"), d.Plan.Words.Text("letter.reminder.where"), d.Plan.Words.Text("letter.reminder.missing")}, missing(current.Findings), nil)
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
	b.box(d.Plan.Words.Text("letter.reminder.next"))
	return d.freeze("reminder", u.Code, out, b)
}

// papers makes the papers of an occasion for the office or the council, in all their formats, and one letter with all of them.
func (d *desk) papers(o plan.Occurrence, key string, again int) (docs []ledger.Document, letters []ledger.Letter, err error) {
	period := strings.ToLower(d.period.Title)
	var b body
	b.title(o.Occasion.Title)
	name, addresses := d.Plan.Office.Name, d.Plan.Office.Emails
	if o.Occasion.To == plan.ToCouncil {
		name = d.Plan.Council.Name
		addresses = union(d.Plan.Council.SecretaryEmails, addresses)
	}
	for _, code := range o.Occasion.Also {
		if u, ok := d.Plan.UnitByCode(code); ok {
			addresses = union(addresses, u.Mailboxes())
		}
	}
	b.para(d.Plan.Words.Text("letter.dear", "name", name))
	b.para(d.Plan.Words.Text("letter.papers.intro", "office", d.Plan.Office.Name, "moment", moment(d.now)))
	out := letter.Letter{ID: key, To: to(name, addresses), Date: d.now, Subject: d.Plan.Words.Text("letter.papers.subject", "title", o.Occasion.Title, "period", period)}
	var rows [][]string
	add := func(title string, x letter.Attachment) {
		docs = append(docs, ledger.Document{Name: x.Name, Bytes: x.Bytes})
		out.Attachments = append(out.Attachments, x)
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), title, x.Name})
	}
	ballot, report := "", ""
	made, err := each(o.Occasion.Papers, d.paper)
	if err != nil {
		return nil, nil, err
	}
	for i, paper := range made {
		if f, ok := formOf(o.Occasion.Papers[i]); ok {
			if f == templates.DecisionForm {
				report = paper.files[0].Name
			} else {
				ballot = paper.files[0].Name
			}
		}
		for _, x := range paper.files {
			add(paper.title, x)
		}
	}
	b.table([]string{d.Plan.Words.Text("letter.col.number"), d.Plan.Words.Text("letter.col.paper"), d.Plan.Words.Text("letter.col.file")}, rows, nil)
	if again > 1 {
		out.Subject = d.Plan.Words.Text("letter.papers.again", "title", o.Occasion.Title, "period", period, "n", again)
		b.para(d.Plan.Words.Text("letter.papers.changed"))
	}
	switch {
	case ballot != "":
		b.box(d.Plan.Words.Text("letter.papers.next.docket", "file", ballot))
	case report != "":
		b.box(d.Plan.Words.Text("letter.papers.next.decision", "file", report))
	case o.Occasion.When.Event == plan.DecisionEvent:
		b.box(d.Plan.Words.Text("letter.papers.next.decided"))
	case o.Occasion.When.Event != "":
		b.box(d.Plan.Words.Text("letter.papers.next.awards"))
	default:
		b.box(d.Plan.Words.Text("letter.papers.next.office"))
	}
	letters, err = d.freezeAll("papers", "", out, b)
	return docs, letters, err
}

// finished is a paper in all its formats, or a form to be filled in.
type finished struct {
	title string
	files []letter.Attachment
}

// paper makes a paper of the office or the council by its name.
func (d *desk) paper(name string) (finished, error) {
	if f, ok := formOf(name); ok {
		content, err := d.workbook(f)
		return finished{f.Title, []letter.Attachment{{Name: FormFile(f, d.period.ID, ""), Type: workbookType, Bytes: content}}}, err
	}
	paper, err := Make(name, *d.sources)
	if err != nil {
		return finished{}, err
	}
	files, err := paper.files()
	if err != nil {
		return finished{}, err
	}
	for _, x := range paper.Extra {
		files = append(files, letter.Attachment{Name: x.Name, Type: x.Type, Bytes: x.Bytes})
	}
	return finished{paper.Title, files}, nil
}

// files renders a paper in all its formats.
func (p Paper) files() ([]letter.Attachment, error) {
	return each(p.Formats, func(f Format) (letter.Attachment, error) {
		b, err := p.Render(f)
		return letter.Attachment{Name: p.File + "." + string(f), Type: mediaType(f), Bytes: b}, err
	})
}

// workbook makes a form for the office or the council's secretary: the ballot workbook carries the nominees put to the vote.
func (d *desk) workbook(f *form.Form) ([]byte, error) {
	if f == templates.VotesForm {
		return xlsx.Write(f, Heading(d.Plan, d.period, nil), templates.Context(d.Plan, d.period, ""), BallotWorkbook(*d.sources))
	}
	return Blank(d.Plan, f, d.period, nil, nil)
}

// union joins address lists without repeating an address.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
