package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// docket is the tài liệu họp of the Council (Plan IV.1): agenda, appraisal, orders against the quotas, standards, gaps, assumptions.
func (d *draft) docket() {
	d.doc.Sheet = d.words.Text("paper.docket.sheet.agenda")
	d.head("ballot", open)
	d.add(document.Title{Kind: d.words.Text("paper.docket.kind"), Abstract: []string{
		d.words.Text("paper.docket.abstract", "council", d.Plan.Council.Name, "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	d.add(document.Centered(document.Slanted(d.words.Text("paper.docket.internal"))))
	d.section(d.words.Text("paper.docket.agenda"))
	d.agenda()
	d.section(d.words.Text("paper.docket.appraisal"))
	d.appraised()
	d.part(d.words.Text("paper.docket.sheet.boards"))
	d.section(d.words.Text("paper.docket.boards"))
	d.overview()
	d.boards()
	d.part(d.words.Text("paper.docket.sheet.list"))
	d.section(d.words.Text("paper.docket.list"))
	d.nominees()
	d.part(d.words.Text("paper.docket.sheet.standards"))
	d.section(d.words.Text("paper.docket.standards"))
	d.standards()
	d.part(d.words.Text("paper.docket.sheet.gaps"))
	d.section(d.words.Text("paper.docket.missing"))
	d.missing()
	d.section(d.words.Text("paper.docket.assumptions"))
	d.assumptions()
	d.section(d.words.Text("paper.docket.records"))
	d.records()
	d.rulings()
	d.section(d.words.Text("council.recusals"))
	d.recusals()
}

// appraisal is the báo cáo thẩm định of the standing office to the Council (Plan IV.1).
func (d *draft) appraisal() {
	d.head("appraisal", open)
	d.add(document.Title{Kind: d.words.Text("paper.appraisal.kind"), Abstract: []string{
		d.words.Text("paper.appraisal.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	d.add(document.Addressee{To: []string{d.Plan.Council.Name}})
	d.bases()
	d.say(d.words.Text("paper.appraisal.opening", "office", d.Plan.Office.Name))
	d.appraised()
	d.say(d.words.Text("paper.appraisal.closing", "office", d.Plan.Office.Name))
	d.signed("appraisal", "")
}

// section begins the next numbered section.
func (d *draft) section(title string) {
	d.sections++
	d.heading(1, roman(d.sections)+". "+title)
}

// part begins a landscape part, in a workbook a sheet.
func (d *draft) part(sheet string) {
	d.add(document.Part{Sheet: sheet, Orientation: document.Landscape})
}

func (d *draft) agenda() {
	t := document.Table{Columns: []document.Column{
		numberColumn(),
		{Title: d.words.Text("paper.col.item"), Weight: 5},
		{Title: d.words.Text("paper.col.by"), Weight: 2.4},
		{Title: d.words.Text("paper.col.time"), Weight: 1.2, Align: document.Center, Pen: true},
	}}
	office, council := d.Plan.Office.Name, d.Plan.Council.Name
	items := [][2]string{
		{d.words.Text("paper.agenda.open", "council", council), d.words.Text("paper.by.chair")},
		{d.words.Text("paper.agenda.report"), office},
		{d.words.Text("paper.agenda.weigh"), d.words.Text("paper.by.members")},
		{d.words.Text("paper.agenda.tellers"), d.words.Text("paper.by.chair")},
	}
	if d.Plan.Council.Secret {
		items = append(items, [2]string{d.words.Text("paper.agenda.secret"), d.words.Text("paper.by.members")})
	} else {
		items = append(items, [2]string{d.words.Text("paper.agenda.vote"), d.words.Text("paper.by.members")})
	}
	items = append(items, [2]string{d.words.Text("paper.agenda.tally"), d.words.Text("paper.by.tellers")},
		[2]string{d.words.Text("paper.agenda.conclude"), d.words.Text("paper.by.chair")},
		[2]string{d.words.Text("paper.agenda.minutes"), d.words.Text("paper.by.secretary")})
	for i, item := range items {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(item[0]), document.T(item[1]), document.T("")))
	}
	d.add(t, document.Note{Lines: []string{d.words.Text("paper.agenda.note")}})
}

// appraised tells what came in, how it was appraised and with what result, in counts.
func (d *draft) appraised() {
	d.heading(2, d.words.Text("paper.appraisal.received"))
	d.intakeText()
	d.add(d.dossierTable(d.words.Text("paper.appraisal.received.table")))
	d.heading(2, d.words.Text("paper.appraisal.method"))
	d.add(document.BulletList{Items: []string{
		d.words.Text("paper.appraisal.method.facts"),
		d.words.Text("paper.appraisal.method.outcomes"),
		d.words.Text("paper.appraisal.method.order", "keys", d.orderKeys()),
		d.words.Text("paper.appraisal.method.nocut"),
	}})
	d.heading(2, d.words.Text("paper.appraisal.results"))
	d.add(d.outcomeTable())
	d.overrides()
	var grounds []string
	for _, f := range d.Result.Findings {
		grounds = append(grounds, f.Message+whereRead(f))
	}
	if len(grounds) > 0 {
		d.heading(2, d.words.Text("paper.appraisal.findings"))
		d.add(document.BulletList{Items: grounds})
	}
}

// intakeText counts what came in.
func (d *draft) intakeText() {
	registration, dossiers := d.Summary.Registration[len(d.Summary.Registration)-1], d.Summary.Dossiers[len(d.Summary.Dossiers)-1]
	if d.Period.Registration != nil {
		d.say(d.words.Text("paper.intake.registration", "asof", calendar.ShortMoment(d.Data.AsOf), "units", two(registration.Units), "sent", two(registration.Registered), "ontime", two(registration.OnTime),
			"onday", two(registration.OnTheDay), "late", two(registration.Late), "tofix", two(registration.ToFix), "none", two(registration.None)))
	}
	d.say(d.words.Text("paper.intake.dossiers", "sent", two(dossiers.Received), "accepted", two(dossiers.Accepted), "tofix", two(dossiers.ToFix), "ontime", two(dossiers.OnTime),
		"onday", two(dossiers.OnTheDay), "late", two(dossiers.Late), "collectives", two(dossiers.Collective), "individuals", two(dossiers.Individual)))
}

// orderKeys names what the order goes by, as the plan lists it.
func (d *draft) orderKeys() string {
	var keys []string
	for _, k := range d.Plan.Order {
		keys = append(keys, lowerFirst(kindTitle(string(k.Nominee)))+": "+lowerFirst(k.Title)+" ("+d.words.Text("paper.clause", "clause", k.Clause)+")")
	}
	return strings.Join(keys, "; ")
}

// outcomeTable counts the verdicts of every board against its quota.
func (d *draft) outcomeTable() document.Table {
	proposed := d.words.Text("paper.col.outcomes")
	t := document.Table{Columns: []document.Column{
		{Title: d.words.Text("paper.col.board"), Weight: 3.4},
		figure("", d.words.Text("paper.col.quota")), figure("", d.words.Text("paper.col.proposed")),
		figure(proposed, evaluate.OutcomeText(evaluate.Met)), figure(proposed, evaluate.OutcomeText(evaluate.Council)),
		figure(proposed, evaluate.OutcomeText(evaluate.Pending)), figure(proposed, evaluate.OutcomeText(evaluate.NotMet)),
	}}
	for _, b := range d.Result.Boards {
		n := map[evaluate.Outcome]int{}
		for _, p := range b.Places {
			n[p.Outcome]++
		}
		t.Rows = append(t.Rows, document.R(document.T(boardTitle(b.Kind, b.GroupTitle)), quotaCell(b.Quota, b.Limited), document.I(b.Proposed),
			document.I(n[evaluate.Met]), document.I(n[evaluate.Council]), document.I(n[evaluate.Pending]), document.I(n[evaluate.NotMet])))
	}
	t.Rows = append(t.Rows, document.TotalRow(sums(t, d.quotaTotal(1))...))
	return t
}

// quotaTotal is what the total row says of the plan's places, in column at: no sum where the plan limits none.
func (d *draft) quotaTotal(at int) map[int]document.Cell {
	if slices.ContainsFunc(d.Result.Boards, func(b evaluate.Board) bool { return b.Limited }) {
		return nil
	}
	return map[int]document.Cell{at: quotaCell(0, false)}
}

// quotaCell is the number of places, or that the plan sets none.
func quotaCell(quota int, limited bool) document.Cell {
	if !limited {
		return document.T(wording.Text("paper.quota.none"))
	}
	return document.I(quota)
}

// missing lists the units without an accepted dossier.
func (d *draft) missing() {
	if len(d.Result.Missing) == 0 {
		d.say(d.words.Text("paper.none"))
		return
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		numberColumn(),
		{Title: d.words.Text("paper.col.unit"), Weight: 3},
		{Title: d.words.Text("paper.col.reason"), Weight: 4},
		{Title: d.words.Text("paper.col.receipt"), Weight: 1.8, Align: document.Center},
	}}
	for i, g := range d.Plan.Groups {
		no := 0
		for _, m := range d.Result.Missing {
			if m.Group != string(g.ID) {
				continue
			}
			if no++; no == 1 {
				t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(g.Title)))
			}
			t.Rows = append(t.Rows, document.R(document.I(no), document.T(m.UnitName), document.T(m.Reason), document.T(m.Receipt)))
		}
	}
	d.add(t)
}

// assumptions lists what the plan's text does not settle and this paper rests on all the same. Laws that are not in force are of no concern
// to it.
func (d *draft) assumptions() {
	d.add(document.Paragraph{Runs: []document.Run{document.Plain(d.words.Text("paper.assumptions.lead", "number", d.Plan.Number))}, KeepNext: true})
	t := document.Table{Dense: true, Columns: []document.Column{
		numberColumn(),
		{Title: d.words.Text("paper.col.topic"), Weight: 2.2},
		{Title: d.words.Text("paper.col.clause"), Weight: 0.9, Align: document.Center},
		{Title: d.words.Text("paper.col.open"), Weight: 5},
		{Title: d.words.Text("paper.col.assumed"), Weight: 4},
	}}
	told := [][]string{{d.words.Text("plan.topic.occasion")}, {d.words.Text("plan.topic.order")}} // topics told in one row, with their lines
	for _, a := range d.Plan.Assumptions() {
		switch a.Topic {
		case d.words.Text("plan.topic.basis"):
			if !slices.ContainsFunc(d.Plan.BasesOn(d.On), func(text string) bool { return strings.Contains(a.Default, text) }) {
				continue
			}
		case d.words.Text("plan.topic.council"):
			a.Default = d.ruleText()
		case d.words.Text("plan.topic.unit"):
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
	d.add(t)
}

// some names all of a few units, and of many how many they are with the first and the last.
func (d *draft) some(names []string) string {
	if len(names) <= 8 {
		return strings.Join(names, "; ")
	}
	return d.words.Text("paper.assumptions.units", "count", two(len(names)), "first", names[0], "last", names[len(names)-1])
}

// records lists what the office sent as official record, for the facts rest on it.
func (d *draft) records() {
	t := document.Table{Columns: []document.Column{
		numberColumn(),
		{Title: d.words.Text("paper.col.file"), Weight: 4},
		{Title: d.words.Text("paper.col.received"), Weight: 2, Align: document.Center},
		{Title: d.words.Text("paper.col.receipt"), Weight: 2, Align: document.Center},
	}}
	for _, s := range d.officialRecords() {
		t.Rows = append(t.Rows, document.R(document.I(len(t.Rows)+1), document.T(s.File), document.T(calendar.ShortMoment(s.Received)), document.T(s.ID)))
	}
	if len(t.Rows) == 0 {
		d.say(d.words.Text("paper.records.none"))
		return
	}
	d.add(t)
}

// verdict returns what was said of a nominee.
func (d *draft) verdict(id string) evaluate.Verdict {
	if d.verdicts == nil {
		d.verdicts = map[string]evaluate.Verdict{}
		for _, v := range d.Result.Verdicts {
			d.verdicts[v.Nominee.ID] = v
		}
	}
	return d.verdicts[id]
}

// quota is the plan's number of places, whether it sets one, and its words.
func (d *draft) quota(b evaluate.Board) string {
	if !b.Limited {
		return d.words.Text("paper.quota.none")
	}
	return two(b.Quota) + " " + lowerFirst(kindTitle(b.Kind))
}
