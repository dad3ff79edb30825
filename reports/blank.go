package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/xlsx"
)

// meant guesses from words of the sender which form he needs again; both when the words do not say.
func meant(words string) []*form.Form {
	w := viet.Fold(words)
	registration := strings.Contains(w, "dang ky")
	dossier := strings.Contains(w, "ho so") || strings.Contains(w, "to trinh") || strings.Contains(w, "khen thuong")
	switch {
	case registration && !dossier:
		return []*form.Form{templates.RegistrationForm}
	case dossier && !registration:
		return []*form.Form{templates.DossierForm}
	}
	return []*form.Form{templates.RegistrationForm, templates.DossierForm}
}

// wanted returns the form that should have been sent instead of the one sent by mistake.
func (p Post) wanted(findings []finding.Finding) []*form.Form {
	return slices.DeleteFunc(templates.Forms(), func(f *form.Form) bool {
		return f.From != form.FromUnit || !slices.ContainsFunc(findings, func(x finding.Finding) bool {
			return (x.Code == finding.WrongForm || x.Code == finding.OtherThanSaid) && x.Want == templates.Title(f, p.Plan)
		})
	})
}

// season is the annual round of the year in which a submission that names none arrived.
func (p Post) season(s submission.Submission) plan.Period {
	year := calendar.DateOf(s.Received).Year
	best := plan.Period{}
	for _, x := range p.Plan.Periods {
		if x.Kind == plan.Annual && (best.ID == "" || x.To.Year <= year) {
			best = x
		}
	}
	return best
}

// Known is what a unit's form is prefilled from.
type Known struct {
	Registration *templates.Registration // nil when there is none
	Years        []templates.StageKnown  // of a stage
}

// KnownOf returns what is known for a unit's form. For a dossier that is the accepted registration of the round; for a registration that of
// the year before, whose people it names again; for a stage the accepted dossiers, the records and the awards of its years. honours is what
// Honours returns for the round; without it no award is filled in.
func KnownOf(p *plan.Plan, d submission.Dataset, f *form.Form, period plan.Period, unit string, honours []Honour) Known {
	var out Known
	if f == templates.StageForm {
		for _, year := range period.Years {
			k := templates.StageKnown{Awards: map[string]string{}}
			if per, ok := p.AnnualPeriod(year); ok {
				k.Dossier, _ = accepted[*templates.Dossier](d, per.ID, templates.DossierForm, unit)
				k.Records, _ = accepted[*templates.Records](d, per.ID, templates.RecordsForm, p.Office.Unit)
				for _, h := range honours {
					if h.period == per.ID && h.unit == unit {
						k.Awards[h.key] = h.award
					}
				}
			}
			out.Years = append(out.Years, k)
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

// accepted is the version of a form that rules, when it is accepted.
func accepted[T any](d submission.Dataset, period string, f *form.Form, unit string) (value T, ok bool) {
	if s, known := d.Current(period, f.ID, unit); known && s.State == submission.Accepted {
		value, ok = s.Value.(T)
	}
	return value, ok
}

// Honour is an award that the Chairman decided on in a year.
type Honour struct{ period, unit, key, award string }

// Honours returns the awards that were decided in the years of a stage, for its forms; none for other rounds.
func Honours(p *plan.Plan, d submission.Dataset, period plan.Period, on calendar.Date) ([]Honour, error) {
	if period.Kind != plan.Stage {
		return nil, nil
	}
	kinds := map[string]string{evaluate.Collective: templates.KindCollective, evaluate.Individual: templates.KindIndividual}
	var out []Honour
	for _, year := range period.Years {
		per, ok := p.AnnualPeriod(year)
		if !ok || len(d.Accepted(per.ID, templates.DecisionForm.ID)) == 0 {
			continue
		}
		s, err := Gather(p, d, per.ID, on)
		if err != nil {
			return nil, err
		}
		head := reported(s).Head
		award := p.Words.Text("letter.prefill.award", "award", p.Award, "number", head.Number.Text, "date", said(form.Field{Type: form.Date}, head.Date))
		for _, n := range honoured(s) {
			out = append(out, Honour{per.ID, n.Unit, templates.HonourKey(kinds[n.Kind], n.Name), award})
		}
	}
	return out, nil
}

// Blank makes the workbook of a form for a unit (nil for the office's own forms), prefilled with what KnownOf returns.
func Blank(p *plan.Plan, f *form.Form, period plan.Period, u *plan.Unit, known Known) ([]byte, error) {
	var value any
	code := ""
	if u != nil {
		code = u.Code
	}
	switch {
	case f == templates.RegistrationForm && u != nil:
		value = templates.NewRegistration(p, period, *u, known.Registration)
	case f == templates.DossierForm && u != nil:
		value = templates.NewDossier(p, period, *u, known.Registration)
	case f == templates.StageForm && u != nil:
		value = templates.NewStageDossier(p, period, *u, known.Years...)
	case f == templates.AdHocForm && u != nil:
		value = templates.NewAdHocProposal(p, *u)
	case f == templates.OutreachForm && u != nil:
		value = templates.NewOutreach(period, *u)
	case f == templates.CommuneAwardsForm && u != nil:
		value = templates.NewCommuneAwards(period, *u)
	case f == templates.RosterForm:
		value = templates.NewRoster(p, period)
	case f == templates.RecordsForm:
		value = templates.NewRecords(p, period)
	case f == templates.DecisionForm:
		value = templates.NewDecision(period)
	case f == templates.RulingsForm:
		value = templates.NewRulings(period)
	}
	return xlsx.Write(f, Heading(p, period, u), templates.Context(p, period, code), value)
}
