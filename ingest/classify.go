package ingest

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/ingest/submission"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// The reasons why a mail is held or left, keys of the catalogue under mail.reason.
const (
	reasonAutomatic     = "automatic"
	reasonUnrelated     = "unrelated"
	reasonUnknownSender = "unknown-sender"
	reasonUnreadable    = submission.Unreadable
	reasonTooBig        = "too-big"
	reasonOwn           = "own"
	reasonBounce        = "bounce"
	reasonDoubtful      = "doubtful"
	reasonUnproven      = "unproven"
	reasonWrongUnit     = "wrong-unit"
	reasonFileWithdrawn = "file-withdrawn"
	reasonStumbled      = "stumbled"
)

// sender is who a mail is from, as far as the plan knows. Whether the address is genuine is for judge to say.
type sender struct {
	address   string
	unit      plan.Unit
	known     bool
	office    bool
	secretary bool
	leads     string // code of the unit the address leads by the roster, "" for none
}

func (in *intake) sender(m mailbox.Message) (sender, bool) {
	if len(m.From) != 1 {
		return sender{}, false
	}
	s := sender{address: strings.ToLower(m.From[0].Address)}
	s.unit, s.known = in.plan.UnitByAddress(s.address)
	s.office = in.plan.IsOffice(s.address)
	s.secretary = in.plan.IsCouncil(s.address)
	if i := slices.IndexFunc(in.leaders, func(l Leader) bool { return l.Address == s.address }); i >= 0 {
		s.leads = in.leaders[i].Unit
	}
	if (s.office || s.secretary) && !s.known {
		s.unit, s.known = in.plan.UnitByCode(in.plan.Office.Unit)
	}
	return s, true
}

// may reports whether the sender may send a form (Plan III.1.3, IV.1, IV.2).
func (in *intake) may(s sender, f *form.Form) bool {
	switch f.From {
	case form.FromOffice:
		return s.office
	case form.FromSecretary:
		return s.secretary || s.office
	}
	return s.known && templates.MaySend(in.plan, f, s.unit)
}

