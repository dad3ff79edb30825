package reports

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// summary is the báo cáo tổng kết of the period: figures are filled in, assessments are left to the people who write them (Plan IV.1).
func (d *draft) summary() {
	stage := d.Period.Kind == plan.Stage
	d.doc.Sheet = d.words.Text("paper.summary.sheet")
	d.head("summary", rough)
	d.add(document.Title{Kind: d.words.Text("paper.summary.kind"), Abstract: []string{
		d.words.Text("paper.summary.abstract", "movement", d.Plan.Movement, "period", d.period()),
	}})
	d.section(d.words.Text("paper.summary.situation"))
	d.prose(d.words.Text("paper.summary.situation.features"), d.words.Text("paper.summary.situation.steering"), d.words.Text("paper.summary.situation.outreach"))
	d.section(d.words.Text("paper.summary.results"))
	d.heading(2, d.words.Text("paper.summary.registration"))
	d.intakeText()
	if stage {
		d.compared()
	} else {
		d.add(d.registrationTable())
	}
	d.heading(2, d.words.Text("paper.summary.contents"))
	contents := d.contentTable
	if stage {
		contents = d.yearContents
	}
	d.add(contents(), document.Note{Lines: []string{d.words.Text("paper.summary.contents.note")}})
	d.prose(d.words.Text("paper.summary.contents.remark"))
	if templates.Indexed(d.Plan) {
		d.heading(2, d.words.Text("paper.summary.index"))
		if stage {
			d.yearIndex()
		} else {
			d.index()
		}
	}
	d.heading(2, d.words.Text("paper.summary.dossiers"))
	d.add(d.dossierTable(d.words.Text("paper.summary.dossiers.table")), document.Note{Lines: []string{d.words.Text("paper.summary.dossiers.note")}})
	d.heading(2, d.words.Text("paper.summary.awards"))
	d.awardFigures()
	d.heading(2, d.words.Text("council.initiatives"))
	if all := d.allInitiatives(); len(all) > 0 {
		d.say(d.words.Text("council.initiatives.text", "count", two(len(all)), "recognised", two(len(recognised(all)))))
	} else {
		d.say(d.words.Text("council.initiatives.nobody"))
	}
	d.prose(d.words.Text("paper.summary.contents.remark"))
	if !stage { // a stage counts both year by year
		if len(d.Plan.Reporters) > 0 {
			d.heading(2, d.words.Text("council.outreach"))
			d.outreachTable()
		}
		if _, ok := d.Plan.Group(plan.Communes); ok {
			d.heading(2, d.words.Text("council.communes"))
			d.communeTable()
		}
		d.heading(2, d.words.Text("council.compare"))
		d.compared()
	}
	d.section(d.words.Text("paper.summary.assessment"))
	d.prose(d.words.Text("paper.summary.strengths"), d.words.Text("paper.summary.shortcomings"), d.words.Text("paper.summary.causes"), d.words.Text("paper.summary.lessons"))
	d.section(d.words.Text("paper.summary.directions"))
	d.prose(d.words.Text("paper.summary.tasks"))
	d.section(d.words.Text("paper.summary.requests"))
	d.prose(d.words.Text("paper.summary.requests.text"))
	d.signed("summary", "")
	d.initiativeList()
	renumber(d.doc.Blocks)
}

// counted is a title with its number: "3. Hồ sơ", and behind a word "Bảng 3. Hồ sơ".
var counted = regexp.MustCompile(`^(\pL+ )?\d+\. `)

// renumber counts the sections and tables that are there: a plan without an index or without communes has fewer than the texts count.
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
func (d *draft) prose(labels ...string) {
	for _, label := range labels {
		d.add(document.Paragraph{Runs: []document.Run{document.Strong(label + ": "), document.Field(label, "", 180)}, Align: document.Left})
	}
}

