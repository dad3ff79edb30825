package reports

import (
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// receipts answers a mail with workbooks. kind begins the letter's key.
func (p Post) receipts(a ledger.Arrival, d submission.Dataset, now calendar.Clock, kind string) ([]ledger.Letter, error) {
	first := a.Submissions[0]
	name := p.name(first.Unit)
	if p.Plan.IsCouncil(a.Message.From) && !p.Plan.IsOffice(a.Message.From) {
		name = p.Plan.Council.Name
	}
	var b body
	toFix := slices.ContainsFunc(a.Submissions, func(s submission.Submission) bool { return s.State == submission.ToFix && !s.AwaitsLeader() }) || a.Message.Outcome == submission.MailHeld
	switch {
	case toFix && !slices.ContainsFunc(a.Submissions, func(s submission.Submission) bool { return slipKind(s) != "return" }): // as the paper that goes with it
		b.title(p.Plan.Words.Text("letter.receipt.title.return"))
	case toFix:
		b.title(p.Plan.Words.Text("letter.receipt.title.tofix"))
	default:
		b.title(p.Plan.Words.Text("letter.receipt.title"))
	}
	b.para(p.Plan.Words.Text("letter.dear", "name", name))
	b.para(p.Plan.Words.Text("letter.receipt.intro", "office", p.Plan.Office.Name, "moment", moment(a.Message.Received)))
	if strings.HasPrefix(kind, "approved/") {
		b.para(p.Plan.Words.Text("letter.receipt.agreed"))
	}
	out := letter.Letter{
		ID: kind + a.Message.ID, To: to(name, []string{a.Message.From}), Date: now.Now(), InReplyTo: angle(a.Message.MessageID),
		References: []string{angle(a.Message.InReplyTo)},
	}
	for _, key := range next(a.Submissions) { // before the lists, which may be long
		b.box(p.Plan.Words.Text("letter.receipt.next." + key)) //wording:composed letter.receipt.next.
	}
	for _, s := range a.Submissions {
		att, err := p.receipt(&b, s, d, a.Message.Subject)
		if err != nil {
			return nil, err
		}
		out.Attachments = append(out.Attachments, att...)
	}
	about := p.formTitle(first)
	if first.Form == "" && first.File != "" { // people write names into the names of files; a subject is read by everybody
		about = p.Plan.Words.Text("letter.receipt.unread")
	}
	subject := p.Plan.Words.Text("letter.receipt.subject", "id", first.ID, "form", about, "unit", name)
	if toFix {
		subject = p.Plan.Words.Text("letter.receipt.subject.tofix", "id", first.ID, "form", about, "unit", name)
	}
	out.Subject = subject
	return p.freezeAll("receipt", first.Unit, out, b)
}

// next says what the sender is to do now, each thing once.
func next(all []submission.Submission) []string {
	var out []string
	add := func(key string) {
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, s := range all {
		key := "accepted"
		switch {
		case s.State == submission.Accepted && finding.Has(s.Findings, finding.SeveralOfOne):
			key = "several"
		case s.State == submission.Accepted && finding.Has(s.Findings, finding.StillUnread):
			key = "stillunread"
		case s.State == submission.Accepted:
		case s.AwaitsLeader():
			key = "leader"
		case finding.Has(s.Findings, finding.NotAllowed):
			key = "notallowed"
		case finding.Has(s.Findings, finding.WrongForm), finding.Has(s.Findings, finding.WrongUnit):
			key = "other"
		case s.Form == "" && slices.ContainsFunc(all, func(o submission.Submission) bool { return o.Form != "" }):
			key = "unreadbeside"
		case s.Form == "":
			key = "unread"
		default:
			cells, whole := false, false
			for _, f := range s.Findings {
				if f.Level == finding.Must {
					whole = whole || ofNoCell(f.Code)
					cells = cells || !ofNoCell(f.Code)
				}
			}
			if whole {
				add("rebuild")
			}
			if whole && !cells {
				continue
			}
			key = "tofix"
		}
		add(key)
	}
	if len(out) > 1 { // "nothing more to do" would be wrong beside what is to do
		out = slices.DeleteFunc(out, func(key string) bool { return key == "accepted" })
	}
	return out
}

// ofNoCell reports whether what a finding asks for is done to a table or a sheet: no cell of the marked copy is red for it.
func ofNoCell(code finding.Code) bool {
	switch code {
	case finding.MissingBlock, finding.NearTable, finding.TurnedTable, finding.TableBeside, finding.SeveralForms, finding.SaidTwice:
		return true
	}
	return false
}

// angle puts a message id back into the brackets headers want.
func angle(id string) string {
	if id == "" {
		return ""
	}
	return "<" + id + ">"
}

// receipt writes the part of an answer about one workbook, and makes what goes with it: the marked copy where there is anything to see in
// it, or a fresh form where the file could not be read.
func (p Post) receipt(b *body, s submission.Submission, d submission.Dataset, subject string) ([]letter.Attachment, error) {
	b.heading(p.Plan.Words.Text("letter.receipt.heading", "id", s.ID, "file", p.formTitle(s)))
	period, _ := p.Plan.Period(s.Period)
	result := p.Plan.Words.Text("letter.receipt.accepted")
	if s.AwaitsLeader() {
		result = p.Plan.Words.Text("letter.receipt.leader")
	} else if s.State == submission.ToFix {
		result = p.Plan.Words.Text("letter.receipt.tofix", "n", count(s.Findings, finding.Must))
	}
	version, rows := "", ""
	if s.Version > 0 {
		version = strconv.Itoa(s.Version)
	}
	if s.Form != "" {
		rows = p.Plan.Words.Text("letter.receipt.rows", "read", s.Rows.Read, "accepted", s.Rows.Accepted, "tofix", s.Rows.ToFix, "ignored", s.Rows.Ignored)
	}
	b.facts( // what came of it first
		p.Plan.Words.Text("letter.fact.receipt"), s.ID,
		p.Plan.Words.Text("letter.fact.result"), result,
		p.Plan.Words.Text("letter.fact.progress"), progress(s, d),
		p.Plan.Words.Text("letter.fact.timing"), p.timing(s, d),
		p.Plan.Words.Text("letter.fact.rows"), rows,
		p.Plan.Words.Text("letter.fact.unit"), p.name(s.Unit),
		p.Plan.Words.Text("letter.fact.from"), s.From,
		p.Plan.Words.Text("letter.fact.received"), moment(s.Received),
		p.Plan.Words.Text("letter.fact.file"), s.File,
		p.Plan.Words.Text("letter.fact.period"), period.Title,
		p.Plan.Words.Text("letter.fact.version"), version,
		p.Plan.Words.Text("letter.fact.sha"), s.SHA256,
	)
	p.checklist(b, s)
	p.ruledTable(b, s)
	p.findings(b, s)
	p.changed(b, s, d)
	var rowsIgnored [][]string
	for i := 0; i < len(s.Ignored); {
		g, n := s.Ignored[i], 1
		for i+n < len(s.Ignored) && s.Ignored[i+n].Sheet == g.Sheet && s.Ignored[i+n].Reason == g.Reason && s.Ignored[i+n].Row == g.Row+n {
			n++
		}
		where := p.Plan.Words.Text("letter.ignored.where", "sheet", g.Sheet, "row", g.Row)
		if n > 3 { // helper formulas fail in hundreds of rows
			where = p.Plan.Words.Text("letter.ignored.run", "sheet", g.Sheet, "from", g.Row, "to", g.Row+n-1)
		} else {
			n = 1
		}
		rowsIgnored = append(rowsIgnored, []string{strconv.Itoa(len(rowsIgnored) + 1), where, p.Plan.Words.Text("form.ignored." + g.Reason), g.Text})
		i += n
	}
	if len(rowsIgnored) > 0 {
		b.para(p.Plan.Words.Text("letter.ignored"))
		b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.reason"), p.Plan.Words.Text("letter.col.read")}, rowsIgnored, nil)
	}
	p.repairs(b, s)
	files, err := p.enclosures(s, period, d, subject)
	if err != nil {
		return nil, err
	}
	papers, err := p.onPaper(s, d)
	return append(files, papers...), err
}

func count(all []finding.Finding, level finding.Level) int {
	n := 0
	for _, f := range all {
		if f.Level == level {
			n++
		}
	}
	return n
}

// timing says how the unit's first version stands to the deadline: a correction keeps the date of what it corrects.
func (p Post) timing(s submission.Submission, d submission.Dataset) string {
	period, ok := p.Plan.Period(s.Period)
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
		text = p.Plan.Words.Text("letter.timing.on-time", "date", deadline.Before.Short())
	case plan.OnTheDay:
		text = p.Plan.Words.Text("letter.timing.on-the-day", "date", deadline.Before.Short())
	default:
		text = p.Plan.Words.Text("letter.timing.late", "days", days, "date", deadline.Before.Short())
	}
	if first.Before(s.Received) {
		text += "; " + p.Plan.Words.Text("letter.timing.first", "moment", moment(first))
	}
	return text
}

// progress compares a version with those before: how many mandatory findings of the last one are gone, and which version rules now.
func progress(s submission.Submission, d submission.Dataset) string {
	if s.Form == "" || finding.Has(s.Findings, finding.NotAllowed) || finding.Has(s.Findings, finding.WrongForm) {
		return ""
	}
	var before, rules *submission.Submission
	for _, v := range d.Of(s.Period, s.Form, s.Unit) {
		if submission.Compare(v, s) >= 0 {
			continue
		}
		before = &v
		if v.State == submission.Accepted {
			rules = &v
		}
	}
	if before == nil {
		return ""
	}
	var parts []string
	if all, left := count(before.Findings, finding.Must), count(s.Findings, finding.Must); all > 0 {
		if left >= all {
			parts = append(parts, wording.Text("letter.progress.left", "id", before.ID, "left", left))
		} else {
			parts = append(parts, wording.Text("letter.progress.fixed", "id", before.ID, "fixed", all-left, "all", all, "left", left))
		}
	}
	if rules != nil && s.State == submission.Accepted {
		parts = append(parts, wording.Text("letter.progress.replaces", "id", rules.ID))
	} else if rules != nil {
		parts = append(parts, wording.Text("letter.progress.rules", "id", rules.ID))
	}
	return strings.Join(parts, ". ")
}

func (p Post) findings(b *body, s submission.Submission) {
	if len(s.Findings) == 0 {
		return
	}
	var counts []string
	for _, level := range []finding.Level{finding.Must, finding.Should, finding.Info} {
		if n := count(s.Findings, level); n > 0 {
			counts = append(counts, p.Plan.Words.Text("letter.findings."+string(level), "n", n)) //wording:composed letter.findings.
		}
	}
	b.para(p.Plan.Words.Text("letter.findings", "counts", strings.Join(counts, ", ")))
	number := 0
	for i := 0; i < len(s.Findings); { // sorted by sheet: a table for each, numbered through
		from, sheet := i, s.Findings[i].Sheet
		for i < len(s.Findings) && s.Findings[i].Sheet == sheet {
			i++
		}
		if from > 0 || i < len(s.Findings) {
			title := p.Plan.Words.Text("letter.findings.file", "n", i-from)
			if sheet != "" {
				title = p.Plan.Words.Text("letter.findings.sheet", "sheet", sheet, "n", i-from)
			}
			b.heading(title)
		}
		number += p.findingsTable(b, s.Findings[from:i], number)
	}
}

// findingsTable writes the findings of one sheet, numbered on from those before, and returns how many lines it took.
func (p Post) findingsTable(b *body, all []finding.Finding, from int) int {
	var rows [][]string
	var tones []string
	for i, f := range together(all) {
		basis := ""
		if f.Clause != "" {
			basis = p.Plan.Words.Text("letter.clause", "clause", f.Clause, "number", p.Plan.Number)
		}
		if g := f.Ground.Title(); g != "" && f.Level != finding.Info {
			basis += "\n" + p.Plan.Words.Text("letter.ground", "ground", g)
		}
		rows = append(rows, []string{strconv.Itoa(from + i + 1), f.where(p.Plan.Words), f.Level.Title(), f.message(p.Plan.Words), f.Fix, basis, string(f.Code)})
		tone := ""
		if f.Level != finding.Info {
			tone = string(f.Level)
		}
		tones = append(tones, tone)
	}
	b.table([]string{
		p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.level"), p.Plan.Words.Text("letter.col.message"),
		p.Plan.Words.Text("letter.col.fix"), p.Plan.Words.Text("letter.col.basis"), p.Plan.Words.Text("letter.col.code"),
	}, rows, tones)
	return len(rows)
}

// shownRepairs is how many repairs a letter lists; the marked workbook lists all.
const shownRepairs = 30

func (p Post) repairs(b *body, s submission.Submission) {
	if len(s.Repairs) == 0 {
		return
	}
	b.para(p.Plan.Words.Text("letter.repairs", "n", len(s.Repairs)))
	var rows [][]string
	for i, r := range s.Repairs {
		if i == shownRepairs {
			b.para(p.Plan.Words.Text("letter.repairs.more", "n", shownRepairs))
			break
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), p.Plan.Words.Text("finding.where.cell", "sheet", r.Sheet, "cell", r.Cell), r.Was, r.Now, p.Plan.Words.Text("form.repair." + r.Rule)})
	}
	b.table([]string{
		p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.was"), p.Plan.Words.Text("letter.col.now"), p.Plan.Words.Text("letter.col.rule"),
	}, rows, nil)
}

