package council

import (
	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
)

// minutes are those of the session.
type minutes struct{ sheet }

// write is the draft of the biên bản họp Hội đồng, in the order of Nghị định 30/2020/NĐ-CP, Phụ lục
// III, mẫu 1.9. The roster and the plan's quotas are filled in; once the tally was accepted, so are
// the votes, the numbers of members and who presided. Times, discussion and conclusions are always
// blank.
func (d minutes) write() {
	d.Head("minutes", paper.Rough)
	d.Add(document.Title{Kind: d.Text("paper.minutes.kind"), Abstract: []string{
		d.Text("paper.minutes.abstract", "council", d.Plan.Council.Name, "award", d.Plan.Award, "movement",
			d.Plan.Movement, "period", d.RoundName()),
	}})
	d.CiteBases()
	d.Section(d.Text("paper.minutes.when"))
	session := d.sessionFacts()
	start := ""
	if session.when != "" {
		start = d.Text("council.when", "start", d.Text("council.hour.open"), "date", session.when)
	}
	d.Fill(d.Text("paper.minutes.start"), start, 60)
	d.Fill(d.Text("paper.minutes.place"), session.place, 75)
	d.Section(d.Text("paper.minutes.who"))
	d.Say(d.Text("paper.minutes.roster", "council", d.Plan.Council.Name))
	d.Add(d.roster())
	d.attendance()
	d.Section(d.Text("paper.minutes.content"))
	d.Heading(2, d.Text("paper.minutes.report", "office", d.Plan.Office.Name))
	d.IntakeText()
	d.Add(d.outcomeTable())
	d.overrides()
	d.Heading(2, d.Text("paper.minutes.discussion"))
	d.Add(document.Blank{Lines: 6})
	d.Heading(2, d.Text("paper.minutes.tellers"))
	d.Blank(d.Text("paper.minutes.tellers.head"), 60)
	d.Blank(d.Text("paper.minutes.tellers.members"), 70)
	d.Heading(2, d.Text("paper.minutes.votes"))
	d.Say(d.ruleText())
	d.votes(false)
	d.Section(d.Text("paper.minutes.conclusion"))
	d.conclusion()
	d.Section(d.Text("paper.minutes.end"))
	d.Add(document.Para(document.Plain(d.Text("paper.minutes.closing.a")),
		document.Field(d.Text("paper.minutes.closing.time"), "", 30),
		document.Plain(d.Text("paper.minutes.closing.b"))))
	d.Add(document.Para(document.Plain(d.Text("paper.minutes.closing.c")),
		document.Field(d.Text("paper.minutes.closing.copies"), "", 9),
		document.Plain(d.Text("paper.minutes.closing.d"))))
	d.Sign("minutes", d.Text("paper.sign.name"))
	d.Prove(d.Text("paper.minutes.note"))
}

func (d minutes) roster() document.Table {
	presence := d.Text("paper.col.presence")
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.fullname"), Weight: 2.2},
		{Title: d.Text("paper.col.position"), Weight: 2.6},
		{Title: d.Text("paper.col.councilrole"), Weight: 1.9},
		{Title: d.Text("paper.col.present"), Group: presence, Weight: 0.8, Align: document.Center, Pen: true},
		{Title: d.Text("paper.col.absent"), Group: presence, Weight: 1.3, Pen: true},
		{Title: d.Text("paper.col.written"), Group: presence, Weight: 1.2, Pen: true},
	}}
	for i, m := range d.Plan.Council.Members {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(m.Name), document.T(m.Position),
			document.T(m.Title)))
	}
	return t
}

func (d minutes) attendance() {
	s := d.sessionFacts()
	d.Add(document.Para(document.Plain(d.Text("paper.minutes.total", "count", style.Two(d.members()))),
		document.Plain(d.Text("paper.minutes.present")), document.Field(d.Text("paper.field.present"), s.present, 9),
		document.Plain(d.Text("paper.minutes.absent")), document.Field(d.Text("paper.field.absent"), s.absent, 9),
		document.Plain(d.Text("paper.minutes.written")), document.Field(d.Text("paper.field.written"), s.written, 9),
		document.Plain(".")))
	if c := d.Result.Council; c != nil {
		part := c.Present
		if c.WrittenCounts {
			part += c.Written
		}
		text := d.Text("council.quorum.missed", "part", style.Two(part), "members", style.Two(c.Members), "quorum",
			style.Two(c.QuorumNeeded))
		if c.Quorum {
			text = d.Text("council.quorum.reached", "part", style.Two(part), "members", style.Two(c.Members), "quorum",
				style.Two(c.QuorumNeeded))
		}
		d.Say(text)
	}
	d.Blank(d.Text("paper.minutes.guests"), 75)
	d.Fill(d.Text("paper.minutes.presiding"), s.presiding, 60)
	d.Fill(d.Text("paper.minutes.presiding.role"), s.role, 36)
	d.Fill(d.Text("paper.minutes.secretary"), s.secretary, 60)
	d.Blank(d.Text("council.recused"), 180)
}

// members is how many the Council has: by the tally, or by the plan's list before it.
func (d sheet) members() int {
	if c := d.Result.Council; c != nil {
		return c.Members
	}
	return len(d.Plan.Council.Members)
}

