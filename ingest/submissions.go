package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/ingest/budget"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// submissions reads every workbook of a mail from a known sender. proven is false when one of them
// needs more proof than there is.
func (in *intake) submissions(
	out *ledger.Intake, from sender, m mailbox.Message, files, others []file, means proof.Means, have *budget.Budget,
) (proven bool) {
	proven = true
	cut := unread(m)
	base := submission.Submission{Message: out.Message.ID, From: from.address, Received: out.Message.Received,
		Unit: from.unit.Code, State: submission.ToFix}
	for _, f := range others { // kept by their hash, beside the dossier
		sum := sha256.Sum256(f.bytes)
		out.Attachments = append(out.Attachments, ledger.Attachment{Name: f.name, SHA256: hex.EncodeToString(sum[:]),
			Bytes: f.bytes})
	}
	if len(files) == 0 { // nothing to read, and the sender believes that he has sent something
		s := base
		if len(others) > 0 {
			s.File, s.SHA256 = others[0].name, out.Attachments[0].SHA256
			for _, f := range others {
				s.Findings = append(s.Findings, kept(f)...)
			}
			// else each says better what to do
			if !slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Level == finding.Must }) {
				s.Findings = append([]finding.Finding{finding.New(finding.NotWorkbook, finding.At{}, "file", s.File)},
					s.Findings...)
			}
		} else {
			s.SHA256 = out.Message.ID
			s.Findings = []finding.Finding{finding.New(finding.NoWorkbook, finding.At{})}
		}
		if cut != "" { // nobody knows whether a workbook came
			s.Findings = slices.DeleteFunc(s.Findings,
				func(f finding.Finding) bool { return f.Code == finding.NoWorkbook || f.Code == finding.NotWorkbook })
			s.Findings = append([]finding.Finding{finding.New(finding.CutShort, finding.At{}, "read", cut)},
				s.Findings...)
		}
		s.ID = submission.NewID(seasonOf(in.plan, s.Received).ID, s.Message, "", s.SHA256)
		out.Submissions = append(out.Submissions, s)
	}
	files, again := distinct(files)
	season := seasonOf(in.plan, out.Message.Received)
	results := make([]workbook.Result, len(files))
	for i, f := range files {
		if f.finding == nil {
			results[i] = workbook.ReadWithin(in.plan, season, f.name, f.bytes, "", have)
		}
	}
	// A subject names one form, as far as it can be understood. What was sent counts; where that
	// form is not among it, the sender is asked whether he took the wrong file. The subject of a
	// reply is older than the file.
	expect := expected(m.Subject)
	if m.InReplyTo != "" || len(m.References) > 0 || slices.ContainsFunc(results, func(r workbook.Result) bool {
		return r.Reading != nil && r.Reading.Form != nil && r.Reading.Form.ID == expect
	}) {
		expect = ""
	}
	for i, f := range files {
		s := base
		sum := sha256.Sum256(f.bytes)
		s.File, s.SHA256 = f.name, hex.EncodeToString(sum[:])
		out.Attachments = append(out.Attachments, ledger.Attachment{Name: f.name, SHA256: s.SHA256, Bytes: f.bytes})
		if f.finding != nil {
			s.Findings = []finding.Finding{*f.finding}
		} else {
			in.read(&s, from, results[i])
			if in.misstamped(results[i].Reading.Stamp) {
				s.Findings = append(s.Findings, finding.New(finding.ForeignStamp, finding.At{}, "read",
					results[i].Reading.Stamp.Subject()))
			}
			proven = proven && !in.needsMore(from, results[i].Reading, means)
			if said, ok := templates.Lookup(expect); ok && s.State == submission.Accepted {
				s.Findings = append(s.Findings, finding.New(finding.OtherThanSaid, finding.At{}, "file", f.name, "read",
					templates.Title(results[i].Reading.Form, in.plan), "want", templates.Title(said, in.plan)))
			}
		}
		for _, name := range again[f.path] {
			s.Findings = append(s.Findings, finding.New(finding.SameFileTwice, finding.At{}, "file", f.name, "read",
				name))
		}
		s.ID = submission.NewID(cmp.Or(s.Period, season.ID), s.Message, f.path, s.SHA256)
		out.Submissions = append(out.Submissions, s)
	}
	severalOfOne(out.Submissions)
	if len(files) > 0 {
		enclosed(out.Submissions, others)
		if cut != "" { // what was read counts; what else there may have been is asked about
			f := finding.New(finding.CutShort, finding.At{}, "read", cut)
			f.Level = finding.Should
			out.Submissions[0].Findings = append(out.Submissions[0].Findings, f)
		}
	}
	out.Message.Outcome = submission.MailAccepted
	for _, s := range out.Submissions {
		if s.State == submission.ToFix {
			out.Message.Outcome = submission.MailToFix
		}
	}
	if slices.ContainsFunc(out.Submissions,
		func(s submission.Submission) bool { return finding.Has(s.Findings, finding.WrongUnit) }) {
		in.leave(out, submission.MailHeld, reasonWrongUnit) // the sender is told, and the office decides whose it is
	}
	if len(files) == 0 && cut != "" {
		// the sender is told, and the office can look at the mail itself
		in.leave(out, submission.MailHeld, reasonCutShort)
	}
	return proven
}