func (p Post) enclosures(s submission.Submission, period plan.Period, d submission.Dataset, subject string) ([]letter.Attachment, error) {
	u, known := p.Plan.UnitByCode(s.Unit)
	var unit *plan.Unit
	if known {
		unit = &u
	}
	f, ok := templates.Lookup(s.Form)
	if finding.Has(s.Findings, finding.NotAllowed) {
		return nil, nil
	}
	mistaken := finding.Has(s.Findings, finding.WrongForm)
	if ok && !mistaken {
		s = s.Approved() // the workbook itself lacks nothing
		var other []letter.Attachment
		marks := count(s.Findings, finding.Must) + count(s.Findings, finding.Should) + len(s.Repairs)
		if finding.Has(s.Findings, finding.OtherThanSaid) && known { // should it have been the wrong file
			var err error
			if other, err = p.prefilledAll(p.wanted(s.Findings), s, d, u); err != nil {
				return nil, err
			}
			marks--
		}
		if marks == 0 {
			return other, nil
		}
		if f.From != form.FromUnit {
			unit = nil
		}
		r := form.Reading{Form: f, Value: s.Value, Rows: s.Rows, Ignored: s.Ignored, Findings: s.Findings, Repairs: s.Repairs}
		marked, err := xlsx.Mark(&r, Heading(p.Plan, period, unit), templates.Context(p.Plan, period, s.Unit))
		if err != nil {
			return nil, err
		}
		return append([]letter.Attachment{{Name: p.Plan.Words.Text("letter.file.marked", "file", FormFile(f, s.Period, s.Unit)), Type: workbookType, Bytes: marked}}, other...), nil
	}
	if !known { // nothing was read and we do not know for whom to prefill
		return nil, nil
	}
	forms := meant(subject + " " + s.File)
	if mistaken {
		forms = p.wanted(s.Findings)
	}
	return p.prefilledAll(forms, s, d, u)
}

// prefilledAll makes fresh forms for a unit, of the round in which a submission arrived.
func (p Post) prefilledAll(forms []*form.Form, s submission.Submission, d submission.Dataset, u plan.Unit) ([]letter.Attachment, error) {
	desk := desk{Post: p, data: d, period: p.season(s), now: s.Received}
	var out []letter.Attachment
	for _, f := range forms {
		a, err := desk.prefilled(f, u)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}
