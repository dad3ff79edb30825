package roundtest

import (
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// MakeStage is the end of a stage: dossiers with all its years beside each other, written as long
// as units write them, and nothing official yet.
func MakeStage(t testing.TB) round.Sources {
	y := New(t, "2018-2020")
	at := time.Date(2020, 12, 21, 9, 0, 0, 0, calendar.Zone)
	years := func(i int) (out templates.StageYears) {
		for n := range y.Period.Years {
			out[n] = templates.StageYear{
				Grade:      form.Of([]string{"Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"}[(n+i)%2]),
				IndexScore: form.Of([]string{"91.5", "88.25", "90"}[n%3]), IndexBand: form.Of("Xuất sắc"),
				Initiative: form.Of("Sáng kiến rút ngắn thời gian luân chuyển hồ sơ giữa các bộ phận"),
				Met:        form.OfInt(4),
			}
		}
		return out
	}
	const summary = "Ba năm liền đạt tỷ lệ giải quyết thủ tục hành chính đúng hạn trên 99%; công khai, minh bạch " +
		"các thủ tục; duy trì tổ tiếp nhận hồ sơ lưu động tại tổ dân phố, hỗ trợ người cao tuổi nộp hồ sơ trực tuyến."
	for i, u := range y.Plan.Units {
		if i%6 != 0 {
			continue
		}
		p := Someone(i)
		y.Send(u.Code, templates.StageForm.ID, at.Add(time.Duration(i)*time.Minute).UTC(), submission.Accepted,
			&templates.StageDossier{
				Proposal: templates.Proposal{Number: form.Of("45/TTr-UBND"), Date: form.Of("2020-12-18")},
				Minutes:  templates.UnitMinutes{Date: form.Of("2020-12-15"), Members: form.OfInt(9)},
				Collectives: []templates.StageCollective{{
					Name: form.Of(u.Name), Size: form.OfInt(24), Years: years(i),
					Party: form.Of("Hoàn thành tốt nhiệm vụ"),
					Union: form.Of("Vững mạnh"), Youth: form.Of("Vững mạnh"), Women: form.Of("Xuất sắc"),
					Veterans: form.Of("Trong sạch, vững mạnh"), Discipline: form.OfInt(0), Summary: form.Of(summary),
				}},
				Individuals: []templates.StagePerson{{
					Title: form.Of(p.Title), Name: form.Of(p.Name), Born: form.Of(p.Born),
					Position: form.Of(p.Position), Role: form.Of(p.Role),
					Years: years(i + 1), Discipline: form.OfInt(0), Summary: form.Of(summary),
				}},
			})
	}
	return y.Sources(at.AddDate(0, 1, 0).UTC())
}

// Stage is the stage of MakeStage, evaluated once for all tests of a package.
func Stage(t testing.TB) round.Sources { return once(t, "stage", MakeStage) }
