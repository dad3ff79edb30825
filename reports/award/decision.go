package award

import (
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/plan"
)

// decision is the quyết định and the tờ trình before it.
type decision struct{ List }

// writeProposal is the tờ trình of the standing office to the Chairman (Plan IV.1): what the
// Council proposes, with the list. It waits for the tally: before it there is nothing to propose.
func (d decision) writeProposal() {
	d.Head("proposal", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.proposal.kind"), Abstract: []string{
		d.Text("council.proposal.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period",
			d.RoundName()),
	}}, document.Addressee{To: []string{d.Plan.Issuer.Chair}})
	d.CiteBases()
	if d.Nobody() {
		return
	}
	c := d.Result.Council
	d.Say(d.Text("council.proposal.session", "date", style.UpperFirst(style.Phrase(c.Date)), "council",
		d.Plan.Council.Name, "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName(),
		"members", style.Two(c.Members), "present", style.Two(c.Present), "written", style.Two(c.Written), "threshold",
		c.Threshold))
	collectives, individuals := d.counted()
	d.Say(d.Text("council.proposal.asks", "office", d.Plan.Office.Name, "chair", d.Plan.Issuer.Chair, "award",
		d.Plan.Award, "whom", style.Whom(d.Plan.Words, collectives, individuals)))
	d.Add(d.placesTable())
	if waiting := d.Waiting(); len(waiting) > 0 {
		d.Say(d.Text("council.proposal.waiting", "count", style.Two(len(waiting))))
	}
	d.prizeText(collectives, individuals)
	d.Say(d.Text("council.proposal.closing", "office", d.Plan.Office.Name, "chair", d.Plan.Issuer.Chair))
	d.Sign("proposal", "")
	d.listPart(false)
}

// placesTable counts who is proposed against the places of the plan (Plan III.1.2).
func (d decision) placesTable() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: d.Text("paper.col.board"), Weight: 4},
		paper.Figure("", d.Text("paper.col.quota")), paper.Figure("", d.Text("council.col.nominated")),
		paper.Figure("", d.Text("council.col.awarded")),
		paper.Figure(d.Text("council.col.ofthem"), d.Text("paper.col.women")),
		paper.Figure(d.Text("council.col.ofthem"), d.Text("paper.col.direct")),
	}}
	for _, b := range d.Result.Boards {
		given, women, direct := 0, 0, 0
		for _, n := range d.named {
			if n.Group != b.Group || n.Kind != b.Kind {
				continue
			}
			given++
			if n.Title == "Bà" || n.Sex == "Nữ" {
				women++
			}
			if n.Role == string(plan.RoleDirectWorker) {
				direct++
			}
		}
		row := document.R(document.T(style.BoardTitle(b.Kind, b.GroupTitle)), paper.QuotaCell(b.Quota, b.Limited),
			document.I(b.Proposed), document.I(given))
		if b.Kind == evaluate.Individual {
			row.Cells = append(row.Cells, document.I(women), document.I(direct))
		} else {
			row.Cells = append(row.Cells, document.Cell{Text: "–", Align: document.Center},
				document.Cell{Text: "–", Align: document.Center})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, d.QuotaTotal(1))...))
	return t
}

// prizeText says what money comes with the awards, where the plan pays any.
func (d decision) prizeText(collectives, individuals int) {
	if !d.Plan.Prize.Pay {
		return
	}
	c, i := d.Prize(evaluate.Collective), d.Prize(evaluate.Individual)
	d.Say(d.Text("council.prize", "collective", style.Dong(c), "individual", style.Dong(i), "total",
		style.Dong(c*collectives+i*individuals), "fund", d.Plan.Prize.Fund))
}

