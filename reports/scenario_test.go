package reports_test

import (
	"fmt"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// year is a small builder of what the units of the built-in plan sent for one period.
type year struct {
	t      *testing.T
	plan   *plan.Plan
	period plan.Period
	sent   []submission.Submission
}

func newYear(t *testing.T, period string) *year {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	per, ok := p.Period(period)
	if !ok {
		t.Fatalf("no period %q", period)
	}
	return &year{t: t, plan: p, period: per}
}

func at(month, day, hour int) time.Time {
	y := 2018
	if month > 12 {
		y, month = 2019, month-12
	}
	return time.Date(y, time.Month(month), day, hour, 5, 0, 0, calendar.Zone).UTC()
}

func (y *year) send(unit, formID string, when time.Time, state submission.State, value any, findings ...finding.Finding) *submission.Submission {
	n := len(y.sent)
	s := submission.Submission{
		ID: submission.NewID(y.period.ID, fmt.Sprint(unit, n), "1", formID), Message: fmt.Sprintf("%064d", n), File: formID + "-" + unit + ".xlsx",
		Received: when, Unit: unit, Period: y.period.ID, Form: formID, Version: 1, State: state, Value: value, Findings: findings,
	}
	y.sent = append(y.sent, s)
	return &y.sent[n]
}

// sources closes the year at that moment.
func (y *year) sources(asOf time.Time) reports.Sources {
	y.t.Helper()
	data := submission.NewDataset(asOf, y.sent)
	s, err := reports.Gather(y.plan, data, y.period.ID, calendar.DateOf(asOf))
	if err != nil {
		y.t.Fatal(err)
	}
	return s
}

func (y *year) register(unit string, when time.Time, collectives, individuals int) {
	r := &templates.Registration{}
	for _, c := range y.plan.Contents {
		r.Targets = append(r.Targets, templates.Target{Content: form.Of(c.Text), Goal: form.Of("Đạt từ 95% trở lên")})
	}
	r.Collectives = make([]templates.RegisteredCollective, collectives)
	r.Individuals = make([]templates.RegisteredPerson, individuals)
	y.send(unit, templates.RegistrationForm.ID, when, submission.Accepted, r)
}

func cell(text, sheet string, row int, col string) form.Value {
	return form.Value{Text: text, At: form.Ref{Sheet: sheet, Cell: fmt.Sprint(col, row)}}
}

// person is a row of the danh sách trích ngang.
type person struct{ title, name, born, position, role, initiative string }

func (y *year) dossier(unit string, when time.Time, met int, collectives []string, people []person) *templates.Dossier {
	u, _ := y.plan.UnitByCode(unit)
	d := &templates.Dossier{}
	d.Proposal = templates.Proposal{
		Number: form.Of("45/TTr-UBND"), Date: form.Of("2018-12-14"), Signer: form.Of("Nguyễn Văn An"), SignerTitle: form.Of(u.Head),
		Collectives: form.OfInt(len(collectives)), Individuals: form.OfInt(len(people)), Level: form.Of("Cấp thành phố"),
	}
	d.Minutes = templates.UnitMinutes{Date: form.Of("2018-12-10"), Members: form.OfInt(9), Present: form.OfInt(9)}
	for i, c := range y.plan.Contents {
		t := templates.TargetResult{Content: form.Of(c.Text), Goal: form.Of("Đạt từ 95% trở lên"), Result: form.Of("96,5%"), Met: form.Of(form.Yes)}
		if i >= met {
			t.Result, t.Met = form.Of("93,0%"), form.Of(form.No)
		}
		d.Targets = append(d.Targets, t)
	}
	for i, name := range collectives {
		row := i + 6
		d.Collectives = append(d.Collectives, templates.NominatedCollective{
			Name: cell(name, "TẬP THỂ", row, "B"), Size: form.OfInt(24), Grade: cell("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", row, "D"),
			Party: cell("Hoàn thành xuất sắc nhiệm vụ", "TẬP THỂ", row, "E"), Union: cell("Vững mạnh", "TẬP THỂ", row, "F"),
			IndexScore: cell("88.5", "TẬP THỂ", row, "L"), IndexBand: cell("Tốt", "TẬP THỂ", row, "M"), Discipline: cell("0", "TẬP THỂ", row, "N"),
			Summary: form.Of("Giải quyết 3.120 thủ tục hành chính, đúng hạn 99%; niêm yết công khai thủ tục bằng mã QR."), Award: form.Of(templates.CityAward),
		})
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(templates.KindCollective), Name: form.Of(name), Results: form.Of("Đúng hạn 99%")})
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(templates.KindCollective), Name: form.Of(name), Agree: form.OfInt(9), Disagree: form.OfInt(0)})
	}
	for i, p := range people {
		row := i + 6
		sex := "Nam"
		if p.title == "Bà" {
			sex = "Nữ"
		}
		d.Individuals = append(d.Individuals, templates.NominatedPerson{
			Title: form.Of(p.title), Name: cell(p.name, "CÁ NHÂN", row, "C"), Born: form.Of(p.born), Sex: form.Of(sex), Position: form.Of(p.position),
			Role: cell(p.role, "CÁ NHÂN", row, "H"), Grade: cell("Hoàn thành xuất sắc nhiệm vụ", "CÁ NHÂN", row, "I"), IndexBand: cell("Tốt", "CÁ NHÂN", row, "J"),
			Initiative: cell(p.initiative, "CÁ NHÂN", row, "K"), Discipline: cell("0", "CÁ NHÂN", row, "L"),
			Summary: form.Of("Tham mưu rút ngắn thời gian giải quyết thủ tục từ 05 ngày xuống 03 ngày."), Award: form.Of(templates.CityAward),
		})
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(templates.KindIndividual), Name: form.Of(p.name), Results: form.Of("Tham mưu kịp thời")})
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(templates.KindIndividual), Name: form.Of(p.name), Agree: form.OfInt(8), Disagree: form.OfInt(1)})
	}
	y.send(unit, templates.DossierForm.ID, when, submission.Accepted, d)
	return d
}
