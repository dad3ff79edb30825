package council

import (
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/wording"
)

// firstPage is what a member reads who reads one page: places and nominees, the rule of the vote,
// what is asked of the meeting, and who does not qualify and why.
func (d docket) firstPage() {
	d.Add(d.placesTable(), document.Note{Lines: []string{d.ruleText(), d.Text("paper.docket.internal")}})
	t := document.Table{Dense: true, Columns: []document.Column{paper.NumberColumn(),
		{Title: d.Text("paper.col.item"), Weight: 5.4},
		paper.Figure("", d.Text("council.first.cases")), {Title: d.Text("paper.col.nominee"), Weight: 7},
	}}
	for _, part := range []struct {
		title string
		items []item
	}{{d.Text("council.first.asked"), d.asked()}, {d.Text("council.first.out"), d.notQualified()}} {
		if len(part.items) == 0 {
			continue
		}
		t.Rows = append(t.Rows, document.SectionRow(part.title))
		for i, x := range part.items {
			count := document.T("")
			if x.count > 0 {
				count = document.I(x.count)
			}
			t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(x.text), count,
				document.T(d.fewNames(x.names))))
		}
	}
	d.Add(t)
}

// item is a line of the first page: what there is to do, or why somebody does not qualify, and whom
// it concerns.
type item struct {
	text  string
	count int
	names []string
}

// placesTable counts the nominees of every board by what is left to do about them.
func (d docket) placesTable() document.Table {
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.Text("paper.col.board"), Weight: 4},
		paper.Figure("", d.Text("paper.col.quota")), paper.Figure("", d.Text("paper.col.proposed")),
		paper.Figure("", d.Text("council.first.ready")), paper.Figure("", d.Text("council.first.settle")),
		paper.Figure("", evaluate.OutcomeText(evaluate.Pending)),
		paper.Figure("", evaluate.OutcomeText(evaluate.NotMet)),
		paper.Figure("", d.Text("council.first.tied")),
	}}
	for _, b := range d.Result.Boards {
		ready, settle, pending, out, tied := 0, 0, 0, 0, 0
		for _, p := range b.Places {
			switch {
			case p.Outcome == evaluate.NotMet:
				out++
			case p.Outcome == evaluate.Pending:
				pending++
			case weighed(d.Verdict(p.Nominee.ID)) != nil:
				settle++
			default:
				ready++
			}
			if p.Band == evaluate.Boundary {
				tied++
			}
		}
		t.Rows = append(t.Rows, document.R(document.T(style.BoardTitle(b.Kind, b.GroupTitle)),
			paper.QuotaCell(b.Quota, b.Limited), document.I(b.Proposed), document.I(ready), document.I(settle),
			document.I(pending), document.I(out), document.I(tied)))
	}
	return t
}

// asked is what the meeting is asked for, in the order of its agenda.
func (d docket) asked() []item {
	voted := map[string]int{}
	for _, b := range d.Result.Boards {
		for _, p := range b.Places {
			if p.Outcome != evaluate.NotMet {
				voted[b.Kind]++
			}
		}
	}
	collectives, people := voted[evaluate.Collective], voted[evaluate.Individual]
	if collectives+people == 0 {
		return nil
	}
	out := []item{{text: d.Text("council.first.vote"), count: collectives + people,
		names: []string{style.Whom(d.Plan.Words, collectives, people)}}}
	for _, b := range d.Result.Boards {
		before, tied := 0, []string{}
		for _, p := range b.Places {
			switch p.Band {
			case evaluate.Within:
				before++
			case evaluate.Boundary:
				tied = append(tied, style.Brief(p.Nominee))
			}
		}
		if len(tied) > 0 {
			out = append(out, item{d.Text("council.first.tie", "board", style.BoardTitle(b.Kind, b.GroupTitle),
				"left", style.Two(b.Quota-before), "tied", style.Two(len(tied))), len(tied), tied})
		}
	}
	out = append(out, d.grouped("council.first.case", func(v evaluate.Verdict, j evaluate.Judgement) bool {
		return v.Outcome == evaluate.Council && j.Outcome == evaluate.Council && j.Weighs
	})...)
	out = append(out, d.grouped("council.first.pending", func(v evaluate.Verdict, j evaluate.Judgement) bool {
		return v.Outcome == evaluate.Pending && j.Outcome == evaluate.Pending
	})...)
	return append(out, item{text: d.Text("council.first.assumed")})
}

// notQualified tells by criterion who does not qualify.
func (d docket) notQualified() []item {
	return d.grouped("council.first.unmet", func(_ evaluate.Verdict, j evaluate.Judgement) bool {
		return j.Outcome == evaluate.NotMet
	})
}

// grouped groups nominees by the criteria of which the test holds, in the plan's order. key is the
// text of such a line.
//
//wording:composed council.first.
func (d docket) grouped(key string, holds func(evaluate.Verdict, evaluate.Judgement) bool) []item {
	var out []item
	for _, c := range d.Plan.Criteria {
		x := item{text: d.Text(key, "standard", style.LowerFirst(c.Title), "clause", c.Clause)}
		for _, b := range d.Result.Boards {
			for _, p := range b.Places {
				v := d.Verdict(p.Nominee.ID)
				for _, j := range v.Judgements {
					if j.Criterion == c.ID && holds(v, j) {
						x.names = append(x.names, style.Brief(p.Nominee))
					}
				}
			}
		}
		if x.count = len(x.names); x.count > 0 {
			out = append(out, x)
		}
	}
	return out
}

// named is how many nominees one line of the first page names: the page is to be one page.
const named = 2

func (d docket) fewNames(names []string) string {
	if len(names) <= named {
		return strings.Join(names, "; ")
	}
	return d.Text("council.first.more", "names", strings.Join(names[:named], "; "), "count",
		style.Two(len(names)-named))
}

// weighed are the criteria by which the Council must settle something about a nominee beyond what
// is always its own to judge; nil where there is none.
func weighed(v evaluate.Verdict) []string {
	var out []string
	for _, j := range v.Judgements {
		if j.Outcome == evaluate.Council && j.Weighs {
			out = append(out, j.Criterion)
		}
	}
	return out
}

// standingCell is where a nominee stands as the Council reads it: who meets all that can be checked
// is eligible, and of others it says what remains.
func standingCell(w wording.Words, v evaluate.Verdict, o evaluate.Outcome) document.Cell {
	c := paper.OutcomeCell(o)
	if o != evaluate.Council {
		return c
	}
	if remains := weighed(v); remains != nil {
		c.Text = w.Text("council.standing.settle", "list", strings.Join(remains, ", "))
		return c
	}
	c.Text, c.Tint = w.Text("council.standing.eligible"), document.Good
	return c
}
