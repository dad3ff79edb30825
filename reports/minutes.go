package reports

import (
	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/wording"
)

// minutes is the draft of the biên bản họp Hội đồng, in the order of Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9. The roster and the
// plan's quotas are filled in; once the tally was accepted, so are the votes, the numbers of members and who presided. Times, discussion and conclusions are
// always blank.
func (d *draft) minutes() {
	d.head("minutes", rough)
	d.add(document.Title{Kind: d.words.Text("paper.minutes.kind"), Abstract: []string{
		d.words.Text("paper.minutes.abstract", "council", d.Plan.Council.Name, "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	d.bases()
	d.section(d.words.Text("paper.minutes.when"))
	session := d.sessionFacts()
	start := ""
	if session.when != "" {
		start = d.words.Text("council.when", "start", d.words.Text("council.hour.open"), "date", session.when)
	}
	d.filled(d.words.Text("paper.minutes.start"), start, 60)
	d.filled(d.words.Text("paper.minutes.place"), session.place, 75)
	d.section(d.words.Text("paper.minutes.who"))
	d.say(d.words.Text("paper.minutes.roster", "council", d.Plan.Council.Name))
	d.add(d.roster())
	d.attendance()
	d.section(d.words.Text("paper.minutes.content"))
	d.heading(2, d.words.Text("paper.minutes.report", "office", d.Plan.Office.Name))
	d.intakeText()
	d.add(d.outcomeTable())
	d.overrides()
	d.heading(2, d.words.Text("paper.minutes.discussion"))
	d.add(document.Blank{Lines: 6})
	d.heading(2, d.words.Text("paper.minutes.tellers"))
	d.fields(d.words.Text("paper.minutes.tellers.head"), 60)
	d.fields(d.words.Text("paper.minutes.tellers.members"), 70)
	d.heading(2, d.words.Text("paper.minutes.votes"))
	d.say(d.ruleText())
	d.votes(false)
	d.section(d.words.Text("paper.minutes.conclusion"))
	d.conclusion()
	d.section(d.words.Text("paper.minutes.end"))
	d.add(document.Para(document.Plain(d.words.Text("paper.minutes.closing.a")), document.Field(d.words.Text("paper.minutes.closing.time"), "", 30), document.Plain(d.words.Text("paper.minutes.closing.b"))))
	d.add(document.Para(document.Plain(d.words.Text("paper.minutes.closing.c")), document.Field(d.words.Text("paper.minutes.closing.copies"), "", 9), document.Plain(d.words.Text("paper.minutes.closing.d"))))
	d.signed("minutes", d.words.Text("paper.sign.name"))
	d.add(document.Note{Lines: []string{d.words.Text("paper.minutes.note")}})
}

// fields adds a line with a label and a blank that the secretary fills in.
func (d *draft) fields(label string, dots int) {
	d.add(document.Paragraph{Runs: []document.Run{document.Plain(label + ": "), document.Field(label, "", dots)}, Align: document.Left})
}

func (d *draft) roster() document.Table {
	presence := d.words.Text("paper.col.presence")
	t := document.Table{Columns: []document.Column{
		numberColumn(),
		{Title: d.words.Text("paper.col.fullname"), Weight: 2.2},
		{Title: d.words.Text("paper.col.position"), Weight: 2.6},
		{Title: d.words.Text("paper.col.councilrole"), Weight: 1.9},
		{Title: d.words.Text("paper.col.present"), Group: presence, Weight: 0.8, Align: document.Center, Pen: true},
		{Title: d.words.Text("paper.col.absent"), Group: presence, Weight: 1.3, Pen: true},
		{Title: d.words.Text("paper.col.written"), Group: presence, Weight: 1.2, Pen: true},
	}}
	for i, m := range d.Plan.Council.Members {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(m.Name), document.T(m.Position), document.T(m.Title)))
	}
	return t
}

func (d *draft) attendance() {
	s := d.sessionFacts()
	d.add(document.Para(document.Plain(d.words.Text("paper.minutes.total", "count", two(d.members()))),
		document.Plain(d.words.Text("paper.minutes.present")), document.Field(d.words.Text("paper.field.present"), s.present, 9),
		document.Plain(d.words.Text("paper.minutes.absent")), document.Field(d.words.Text("paper.field.absent"), s.absent, 9),
		document.Plain(d.words.Text("paper.minutes.written")), document.Field(d.words.Text("paper.field.written"), s.written, 9), document.Plain(".")))
	if c := d.Result.Council; c != nil {
		part := c.Present
		if c.WrittenCounts {
			part += c.Written
		}
		text := d.words.Text("council.quorum.missed", "part", two(part), "members", two(c.Members), "quorum", two(c.QuorumNeeded))
		if c.Quorum {
			text = d.words.Text("council.quorum.reached", "part", two(part), "members", two(c.Members), "quorum", two(c.QuorumNeeded))
		}
		d.say(text)
	}
	d.fields(d.words.Text("paper.minutes.guests"), 75)
	d.filled(d.words.Text("paper.minutes.presiding"), s.presiding, 60)
	d.filled(d.words.Text("paper.minutes.presiding.role"), s.role, 36)
	d.filled(d.words.Text("paper.minutes.secretary"), s.secretary, 60)
	d.fields(d.words.Text("council.recused"), 180)
}

// members is how many the Council has: by the tally, or by the plan's list before it.
func (d *draft) members() int {
	if c := d.Result.Council; c != nil {
		return c.Members
	}
	return len(d.Plan.Council.Members)
}

// ruleText says by which rule the Council votes. No law sets one for a giấy khen: it is the plan's data and printed.
//
//wording:composed evaluate.vote.base.
func (d *draft) ruleText() string {
	c := d.Plan.Council
	base := d.words.Text("evaluate.vote.base." + string(c.Threshold.Base))
	threshold := d.words.Text("evaluate.vote.atleast", "percent", c.Threshold.Percent, "base", base)
	if c.Threshold.Strict {
		threshold = d.words.Text("evaluate.vote.morethan", "percent", c.Threshold.Percent, "base", base)
	}
	way := d.words.Text("paper.vote.open")
	if c.Secret {
		way = d.words.Text("paper.vote.secret")
	}
	members := d.members()
	return d.words.Text("paper.minutes.rule", "way", way, "quorum", two(c.Quorum.Needed(members)), "members", two(members), "threshold", threshold)
}

// votes is the count of ballots and the table of every board. Before the tally both are blank. Counts that would tell a recused member how the
// others voted in secret stand in the tellers' own paper alone.
func (d *draft) votes(tellers bool) {
	sealed := false
	d.add(d.ballotCounts())
	given := map[string]evaluate.Award{}
	for _, list := range [][]evaluate.Award{d.Result.Awards, d.Result.NotChosen} {
		for _, a := range list {
			given[a.Nominee.ID] = a
		}
	}
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		nominee, outcome := 4.3, 1.9 // the words of an outcome on two lines
		if d.Result.Council == nil {
			nominee, outcome = 4, 2.2
		}
		// Before the vote there must be room for the pen.
		t := document.Table{Dense: d.Result.Council != nil, Caption: d.words.Text("paper.minutes.votes.table", "kind", lowerFirst(kindTitle(kind))), Columns: []document.Column{
			numberColumn(),
			{Title: d.words.Text("paper.col.nominee"), Weight: nominee},
			{Title: d.words.Text("paper.col.outcome"), Weight: outcome},
			figure(d.words.Text("paper.col.votes"), d.words.Text("paper.col.agree")), figure(d.words.Text("paper.col.votes"), d.words.Text("paper.col.disagree")),
			figure(d.words.Text("paper.col.votes"), d.words.Text("paper.col.other")), figure(d.words.Text("paper.col.votes"), d.words.Text("council.col.abstained")),
			{Title: d.words.Text("paper.col.percent"), Weight: 1, Align: document.Center},
			{Title: d.words.Text("paper.col.result"), Weight: 1.4, Align: document.Center},
		}}
		for i, b := range ofKind(d.Result.Boards, kind) {
			t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(b.GroupTitle)+" – "+d.words.Text("paper.boards.quota", "quota", d.quota(b))))
			for j, p := range voted(b) {
				cells := []document.Cell{document.I(j + 1), document.T(titled(p.Nominee)), document.T(evaluate.OutcomeText(p.Outcome))}
				if a, ok := given[p.Nominee.ID]; ok && d.Result.Council != nil {
					if a.Sealed && !tellers {
						sealed = true
						mark := document.Cell{Text: "(*)", Align: document.Center}
						cells = append(cells, mark, mark, mark, document.I(a.Recused), mark)
					} else {
						cells = append(cells, document.I(a.Votes), document.I(a.Against), document.I(a.Other), document.I(a.Recused), document.T(a.Percent))
					}
					cells = append(cells, document.T(awardText(a)))
				}
				t.Rows = append(t.Rows, document.R(cells...))
			}
		}
		evened(t, 7)
		d.add(t)
	}
	if sealed {
		d.add(document.Note{Lines: []string{d.words.Text("council.sealed")}})
	}
}

