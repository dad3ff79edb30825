package council

import (
	"cmp"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates"
)

// annex is what is left to settle after the vote.
type annex struct{ paper.Work }

// write is for the Council only: what is left to decide, with the findings about the session, and
// who was not chosen and why.
func (d annex) write() {
	d.Doc.Sheet = d.Text("paper.annex.sheet")
	d.Head("ballot", paper.Open)
	d.Add(document.Title{Kind: d.Text("paper.annex.kind"), Abstract: []string{
		d.Text("paper.annex.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}}, document.Centered(document.Slanted(d.Text("paper.docket.internal"))))
	if d.Result.Council == nil {
		d.Say(d.Text("paper.awards.none"))
		return
	}
	c := d.Settled().Result.Council
	d.Section(d.Text("paper.annex.session"))
	d.Say(d.Text("paper.annex.session.text", "members", style.Two(c.Members), "present", style.Two(c.Present),
		"written", style.Two(c.Written), "quorum", style.Two(c.QuorumNeeded), "threshold", c.Threshold))
	d.Prove(d.Text("paper.control.tally", "file", c.File, "receipt", c.Receipt))
	if len(c.Findings) > 0 {
		var items []string
		for _, f := range c.Findings {
			items = append(items, f.Message+" "+f.Fix)
			sheet(d).proveFinding(f)
		}
		d.Add(document.BulletList{Items: items})
	}
	d.Section(d.Text("paper.annex.decide"))
	d.table(d.Waiting())
	d.Section(d.Text("paper.annex.refused"))
	var refused []evaluate.Award
	for _, a := range d.Result.NotChosen {
		// by an earlier session: told only where something speaks against it
		given := d.GivenBefore(a.Nominee.ID) != nil
		if given && a.Outcome == evaluate.NotMet || !given && !a.NeedsDecision {
			refused = append(refused, a)
		}
	}
	d.table(refused)
}

func (d annex) table(list []evaluate.Award) {
	if len(list) == 0 {
		d.Say(d.Text("paper.none"))
		return
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.nominee"), Weight: 4.2},
		{Title: d.Text("paper.col.outcome"), Weight: 2.1},
		{Title: d.Text("paper.col.percent"), Weight: 0.9, Align: document.Center},
		{Title: d.Text("paper.col.why"), Weight: 6.2},
		{Title: d.Text("paper.col.ground"), Weight: 1.4},
	}}
	given := map[string]*templates.Decision{}
	if d.Decided != nil {
		for _, n := range d.Honoured() {
			given[n.ID] = d.Decision()
		}
	}
	for _, g := range d.Given {
		given[g.Nominee.ID] = g.Decision
	}
	for i, a := range list {
		reason, percent := a.Reason, a.Percent
		if a.Sealed { // the annex reaches the recused
			reason, percent = style.VoteText(a)+". "+d.Text("council.sealed"), "(*)"
		}
		if a.Outcome == evaluate.NotMet {
			reason += "\n" + d.Failures(a.Nominee.ID)
		}
		if v := given[a.Nominee.ID]; v != nil {
			reason += "\n" + d.Text("council.given.since", "decision", d.NameDecision(v))
		}
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(style.Titled(a.Nominee)),
			paper.OutcomeCell(a.Outcome), document.T(percent), document.T(reason),
			document.T(cmp.Or(a.Ground.Title(), "–"))))
	}
	paper.EvenFigures(t, 3)
	d.Add(t)
}
