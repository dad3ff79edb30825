package reports

import (
	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// registrationMatrix is the bảng theo dõi of registrations for the standing office (Plan III.4, IV.1).
func (d *draft) registrationMatrix() {
	d.matrix(wording.Text("paper.matrix.registration"), d.Period.Registration, func(u unitRoll) intake { return u.registration }, nil)
}

// dossierMatrix is the bảng theo dõi of dossiers with their parts (Plan III.3, III.4, IV.1).
func (d *draft) dossierMatrix() {
	d.matrix(wording.Text("paper.matrix.dossier"), d.Period.Dossier, func(u unitRoll) intake { return u.dossier }, d.Plan.Dossier)
}

// matrix writes both tables: the count by groups with its chart, then every unit. parts are the columns of a dossier's parts.
func (d *draft) matrix(what string, deadline *plan.Deadline, of func(unitRoll) intake, parts []plan.DossierPart) {
	d.doc.Sheet = wording.Text("paper.matrix.sheet.counts")
	d.head("matrix", false)
	d.add(document.Title{Kind: wording.Text("paper.matrix.kind"), Abstract: []string{
		wording.Text("paper.matrix.abstract", "what", what, "movement", d.Plan.Movement, "period", d.period()),
	}})
	if deadline != nil {
		d.add(document.Centered(document.Slanted(wording.Text("paper.matrix.asof",
			"asof", calendar.ShortMoment(d.Data.AsOf), "before", deadline.Before.Short(), "clause", deadline.Clause))))
	} else {
		d.add(document.Centered(document.Slanted(wording.Text("paper.matrix.asof.open", "asof", calendar.ShortMoment(d.Data.AsOf)))))
	}
	d.add(d.counts(wording.Text("paper.matrix.counts"), of), d.statesChart(of))
	d.add(document.Part{Sheet: wording.Text("paper.matrix.sheet.units"), Orientation: document.Landscape})
	d.add(document.Heading{Level: 1, Text: wording.Text("paper.matrix.units")}, d.unitTable(of, parts))
	notes := []string{wording.Text("paper.matrix.note.states"), wording.Text("paper.matrix.note.timing")}
	if parts != nil {
		notes = append(notes, wording.Text("paper.matrix.note.parts"))
	}
	d.add(document.Note{Lines: notes})
	d.signed("matrix", wording.Text("paper.sign.name"))
}

// tally is what became of one group's papers.
type tally struct {
	units, sent, accepted, tofix, onTime, onTheDay, late, collectives, individuals int
}

func count(g groupRoll, of func(unitRoll) intake) tally {
	t := tally{units: len(g.units)}
	for _, u := range g.units {
		in := of(u)
		if !in.sent {
			continue
		}
		t.sent++
		if in.accepted() {
			t.accepted++
		} else {
			t.tofix++
		}
		switch in.timing {
		case plan.OnTime:
			t.onTime++
		case plan.OnTheDay:
			t.onTheDay++
		case plan.Late:
			t.late++
		}
		c, i := in.proposed()
		t.collectives += c
		t.individuals += i
	}
	return t
}

// counts is the table of groups: in a workbook its last line and its shares are live formulas.
func (d *draft) counts(caption string, of func(unitRoll) intake) document.Table {
	number := func(title, group string) document.Column {
		return document.Column{Title: title, Group: group, Kind: document.KindNumber, Align: document.Center, Weight: 1}
	}
	state, timing, proposed := wording.Text("paper.col.state"), wording.Text("paper.col.timing"), wording.Text("paper.col.listed")
	t := document.Table{
		Caption: caption, Unit: wording.Text("paper.unit.units"),
		Columns: []document.Column{
			{Title: wording.Text("paper.col.group"), Weight: 3},
			number(wording.Text("paper.col.units"), ""),
			number(wording.Text("paper.col.sent"), ""),
			{Title: wording.Text("paper.col.share"), Kind: document.KindPercent, Decimals: 1, Align: document.Center, Weight: 1.1},
			number(wording.Text("paper.state.accepted"), state), number(wording.Text("paper.state.tofix.short"), state), number(wording.Text("paper.state.none"), state),
			number(wording.Text("paper.timing.on-time"), timing), number(wording.Text("paper.timing.on-the-day"), timing), number(wording.Text("paper.timing.late.short"), timing),
			number(kindTitle("collective"), proposed), number(kindTitle("individual"), proposed),
		},
	}
	for _, g := range d.roll() {
		n := count(g, of)
		t.Rows = append(t.Rows, document.R(document.T(groupTitle(g.group.Title)), document.I(n.units), document.I(n.sent), document.Ratio(2, 1),
			document.I(n.accepted), document.I(n.tofix), document.I(n.units-n.sent),
			document.I(n.onTime), document.I(n.onTheDay), document.I(n.late), document.I(n.collectives), document.I(n.individuals)))
	}
	total := []document.Cell{document.T(wording.Text("paper.total")), document.Sum(), document.Sum(), document.Ratio(2, 1)}
	for range 8 {
		total = append(total, document.Sum())
	}
	t.Rows = append(t.Rows, document.TotalRow(total...))
	return t
}

func (d *draft) statesChart(of func(unitRoll) intake) document.Chart {
	accepted := document.Series{Name: wording.Text("paper.state.accepted")}
	tofix := document.Series{Name: wording.Text("paper.state.tofix")}
	none := document.Series{Name: wording.Text("paper.state.none")}
	c := document.Chart{Title: wording.Text("paper.matrix.chart"), Unit: wording.Text("paper.matrix.chart.unit"), Horizontal: true, Stacked: true}
	for _, g := range d.roll() {
		n := count(g, of)
		c.Categories = append(c.Categories, groupTitle(g.group.Title))
		accepted.Values = append(accepted.Values, float64(n.accepted))
		tofix.Values = append(tofix.Values, float64(n.tofix))
		none.Values = append(none.Values, float64(n.units-n.sent))
	}
	c.Series = []document.Series{accepted, tofix, none}
	return c
}

// unitTable lists every unit by groups.
func (d *draft) unitTable(of func(unitRoll) intake, parts []plan.DossierPart) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: wording.Text("paper.col.no"), Weight: 0.6, Align: document.Center, Kind: document.KindNumber},
		{Title: wording.Text("paper.col.unit"), Weight: 3.6},
		{Title: wording.Text("paper.col.state"), Weight: 1.7},
		{Title: wording.Text("paper.col.timing"), Weight: 1.6},
		{Title: wording.Text("paper.col.received"), Weight: 1.7, Align: document.Center},
		{Title: wording.Text("paper.col.receipt"), Weight: 2, Align: document.Center},
	}}
	if parts != nil {
		t.Columns = append(t.Columns, document.Column{Title: wording.Text("paper.col.registration"), Weight: 1.5})
		for _, p := range parts {
			t.Columns = append(t.Columns, document.Column{Title: partShort(p.Key), Group: wording.Text("paper.col.parts"), Weight: 0.7, Align: document.Center})
		}
	}
	listed := wording.Text("paper.col.listed")
	t.Columns = append(t.Columns,
		document.Column{Title: kindTitle("collective"), Group: listed, Weight: 0.8, Kind: document.KindNumber, Align: document.Center},
		document.Column{Title: kindTitle("individual"), Group: listed, Weight: 0.8, Kind: document.KindNumber, Align: document.Center},
		document.Column{Title: wording.Text("paper.col.note"), Weight: 2})
	for i, g := range d.roll() {
		t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(g.group.Title)))
		for j, u := range g.units {
			t.Rows = append(t.Rows, unitRow(j+1, u, of(u), parts))
		}
		t.Rows = append(t.Rows, unitTotals(wording.Text("paper.subtotal", "no", roman(i+1)), document.SubtotalRow, parts))
	}
	t.Rows = append(t.Rows, unitTotals(wording.Text("paper.total"), document.TotalRow, parts))
	return t
}