func (d *draft) registrationTable() document.Table {
	listed := d.words.Text("paper.col.listed")
	t := document.Table{Caption: d.words.Text("paper.summary.registration.table"), Unit: d.words.Text("paper.unit.units"), Columns: []document.Column{
		{Title: d.words.Text("paper.col.group"), Weight: 2.4},
		figure("", d.words.Text("paper.col.units")), figure("", d.words.Text("paper.col.registered")),
		{Title: d.words.Text("paper.col.rate"), Kind: document.KindPercent, Decimals: 1, Align: document.Center, Weight: 1},
		figure("", d.words.Text("paper.timing.on-time")), figure("", d.words.Text("paper.timing.on-the-day")), figure("", d.words.Text("paper.timing.late.short")),
		figure("", d.words.Text("paper.state.tofix.short")), figure("", d.words.Text("paper.state.none")),
		figure(listed, kindTitle(evaluate.Collective)), figure(listed, kindTitle(evaluate.Individual)),
	}}
	for _, l := range d.Summary.Registration {
		if l.Group == "" { // the table makes its own total
			continue
		}
		t.Rows = append(t.Rows, document.R(document.T(groupTitle(l.Title)), document.I(l.Units), document.I(l.Registered), document.Ratio(2, 1),
			document.I(l.OnTime), document.I(l.OnTheDay), document.I(l.Late), document.I(l.ToFix), document.I(l.None), document.I(l.Collectives), document.I(l.Individuals)))
	}
	t.Rows = append(t.Rows, document.TotalRow(sums(t, map[int]document.Cell{3: document.Ratio(2, 1)})...))
	return t
}

// contentTable counts, for each content of the movement (Plan II.2), the targets registered and what the dossiers report of them.
func (d *draft) contentTable() document.Table {
	t := document.Table{Caption: d.words.Text("paper.summary.contents.table"), Unit: d.words.Text("paper.unit.targets"), Columns: []document.Column{
		{Title: d.words.Text("paper.col.content"), Weight: 4},
		figure("", d.words.Text("paper.col.units")), figure("", d.words.Text("paper.col.targets")), figure("", d.words.Text("paper.col.reported")), figure("", d.words.Text("paper.col.met")),
		{Title: d.words.Text("paper.col.metrate"), Kind: document.KindPercent, Decimals: 1, Align: document.Center, Weight: 1},
	}}
	for i, l := range d.contentLines() {
		title := d.words.Text("paper.summary.contents.other")
		if i < len(d.Plan.Contents) {
			title = d.Plan.Contents[i].Title
		} else if l == (contentLine{}) {
			continue
		}
		t.Rows = append(t.Rows, document.R(document.T(title), document.I(l.units), document.I(l.registered), document.I(l.reported), document.I(l.met), document.Ratio(4, 3)))
	}
	t.Rows = append(t.Rows, document.TotalRow(sums(t, map[int]document.Cell{1: {}, 5: document.Ratio(4, 3)})...))
	return t
}

