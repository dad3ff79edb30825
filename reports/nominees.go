package reports

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/reports/document"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// nominees is the tổng hợp trích ngang: what every dossier says of its nominees, with the official record where there is one. Dates of
// birth stand here only, for the Council.
func (d *draft) nominees() {
	for i, kind := range []string{evaluate.Collective, evaluate.Individual} {
		if i > 0 { // other columns, so a sheet of its own
			d.part(d.words.Text("paper.docket.sheet.people"))
		}
		d.heading(2, d.words.Text("paper.list.title", "kind", kindTitle(kind)))
		t := d.listTable(kind)
		if len(t.Rows) == 0 {
			d.say(d.words.Text("paper.none"))
			continue
		}
		breaches := ""
		if asks(d.Plan, "discipline") {
			breaches = d.words.Text("paper.list.note.breaches")
		}
		d.add(t, document.Note{Lines: []string{d.words.Text("paper.list.note", "breaches", breaches)}})
	}
}

func (d *draft) listTable(kind string) document.Table {
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: d.words.Text("paper.col." + key), Weight: weight}
	}
	nominee, summary := 3.7, 6.6
	if kind == evaluate.Individual {
		nominee, summary = 5, 3.6
	}
	index, unions, discipline := 1.6, 5.1, 1.7
	if d.Period.Kind == plan.Stage { // years beside each other
		index, unions, discipline, summary = 3, 5.8, 2.2, summary-2
	}
	t := document.Table{Dense: true, Columns: []document.Column{numberColumn(), text("nominee", nominee)}}
	if kind == evaluate.Individual {
		t.Columns = append(t.Columns, text("born", 1.8), text("role", 3.3), text("grade", 2.8), text("index", index), text("initiative", 5.6))
	} else {
		t.Columns = append(t.Columns, figure("", d.words.Text("paper.col.size")), text("grade", 2.8), text("party", 2.8), text("unions", unions), text("index", index))
	}
	t.Columns = append(t.Columns, text("discipline", discipline), text("summary", summary), document.Column{Title: d.words.Text("paper.col.unitvote"), Weight: 0.9, Align: document.Center})
	places := d.scorePlaces()
	for i, g := range d.Plan.Groups {
		list := slices.DeleteFunc(d.nomineesOf(kind), func(n evaluate.Nominee) bool { return n.Group != string(g.ID) })
		if len(list) == 0 {
			continue
		}
		sortNominees(list)
		t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(g.Title)))
		for j, n := range list {
			t.Rows = append(t.Rows, d.listRow(j+1, n, places))
		}
	}
	return asked(d.Plan, t, d.words.Text("paper.col.index"), d.words.Text("paper.col.party"), d.words.Text("paper.col.unions"), d.words.Text("paper.col.discipline"))
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

func (d *draft) listRow(no int, n evaluate.Nominee, places int) document.Row {
	fact := func(keys ...string) document.Cell { return document.T(known(d.verdict(n.ID), keys...)) }
	cells := []document.Cell{document.I(no), {Text: titled(n), Whole: named(n)}}
	if n.Kind == evaluate.Individual {
		born, _ := form.Value{Text: n.Born}.Date()
		cells = append(cells, document.T(born.Short()), document.T(n.RoleName), fact("grade"), document.T(indexed(d.verdict(n.ID), places)), fact("initiative", "initiative.decision"))
	} else {
		size := document.T("")
		if n.Size > 0 {
			size = document.I(n.Size)
		}
		cells = append(cells, size, fact("grade"), fact("party"), document.T(d.organisations(d.verdict(n.ID))), document.T(indexed(d.verdict(n.ID), places)))
	}
	return document.R(append(cells, document.T(breaches(d.verdict(n.ID))), clipped(n.Summary, 160), document.T(n.UnitVote))...)
}