// listPart is the list that goes with a decision or, not attached to one, with the proposal, on
// pages of its own. What is proposed is counted against the plan's places.
func (d List) listPart(attached bool) {
	d.Add(document.Part{Sheet: d.Text("paper.awards.sheet"), Orientation: document.Portrait})
	abstract := d.Text("council.list.abstract", "award", d.Plan.Award, "achieved", style.LowerFirst(d.achieved()))
	if !attached {
		abstract = d.Text("council.list.proposed", "award", d.Plan.Award, "achieved", style.LowerFirst(d.achieved()))
	}
	d.Add(document.Title{Kind: d.Text("paper.awards.kind"), Abstract: []string{abstract}})
	if attached {
		d.Add(d.withDecision())
	} else {
		d.Add(document.Centered(document.Slanted(d.Text("council.list.withproposal"))))
	}
	d.Tables(1, !attached)
}

// write is the quyết định with its list. The award is the Chairman's own power: no "TM." (Plan
// III.1.2).
func (d decision) write() {
	v := d.Decision()
	if day, ok := d.DecidedOn(); ok {
		d.headOf("decision", v.Head.Number.Text, day)
	} else {
		d.Head("decision", paper.Rough)
	}
	authority, _ := d.Plan.Head("certificate")
	d.Add(document.Title{Kind: d.Text("council.decision.kind"), Abstract: []string{
		d.Text("council.decision.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period",
			d.RoundName()),
	}, Authority: strings.Join(authority.Organ, " ")})
	number, date := d.Text("council.blank.number"), d.Text("council.blank.date")
	if v != nil && v.Head.ProposalNumber.Given() {
		number = v.Head.ProposalNumber.Text
	}
	if v != nil && v.Head.ProposalDate.Given() {
		date = style.Phrase(v.Head.ProposalDate.Text)
	}
	d.cite(d.Text("council.decision.asked", "office", style.LowerFirst(d.Plan.Office.Name), "number", number, "date",
		date))
	if d.Nobody() {
		return
	}
	collectives, individuals := d.counted()
	d.Add(document.Paragraph{Runs: []document.Run{document.Strong(d.Text("council.decision.resolves"))},
		Align: document.Center, KeepNext: true})
	article := func(n int, text string) {
		d.Add(document.Para(document.Strong(d.Text("council.decision.article", "n", n)), document.Plain(" "+text)))
	}
	article(1, d.Text("council.decision.gives", "award", d.Plan.Award, "whom",
		style.Whom(d.Plan.Words, collectives, individuals), "achieved", style.LowerFirst(d.achieved())))
	if d.Plan.Prize.Pay {
		c, i := d.Prize(evaluate.Collective), d.Prize(evaluate.Individual)
		article(2, d.Text("council.decision.pays", "collective", style.Dong(c), "individual", style.Dong(i), "total",
			style.Dong(c*collectives+i*individuals), "fund", d.Plan.Prize.Fund))
	} else {
		article(2, d.Text("council.decision.force"))
	}
	article(3, d.Text("council.decision.executes", "office", style.LowerFirst(d.Plan.Office.Name)))
	d.SignBy("decision", d.capacity("decision"))
	d.listPart(true)
	if d.Plan.Prize.Pay {
		d.prizeTable()
	}
}

// prizeTable is the money group by group.
func (d decision) prizeTable() {
	t := document.Table{Caption: d.Text("council.prize.table"), Unit: d.Text("council.unit.dong"),
		Columns: []document.Column{
			{Title: d.Text("paper.col.board"), Weight: 4}, paper.Figure("", d.Text("paper.col.listed")),
			paper.Figure("", d.Text("council.col.each")), paper.Figure("", d.Text("council.col.sum")),
		}}
	for _, b := range d.Result.Boards {
		n := len(d.chosen(b))
		t.Rows = append(t.Rows, document.R(document.T(style.BoardTitle(b.Kind, b.GroupTitle)), document.I(n),
			document.I(d.Prize(b.Kind)), document.I(n*d.Prize(b.Kind))))
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, map[int]document.Cell{2: {}})...))
	d.Add(t)
}
