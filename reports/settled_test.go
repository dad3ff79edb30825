package reports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// A breach that comes to light after the Chairman signed does not rewrite what he signed, the minutes of the session before it, or the count
// of awards. The Council is told of it in the annex.
func TestARecordAfterTheDecisionRewritesNothingThatWasSigned(t *testing.T) {
	before := normalYear(t)
	someone := awarded(before).Nominee.Name
	late := breachOf(before, someone, at(14, 3, 9))
	after, err := round.Gather(before.Plan, submission.NewDataset(at(14, 4, 9), append(slices.Clone(before.Data.Submissions), late)), "2018", calendar.DateOf(at(14, 4, 9)))
	if err != nil {
		t.Fatal(err)
	}
	after.Numbers = before.Numbers
	if len(after.Result.Awards) == len(before.Result.Awards) {
		t.Fatal("the record is about nobody")
	}
	texts := func(name string, s round.Sources) string {
		return strings.Join(make1(t, name, s).Document.Texts(), "\n")
	}
	for _, name := range []string{"decision", "awards", "certificates", "notice"} {
		if !strings.Contains(texts(name, after), someone) {
			t.Errorf("%s: %s is gone", name, someone)
		}
	}
	if was, is := strings.Count(texts("tally", before), "Đủ tỷ lệ phiếu"), strings.Count(texts("tally", after), "Đủ tỷ lệ phiếu"); was != is {
		t.Errorf("%d had enough votes, now %d", was, is)
	}
	for i, l := range after.Summary.Awards {
		if l != before.Summary.Awards[i] {
			t.Errorf("counted %+v, was %+v", l, before.Summary.Awards[i])
		}
	}
	if text := texts("awards-annex", after); !strings.Contains(text, "số liệu này đến sau Quyết định") || strings.Contains(text, "không có trong danh sách đưa ra bỏ phiếu") {
		t.Errorf("the annex does not tell of it:\n%s", text)
	}
}

// After the decision the result of a session is not sent again for whatever becomes known of others, only when it speaks against somebody who was
// given an award.
func TestTheResultOfASessionIsSentAgainForNewsOnly(t *testing.T) {
	s := normalYear(t)
	d := newDesk(t, reachable(s.Plan))
	d.take(s.Data.Submissions...)
	if n := len(from(d.pass(at(14, 2, 9)), "awards")); n != 1 {
		t.Fatalf("the result was sent %d times", n)
	}
	i := slices.IndexFunc(s.Result.NotChosen, func(a evaluate.Award) bool { // a breach binds the collectives of its unit as well
		return a.Nominee.Kind == evaluate.Individual && !slices.ContainsFunc(s.Result.Awards, func(b evaluate.Award) bool { return b.Nominee.Unit == a.Nominee.Unit })
	})
	d.take(breachOf(s, s.Result.NotChosen[i].Nominee.Name, at(14, 3, 8)))
	if n := len(from(d.pass(at(14, 3, 9)), "awards")); n != 0 {
		t.Errorf("sent again for somebody who was not chosen")
	}
	d.take(breachOf(s, awarded(s).Nominee.Name, at(14, 4, 8)))
	letters := from(d.pass(at(14, 4, 9)), "awards")
	if len(letters) != 1 {
		t.Fatalf("what speaks against an award that was given is told in %d letters", len(letters))
	}
	if n := len(from(d.pass(at(14, 5, 9)), "awards")); n != 0 {
		t.Errorf("told twice")
	}
}

// A decision that is reported once more, with its number put right, decides nothing anew: what came between the two reports takes nobody's name out.
func TestACorrectedNumberOfTheDecisionDecidesNothingAnew(t *testing.T) {
	before := normalYear(t)
	someone := awarded(before).Nominee.Name
	sent := append(slices.Clone(before.Data.Submissions), breachOf(before, someone, at(14, 3, 9)))
	i := slices.IndexFunc(sent, func(x submission.Submission) bool { return x.Form == templates.DecisionForm.ID })
	again := sent[i]
	decision := *again.Value.(*templates.Decision)
	decision.Head.Number = form.Of("821/QĐ-UBND")
	again.ID, again.Value, again.Received = submission.NewID("2018", "again", "1", "quyet-dinh"), &decision, at(14, 4, 9)
	after, err := round.Gather(before.Plan, submission.NewDataset(at(14, 5, 9), append(sent, again)), "2018", calendar.DateOf(at(14, 5, 9)))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(make1(t, "awards", after).Document.Texts(), "\n")
	if !strings.Contains(text, someone) || !strings.Contains(text, "821/QĐ-UBND") {
		t.Errorf("%s should stand in the list of 821/QĐ-UBND:\n%s", someone, text)
	}
}

