package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/form"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// boards draws every order with the line of its quota (Plan III.1.2). The line shows, it does not cut: ties that cross it are set apart
// with the number of places left for them.
func (d *draft) boards() {
	d.say(wording.Text("paper.boards.lead"))
	for _, b := range d.Result.Boards {
		d.heading(2, boardTitle(b.Kind, b.GroupTitle)+" – "+wording.Text("paper.boards.quota", "quota", d.quota(b)))
		if len(b.Places) == 0 {
			d.say(wording.Text("paper.boards.empty"))
			continue
		}
		d.add(d.boardTable(b), document.Note{Lines: d.boardNotes(b)})
	}
}

func (d *draft) boardTable(b evaluate.Board) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: wording.Text("paper.col.rank"), Weight: 0.8, Align: document.Center},
		{Title: wording.Text("paper.col.nominee"), Weight: 3},
		{Title: wording.Text("paper.col.outcome"), Weight: 1.6},
		{Title: wording.Text("paper.col.grounds"), Weight: 4},
		{Title: wording.Text("paper.col.band"), Weight: 1.5, Align: document.Center},
		{Title: wording.Text("paper.col.unitvote"), Weight: 1, Align: document.Center},
		{Title: wording.Text("paper.col.code"), Weight: 1.5, Align: document.Center},
	}}
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
			rank = wording.Text("paper.boards.tied", "rank", p.Rank)
		}
		grounds := strings.Join(p.Reasons[min(1, len(p.Reasons)):], "; ")
		if p.Band == evaluate.NoBand {
			grounds = d.failures(p.Nominee.ID)
		}
		t.Rows = append(t.Rows, document.R(document.T(rank), document.T(named(p.Nominee)), outcomeCell(p.Outcome), document.T(grounds),
			bandCell(p.Band), document.T(p.Nominee.UnitVote), document.T(p.Nominee.ID)))
	}
	if previous == evaluate.Boundary || previous == evaluate.Within && b.Limited && b.Unused == 0 {
		t.Rows = append(t.Rows, lineRow(b))
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

// failures joins the reasons of the criteria that are not met.
func (d *draft) failures(id string) string {
	var out []string
	for _, j := range d.verdict(id).Judgements {
		if j.Outcome == evaluate.NotMet {
			out = append(out, wording.Text("paper.failure", "title", j.Title, "clause", j.Clause, "reason", j.Reason))
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
		out = append(out, wording.Text("paper.boards.margin.tie"))
	default:
		out = append(out, wording.Text("paper.boards.margin", "in", who(d.verdict(b.LastIn).Nominee), "out", who(d.verdict(b.FirstOut).Nominee), "margin", b.Margin))
	}
	if b.Unused > 0 {
		out = append(out, wording.Text("paper.boards.unused", "count", two(b.Unused), "quota", two(b.Quota)))
	}
	out = append(out, wording.Text("paper.boards.counts", "proposed", two(b.Proposed), "eligible", two(b.Eligible)))
	if b.Kind == evaluate.Individual {
		out = append(out, sharesText(b.Shares))
	}
	return out
}

func sharesText(s evaluate.Shares) string {
	text := wording.Text("paper.shares", "leaders", two(s.Leaders), "direct", two(s.Direct), "others", two(s.Others), "men", two(s.Men), "women", two(s.Women))
	if s.Unknown > 0 {
		text += wording.Text("paper.shares.unknown", "count", two(s.Unknown))
	}
	return text + "."
}

// nominees is the tổng hợp trích ngang: what every dossier says of its nominees, with the official record where there is one. Dates of
// birth stand here only, for the Council.
func (d *draft) nominees() {
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		d.heading(2, wording.Text("paper.list.title", "kind", kindTitle(kind)))
		t := d.listTable(kind)
		if len(t.Rows) == 0 {
			d.say(wording.Text("paper.none"))
			continue
		}
		d.add(t, document.Note{Lines: []string{wording.Text("paper.list.note")}})
	}
}

func (d *draft) listTable(kind string) document.Table {
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: wording.Text("paper.col." + key), Weight: weight}
	}
	t := document.Table{Columns: []document.Column{numberColumn(), text("nominee", 2.6)}}
	if kind == evaluate.Individual {
		t.Columns = append(t.Columns, text("born", 1.2), text("role", 1.7), text("grade", 1.5), text("index", 1.2), text("initiative", 2.4))
	} else {
		t.Columns = append(t.Columns, figure("", wording.Text("paper.col.size")), text("grade", 1.5), text("party", 1.6), text("unions", 2), text("index", 1.3))
	}
	t.Columns = append(t.Columns, text("discipline", 1.4), text("summary", 3), document.Column{Title: wording.Text("paper.col.unitvote"), Weight: 0.9, Align: document.Center})
	for i, g := range d.Plan.Groups {
		list := slices.DeleteFunc(d.nomineesOf(kind), func(n evaluate.Nominee) bool { return n.Group != string(g.ID) })
		if len(list) == 0 {
			continue
		}
		sortNominees(list)
		t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(g.Title)))
		for j, n := range list {
			t.Rows = append(t.Rows, d.listRow(j+1, n))
		}
	}
	return t
}

