package council

import (
	"slices"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// boards are the orders against the quotas.
type boards struct{ paper.Work }

// write draws every order with the line of its quota (Plan III.1.2). The line shows, it does not
// cut: ties that cross it are set apart with the number of places left for them.
func (d boards) write() {
	d.Say(d.Text("paper.boards.lead"))
	for _, b := range d.Result.Boards {
		d.Heading(2, style.BoardTitle(b.Kind, b.GroupTitle)+" – "+d.Text("paper.boards.quota", "quota", d.Quota(b)))
		if len(b.Places) == 0 {
			d.Say(d.Text("paper.boards.empty"))
			continue
		}
		d.Add(d.table(b), document.Note{Lines: d.notes(b)})
	}
}

func (d boards) table(b evaluate.Board) document.Table {
	verdict, band := 2.3, 2.3
	if len(b.Keys) < 4 { // room for its words on one line
		verdict, band = 3.6, 4
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.Text("paper.col.rank"), Weight: 1.2, Align: document.Center},
		{Title: d.Text("paper.col.nominee"), Weight: 7},
	}}
	for _, k := range b.Keys {
		t.Columns = append(t.Columns, document.Column{Group: d.Text("paper.col.grounds"), Title: k.Title, Weight: 1.9,
			Align: document.Center})
	}
	t.Columns = append(t.Columns,
		document.Column{Title: d.Text("paper.col.outcome"), Weight: verdict, Align: document.Center},
		document.Column{Title: d.Text("paper.col.band"), Weight: band, Align: document.Center},
		document.Column{Title: d.Text("paper.col.unitvote"), Weight: 1.2, Align: document.Center})
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
			rank = d.Text("paper.boards.tied", "rank", p.Rank)
		}
		row := []document.Cell{document.T(rank), document.T(style.Titled(p.Nominee))}
		if n := len(b.Keys); n > 0 && p.Band == evaluate.NoBand {
			row = append(row, document.Cell{Text: d.Unmet(p.Nominee.ID), Span: n})
		} else {
			for _, v := range p.Values {
				row = append(row, document.T(v))
			}
		}
		t.Rows = append(t.Rows,
			document.R(append(row, standingCell(d.Plan.Words, d.Verdict(p.Nominee.ID), p.Outcome), bandCell(p.Band),
				document.T(p.Nominee.UnitVote))...))
	}
	if previous == evaluate.Boundary || previous == evaluate.Within && b.Limited && b.Unused == 0 {
		t.Rows = append(t.Rows, lineRow(b))
	}
	for i := range b.Keys {
		paper.EvenFigures(t, 2+i)
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
		return []document.Row{document.LineRow(wording.Text("paper.boards.boundary", "left", style.Two(b.Quota-i),
			"quota", style.Two(b.Quota), "tied", style.Two(tied)))}
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
	return document.LineRow(wording.Text("paper.boards.line", "quota", style.Two(b.Quota), "kind",
		style.LowerFirst(style.KindTitle(b.Kind))))
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

// notes tells what separates the last place from the next, what is left over, and who was proposed.
func (d boards) notes(b evaluate.Board) []string {
	var out []string
	switch {
	case b.LastIn == "":
	case slices.ContainsFunc(b.Places,
		func(p evaluate.Place) bool { return p.Band == evaluate.Boundary }): // naming one of the tied would prefer it
		out = append(out, d.Text("paper.boards.margin.tie"))
	default:
		out = append(out, d.Text("paper.boards.margin", "in", style.Who(d.Verdict(b.LastIn).Nominee), "out",
			style.Who(d.Verdict(b.FirstOut).Nominee), "margin", b.Margin))
	}
	if b.Unused > 0 {
		out = append(out, d.Text("paper.boards.unused", "count", style.Two(b.Unused), "quota", style.Two(b.Quota)))
	}
	out = append(out, d.Text("paper.boards.counts", "proposed", style.Two(b.Proposed), "eligible",
		style.Two(b.Eligible)))
	if b.Kind == evaluate.Individual {
		out = append(out, sharesText(d.Plan, b.Shares))
	}
	return out
}

func sharesText(p *plan.Plan, s evaluate.Shares) string {
	text := wording.Text("paper.shares", "leaders", style.Two(s.Leaders), "role", style.DirectRole(p), "direct",
		style.Two(s.Direct), "others", style.Two(s.Others), "men", style.Two(s.Men), "women", style.Two(s.Women))
	if s.Unknown > 0 {
		text += wording.Text("paper.shares.unknown", "count", style.Two(s.Unknown))
	}
	return text + "."
}