// What the office takes back after the decision was in force when it was made.
func TestARulingTakenBackAfterTheDecisionRewritesNothingThatWasSigned(t *testing.T) {
	before := normalYear(t)
	someone := awarded(before).Nominee
	breach := breachOf(before, someone.Name, at(12, 20, 9))
	sent := slices.Insert(slices.Clone(before.Data.Submissions), 0, breach)
	var waived string
	for _, v := range before.Result.Verdicts {
		for _, j := range v.Judgements {
			if v.Nominee.ID == someone.ID && slices.ContainsFunc(j.Facts, func(f evaluate.Fact) bool { return f.Key == "discipline" }) {
				waived = j.Criterion
			}
		}
	}
	ruling := submission.Override{ID: "QD-1", Kind: submission.Waiver, Period: "2018", Unit: someone.Unit, Nominee: someone.ID, Criterion: waived, Person: "Hoàng Văn Giang",
		Reason: "Đã xác minh", At: at(12, 21, 9)}
	d := submission.NewDataset(at(14, 5, 9), sent)
	d.Past.Ended = []submission.Ended{{Override: ruling, Until: at(14, 4, 9)}}
	after, err := round.Gather(before.Plan, d, "2018", calendar.DateOf(at(14, 5, 9)))
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(make1(t, "awards", after).Document.Texts(), "\n"); waived == "" || !strings.Contains(text, someone.Name) {
		t.Errorf("%s (%s waived) is gone:\n%s", someone.Name, waived, text)
	}
	d.Past.Ended[0].Until = at(12, 22, 9) // taken back in time
	if after, err = round.Gather(before.Plan, d, "2018", calendar.DateOf(at(14, 5, 9))); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(make1(t, "awards", after).Document.Texts(), "\n"); strings.Contains(text, someone.Name) {
		t.Errorf("%s is still there", someone.Name)
	}
}

// Where people alone are awarded, as often between the years, no sentence counts "0 tập thể" and no list has an empty section.
func TestADecisionOnPeopleAloneDoesNotSpeakOfCollectives(t *testing.T) {
	s := normalYear(t)
	sent := slices.Clone(s.Data.Submissions)
	i := slices.IndexFunc(sent, func(x submission.Submission) bool { return x.Form == templates.DecisionForm.ID })
	decision := *sent[i].Value.(*templates.Decision)
	people := 0
	for _, a := range s.Result.Awards {
		switch {
		case a.Nominee.Kind == evaluate.Collective:
			decision.Withheld = append(decision.Withheld, templates.Withheld{Code: form.Of(a.Nominee.ID), Name: form.Of(a.Nominee.Name), Reason: form.Of("y")})
		case a.Chosen && !a.NeedsDecision:
			people++
		}
	}
	sent[i].Value = &decision
	after, err := round.Gather(s.Plan, submission.NewDataset(s.Data.AsOf, sent), "2018", s.On)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(make1(t, "decision", after).Document.Texts(), "\n")
	for said, want := range map[string]bool{fmt.Sprintf("cho %02d cá nhân đã có thành tích", people): true, "A. CÁ NHÂN": true, "TẬP THỂ (": false, "0 tập thể": false} {
		if strings.Contains(text, said) != want {
			t.Errorf("says %q: %v, want %v:\n%s", said, !want, want, text)
		}
	}
}

// awarded is an award that a person was given.
func awarded(s round.Sources) evaluate.Award {
	i := slices.IndexFunc(s.Result.Awards, func(a evaluate.Award) bool { return a.Nominee.Kind == evaluate.Individual && !a.NeedsDecision })
	return s.Result.Awards[i]
}

// breachOf are the year's records with one more entry in the register of breaches, as they come in later.
func breachOf(s round.Sources, name string, when time.Time) submission.Submission {
	i := slices.IndexFunc(s.Data.Submissions, func(x submission.Submission) bool { return x.Form == templates.RecordsForm.ID })
	late := s.Data.Submissions[i]
	records := *late.Value.(*templates.Records)
	records.Discipline = append(slices.Clone(records.Discipline), templates.DisciplineEntry{
		Unit: form.Of(unitOf(s, name)), Name: form.Of(name), Date: form.Of("2018-11-20"), Content: form.Of("Gây phiền hà khi tiếp nhận hồ sơ"),
	})
	late.ID, late.Value, late.Received = submission.NewID("2018", "late", "1", name), &records, when
	return late
}

func unitOf(s round.Sources, name string) string {
	for _, v := range s.Result.Verdicts {
		if v.Nominee.Name == name {
			return v.Nominee.UnitName
		}
	}
	return ""
}

// After a vote on nobody the notices to units do not say that there was none.
func TestNoticesAfterAVoteOnNobodySayThatThereIsNobody(t *testing.T) {
	s := emptyYear(t)
	s.Result.Council = &evaluate.Session{}
	if text := strings.Join(make1(t, "unit-notice", s).Document.Texts(), "\n"); strings.Contains(text, "Chưa có kết quả kiểm phiếu") || !strings.Contains(text, "không có tập thể, cá nhân nào") {
		t.Error(text)
	}
}
