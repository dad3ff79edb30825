package office

import (
	"slices"
	"strconv"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// summary is the report of a period, with the years it looks at beside its own.
//
//constructed:by newSummary
type summary struct {
	paper.Work
	years []yearbook
}

// newSummary gathers the years a report looks at: every year of a stage, the year before an annual
// round. A year about which nothing is known is left out.
func newSummary(w paper.Work) summary {
	d := summary{Work: w}
	years := w.Period.Years
	if w.Period.Kind == plan.Annual {
		years = []int{w.Period.To.Year - 1}
	}
	for _, year := range years {
		per, ok := w.Plan.AnnualPeriod(year)
		if !ok || w.Period.Kind == plan.AdHoc || w.Period.Kind == plan.Annual && len(w.Data.Units(per.ID)) == 0 {
			continue
		}
		s, err := round.Gather(w.Plan, w.Data, per.ID, w.On)
		if err != nil {
			w.Fail(err)
			return d
		}
		d.years = append(d.years, yearbook{s})
	}
	return d
}

// yearbook is what one round gives to be counted and compared.
type yearbook struct{ round.Sources }

// indicator is one figure of a round. A figure of a stock, such as the number of units, has no sum
// over years.
type indicator struct {
	key   string
	value int
	stock bool
}

// indicators are the figures by which years are compared (Plan II.2, III.1, IV.2).
func (s yearbook) indicators() []indicator {
	registration, dossiers := s.Summary.Registration[len(s.Summary.Registration)-1],
		s.Summary.Dossiers[len(s.Summary.Dossiers)-1]
	out := []indicator{
		{"units", registration.Units, true}, {"registered", registration.Registered, false},
		{"registered.collectives", registration.Collectives, false},
		{"registered.individuals", registration.Individuals, false}, {"dossiers", dossiers.Received, false},
		{"dossiers.accepted", dossiers.Accepted, false},
	}
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		proposed, awarded := 0, 0
		var people evaluate.Shares
		for _, l := range s.Summary.Awards {
			if l.Group != "" && l.Kind == kind {
				proposed, awarded = proposed+l.Proposed, awarded+l.Awarded
				people.Women, people.Direct, people.Leaders = people.Women+l.AwardedShares.Women, people.Direct+
					l.AwardedShares.Direct, people.Leaders+l.AwardedShares.Leaders
			}
		}
		out = append(out, indicator{"proposed." + kind, proposed, false}, indicator{"awarded." + kind, awarded, false})
		if kind == evaluate.Individual {
			out = append(out, indicator{"awarded.women", people.Women, false},
				indicator{"awarded.leaders", people.Leaders, false}, indicator{"awarded.direct", people.Direct, false})
		}
	}
	var targets contentLine
	for _, l := range s.contentLines() {
		targets.registered, targets.reported, targets.met = targets.registered+l.registered, targets.reported+
			l.reported, targets.met+l.met
	}
	out = append(out, indicator{"targets", targets.registered, false}, indicator{"targets.met", targets.met, false},
		indicator{"initiatives", len(s.initiatives()), false})
	if templates.Indexed(s.Plan) {
		out = append(out, indicator{"index", len(s.Summary.Index), true})
	}
	var communes evaluate.CommuneAwardLine
	var outreach evaluate.OutreachLine
	if n := len(s.Summary.Communes); n > 0 {
		communes = s.Summary.Communes[n-1]
	}
	if n := len(s.Summary.Outreach); n > 0 {
		outreach = s.Summary.Outreach[n-1]
	}
	if _, ok := s.Plan.Group(plan.Communes); ok {
		out = append(out, indicator{"communes.collectives", communes.Collectives, false},
			indicator{"communes.individuals", communes.Individuals, false})
	}
	if len(s.Plan.Reporters) == 0 {
		return out
	}
	return append(out, indicator{"outreach.news", outreach.News, false},
		indicator{"outreach.broadcasts", outreach.Broadcasts, false}, indicator{"outreach.issues", outreach.Issues,
			false},
		indicator{"outreach.activities", outreach.Activities, false}, indicator{"outreach.examples", outreach.Examples,
			false})
}

