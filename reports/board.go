package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// boards draws every order with the line of its quota (Plan III.1.2). The line shows, it does not cut: ties that cross it are set apart
// with the number of places left for them.
func (d *draft) boards() {
	d.say(d.words.Text("paper.boards.lead"))
	for _, b := range d.Result.Boards {
		d.heading(2, boardTitle(b.Kind, b.GroupTitle)+" – "+d.words.Text("paper.boards.quota", "quota", d.quota(b)))
		if len(b.Places) == 0 {
			d.say(d.words.Text("paper.boards.empty"))
			continue
		}
		d.add(d.boardTable(b), document.Note{Lines: d.boardNotes(b)})
	}
}

func (d *draft) boardTable(b evaluate.Board) document.Table {
	verdict, band := 2.3, 2.3
	if len(b.Keys) < 4 { // room for its words on one line
		verdict, band = 3.6, 4
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.words.Text("paper.col.rank"), Weight: 1.2, Align: document.Center},
		{Title: d.words.Text("paper.col.nominee"), Weight: 7},
	}}
	for _, k := range b.Keys {
		t.Columns = append(t.Columns, document.Column{Group: d.words.Text("paper.col.grounds"), Title: k.Title, Weight: 1.9, Align: document.Center})
	}
	t.Columns = append(t.Columns,
		document.Column{Title: d.words.Text("paper.col.outcome"), Weight: verdict, Align: document.Center},
		document.Column{Title: d.words.Text("paper.col.band"), Weight: band, Align: document.Center},
		document.Column{Title: d.words.Text("paper.col.unitvote"), Weight: 1.2, Align: document.Center})
	previous := evaluate.Within
	for i, p := range b.Places {
		if p.Band != previous {
			t.Rows = append(t.Rows, crossing(b, i, previous)...)
			previous = p.Band
		}
		rank := ""
		if p.Rank > 0 {
			rank = document.FormatNumber(float64(p.Rank), 0)
		}
		if p.Tied {
			rank = d.words.Text("paper.boards.tied", "rank", p.Rank)
		}
		row := []document.Cell{document.T(rank), document.T(titled(p.Nominee))}
		if n := len(b.Keys); n > 0 && p.Band == evaluate.NoBand {
			row = append(row, document.Cell{Text: d.unmet(p.Nominee.ID), Span: n})
		} else {
			for _, v := range p.Values {
				row = append(row, document.T(v))
			}
		}
		t.Rows = append(t.Rows, document.R(append(row, outcomeCell(p.Outcome), bandCell(p.Band), document.T(p.Nominee.UnitVote))...))
	}
	if previous == evaluate.Boundary || previous == evaluate.Within && b.Limited && b.Unused == 0 {
		t.Rows = append(t.Rows, lineRow(b))
	}
	for i := range b.Keys {
		evened(t, 2+i)
	}
	return t
}

// crossing is what stands between the bands before place i.
func crossing(b evaluate.Board, i int, previous evaluate.Band) []document.Row {
	switch b.Places[i].Band {
	case evaluate.Boundary:
		tied := 0
		for _, p := range b.Places {
			if p.Band == evaluate.Boundary {
				tied++
			}
		}
		return []document.Row{document.LineRow(wording.Text("paper.boards.boundary", "left", two(b.Quota-i), "quota", two(b.Quota), "tied", two(tied)))}
	case evaluate.Reserve:
		return []document.Row{lineRow(b)}
	case evaluate.NoBand:
		var rows []document.Row
		if previous == evaluate.Boundary || previous == evaluate.Within && b.Limited && b.Unused == 0 {
			rows = append(rows, lineRow(b))
		}
		return append(rows, document.SectionRow(wording.Text("paper.boards.noband")))
	}
	return nil
}

func lineRow(b evaluate.Board) document.Row {
	return document.LineRow(wording.Text("paper.boards.line", "quota", two(b.Quota), "kind", lowerFirst(kindTitle(b.Kind))))
}

//wording:composed paper.band.
func bandCell(b evaluate.Band) document.Cell {
	c := document.T(wording.Text("paper.band." + string(b)))
	switch b {
	case evaluate.Within:
		c.Tint = document.Good
	case evaluate.Boundary:
		c.Tint = document.Warn
	default:
		c.Tint = document.Muted
	}
	return c
}

// unmet names the criteria that are not met; what was found stands with the criteria.
func (d *draft) unmet(id string) string {
	var out []string
	for _, j := range d.verdict(id).Judgements {
		if j.Outcome == evaluate.NotMet {
			out = append(out, d.words.Text("paper.boards.unmet.item", "id", j.Criterion, "title", lowerFirst(j.Title)))
		}
	}
	return d.words.Text("paper.boards.unmet", "list", strings.Join(out, "; "))
}

// failures joins the reasons of the criteria that are not met.
func (d *draft) failures(id string) string {
	var out []string
	for _, j := range d.verdict(id).Judgements {
		if j.Outcome == evaluate.NotMet {
			out = append(out, d.words.Text("paper.failure", "title", j.Title, "clause", j.Clause, "reason", j.Reason))
		}
	}
	return strings.Join(out, "\n")
}

// boardNotes tells what separates the last place from the next, what is left over, and who was proposed.
func (d *draft) boardNotes(b evaluate.Board) []string {
	var out []string
	switch {
	case b.LastIn == "":
	case slices.ContainsFunc(b.Places, func(p evaluate.Place) bool { return p.Band == evaluate.Boundary }): // naming one of the tied would prefer it
		out = append(out, d.words.Text("paper.boards.margin.tie"))
	default:
		out = append(out, d.words.Text("paper.boards.margin", "in", who(d.verdict(b.LastIn).Nominee), "out", who(d.verdict(b.FirstOut).Nominee), "margin", b.Margin))
	}
	if b.Unused > 0 {
		out = append(out, d.words.Text("paper.boards.unused", "count", two(b.Unused), "quota", two(b.Quota)))
	}
	out = append(out, d.words.Text("paper.boards.counts", "proposed", two(b.Proposed), "eligible", two(b.Eligible)))
	if b.Kind == evaluate.Individual {
		out = append(out, sharesText(d.Plan, b.Shares))
	}
	return out
}

// directly is what those do whom a plan puts first, within a sentence: "trực tiếp thực hiện nhiệm vụ CCHC".
func directly(p *plan.Plan) string {
	if r, ok := p.Role(plan.RoleDirectWorker); ok {
		return lowerFirst(r.Title)
	}
	return wording.Text("paper.shares.direct")
}

func sharesText(p *plan.Plan, s evaluate.Shares) string {
	text := wording.Text("paper.shares", "leaders", two(s.Leaders), "role", directly(p), "direct", two(s.Direct), "others", two(s.Others), "men", two(s.Men), "women", two(s.Women))
	if s.Unknown > 0 {
		text += wording.Text("paper.shares.unknown", "count", two(s.Unknown))
	}
	return text + "."
}
