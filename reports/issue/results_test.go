package issue_test

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/award"
	"thidua/reports/issue"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// Units hear of results when the Chairman has decided, not before; each reads of its own nominees
// and of those who got the award, and of nobody's date of birth, breach or ground but its own.
// Numbers of the register stay with whom they were given to.
func TestUnitsAreToldWhenTheChairmanHasDecided(t *testing.T) {
	if testing.Short() {
		t.Skip("short: issues the papers of a year")
	}
	s := roundtest.Normal(t)
	d := newDesk(t, keeping(s.Plan, "proposal", "results", "certificates", "conference"))
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
	letters := d.pass(roundtest.At(13, 21, 9))
	if n := len(from(letters, "proposal")); n != 1 {
		t.Errorf("%d letters with the drafts of tờ trình and decision", n)
	}
	if n := len(from(letters, "results")) + len(from(letters, "certificates")); n != 0 {
		t.Errorf("%d letters about a decision that nobody has made", n)
	}
	if all, err := d.l.Register().Entries(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("numbers before the decision: %v, %v", all, err)
	}
	decision.Received = roundtest.At(13, 28, 10)
	d.take(decision)
	letters = d.pass(roundtest.At(13, 29, 9))
	for occasion, want := range map[string]int{"certificates": 1, "conference": 2, // the office, and who gets a copy

		"results": len(s.Plan.UnitsOn(calendar.DateOf(roundtest.At(13, 29, 9))))} {
		if got := len(from(letters, occasion)); got != want {
			t.Errorf("%s: %d letters, want %d", occasion, got, want)
		}
	}
	if to := from(letters, "conference")[1].To; !slices.Contains(to, "vanphonghdndvaubnd@thainguyen.example") {
		t.Errorf("the office of the Council and the People's Committee gets no conference papers: %v", to)
	}
	t.Run("what each unit reads", func(t *testing.T) { // skipped alone where nothing reads a PDF
		reader := *d
		reader.t = t
		reader.readResults(s, from(letters, "results"))
	})
	if again := from(d.pass(roundtest.At(13, 30, 9)), "results"); len(again) != 0 {
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
	decision.Value, decision.ID, decision.Received = &corrected, submission.NewID("2018", "corrected", "1", "x"),
		roundtest.At(14, 1, 8)
	d.take(decision)
	again := from(d.pass(roundtest.At(14, 1, 9)), "results")
	if len(again) == 0 {
		t.Fatal("units are not told of the corrected decision")
	}
	if raw, err := d.l.Blob(t.Context(), again[0].SHA256); err != nil {
		t.Error(err)
	} else if text := plainText(raw); !strings.Contains(text, "thay thế thông báo") {
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
	if text := roundtest.Text(t, award.Certificates(), now); strings.Contains(text, "số: 01\n") ||
		!strings.Contains(text, "số: 02\n") {
		t.Error("the number of the one left out went to another")
	}
	// The tờ trình named him, and was signed before.
	for _, c := range []struct {
		paper paper.Recipe
		want  string
	}{{award.Proposal(), "tập thể (05"}, {award.Decision(), "tập thể (04"}} {
		if text := strings.ToLower(roundtest.Text(t, c.paper, now)); !strings.Contains(text, c.want) {
			t.Errorf("%s should say %q:\n%s", c.paper.Name, c.want, text)
		}
	}
	ledgertest.Sound(t, d.l)
}

// A decision that was reported while everybody the Council chose still waits for its conclusion
// names nobody: the office is told so, and no unit reads of an award for "0 tập thể". When the
// Council has concluded, all of it goes out.
func TestNobodyIsToldOfADecisionThatNamesNobody(t *testing.T) {
	s := roundtest.Normal(t)
	d := newDesk(t, keeping(reachable(s.Plan, "05434", "PB01"), "results", "certificates", "conference"))
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
	decision.Received = roundtest.At(13, 28, 10)
	d.take(open, decision)
	letters := d.pass(roundtest.At(13, 29, 9))
	if got := len(from(letters, "results")) + len(from(letters, "conference")); got != 0 {
		t.Errorf("%d letters of a decision that names nobody", got)
	}
	if got := len(from(letters, "certificates")); got != 1 {
		t.Fatalf("%d letters to the office", got)
	}
	concluded.Received = roundtest.At(13, 30, 8)
	d.take(concluded)
	letters = d.pass(roundtest.At(13, 30, 9))
	if len(from(letters, "results")) == 0 || len(from(letters, "certificates")) != 1 ||
		len(from(letters, "conference")) != 1 {
		t.Errorf("after the conclusion: %d, %d, %d letters", len(from(letters, "results")),
			len(from(letters, "certificates")), len(from(letters, "conference")))
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
		text := plainText(raw)
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
			case !awarded[n.ID] && n.Kind == evaluate.Individual && n.Name != "Ngô Thị Kim Ngân" &&
				strings.Contains(flat, n.Name): // five of that name, one awarded
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

// After the decision the result of a session is not sent again for whatever becomes known of
// others, only when it speaks against somebody who was given an award.
func TestTheResultOfASessionIsSentAgainForNewsOnly(t *testing.T) {
	s := roundtest.Normal(t)
	d := newDesk(t, keeping(reachable(s.Plan), "awards"))
	d.take(s.Data.Submissions...)
	// one letter goes to the office, one to the secretary
	if n := len(from(d.pass(roundtest.At(14, 2, 9)), "awards")); n != 2 {
		t.Fatalf("the result was sent %d times", n)
	}
	// a breach binds the collectives of its unit as well
	i := slices.IndexFunc(s.Result.NotChosen, func(a evaluate.Award) bool {
		return a.Nominee.Kind == evaluate.Individual &&
			!slices.ContainsFunc(s.Result.Awards,
				func(b evaluate.Award) bool { return b.Nominee.Unit == a.Nominee.Unit })
	})
	d.take(roundtest.Breach(s, s.Result.NotChosen[i].Nominee.Name, roundtest.At(14, 3, 8)))
	if n := len(from(d.pass(roundtest.At(14, 3, 9)), "awards")); n != 0 {
		t.Errorf("sent again for somebody who was not chosen")
	}
	d.take(roundtest.Breach(s, roundtest.Awarded(s).Nominee.Name, roundtest.At(14, 4, 8)))
	letters := from(d.pass(roundtest.At(14, 4, 9)), "awards")
	if len(letters) != 2 {
		t.Fatalf("what speaks against an award that was given is told in %d letters", len(letters))
	}
	if n := len(from(d.pass(roundtest.At(14, 5, 9)), "awards")); n != 0 {
		t.Errorf("told twice")
	}
}