// compare is the table of indicators: this year beside the year before with the difference, or the
// years of a stage with their sum.
//
//wording:composed council.indicator.
func (d summary) compare() {
	years := d.years
	stage := d.Period.Kind == plan.Stage
	if len(years) == 0 {
		d.Say(d.Text("council.compare.none"))
		return
	}
	t := document.Table{Caption: d.Text("council.compare.table"),
		Columns: []document.Column{{Title: d.Text("council.col.indicator"), Weight: 4}}}
	for _, y := range years {
		t.Columns = append(t.Columns, paper.Figure("", strconv.Itoa(y.Period.To.Year)))
	}
	last := d.Text("council.col.stage")
	if !stage {
		t.Columns = append(t.Columns, paper.Figure("", strconv.Itoa(d.Period.To.Year)))
		last = d.Text("paper.col.difference")
	}
	t.Columns = append(t.Columns, paper.Figure("", last))
	var columns [][]indicator
	for _, y := range years {
		columns = append(columns, y.indicators())
	}
	own := yearbook{d.Sources}.indicators()
	if !stage {
		columns = append(columns, own)
	}
	dash := document.Cell{Text: "–", Align: document.Center}
	for i, x := range columns[0] {
		title := d.Text("council.indicator.awarded.direct", "role", style.DirectRole(d.Plan))
		if x.key != "awarded.direct" {
			title = d.Text("council.indicator." + x.key)
		}
		row := document.R(document.T(title))
		sum := 0
		for _, c := range columns {
			row.Cells = append(row.Cells, document.I(c[i].value))
			sum += c[i].value
		}
		switch {
		case !stage:
			row.Cells = append(row.Cells, document.I(own[i].value-columns[0][i].value))
		case x.stock:
			row.Cells = append(row.Cells, dash)
		default:
			row.Cells = append(row.Cells, document.I(sum))
		}
		t.Rows = append(t.Rows, row)
	}
	d.Add(t)
	if !stage {
		return
	}
	c := document.Chart{Title: d.Text("council.compare.chart"), Series: []document.Series{
		{Name: d.Text("council.indicator.registered")}, {Name: d.Text("council.indicator.dossiers")},
		{Name: d.Text("council.compare.awards")},
	}}
	at := func(all []indicator, key string) float64 {
		i := slices.IndexFunc(all, func(x indicator) bool { return x.key == key })
		return float64(all[i].value)
	}
	for i, y := range years {
		c.Categories = append(c.Categories, strconv.Itoa(y.Period.To.Year))
		c.Series[0].Values = append(c.Series[0].Values, at(columns[i], "registered"))
		c.Series[1].Values = append(c.Series[1].Values, at(columns[i], "dossiers"))
		c.Series[2].Values = append(c.Series[2].Values, at(columns[i], "awarded."+evaluate.Collective)+
			at(columns[i], "awarded."+evaluate.Individual))
	}
	d.Add(c)
}

// contentLine counts the targets of one content of the movement.
type contentLine struct{ units, registered, reported, met int }

// contentLines count, for each content of the movement (Plan II.2) and last for what is none of
// them, the targets registered and what the dossiers report of them.
func (d yearbook) contentLines() []contentLine {
	lines := make([]contentLine, len(d.Plan.Contents)+1)
	at := map[string]int{}
	for i, c := range d.Plan.Contents {
		at[viet.Fold(c.Text)], at[viet.Fold(c.Title)] = i, i
	}
	of := func(v form.Value) *contentLine {
		if i, ok := at[viet.Fold(v.Text)]; ok {
			return &lines[i]
		}
		return &lines[len(lines)-1]
	}
	for _, value := range d.ruling() {
		switch v := value.(type) {
		case *templates.Registration:
			counted := map[*contentLine]bool{}
			for _, x := range v.Targets {
				if x.Goal.Given() {
					l := of(x.Content)
					l.registered++
					counted[l] = true
				}
			}
			for l := range counted {
				l.units++
			}
		default:
			slate, _ := templates.SlateOf(value)
			for _, x := range slate.Targets {
				if x.Result.Given() || x.Met.Given() {
					l := of(x.Content)
					l.reported++
					if x.Met.Text == form.Yes {
						l.met++
					}
				}
			}
		}
	}
	return lines
}

