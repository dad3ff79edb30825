package answer

import (
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/alike"
	"thidua/reports/letter"
	"thidua/reports/paper"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/reports/unitpaper"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// receipts answers a mail with workbooks. kind begins the letter's key.
func (c *clerk) receipts(a ledger.Arrival, kind string) ([]ledger.Letter, error) {
	first := a.Submissions[0]
	name := c.UnitName(first.Unit)
	if c.Plan.IsCouncil(a.Message.From) && !c.Plan.IsOffice(a.Message.From) {
		name = c.Plan.Council.Name
	}
	var b letter.Body
	toFix := slices.ContainsFunc(a.Submissions,
		func(s submission.Submission) bool { return s.State == submission.ToFix && !s.AwaitsLeader() }) ||
		a.Message.Outcome == submission.MailHeld
	switch {
	case toFix && !slices.ContainsFunc(a.Submissions,
		func(s submission.Submission) bool {
			return unitpaper.SlipKind(s) != "return"
		}): // as the paper that goes with it
		b.Title(c.Text("letter.receipt.title.return"))
	case toFix:
		b.Title(c.Text("letter.receipt.title.tofix"))
	default:
		b.Title(c.Text("letter.receipt.title"))
	}
	b.Para(c.Text("letter.dear", "name", name))
	b.Para(c.Text("letter.receipt.intro", "office", c.Plan.Office.Name, "moment", style.Moment(a.Message.Received)))
	if strings.HasPrefix(kind, "approved/") {
		b.Para(c.Text("letter.receipt.agreed"))
	}
	out := letter.Letter{
		ID: kind + a.Message.ID, To: post.To(name, []string{a.Message.From}), Date: c.now,
		InReplyTo:  letter.Angle(a.Message.MessageID),
		References: []string{letter.Angle(a.Message.InReplyTo)},
	}
	for _, key := range next(a.Submissions) { // before the lists, which may be long
		b.Box(c.Text("letter.receipt.next." + key)) //wording:composed letter.receipt.next.
	}
	for _, s := range a.Submissions {
		att, err := c.receipt(&b, s, a.Message.Subject)
		if err != nil {
			return nil, err
		}
		out.Attachments = append(out.Attachments, att...)
	}
	about := c.FormTitle(first)
	// people write names into the names of files; a subject is read by everybody
	if first.Form == "" && first.File != "" {
		about = c.Text("letter.receipt.unread")
	}
	subject := c.Text("letter.receipt.subject", "id", first.ID, "form", about, "unit", name)
	if toFix {
		subject = c.Text("letter.receipt.subject.tofix", "id", first.ID, "form", about, "unit", name)
	}
	out.Subject = subject
	return c.FreezeAll("receipt", first.Unit, out, b)
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

// ofNoCell reports whether what a finding asks for is done to a table or a sheet: no cell of the
// marked copy is red for it.
func ofNoCell(code finding.Code) bool {
	switch code {
	case finding.MissingBlock, finding.NearTable, finding.TurnedTable, finding.TableBeside, finding.SeveralForms,
		finding.SaidTwice:
		return true
	}
	return false
}

// receipt writes the part of an answer about one workbook, and makes what goes with it: the marked
// copy where there is anything to see in it, or a fresh form where the file could not be read.
func (c *clerk) receipt(b *letter.Body, s submission.Submission, subject string) ([]letter.Attachment, error) {
	b.Heading(c.Text("letter.receipt.heading", "id", s.ID, "file", c.FormTitle(s)))
	period, _ := c.Plan.Period(s.Period)
	result := c.Text("letter.receipt.accepted")
	if s.AwaitsLeader() {
		result = c.Text("letter.receipt.leader")
	} else if s.State == submission.ToFix {
		result = c.Text("letter.receipt.tofix", "n", finding.Count(s.Findings, finding.Must))
	}
	version, rows := "", ""
	if s.Version > 0 {
		version = strconv.Itoa(s.Version)
	}
	if s.Form != "" {
		rows = c.Text("letter.receipt.rows", "read", s.Rows.Read, "accepted", s.Rows.Accepted, "tofix", s.Rows.ToFix,
			"ignored", s.Rows.Ignored)
	}
	b.Facts( // what came of it first
		c.Text("letter.fact.receipt"), s.ID,
		c.Text("letter.fact.result"), result,
		c.Text("letter.fact.progress"), progress(s, c.data),
		c.Text("letter.fact.timing"), unitpaper.Timing(c.Plan, s, c.data),
		c.Text("letter.fact.rows"), rows,
		c.Text("letter.fact.unit"), c.UnitName(s.Unit),
		c.Text("letter.fact.from"), s.From,
		c.Text("letter.fact.received"), style.Moment(s.Received),
		c.Text("letter.fact.file"), s.File,
		c.Text("letter.fact.period"), period.Title,
		c.Text("letter.fact.version"), version,
		c.Text("letter.fact.sha"), s.SHA256,
	)
	c.checklist(b, s)
	c.ruledTable(b, s)
	c.findings(b, s)
	c.changed(b, s)
	var rowsIgnored [][]string
	for i := 0; i < len(s.Ignored); {
		g, n := s.Ignored[i], 1
		for i+n < len(s.Ignored) && s.Ignored[i+n].Sheet == g.Sheet && s.Ignored[i+n].Reason == g.Reason &&
			s.Ignored[i+n].Row == g.Row+n {
			n++
		}
		where := c.Text("letter.ignored.where", "sheet", g.Sheet, "row", g.Row)
		if n > 3 { // helper formulas fail in hundreds of rows
			where = c.Text("letter.ignored.run", "sheet", g.Sheet, "from", g.Row, "to", g.Row+n-1)
		} else {
			n = 1
		}
		rowsIgnored = append(rowsIgnored, []string{strconv.Itoa(len(rowsIgnored) + 1), where,
			c.Text("form.ignored." + g.Reason), g.Text})
		i += n
	}
	if len(rowsIgnored) > 0 {
		b.Para(c.Text("letter.ignored"))
		b.Table([]string{c.Text("letter.col.number"), c.Text("letter.col.where"), c.Text("letter.col.reason"),
			c.Text("letter.col.read")}, rowsIgnored, nil)
	}
	c.repairs(b, s)
	files, err := c.enclosures(s, subject)
	if err != nil {
		return nil, err
	}
	papers, err := unitpaper.Enclosures(c.Plan, s, c.data)
	return append(files, post.Attach(papers...)...), err
}

// progress compares a version with those before: how many mandatory findings of the last one are
// gone, and which version rules now.
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
	if all, left := finding.Count(before.Findings, finding.Must), finding.Count(s.Findings, finding.Must); all > 0 {
		if left >= all {
			parts = append(parts, wording.Text("letter.progress.left", "id", before.ID, "left", left))
		} else {
			parts = append(parts, wording.Text("letter.progress.fixed", "id", before.ID, "fixed", all-left, "all", all,
				"left", left))
		}
	}
	if rules != nil && s.State == submission.Accepted {
		parts = append(parts, wording.Text("letter.progress.replaces", "id", rules.ID))
	} else if rules != nil {
		parts = append(parts, wording.Text("letter.progress.rules", "id", rules.ID))
	}
	return strings.Join(parts, ". ")
}

func (c *clerk) findings(b *letter.Body, s submission.Submission) {
	if len(s.Findings) == 0 {
		return
	}
	var counts []string
	for _, level := range []finding.Level{finding.Must, finding.Should, finding.Info} {
		if n := finding.Count(s.Findings, level); n > 0 {
			counts = append(counts, c.Text("letter.findings."+string(level), "n",
				n)) //wording:composed letter.findings.
		}
	}
	b.Para(c.Text("letter.findings", "counts", strings.Join(counts, ", ")))
	number := 0
	for i := 0; i < len(s.Findings); { // sorted by sheet: a table for each, numbered through
		from, sheet := i, s.Findings[i].Sheet
		for i < len(s.Findings) && s.Findings[i].Sheet == sheet {
			i++
		}
		if from > 0 || i < len(s.Findings) {
			title := c.Text("letter.findings.file", "n", i-from)
			if sheet != "" {
				title = c.Text("letter.findings.sheet", "sheet", sheet, "n", i-from)
			}
			b.Heading(title)
		}
		number += c.findingsTable(b, s.Findings[from:i], number)
	}
}

// findingsTable writes the findings of one sheet, numbered on from those before, and returns how
// many lines it took.
func (c *clerk) findingsTable(b *letter.Body, all []finding.Finding, from int) int {
	var rows [][]string
	var tones []string
	for i, f := range alike.Join(all) {
		basis := ""
		if f.Clause != "" {
			basis = c.Text("letter.clause", "clause", f.Clause, "number", c.Plan.Number)
		}
		if g := f.Ground.Title(); g != "" && f.Level != finding.Info {
			basis += "\n" + c.Text("letter.ground", "ground", g)
		}
		rows = append(rows, []string{strconv.Itoa(from + i + 1), f.Place(c.Plan.Words), f.Level.Title(),
			f.Sentence(c.Plan.Words), f.Fix, basis, string(f.Code)})
		tone := ""
		if f.Level != finding.Info {
			tone = string(f.Level)
		}
		tones = append(tones, tone)
	}
	b.Table([]string{
		c.Text("letter.col.number"), c.Text("letter.col.where"), c.Text("letter.col.level"),
		c.Text("letter.col.message"),
		c.Text("letter.col.fix"), c.Text("letter.col.basis"), c.Text("letter.col.code"),
	}, rows, tones)
	return len(rows)
}

// shownRepairs is how many repairs a letter lists; the marked workbook lists all.
const shownRepairs = 30

func (c *clerk) repairs(b *letter.Body, s submission.Submission) {
	if len(s.Repairs) == 0 {
		return
	}
	b.Para(c.Text("letter.repairs", "n", len(s.Repairs)))
	var rows [][]string
	for i, r := range s.Repairs {
		if i == shownRepairs {
			b.Para(c.Text("letter.repairs.more", "n", shownRepairs))
			break
		}
		rows = append(rows,
			[]string{strconv.Itoa(i + 1), c.Text("finding.where.cell", "sheet", r.Sheet, "cell", r.Cell), r.Was, r.Now,
				c.Text("form.repair." + r.Rule)})
	}
	b.Table([]string{
		c.Text("letter.col.number"), c.Text("letter.col.where"), c.Text("letter.col.was"), c.Text("letter.col.now"),
		c.Text("letter.col.rule"),
	}, rows, nil)
}

// enclosures are the marked copy of a workbook, or fresh forms where it could not be read.
func (c *clerk) enclosures(s submission.Submission, subject string) ([]letter.Attachment, error) {
	if finding.Has(s.Findings, finding.NotAllowed) {
		return nil, nil
	}
	mistaken := finding.Has(s.Findings, finding.WrongForm)
	if _, ok := templates.Lookup(s.Form); ok && !mistaken {
		marked, err := prefill.Marked(c.Plan, s, c.Secret())
		if err != nil || !finding.Has(s.Findings, finding.OtherThanSaid) {
			return post.Attach(marked...), err
		}
		other, err := c.freshForms(wanted(c.Plan, s.Findings), s) // should it have been the wrong file
		return slices.Concat(post.Attach(marked...), other), err
	}
	if mistaken {
		return c.freshForms(wanted(c.Plan, s.Findings), s)
	}
	return c.freshForms(meant(subject+" "+s.File), s)
}

// freshForms are forms for the unit of a submission, of the round in which it arrived. It is
// nothing when we do not know for whom to prefill.
func (c *clerk) freshForms(forms []*form.Form, s submission.Submission) ([]letter.Attachment, error) {
	u, known := c.Plan.UnitByCode(s.Unit)
	if !known {
		return nil, nil
	}
	fresh := c.forms.Round(c.data, round.Season(c.Plan, s.Received), calendar.DateOf(s.Received), c.Secret())
	var out []paper.File
	for _, f := range forms {
		file, err := fresh.Unit(f, u)
		if err != nil {
			return nil, err
		}
		out = append(out, file)
	}
	return post.Attach(out...), nil
}

// meant guesses from words of the sender which form he needs again; both when the words do not say.
func meant(words string) []*form.Form {
	w := viet.Fold(words)
	registration := strings.Contains(w, "dang ky")
	dossier := strings.Contains(w, "ho so") || strings.Contains(w, "to trinh") || strings.Contains(w, "khen thuong")
	switch {
	case registration && !dossier:
		return []*form.Form{templates.RegistrationForm}
	case dossier && !registration:
		return []*form.Form{templates.DossierForm}
	}
	return []*form.Form{templates.RegistrationForm, templates.DossierForm}
}

// wanted returns the form that should have been sent instead of the one sent by mistake.
func wanted(p *plan.Plan, findings []finding.Finding) []*form.Form {
	return slices.DeleteFunc(templates.Forms(), func(f *form.Form) bool {
		return f.From != form.FromUnit || !slices.ContainsFunc(findings, func(x finding.Finding) bool {
			return (x.Code == finding.WrongForm || x.Code == finding.OtherThanSaid) && x.Want == templates.Title(f, p)
		})
	})
}