// awardText says what the votes gave, in arithmetic only.
func awardText(a evaluate.Award) string {
	switch {
	case a.NeedsDecision:
		return wording.Text("paper.vote.decide")
	case a.Chosen:
		return wording.Text("paper.vote.enough")
	case a.Concluded:
		return wording.Text("council.vote.refused")
	}
	return wording.Text("paper.vote.below")
}

func (d *draft) ballotCounts() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: d.words.Text("paper.col.ballots"), Weight: 2},
		figure("", d.words.Text("paper.col.issued")), figure("", d.words.Text("paper.col.returned")), figure("", d.words.Text("paper.col.valid")), figure("", d.words.Text("paper.col.invalid")),
	}}
	collective := []document.Cell{document.T(kindTitle(evaluate.Collective))}
	individual := []document.Cell{document.T(kindTitle(evaluate.Individual))}
	if v := d.tally(); v != nil {
		number := func(x form.Value) document.Cell {
			if n, ok := x.Int(); ok {
				return document.I(n)
			}
			return document.T("")
		}
		s := v.Session
		collective = append(collective, number(s.CollectiveIssued), number(s.CollectiveReturned), number(s.CollectiveValid), number(s.CollectiveInvalid))
		individual = append(individual, number(s.IndividualIssued), number(s.IndividualReturned), number(s.IndividualValid), number(s.IndividualInvalid))
	}
	t.Rows = []document.Row{document.R(collective...), document.R(individual...)}
	return t
}

