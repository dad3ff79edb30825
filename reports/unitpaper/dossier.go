package unitpaper

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// slate is a unit's dossier with the lines of its lists as texts.
type slate struct {
	templates.Slate
	collectives, people []listed
}

// listed is a line of the danh sách trích ngang, as texts.
type listed struct {
	title, name, size, born, position, department, role               string
	grade, party, bodies, index, initiative, breach, sum, award, note string
}

// slateOf reads a dossier; ok is false for any other form. stage are the years of its stage, for a
// dossier of one.
func slateOf(value any, stage ...int) (s slate, ok bool) {
	d, ok := templates.SlateOf(value)
	if !ok {
		return slate{}, false
	}
	text := func(v *form.Value) string { return strings.TrimSpace(v.Text) }
	bodies := func(all []*form.Value) string {
		var out []string
		for i, v := range all {
			if v.Given() {
				out = append(out, wording.Text("unit.body."+strconv.Itoa(i+1))+": "+text(v))
			}
		}
		return strings.Join(out, "; ")
	}
	index := func(score, band *form.Value) string {
		return strings.Trim(style.Comma(text(score))+"; "+text(band), "; ")
	}
	years := func(all []templates.StageYear, of func(*templates.StageYear) string) string {
		var out []string
		for i, year := range stage[:min(len(stage), len(all))] {
			if v := of(&all[i]); v != "" {
				out = append(out, strconv.Itoa(year)+": "+v)
			}
		}
		return strings.Join(out, "; ")
	}
	s.Slate = d
	for _, n := range d.Nominations {
		l := listed{title: text(n.Title), name: text(n.Name), size: text(n.Size), born: born(*n.Born),
			position: text(n.Position), department: text(n.Department), role: text(n.Role),
			grade: text(n.Grade), party: text(n.Party), bodies: bodies(n.Bodies),
			index: index(n.IndexScore, n.IndexBand), initiative: text(n.Initiative),
			breach: text(n.Discipline), sum: text(n.Summary), award: text(n.Award), note: text(n.Note)}
		if n.Years != nil {
			l.grade = years(n.Years, func(y *templates.StageYear) string { return text(&y.Grade) })
			l.index = years(n.Years, func(y *templates.StageYear) string { return index(&y.IndexScore, &y.IndexBand) })
			l.initiative = years(n.Years, func(y *templates.StageYear) string { return text(&y.Initiative) })
		}
		if n.Kind == plan.Individual {
			s.people = append(s.people, l)
		} else {
			s.collectives = append(s.collectives, l)
		}
	}
	return s, true
}

func born(v form.Value) string {
	d, _ := v.Date()
	return d.Short()
}

func holdsSlate(s submission.Submission) bool {
	_, ok := slateOf(s.Value)
	return ok && s.State == submission.Accepted
}

func holdsReports(s submission.Submission) bool {
	x, ok := slateOf(s.Value)
	return ok && s.State == submission.Accepted && len(x.Reports) > 0
}

func (x *writer) slate() slate {
	per, _ := x.plan.Period(x.sent.Period)
	s, _ := slateOf(x.sent.Value, per.Years...) // fits has looked
	return s
}

// proposed is the date of the unit's tờ trình, zero when it wrote none.
func (s slate) proposed() calendar.Date {
	d, _ := s.Proposal.Date.Date()
	return d
}

// named is "Bà Trần Thị Bình", or the collective's name.
func (l listed) named() string { return strings.TrimSpace(l.title + " " + l.name) }

// post is position and department.
func (l listed) post() string { return strings.Trim(l.position+", "+l.department, ", ") }

