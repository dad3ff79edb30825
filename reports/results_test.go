package reports_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/document"
	"thidua/reports/issue"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// desk is a ledger into which the year's submissions come one by one, and passes are made.
type desk struct {
	t     *testing.T
	l     *ledger.Ledger
	clock *ledgertest.Clock
	post  post.Post
	n     uint32
}

func newDesk(t *testing.T, p *plan.Plan) *desk {
	t.Helper()
	clock := &ledgertest.Clock{Time: at(1, 1, 0)}
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	if _, err := l.Secrets().Change(t.Context(), proof.Seeded(1)); err != nil { // every desk writes the same
		t.Fatal(err)
	}
	return &desk{t: t, l: l, clock: clock, post: newPost(p)}
}

func sum(b []byte) string { h := sha256.Sum256(b); return hex.EncodeToString(h[:]) }

// take brings submissions into the ledger, each in a mail of its own.
func (d *desk) take(all ...submission.Submission) {
	d.t.Helper()
	var batch []ledger.Intake
	for _, s := range all {
		d.n++
		raw := fmt.Appendf(nil, "Message-ID: <%d@x.example>\r\nSubject: %s\r\n\r\n%s", d.n, s.File, s.ID)
		book := fmt.Appendf(nil, "workbook %d", d.n)
		s.Message, s.SHA256 = sum(raw), sum(book)
		s.Rows = form.Count{Read: 1, Accepted: 1}
		outcome := submission.MailAccepted
		if s.State == submission.ToFix {
			outcome, s.Rows = submission.MailToFix, form.Count{Read: 1, ToFix: 1}
		}
		batch = append(batch, ledger.Intake{
			Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: d.n}, Raw: raw, Submissions: []submission.Submission{s},
			Message:     submission.Message{ID: s.Message, MessageID: fmt.Sprint(d.n, "@x.example"), From: s.Unit + "@x.example", Subject: s.File, Received: s.Received, Size: int64(len(raw)), Unit: s.Unit, Outcome: outcome},
			Attachments: []ledger.Attachment{{Name: s.File, SHA256: s.SHA256, Bytes: book}},
		})
	}
	if _, err := d.l.Inbox().Take(d.t.Context(), batch); err != nil {
		d.t.Fatal(err)
	}
}

