package unitpaper

import (
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/alike"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// SlipKind says which of the three answers a workbook gets on paper.
func SlipKind(s submission.Submission) string {
	switch {
	case s.State == submission.Accepted:
		return "receipt"
	case s.AwaitsLeader():
		return "leader"
	case s.Form == "" && s.File == "": // nothing came that could be returned
		return "supplement"
	case s.Form == "" || finding.Has(s.Findings, finding.NotAllowed) || finding.Has(s.Findings, finding.WrongForm) ||
		finding.Has(s.Findings, finding.WrongUnit):
		return "return"
	}
	return "supplement"
}

// slip answers one workbook on paper: phiếu tiếp nhận, phiếu yêu cầu bổ sung with every defect at
// once, or thông báo trả hồ sơ with its ground (Plan III.3, IV.1). It says what the letter says
// that carries it.
//
//wording:composed unit.slip.
func (x *writer) slip() {
	kind := SlipKind(x.sent)
	x.Doc.Author = x.plan.Office.Name
	x.Doc.Title = x.Text("unit.title.full", "title", x.Text("unit.slip.title."+kind), "unit", x.unit.Name, "period",
		x.PeriodName())
	x.Doc.FileName = paper.FileName(map[string]string{"receipt": "phieu-tiep-nhan", "return": "thong-bao-tra-ho-so",
		"leader": "phieu-tiep-nhan", "supplement": "phieu-yeu-cau-bo-sung"}[kind], x.sent.ID)
	x.Head("return", paper.Dated)
	if h, ok := x.Doc.Blocks[0].(document.NationalHeader); ok && kind != "return" {
		h.Symbol = "" // a slip is no numbered paper: its number is the receipt's
		x.Doc.Blocks[0] = h
	}
	x.Add(document.Title{Kind: x.Text("unit.slip.kind." + kind),
		Abstract: []string{x.Text("unit.slip.abstract", "form", paper.FormTitle(x.plan, x.sent))}})
	x.Add(document.Addressee{To: []string{x.unit.Name}})
	intro := kind
	if x.sent.Form == "" && x.sent.File == "" {
		intro = "mail"
	}
	x.Say(x.Text("unit.slip.intro."+intro, "office", x.plan.Office.Name, "moment", style.Moment(x.sent.Received),
		"number", x.plan.Number))
	x.facts()
	if parts := x.parts(); len(parts.Rows) > 0 {
		x.Add(parts)
	}
	if len(x.sent.Findings) > 0 {
		x.Add(x.defects())
	}
	if period, ok := x.plan.Period(x.sent.Period); ok && kind != "receipt" {
		deadline := period.Registration
		if x.sent.Form != templates.RegistrationForm.ID {
			deadline = period.Dossier
		}
		if deadline != nil {
			x.Say(x.Text("unit.slip.deadline", "date", deadline.Before.Short(), "clause", deadline.Clause))
		}
	}
	x.Say(x.Text("unit.slip.next." + kind))
	if kind != "receipt" {
		x.Sign("return", "")
		return
	}
	x.Add(document.Paragraph{Runs: []document.Run{document.Slanted(x.Text("unit.slip.machine"))},
		Align: document.Right})
}

// facts are the fields of a receipt (Plan III.4).
func (x *writer) facts() {
	s := x.sent
	t := document.Table{Columns: []document.Column{x.column("field", 1.7), x.column("value", 6.3)}}
	add := func(label, value string) {
		if value != "" {
			t.Rows = append(t.Rows, document.R(document.T(label), document.T(value)))
		}
	}
	rows, version := "", ""
	if s.Form != "" {
		rows = x.Text("letter.receipt.rows", "read", s.Rows.Read, "accepted", s.Rows.Accepted, "tofix", s.Rows.ToFix,
			"ignored", s.Rows.Ignored)
	}
	period, _ := x.plan.Period(s.Period)
	if s.Version > 0 {
		version = x.Text("unit.slip.version", "version", s.Version)
	}
	add(x.Text("letter.fact.receipt"), s.ID)
	add(x.Text("letter.fact.unit"), x.unit.Name)
	add(x.Text("letter.fact.from"), s.From)
	add(x.Text("letter.fact.received"), style.Moment(s.Received))
	add(x.Text("letter.fact.timing"), Timing(x.plan, s, x.data))
	add(x.Text("letter.fact.file"), s.File)
	// one line: most slips then end on their first page
	add(x.Text("letter.fact.period"), strings.TrimPrefix(period.Title+version, "; "))
	add(x.Text("letter.fact.rows"), rows)
	x.Add(t)
}

// parts lists what of the dossier the plan asks for came in.
func (x *writer) parts() document.Table {
	t := document.Table{Caption: x.Text("unit.slip.parts"), Columns: []document.Column{paper.NumberColumn(),
		x.column("part", 5), x.column("state", 2)}}
	slate, ok := templates.SlateOf(x.sent.Value)
	if !ok || x.sent.Form == templates.AdHocForm.ID {
		return t
	}
	for i, p := range x.plan.Dossier {
		state := document.Cell{Text: x.Text("unit.slip.part.none"), Tint: document.Bad}
		if slate.Has(p.Key) {
			state = document.Cell{Text: x.Text("unit.slip.part.here"), Tint: document.Good}
		}
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(p.Title), state))
	}
	return t
}