// proposal is the tờ trình of the unit (Plan III.3, first part).
func (x *writer) proposal() {
	s := x.slate()
	on := s.proposed()
	x.ownHead(s.Proposal.Number.Text, "TTr", on)
	x.Add(document.Title{Kind: x.Text("unit.proposal.kind"), Abstract: []string{
		x.Text("unit.proposal.abstract", "award", x.plan.Award, "movement", x.plan.Movement, "period", x.PeriodName()),
	}})
	x.Add(document.Addressee{To: []string{x.plan.Issuer.Chair,
		x.Text("unit.proposal.to", "office", x.plan.Office.Name)}})
	day := x.on
	if !on.IsZero() && !on.Partial() {
		day = on
	}
	var lines []string
	for _, text := range x.plan.BasesOn(day) {
		lines = append(lines, x.Text("paper.basis", "text", text))
	}
	x.Add(document.Basis{Lines: lines, Rules: document.RulesOn(day.Start())})
	x.Say(x.Text("unit.proposal.ask", "unit", x.unit.Name, "chair", x.plan.Issuer.Chair, "award", x.plan.Award,
		"movement", x.plan.Movement, "period", x.PeriodName(),
		"whom", style.Whom(x.plan.Words, len(s.collectives), len(s.people))))
	if len(s.collectives) > 0 {
		x.Heading(1, x.Text("unit.proposal.collectives", "no", style.Roman(1), "count", style.Two(len(s.collectives))))
		t := document.Table{Columns: []document.Column{paper.NumberColumn(), x.column("collective", 6),
			x.column("award", 4)}}
		for i, c := range s.collectives {
			t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(c.name), document.T(c.award)))
		}
		x.Add(t)
	}
	if len(s.people) > 0 {
		x.Heading(1, x.Text("unit.proposal.people", "no", style.Roman(1+min(len(s.collectives), 1)), "count",
			style.Two(len(s.people))))
		t := document.Table{Columns: []document.Column{paper.NumberColumn(), x.column("person", 4), x.column("post", 5),
			x.column("award", 3.4)}}
		for i, p := range s.people {
			t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(p.named()), document.T(p.post()),
				document.T(p.award)))
		}
		x.Add(t)
	}
	x.Say(x.Text("unit.proposal.enclosed"))
	x.Say(x.Text("unit.proposal.close", "unit", x.unit.Name, "chair", x.plan.Issuer.Chair))
	x.Add(document.Signatures{Right: x.signer(s.Proposal.SignerTitle.Text, s.Proposal.Signer.Text),
		Recipients: []string{
			x.Text("unit.proposal.copies.above"), x.Text("unit.proposal.copies.office", "office", x.plan.Office.Name),
			x.Text("unit.proposal.copies.file")}})
}

//wording:composed unit.col.
func (x *writer) column(key string, weight float64) document.Column {
	return document.Column{Title: x.Text("unit.col." + key), Weight: weight}
}

// reports are the báo cáo tóm tắt thành tích, each beginning a page of its own (Plan III.3, second
// part).
func (x *writer) reports() {
	s := x.slate()
	for i, r := range s.Reports {
		if i > 0 {
			x.Add(document.PageBreak{Afresh: true})
		}
		collective := r.Kind.Text == templates.KindCollective
		x.ownHead("", "BC", s.proposed())
		x.Add(document.Title{Kind: x.Text("unit.report.kind"),
			Abstract: []string{x.Text("unit.report.abstract", "award", x.plan.Award, "movement", x.plan.Movement,
				"period", x.PeriodName())}})
		l := s.find(r.Kind.Text, r.Name.Text)
		x.Heading(1, x.Text("unit.report.about"))
		fact := func(key, value string) { x.fact(key, value) }
		if collective {
			fact("collective", r.Name.Text)
			fact("size", l.size)
		} else {
			fact("person", l.namedOr(r.Name.Text))
			fact("born", l.born)
			fact("post", l.post())
		}
		fact("unit", x.unit.Name)
		fact("duties", r.Duties.Text)
		x.Heading(1, x.Text("unit.report.done"))
		x.Say(r.Results.Text)
		if r.Received.Given() || r.OnTime.Given() || r.Overdue.Given() || r.Online.Given() {
			or := func(v form.Value) string { return cmp.Or(figured(v), document.Dots(12)) }
			fact("files", x.Text("unit.report.files", "received", or(r.Received), "ontime", or(r.OnTime), "overdue",
				or(r.Overdue)))
			fact("online", figured(r.Online))
		}
		fact("initiative", strings.Trim(r.Initiative.Text+"; "+r.InitiativeDecision.Text, "; "))
		fact("grade", l.grade)
		if collective { // these are rated as a whole (Plan III.2.1)
			fact("party", l.party)
			fact("bodies", l.bodies)
		}
		// the index is of communes; of people it concerns their leaders alone (Plan III.2)
		if collective && x.commune() || l.index != "" {
			fact("index", l.index)
		}
		if paper.Asks(x.plan, "discipline") {
			fact("breach", l.breach)
		}
		fact("shortfall", r.Shortfall.Text)
		x.Heading(1, x.Text("unit.report.past"))
		if r.PastAwards.Given() {
			x.Say(r.PastAwards.Text)
		} else {
			x.Add(document.Para(document.Field(x.Text("unit.report.past"), "", 75)))
		}
		if collective {
			x.Add(document.Signatures{Left: &document.Signature{Capacity: []string{x.Text("unit.sign.confirm")},
				Note: x.Text("unit.sign.note")},
				Right: x.signer(s.Proposal.SignerTitle.Text, s.Proposal.Signer.Text)})
			continue
		}
		x.Add(document.Signatures{Left: &document.Signature{Capacity: []string{x.Text("unit.sign.head")},
			Note: x.Text("unit.sign.note")},
			Right: document.Signature{Capacity: []string{x.Text("unit.sign.reporter")}, Note: x.Text("paper.sign.name"),
				Name: l.name}})
	}
}

