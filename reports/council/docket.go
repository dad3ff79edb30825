package council

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/calendar"
)

// docket is what is laid before the Council, whole or without its orders and lists.
type docket struct{ sheet }

// write is the tài liệu họp of the Council (Plan IV.1): agenda, appraisal, orders against the
// quotas, standards, gaps, assumptions.
func (d docket) write() {
	d.Doc.Sheet = d.Text("paper.docket.sheet.agenda")
	d.Head("ballot", paper.Open)
	d.Add(document.Title{Kind: d.Text("paper.docket.kind"), Abstract: []string{
		d.Text("paper.docket.abstract", "council", d.Plan.Council.Name, "award", d.Plan.Award, "movement",
			d.Plan.Movement, "period", d.RoundName()),
	}})
	d.Add(document.Centered(document.Slanted(d.Text("paper.docket.internal"))))
	d.Section(d.Text("paper.docket.agenda"))
	d.agenda()
	d.Section(d.Text("paper.docket.appraisal"))
	d.appraised()
	d.Part(d.Text("paper.docket.sheet.boards"))
	d.Section(d.Text("paper.docket.boards"))
	overview{d.Work}.write()
	boards{d.Work}.write()
	d.Part(d.Text("paper.docket.sheet.list"))
	d.Section(d.Text("paper.docket.list"))
	nominees(d).write()
	d.Part(d.Text("paper.docket.sheet.standards"))
	d.Section(d.Text("paper.docket.standards"))
	standards{d.Work}.write()
	d.Part(d.Text("paper.docket.sheet.gaps"))
	d.Section(d.Text("paper.docket.missing"))
	d.missing()
	d.Section(d.Text("paper.docket.assumptions"))
	d.assumptions()
	d.Section(d.Text("paper.docket.records"))
	d.records()
	d.rulings()
	d.Section(d.Text("council.recusals"))
	d.recusals()
}

// writeAppraisal is the báo cáo thẩm định of the standing office to the Council (Plan IV.1).
func (d docket) writeAppraisal() {
	d.Head("appraisal", paper.Open)
	d.Add(document.Title{Kind: d.Text("paper.appraisal.kind"), Abstract: []string{
		d.Text("paper.appraisal.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	d.Add(document.Addressee{To: []string{d.Plan.Council.Name}})
	d.CiteBases()
	d.Say(d.Text("paper.appraisal.opening", "office", d.Plan.Office.Name))
	d.appraised()
	d.Say(d.Text("paper.appraisal.closing", "office", d.Plan.Office.Name))
	d.Sign("appraisal", "")
}

func (d docket) agenda() {
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.item"), Weight: 5},
		{Title: d.Text("paper.col.by"), Weight: 2.4},
		{Title: d.Text("paper.col.time"), Weight: 1.2, Align: document.Center, Pen: true},
	}}
	office, council := d.Plan.Office.Name, d.Plan.Council.Name
	items := [][2]string{
		{d.Text("paper.agenda.open", "council", council), d.Text("paper.by.chair")},
		{d.Text("paper.agenda.report"), office},
		{d.Text("paper.agenda.weigh"), d.Text("paper.by.members")},
		{d.Text("paper.agenda.tellers"), d.Text("paper.by.chair")},
	}
	if d.Plan.Council.Secret {
		items = append(items, [2]string{d.Text("paper.agenda.secret"), d.Text("paper.by.members")})
	} else {
		items = append(items, [2]string{d.Text("paper.agenda.vote"), d.Text("paper.by.members")})
	}
	items = append(items, [2]string{d.Text("paper.agenda.tally"), d.Text("paper.by.tellers")},
		[2]string{d.Text("paper.agenda.conclude"), d.Text("paper.by.chair")},
		[2]string{d.Text("paper.agenda.minutes"), d.Text("paper.by.secretary")})
	for i, item := range items {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(item[0]), document.T(item[1]), document.T("")))
	}
	d.Add(t, document.Note{Lines: []string{d.Text("paper.agenda.note")}})
}

// appraised tells what came in, how it was appraised and with what result, in counts.
func (d docket) appraised() {
	d.Heading(2, d.Text("paper.appraisal.received"))
	d.IntakeText()
	d.Add(d.DossierTable(d.Text("paper.appraisal.received.table")))
	d.Heading(2, d.Text("paper.appraisal.method"))
	d.Add(document.BulletList{Items: []string{
		d.Text("paper.appraisal.method.facts"),
		d.Text("paper.appraisal.method.outcomes"),
		d.Text("paper.appraisal.method.order", "keys", d.orderKeys()),
		d.Text("paper.appraisal.method.nocut"),
	}})
	d.Heading(2, d.Text("paper.appraisal.results"))
	d.Add(d.outcomeTable())
	d.overrides()
	var grounds []string
	for _, f := range d.Result.Findings {
		grounds = append(grounds, f.Message)
		d.proveFinding(f)
	}
	if len(grounds) > 0 {
		d.Heading(2, d.Text("paper.appraisal.findings"))
		d.Add(document.BulletList{Items: grounds})
	}
}

// orderKeys names what the order goes by, as the plan lists it.
func (d docket) orderKeys() string {
	var keys []string
	for _, k := range d.Plan.Order {
		keys = append(keys, style.LowerFirst(style.KindTitle(string(k.Nominee)))+": "+style.LowerFirst(k.Title)+" ("+
			d.Text("paper.clause", "clause", k.Clause)+")")
	}
	return strings.Join(keys, "; ")
}