// senders names those who send a form.
func (in *intake) senders(f *form.Form) string {
	switch {
	case f.From == form.FromSecretary:
		return in.plan.Council.Name
	case f.From == form.FromOffice:
		return in.plan.Office.Name
	case !slices.ContainsFunc(templates.Used(in.plan), func(x *form.Form) bool { return x.ID == f.ID }):
		return wording.Text("mail.senders.nobody")
	case f.Circle == form.Communes:
		return wording.Text("mail.senders.communes")
	}
	var names []string
	for _, u := range in.plan.Units {
		if templates.MaySend(in.plan, f, u) {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, ", ")
}

// intake decides what mails are. What a mail is depends on the mail alone; only remarks look at what came before.
type intake struct {
	plan  *plan.Plan
	own   string                             // address of the shared mailbox
	trust string                             // name of the mail server whose checks are believed, "" for none
	known map[string][]submission.Submission // by unit: what the ledger holds and what this pass has read
	near  *neighbours                        // who was proposed, and what was reported, by whom

	leaders []Leader // by the roster that was known when the batch began
}

// mail turns one message into what the ledger stores. raw is nil when the message was too big to be fetched.
func (in *intake) mail(s mailbox.Summary, raw []byte) ledger.Intake {
	out := ledger.Intake{
		Place:   ledger.Place{Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID},
		Raw:     raw,
		Message: submission.Message{Received: s.Received.UTC(), Size: s.Size},
	}
	if raw == nil {
		out.Message.Outcome, out.Message.Reason = submission.MailHeld, reasonTooBig
		return out
	}
	sum := sha256.Sum256(raw)
	out.Message.ID = hex.EncodeToString(sum[:])
	out.Message.Size = int64(len(raw))
	m := mailbox.Parse(raw, mailbox.Limits{})
	out.Message.MessageID = strings.Trim(m.MessageID, "<>")
	out.Message.InReplyTo = strings.Trim(m.InReplyTo, "<>")
	out.Message.Subject, out.Message.Sent = m.Subject, m.Date
	from, ok := in.sender(m)
	out.Message.From = from.address
	if from.known {
		out.Message.Unit = from.unit.Code
	}
	files, others := in.files(m)
	if !ok { // whom it names, for the eyes of the office
		out.Message.Detail = addresses(m.From)
	}
	related := len(files)+len(others) > 0
	trust := judge(m, in.trust)
	asked, detail := "", ""
	if d, ok := in.asksLeader(m, from, related); ok {
		asked, detail = AskApproval, d
		if out.Message.Unit == "" {
			out.Message.Unit = from.leads
		}
	} else if from.known {
		asked, detail = asks(m, from, related, in.plan.MovementNames()...)
	}
	weighty := asked == AskWithdraw || asked == AskRuling || asked == AskApproval
	switch {
	case m.Report != nil:
		in.leave(&out, submission.MailLeft, reasonAutomatic)
		in.bounce(&out, m)
	case !ok:
		in.leave(&out, submission.MailHeld, reasonUnreadable)
		if !related {
			in.leave(&out, submission.MailLeft, reasonUnrelated)
		}
	case strings.EqualFold(from.address, in.own):
		in.leave(&out, submission.MailLeft, reasonOwn)
	case automatic(m.Auto, related):
		in.leave(&out, submission.MailLeft, reasonAutomatic)
	case !from.known && related:
		in.leave(&out, submission.MailHeld, reasonUnknownSender)
	case (from.known || asked != "") && trust == doubtful && (related || asked != "" || about(m, in.plan.MovementNames())):
		in.leave(&out, submission.MailHeld, reasonDoubtful)
	case weighty && trust == unproven:
		in.leave(&out, submission.MailHeld, reasonUnproven)
	case asked == AskWithdraw && len(files) > 0:
		in.leave(&out, submission.MailHeld, reasonFileWithdrawn)
	case asked != "":
		in.leave(&out, submission.MailAccepted, asked)
		out.Message.Detail = detail
	case !from.known, !related && !about(m, in.plan.MovementNames()):
		in.leave(&out, submission.MailLeft, reasonUnrelated)
	default:
		in.submissions(&out, from, m, files, others)
		if trust == unproven && slices.ContainsFunc(out.Submissions, func(s submission.Submission) bool { return s.Form == templates.RulingsForm.ID && from.office }) {
			out.Submissions, out.Attachments = nil, nil // a ruling is an order, like a withdrawal
			in.leave(&out, submission.MailHeld, reasonUnproven)
		}
		in.awaitLeader(&out, from, trust)
	}
	return out
}

// bounce notes what a mail says of letters of ours that did not arrive. Delays, and reports of success, say nothing that counts.
func (in *intake) bounce(out *ledger.Intake, m mailbox.Message) {
	b := ledger.Undeliverable{IDs: m.Report.IDs, Text: m.Text}
	for _, r := range m.Report.Recipients {
		if r.Action == "failed" {
			b.Recipients = append(b.Recipients, ledger.Unreached{Addr: r.Addr, Status: r.Status, Text: r.Text})
		}
	}
	// A report without a machine-readable part is a bounce only when a server wrote it: a read receipt is a report, too.
	if len(b.Recipients) == 0 && (len(m.Report.Recipients) > 0 || m.Auto != mailbox.AutoBounce || !undelivered(m)) {
		return
	}
	in.leave(out, submission.MailLeft, reasonBounce)
	out.Bounce = &b
}

// undelivered reports whether a mail without a machine-readable part speaks of a failure, and not of a delay or an absence.
func undelivered(m mailbox.Message) bool {
	text := viet.Fold(m.Subject + "\n" + m.Text)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	return has("undeliver", "could not be delivered", "not delivered", "delivery fail", "failure notice", "returned to sender", "returned mail", "permanent error", "permanent fatal", "user unknown",
		"khong gui duoc", "khong the gui", "gui that bai", "khong phan phoi duoc", "tra lai thu") && !has("delayed", "will retry", "will be retried", "warning message only", "bi cham")
}

func (in *intake) leave(out *ledger.Intake, o submission.Outcome, reason string) {
	out.Message.Outcome, out.Message.Reason = o, reason
}

// automatic reports whether a mail is a machine's and must not be answered. Headers that list servers and Exchange also put on people's
// mail weigh only when nothing is attached.
func automatic(a mailbox.Auto, related bool) bool {
	switch a {
	case "":
		return false
	case mailbox.AutoSuppress, mailbox.AutoList, mailbox.AutoBulk:
		return !related
	}
	return true
}

// about reports whether a mail without a file seems to be about the movement of those names, so that its sender is told what is missing.
func about(m mailbox.Message, names []string) bool {
	s := viet.Fold(m.Subject)
	for _, word := range []string{"thi dua", "khen thuong", "ho so", "dang ky", "to trinh", "so lieu", "kiem phieu", "tuyen truyen", "danh ba"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(" "+s+" ", " "+name+" ") })
}

