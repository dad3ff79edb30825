package office

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/reports/award"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// write is the báo cáo tổng kết of the period: figures are filled in, assessments are left to the
// people who write them (Plan IV.1).
func (d summary) write() {
	stage := d.Period.Kind == plan.Stage
	d.Doc.Sheet = d.Text("paper.summary.sheet")
	d.Head("summary", paper.Rough)
	d.Add(document.Title{Kind: d.Text("paper.summary.kind"), Abstract: []string{
		d.Text("paper.summary.abstract", "movement", d.Plan.Movement, "period", d.PeriodName()),
	}})
	d.Section(d.Text("paper.summary.situation"))
	d.prose(d.Text("paper.summary.situation.features"), d.Text("paper.summary.situation.steering"),
		d.Text("paper.summary.situation.outreach"))
	d.Section(d.Text("paper.summary.results"))
	d.Heading(2, d.Text("paper.summary.registration"))
	d.IntakeText()
	if stage {
		d.compare()
	} else {
		d.Add(d.registrationTable())
	}
	d.Heading(2, d.Text("paper.summary.contents"))
	contents := d.contentTable
	if stage {
		contents = d.yearContents
	}
	d.Add(contents(), document.Note{Lines: []string{d.Text("paper.summary.contents.note")}})
	d.prose(d.Text("paper.summary.contents.remark"))
	if templates.Indexed(d.Plan) {
		d.Heading(2, d.Text("paper.summary.index"))
		if stage {
			d.yearIndex()
		} else {
			d.index()
		}
	}
	d.Heading(2, d.Text("paper.summary.dossiers"))
	d.Add(d.DossierTable(d.Text("paper.summary.dossiers.table")),
		document.Note{Lines: []string{d.Text("paper.summary.dossiers.note")}})
	if t, ok := d.OwnFigures(plan.PrintedReport); ok {
		d.Add(t)
	}
	d.Heading(2, d.Text("paper.summary.awards"))
	d.awardFigures()
	d.Heading(2, d.Text("council.initiatives"))
	if all := d.allInitiatives(); len(all) > 0 {
		d.Say(d.Text("council.initiatives.text", "count", style.Two(len(all)), "recognised",
			style.Two(len(recognised(all)))))
	} else {
		d.Say(d.Text("council.initiatives.nobody"))
	}
	d.prose(d.Text("paper.summary.contents.remark"))
	if !stage { // a stage counts both year by year
		if len(d.Plan.Reporters) > 0 {
			d.Heading(2, d.Text("council.outreach"))
			d.outreachTable()
		}
		if _, ok := d.Plan.Group(plan.Communes); ok {
			d.Heading(2, d.Text("council.communes"))
			d.communeTable()
		}
		d.Heading(2, d.Text("council.compare"))
		d.compare()
	}
	d.Section(d.Text("paper.summary.assessment"))
	d.prose(d.Text("paper.summary.strengths"), d.Text("paper.summary.shortcomings"), d.Text("paper.summary.causes"),
		d.Text("paper.summary.lessons"))
	d.Section(d.Text("paper.summary.directions"))
	d.prose(d.Text("paper.summary.tasks"))
	d.Section(d.Text("paper.summary.requests"))
	d.prose(d.Text("paper.summary.requests.text"))
	d.Sign("summary", "")
	d.initiativeList()
	renumber(d.Doc.Blocks)
}

// counted is a title with its number: "3. Hồ sơ", and behind a word "Bảng 3. Hồ sơ".
var counted = regexp.MustCompile(`^(\pL+ )?\d+\. `)

// renumber counts the sections and tables that are there: a plan without an index or without
// communes has fewer than the texts count.
func renumber(blocks []document.Block) {
	next := func(title string, n *int) string {
		if !counted.MatchString(title) {
			return title
		}
		*n++
		return counted.ReplaceAllString(title, "${1}"+strconv.Itoa(*n)+". ")
	}
	sections, tables := 0, 0
	for i, b := range blocks {
		switch x := b.(type) {
		case document.Heading:
			if x.Level == 2 {
				x.Text = next(x.Text, &sections)
				blocks[i] = x
			}
		case document.Table:
			x.Caption = next(x.Caption, &tables)
			blocks[i] = x
		}
	}
}

// prose leaves room for texts that only people can write: a label and an editable field.
func (d summary) prose(labels ...string) {
	for _, label := range labels {
		d.Add(document.Paragraph{Runs: []document.Run{document.Strong(label + ": "), document.Field(label, "", 180)},
			Align: document.Left})
	}
}

