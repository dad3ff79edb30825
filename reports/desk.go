package reports

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

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
	honours  struct {          // what Honours returns, once it is asked for; forms are made side by side
		once sync.Once
		all  []Honour
		err  error
	}
}

// honoured returns the awards that the forms of a stage are prefilled with.
func (d *desk) honoured() ([]Honour, error) {
	h := &d.honours
	h.once.Do(func() { h.all, h.err = Honours(d.Plan, d.data, d.period, calendar.DateOf(d.now)) })
	return h.all, h.err
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
	return slices.Equal(o.Occasion.Papers, []string{Province}) && len((&draft{Sources: *d.sources}).forProvince()) == 0
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

// prefilled makes a unit's own copy of a form with what is known of it.
func (d *desk) prefilled(f *form.Form, u plan.Unit) (letter.Attachment, error) {
	var honours []Honour
	if f == templates.StageForm {
		var err error
		if honours, err = d.honoured(); err != nil {
			return letter.Attachment{}, err
		}
	}
	b, err := d.Blanks.blank(d.Plan, f, d.period, u, KnownOf(d.Plan, d.data, f, d.period, u.Code, honours), d.secret)
	return letter.Attachment{Name: FormFile(f, d.period.ID, u.Code), Type: workbookType, Bytes: b}, err
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
		return finished{templates.Title(f, d.Plan), []letter.Attachment{{Name: FormFile(f, d.period.ID, ""), Type: workbookType, Bytes: content}}}, err
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

// documents are the files of a paper as the ledger keeps them.
func (f finished) documents() []ledger.Document {
	var out []ledger.Document
	for _, x := range f.files {
		out = append(out, ledger.Document{Name: x.Name, Bytes: x.Bytes})
	}
	return out
}

// listed names the papers that a letter carries, each with its files.
func (d *desk) listed(b *body, papers []finished) {
	var rows [][]string
	for i, paper := range papers {
		var names []string
		for _, x := range paper.files {
			names = append(names, x.Name)
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), paper.title, strings.Join(names, "\n")})
	}
	b.table([]string{d.Plan.Words.Text("letter.col.number"), d.Plan.Words.Text("letter.col.paper"), d.Plan.Words.Text("letter.col.file")}, rows, nil)
}

// workbook makes a form for the office or the council's secretary: the ballot workbook carries the nominees put to the vote.
func (d *desk) workbook(f *form.Form) ([]byte, error) {
	if f == templates.VotesForm {
		return BallotFile(*d.sources, d.secret)
	}
	return Blank(d.Plan, f, d.period, nil, Known{}, d.secret)
}