// ruleText says by which rule the Council votes. No law sets one for a giấy khen: it is the plan's
// data and printed.
//
//wording:composed evaluate.vote.base.
func (d sheet) ruleText() string {
	c := d.Plan.Council
	base := d.Text("evaluate.vote.base." + string(c.Threshold.Base))
	threshold := d.Text("evaluate.vote.atleast", "percent", c.Threshold.Percent, "base", base)
	if c.Threshold.Strict {
		threshold = d.Text("evaluate.vote.morethan", "percent", c.Threshold.Percent, "base", base)
	}
	way := d.Text("paper.vote.open")
	if c.Secret {
		way = d.Text("paper.vote.secret")
	}
	members := d.members()
	return d.Text("paper.minutes.rule", "way", way, "quorum", style.Two(c.Quorum.Needed(members)), "members",
		style.Two(members), "threshold", threshold)
}

// votes is the count of ballots and the table of every board. Before the tally both are blank.
// Counts that would tell a recused member how the others voted in secret stand in the tellers' own
// paper alone.
func (d minutes) votes(tellers bool) {
	sealed := false
	d.Add(d.ballotCounts())
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
		t := document.Table{Dense: d.Result.Council != nil, Caption: d.Text("paper.minutes.votes.table", "kind",
			style.LowerFirst(style.KindTitle(kind))), Columns: []document.Column{
			paper.NumberColumn(),
			{Title: d.Text("paper.col.nominee"), Weight: nominee},
			{Title: d.Text("paper.col.outcome"), Weight: outcome},
			paper.Figure(d.Text("paper.col.votes"), d.Text("paper.col.agree")),
			paper.Figure(d.Text("paper.col.votes"), d.Text("paper.col.disagree")),
			paper.Figure(d.Text("paper.col.votes"), d.Text("paper.col.other")),
			paper.Figure(d.Text("paper.col.votes"), d.Text("council.col.abstained")),
			{Title: d.Text("paper.col.percent"), Weight: 1, Align: document.Center},
			{Title: d.Text("paper.col.result"), Weight: 1.4, Align: document.Center},
		}}
		for i, b := range round.OfKind(d.Result.Boards, kind) {
			t.Rows = append(t.Rows, document.SectionRow(style.Roman(i+1)+". "+style.GroupTitle(b.GroupTitle)+" – "+
				d.Text("paper.boards.quota", "quota", d.Quota(b))))
			for j, p := range round.Balloted(b) {
				cells := []document.Cell{document.I(j + 1), document.T(style.Titled(p.Nominee)),
					standingCell(d.Plan.Words, d.Verdict(p.Nominee.ID), p.Outcome)}
				cells[2].Tint = document.Untinted
				if a, ok := given[p.Nominee.ID]; ok && d.Result.Council != nil {
					if a.Sealed && !tellers {
						sealed = true
						mark := document.Cell{Text: "(*)", Align: document.Center}
						cells = append(cells, mark, mark, mark, document.I(a.Recused), mark)
					} else {
						cells = append(cells, document.I(a.Votes), document.I(a.Against), document.I(a.Other),
							document.I(a.Recused), document.T(a.Percent))
					}
					cells = append(cells, document.T(style.VoteText(a)))
				}
				t.Rows = append(t.Rows, document.R(cells...))
			}
		}
		paper.EvenFigures(t, 7)
		d.Add(t)
	}
	if sealed {
		d.Add(document.Note{Lines: []string{d.Text("council.sealed")}})
	}
}

func (d minutes) ballotCounts() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: d.Text("paper.col.ballots"), Weight: 2},
		paper.Figure("", d.Text("paper.col.issued")), paper.Figure("", d.Text("paper.col.returned")),
		paper.Figure("", d.Text("paper.col.valid")), paper.Figure("", d.Text("paper.col.invalid")),
	}}
	collective := []document.Cell{document.T(style.KindTitle(evaluate.Collective))}
	individual := []document.Cell{document.T(style.KindTitle(evaluate.Individual))}
	if v := d.tally(); v != nil {
		number := func(x form.Value) document.Cell {
			if n, ok := x.Int(); ok {
				return document.I(n)
			}
			return document.T("")
		}
		s := v.Session
		collective = append(collective, number(s.CollectiveIssued), number(s.CollectiveReturned),
			number(s.CollectiveValid), number(s.CollectiveInvalid))
		individual = append(individual, number(s.IndividualIssued), number(s.IndividualReturned),
			number(s.IndividualValid), number(s.IndividualInvalid))
	}
	t.Rows = []document.Row{document.R(collective...), document.R(individual...)}
	return t
}

// tally returns the accepted result of the vote, nil before.
func (d minutes) tally() *templates.Votes {
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

// conclusion leaves the conclusions open and prints the plan's quotas beside the blanks (Plan
// III.1.2).
func (d minutes) conclusion() {
	d.Add(document.Para(document.Plain(d.Text("paper.minutes.conclude", "award", d.Plan.Award))))
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		boards := round.OfKind(d.Result.Boards, kind)
		runs := []document.Run{document.Plain("- " + style.KindTitle(kind) + ": "),
			document.Field(style.KindTitle(kind), "", 9), document.Plain(style.TotalQuota(boards))}
		for i, b := range boards {
			between := "; "
			if i == 0 {
				between = d.Text("paper.minutes.including")
			}
			runs = append(runs, document.Plain(between+style.LowerFirst(style.GroupTitle(b.GroupTitle))+": "),
				document.Field(style.BoardTitle(kind, b.GroupTitle), "", 9), document.Plain(style.QuotaOf(b)))
		}
		d.Add(document.Para(append(runs, document.Plain("."))...))
	}
	d.Blank(d.Text("paper.minutes.chosen"), 180)
	d.Blank(d.Text("paper.minutes.refused"), 180)
	d.Blank(d.Text("paper.minutes.overridden"), 180)
}