// index is the table of the official CCHC index of communes (Plan III.2.1), with a chart of the bands in the
// order of the ranking.
func (d *draft) index() {
	if len(d.Summary.Index) == 0 {
		d.say(d.words.Text("paper.summary.index.none"))
		return
	}
	points := func(key string) document.Column {
		return document.Column{Title: d.words.Text("paper.col." + key), Kind: document.KindNumber, Decimals: 2, Align: document.Center, Weight: 1.1}
	}
	t := document.Table{Caption: d.words.Text("paper.summary.index.table"), Unit: d.words.Text("paper.unit.points"), Columns: []document.Column{
		{Title: d.words.Text("paper.col.place"), Weight: 0.7, Align: document.Center, Kind: document.KindNumber},
		{Title: d.words.Text("paper.col.unit"), Weight: 3.4},
		points("self"), points("appraised"), points("difference"),
		{Title: d.words.Text("paper.col.indexband"), Weight: 1.5, Align: document.Center},
	}}
	before := slices.ContainsFunc(d.Summary.Index, func(l evaluate.IndexLine) bool { return l.PreviousScore != "" || l.PreviousBand != "" })
	if before {
		t.Columns = append(t.Columns, document.Column{Title: d.words.Text("paper.col.before"), Weight: 2.2, Align: document.Center})
	}
	number := func(text string) document.Cell {
		if x, ok := (form.Value{Text: text}).Number(); ok {
			return document.N(x)
		}
		return document.T("")
	}
	c := document.Chart{Title: d.words.Text("paper.summary.index.chart"), Unit: d.words.Text("paper.unit.communes"), Horizontal: true, Series: []document.Series{{Name: d.words.Text("paper.col.communes")}}}
	for _, l := range d.Summary.Index {
		row := document.R(number(l.Rank), document.T(l.UnitName), number(l.Self), number(l.Appraised), number(l.Difference), document.T(l.Band))
		if before {
			last := comma(l.PreviousScore)
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
	d.add(t)
	if len(c.Categories) > 0 {
		d.add(c)
	}
}

// dossierTable counts dossiers by groups, and by the four grounds what those that wait must put right.
func (d *draft) dossierTable(caption string) document.Table {
	grounds := d.words.Text("paper.col.tofix.grounds")
	all := []finding.Ground{finding.WrongSubject, finding.BelowStandard, finding.Incomplete, finding.BreachOfLaw}
	t := document.Table{Caption: caption, Unit: d.words.Text("paper.unit.dossiers"), Columns: []document.Column{
		{Title: d.words.Text("paper.col.group"), Weight: 2.4},
		figure("", d.words.Text("paper.col.sent")), figure("", stateText(evaluate.StateAccepted)), figure("", d.words.Text("paper.state.tofix.short")),
		figure("", d.words.Text("paper.timing.late.short")),
	}}
	for _, g := range all {
		t.Columns = append(t.Columns, figure(grounds, g.Title()))
	}
	for _, l := range d.Summary.Dossiers {
		if l.Group == "" {
			continue
		}
		row := document.R(document.T(groupTitle(l.Title)), document.I(l.Received), document.I(l.Accepted), document.I(l.ToFix), document.I(l.Late))
		for _, g := range all {
			row.Cells = append(row.Cells, document.I(l.Grounds[g]))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, document.TotalRow(sums(t, nil)...))
	return t
}

// awardFigures is table 4 with its chart: places, proposals and awards by groups, and who the awarded people are.
func (d *draft) awardFigures() {
	shares := d.words.Text("paper.col.awardedpeople")
	t := document.Table{Caption: d.words.Text("paper.summary.awards.table"), Columns: []document.Column{
		{Title: d.words.Text("paper.col.board"), Weight: 4.2},
		figure("", d.words.Text("paper.col.quota")), figure("", d.words.Text("paper.col.proposed")), figure("", d.words.Text("paper.col.awarded")), figure("", d.words.Text("paper.col.waiting")),
		figure(shares, d.words.Text("paper.col.leaders")), figure(shares, d.words.Text("paper.col.direct")), figure(shares, d.words.Text("paper.col.others")),
		figure(shares, d.words.Text("paper.col.men")), figure(shares, d.words.Text("paper.col.women")),
	}}
	c := document.Chart{Title: d.words.Text("paper.summary.awards.chart"), Horizontal: true, Series: []document.Series{
		{Name: d.words.Text("paper.col.quota")}, {Name: d.words.Text("paper.col.proposed")}, {Name: d.words.Text("paper.col.awarded")},
	}}
	for _, l := range d.Summary.Awards {
		if l.Group == "" {
			continue
		}
		title := boardTitle(l.Kind, l.Title)
		row := document.R(document.T(title), quotaCell(l.Quota, l.Limited), document.I(l.Proposed))
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
		d.say(d.words.Text("paper.summary.awards.none"))
		t.Rows = append(t.Rows, document.TotalRow(document.T(d.words.Text("paper.total")), document.Sum(), document.Sum()))
	} else {
		t.Rows = append(t.Rows, document.TotalRow(sums(t, nil)...))
	}
	d.add(t, c)
	if d.Result.Council == nil || d.nobody() {
		return
	}
	lead := d.words.Text("paper.summary.awards.list")
	if d.decision() != nil {
		lead = d.words.Text("paper.summary.awards.given", "award", d.Plan.Award, "decision", d.decisionName())
	}
	d.say(lead)
	d.awardTables(3, d.decision() == nil)
}
