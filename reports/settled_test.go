package reports_test

import (
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// A breach that comes to light after the Chairman signed does not rewrite what he signed, the minutes of the session before it, or the count
// of awards. The Council is told of it in the annex.
func TestARecordAfterTheDecisionRewritesNothingThatWasSigned(t *testing.T) {
	before := normalYear(t)
	someone := ""
	for _, a := range before.Result.Awards {
		if a.Nominee.Kind == evaluate.Individual && !a.NeedsDecision {
			someone = a.Nominee.Name
		}
	}
	all := slices.Clone(before.Data.Submissions)
	i := slices.IndexFunc(all, func(s submission.Submission) bool { return s.Form == templates.RecordsForm.ID })
	late, records := all[i], *all[i].Value.(*templates.Records)
	records.Discipline = append(slices.Clone(records.Discipline), templates.DisciplineEntry{
		Unit: form.Of(unitOf(before, someone)), Name: form.Of(someone), Date: form.Of("2018-11-20"), Content: form.Of("Gây phiền hà khi tiếp nhận hồ sơ"),
	})
	late.ID, late.Value, late.Received = submission.NewID("2018", "late", "1", "x"), &records, at(14, 3, 9)
	after, err := reports.Gather(before.Plan, submission.NewDataset(at(14, 4, 9), append(all, late)), "2018", calendar.DateOf(at(14, 4, 9)))
	if err != nil {
		t.Fatal(err)
	}
	after.Numbers = before.Numbers
	if len(after.Result.Awards) == len(before.Result.Awards) {
		t.Fatal("the record is about nobody")
	}
	texts := func(name string, s reports.Sources) string {
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

func unitOf(s reports.Sources, name string) string {
	for _, v := range s.Result.Verdicts {
		if v.Nominee.Name == name {
			return v.Nominee.UnitName
		}
	}
	return ""
}