func unitRow(no int, u unitRoll, in intake, parts []plan.DossierPart) document.Row {
	received, receipt := "", ""
	if in.sent {
		received, receipt = calendar.ShortMoment(in.first), in.current.ID
	}
	cells := []document.Cell{
		document.I(no), document.T(u.unit.Name), {Text: in.state(), Tint: in.tint()}, {Text: in.punctual(), Tint: in.lateTint()},
		document.T(received), document.T(receipt),
	}
	if parts != nil {
		cells = append(cells, document.T(u.registration.state()))
		for _, p := range parts {
			mark := ""
			if hasPart(in.current.Value, p.Key) {
				mark = "x"
			}
			cells = append(cells, document.T(mark))
		}
	}
	if in.sent {
		c, i := in.proposed()
		cells = append(cells, document.I(c), document.I(i))
	} else {
		cells = append(cells, document.T(""), document.T(""))
	}
	return document.R(append(cells, document.T(in.note()))...)
}

// note says what is left to put right, and how often the unit sent.
func (in intake) note() string {
	switch {
	case in.sent && !in.accepted():
		return wording.Text("paper.matrix.must", "count", two(in.must()))
	case in.versions > 1:
		return wording.Text("paper.matrix.versions", "count", two(in.versions))
	}
	return ""
}

func unitTotals(title string, row func(...document.Cell) document.Row, parts []plan.DossierPart) document.Row {
	cells := []document.Cell{document.T(""), document.T(title), document.T(""), document.T(""), document.Count(), document.T("")}
	if parts != nil {
		cells = append(cells, document.T(""))
		for range parts {
			cells = append(cells, document.Count())
		}
	}
	return row(append(cells, document.Sum(), document.Sum(), document.T(""))...)
}

func (in intake) tint() document.Tint {
	switch {
	case !in.sent:
		return document.Bad
	case in.current.State == submission.Accepted:
		return document.Good
	}
	return document.Warn
}

func (in intake) lateTint() document.Tint {
	switch {
	case in.timing == plan.Late:
		return document.Bad
	case in.timing == plan.OnTheDay:
		return document.Warn
	}
	return document.Untinted
}

// hasPart reports whether a dossier holds something of one of its parts (Plan III.3).
func hasPart(value any, key string) bool {
	v, ok := value.(*templates.Dossier)
	if !ok {
		return false
	}
	switch key {
	case plan.PartProposal:
		return v.Proposal.Number.Given() || v.Proposal.Date.Given()
	case plan.PartReport:
		return len(v.Reports) > 0
	case plan.PartMinutes:
		return v.Minutes.Date.Given() || len(v.Votes) > 0
	case plan.PartList:
		return len(v.Collectives)+len(v.Individuals) > 0
	}
	return false
}

//wording:composed paper.part.
func partShort(key string) string { return wording.Text("paper.part." + key) }

// groupTitle is "Khối phòng, ban, đơn vị".
func groupTitle(title string) string { return wording.Text("paper.group", "group", lowerFirst(title)) }

// roman writes the numbers of groups, sections and annexes.
func roman(n int) string {
	out := ""
	for _, r := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			out, n = out+r.sign, n-r.value
		}
	}
	return out
}