func (d summary) registrationTable() document.Table {
	listed := d.Text("paper.col.listed")
	t := document.Table{Caption: d.Text("paper.summary.registration.table"), Unit: d.Text("paper.unit.units"),
		Columns: []document.Column{
			{Title: d.Text("paper.col.group"), Weight: 2.4},
			paper.Figure("", d.Text("paper.col.units")), paper.Figure("", d.Text("paper.col.registered")),
			{Title: d.Text("paper.col.rate"), Kind: document.KindPercent, Decimals: 1, Align: document.Center,
				Weight: 1},
			paper.Figure("", d.Text("paper.timing.on-time")), paper.Figure("", d.Text("paper.timing.on-the-day")),
			paper.Figure("", d.Text("paper.timing.late.short")),
			paper.Figure("", d.Text("paper.state.tofix.short")), paper.Figure("", d.Text("paper.state.none")),
			paper.Figure(listed, style.KindTitle(evaluate.Collective)),
			paper.Figure(listed, style.KindTitle(evaluate.Individual)),
		}}
	for _, l := range d.Summary.Registration {
		if l.Group == "" { // the table makes its own total
			continue
		}
		t.Rows = append(t.Rows, document.R(document.T(style.GroupTitle(l.Title)), document.I(l.Units),
			document.I(l.Registered), document.Ratio(2, 1),
			document.I(l.OnTime), document.I(l.OnTheDay), document.I(l.Late), document.I(l.ToFix), document.I(l.None),
			document.I(l.Collectives), document.I(l.Individuals)))
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, map[int]document.Cell{3: document.Ratio(2, 1)})...))
	return t
}

// contentTable counts, for each content of the movement (Plan II.2), the targets registered and
// what the dossiers report of them.
func (d summary) contentTable() document.Table {
	t := document.Table{Caption: d.Text("paper.summary.contents.table"), Unit: d.Text("paper.unit.targets"),
		Columns: []document.Column{
			{Title: d.Text("paper.col.content"), Weight: 4},
			paper.Figure("", d.Text("paper.col.units")), paper.Figure("", d.Text("paper.col.targets")),
			paper.Figure("", d.Text("paper.col.reported")), paper.Figure("", d.Text("paper.col.met")),
			{Title: d.Text("paper.col.metrate"), Kind: document.KindPercent, Decimals: 1, Align: document.Center,
				Weight: 1},
		}}
	for i, l := range (yearbook{d.Sources}).contentLines() {
		title := d.Text("paper.summary.contents.other")
		if i < len(d.Plan.Contents) {
			title = d.Plan.Contents[i].Title
		} else if l == (contentLine{}) {
			continue
		}
		t.Rows = append(t.Rows, document.R(document.T(title), document.I(l.units), document.I(l.registered),
			document.I(l.reported), document.I(l.met), document.Ratio(4, 3)))
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, map[int]document.Cell{1: {}, 5: document.Ratio(4, 3)})...))
	return t
}

// index is the table of the official CCHC index of communes (Plan III.2.1), with a chart of the
// bands in the order of the ranking.
func (d summary) index() {
	if len(d.Summary.Index) == 0 {
		d.Say(d.Text("paper.summary.index.none"))
		return
	}
	points := func(key string) document.Column {
		return document.Column{Title: d.Text("paper.col." + key), Kind: document.KindNumber, Decimals: 2,
			Align: document.Center, Weight: 1.1}
	}
	t := document.Table{Caption: d.Text("paper.summary.index.table"), Unit: d.Text("paper.unit.points"),
		Columns: []document.Column{
			{Title: d.Text("paper.col.place"), Weight: 0.7, Align: document.Center, Kind: document.KindNumber},
			{Title: d.Text("paper.col.unit"), Weight: 3.4},
			points("self"), points("appraised"), points("difference"),
			{Title: d.Text("paper.col.indexband"), Weight: 1.5, Align: document.Center},
		}}
	before := slices.ContainsFunc(d.Summary.Index, func(l evaluate.IndexLine) bool {
		return l.PreviousScore != "" ||
			l.PreviousBand != ""
	})
	if before {
		t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.col.before"), Weight: 2.2,
			Align: document.Center})
	}
	number := func(text string) document.Cell {
		if x, ok := (form.Value{Text: text}).Number(); ok {
			return document.N(x)
		}
		return document.T("")
	}
	c := document.Chart{Title: d.Text("paper.summary.index.chart"), Unit: d.Text("paper.unit.communes"),
		Horizontal: true, Series: []document.Series{{Name: d.Text("paper.col.communes")}}}
	for _, l := range d.Summary.Index {
		row := document.R(number(l.Rank), document.T(l.UnitName), number(l.Self), number(l.Appraised),
			number(l.Difference), document.T(l.Band))
		if before {
			last := style.Comma(l.PreviousScore)
			if x, ok := (form.Value{Text: l.PreviousScore}).Number(); ok {
				last = document.FormatNumber(x, 2)
			}
			if l.PreviousBand != "" {
				last += " (" + l.PreviousBand + ")"
			}
			row.Cells = append(row.Cells, document.T(strings.TrimSpace(last)))
		}
		t.Rows = append(t.Rows, row)
		if l.Band == "" {
			continue
		}
		at := slices.Index(c.Categories, l.Band)
		if at < 0 {
			at = len(c.Categories)
			c.Categories, c.Series[0].Values = append(c.Categories, l.Band), append(c.Series[0].Values, 0)
		}
		c.Series[0].Values[at]++
	}
	d.Add(t)
	if len(c.Categories) > 0 {
		d.Add(c)
	}
}