// pass issues what is due at a moment and returns the letters it queued.
func (d *desk) pass(when time.Time) []ledger.Posted {
	d.t.Helper()
	before, err := d.l.Outbox().Letters(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	d.clock.Time = when
	if _, err := issue.New(d.post, prefill.NewForms(d.post.Plan)).Issue(d.t.Context(), d.l, d.clock, nil); err != nil {
		d.t.Fatal(err)
	}
	after, err := d.l.Outbox().Letters(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return slices.DeleteFunc(after, func(p ledger.Posted) bool {
		return slices.ContainsFunc(before, func(b ledger.Posted) bool { return b.ID == p.ID })
	})
}

func from(letters []ledger.Posted, occasion string) []ledger.Posted {
	return slices.DeleteFunc(slices.Clone(letters), func(p ledger.Posted) bool { return !strings.HasPrefix(p.Cause, "run/"+occasion+"/") })
}

// Units hear of results when the Chairman has decided, not before; each reads of its own nominees and of those who got the award, and of
// nobody's date of birth, breach or ground but its own. Numbers of the register stay with whom they were given to.
func TestUnitsAreToldWhenTheChairmanHasDecided(t *testing.T) {
	s := normalYear(t)
	d := newDesk(t, s.Plan)
	var votes, decision submission.Submission
	for _, x := range s.Data.Submissions {
		switch x.Form {
		case templates.VotesForm.ID:
			votes = x
		case templates.DecisionForm.ID:
			decision = x
		default:
			d.take(x)
		}
	}
	d.take(votes)
	letters := d.pass(at(13, 21, 9))
	if n := len(from(letters, "proposal")); n != 1 {
		t.Errorf("%d letters with the drafts of tờ trình and decision", n)
	}
	if n := len(from(letters, "results")) + len(from(letters, "certificates")); n != 0 {
		t.Errorf("%d letters about a decision that nobody has made", n)
	}
	if all, err := d.l.Register().Entries(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("numbers before the decision: %v, %v", all, err)
	}
	decision.Received = at(13, 28, 10)
	d.take(decision)
	letters = d.pass(at(13, 29, 9))
	for occasion, want := range map[string]int{"certificates": 1, "conference": 1, "results": len(s.Plan.UnitsOn(calendar.DateOf(at(13, 29, 9))))} {
		if got := len(from(letters, occasion)); got != want {
			t.Errorf("%s: %d letters, want %d", occasion, got, want)
		}
	}
	if to := from(letters, "conference")[0].To; !slices.Contains(to, "vanphonghdndvaubnd@thainguyen.example") {
		t.Errorf("the office of the Council and the People's Committee gets no conference papers: %v", to)
	}
	d.readResults(s, from(letters, "results"))
	if again := from(d.pass(at(13, 30, 9)), "results"); len(again) != 0 {
		t.Errorf("units are told again: %d letters", len(again))
	}
	first, err := d.l.Register().Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// The decision is corrected: one is left out. His number is lost, nobody moves.
	left := strings.TrimPrefix(first[0].Award, "2018/")
	corrected := *decision.Value.(*templates.Decision)
	corrected.Withheld = []templates.Withheld{{Code: form.Of(left), Name: form.Of("x"), Reason: form.Of("y")}}
	decision.Value, decision.ID, decision.Received = &corrected, submission.NewID("2018", "corrected", "1", "x"), at(14, 1, 8)
	d.take(decision)
	again := from(d.pass(at(14, 1, 9)), "results")
	if len(again) == 0 {
		t.Fatal("units are not told of the corrected decision")
	}
	if raw, err := d.l.Blob(t.Context(), again[0].SHA256); err != nil {
		t.Error(err)
	} else if text, _ := alternatives(t, raw); !strings.Contains(text, "thay thế thông báo") {
		t.Errorf("the second letter does not say that it replaces the first:\n%s", text)
	}
	second, err := d.l.Register().Entries(t.Context())
	if err != nil || !slices.Equal(first, second) {
		t.Errorf("numbers moved: %v, %v, %v", first, second, err)
	}
	data, err := d.l.Dataset(t.Context(), d.clock.Time)
	if err != nil {
		t.Fatal(err)
	}
	now, err := round.Gather(s.Plan, data, "2018", calendar.DateOf(d.clock.Time))
	if err != nil {
		t.Fatal(err)
	}
	now.Numbers = issue.Numbers(second)
	if text := strings.Join(make1(t, "certificates", now).Document.Texts(), "\n"); strings.Contains(text, "số: 01\n") || !strings.Contains(text, "số: 02\n") {
		t.Error("the number of the one left out went to another")
	}
	// The tờ trình named him, and was signed before.
	for name, want := range map[string]string{"proposal": "tập thể (05", "decision": "tập thể (04"} {
		if text := strings.ToLower(strings.Join(make1(t, name, now).Document.Texts(), "\n")); !strings.Contains(text, want) {
			t.Errorf("%s should say %q:\n%s", name, want, text)
		}
	}
	ledgertest.Sound(t, d.l)
}

// A decision that was reported while everybody the Council chose still waits for its conclusion names nobody: the office is told so, and no unit
// reads of an award for "0 tập thể". When the Council has concluded, all of it goes out.
func TestNobodyIsToldOfADecisionThatNamesNobody(t *testing.T) {
	s := normalYear(t)
	d := newDesk(t, reachable(s.Plan, "05434", "PB01"))
	var votes, decision submission.Submission
	for _, x := range s.Data.Submissions {
		switch x.Form {
		case templates.VotesForm.ID:
			votes = x
		case templates.DecisionForm.ID:
			decision = x
		default:
			d.take(x)
		}
	}
	concluded, open := votes, votes
	v := *votes.Value.(*templates.Votes)
	v.Session.Present = form.OfInt(2) // no quorum: whoever passes waits
	open.ID, open.Value = votes.ID+"-open", &v
	decision.Received = at(13, 28, 10)
	d.take(open, decision)
	letters := d.pass(at(13, 29, 9))
	if got := len(from(letters, "results")) + len(from(letters, "conference")); got != 0 {
		t.Errorf("%d letters of a decision that names nobody", got)
	}
	if got := len(from(letters, "certificates")); got != 1 {
		t.Fatalf("%d letters to the office", got)
	}
	concluded.Received = at(13, 30, 8)
	d.take(concluded)
	letters = d.pass(at(13, 30, 9))
	if len(from(letters, "results")) == 0 || len(from(letters, "certificates")) != 1 || len(from(letters, "conference")) != 1 {
		t.Errorf("after the conclusion: %d, %d, %d letters", len(from(letters, "results")), len(from(letters, "certificates")), len(from(letters, "conference")))
	}
}

// readResults opens every letter to a unit and what is in it.
func (d *desk) readResults(s round.Sources, letters []ledger.Posted) {
	d.t.Helper()
	awarded := map[string]bool{}
	for _, a := range s.Result.Awards {
		awarded[a.Nominee.ID] = a.Chosen && !a.NeedsDecision
	}
	own := 0
	for _, x := range letters {
		raw, err := d.l.Blob(d.t.Context(), x.SHA256)
		if err != nil {
			d.t.Fatal(err)
		}
		text, _ := alternatives(d.t, raw)
		files := mailbox.Parse(raw, mailbox.Limits{}).Attachments
		for _, a := range files {
			text += printedText(d.t, a.Bytes)
		}
		flat := strings.Join(strings.Fields(text), " ")
		proposes := false
		for _, v := range s.Result.Verdicts {
			switch n := v.Nominee; {
			case n.Unit == x.Unit:
				proposes = true
				if !strings.Contains(flat, n.Name) {
					d.t.Errorf("%s is not told of %s", x.Unit, n.Name)
				}
			case !awarded[n.ID] && n.Kind == evaluate.Individual && n.Name != "Ngô Thị Kim Ngân" && strings.Contains(flat, n.Name): // five of that name, one awarded
				d.t.Errorf("%s reads of %s of %s, who got nothing", x.Unit, n.Name, n.UnitName)
			}
		}
		if want := 1; proposes {
			own++
			if len(files) != want+1 {
				d.t.Errorf("%s gets %d files", x.Unit, len(files))
			}
		}
		for _, secret := range []string{"05/10/1972", "1972", "Biên bản kiểm điểm", "giờ giấc"} {
			if strings.Contains(flat, secret) {
				d.t.Errorf("%s reads %q", x.Unit, secret)
			}
		}
		if grounds := strings.Contains(flat, "kỷ luật, kỷ cương"); grounds && x.Unit != s.Plan.Units[2].Code {
			d.t.Errorf("%s reads of a ground that is another's", x.Unit)
		}
	}
	if own < 10 {
		d.t.Errorf("%d units were told of their own", own)
	}
}

// printedText is what a PDF says.
func printedText(t *testing.T, b []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(b)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// Which paper may go to whom: a paper that goes beyond the Council, and above all to units, names no date of birth, no breach and no ground.
func TestWhoMayReadWhat(t *testing.T) {
	s := normalYear(t)
	private := []string{"Biên bản kiểm điểm về giờ giấc", "05/10/1972", "1972-10-05"}
	grounds := []string{"Không đủ tiêu chuẩn", "Không đủ tỷ lệ phiếu", "kỷ luật, kỷ cương"}
	for _, n := range reports.Names() {
		p := make1(t, n.Name, s)
		text := strings.Join(p.Document.Texts(), "\n")
		for _, secret := range private {
			if p.Audience != plan.ToCouncil && strings.Contains(text, secret) {
				t.Errorf("%s goes to %s and says %q", n.Name, p.Audience, secret)
			}
		}
		for _, ground := range grounds {
			if (p.Audience == plan.ToUnits || p.Audience == plan.ToMissingUnits) && strings.Contains(text, ground) {
				t.Errorf("%s goes to %s and says %q", n.Name, p.Audience, ground)
			}
		}
	}
	docket := strings.Join(make1(t, "docket", s).Document.Texts(), "\n")
	for _, secret := range private[:2] {
		if !strings.Contains(docket, secret) {
			t.Errorf("the docket does not say %q", secret)
		}
	}
	for _, u := range s.Plan.Units {
		p, err := award.UnitNotice().MakeOf(u.Code, s)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(p.Document.Texts(), "\n")
		for _, v := range s.Result.Verdicts {
			if v.Nominee.Unit != u.Code && v.Nominee.Kind == evaluate.Individual && strings.Contains(text, v.Nominee.Name+", "+v.Nominee.UnitName) {
				t.Errorf("the notice to %s speaks of %s", u.Code, v.Nominee.Name)
			}
		}
	}
	if _, err := council.Docket().MakeOf("05431", s); err == nil {
		t.Error("a unit got a docket of its own")
	}
}

// The award is the Chairman's own power: nobody signs it "TM.", a deputy signs for him.
func TestTheDecisionIsSignedByTheChairmanOrForHim(t *testing.T) {
	s := normalYear(t)
	signed := func(s round.Sources) []string {
		for _, b := range make1(t, "decision", s).Document.Blocks {
			if sig, ok := b.(document.Signatures); ok {
				return sig.Right.Capacity
			}
		}
		return nil
	}
	if got := signed(s); !slices.Equal(got, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}) {
		t.Errorf("signed by a deputy: %q", got)
	}
	s.Data.Submissions = slices.DeleteFunc(slices.Clone(s.Data.Submissions), func(x submission.Submission) bool { return x.Form == templates.DecisionForm.ID })
	if got := signed(s); !slices.Equal(got, []string{"CHỦ TỊCH"}) {
		t.Errorf("draft: %q", got)
	}
}

// Money is named where the plan pays it, by the base salary of the day, rounded to ten thousand.
func TestPrizeMoney(t *testing.T) {
	s := normalYear(t)
	text := func() string { return strings.Join(make1(t, "decision", s).Document.Texts(), "\n") }
	if strings.Contains(text(), "đồng") {
		t.Error("money is named though the plan pays none")
	}
	p := *s.Plan
	p.Prize.Pay = true
	s.Plan = &p
	// 0,3 and 0,6 of 1.390.000, the base salary of January 2019.
	for _, want := range []string{"830.000 đồng đối với mỗi tập thể", "420.000 đồng đối với mỗi cá nhân"} {
		if got := text(); !strings.Contains(got, want) {
			t.Errorf("the decision does not say %q:\n%s", want, got)
		}
	}
	if p.Prize.Amount(plan.Individual, calendar.Date{Year: 2018, Month: 6, Day: 30}) != 390000 || p.Prize.Amount(plan.Individual, calendar.Date{Year: 2010, Month: 1, Day: 1}) != 0 {
		t.Error("the base salary of another day")
	}
}

// On a pre-printed blank stands what the blank does not carry, where the plan says, moved as the plan says.
func TestPreprintedBlanks(t *testing.T) {
	s := normalYear(t)
	p := *s.Plan
	p.Certificate.Preprinted, p.Certificate.ShiftX, p.Certificate.ShiftY = true, 1.5, -2
	s.Plan = &p
	c := make1(t, "certificates", s).Document.Blocks[0].(document.Certificate)
	if !c.Bare {
		t.Error("a border is printed over that of the blank")
	}
	fields := map[document.CertLine]document.Spot{}
	for _, x := range c.Layout() {
		fields[x.Field] = x
	}
	for _, f := range p.Certificate.Fields {
		spot, printed := fields[document.CertLine(f.Field)]
		if printed == f.Printed {
			t.Errorf("%s: printed %v, on the blank %v", f.Field, printed, f.Printed)
		}
		if printed && (spot.X != f.X+1.5 || spot.Y != f.Y-2) {
			t.Errorf("%s stands at %v, %v", f.Field, spot.X, spot.Y)
		}
	}
}

// The calendar file says when and where, in UTC, in lines no longer than the standard allows.
func TestTheInvitationCarriesACalendarFile(t *testing.T) {
	s := normalYear(t)
	p := make1(t, "invitation", s)
	if len(p.Extra) != 1 || p.Extra[0].Name != p.File+".ics" {
		t.Fatalf("%+v", p.Extra)
	}
	ics := string(p.Extra[0].Bytes)
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "DTSTART:20190215T010000Z\r\n", "DTEND:20190215T040000Z\r\n", "LOCATION:Hội trường UBND thành phố\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(ics, want) {
			t.Errorf("no %q in\n%s", want, ics)
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(ics, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	if p := make1(t, "invitation", emptyYear(t)); len(p.Extra) != 0 {
		t.Error("a calendar file for a day nobody has set")
	}
}

// Dossiers for the province go in two sets, each with the unit's workbook as it came.
func TestDossiersForTheProvince(t *testing.T) {
	y := newYear(t, "2018")
	u := y.plan.Units[0]
	v := y.dossier(u.Code, at(12, 20, 9), 4, []string{u.Name}, []person{name(1)})
	v.Collectives[0].Award = form.Of(templates.ProvinceAward)
	s := y.sources(at(13, 10, 9))
	s.Original = func(x submission.Submission) ([]byte, error) { return []byte("workbook of " + x.Unit), nil }
	p := make1(t, "province", s)
	text := strings.Join(p.Document.Texts(), "\n")
	if !strings.Contains(text, "02 bộ") || !strings.Contains(text, u.Name) || strings.Contains(text, name(1).name) {
		t.Errorf("the checklist: %s", text)
	}
	if len(p.Extra) != 1 {
		t.Fatalf("%d files", len(p.Extra))
	}
	z, err := zip.NewReader(bytes.NewReader(p.Extra[0].Bytes), int64(len(p.Extra[0].Bytes)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, strings.SplitN(f.Name, "/", 2)[0])
	}
	if !slices.Equal(names, []string{"bo-1", "bo-2", "muc-luc.txt"}) {
		t.Errorf("%v", names)
	}
	again := make1(t, "province", s)
	if !bytes.Equal(p.Extra[0].Bytes, again.Extra[0].Bytes) {
		t.Error("the archive is not the same twice")
	}
}

// What the office ruled stands in the docket, with who ruled and why, and in nothing that goes to units.
func TestRulingsStandInTheDocket(t *testing.T) {
	s := normalYear(t)
	s.Data.Overrides = []submission.Override{{ID: "QD-1", Kind: submission.Extension, Period: "2018", Unit: "05431", Person: "Lê Mẫu Ba", Reason: "mất điện cả phường", At: at(3, 9, 9)}}
	if text := strings.Join(make1(t, "docket", s).Document.Texts(), "\n"); !strings.Contains(text, "mất điện cả phường") || !strings.Contains(text, "Lê Mẫu Ba") {
		t.Error("the docket does not tell of the ruling")
	}
	if text := strings.Join(make1(t, "notice", s).Document.Texts(), "\n"); strings.Contains(text, "mất điện") {
		t.Error("units read of the ruling")
	}
}
