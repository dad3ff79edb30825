package award

import (
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
)

// notice is the thông báo kết quả.
type notice struct{ List }

// write is the thông báo kết quả to all units: the decision and the list. It names nobody who was
// not chosen, no ground and no date of birth.
func (d notice) write() {
	d.Head("notice", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.notice.kind"), Abstract: []string{
		d.Text("council.notice.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	if d.Decision() == nil {
		d.Say(d.Text("council.undecided"))
		return
	}
	if d.Nobody() {
		return
	}
	collectives, individuals := d.counted()
	d.Say(d.Text("council.notice.text", "decision", d.DecisionName(), "chair", d.Plan.Issuer.Chair, "award",
		d.Plan.Award, "whom", style.Whom(d.Plan.Words, collectives, individuals), "achieved",
		style.LowerFirst(d.achieved())))
	d.Say(d.Text("council.notice.present", "office", d.Plan.Office.Name))
	d.conferenceText()
	d.Say(d.Text("council.notice.closing"))
	d.Sign("notice", "")
	d.listPart(true)
}

// conferenceText says when and where awards are presented, as far as the office has said so.
func (d List) conferenceText() {
	if c, ok := d.Conference(); ok {
		d.Say(d.Text("council.notice.conference", "start", c.Clock(), "date", c.Day.Phrase(), "place", c.Place))
	}
}

// writeUnits are the notices to units, each about its own nominees: all of them for the office, or
// the one of the unit asked for.
func (d notice) writeUnits() {
	first := true
	for _, u := range d.Proposers() {
		if d.Unit != "" && u.Code != d.Unit {
			continue
		}
		if !first {
			d.Add(document.PageBreak{Afresh: true})
		}
		first = false
		d.writeUnit(u)
	}
	switch {
	case !first:
	case d.Result.Council == nil:
		d.Say(d.Text("paper.awards.none"))
	default:
		d.Say(d.Text("council.nobody"))
	}
}

// writeUnit tells one unit what became of its own nominees, with the ground where one was not
// chosen. Votes stay with the Council.
func (d notice) writeUnit(u round.Proposer) {
	d.Head("unit-notice", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.notice.kind"), Abstract: []string{
		d.Text("council.unitnotice.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period",
			d.RoundName()),
	}}, document.Addressee{To: []string{u.Name}})
	if d.Decision() == nil {
		d.Say(d.Text("council.undecided"))
		return
	}
	d.Say(d.Text("council.unitnotice.text", "decision", d.DecisionName(), "chair", d.Plan.Issuer.Chair, "office",
		d.Plan.Office.Name, "council", d.Plan.Council.Name))
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.nominee"), Weight: 4},
		{Title: d.Text("paper.col.result"), Weight: 2, Align: document.Center},
		{Title: d.Text("council.col.register"), Weight: 1.2, Align: document.Center},
		{Title: d.Text("council.col.ground"), Weight: 4},
	}}
	refused := false
	for i, a := range round.SortResults(u.Results) {
		result, ground := d.ResultText(a)
		refused = refused || ground != ""
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(style.Brief(a.Nominee)), document.T(result),
			document.T(d.Number(a.Nominee)), document.T(ground)))
	}
	d.Add(t)
	d.conferenceText()
	if refused {
		d.Say(d.Text("council.unitnotice.refused", "office", d.Plan.Office.Name))
	}
	d.Say(d.Text("council.notice.closing"))
	d.Sign("unit-notice", "")
}
