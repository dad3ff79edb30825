package office

import (
	"slices"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// statistics are the figures of a round.
type statistics struct{ paper.Work }

// circular02 is the first day of the forms of Thông tư 02/2023/TT-BNV; before it those of Thông tư
// 03/2018/TT-BNV are filled in.
var circular02 = calendar.Date{Year: 2023, Month: 5, Day: 15}

// write are the ministry's tables on emulation and commendation, as far as this movement goes into
// them: movements by duration, awards by whom they went to, by sex and group. Which forms, is a
// matter of the paper's day.
//
//wording:composed office.stats.
func (d statistics) write() {
	era := "2018."
	if !d.On.Before(circular02) {
		era = "2023."
	}
	d.Doc.Sheet = d.Text("office.stats.sheet.movements")
	title := func(key string) {
		d.Add(document.Title{Kind: d.Text("office.stats." + era + key),
			Abstract: []string{d.Text("office.stats."+key+".abstract", "movement", d.Plan.Movement, "period",
				d.RoundName())}})
	}
	title("movements")
	d.Add(d.movementTable(),
		document.Note{Lines: []string{d.Text("office.stats.movements.note", "asof",
			calendar.ShortMoment(d.Data.AsOf))}})
	d.Add(document.Part{Sheet: d.Text("office.stats.sheet.awards"), Orientation: document.Landscape})
	title("awards")
	if d.Result.Council == nil {
		d.Say(d.Text("office.stats.awards.none"))
	}
	table, chart := d.awardStatistics()
	d.Add(table, chart, document.Note{Lines: []string{d.Text("office.stats.awards.note"),
		d.Text("office.stats.check")}})
	if c, ok := d.indexChart(); ok {
		d.Add(document.Part{Sheet: d.Text("office.stats.sheet.index")},
			document.Title{Kind: d.Text("office.stats.index")}, c)
	}
}

// movementTable counts the movement by its level and by how long it lasts.
func (d statistics) movementTable() document.Table {
	t := document.Table{Unit: d.Text("office.stats.unit.movements"), Numbered: true, Columns: []document.Column{
		{Title: d.Text("office.stats.col.level"), Weight: 3}, paper.Figure("", d.Text("office.stats.col.total"))}}
	length := d.Text("office.stats.col.length")
	years := len(d.Period.Years)
	for _, key := range []string{"under1", "1", "1to3", "3to5", "over5"} {
		t.Columns = append(t.Columns, paper.Figure(length, d.Text("office.stats.length."+key)))
	}
	at := 1
	switch {
	case years >= 5:
		at = 4
	case years >= 3:
		at = 3
	case years > 1:
		at = 2
	}
	registered := 0
	for _, l := range d.Summary.Registration {
		if l.Group != "" {
			registered += l.Registered
		}
	}
	row := func(level string, n int) {
		cells := []document.Cell{document.T(level), document.I(n)}
		for i := range 5 {
			v := 0
			if i == at {
				v = n
			}
			cells = append(cells, document.I(v))
		}
		t.Rows = append(t.Rows, document.R(cells...))
	}
	row(d.Text("office.stats.level.city"), 1)
	row(d.Text("office.stats.level.units"), registered)
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, nil)...))
	return t
}

// awardStatistics counts nominees and awards by group, kind, whom they went to and sex.
func (d statistics) awardStatistics() (document.Table, document.Chart) {
	proposed, awarded := d.Text("office.stats.col.proposed"), d.Text("office.stats.col.awarded")
	t := document.Table{Unit: d.Text("office.stats.unit.awards"), Numbered: true,
		Columns: []document.Column{{Title: d.Text("office.stats.col.subject"), Weight: 4.5}}}
	for _, g := range []string{proposed, awarded} {
		for _, key := range []string{"total", "collectives", "leaders", "direct", "others", "men", "women"} {
			t.Columns = append(t.Columns, paper.Figure(g, d.Text("office.stats.col."+key)))
		}
	}
	c := document.Chart{Title: d.Text("office.stats.chart"), Unit: d.Text("office.stats.unit.people"), Horizontal: true,
		Stacked: true, Series: []document.Series{
			{Name: d.Text("office.stats.col.leaders")}, {Name: d.Text("office.stats.col.direct")},
			{Name: d.Text("office.stats.col.others")}}}
	for _, g := range d.Plan.Groups {
		p, a := d.shares(g.ID)
		row := []document.Cell{document.T(style.GroupTitle(g.Title))}
		for _, x := range []statLine{p, a} {
			for _, n := range []int{x.collectives + x.people(), x.collectives, x.Leaders, x.Direct, x.Others, x.Men,
				x.Women} {
				row = append(row, document.I(n))
			}
		}
		t.Rows = append(t.Rows, document.R(row...))
		for i, x := range []statLine{p, a} {
			c.Categories = append(c.Categories, style.GroupTitle(g.Title)+": "+
				style.LowerFirst([]string{proposed, awarded}[i]))
			for k, n := range []int{x.Leaders, x.Direct, x.Others} {
				c.Series[k].Values = append(c.Series[k].Values, float64(n))
			}
		}
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, nil)...))
	return t, c
}

type statLine struct {
	evaluate.Shares
	collectives int
}

func (s statLine) people() int { return s.Leaders + s.Direct + s.Others }

func (d statistics) shares(group plan.GroupID) (proposed, awarded statLine) {
	for _, l := range d.Summary.Awards {
		switch {
		case l.Group != string(group):
		case l.Kind == evaluate.Collective:
			proposed.collectives, awarded.collectives = l.Proposed, l.Awarded
		default:
			proposed.Shares, awarded.Shares = l.ProposedShares, l.AwardedShares
		}
	}
	return proposed, awarded
}

// indexChart shows the official CCHC index of every commune, best first (Plan III.2.1).
func (d statistics) indexChart() (document.Chart, bool) {
	type score struct {
		name  string
		value float64
	}
	var all []score
	for _, l := range d.Summary.Index {
		if v, ok := (form.Value{Text: l.Appraised}).Number(); ok && v >= 0 {
			all = append(all, score{l.UnitName, v})
		}
	}
	viet.SortTexts(all, func(s score) string { return s.name })
	slices.SortStableFunc(all, func(a, b score) int {
		switch {
		case a.value > b.value:
			return -1
		case a.value < b.value:
			return 1
		}
		return 0
	})
	c := document.Chart{Title: d.Text("office.stats.index.chart"), Unit: d.Text("paper.unit.points"), Horizontal: true,
		Decimals: 2, Series: []document.Series{{Name: d.Text("paper.col.appraised")}}}
	for _, s := range all {
		c.Categories = append(c.Categories, s.name)
		c.Series[0].Values = append(c.Series[0].Values, s.value)
	}
	return c, len(all) > 0
}