// file is a workbook of a mail, or a finding about a file that should have been one.
type file struct {
	name    string
	path    string
	bytes   []byte
	finding *finding.Finding
}

// files collects the workbooks of a mail, and everything else that a person enclosed: documents and scans. Those in archives are included.
func (in *intake) files(m mailbox.Message) (files, others []file) {
	for i := range m.Attachments {
		a := &m.Attachments[i]
		sort, kind := workbook.Judge(a.Name, a.Bytes)
		self := file{name: a.Name, path: a.Path, bytes: a.Bytes}
		switch {
		case a.Type == "application/applefile": // what a Mac knows of the file beside it, under the name of that file
		case sort == workbook.Workbook:
			files = append(files, self)
		case sort == workbook.Archive:
			inner, bad := workbook.Open(a.Name, a.Bytes)
			if bad != nil {
				self.finding = bad
				files = append(files, self)
				continue
			}
			if len(inner) == 0 {
				others = append(others, self)
			}
			for k, f := range inner {
				one := file{name: a.Name + "/" + f.Name, path: a.Path + "/" + strconv.Itoa(k+1), bytes: f.Bytes}
				if s, _ := workbook.Judge(f.Name, f.Bytes); s == workbook.Workbook {
					files = append(files, one)
				} else {
					others = append(others, one)
				}
			}
		case a.Disposition == "inline" && (kind == ooxml.PNG || kind == ooxml.JPEG), strings.HasPrefix(a.Type, "text/calendar"), path.Ext(a.Name) == ".p7s":
			// logos, invitations and signatures come with every mail
		default:
			others = append(others, self)
		}
	}
	return files, others
}

// named is what files are by the ends of their names.
var named = map[string][]ooxml.Kind{
	".pdf": {ooxml.PDF}, ".docx": {ooxml.DOCX}, ".doc": {ooxml.OtherCFB, ooxml.RTF, ooxml.DOCX}, ".rtf": {ooxml.RTF}, ".png": {ooxml.PNG}, ".jpg": {ooxml.JPEG}, ".jpeg": {ooxml.JPEG},
}

// kept tells of a document that is kept beside the dossier and not read: what it is by its content, and whether that is what its name says.
func kept(f file) []finding.Finding {
	if x, ok := workbook.Unopened(f.name, f.bytes); ok {
		return []finding.Finding{x}
	}
	kind := ooxml.Sniff(f.bytes)
	title := wording.Text("mail.kept.other")
	switch kind {
	case ooxml.PDF:
		title = wording.Text("mail.kept.pdf")
	case ooxml.DOCX, ooxml.OtherCFB, ooxml.RTF:
		title = wording.Text("mail.kept.document")
	case ooxml.PNG, ooxml.JPEG:
		title = wording.Text("mail.kept.picture")
	}
	sum := sha256.Sum256(f.bytes)
	out := []finding.Finding{finding.New(finding.KeptAsIs, finding.At{}, "file", f.name, "read", f.name, "want", title, "kind", title, "hash", hex.EncodeToString(sum[:6]))}
	end := strings.ToLower(path.Ext(f.name))
	if is, ok := named[end]; ok && !slices.Contains(is, kind) {
		out = append(out, finding.New(finding.NotWhatNamed, finding.At{}, "file", f.name, "read", end))
	}
	return out
}

