package reports

import (
	"slices"
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
)

// slipKind says which of the three answers a workbook gets on paper.
func slipKind(s submission.Submission) string {
	switch {
	case s.State == submission.Accepted:
		return "receipt"
	case s.AwaitsLeader():
		return "leader"
	case s.Form == "" || finding.Has(s.Findings, finding.NotAllowed) || finding.Has(s.Findings, finding.WrongForm) || finding.Has(s.Findings, finding.WrongUnit):
		return "return"
	}
	return "supplement"
}

// slip answers one workbook on paper: phiếu tiếp nhận, phiếu yêu cầu bổ sung with every defect at once, or thông báo trả hồ sơ with its
// ground (Plan III.3, IV.1). It says what the letter says that carries it.
//
//wording:composed unit.slip.
func (x *unitPaper) slip() {
	kind := slipKind(x.sent)
	x.doc.Author = x.Plan.Office.Name
	x.doc.Title = x.words.Text("unit.title.full", "title", x.words.Text("unit.slip.title."+kind), "unit", x.unit.Name, "period", x.period())
	x.doc.FileName = fileName(map[string]string{"receipt": "phieu-tiep-nhan", "return": "thong-bao-tra-ho-so", "leader": "phieu-tiep-nhan", "supplement": "phieu-yeu-cau-bo-sung"}[kind], x.sent.ID)
	x.head("return", dated)
	if h, ok := x.doc.Blocks[0].(document.NationalHeader); ok && kind != "return" {
		h.Symbol = "" // a slip is no numbered paper: its number is the receipt's
		x.doc.Blocks[0] = h
	}
	x.add(document.Title{Kind: x.words.Text("unit.slip.kind." + kind), Abstract: []string{x.words.Text("unit.slip.abstract", "form", x.desk.formTitle(x.sent))}})
	x.add(document.Addressee{To: []string{x.unit.Name}})
	intro := kind
	if kind == "return" && x.sent.File == "" {
		intro = "mail"
	}
	x.say(x.words.Text("unit.slip.intro."+intro, "office", x.Plan.Office.Name, "moment", moment(x.sent.Received), "number", x.Plan.Number))
	x.facts()
	if parts := x.parts(); len(parts.Rows) > 0 {
		x.add(parts)
	}
	if len(x.sent.Findings) > 0 {
		x.add(x.defects())
	}
	if period, ok := x.Plan.Period(x.sent.Period); ok && kind != "receipt" {
		deadline := period.Registration
		if x.sent.Form != templates.RegistrationForm.ID {
			deadline = period.Dossier
		}
		if deadline != nil {
			x.say(x.words.Text("unit.slip.deadline", "date", deadline.Before.Short(), "clause", deadline.Clause))
		}
	}
	x.say(x.words.Text("unit.slip.next." + kind))
	if kind != "receipt" {
		x.signed("return", "")
		return
	}
	x.add(document.Paragraph{Runs: []document.Run{document.Slanted(x.words.Text("unit.slip.machine"))}, Align: document.Right})
}

// facts are the fields of a receipt (Plan III.4).
func (x *unitPaper) facts() {
	s := x.sent
	t := document.Table{Columns: []document.Column{x.column("field", 1.7), x.column("value", 6.3)}}
	add := func(label, value string) {
		if value != "" {
			t.Rows = append(t.Rows, document.R(document.T(label), document.T(value)))
		}
	}
	rows, version := "", ""
	if s.Form != "" {
		rows = x.words.Text("letter.receipt.rows", "read", s.Rows.Read, "accepted", s.Rows.Accepted, "tofix", s.Rows.ToFix, "ignored", s.Rows.Ignored)
	}
	period, _ := x.Plan.Period(s.Period)
	if s.Version > 0 {
		version = x.words.Text("unit.slip.version", "version", s.Version)
	}
	add(x.words.Text("letter.fact.receipt"), s.ID)
	add(x.words.Text("letter.fact.unit"), x.unit.Name)
	add(x.words.Text("letter.fact.from"), s.From)
	add(x.words.Text("letter.fact.received"), moment(s.Received))
	add(x.words.Text("letter.fact.timing"), x.desk.timing(s, x.Data))
	add(x.words.Text("letter.fact.file"), s.File)
	add(x.words.Text("letter.fact.sha"), s.SHA256)
	add(x.words.Text("letter.fact.period"), strings.TrimPrefix(period.Title+version, "; ")) // one line: most slips then end on their first page
	add(x.words.Text("letter.fact.rows"), rows)
	x.add(t)
}

// parts lists what of the dossier the plan asks for came in.
func (x *unitPaper) parts() document.Table {
	t := document.Table{Caption: x.words.Text("unit.slip.parts"), Columns: []document.Column{numberColumn(), x.column("part", 5), x.column("state", 2)}}
	if _, ok := slateOf(x.sent.Value); !ok || x.sent.Form == templates.AdHocForm.ID {
		return t
	}
	for i, p := range x.Plan.Dossier {
		state := document.Cell{Text: x.words.Text("unit.slip.part.none"), Tint: document.Bad}
		if hasPart(x.sent.Value, p.Key) {
			state = document.Cell{Text: x.words.Text("unit.slip.part.here"), Tint: document.Good}
		}
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(p.Title), state))
	}
	return t
}

// defects lists every finding once, with its ground of refusal where it has one.
func (x *unitPaper) defects() document.Table {
	t := document.Table{Caption: x.words.Text("unit.slip.defects"), Columns: []document.Column{numberColumn(), x.column("where", 2), x.column("level", 1.5), x.column("message", 4.2),
		x.column("fix", 3.6), x.column("basis", 2.4)}}
	for i, f := range together(x.sent.Findings) {
		level := document.T(f.Level.Title())
		switch f.Level {
		case finding.Must:
			level.Tint = document.Bad
		case finding.Should:
			level.Tint = document.Warn
		}
		var basis []string
		if f.Clause != "" {
			basis = append(basis, x.words.Text("letter.clause", "clause", f.Clause, "number", x.Plan.Number))
		}
		if g := f.Ground.Title(); g != "" && f.Level != finding.Info {
			basis = append(basis, x.words.Text("letter.ground", "ground", g))
		}
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(f.where(x.words)), level, document.T(f.message(x.words)), document.T(f.Fix), document.T(strings.Join(basis, "; "))))
	}
	return t
}

// onPaper is what goes with the answer to a unit's workbook: the slip and, for an accepted dossier, its parts laid out for signing. The
// office's own records and the Council's ballots get none.
func (p Post) onPaper(s submission.Submission, d submission.Dataset) ([]letter.Attachment, error) {
	if f, ok := templates.Lookup(s.Form); ok && f.From != form.FromUnit {
		return nil, nil
	}
	made, err := each(unitRecipes(), func(r unitRecipe) ([]letter.Attachment, error) {
		paper, ok, err := p.MakeForUnit(r.name, s, d, calendar.DateOf(d.AsOf))
		if err != nil || !ok {
			return nil, err
		}
		return paper.files()
	})
	return slices.Concat(made...), err
}
