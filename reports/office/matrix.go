package office

import (
	"fmt"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// matrix is one kind of paper of every unit, watched by the standing office.
//
//constructed:by newRegistrationMatrix, newDossierMatrix
type matrix struct {
	paper.Work
	what     string // "đăng ký thi đua"
	formID   string
	deadline *plan.Deadline
	of       func(evaluate.MatrixRow) evaluate.Paper
	parts    []plan.DossierPart // columns for the parts of a dossier
}

func newRegistrationMatrix(w paper.Work) matrix {
	return matrix{
		Work: w, what: w.Text("paper.matrix.registration"), formID: templates.RegistrationForm.ID,
		deadline: w.Period.Registration,
		of:       func(r evaluate.MatrixRow) evaluate.Paper { return r.Registration },
	}
}

func newDossierMatrix(w paper.Work) matrix {
	return matrix{
		Work: w, what: w.Text("paper.matrix.dossier"), formID: round.DossierForm(w.Period).ID,
		deadline: w.Period.Dossier,
		of:       func(r evaluate.MatrixRow) evaluate.Paper { return r.Dossier }, parts: w.Plan.Dossier,
	}
}

// write writes the count by groups with its chart, then every unit.
func (m matrix) write() {
	m.Doc.Sheet = m.Text("paper.matrix.sheet.counts")
	m.Head("matrix", paper.Dated)
	m.Add(document.Title{Kind: m.Text("paper.matrix.kind"), Abstract: []string{
		m.Text("paper.matrix.abstract", "what", m.what, "movement", m.Plan.Movement, "period", m.PeriodName()),
	}})
	asOf := calendar.ShortMoment(m.Data.AsOf)
	if m.deadline != nil {
		m.Add(document.Centered(document.Slanted(m.Text("paper.matrix.asof", "asof", asOf, "before",
			m.deadline.Before.Short(), "clause", m.deadline.Clause))))
	} else {
		m.Add(document.Centered(document.Slanted(m.Text("paper.matrix.asof.open", "asof", asOf))))
	}
	m.Add(m.counts(), m.chart())
	if c, ok := m.timeline(); ok {
		m.Add(c)
	}
	m.Add(document.Part{Sheet: m.Text("paper.matrix.sheet.units"), Orientation: document.Landscape})
	m.Add(document.Heading{Level: 1, Text: m.Text("paper.matrix.units")}, m.units())
	notes := []string{m.Text("paper.matrix.note.states"), m.Text("paper.matrix.note.timing")}
	if m.parts != nil {
		notes = append(notes, m.Text("paper.matrix.note.parts"))
	}
	m.Add(document.Note{Lines: notes})
	m.Sign("matrix", m.Text("paper.sign.name"))
}

// received counts one group's papers. Timings count everything that was sent.
type received struct {
	units, sent, accepted, tofix, onTime, onTheDay, late, collectives, individuals int
}

func (m matrix) count(group plan.GroupID) received {
	var n received
	for _, row := range m.Summary.Matrix {
		if row.Group != string(group) {
			continue
		}
		n.units++
		p := m.of(row)
		if p.State == evaluate.StateNone {
			continue
		}
		n.sent++
		if p.State == evaluate.StateAccepted {
			n.accepted++
		} else {
			n.tofix++
		}
		switch p.Timing {
		case plan.OnTime:
			n.onTime++
		case plan.OnTheDay:
			n.onTheDay++
		case plan.Late:
			n.late++
		}
		n.collectives += p.Collectives
		n.individuals += p.Individuals
	}
	return n
}

// counts is the table of groups: in a workbook its last line and its shares are live formulas.
func (m matrix) counts() document.Table {
	state, timing, proposed := m.Text("paper.col.state"), m.Text("paper.col.timing"), m.Text("paper.col.listed")
	t := document.Table{
		Caption: m.Text("paper.matrix.counts"), Unit: m.Text("paper.unit.units"),
		Columns: []document.Column{
			{Title: m.Text("paper.col.group"), Weight: 3},
			paper.Figure("", m.Text("paper.col.units")),
			paper.Figure("", m.Text("paper.col.sent")),
			{Title: m.Text("paper.col.share"), Kind: document.KindPercent, Decimals: 1, Align: document.Center,
				Weight: 1.1},
			paper.Figure(state, paper.StateText(evaluate.StateAccepted)),
			paper.Figure(state, m.Text("paper.state.tofix.short")),
			paper.Figure(state, paper.StateText(evaluate.StateNone)),
			paper.Figure(timing, m.Text("paper.timing.on-time")),
			paper.Figure(timing, m.Text("paper.timing.on-the-day")),
			paper.Figure(timing, m.Text("paper.timing.late.short")),
			paper.Figure(proposed, style.KindTitle(evaluate.Collective)),
			paper.Figure(proposed, style.KindTitle(evaluate.Individual)),
		},
	}
	for _, g := range m.Plan.Groups {
		n := m.count(g.ID)
		t.Rows = append(t.Rows, document.R(document.T(style.GroupTitle(g.Title)), document.I(n.units),
			document.I(n.sent), document.Ratio(2, 1),
			document.I(n.accepted), document.I(n.tofix), document.I(n.units-n.sent),
			document.I(n.onTime), document.I(n.onTheDay), document.I(n.late), document.I(n.collectives),
			document.I(n.individuals)))
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, map[int]document.Cell{3: document.Ratio(2, 1)})...))
	return t
}