// fact is one line of a report: its name, and the value or room for the pen.
//
//wording:composed unit.fact.
func (x *writer) fact(key, value string) {
	label := x.Text("unit.fact." + key)
	if value == "" {
		// The dots end near the margin: a blank on a line of its own would look like another line
		// of text.
		room := document.Portrait.TextWidth() - document.FirstIndent - document.TextWidth("- "+label+": ",
			document.SizeBody, false)
		dots := int(room/(document.SizeBody*25.4/72)) - 1 // an ellipsis is one em wide
		x.Add(document.Paragraph{Runs: []document.Run{document.Plain("- " + label + ": "),
			document.Field(label, "", 3*max(dots, 6))}, Align: document.Left})
		return
	}
	x.Add(document.Para(document.Plain("- " + label + ": " + value)))
}

// figured is a number a unit wrote, in the office's way of writing it, or what else it wrote.
func figured(v form.Value) string {
	n, ok := v.Number()
	if !ok {
		return v.Text
	}
	_, decimals, _ := strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	return document.FormatNumber(n, len(decimals))
}

// find returns the line of a nominee in the danh sách trích ngang; a blank one when the names
// differ.
func (s slate) find(kind, name string) listed {
	list := s.people
	if kind == templates.KindCollective {
		list = s.collectives
	}
	for _, l := range list {
		if templates.NameKey(kind, l.name) == templates.NameKey(kind, name) {
			return l
		}
	}
	return listed{}
}

func (l listed) namedOr(name string) string {
	if l.name == "" {
		return name
	}
	return l.named()
}

// minutes are the biên bản of the unit's own council (Plan III.3, third part).
func (x *writer) minutes() {
	s := x.slate()
	m := s.Minutes
	on, _ := m.Date.Date()
	x.ownHead(m.Number.Text, "BB", on)
	x.Add(document.Title{Kind: x.Text("unit.minutes.kind"),
		Abstract: []string{x.Text("unit.minutes.abstract", "award", x.plan.Award, "movement", x.plan.Movement, "period",
			x.PeriodName())}})
	x.Heading(1, x.Text("unit.minutes.when"))
	x.fact("when", on.Phrase())
	x.fact("place", m.Place.Text)
	x.Heading(1, x.Text("unit.minutes.who"))
	x.fact("chair", m.Chair.Text)
	x.fact("secretary", m.Secretary.Text)
	x.fact("members", m.Members.Text)
	x.fact("present", m.Present.Text)
	x.fact("absent", m.Absent.Text)
	x.Heading(1, x.Text("unit.minutes.content"))
	x.Say(x.Text("unit.minutes.considered", "movement", x.plan.Movement, "period", x.PeriodName()))
	x.Add(document.Blank{Lines: 3})
	x.Heading(1, x.Text("unit.minutes.votes"))
	t := document.Table{Columns: []document.Column{paper.NumberColumn(), x.column("nominee", 5), x.figures("members"),
		x.figures("agree"), x.figures("disagree"),
		{Title: x.Text("unit.col.rate"), Kind: document.KindPercent, Decimals: 1, Align: document.Center, Weight: 1.2},
		x.column("note", 1.6)}}
	members, known := m.Members.Int()
	for _, kind := range []string{templates.KindCollective, templates.KindIndividual} {
		no := 0
		for _, v := range s.Votes {
			if v.Kind.Text != kind {
				continue
			}
			if no == 0 {
				t.Rows = append(t.Rows, document.SectionRow(kind))
			}
			no++
			row := []document.Cell{document.I(no), document.T(s.find(kind, v.Name.Text).namedOr(v.Name.Text)),
				document.T(""), count1(v.Agree), count1(v.Disagree), document.T(""), document.T(v.Note.Text)}
			if _, voted := v.Agree.Int(); known && voted {
				row[2], row[5] = document.I(members), document.Ratio(3, 2)
			}
			t.Rows = append(t.Rows, document.R(row...))
		}
	}
	x.Add(t)
	x.Add(document.Note{Lines: []string{x.Text("unit.minutes.note")}})
	x.Add(document.Para(document.Plain(x.Text("unit.minutes.end")+" "), document.Field(x.Text("unit.minutes.end.field"),
		"", 24), document.Plain(" "+x.Text("unit.minutes.read"))))
	x.Add(document.Signatures{
		Left: &document.Signature{Capacity: []string{x.Text("unit.sign.secretary")}, Note: x.Text("paper.sign.name"),
			Name: m.Secretary.Text},
		Right: document.Signature{Capacity: []string{x.Text("unit.sign.presiding")}, Note: x.Text("paper.sign.name"),
			Name: m.Chair.Text},
	})
}