// organisations are the ratings of a unit's organisations, each with its name.
//
//wording:composed paper.list.organisation.
func (d *draft) organisations(v evaluate.Verdict) string {
	var out []string
	for _, key := range []string{"union", "youth", "women", "farmers", "veterans", "front"} {
		if rating := known(v, key); rating != "–" {
			out = append(out, d.words.Text("paper.list.organisation", "name", d.words.Text("paper.list.organisation."+key), "rating", rating))
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
	return known(v, "discipline")
}

// clipped is a cell with the first letters of a text, at most most of them; a workbook has room for the whole.
func clipped(text string, most int) document.Cell {
	r := []rune(text)
	if len(r) <= most {
		return document.T(text)
	}
	return document.Cell{Text: strings.TrimRight(string(r[:most-1]), " ,.;:") + "…", Whole: text}
}

// known is what is known of the keys, the official record before the unit's word, which is marked with an asterisk. Facts about single
// years of a stage are told by years, those in which they are the same together.
func known(v evaluate.Verdict, keys ...string) string {
	var out []string
	for _, key := range keys {
		if text := byYears(facts(v, key)); text != "" {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, "; ")
}

// scorePlaces is how many decimals the scores of the index are written with: as many as the one with most has.
func (d *draft) scorePlaces() int {
	most := 0
	for _, v := range d.Result.Verdicts {
		for _, score := range facts(v, "index.score") {
			n, _ := decimals(strings.TrimSuffix(score, "*"))
			most = max(most, n)
		}
	}
	return most
}

// indexed is the index of a unit, with so many decimals, and its band: "94,80 (Xuất sắc)".
func indexed(v evaluate.Verdict, places int) string {
	scores, bands := facts(v, "index.score"), facts(v, "index.band")
	for year, score := range scores {
		plain, declared := strings.CutSuffix(score, "*")
		if scores[year] = padded(plain, places); declared {
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
	return cmp.Or(byYears(scores), "–")
}

// facts are what is known of a key, by year; year 0 is the round.
func facts(v evaluate.Verdict, key string) map[int]string {
	out := map[int]string{}
	for _, basis := range []evaluate.Basis{check.Declared, check.Official} {
		for _, f := range v.Facts {
			if f.Key != key || f.Basis != basis || f.Value == "" {
				continue
			}
			text := comma(f.Shown())
			if f.Value == "0" { // with how far the register was reviewed
				text = f.Value
			}
			if out[f.Year] = text; basis == check.Declared {
				out[f.Year] += "*"
			}
		}
	}
	if len(out) > 1 {
		delete(out, 0)
	}
	return out
}

// byYears tells values by the years they hold in.
func byYears(said map[int]string) string {
	if text, ok := said[0]; ok {
		return text
	}
	var values []string
	years := map[string][]string{}
	for _, year := range slices.Sorted(maps.Keys(said)) {
		value := said[year]
		if len(years[value]) == 0 {
			values = append(values, value)
		}
		years[value] = append(years[value], strconv.Itoa(year))
	}
	for i, value := range values {
		values[i] = wording.Text("paper.fact.year", "year", strings.Join(years[value], ", "), "value", value)
	}
	return strings.Join(values, "; ")
}

// comma writes a number with a decimal comma; other texts stay.
func comma(s string) string {
	if _, ok := (form.Value{Text: s}).Number(); ok {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
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

// withoutDepartment is a nominee as lists with little room name one: post and unit tell people apart.
func withoutDepartment(n evaluate.Nominee) evaluate.Nominee {
	n.Department = ""
	return n
}

// titled is a nominee with position and unit.
func titled(n evaluate.Nominee) string { return named(withoutDepartment(n)) }

// brief is a nominee with the unit alone.
func brief(n evaluate.Nominee) string {
	n.Department, n.Position = "", ""
	return named(n)
}

// sortNominees puts people in the order of given names, collectives in that of their names.
func sortNominees(list []evaluate.Nominee) {
	if len(list) > 0 && list[0].Kind == evaluate.Individual {
		viet.SortNames(list, func(n evaluate.Nominee) string { return n.Name })
		return
	}
	viet.SortTexts(list, func(n evaluate.Nominee) string { return n.Name })
}
