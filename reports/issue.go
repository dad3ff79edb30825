package reports

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// The papers of an occasion that are not made by Make.
const (
	paperReminder = "reminder"
	paperForm     = "form-" // followed by the ID of a form: a workbook to be filled in
)

// Issue makes the papers of every occasion that is due and queues the letters that carry them. Forms, reminders and tables that watch a
// deadline go out once; papers that rest on records and dossiers go out again when what they rest on has changed, until the council has
// voted. A run, its documents and its letters are one transaction. It returns the keys of the runs issued, and Missed keys of those that it lets pass: papers
// whose day was over long before the ledger was begun, such as those of a past year of the plan, are noted and sent to nobody. The error names every occasion
// whose papers could not be made, the others are issued all the same.
func (p Post) Issue(ctx context.Context, l *ledger.Ledger, clock calendar.Clock, progress func(title string)) ([]string, error) {
	p, err := p.with(ctx, l)
	if err != nil {
		return nil, err
	}
	now := clock.Now()
	data, err := l.Dataset(ctx, now)
	if err != nil {
		return nil, err
	}
	runs, err := l.Runs(ctx)
	if err != nil {
		return nil, err
	}
	began, err := l.Began(ctx)
	if err != nil {
		return nil, err
	}
	if began.IsZero() {
		began = now
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
		if slices.ContainsFunc(runs, func(r ledger.Run) bool { return r.Key == Missed+o.Key }) {
			continue
		}
		if !due || slices.ContainsFunc(runs, func(r ledger.Run) bool { return r.Key == key }) {
			continue
		}
		if progress != nil {
			progress(o.Occasion.Title + ", " + o.Period.Title)
		}
		if missed(o, began, runs) {
			key := Missed + o.Key
			if err := l.Issue(ctx, ledger.Run{Key: key, Report: strings.Trim(Missed, "/"), Period: o.Period.ID, PlanHash: p.Plan.Hash, DatasetHash: d.fullHash(), AsOf: now}, nil, nil); err != nil {
				return issued, err
			}
			issued = append(issued, key)
			continue
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
	out := letter.Letter{ID: key, To: d.addressees(addresses), Date: d.now, Subject: d.Plan.Words.Text("letter.papers.subject", "title", o.Occasion.Title, "period", period)}
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
		docs = append(docs, paper.documents()...)
		out.Attachments = append(out.Attachments, paper.files...)
	}
	d.listed(&b, made)
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

// files renders a paper in all its formats.
func (p Paper) files() ([]letter.Attachment, error) {
	return each(p.Formats, func(f Format) (letter.Attachment, error) {
		b, err := p.Render(f)
		return letter.Attachment{Name: p.File + "." + string(f), Type: mediaType(f), Bytes: b}, err
	})
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