func (x *writer) figures(key string) document.Column {
	c := x.column(key, 1)
	c.Kind, c.Align = document.KindNumber, document.Center
	return c
}

// count1 is a number a unit wrote, or room for the pen.
func count1(v form.Value) document.Cell {
	if n, ok := v.Int(); ok {
		return document.I(n)
	}
	return document.T("")
}

// list is the danh sách trích ngang thành tích (Plan III.3, fourth part). It goes back to the unit
// that wrote it, dates of birth included.
func (x *writer) list() {
	s := x.slate()
	x.ownHead("", "", s.proposed())
	x.Add(document.Title{Kind: x.Text("unit.list.kind"),
		Abstract: []string{x.Text("unit.list.abstract", "award", x.plan.Award, "movement", x.plan.Movement, "period",
			x.PeriodName())}})
	if on := s.proposed(); s.Proposal.Number.Given() && !on.IsZero() {
		x.Add(document.Centered(document.Slanted(x.Text("unit.list.with", "number", s.Proposal.Number.Text, "date",
			on.Phrase(), "unit", x.unit.Name))))
	}
	x.listed(x.Text("unit.list.collectives", "letter", "A"), templates.KindCollective, s.collectives,
		[]document.Column{x.column("collective", 3.2), x.figures("size"), x.column("grade", 2),
			x.column("party", 2), x.column("bodies", 3.4), x.column("index", 1.6), x.column("breach", 1),
			x.column("summary", 4.6), x.column("award", 2)},
		func(l listed) []document.Cell {
			size := document.T(l.size)
			if n, err := strconv.Atoi(l.size); err == nil {
				size = document.I(n)
			}
			return []document.Cell{document.T(l.name), size, document.T(l.grade), document.T(l.party),
				document.T(l.bodies), document.T(l.index), document.T(l.breach), document.T(l.sum), document.T(l.award)}
		})
	x.listed(x.Text("unit.list.people", "letter", string(rune('A'+min(len(s.collectives), 1)))),
		templates.KindIndividual, s.people, []document.Column{x.column("person", 2.6), x.column("born", 1.6),
			x.column("post", 2.6), x.column("role", 2.2),
			x.column("grade", 2), x.column("index", 1.1), x.column("initiative", 2.6), x.column("breach", 1),
			x.column("summary", 4), x.column("award", 2)},
		func(l listed) []document.Cell {
			return []document.Cell{document.T(l.named()), document.T(l.born), document.T(l.post()), document.T(l.role),
				document.T(l.grade), document.T(l.index), document.T(l.initiative), document.T(l.breach),
				document.T(l.sum), document.T(l.award)}
		})
	x.Add(document.Signatures{Left: &document.Signature{Capacity: []string{x.Text("unit.sign.maker")},
		Note: x.Text("paper.sign.name")},
		Right: x.signer(s.Proposal.SignerTitle.Text, s.Proposal.Signer.Text)})
}

// listed adds one half of the danh sách trích ngang. The share of votes is there when the unit's
// minutes have one, remarks when it made any.
func (x *writer) listed(heading, kind string, lines []listed, columns []document.Column,
	cells func(listed) []document.Cell) {
	if len(lines) == 0 {
		return
	}
	s := x.slate()
	voted := len(s.Votes) > 0
	noted := slices.ContainsFunc(lines, func(l listed) bool { return l.note != "" })
	columns = append([]document.Column{paper.NumberColumn()}, columns...)
	if voted {
		columns = append(columns, document.Column{Title: x.Text("unit.col.rate"), Kind: document.KindPercent,
			Decimals: 1, Align: document.Center, Weight: 1.2})
	}
	if noted {
		columns = append(columns, x.column("note", 1.6))
	}
	t := document.Table{Columns: columns}
	for i, l := range lines {
		row := append([]document.Cell{document.I(i + 1)}, cells(l)...)
		if voted {
			row = append(row, s.share(kind, l.name))
		}
		if noted {
			row = append(row, document.T(l.note))
		}
		t.Rows = append(t.Rows, document.R(row...))
	}
	x.Heading(1, heading)
	x.Add(paper.DropUnasked(x.plan, t, x.Text("unit.col.index"), x.Text("unit.col.party"), x.Text("unit.col.bodies"),
		x.Text("unit.col.breach")))
}

// share is the part of all members of the unit's council that agreed to a nominee, or room for the
// pen.
func (s slate) share(kind, name string) document.Cell {
	members, known := s.Minutes.Members.Int()
	for _, v := range s.Votes {
		if n, voted := v.Agree.Int(); voted && known && members > 0 && v.Kind.Text == kind &&
			templates.NameKey(kind, v.Name.Text) == templates.NameKey(kind, name) {
			return document.N(float64(n) / float64(members))
		}
	}
	return document.T("")
}