// outcomeTable counts the verdicts of every board against its quota.
func (d sheet) outcomeTable() document.Table {
	proposed := d.Text("paper.col.outcomes")
	t := document.Table{Columns: []document.Column{
		{Title: d.Text("paper.col.board"), Weight: 3.4},
		paper.Figure("", d.Text("paper.col.quota")), paper.Figure("", d.Text("paper.col.proposed")),
		paper.Figure(proposed, evaluate.OutcomeText(evaluate.Met)),
		paper.Figure(proposed, evaluate.OutcomeText(evaluate.Council)),
		paper.Figure(proposed, evaluate.OutcomeText(evaluate.Pending)),
		paper.Figure(proposed, evaluate.OutcomeText(evaluate.NotMet)),
	}}
	for _, b := range d.Result.Boards {
		n := map[evaluate.Outcome]int{}
		for _, p := range b.Places {
			n[p.Outcome]++
		}
		t.Rows = append(t.Rows, document.R(document.T(style.BoardTitle(b.Kind, b.GroupTitle)),
			paper.QuotaCell(b.Quota, b.Limited), document.I(b.Proposed),
			document.I(n[evaluate.Met]), document.I(n[evaluate.Council]), document.I(n[evaluate.Pending]),
			document.I(n[evaluate.NotMet])))
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, d.QuotaTotal(1))...))
	return t
}

// missing lists the units without an accepted dossier.
func (d docket) missing() {
	if len(d.Result.Missing) == 0 {
		d.Say(d.Text("paper.none"))
		return
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.unit"), Weight: 3},
		{Title: d.Text("paper.col.reason"), Weight: 4},
	}}
	for i, g := range d.Plan.Groups {
		no := 0
		for _, m := range d.Result.Missing {
			if m.Group != string(g.ID) {
				continue
			}
			if no++; no == 1 {
				t.Rows = append(t.Rows, document.SectionRow(style.Roman(i+1)+". "+style.GroupTitle(g.Title)))
			}
			t.Rows = append(t.Rows, document.R(document.I(no), document.T(m.UnitName), document.T(m.Reason)))
		}
	}
	d.Add(t)
}

// assumptions lists what the plan's text does not settle and this paper rests on all the same. Laws
// that are not in force are of no concern to it.
func (d docket) assumptions() {
	d.Add(document.Paragraph{
		Runs:     []document.Run{document.Plain(d.Text("paper.assumptions.lead", "number", d.Plan.Number))},
		KeepNext: true})
	t := document.Table{Dense: true, Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.topic"), Weight: 2.2},
		{Title: d.Text("paper.col.clause"), Weight: 0.9, Align: document.Center},
		{Title: d.Text("paper.col.open"), Weight: 5},
		{Title: d.Text("paper.col.assumed"), Weight: 4},
	}}
	// topics told in one row, with their lines
	told := [][]string{{d.Text("plan.topic.occasion")}, {d.Text("plan.topic.order")}}
	for _, a := range d.Plan.Assumptions() {
		switch a.Topic {
		case d.Text("plan.topic.basis"):
			if !slices.ContainsFunc(d.Plan.BasesOn(d.On),
				func(text string) bool { return strings.Contains(a.Default, text) }) {
				continue
			}
		case d.Text("plan.topic.council"):
			a.Default = d.ruleText()
		case d.Text("plan.topic.unit"):
			a.Default = d.some(strings.Split(a.Default, "; "))
		}
		row := []document.Cell{document.I(len(t.Rows) + 1), document.T(a.Topic), document.T(a.Clause)}
		at := slices.IndexFunc(told, func(topic []string) bool { return topic[0] == a.Topic })
		if at < 0 {
			t.Rows = append(t.Rows, document.R(append(row, document.T(a.Text), document.T(a.Default))...))
			continue
		}
		if told[at] = append(told[at], a.Default+": "+a.Text); len(told[at]) > 2 {
			last := t.Rows[len(t.Rows)-1].Cells
			if !slices.Contains(strings.Split(last[2].Text, "; "), a.Clause) {
				last[2].Text += "; " + a.Clause
			}
			last[3].Text = strings.Join(told[at][1:], "\n")
			continue
		}
		t.Rows = append(t.Rows, document.R(append(row, document.Cell{Text: told[at][1], Span: 2})...))
	}
	d.Add(t)
}

// some names all of a few units, and of many how many they are with the first and the last.
func (d docket) some(names []string) string {
	if len(names) <= 8 {
		return strings.Join(names, "; ")
	}
	return d.Text("paper.assumptions.units", "count", style.Two(len(names)), "first", names[0], "last",
		names[len(names)-1])
}

// records lists what the office sent as official record, for the facts rest on it.
func (d docket) records() {
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.record"), Weight: 6},
		{Title: d.Text("paper.col.receivedon"), Weight: 2, Align: document.Center},
	}}
	for _, s := range d.OfficialRecords() {
		title, day := paper.FormTitle(d.Plan, s), calendar.DateOf(s.Received).Short()
		t.Rows = append(t.Rows, document.R(document.I(len(t.Rows)+1), document.T(title), document.T(day)))
		d.Prove(d.Text("paper.control.record", "form", title, "file", s.File, "receipt", s.ID, "moment",
			calendar.ShortMoment(s.Received)))
	}
	if len(t.Rows) == 0 {
		d.Say(d.Text("paper.records.none"))
		return
	}
	d.Add(t)
}
