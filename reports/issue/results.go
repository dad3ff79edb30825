package issue

import (
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/reports"
	"thidua/reports/letter"
	"thidua/reports/paper"
	"thidua/reports/parallel"
	"thidua/reports/post"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// results tells units what was decided (Plan III.1.2, IV.1): all of them the general list, and each
// unit that proposed somebody what became of its own nominees. No unit reads of another's.
func (j job) results() (docs []ledger.Document, letters []ledger.Letter, err error) {
	proposed := map[string]bool{}
	for _, u := range j.Settled().Proposers() {
		proposed[u.Code] = true
	}
	var general []letter.Attachment
	var own *paper.Recipe
	for _, name := range j.Papers {
		recipe, ok := reports.Lookup(name)
		if !ok {
			return nil, nil, fmt.Errorf("there is no paper %q", name)
		}
		if recipe.OfUnits {
			own = &recipe
			continue
		}
		if recipe.Audience != plan.ToUnits {
			return nil, nil, fmt.Errorf("paper %q must not go to units", name)
		}
		made, err := recipe.Make(j.Sources)
		if err != nil {
			return nil, nil, err
		}
		file, err := made.Printed()
		if err != nil {
			return nil, nil, err
		}
		general = append(general, letter.Attachment(file))
		docs = append(docs, ledger.Document{Name: file.Name, Bytes: file.Bytes})
	}
	type result struct {
		own    []letter.Attachment
		letter *ledger.Letter
	}
	all, err := parallel.Map(j.Plan.UnitsOn(calendar.DateOf(j.now)), func(u plan.Unit) (out result, err error) {
		if len(u.Mailboxes()) == 0 {
			return out, nil
		}
		if own != nil && proposed[u.Code] {
			made, err := own.MakeOf(u.Code, j.Sources)
			if err != nil {
				return out, err
			}
			file, err := made.Printed()
			if err != nil {
				return out, err
			}
			out.own = post.Attach(file)
		}
		files := slices.Concat(out.own, general)
		if len(files) == 0 {
			return out, nil
		}
		l, err := j.resultLetter(u, files, len(out.own) > 0)
		out.letter = &l
		return out, err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, x := range all {
		for _, a := range x.own {
			docs = append(docs, ledger.Document{Name: a.Name, Bytes: a.Bytes})
		}
		if x.letter != nil {
			letters = append(letters, *x.letter)
		}
	}
	return docs, letters, nil
}

// resultLetter tells a unit of the decision, and of its own nominees where it proposed some.
func (j job) resultLetter(u plan.Unit, files []letter.Attachment, own bool) (ledger.Letter, error) {
	period, s := strings.ToLower(j.period.Title), j.Settled()
	var b letter.Body
	b.Title(style.SayOnce(j.Text("letter.results.title", "period", period), period))
	b.Para(j.Text("letter.dear", "name", u.Name))
	b.Para(j.Text("letter.results.intro", "office", j.Plan.Office.Name, "award", j.Plan.Award, "period", period,
		"decision", s.DecisionName(), "chair", j.Plan.Issuer.Chair))
	if j.again > 1 {
		b.Para(j.Text("letter.results.again"))
	}
	if own {
		var rows [][]string
		for _, p := range s.Proposers() {
			if p.Code != u.Code {
				continue
			}
			for i, a := range round.SortResults(p.Results) {
				result, ground := s.ResultText(a)
				rows = append(rows, []string{style.Two(i + 1), style.Who(a.Nominee), result, ground})
			}
		}
		b.Table([]string{j.Text("letter.col.number"), j.Text("paper.col.nominee"), j.Text("paper.col.result"),
			j.Text("paper.col.why")}, rows, nil)
	}
	if m, ok := s.Conference(); ok {
		b.Para(j.Text("council.notice.conference", "start", m.Clock(), "date", m.Day.Phrase(), "place", m.Place))
	}
	b.Box(j.Text("letter.results.next"))
	return j.Freeze("results", u.Code, letter.Letter{
		ID: j.key + "/" + u.Code, To: post.To(u.Name, u.Mailboxes()), Date: j.now, Attachments: files,
		Subject: style.SayOnce(j.Text("letter.results.subject", "period", period, "unit", u.Name), period),
	}, b)
}