// ruling are the accepted registrations and dossiers of the period that rule, in the order of
// receipt.
func (d yearbook) ruling() []any {
	rules := map[string]bool{}
	for _, row := range d.Summary.Matrix {
		for _, p := range []evaluate.Paper{row.Registration, row.Dossier} {
			if p.State == evaluate.StateAccepted {
				rules[p.Receipt] = true
			}
		}
	}
	var out []any
	for _, s := range d.Data.Submissions {
		if s.Period == d.Period.ID && rules[s.ID] {
			out = append(out, s.Value)
		}
	}
	return out
}

// initiative is one initiative that a dossier reports.
type initiative struct{ unit, by, text, decision string }

// initiatives are those of accepted dossiers, in the plan's order of units (Plan II.2).
func (d yearbook) initiatives() []initiative {
	var out []initiative
	for _, row := range d.Summary.Matrix {
		if row.Dossier.State != evaluate.StateAccepted {
			continue
		}
		slate, _ := templates.SlateOf(d.Submission(row.Dossier.Receipt).Value)
		said := map[string]bool{}
		for _, r := range slate.Reports {
			if r.Initiative.Given() {
				said[templates.NameKey(r.Kind.Text, r.Name.Text)] = true
				out = append(out, initiative{row.UnitName, r.Name.Text, r.Initiative.Text, r.InitiativeDecision.Text})
			}
		}
		for _, n := range slate.Nominations { // some say it in the list alone
			if n.Initiative.Given() && !said[templates.NameKey(string(n.Kind), n.Name.Text)] {
				out = append(out, initiative{row.UnitName, n.Name.Text, n.Initiative.Text, ""})
			}
		}
	}
	return out
}

// allInitiatives are those of the round and, for a stage, of each of its years.
func (d summary) allInitiatives() []initiative {
	out := yearbook{d.Sources}.initiatives()
	if d.Period.Kind != plan.Stage {
		return out
	}
	for _, y := range d.years {
		for _, x := range y.initiatives() {
			x.unit = d.Text("council.initiatives.unit", "unit", x.unit, "year", y.Period.To.Year)
			out = append(out, x)
		}
	}
	return out
}

// yearContents sets the targets of the contents side by side, year by year.
func (d summary) yearContents() document.Table {
	t := document.Table{Caption: d.Text("paper.summary.contents.table"), Unit: d.Text("paper.unit.targets"),
		Columns: []document.Column{{Title: d.Text("paper.col.content"), Weight: 3.4}}}
	years := d.years
	all := make([][]contentLine, len(years))
	for i, y := range years {
		group := strconv.Itoa(y.Period.To.Year)
		t.Columns = append(t.Columns, paper.Figure(group, d.Text("council.col.goals")),
			paper.Figure(group, d.Text("paper.col.met")))
		all[i] = y.contentLines()
	}
	stage := d.Text("council.col.stage")
	t.Columns = append(t.Columns, paper.Figure(stage, d.Text("council.col.goals")),
		paper.Figure(stage, d.Text("paper.col.met")))
	for k := range len(d.Plan.Contents) + 1 {
		title, registered, met := d.Text("paper.summary.contents.other"), 0, 0
		if k < len(d.Plan.Contents) {
			title = d.Plan.Contents[k].Title
		}
		row := document.R(document.T(title))
		for i := range years {
			l := all[i][k]
			row.Cells = append(row.Cells, document.I(l.registered), document.I(l.met))
			registered, met = registered+l.registered, met+l.met
		}
		if k == len(d.Plan.Contents) && registered == 0 && met == 0 {
			continue
		}
		t.Rows = append(t.Rows, document.R(append(row.Cells, document.I(registered), document.I(met))...))
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, nil)...))
	return t
}

