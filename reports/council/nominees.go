package council

import (
	"cmp"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// nominees is the tổng hợp trích ngang.
type nominees struct{ sheet }

// write is the tổng hợp trích ngang: what every dossier says of its nominees, with the official
// record where there is one. Dates of birth stand here only, for the Council.
func (d nominees) write() {
	for i, kind := range []string{evaluate.Collective, evaluate.Individual} {
		if i > 0 { // other columns, so a sheet of its own
			d.Part(d.Text("paper.docket.sheet.people"))
		}
		d.Heading(2, d.Text("paper.list.title", "kind", style.KindTitle(kind)))
		t := d.listTable(kind)
		if len(t.Rows) == 0 {
			d.Say(d.Text("paper.none"))
			continue
		}
		breaches := ""
		if paper.Asks(d.Plan, "discipline") {
			breaches = d.Text("paper.list.note.breaches")
		}
		d.Add(t, document.Note{Lines: []string{d.Text("paper.list.note", "breaches", breaches)}})
	}
	if t, ok := d.OwnFigures(plan.PrintedDocket); ok {
		d.Add(t)
	}
}

func (d nominees) listTable(kind string) document.Table {
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: d.Text("paper.col." + key), Weight: weight}
	}
	nominee, summary := 3.7, 6.6
	if kind == evaluate.Individual {
		nominee, summary = 5, 3.6
	}
	index, unions, discipline := 1.6, 4.6, 3.4
	stage := d.Period.Kind == plan.Stage
	if stage { // years beside each other leave the summary no column: it gets a line of its own
		index, unions, discipline = 3, 5.8, 3
	}
	t := document.Table{Dense: true, Columns: []document.Column{paper.NumberColumn(), text("nominee", nominee)}}
	if kind == evaluate.Individual {
		t.Columns = append(t.Columns, text("born", 1.8), text("role", 3.3), text("grade", 2.8), text("index", index),
			text("initiative", 5.6))
	} else {
		t.Columns = append(t.Columns, paper.Figure("", d.Text("paper.col.size")), text("grade", 2.8),
			text("party", 2.8), text("unions", unions), text("index", index))
	}
	t.Columns = append(t.Columns, text("discipline", discipline))
	own := d.Own(kind, plan.PrintedDocket)
	for _, c := range own {
		t.Columns = append(t.Columns, document.Column{Title: c.Title, Weight: 2})
	}
	if !stage {
		t.Columns = append(t.Columns, text("summary", summary))
	}
	t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.col.unitvote"), Weight: 0.9,
		Align: document.Center})
	places := d.scorePlaces()
	for i, g := range d.Plan.Groups {
		list := slices.DeleteFunc(d.NomineesOf(kind), func(n evaluate.Nominee) bool { return n.Group != string(g.ID) })
		if len(list) == 0 {
			continue
		}
		style.SortNominees(list)
		t.Rows = append(t.Rows, document.SectionRow(style.Roman(i+1)+". "+style.GroupTitle(g.Title)))
		for j, n := range list {
			t.Rows = append(t.Rows, d.listRow(j+1, n, places, own))
		}
	}
	t = paper.DropUnasked(d.Plan, t, d.Text("paper.col.index"), d.Text("paper.col.party"),
		d.Text("paper.col.unions"), d.Text("paper.col.discipline"))
	if stage {
		t.Rows = d.withSummaries(kind, t)
	}
	return t
}

// withSummaries are the rows of a list, below each nominee the summary of what was achieved.
func (d nominees) withSummaries(kind string, t document.Table) []document.Row {
	summaries := map[string]string{}
	for _, n := range d.NomineesOf(kind) {
		summaries[style.Named(n)] = n.Summary
	}
	var out []document.Row
	for _, r := range t.Rows {
		out = append(out, r)
		if r.Kind != document.Body || len(r.Cells) < 2 || summaries[r.Cells[1].Whole] == "" {
			continue
		}
		summary := clipped(summaries[r.Cells[1].Whole], 400)
		summary.Text = d.Text("paper.list.summary", "text", summary.Text)
		summary.Span, summary.Italic = len(t.Columns)-1, true
		out = append(out, document.R(document.T(""), summary))
	}
	return out
}