func (m matrix) chart() document.Chart {
	c := document.Chart{
		Title: m.Text("paper.matrix.chart"), Unit: m.Text("paper.matrix.chart.unit"), Horizontal: true, Stacked: true,
		Series: []document.Series{{Name: paper.StateText(evaluate.StateAccepted)},
			{Name: paper.StateText(evaluate.StateToFix)}, {Name: paper.StateText(evaluate.StateNone)}},
	}
	for _, g := range m.Plan.Groups {
		n := m.count(g.ID)
		c.Categories = append(c.Categories, style.GroupTitle(g.Title))
		for i, v := range []int{n.accepted, n.tofix, n.units - n.sent} {
			c.Series[i].Values = append(c.Series[i].Values, float64(v))
		}
	}
	return c
}

// timeline shows from how many units of each group something had come by the end of each week,
// the last days before the deadline singly.
func (m matrix) timeline() (document.Chart, bool) {
	c := document.Chart{Title: m.Text("office.timeline", "what", m.what), Unit: m.Text("paper.matrix.chart.unit"),
		Lines: true}
	var days []calendar.Date
	for _, row := range m.Summary.Matrix {
		if first := m.of(row).First; !first.IsZero() {
			days = append(days, calendar.DateOf(first))
		}
	}
	if len(days) < 2 {
		return c, false
	}
	slices.SortFunc(days, calendar.Date.Compare)
	first, last := days[0], days[len(days)-1]
	step := max(1, (last.DaysSince(first)+10)/11) // at most twelve points
	var at []calendar.Date
	for d := last; !d.Before(first); d = d.AddDays(-step) {
		at = append(at, d)
	}
	slices.Reverse(at)
	for _, d := range at {
		c.Categories = append(c.Categories, fmt.Sprintf("%02d/%d", d.Day, d.Month))
	}
	for _, g := range m.Plan.Groups {
		s := document.Series{Name: style.GroupTitle(g.Title)}
		for _, d := range at {
			n := 0
			for _, row := range m.Summary.Matrix {
				first := m.of(row).First
				if row.Group == string(g.ID) && !first.IsZero() && !d.Before(calendar.DateOf(first)) {
					n++
				}
			}
			s.Values = append(s.Values, float64(n))
		}
		c.Series = append(c.Series, s)
	}
	return c, true
}

// units lists every unit by groups.
func (m matrix) units() document.Table {
	t := document.Table{Dense: true, Columns: []document.Column{
		paper.NumberColumn(),
		{Title: m.Text("paper.col.unit"), Weight: 5},
		{Title: m.Text("paper.col.state"), Weight: 1.8},
		{Title: m.Text("paper.col.timing"), Weight: 2},
		{Title: m.Text("paper.col.received"), Weight: 3, Align: document.Center},
		{Title: m.Text("paper.col.receipt"), Weight: 2.6, Align: document.Center},
	}}
	if m.parts != nil {
		t.Columns = append(t.Columns, document.Column{Title: m.Text("paper.col.registration"), Weight: 1.8})
		for _, p := range m.parts {
			t.Columns = append(t.Columns, document.Column{Title: partShort(p.Key), Group: m.Text("paper.col.parts"),
				Weight: 0.6, Align: document.Center})
		}
	}
	listed := m.Text("paper.col.listed")
	t.Columns = append(t.Columns, paper.Figure(listed, style.KindTitle(evaluate.Collective)),
		paper.Figure(listed, style.KindTitle(evaluate.Individual)),
		document.Column{Title: m.Text("paper.col.note"), Weight: 1.6})
	came := m.arrivals(m.formID, m.of)
	for i, g := range m.Plan.Groups {
		t.Rows = append(t.Rows, document.SectionRow(style.Roman(i+1)+". "+style.GroupTitle(g.Title)))
		no := 0
		for _, row := range m.Summary.Matrix {
			if row.Group == string(g.ID) {
				no++
				t.Rows = append(t.Rows, m.unit(no, row, came[row.Unit]))
			}
		}
		t.Rows = append(t.Rows, m.unitTotals(m.Text("paper.subtotal", "no", style.Roman(i+1)), document.SubtotalRow))
	}
	t.Rows = append(t.Rows, m.unitTotals(m.Text("paper.total"), document.TotalRow))
	return t
}

