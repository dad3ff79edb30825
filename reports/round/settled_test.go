package round_test

import (
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// A breach that comes to light after the Chairman signed does not rewrite what he signed, the
// minutes of the session before it, or the count of awards. The Council is told of it in the annex.
func TestARecordAfterTheDecisionRewritesNothingThatWasSigned(t *testing.T) {
	before := roundtest.Normal(t)
	someone := roundtest.Awarded(before).Nominee.Name
	late := roundtest.Breach(before, someone, roundtest.At(14, 3, 9))
	after, err := round.Gather(before.Plan, submission.NewDataset(roundtest.At(14, 4, 9),
		append(slices.Clone(before.Data.Submissions), late)), "2018", calendar.DateOf(roundtest.At(14, 4, 9)))
	if err != nil {
		t.Fatal(err)
	}
	after.Numbers = before.Numbers
	if len(after.Result.Awards) == len(before.Result.Awards) {
		t.Fatal("the record is about nobody")
	}
	for _, paper := range []paper.Recipe{award.Decision(), award.Awards(), award.Certificates(), award.Notice()} {
		if !strings.Contains(roundtest.Text(t, paper, after), someone) {
			t.Errorf("%s: %s is gone", paper.Name, someone)
		}
	}
	if was, is := strings.Count(roundtest.Text(t, council.Tally(), before), "Đủ tỷ lệ phiếu"),
		strings.Count(roundtest.Text(t, council.Tally(), after), "Đủ tỷ lệ phiếu"); was != is {
		t.Errorf("%d had enough votes, now %d", was, is)
	}
	for i, l := range after.Summary.Awards {
		if l != before.Summary.Awards[i] {
			t.Errorf("counted %+v, was %+v", l, before.Summary.Awards[i])
		}
	}
	if text := roundtest.Text(t, council.Annex(), after); !strings.Contains(text, "số liệu này đến sau Quyết định") ||
		strings.Contains(text, "không có trong danh sách đưa ra bỏ phiếu") {
		t.Errorf("the annex does not tell of it:\n%s", text)
	}
}

// A decision that is reported once more, with its number put right, decides nothing anew: what came
// between the two reports takes nobody's name out.
func TestACorrectedNumberOfTheDecisionDecidesNothingAnew(t *testing.T) {
	before := roundtest.Normal(t)
	someone := roundtest.Awarded(before).Nominee.Name
	sent := append(slices.Clone(before.Data.Submissions), roundtest.Breach(before, someone, roundtest.At(14, 3, 9)))
	i := slices.IndexFunc(sent, func(x submission.Submission) bool { return x.Form == templates.DecisionForm.ID })
	again := sent[i]
	decision := *again.Value.(*templates.Decision)
	decision.Head.Number = form.Of("821/QĐ-UBND")
	again.ID, again.Value, again.Received = submission.NewID("2018", "again", "1", "quyet-dinh"), &decision,
		roundtest.At(14, 4, 9)
	after, err := round.Gather(before.Plan, submission.NewDataset(roundtest.At(14, 5, 9), append(sent, again)), "2018",
		calendar.DateOf(roundtest.At(14, 5, 9)))
	if err != nil {
		t.Fatal(err)
	}
	text := roundtest.Text(t, award.Awards(), after)
	if !strings.Contains(text, someone) || !strings.Contains(text, "821/QĐ-UBND") {
		t.Errorf("%s should stand in the list of 821/QĐ-UBND:\n%s", someone, text)
	}
}

// What the office takes back after the decision was in force when it was made.
func TestARulingTakenBackAfterTheDecisionRewritesNothingThatWasSigned(t *testing.T) {
	before := roundtest.Normal(t)
	someone := roundtest.Awarded(before).Nominee
	breach := roundtest.Breach(before, someone.Name, roundtest.At(12, 20, 9))
	sent := slices.Insert(slices.Clone(before.Data.Submissions), 0, breach)
	var waived string
	for _, v := range before.Result.Verdicts {
		for _, j := range v.Judgements {
			if v.Nominee.ID == someone.ID &&
				slices.ContainsFunc(j.Facts, func(f evaluate.Fact) bool { return f.Key == "discipline" }) {
				waived = j.Criterion
			}
		}
	}
	ruling := submission.Override{ID: "QD-1", Kind: submission.Waiver, Period: "2018", Unit: someone.Unit,
		Nominee: someone.ID, Criterion: waived, Person: "Hoàng Văn Giang",
		Reason: "Đã xác minh", At: roundtest.At(12, 21, 9)}
	d := submission.NewDataset(roundtest.At(14, 5, 9), sent)
	d.Past.Ended = []submission.Ended{{Override: ruling, Until: roundtest.At(14, 4, 9)}}
	after, err := round.Gather(before.Plan, d, "2018", calendar.DateOf(roundtest.At(14, 5, 9)))
	if err != nil {
		t.Fatal(err)
	}
	if text := roundtest.Text(t, award.Awards(), after); waived == "" || !strings.Contains(text, someone.Name) {
		t.Errorf("%s (%s waived) is gone:\n%s", someone.Name, waived, text)
	}
	d.Past.Ended[0].Until = roundtest.At(12, 22, 9) // taken back in time
	if after, err = round.Gather(before.Plan, d, "2018", calendar.DateOf(roundtest.At(14, 5, 9))); err != nil {
		t.Fatal(err)
	}
	if text := roundtest.Text(t, award.Awards(), after); strings.Contains(text, someone.Name) {
		t.Errorf("%s is still there", someone.Name)
	}
}
