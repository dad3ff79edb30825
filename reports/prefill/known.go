package prefill

import (
	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// known is what a unit's form is prefilled from.
type known struct {
	Registration *templates.Registration // nil when there is none
	Years        []yearOf                // of a stage
}

// knownOf returns what is known for a unit's form. For a dossier that is the accepted registration
// of the round; for a registration that of the year before, whose people it names again; for a
// stage the accepted dossiers, the records and the awards of its years.
func knownOf(
	p *plan.Plan, d submission.Dataset, f *form.Form, period plan.Period, unit string, given []honour,
) (out known) {
	if f == templates.StageForm {
		for _, year := range period.Years {
			out.Years = append(out.Years, yearKnown(p, d, year, unit, given))
		}
		return out
	}
	if f == templates.RegistrationForm {
		before, ok := p.AnnualPeriod(period.To.Year - 1)
		if !ok {
			return out
		}
		period = before
	}
	out.Registration, _ = accepted[*templates.Registration](d, period.ID, templates.RegistrationForm, unit)
	return out
}

// yearKnown is what a stage knows of one of its years.
func yearKnown(p *plan.Plan, d submission.Dataset, year int, unit string, given []honour) yearOf {
	k := yearOf{Awards: map[string]string{}}
	per, ok := p.AnnualPeriod(year)
	if !ok {
		return k
	}
	k.Dossier, _ = accepted[*templates.Dossier](d, per.ID, templates.DossierForm, unit)
	k.Records, _ = accepted[*templates.Records](d, per.ID, templates.RecordsForm, p.Office.Unit)
	for _, h := range given {
		if h.period == per.ID && h.unit == unit {
			k.Awards[h.key] = h.award
		}
	}
	return k
}

// accepted is the version of a form that rules, when it is accepted.
func accepted[T any](d submission.Dataset, period string, f *form.Form, unit string) (value T, ok bool) {
	if s, known := d.Current(period, f.ID, unit); known && s.State == submission.Accepted {
		value, ok = s.Value.(T)
	}
	return value, ok
}

// honour is an award that the Chairman decided on in a year.
type honour struct{ period, unit, key, award string }

// honours returns the awards that were decided in the years of a stage; none for other rounds.
func honours(p *plan.Plan, d submission.Dataset, period plan.Period, on calendar.Date) ([]honour, error) {
	if period.Kind != plan.Stage {
		return nil, nil
	}
	kinds := map[string]string{
		evaluate.Collective: templates.KindCollective, evaluate.Individual: templates.KindIndividual,
	}
	var out []honour
	for _, year := range period.Years {
		per, ok := p.AnnualPeriod(year)
		if !ok || len(d.Accepted(per.ID, templates.DecisionForm.ID)) == 0 {
			continue
		}
		s, err := round.Gather(p, d, per.ID, on)
		if err != nil {
			return nil, err
		}
		head := s.Decision().Head
		award := p.Words.Text("letter.prefill.award", "award", p.Award, "number", head.Number.Text,
			"date", style.Value(form.Field{Type: form.Date}, head.Date))
		for _, n := range s.Honoured() {
			out = append(out, honour{per.ID, n.Unit, honourKey(kinds[n.Kind], n.Name), award})
		}
	}
	return out, nil
}
