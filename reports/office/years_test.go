package office_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/document/documenttest"
	"thidua/reports/office"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// stage is three years of which the first is the normal one, with reports on propaganda and on
// awards of communes.
func stage(t *testing.T) []submission.Submission {
	first := roundtest.Normal(t).Data.Submissions
	out := slices.Clone(first)
	for n, period := range []string{"2019", "2020"} {
		for i, s := range first {
			// fewer every year
			if i%(n+2) == 0 && s.Form != templates.VotesForm.ID && s.Form != templates.DecisionForm.ID {
				continue
			}
			s.Period, s.Received = period, s.Received.AddDate(n+1, 0, 0)
			s.ID = submission.NewID(period, s.Message, "1", s.Form)
			out = append(out, s)
		}
	}
	for n, period := range []string{"2018", "2019", "2020"} {
		send := func(unit, formID string, value any) {
			when := time.Date(2018+n, 12, 20, 2, 0, 0, 0, time.UTC)
			out = append(out, submission.Submission{ID: submission.NewID(period, unit, formID, "x"), Message: period +
				unit + formID, File: formID + ".xlsx", Received: when, Unit: unit,
				Period: period, Form: formID, Version: 1, State: submission.Accepted, Value: value})
		}
		send("PB04", templates.OutreachForm.ID,
			&templates.Outreach{News: []templates.NewsItem{{Title: form.Of("Một cửa"), Count: form.OfInt(10 + n)}},
				Programmes: []templates.Programme{{Name: form.Of("Cải cách hành chính"), Count: form.OfInt(12),
					Minutes: form.OfInt(15)}}, Examples: make([]templates.GoodExample, 2)})
		send("05452", templates.CommuneAwardsForm.ID,
			&templates.CommuneAwards{Awards: []templates.CommuneAward{{Kind: form.Of(templates.KindCollective)},
				{Kind: form.Of(templates.KindIndividual)}, {Kind: form.Of(templates.KindIndividual)}}})
	}
	return out
}

// The report on the stage sets its years side by side and adds them up; that of a year stands
// beside the year before.
func TestYearsStandSideBySide(t *testing.T) {
	p := roundtest.New(t, "2018").Plan
	at := time.Date(2021, 1, 25, 2, 0, 0, 0, time.UTC)
	data := submission.NewDataset(at, stage(t))
	for _, period := range []string{"2019", "2018-2020"} {
		t.Run(period, func(t *testing.T) {
			s, err := round.Gather(p, data, period, calendar.DateOf(at))
			if err != nil {
				t.Fatal(err)
			}
			paper := roundtest.Make(t, office.Summary(), s)
			got := roundtest.Dump(paper)
			file := filepath.Join("testdata", "summary-"+period+".txt")
			documenttest.Golden(t, file, got)
			if dir := os.Getenv("PAPERS_DIR"); dir != "" {
				for _, f := range paper.Formats {
					b, err := paper.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(dir, "stage-"+period+"."+string(f)), b, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, b := range paper.Document.Blocks {
				table, ok := b.(document.Table)
				if !ok || table.Caption != "So sánh các chỉ tiêu chính" {
					continue
				}
				last := len(table.Columns) - 1
				for _, row := range table.Rows {
					if period == "2018-2020" && row.Cells[last].Text != "–" &&
						row.Cells[last].Number != row.Cells[1].Number+row.Cells[2].Number+row.Cells[3].Number {
						t.Errorf("%s does not add up", row.Cells[0].Text)
					}
					if strings.HasPrefix(row.Cells[0].Text, "Tin, bài") && row.Cells[1].Number != 10 {
						t.Errorf("news of the first year: %v", row.Cells[1].Number)
					}
				}
			}
		})
	}
}
