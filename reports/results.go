package reports

import (
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/reports/letter"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// results tells units what was decided (Plan III.1.2, IV.1): all of them the general list, and each unit that proposed somebody what became of
// its own nominees. No unit reads of another's.
func (d *desk) results(o plan.Occurrence, key string, again int) (docs []ledger.Document, letters []ledger.Letter, err error) {
	proposed := map[string]bool{}
	for _, u := range (&draft{Sources: d.sources.settled()}).proposers() {
		proposed[u.code] = true
	}
	var general []letter.Attachment
	own := ""
	for _, name := range o.Occasion.Papers {
		if name == UnitNotice {
			own = name
			continue
		}
		paper, err := Make(name, *d.sources)
		if err != nil {
			return nil, nil, err
		}
		if paper.Audience != plan.ToUnits {
			return nil, nil, fmt.Errorf("paper %q must not go to units", name)
		}
		a, err := printed(paper)
		if err != nil {
			return nil, nil, err
		}
		general = append(general, a)
		docs = append(docs, ledger.Document{Name: a.Name, Bytes: a.Bytes})
	}
	type told struct {
		own    []letter.Attachment
		letter *ledger.Letter
	}
	all, err := each(d.Plan.UnitsOn(calendar.DateOf(d.now)), func(u plan.Unit) (out told, err error) {
		if len(u.Mailboxes()) == 0 {
			return out, nil
		}
		if own != "" && proposed[u.Code] {
			paper, err := MakeOwn(own, u.Code, *d.sources)
			if err != nil {
				return out, err
			}
			a, err := printed(paper)
			if err != nil {
				return out, err
			}
			out.own = []letter.Attachment{a}
		}
		files := slices.Concat(out.own, general)
		if len(files) == 0 {
			return out, nil
		}
		l, err := d.resultLetter(key, u, files, len(out.own) > 0, again)
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

// printed is a paper as it is read on any machine.
func printed(p Paper) (letter.Attachment, error) {
	b, err := p.Render(PDF)
	return letter.Attachment{Name: p.File + "." + string(PDF), Type: mediaType(PDF), Bytes: b}, err
}

func (d *desk) resultLetter(key string, u plan.Unit, files []letter.Attachment, own bool, again int) (ledger.Letter, error) {
	period, w := strings.ToLower(d.period.Title), &draft{Sources: d.sources.settled()}
	var b body
	b.title(once(d.Plan.Words.Text("letter.results.title", "period", period), period))
	b.para(d.Plan.Words.Text("letter.dear", "name", u.Name))
	b.para(d.Plan.Words.Text("letter.results.intro", "office", d.Plan.Office.Name, "award", d.Plan.Award, "period", period, "decision", w.decisionName(), "chair", d.Plan.Issuer.Chair))
	if again > 1 {
		b.para(d.Plan.Words.Text("letter.results.again"))
	}
	if own {
		var rows [][]string
		for _, p := range w.proposers() {
			if p.code != u.Code {
				continue
			}
			for i, a := range sortedResults(p.results) {
				result, ground := w.outcome(a)
				rows = append(rows, []string{two(i + 1), who(a.Nominee), result, ground})
			}
		}
		b.table([]string{d.Plan.Words.Text("letter.col.number"), d.Plan.Words.Text("paper.col.nominee"), d.Plan.Words.Text("paper.col.result"), d.Plan.Words.Text("paper.col.why")}, rows, nil)
	}
	if m, ok := w.conference(); ok {
		b.para(d.Plan.Words.Text("council.notice.conference", "start", m.clock(), "date", m.day.Phrase(), "place", m.place))
	}
	b.box(d.Plan.Words.Text("letter.results.next"))
	return d.freeze("results", u.Code, letter.Letter{
		ID: key + "/" + u.Code, To: to(u.Name, u.Mailboxes()), Date: d.now, Attachments: files,
		Subject: once(d.Plan.Words.Text("letter.results.subject", "period", period, "unit", u.Name), period),
	}, b)
}
