package issue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/ledger"
	"thidua/reports"
	"thidua/reports/letter"
	"thidua/reports/paper"
	"thidua/reports/parallel"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// The papers of an occasion that are not made by a recipe.
const (
	paperReminder = "reminder"
	paperForm     = "form-" // followed by the ID of a form: a workbook to be filled in
)

// formOf returns the form that the name of a paper stands for.
func formOf(paper string) (*form.Form, bool) {
	id, ok := strings.CutPrefix(paper, paperForm)
	if !ok {
		return nil, false
	}
	return templates.Lookup(id)
}

// job is an occurrence whose papers are made now, with what they are made from.
//
//constructed:by newJob
type job struct {
	*desk
	plan.Occasion
	round.Sources
	key   string // of the run
	again int    // how often the occurrence was issued, this time included
}

// newJob gathers what the papers of an occurrence are made from. Before the papers of a decision
// are made, its awards get their numbers in the register: a pass that dies after that finds the
// same numbers again.
func (d *desk) newJob(ctx context.Context, l *ledger.Ledger, o plan.Occurrence, key string) (job, error) {
	s, err := d.sources()
	if err != nil {
		return job{}, err
	}
	if book, awards, ok := s.Enrolment(); ok && o.Occasion.When.Event == plan.DecisionEvent {
		entered, err := l.Register().Enter(ctx, book, awards)
		if err != nil {
			return job{}, err
		}
		s.Numbers = Numbers(entered)
	}
	j := job{d, o.Occasion, s, key, 1}
	for _, r := range d.runs {
		if strings.HasPrefix(r.Key, o.Key+"/") {
			j.again++
		}
	}
	return j, nil
}

// Numbers are the numbers of a register by the keys of the awards.
func Numbers(entered []ledger.Entered) map[string]int {
	out := map[string]int{}
	for _, e := range entered {
		out[e.Award] = e.Number
	}
	return out
}

// silent reports whether no paper of an event would say anything: nobody is proposed for the
// province.
func (j job) silent() bool {
	return j.When.Event != "" && !slices.ContainsFunc(j.Papers, func(name string) bool {
		r, ok := reports.Lookup(name)
		return !ok || !r.Silent(j.Sources)
	})
}

// makeGuarded makes the papers of the occasion; a panic in one of them is an error of that occasion
// alone.
func (j job) makeGuarded() (docs []ledger.Document, letters []ledger.Letter, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			docs, letters, err = nil, nil, fmt.Errorf("panic: %v", problem)
		}
	}()
	switch {
	case j.To == plan.ToMissingUnits:
		return j.reminders()
	case j.To == plan.ToUnits && j.When.Event == plan.DecisionEvent:
		return j.results()
	case j.To == plan.ToUnits:
		return j.circulate()
	}
	return j.papers()
}

// finished is a paper in all its formats, or a form to be filled in.
type finished struct {
	title   string
	files   []letter.Attachment
	next    string            // what the letter that carries it says is to be done
	control *paper.Controlled // of a paper
	kept    bool              // it stays with the office
}

// paper makes a paper of the office or the council by its name.
func (j job) paper(name string) (finished, error) {
	if f, ok := formOf(name); ok {
		return j.form(f)
	}
	r, ok := reports.Lookup(name)
	if !ok {
		return finished{}, fmt.Errorf("there is no paper %q", name)
	}
	made, err := r.Make(j.Sources)
	if err != nil {
		return finished{}, err
	}
	files, err := made.Files()
	if err != nil {
		return finished{}, err
	}
	next := r.Next
	if j.When.Event == plan.DecisionEvent && r.NextDecided != "" {
		next = r.NextDecided
	}
	files = append(files, made.Extra...)
	return finished{
		title: made.Title, files: post.Attach(files...), control: &paper.Controlled{Paper: made, Files: files},
		next: j.Text("letter.papers.next." + cmp.Or(next, "office")), kept: r.Evidence,
	}, nil //wording:composed letter.papers.next.
}

// controlSheet is the sheet that proves papers, for the office alone.
func (j job) controlSheet(title string, papers ...finished) (finished, error) {
	var all []paper.Controlled
	for _, x := range papers {
		if x.control != nil {
			all = append(all, *x.control)
		}
	}
	if len(all) == 0 {
		return finished{}, nil
	}
	file, err := paper.ControlSheet(j.Plan, j.period, calendar.DateOf(j.now), title, all)
	return finished{title: j.Text("paper.title.control"), files: post.Attach(file), kept: true}, err
}