// yearIndex sets the official index of every commune side by side, year by year (Plan III.2.1).
func (d summary) yearIndex() {
	t := document.Table{Dense: true, Caption: d.Text("council.index.table"), Unit: d.Text("paper.unit.points"),
		Columns: []document.Column{paper.NumberColumn(), {Title: d.Text("paper.col.unit"), Weight: 3}}}
	years := d.years
	for _, y := range years {
		group := strconv.Itoa(y.Period.To.Year)
		points := document.Column{Group: group, Title: d.Text("paper.col.appraised"), Kind: document.KindNumber,
			Decimals: 2, Align: document.Center, Weight: 1.1}
		t.Columns = append(t.Columns, points, document.Column{Group: group, Title: d.Text("paper.col.indexband"),
			Weight: 1.3, Align: document.Center})
	}
	for _, u := range d.Plan.Units {
		row, known := document.R(document.I(len(t.Rows)+1), document.T(u.Name)), false
		for _, y := range years {
			score, band := document.T(""), ""
			for _, l := range y.Summary.Index {
				if l.Unit != u.Code {
					continue
				}
				known, band = true, l.Band
				if x, ok := (form.Value{Text: l.Appraised}).Number(); ok {
					score = document.N(x)
				}
			}
			row.Cells = append(row.Cells, score, document.T(band))
		}
		if known {
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		d.Say(d.Text("paper.summary.index.none"))
		return
	}
	d.Add(t)
}

// outreachTable is the propaganda of the units the plan charges with it (Plan IV.2).
func (d summary) outreachTable() {
	if len(d.Summary.Outreach) == 0 {
		d.Say(d.Text("council.outreach.none"))
		return
	}
	t := document.Table{Caption: d.Text("council.outreach.table"),
		Columns: []document.Column{{Title: d.Text("paper.col.unit"), Weight: 3}}}
	for _, key := range []string{"news", "programmes", "broadcasts", "minutes", "sections", "issues", "activities",
		"examples"} {
		t.Columns = append(t.Columns, paper.Figure("", outreachTitle(key)))
	}
	for _, l := range d.Summary.Outreach {
		if l.Unit == "" {
			continue
		}
		row := document.R(document.T(l.UnitName))
		for _, n := range []int{l.News, l.Programmes, l.Broadcasts, l.Minutes, l.Sections, l.Issues, l.Activities,
			l.Examples} {
			row.Cells = append(row.Cells, document.I(n))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, nil)...))
	d.Add(t)
}

//wording:composed council.outreach.col.
func outreachTitle(key string) string { return wording.Text("council.outreach.col." + key) }

// communeTable is what chairmen of communes gave (Plan III.1.3).
func (d summary) communeTable() {
	if len(d.Summary.Communes) == 0 {
		d.Say(d.Text("council.communes.none"))
		return
	}
	t := document.Table{Caption: d.Text("council.communes.table"), Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.unit"), Weight: 4},
		paper.Figure("", style.KindTitle(evaluate.Collective)), paper.Figure("", style.KindTitle(evaluate.Individual)),
	}}
	for _, l := range d.Summary.Communes {
		if l.Unit != "" {
			t.Rows = append(t.Rows, document.R(document.I(len(t.Rows)+1), document.T(l.UnitName),
				document.I(l.Collectives), document.I(l.Individuals)))
		}
	}
	total := paper.Sums(t, map[int]document.Cell{1: document.T(d.Text("paper.total"))})
	total[0] = document.T("")
	t.Rows = append(t.Rows, document.TotalRow(total...))
	d.Add(t)
}

// recognised are the initiatives with the decision that recognised them.
func recognised(all []initiative) []initiative {
	return slices.DeleteFunc(slices.Clone(all), func(x initiative) bool { return x.decision == "" })
}

// initiativeList is an annex: every initiative of the dossiers that a decision recognised. The
// others are counted.
func (d summary) initiativeList() {
	list := recognised(d.allInitiatives())
	if len(list) == 0 {
		return
	}
	d.Part(d.Text("council.initiatives.sheet"))
	d.Heading(1, d.Text("council.initiatives.title"))
	t := document.Table{Dense: true, Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.unit"), Weight: 3},
		{Title: d.Text("council.col.author"), Weight: 3}, {Title: d.Text("paper.col.initiative"), Weight: 6},
		{Title: d.Text("council.col.recognised"), Weight: 3},
	}}
	for i, x := range list {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(x.unit), document.T(x.by), document.T(x.text),
			document.T(x.decision)))
	}
	d.Add(t, document.Note{Lines: []string{d.Text("council.initiatives.note")}})
}
