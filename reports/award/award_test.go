package award_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/document"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// The award is the Chairman's own power: nobody signs it "TM.", a deputy signs for him.
func TestTheDecisionIsSignedByTheChairmanOrForHim(t *testing.T) {
	s := roundtest.Normal(t)
	signed := func(s round.Sources) []string {
		for _, b := range roundtest.Make(t, award.Decision(), s).Document.Blocks {
			if sig, ok := b.(document.Signatures); ok {
				return sig.Right.Capacity
			}
		}
		return nil
	}
	if got := signed(s); !slices.Equal(got, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}) {
		t.Errorf("signed by a deputy: %q", got)
	}
	s.Data.Submissions = slices.DeleteFunc(slices.Clone(s.Data.Submissions),
		func(x submission.Submission) bool { return x.Form == templates.DecisionForm.ID })
	if got := signed(s); !slices.Equal(got, []string{"CHỦ TỊCH"}) {
		t.Errorf("draft: %q", got)
	}
}

// Money is named where the plan pays it, by the base salary of the day, rounded to ten thousand.
func TestPrizeMoney(t *testing.T) {
	s := roundtest.Normal(t)
	text := func() string { return roundtest.Text(t, award.Decision(), s) }
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
	if p.Prize.Amount(plan.Individual, calendar.Date{Year: 2018, Month: 6, Day: 30}) != 390000 ||
		p.Prize.Amount(plan.Individual, calendar.Date{Year: 2010, Month: 1, Day: 1}) != 0 {
		t.Error("the base salary of another day")
	}
}

// On a pre-printed blank stands what the blank does not carry, where the plan says, moved as the
// plan says.
func TestPreprintedBlanks(t *testing.T) {
	s := roundtest.Normal(t)
	p := *s.Plan
	p.Certificate.Preprinted, p.Certificate.ShiftX, p.Certificate.ShiftY = true, 1.5, -2
	s.Plan = &p
	c := roundtest.Make(t, award.Certificates(), s).Document.Blocks[0].(document.Certificate)
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
	s := roundtest.Normal(t)
	p := roundtest.Make(t, award.Invitation(), s)
	if len(p.Extra) != 1 || p.Extra[0].Name != p.File+".ics" {
		t.Fatalf("%+v", p.Extra)
	}
	ics := string(p.Extra[0].Bytes)
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "DTSTART:20190215T010000Z\r\n", "DTEND:20190215T040000Z\r\n",
		"LOCATION:Hội trường UBND thành phố\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(ics, want) {
			t.Errorf("no %q in\n%s", want, ics)
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(ics, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	if p := roundtest.Make(t, award.Invitation(), roundtest.Empty(t)); len(p.Extra) != 0 {
		t.Error("a calendar file for a day nobody has set")
	}
}

// Dossiers for the province go in two sets, each with the unit's workbook as it came.
func TestDossiersForTheProvince(t *testing.T) {
	y := roundtest.New(t, "2018")
	u := y.Plan.Units[0]
	v := y.Dossier(u.Code, roundtest.At(12, 20, 9), 4, []string{u.Name}, []roundtest.Person{roundtest.Someone(1)})
	v.Collectives[0].Award = form.Of(templates.ProvinceAward)
	s := y.Sources(roundtest.At(13, 10, 9))
	s.Original = func(x submission.Submission) ([]byte, error) { return []byte("workbook of " + x.Unit), nil }
	p := roundtest.Make(t, award.Province(), s)
	text := strings.Join(p.Document.Texts(), "\n")
	if !strings.Contains(text, "02 bộ") || !strings.Contains(text, u.Name) ||
		strings.Contains(text, roundtest.Someone(1).Name) {
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
	again := roundtest.Make(t, award.Province(), s)
	if !bytes.Equal(p.Extra[0].Bytes, again.Extra[0].Bytes) {
		t.Error("the archive is not the same twice")
	}
}

// Where people alone are awarded, as often between the years, no sentence counts "0 tập thể" and no
// list has an empty section.
func TestADecisionOnPeopleAloneDoesNotSpeakOfCollectives(t *testing.T) {
	s := roundtest.Normal(t)
	sent := slices.Clone(s.Data.Submissions)
	i := slices.IndexFunc(sent, func(x submission.Submission) bool { return x.Form == templates.DecisionForm.ID })
	decision := *sent[i].Value.(*templates.Decision)
	people := 0
	for _, a := range s.Result.Awards {
		switch {
		case a.Nominee.Kind == evaluate.Collective:
			decision.Withheld = append(decision.Withheld, templates.Withheld{Code: form.Of(a.Nominee.ID),
				Name: form.Of(a.Nominee.Name), Reason: form.Of("y")})
		case a.Chosen && !a.NeedsDecision:
			people++
		}
	}
	sent[i].Value = &decision
	after, err := round.Gather(s.Plan, submission.NewDataset(s.Data.AsOf, sent), "2018", s.On)
	if err != nil {
		t.Fatal(err)
	}
	text := roundtest.Text(t, award.Decision(), after)
	for said, want := range map[string]bool{fmt.Sprintf("cho %02d cá nhân đã có thành tích", people): true,
		"A. CÁ NHÂN": true, "TẬP THỂ (": false, "0 tập thể": false} {
		if strings.Contains(text, said) != want {
			t.Errorf("says %q: %v, want %v:\n%s", said, !want, want, text)
		}
	}
}

// After a vote on nobody the notices to units do not say that there was none.
func TestNoticesAfterAVoteOnNobodySayThatThereIsNobody(t *testing.T) {
	s := roundtest.Empty(t)
	s.Result.Council = &evaluate.Session{}
	if text := roundtest.Text(t, award.UnitNotice(), s); strings.Contains(text, "Chưa có kết quả kiểm phiếu") ||
		!strings.Contains(text, "không có tập thể, cá nhân nào") {
		t.Error(text)
	}
}

func TestAwardsHoldOnlyWhatIsDecided(t *testing.T) {
	s := roundtest.Normal(t)
	awarded := map[string]bool{} // the names of the first table, that of the collectives
	for _, block := range roundtest.Make(t, award.Awards(), s).Document.Blocks {
		if table, ok := block.(document.Table); ok && len(awarded) == 0 {
			for _, row := range table.Rows {
				if row.Kind == document.Body {
					awarded[row.Cells[1].Text] = true
				}
			}
		}
	}
	annex := roundtest.Text(t, council.Annex(), s)
	decided, waiting := 0, 0
	for _, a := range s.Result.Awards {
		switch {
		case a.Nominee.Kind != evaluate.Collective:
		case a.NeedsDecision:
			waiting++
			if awarded[a.Nominee.Name] || !strings.Contains(annex, a.Nominee.Name) {
				t.Errorf("%s waits for a decision and is awarded, or is not in the annex", a.Nominee.Name)
			}
		default:
			decided++
			if !awarded[a.Nominee.Name] {
				t.Errorf("%s is missing", a.Nominee.Name)
			}
		}
	}
	for _, a := range s.Result.NotChosen {
		if a.Nominee.Kind == evaluate.Collective && (awarded[a.Nominee.Name] || !strings.Contains(annex, a.Reason)) {
			t.Errorf("%s was not chosen and is awarded, or its reason is not in the annex", a.Nominee.Name)
		}
	}
	if decided == 0 || waiting == 0 || decided != len(awarded) {
		t.Errorf("%d decided, %d waiting, %d awarded", decided, waiting, len(awarded))
	}
}