func (d nominees) listRow(no int, n evaluate.Nominee, places int, own []plan.Column) document.Row {
	fact := func(keys ...string) document.Cell { return document.T(round.Known(d.Verdict(n.ID), keys...)) }
	cells := []document.Cell{document.I(no), {Text: style.Titled(n), Whole: style.Named(n)}}
	if n.Kind == evaluate.Individual {
		born, _ := form.Value{Text: n.Born}.Date()
		cells = append(cells, document.T(born.Short()), document.T(n.RoleName), fact("grade"),
			document.T(indexed(d.Verdict(n.ID), places)), fact("initiative", "initiative.decision"))
	} else {
		size := document.T("")
		if n.Size > 0 {
			size = document.I(n.Size)
		}
		cells = append(cells, size, fact("grade"), fact("party"), document.T(d.organisations(d.Verdict(n.ID))),
			document.T(indexed(d.Verdict(n.ID), places)))
	}
	cells = append(append(cells, document.T(breaches(d.Verdict(n.ID)))), paper.OwnCells(d.Verdict(n.ID), own)...)
	if d.Period.Kind != plan.Stage {
		cells = append(cells, clipped(n.Summary, 160))
	}
	return document.R(append(cells, document.T(n.UnitVote))...)
}

// organisations are the ratings of a unit's organisations, each with its name.
//
//wording:composed paper.list.organisation.
func (d nominees) organisations(v evaluate.Verdict) string {
	var out []string
	for _, key := range []string{"union", "youth", "women", "farmers", "veterans", "front"} {
		if rating := round.Known(v, key); rating != "–" {
			out = append(out, d.Text("paper.list.organisation", "name", d.Text("paper.list.organisation."+key),
				"rating", rating))
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, "; ")
}

// breaches is what the register says; that it is empty is explained once below the list.
func breaches(v evaluate.Verdict) string {
	counts := map[string]bool{}
	for _, f := range v.Facts {
		if f.Key == "discipline" && f.Basis == check.Official {
			counts[f.Value] = true
		}
	}
	if len(counts) == 1 && counts["0"] {
		return "0"
	}
	return round.Known(v, "discipline")
}

// clipped is a cell with the first letters of a text, at most most of them; a workbook has room for
// the whole.
func clipped(text string, most int) document.Cell {
	r := []rune(text)
	if len(r) <= most {
		return document.T(text)
	}
	return document.Cell{Text: strings.TrimRight(string(r[:most-1]), " ,.;:") + "…", Whole: text}
}

// scorePlaces is how many decimals the scores of the index are written with: as many as the one
// with most has.
func (d nominees) scorePlaces() int {
	most := 0
	for _, v := range d.Result.Verdicts {
		for _, score := range round.Facts(v, "index.score") {
			n, _ := style.Decimals(strings.TrimSuffix(score, "*"))
			most = max(most, n)
		}
	}
	return most
}

// indexed is the index of a unit, with so many decimals, and its band: "94,80 (Xuất sắc)".
func indexed(v evaluate.Verdict, places int) string {
	scores, bands := round.Facts(v, "index.score"), round.Facts(v, "index.band")
	for year, score := range scores {
		plain, declared := strings.CutSuffix(score, "*")
		if scores[year] = style.Pad(plain, places); declared {
			scores[year] += "*"
		}
	}
	for year, band := range bands {
		score, declared := strings.CutSuffix(scores[year], "*")
		if plain, also := strings.CutSuffix(band, "*"); score != "" && also == declared {
			band = wording.Text("paper.fact.index", "score", score, "band", plain)
			if declared {
				band += "*"
			}
		} else if score != "" {
			band = wording.Text("paper.fact.index", "score", scores[year], "band", band)
		}
		scores[year] = band
	}
	return cmp.Or(round.ByYears(scores), "–")
}