// severalOfOne tells each of several versions of a unit's paper that came in one mail which of them
// counts: nobody can know which one was meant.
func severalOfOne(all []submission.Submission) {
	d := submission.NewDataset(time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC), all)
	for i := range all {
		s := &all[i]
		versions := d.Of(s.Period, s.Form, s.Unit)
		if f, ok := templates.Lookup(s.Form); !ok || f.From != form.FromUnit || len(versions) < 2 {
			continue
		}
		var names []string
		for _, v := range versions {
			names = append(names, "“"+v.File+"”")
		}
		current, _ := d.Current(s.Period, s.Form, s.Unit)
		s.Findings = append(s.Findings, finding.New(finding.SeveralOfOne, finding.At{}, "n",
			strconv.Itoa(len(versions)), "read", strings.Join(names, ", "), "want", current.File))
	}
}

// read fills a submission from what a workbook says, and holds it to its sender.
func (in *intake) read(s *submission.Submission, from sender, r workbook.Result) {
	reading := r.Reading
	s.Rows, s.Ignored, s.Findings, s.Repairs = reading.Rows, reading.Ignored, reading.Findings, reading.Repairs
	if reading.Form == nil {
		return
	}
	s.Form, s.Period, s.Value = reading.Form.ID, r.Period.ID, reading.Value
	s.Version = reading.Stamp.Version
	if s.Version == 0 {
		s.Version = reading.Form.Version
	}
	// kept under the sender's name and not looked into: it is no version of those who send it
	if !in.may(from, reading.Form) {
		s.Findings = []finding.Finding{finding.New(finding.NotAllowed, finding.At{}, "read",
			templates.Title(reading.Form, in.plan), "want", senders(in.plan, reading.Form), "clause",
			reading.Form.Clause)}
		s.Repairs = nil
		return
	}
	if reading.Form.From != form.FromUnit {
		s.Unit = in.plan.Office.Unit
	} else if f := in.otherUnit(templates.IdentityOf(reading.Value), from.unit); f != nil {
		s.Findings = append(s.Findings, *f)
	}
	s.State = submission.Accepted
	if finding.Worst(s.Findings) == finding.Must {
		s.State = submission.ToFix
	}
}

// expected tells from a subject which form the sender means to send, "" when it does not say or
// could mean several. The plan's own title speaks of a stage and units call everything a dossier,
// so those words alone say nothing.
func expected(subject string) string {
	s := viet.Fold(subject)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
	}
	proposal := has("to trinh", "de nghi khen thuong")
	dossier := proposal || has("ho so")
	var meant []string
	for _, x := range []struct {
		form  *form.Form
		named bool
	}{
		{templates.RegistrationForm, has("dang ky")},
		{templates.StageForm, dossier && has("tong ket giai doan")},
		{templates.AdHocForm, dossier && has("dot xuat")},
		{templates.OutreachForm, has("bao cao tuyen truyen", "cong tac tuyen truyen")},
		{templates.CommuneAwardsForm, has("khen thuong cap xa")},
		{templates.RosterForm, has("danh ba")},
		{templates.DecisionForm, has("thong tin quyet dinh")},
		{templates.RulingsForm, has("quyet dinh xu ly")},
	} {
		if x.named {
			meant = append(meant, x.form.ID)
		}
	}
	switch {
	case len(meant) == 0 && proposal && !has("giai doan"):
		return templates.DossierForm.ID
	case len(meant) != 1, dossier && meant[0] != templates.StageForm.ID && meant[0] != templates.AdHocForm.ID:
		return ""
	}
	return meant[0]
}

// seasonOf is the annual round a mail of a day is about when it does not say so itself: the year
// itself, and in the first months, while dossiers and records of the year before still come in, the
// year before. Outside the plan it is the nearest round.
func seasonOf(all *plan.Plan, received time.Time) plan.Period {
	day := calendar.DateOf(received)
	year := day.Year
	var first, last plan.Period
	for _, p := range all.Periods {
		if p.Kind != plan.Annual {
			continue
		}
		if first.ID == "" {
			first = p
		}
		last = p
		if p.To.Year == year {
			return p
		}
	}
	if year < first.To.Year {
		return first
	}
	return last
}
