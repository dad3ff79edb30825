package answer

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// A unit that corrects the last year of a long stage is told that, under the title of the column it
// filled in (Plan III.1.2).
func TestChangesInEveryYearOfAStageAreTold(t *testing.T) {
	p, err := plan.Load(plan.BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	stage := plan.Period{
		ID: "2021-2025", Kind: plan.Stage, Title: "Giai đoạn 2021 - 2025", Years: []int{2021, 2022, 2023, 2024, 2025},
		From: calendar.Date{Year: 2021, Month: 1, Day: 1}, To: calendar.Date{Year: 2025, Month: 12, Day: 31},
	}
	p.Periods = append(p.Periods, stage)
	var versions []submission.Submission
	for i := range 2 {
		c := templates.StageCollective{Name: form.Of("Tập thể Hoa Mai")}
		c.Years[4].IndexScore = form.OfInt(80 + i)
		versions = append(versions, submission.Submission{
			ID: fmt.Sprint(i), Period: stage.ID, Form: templates.StageForm.ID, Unit: "05452",
			Received: time.Date(2025, 12, 1+i, 0, 0, 0, 0, time.UTC),
			Value:    &templates.StageDossier{Collectives: []templates.StageCollective{c}},
		})
	}
	var b letter.Body
	c := &clerk{Post: post.New(p, post.Mailbox{}), data: submission.NewDataset(versions[1].Received, versions)}
	c.changed(&b, versions[1])
	if got := b.Text(); !strings.Contains(got, "Chỉ số CCHC (điểm) năm 2025") || !strings.Contains(got, "81") {
		t.Errorf("the letter says %q", got)
	}
}