// awardFigures is table 4 with its chart: places, proposals and awards by groups, and who the
// awarded people are.
func (d summary) awardFigures() {
	shares := d.Text("paper.col.awardedpeople")
	t := document.Table{Caption: d.Text("paper.summary.awards.table"), Columns: []document.Column{
		{Title: d.Text("paper.col.board"), Weight: 4.2},
		paper.Figure("", d.Text("paper.col.quota")), paper.Figure("", d.Text("paper.col.proposed")),
		paper.Figure("", d.Text("paper.col.awarded")), paper.Figure("", d.Text("paper.col.waiting")),
		paper.Figure(shares, d.Text("paper.col.leaders")), paper.Figure(shares, d.Text("paper.col.direct")),
		paper.Figure(shares, d.Text("paper.col.others")),
		paper.Figure(shares, d.Text("paper.col.men")), paper.Figure(shares, d.Text("paper.col.women")),
	}}
	c := document.Chart{Title: d.Text("paper.summary.awards.chart"), Horizontal: true, Series: []document.Series{
		{Name: d.Text("paper.col.quota")}, {Name: d.Text("paper.col.proposed")}, {Name: d.Text("paper.col.awarded")},
	}}
	for _, l := range d.Summary.Awards {
		if l.Group == "" {
			continue
		}
		title := style.BoardTitle(l.Kind, l.Title)
		row := document.R(document.T(title), paper.QuotaCell(l.Quota, l.Limited), document.I(l.Proposed))
		if d.Result.Council == nil {
			t.Rows = append(t.Rows, row)
		} else {
			row.Cells = append(row.Cells, document.I(l.Awarded), document.I(l.Waiting))
			if l.Kind == evaluate.Individual {
				s := l.AwardedShares
				for _, n := range []int{s.Leaders, s.Direct, s.Others, s.Men, s.Women} {
					row.Cells = append(row.Cells, document.I(n))
				}
			} else {
				for range 5 {
					row.Cells = append(row.Cells, document.Cell{Text: "–", Align: document.Center})
				}
			}
			t.Rows = append(t.Rows, row)
		}
		c.Categories = append(c.Categories, title)
		for i, n := range []int{l.Quota, l.Proposed, l.Awarded} {
			c.Series[i].Values = append(c.Series[i].Values, float64(n))
		}
	}
	if d.Result.Council == nil {
		c.Series = c.Series[:2]
		d.Say(d.Text("paper.summary.awards.none"))
		t.Rows = append(t.Rows, document.TotalRow(document.T(d.Text("paper.total")), document.Sum(), document.Sum()))
	} else {
		t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, nil)...))
	}
	d.Add(t, c)
	if d.Result.Council == nil {
		return
	}
	awards := award.NewList(d.Work)
	if awards.Nobody() {
		return
	}
	lead := d.Text("paper.summary.awards.list")
	if d.Decision() != nil {
		lead = d.Text("paper.summary.awards.given", "award", d.Plan.Award, "decision", d.DecisionName())
	}
	d.Say(lead)
	awards.Tables(3, d.Decision() == nil)
}