func (m matrix) unit(no int, row evaluate.MatrixRow, came arrival) document.Row {
	p := m.of(row)
	sent := p.State != evaluate.StateNone
	moment := ""
	if !p.First.IsZero() {
		moment = calendar.ShortMoment(p.First)
	}
	cells := []document.Cell{
		document.I(no), document.T(row.UnitName), {Text: paper.StateText(p.State), Tint: stateTint(p.State)},
		{Text: m.timingText(p, m.deadline), Tint: timingTint(p.Timing)}, document.T(moment), document.T(p.Receipt),
	}
	if m.parts != nil {
		cells = append(cells, document.T(paper.StateText(row.Registration.State)))
		slate, _ := templates.SlateOf(came.value)
		for _, part := range m.parts {
			mark := ""
			if slate.Has(part.Key) {
				mark = "x"
			}
			cells = append(cells, document.T(mark))
		}
	}
	if sent {
		cells = append(cells, document.I(p.Collectives), document.I(p.Individuals))
	} else {
		cells = append(cells, document.T(""), document.T(""))
	}
	note := ""
	switch {
	case p.State == evaluate.StateToFix:
		note = m.Text("paper.matrix.must", "count", style.Two(p.ToFix))
	case came.versions > 1:
		note = m.Text("paper.matrix.versions", "count", style.Two(came.versions))
	}
	if d, declined := m.Data.DeclinedBy(m.Period.ID, row.Unit); declined {
		note = strings.TrimLeft(note+"; "+m.Text("paper.matrix.declined", "date", calendar.DateOf(d.At).Short()), "; ")
	}
	for i, lines := range [][]string{p.Added, p.Gone} {
		if len(lines) > 0 {
			key := []string{"paper.matrix.added", "paper.matrix.removed"}[i]
			note = strings.TrimLeft(note+"; "+m.Text(key, "lines", strings.Join(lines, ", ")), "; ")
		}
	}
	if p.Override != "" {
		note = strings.TrimLeft(note+"; "+m.Text("paper.matrix.override", "ruling", p.Override), "; ")
	}
	return document.R(append(cells, document.T(note))...)
}

// unitTotals counts what was received and sums what is proposed; in a workbook both are live.
func (m matrix) unitTotals(title string, row func(...document.Cell) document.Row) document.Row {
	cells := []document.Cell{document.T(""), document.T(title), document.T(""), document.T(""), document.Count(),
		document.T("")}
	if m.parts != nil {
		cells = append(cells, document.T(""))
		for range m.parts {
			cells = append(cells, document.Count())
		}
	}
	return row(append(cells, document.Sum(), document.Sum(), document.T(""))...)
}

func stateTint(state string) document.Tint {
	switch state {
	case evaluate.StateAccepted:
		return document.Good
	case evaluate.StateToFix:
		return document.Warn
	}
	return document.Bad
}

func timingTint(t plan.Timing) document.Tint {
	switch t {
	case plan.Late:
		return document.Bad
	case plan.OnTheDay:
		return document.Warn
	}
	return document.Untinted
}

//wording:composed paper.part.
func partShort(key string) string { return wording.Text("paper.part." + key) }

// arrival is how one form of one unit came in.
type arrival struct {
	versions int
	value    any // of the version that rules
}

// arrivals reads the dataset once, for one form. ruling are the receipts of the versions that rule.
func (m matrix) arrivals(formID string, of func(evaluate.MatrixRow) evaluate.Paper) map[string]arrival {
	ruling := map[string]bool{}
	for _, row := range m.Summary.Matrix {
		ruling[of(row).Receipt] = true
	}
	out := map[string]arrival{}
	for _, s := range m.Data.Submissions {
		if s.Period != m.Period.ID || s.Form != formID {
			continue
		}
		a := out[s.Unit]
		a.versions++
		if ruling[s.ID] {
			a.value = s.Value
		}
		out[s.Unit] = a
	}
	return out
}

// timingText is the word for how a unit's paper stands to its deadline: of what was sent by its
// first version, of what was not sent by the moment of the data.
//
//wording:composed paper.timing.
func (m matrix) timingText(p evaluate.Paper, deadline *plan.Deadline) string {
	switch {
	case deadline == nil:
		return ""
	case p.State != evaluate.StateNone && p.Timing == "":
		return m.Text("paper.timing.blank")
	case p.State != evaluate.StateNone:
		return m.Text("paper.timing."+string(p.Timing), "days", style.Two(p.LateDays))
	}
	timing, days := deadline.State(m.Data.AsOf)
	if timing == plan.Late {
		return m.Text("paper.timing.missed", "days", style.Two(days))
	}
	return m.Text("paper.timing.open")
}