// defects lists every finding once, with its ground of refusal where it has one.
func (x *writer) defects() document.Table {
	t := document.Table{Caption: x.Text("unit.slip.defects"), Columns: []document.Column{paper.NumberColumn(),
		x.column("where", 2), x.column("level", 1.5), x.column("message", 4.2),
		x.column("fix", 3.6), x.column("basis", 2.4)}}
	for i, f := range alike.Join(x.sent.Findings) {
		level := document.T(f.Level.Title())
		switch f.Level {
		case finding.Must:
			level.Tint = document.Bad
		case finding.Should:
			level.Tint = document.Warn
		}
		var basis []string
		if f.Clause != "" {
			basis = append(basis, x.Text("letter.clause", "clause", f.Clause, "number", x.plan.Number))
		}
		if g := f.Ground.Title(); g != "" && f.Level != finding.Info {
			basis = append(basis, x.Text("letter.ground", "ground", g))
		}
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(f.Place(x.plan.Words)), level,
			document.T(f.Sentence(x.plan.Words)), document.T(f.Fix), document.T(strings.Join(basis, "; "))))
	}
	return t
}

// Timing says how the unit's first version stands to the deadline: a correction keeps the date of
// what it corrects.
func Timing(p *plan.Plan, s submission.Submission, d submission.Dataset) string {
	period, ok := p.Period(s.Period)
	if !ok || finding.Has(s.Findings, finding.WrongForm) {
		return ""
	}
	deadline := period.Registration
	if s.Form == templates.DossierForm.ID || s.Form == templates.StageForm.ID {
		deadline = period.Dossier
	} else if s.Form != templates.RegistrationForm.ID {
		return ""
	}
	if deadline == nil {
		return ""
	}
	first := s.Received
	if t, ok := d.FirstReceived(s.Period, s.Form, s.Unit); ok && t.Before(first) {
		first = t
	}
	state, days, _ := d.Timing(*deadline, s.Period, s.Form, s.Unit, first)
	text := ""
	switch state {
	case plan.OnTime:
		text = p.Words.Text("letter.timing.on-time", "date", deadline.Before.Short())
	case plan.OnTheDay:
		text = p.Words.Text("letter.timing.on-the-day", "date", deadline.Before.Short())
	default:
		text = p.Words.Text("letter.timing.late", "days", days, "date", deadline.Before.Short())
	}
	if first.Before(s.Received) {
		text += "; " + p.Words.Text("letter.timing.first", "moment", style.Moment(first))
	}
	return text
}
