package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
)

// notice is the thông báo kết quả to all units: the decision and the list. It names nobody who was not chosen, no ground and no date of birth.
func (d *draft) notice() {
	d.head("notice", open)
	d.add(document.Title{Kind: d.words.Text("council.notice.kind"), Abstract: []string{
		d.words.Text("council.notice.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	if d.decision() == nil {
		d.say(d.words.Text("council.undecided"))
		return
	}
	if d.nobody() {
		return
	}
	collectives, individuals := d.counted()
	d.say(d.words.Text("council.notice.text", "decision", d.decisionName(), "chair", d.Plan.Issuer.Chair, "award", d.Plan.Award, "whom", whom(d.words, collectives, individuals), "achieved", lowerFirst(d.achieved())))
	d.say(d.words.Text("council.notice.present", "office", d.Plan.Office.Name))
	d.conferenceText()
	d.say(d.words.Text("council.notice.closing"))
	d.signed("notice", "")
	d.listPart(true)
}

// conferenceText says when and where awards are presented, as far as the office has said so.
func (d *draft) conferenceText() {
	if c, ok := d.conference(); ok {
		d.say(d.words.Text("council.notice.conference", "start", c.clock(), "date", c.day.Phrase(), "place", c.place))
	}
}

// unitNotices are the notices to units, each about its own nominees: all of them for the office, or the one of the unit asked for.
func (d *draft) unitNotices() {
	first := true
	for _, u := range d.proposers() {
		if d.Unit != "" && u.code != d.Unit {
			continue
		}
		if !first {
			d.add(document.PageBreak{Afresh: true})
		}
		first = false
		d.unitNotice(u)
	}
	switch {
	case !first:
	case d.Result.Council == nil:
		d.say(d.words.Text("paper.awards.none"))
	default:
		d.say(d.words.Text("council.nobody"))
	}
}

// proposer is a unit with what became of its nominees.
type proposer struct {
	code, name string
	results    []evaluate.Award
}

// proposers are the units that proposed somebody, in the plan's order.
func (d *draft) proposers() []proposer {
	by := map[string]*proposer{}
	for _, list := range [][]evaluate.Award{d.Result.Awards, d.Result.NotChosen} {
		for _, a := range list {
			if d.given(a.Nominee.ID) != nil { // told after its own session
				continue
			}
			p := by[a.Nominee.Unit]
			if p == nil {
				p = &proposer{code: a.Nominee.Unit, name: a.Nominee.UnitName}
				by[a.Nominee.Unit] = p
			}
			p.results = append(p.results, a)
		}
	}
	var out []proposer
	for _, u := range d.Plan.Units {
		if p := by[u.Code]; p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// unitNotice tells one unit what became of its own nominees, with the ground where one was not chosen. Votes stay with the Council.
func (d *draft) unitNotice(u proposer) {
	d.head("unit-notice", open)
	d.add(document.Title{Kind: d.words.Text("council.notice.kind"), Abstract: []string{
		d.words.Text("council.unitnotice.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}}, document.Addressee{To: []string{u.name}})
	if d.decision() == nil {
		d.say(d.words.Text("council.undecided"))
		return
	}
	d.say(d.words.Text("council.unitnotice.text", "decision", d.decisionName(), "chair", d.Plan.Issuer.Chair, "office", d.Plan.Office.Name, "council", d.Plan.Council.Name))
	t := document.Table{Columns: []document.Column{
		numberColumn(), {Title: d.words.Text("paper.col.nominee"), Weight: 4}, {Title: d.words.Text("paper.col.result"), Weight: 2, Align: document.Center},
		{Title: d.words.Text("council.col.register"), Weight: 1.2, Align: document.Center}, {Title: d.words.Text("council.col.ground"), Weight: 4},
	}}
	refused := false
	for i, a := range sortedResults(u.results) {
		result, ground := d.outcome(a)
		refused = refused || ground != ""
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(brief(a.Nominee)), document.T(result), document.T(d.number(a.Nominee)), document.T(ground)))
	}
	d.add(t)
	d.conferenceText()
	if refused {
		d.say(d.words.Text("council.unitnotice.refused", "office", d.Plan.Office.Name))
	}
	d.say(d.words.Text("council.notice.closing"))
	d.signed("unit-notice", "")
}

// sortedResults puts collectives first, then names in their order.
func sortedResults(all []evaluate.Award) []evaluate.Award {
	var out []evaluate.Award
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		var list []evaluate.Nominee
		for _, a := range all {
			if a.Nominee.Kind == kind {
				list = append(list, a.Nominee)
			}
		}
		sortNominees(list)
		for _, n := range list {
			i := slices.IndexFunc(all, func(a evaluate.Award) bool { return a.Nominee.ID == n.ID })
			out = append(out, all[i])
		}
	}
	return out
}

// outcome says what became of a nominee, and on which ground he was not chosen.
func (d *draft) outcome(a evaluate.Award) (result, ground string) {
	v := d.decision()
	switch {
	case a.Chosen && !a.NeedsDecision && !withheld(v, a.Nominee.ID):
		return d.words.Text("council.result.given"), ""
	case withheld(v, a.Nominee.ID):
		return d.words.Text("council.result.not"), d.words.Text("council.ground.withheld")
	case a.NeedsDecision:
		return d.words.Text("council.result.open"), ""
	case a.Outcome == evaluate.NotMet:
		text := a.Ground.Title()
		var unmet []string
		for _, j := range d.verdict(a.Nominee.ID).Judgements {
			if j.Outcome == evaluate.NotMet {
				unmet = append(unmet, d.words.Text("council.ground.item", "title", lowerFirst(j.Title), "clause", j.Clause))
			}
		}
		return d.words.Text("council.result.not"), d.words.Text("council.ground.unmet", "ground", text, "list", strings.Join(unmet, "; "))
	}
	if a.Concluded {
		return d.words.Text("council.result.not"), d.words.Text("council.ground.concluded")
	}
	return d.words.Text("council.result.not"), d.words.Text("council.ground.votes")
}