// tally returns the accepted result of the vote, nil before.
func (d *draft) tally() *templates.Votes {
	if d.Result.Council == nil {
		return nil
	}
	for _, s := range d.Data.Submissions {
		if s.ID == d.Result.Council.Receipt {
			v, _ := s.Value.(*templates.Votes)
			return v
		}
	}
	return nil
}

// conclusion leaves the conclusions open and prints the plan's quotas beside the blanks (Plan III.1.2).
func (d *draft) conclusion() {
	d.add(document.Para(document.Plain(d.words.Text("paper.minutes.conclude", "award", d.Plan.Award))))
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		boards := ofKind(d.Result.Boards, kind)
		runs := []document.Run{document.Plain("- " + kindTitle(kind) + ": "), document.Field(kindTitle(kind), "", 9), document.Plain(totalQuota(boards))}
		for i, b := range boards {
			between := "; "
			if i == 0 {
				between = d.words.Text("paper.minutes.including")
			}
			runs = append(runs, document.Plain(between+lowerFirst(groupTitle(b.GroupTitle))+": "), document.Field(boardTitle(kind, b.GroupTitle), "", 9), document.Plain(quotaOf(b)))
		}
		d.add(document.Para(append(runs, document.Plain("."))...))
	}
	d.fields(d.words.Text("paper.minutes.chosen"), 180)
	d.fields(d.words.Text("paper.minutes.refused"), 180)
	d.fields(d.words.Text("paper.minutes.overridden"), 180)
}

// quotaOf is "/04", or nothing where the plan sets no number.
func quotaOf(b evaluate.Board) string {
	if !b.Limited {
		return ""
	}
	return "/" + two(b.Quota)
}

func totalQuota(boards []evaluate.Board) string {
	sum := evaluate.Board{Limited: len(boards) > 0}
	for _, b := range boards {
		sum.Quota += b.Quota
		sum.Limited = sum.Limited && b.Limited
	}
	return quotaOf(sum)
}

// ofKind returns the boards of one kind of nominee, in the plan's order of groups.
func ofKind(all []evaluate.Board, kind string) []evaluate.Board {
	var out []evaluate.Board
	for _, b := range all {
		if b.Kind == kind {
			out = append(out, b)
		}
	}
	return out
}

// voted returns the places of a board that are put to the vote: those who do not meet a criterion are not.
func voted(b evaluate.Board) []evaluate.Place {
	var out []evaluate.Place
	for _, p := range b.Places {
		if p.Outcome != evaluate.NotMet {
			out = append(out, p)
		}
	}
	return out
}