// submissions reads every workbook of a mail from a known sender.
func (in *intake) submissions(out *ledger.Intake, from sender, m mailbox.Message, files, others []file) {
	base := submission.Submission{Message: out.Message.ID, From: from.address, Received: out.Message.Received, Unit: from.unit.Code, State: submission.ToFix}
	for _, f := range others { // kept by their hash, beside the dossier
		sum := sha256.Sum256(f.bytes)
		out.Attachments = append(out.Attachments, ledger.Attachment{Name: f.name, SHA256: hex.EncodeToString(sum[:]), Bytes: f.bytes})
	}
	if len(files) == 0 { // nothing to read, and the sender believes that he has sent something
		s := base
		if len(others) > 0 {
			s.File, s.SHA256 = others[0].name, out.Attachments[0].SHA256
			for _, f := range others {
				s.Findings = append(s.Findings, kept(f)...)
			}
			if !slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Level == finding.Must }) { // else each says better what to do
				s.Findings = append([]finding.Finding{finding.New(finding.NotWorkbook, finding.At{}, "file", s.File)}, s.Findings...)
			}
		} else {
			s.SHA256 = out.Message.ID
			s.Findings = []finding.Finding{finding.New(finding.NoWorkbook, finding.At{})}
		}
		s.ID = submission.NewID(in.season(s.Received).ID, s.Message, "", s.SHA256)
		out.Submissions = append(out.Submissions, s)
	}
	files, again := distinct(files)
	season := in.season(out.Message.Received)
	results := make([]workbook.Result, len(files))
	for i, f := range files {
		if f.finding == nil {
			results[i] = workbook.Read(in.plan, season, f.name, f.bytes, "")
		}
	}
	// A subject names one form. Where that is among the files, others beside it are no mistake.
	expect := expected(m.Subject)
	if !slices.ContainsFunc(results, func(r workbook.Result) bool {
		return r.Reading != nil && r.Reading.Form != nil && r.Reading.Form.ID == expect
	}) {
		for i := range results {
			results[i].Expect(in.plan, expect, files[i].name)
		}
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
		}
		for _, name := range again[f.path] {
			s.Findings = append(s.Findings, finding.New(finding.SameFileTwice, finding.At{}, "file", f.name, "read", name))
		}
		s.ID = submission.NewID(cmp.Or(s.Period, season.ID), s.Message, f.path, s.SHA256)
		out.Submissions = append(out.Submissions, s)
	}
	severalOfOne(out.Submissions)
	if len(files) > 0 {
		enclosed(out.Submissions, others)
	}
	out.Message.Outcome = submission.MailAccepted
	for _, s := range out.Submissions {
		if s.State == submission.ToFix {
			out.Message.Outcome = submission.MailToFix
		}
	}
	if slices.ContainsFunc(out.Submissions, func(s submission.Submission) bool { return finding.Has(s.Findings, finding.WrongUnit) }) {
		in.leave(out, submission.MailHeld, reasonWrongUnit) // the sender is told, and the office decides whose it is
	}
}

// distinct leaves out files that are byte for byte one before them, and gives their names by the path of that one.
func distinct(files []file) (out []file, again map[string][]string) {
	again = map[string][]string{}
	for _, f := range files {
		if i := slices.IndexFunc(out, func(o file) bool { return f.finding == nil && o.finding == nil && bytes.Equal(o.bytes, f.bytes) }); i >= 0 {
			again[out[i].path] = append(again[out[i].path], f.name)
		} else {
			out = append(out, f)
		}
	}
	return out, again
}