// nomineesOf returns all nominees of a kind.
func (d *draft) nomineesOf(kind string) []evaluate.Nominee {
	var out []evaluate.Nominee
	for _, v := range d.Result.Verdicts {
		if v.Nominee.Kind == kind {
			out = append(out, v.Nominee)
		}
	}
	return out
}

func (d *draft) listRow(no int, n evaluate.Nominee) document.Row {
	fact := func(keys ...string) document.Cell { return document.T(known(d.verdict(n.ID), keys...)) }
	cells := []document.Cell{document.I(no), document.T(named(n))}
	if n.Kind == evaluate.Individual {
		born, _ := form.Value{Text: n.Born}.Date()
		cells = append(cells, document.T(born.Short()), document.T(n.RoleName), fact("grade"), fact("index.score", "index.band"), fact("initiative", "initiative.decision"))
	} else {
		size := document.T("")
		if n.Size > 0 {
			size = document.I(n.Size)
		}
		cells = append(cells, size, fact("grade"), fact("party"), fact("union", "youth", "women", "farmers", "veterans", "front"), fact("index.score", "index.band"))
	}
	return document.R(append(cells, fact("discipline"), document.T(n.Summary), document.T(n.UnitVote))...)
}

// known is what is known of the keys, the official record before the unit's word, which is marked with an asterisk.
func known(v evaluate.Verdict, keys ...string) string {
	var out []string
	for _, key := range keys {
		var declared, official string
		for _, f := range v.Facts {
			switch {
			case f.Key != key:
			case f.Basis == "official":
				official = comma(f.Shown())
			case f.Basis == "declared":
				declared = comma(f.Shown()) + "*"
			}
		}
		if official != "" {
			declared = official
		}
		if declared != "" {
			out = append(out, declared)
		}
	}
	return strings.Join(out, "; ")
}

// comma writes a number with a decimal comma; other texts stay.
func comma(s string) string {
	if _, ok := (form.Value{Text: s}).Number(); ok {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

// standards tells for every nominee and criterion the outcome, its reason and the cells it rests on (Plan III.2.1, III.2.2).
func (d *draft) standards() {
	d.say(wording.Text("paper.standards.lead"))
	for _, b := range d.Result.Boards {
		if len(b.Places) == 0 {
			continue
		}
		d.heading(2, boardTitle(b.Kind, b.GroupTitle))
		t := document.Table{Columns: []document.Column{
			{Title: wording.Text("paper.col.standard"), Weight: 2.6},
			{Title: wording.Text("paper.col.clause"), Weight: 0.9, Align: document.Center},
			{Title: wording.Text("paper.col.outcome"), Weight: 1.6},
			{Title: wording.Text("paper.col.grounds.facts"), Weight: 4.6},
			{Title: wording.Text("paper.col.readat"), Weight: 2.6},
		}}
		for i, p := range b.Places {
			v := d.verdict(p.Nominee.ID)
			t.Rows = append(t.Rows, document.SectionRow(wording.Text("paper.standards.nominee", "no", i+1, "name", named(p.Nominee), "outcome", evaluate.OutcomeText(v.Outcome), "receipt", p.Nominee.Receipt)))
			for _, j := range v.Judgements {
				if j.Outcome == evaluate.NotApplicable {
					continue
				}
				var at []string
				for _, f := range j.Facts {
					if f.Value != "" && !slices.Contains(at, place(f)) {
						at = append(at, place(f))
					}
				}
				t.Rows = append(t.Rows, document.R(document.T(j.Title), document.T(j.Clause), outcomeCell(j.Outcome), document.T(j.Reason), document.T(strings.Join(at, "\n"))))
			}
			for _, f := range v.Flags {
				t.Rows = append(t.Rows, document.R(document.Cell{Text: wording.Text("paper.standards.flag"), Italic: true}, document.T(""), document.T(""), document.Cell{Text: f.Text, Italic: true}, document.T("")))
			}
		}
		d.add(t)
	}
	if len(d.Result.Verdicts) == 0 {
		d.say(wording.Text("paper.none"))
	}
}

// named is a nominee with post and unit, as lists name one.
func named(n evaluate.Nominee) string {
	if n.Kind != evaluate.Individual {
		if namesUnit(n) {
			return n.Name
		}
		return n.Name + ", " + n.UnitName
	}
	return who(n) + ", " + seat(n)
}

// sortNominees puts people in the order of given names, collectives in that of their names.
func sortNominees(list []evaluate.Nominee) {
	if len(list) > 0 && list[0].Kind == evaluate.Individual {
		viet.SortNames(list, func(n evaluate.Nominee) string { return n.Name })
		return
	}
	viet.SortTexts(list, func(n evaluate.Nominee) string { return n.Name })
}
