package workbook_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// A dossier of a stage is read by the years of its own stage, whichever they are and however many
// stages the plan has; what was read comes out of the ledger as it went in (Plan III.1.2).
func TestIII_1_2_TheYearsOfAStageAreThoseOfThePlan(t *testing.T) {
	stage := func(first, last int) plan.Period {
		per := plan.Period{ID: fmt.Sprintf("%d-%d", first, last), Kind: plan.Stage,
			Title: fmt.Sprintf("Giai đoạn %d - %d", first, last)}
		per.From, per.To = calendar.Date{Year: first, Month: 1, Day: 1}, calendar.Date{Year: last, Month: 12, Day: 31}
		for y := first; y <= last; y++ {
			per.Years = append(per.Years, y)
		}
		return per
	}
	five, two, three := stage(2021, 2025), stage(2026, 2027), stage(2018, 2020)
	for _, c := range []struct {
		name    string
		periods []plan.Period
		of      plan.Period
	}{
		{"five years", []plan.Period{five}, five}, {"two years", []plan.Period{two}, two},
		{"the first of two stages", []plan.Period{three, five}, three},
		{"the last of two stages", []plan.Period{three, five}, five},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := *thePlan(t)
			p.Periods = c.periods
			for _, per := range c.periods {
				for _, y := range per.Years {
					annual := stage(y, y)
					annual.ID, annual.Kind, annual.Title = fmt.Sprint(y), plan.Annual, fmt.Sprint("Năm ", y)
					p.Periods = append(p.Periods, annual)
				}
			}
			ctx := templates.Context(&p, c.of, "")
			f := ctx.Fitted(templates.StageForm)
			d := example(t, f, ctx).(*templates.StageDossier)
			d.Stage = form.Of(c.of.Title)
			for i := range c.of.Years {
				d.Collectives[0].Years[i].IndexScore, d.Individuals[0].Years[i].Initiative = form.OfInt(80+i),
					form.Of(fmt.Sprint("Sáng kiến thứ ", i+1))
			}
			b, err := xlsx.Write(templates.StageForm, xlsx.Heading{}, ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			r := workbook.Read(&p, p.Periods[0], "giai-doan.xlsx", b, templates.StageForm.ID)
			if m := musts(r.Reading); len(m) > 0 || r.Period.ID != c.of.ID || r.Reading.Rows.ToFix > 0 {
				t.Fatalf("read for %s, %+v: %q", r.Period.ID, r.Reading.Rows, m)
			}
			raw, err := json.Marshal(r.Reading.Value)
			if err != nil {
				t.Fatal(err)
			}
			var got templates.StageDossier
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatal(err)
			}
			for i := range plan.MostYears {
				score, idea := "", ""
				if i < len(c.of.Years) {
					score, idea = fmt.Sprint(80+i), fmt.Sprint("Sáng kiến thứ ", i+1)
				}
				if s := got.Collectives[0].Years[i].IndexScore.Text; s != score {
					t.Errorf("year %d: a score of %q, want %q", i+1, s, score)
				}
				if s := got.Individuals[0].Years[i].Initiative.Text; s != idea {
					t.Errorf("year %d: %q, want %q", i+1, s, idea)
				}
			}
		})
	}
}
