package reports

import (
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/plan"
)

// proposal is the tờ trình of the standing office to the Chairman (Plan IV.1): what the Council proposes, with the list. It waits for the
// tally: before it there is nothing to propose.
func (d *draft) proposal() {
	d.head("proposal", open)
	d.add(document.Title{Kind: d.words.Text("council.proposal.kind"), Abstract: []string{
		d.words.Text("council.proposal.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}}, document.Addressee{To: []string{d.Plan.Issuer.Chair}})
	d.bases()
	if d.nobody() {
		return
	}
	c := d.Result.Council
	d.say(d.words.Text("council.proposal.session", "date", upperFirst(phrase(c.Date)), "council", d.Plan.Council.Name, "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round(),
		"members", two(c.Members), "present", two(c.Present), "written", two(c.Written), "threshold", c.Threshold))
	collectives, individuals := d.counted()
	d.say(d.words.Text("council.proposal.asks", "office", d.Plan.Office.Name, "chair", d.Plan.Issuer.Chair, "award", d.Plan.Award, "whom", whom(d.words, collectives, individuals)))
	d.add(d.placesTable())
	if waiting := d.waiting(); len(waiting) > 0 {
		d.say(d.words.Text("council.proposal.waiting", "count", two(len(waiting))))
	}
	d.prizeText(collectives, individuals)
	d.say(d.words.Text("council.proposal.closing", "office", d.Plan.Office.Name, "chair", d.Plan.Issuer.Chair))
	d.signed("proposal", "")
	d.listPart(false)
}

// placesTable counts who is proposed against the places of the plan (Plan III.1.2).
func (d *draft) placesTable() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: d.words.Text("paper.col.board"), Weight: 4},
		figure("", d.words.Text("paper.col.quota")), figure("", d.words.Text("council.col.nominated")), figure("", d.words.Text("council.col.awarded")),
		figure(d.words.Text("council.col.ofthem"), d.words.Text("paper.col.women")), figure(d.words.Text("council.col.ofthem"), d.words.Text("paper.col.direct")),
	}}
	for _, b := range d.Result.Boards {
		given, women, direct := 0, 0, 0
		for _, n := range d.honoured() {
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
		row := document.R(document.T(boardTitle(b.Kind, b.GroupTitle)), quotaCell(b.Quota, b.Limited), document.I(b.Proposed), document.I(given))
		if b.Kind == evaluate.Individual {
			row.Cells = append(row.Cells, document.I(women), document.I(direct))
		} else {
			row.Cells = append(row.Cells, document.Cell{Text: "–", Align: document.Center}, document.Cell{Text: "–", Align: document.Center})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, document.TotalRow(sums(t, d.quotaTotal(1))...))
	return t
}

// prizeText says what money comes with the awards, where the plan pays any.
func (d *draft) prizeText(collectives, individuals int) {
	if !d.Plan.Prize.Pay {
		return
	}
	c, i := d.prize(evaluate.Collective), d.prize(evaluate.Individual)
	d.say(d.words.Text("council.prize", "collective", dong(c), "individual", dong(i), "total", dong(c*collectives+i*individuals), "fund", d.Plan.Prize.Fund))
}

// listPart is the list that goes with a decision or, not attached to one, with the proposal, on pages of its own. What is proposed is
// counted against the plan's places.
func (d *draft) listPart(attached bool) {
	d.add(document.Part{Sheet: d.words.Text("paper.awards.sheet"), Orientation: document.Portrait})
	abstract := d.words.Text("council.list.abstract", "award", d.Plan.Award, "achieved", lowerFirst(d.achieved()))
	if !attached {
		abstract = d.words.Text("council.list.proposed", "award", d.Plan.Award, "achieved", lowerFirst(d.achieved()))
	}
	d.add(document.Title{Kind: d.words.Text("paper.awards.kind"), Abstract: []string{abstract}})
	if attached {
		d.add(d.withDecision())
	} else {
		d.add(document.Centered(document.Slanted(d.words.Text("council.list.withproposal"))))
	}
	d.awardTables(1, !attached)
}

// decisionPaper is the quyết định with its list. The award is the Chairman's own power: no "TM." (Plan III.1.2).
func (d *draft) decisionPaper() {
	v := d.decision()
	if day, ok := d.decidedOn(); ok {
		d.headOf("decision", v.Head.Number.Text, day)
	} else {
		d.head("decision", rough)
	}
	authority, _ := d.Plan.Head("certificate")
	d.add(document.Title{Kind: d.words.Text("council.decision.kind"), Abstract: []string{
		d.words.Text("council.decision.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}, Authority: strings.Join(authority.Organ, " ")})
	number, date := d.words.Text("council.blank.number"), d.words.Text("council.blank.date")
	if v != nil && v.Head.ProposalNumber.Given() {
		number = v.Head.ProposalNumber.Text
	}
	if v != nil && v.Head.ProposalDate.Given() {
		date = phrase(v.Head.ProposalDate.Text)
	}
	d.cited(d.words.Text("council.decision.asked", "office", lowerFirst(d.Plan.Office.Name), "number", number, "date", date))
	if d.nobody() {
		return
	}
	collectives, individuals := d.counted()
	d.add(document.Paragraph{Runs: []document.Run{document.Strong(d.words.Text("council.decision.resolves"))}, Align: document.Center, KeepNext: true})
	article := func(n int, text string) {
		d.add(document.Para(document.Strong(d.words.Text("council.decision.article", "n", n)), document.Plain(" "+text)))
	}
	article(1, d.words.Text("council.decision.gives", "award", d.Plan.Award, "whom", whom(d.words, collectives, individuals), "achieved", lowerFirst(d.achieved())))
	if d.Plan.Prize.Pay {
		c, i := d.prize(evaluate.Collective), d.prize(evaluate.Individual)
		article(2, d.words.Text("council.decision.pays", "collective", dong(c), "individual", dong(i), "total", dong(c*collectives+i*individuals), "fund", d.Plan.Prize.Fund))
	} else {
		article(2, d.words.Text("council.decision.force"))
	}
	article(3, d.words.Text("council.decision.executes", "office", lowerFirst(d.Plan.Office.Name)))
	d.signedBy("decision", d.capacity("decision"))
	d.listPart(true)
	if d.Plan.Prize.Pay {
		d.prizeTable()
	}
}

// signedBy closes a paper with a signature of its own and the plan's recipients.
func (d *draft) signedBy(paper string, sig document.Signature) {
	h, _ := d.Plan.Head(paper)
	block := document.Signatures{Right: sig}
	for i, r := range h.Recipients {
		end := ";"
		if i == len(h.Recipients)-1 {
			end = "."
		}
		block.Recipients = append(block.Recipients, "- "+strings.TrimRight(r, ";.")+end)
	}
	d.add(block)
}

// prizeTable is the money group by group.
func (d *draft) prizeTable() {
	t := document.Table{Caption: d.words.Text("council.prize.table"), Unit: d.words.Text("council.unit.dong"), Columns: []document.Column{
		{Title: d.words.Text("paper.col.board"), Weight: 4}, figure("", d.words.Text("paper.col.listed")), figure("", d.words.Text("council.col.each")), figure("", d.words.Text("council.col.sum")),
	}}
	for _, b := range d.Result.Boards {
		n := len(d.chosen(b))
		t.Rows = append(t.Rows, document.R(document.T(boardTitle(b.Kind, b.GroupTitle)), document.I(n), document.I(d.prize(b.Kind)), document.I(n*d.prize(b.Kind))))
	}
	t.Rows = append(t.Rows, document.TotalRow(sums(t, map[int]document.Cell{2: {}})...))
	d.add(t)
}