// severalOfOne tells each of several versions of a unit's paper that came in one mail which of them counts: nobody can know which one was meant.
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
		s.Findings = append(s.Findings, finding.New(finding.SeveralOfOne, finding.At{}, "n", strconv.Itoa(len(versions)), "read", strings.Join(names, ", "), "want", current.File))
	}
}

// addresses are those that a field names.
func addresses(all []mail.Address) string {
	var out []string
	for _, a := range all {
		out = append(out, a.Address)
	}
	return strings.Join(out, ", ")
}

// enclosed tells the submission that documents came with of each of them: the first dossier or registration, else the first workbook.
func enclosed(all []submission.Submission, others []file) {
	to := max(0, slices.IndexFunc(all, func(s submission.Submission) bool {
		f, ok := templates.Lookup(s.Form)
		return ok && f.From == form.FromUnit
	}))
	for _, f := range others {
		for _, x := range kept(f) {
			if x.Level == finding.Must { // the workbook that came as well was read
				x.Level = finding.Should
			}
			all[to].Findings = append(all[to].Findings, x)
		}
	}
	for i := range all {
		if r, ok := all[i].Value.(*templates.Registration); ok && r.Unit.PlanFile.Text == form.Yes && len(others) == 0 && !all[i].Mistaken() {
			at := r.Unit.PlanFile.At
			all[i].Findings = append(all[i].Findings, finding.New(finding.PlanNotAttached, finding.At{Sheet: at.Sheet, Cell: at.Cell}))
		}
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
	if !in.may(from, reading.Form) { // kept under the sender's name and not looked into: it is no version of those who send it
		s.Findings = []finding.Finding{finding.New(finding.NotAllowed, finding.At{}, "read", templates.Title(reading.Form, in.plan), "want", in.senders(reading.Form), "clause", reading.Form.Clause)}
		s.Repairs = nil
		return
	}
	if reading.Form.From != form.FromUnit {
		s.Unit = in.plan.Office.Unit
	} else if f := in.otherUnit(templates.IdentityOf(reading.Value), reading.Stamp, from.unit); f != nil {
		s.Findings = append(s.Findings, *f)
	}
	s.State = submission.Accepted
	if finding.Worst(s.Findings) == finding.Must {
		s.State = submission.ToFix
	}
}

// otherUnit compares the unit written in a file with the sender's. The code and the name must both be the sender's where they are given.
func (in *intake) otherUnit(id templates.Identity, stamp form.Stamp, u plan.Unit) *finding.Finding {
	report := func(v form.Value, read string) *finding.Finding {
		f := finding.New(finding.WrongUnit, finding.At{Sheet: v.At.Sheet, Cell: v.At.Cell}, "read", read, "want", u.Name)
		return &f
	}
	if id.Unit.Given() {
		if named, ok, _ := in.plan.MatchUnit(id.Unit.Text); !ok || named.Code != u.Code {
			return report(id.Unit, id.Unit.Text)
		}
	}
	if id.Code.Given() && id.Code.Text != u.Code && strings.TrimLeft(id.Code.Text, "0") != strings.TrimLeft(u.Code, "0") {
		return report(id.Code, id.Code.Text)
	}
	return nil
}

// expected tells from a subject which form the sender means to send, "" when it does not say or could mean several. The plan's own title
// speaks of a stage, so that word alone says nothing.
func expected(subject string) string {
	s := viet.Fold(subject)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
	}
	dossier := has("ho so", "to trinh", "de nghi khen thuong")
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
	case len(meant) == 0 && dossier && !has("giai doan"):
		return templates.DossierForm.ID
	case len(meant) != 1, dossier && meant[0] != templates.StageForm.ID && meant[0] != templates.AdHocForm.ID:
		return ""
	}
	return meant[0]
}

// season is the annual round a mail of a day is about when it does not say so itself: the year itself, and in the first months, while
// dossiers and records of the year before still come in, the year before. Outside the plan it is the nearest round.
func (in *intake) season(received time.Time) plan.Period {
	day := calendar.DateOf(received)
	year := day.Year
	var first, last plan.Period
	for _, p := range in.plan.Periods {
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
