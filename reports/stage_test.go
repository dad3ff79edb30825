package reports_test

import (
	"strings"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Every paper of a stage, and of ad hoc awards, can be made from its own form of dossier and in
// every format.
func TestPapersOfAStageAndOfAdHocAwards(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2020, 12, 14, 2, 0, 0, 0, time.UTC)
	nominee := form.Of("Tập thể Hoa Mai")
	year := templates.StageYear{Grade: form.Of("Hoàn thành xuất sắc nhiệm vụ")}
	for _, c := range []struct {
		period, formID string
		value          any
	}{
		{"2018-2020", "ho-so-giai-doan", &templates.StageDossier{
			Proposal: templates.Proposal{Number: form.Of("45/TTr-UBND")},
			Minutes:  templates.UnitMinutes{Date: form.Of("2020-12-10"), Members: form.OfInt(9)},
			Reports:  []templates.AchievementReport{{Kind: form.Of(templates.KindCollective), Name: nominee}},
			Collectives: []templates.StageCollective{{Name: nominee, Years: templates.StageYears{year, year, year},
				Discipline: form.OfInt(0)}},
		}},
		{"dot-xuat", "dot-xuat", &templates.AdHocProposal{
			Proposal: templates.Proposal{Number: form.Of("45/TTr-UBND")},
			Collectives: []templates.AdHocCollective{{Name: nominee, Date: form.Of("2020-08-15"),
				Achievement: form.Of("320 hồ sơ")}},
		}},
	} {
		t.Run(c.period, func(t *testing.T) {
			d := submission.NewDataset(at, []submission.Submission{{
				ID: "TN-X", Message: "x", File: "x.xlsx", Received: at, Unit: "05452", Period: c.period, Form: c.formID,
				Version: 1, State: submission.Accepted, Value: c.value,
			}})
			s, err := round.Gather(p, d, c.period, calendar.DateOf(at))
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range reports.Names() {
				paper, err := reports.Make(n.Name, s)
				if err != nil {
					t.Errorf("%s: %v", n.Name, err)
					continue
				}
				for _, format := range paper.Formats {
					if b, err := paper.Render(format); err != nil || len(b) == 0 {
						t.Errorf("%s as %s: %v", n.Name, format, err)
					}
				}
				if text := roundtest.Dump(paper); (n.Name == "docket" || n.Name == "appraisal-detail") &&
					!strings.Contains(text, nominee.Text) {
					t.Errorf("%s does not name the nominee", n.Name)
				} else if n.Name == "docket" && c.period == "2018-2020" && !strings.Contains(text,
					"2018, 2019, 2020: Hoàn thành xuất sắc nhiệm vụ*") {
					t.Error("the docket does not tell in which years the grades were given")
				}
			}
		})
	}
}