// form makes a form for the office or the council's secretary: the ballot workbook carries the
// nominees put to the vote.
func (j job) form(f *form.Form) (finished, error) {
	title := templates.Title(f, j.Plan)
	if f == templates.VotesForm {
		file, err := prefill.Ballots(j.Sources, j.Secret())
		return finished{title: title, files: post.Attach(file),
			next: j.Text("letter.papers.next.docket", "file", file.Name)}, err
	}
	file, err := prefill.Office(j.Plan, f, j.period, j.Secret())
	next := j.Text("letter.papers.next.form", "form", title, "file", file.Name)
	if f == templates.DecisionForm {
		next = j.Text("letter.papers.next.decision", "file", file.Name)
	}
	return finished{title: title, files: post.Attach(file), next: next}, err
}

// documents are the files of a paper as the ledger keeps them.
func (f finished) documents() []ledger.Document {
	var out []ledger.Document
	for _, x := range f.files {
		out = append(out, ledger.Document{Name: x.Name, Bytes: x.Bytes})
	}
	return out
}

// list names the papers that a letter carries, each with its files.
func (j job) list(b *letter.Body, papers []finished) {
	var rows [][]string
	for i, p := range papers {
		var names []string
		for _, x := range p.files {
			names = append(names, x.Name)
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), p.title, strings.Join(names, "\n")})
	}
	b.Table([]string{j.Text("letter.col.number"), j.Text("letter.col.paper"), j.Text("letter.col.file")}, rows, nil)
}

// papers makes the papers of an occasion for the office or the council, in all their formats, and
// one letter with all of them. What proves them is for the office alone: others get a letter
// without it.
func (j job) papers() (docs []ledger.Document, letters []ledger.Letter, err error) {
	made, err := parallel.Map(j.Papers, j.paper)
	if err != nil {
		return nil, nil, err
	}
	sheet, err := j.controlSheet(j.Title, made...)
	if err != nil {
		return nil, nil, err
	}
	if len(sheet.files) > 0 {
		made = append(made, sheet)
	}
	for _, x := range made {
		docs = append(docs, x.documents()...)
	}
	var others []string // who is not of the office
	if j.To == plan.ToCouncil {
		others = j.Plan.Council.SecretaryEmails
	}
	for _, code := range j.Also {
		if u, ok := j.Plan.UnitByCode(code); ok {
			others = union(others, u.Mailboxes())
		}
	}
	others = slices.DeleteFunc(slices.Clone(others), j.Plan.IsOffice)
	if len(others) > 0 {
		name := j.Plan.Council.Name
		if j.To != plan.ToCouncil {
			name = j.Text("letter.papers.copies")
		}
		open := slices.DeleteFunc(slices.Clone(made), func(x finished) bool { return x.kept })
		letters, err = j.papersLetter(j.key+"/copy", name, others, open)
		if err != nil {
			return nil, nil, err
		}
	}
	if len(letters) > 0 { // the vote is the secretary's to report
		votes := slices.Index(j.Papers, paperForm+templates.VotesForm.ID)
		if votes >= 0 {
			made = slices.Delete(slices.Clone(made), votes, votes+1)
		}
	}
	if len(made) == 0 {
		return docs, letters, nil
	}
	own, err := j.papersLetter(j.key, j.Plan.Office.Name, j.Plan.Office.Emails, made)
	return docs, append(own, letters...), err
}

// papersLetter carries papers to one addressee.
func (j job) papersLetter(id, name string, addresses []string, made []finished) ([]ledger.Letter, error) {
	period := strings.ToLower(j.period.Title)
	var b letter.Body
	b.Title(j.Title)
	b.Para(j.Text("letter.dear", "name", name))
	b.Para(j.Text("letter.papers.intro", "office", j.Plan.Office.Name, "moment", style.Moment(j.now)))
	out := letter.Letter{
		ID: id, To: j.Addressees(addresses), Date: j.now,
		Subject: j.Text("letter.papers.subject", "title", j.Title, "period", period),
	}
	var next []string // of every form, or of the first paper where there is no form
	for _, x := range made {
		if x.control == nil && x.next != "" {
			next = append(next, x.next)
		}
		out.Attachments = append(out.Attachments, x.files...)
	}
	if len(next) == 0 && len(made) > 0 {
		next = []string{made[0].next}
	}
	j.list(&b, made)
	if j.again > 1 {
		out.Subject = j.Text("letter.papers.again", "title", j.Title, "period", period, "n", j.again)
		b.Para(j.Text("letter.papers.changed"))
	}
	for _, text := range next {
		b.Box(text)
	}
	return j.FreezeAll("papers", "", out, b)
}
