package reports

import (
	"slices"
	"strings"

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
func wanted(findings []finding.Finding) []*form.Form {
	return slices.DeleteFunc(templates.Forms(), func(f *form.Form) bool {
		return f.From != form.FromUnit || !slices.ContainsFunc(findings, func(x finding.Finding) bool { return x.Code == finding.WrongForm && x.Want == f.Title })
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

// Registered returns the unit's accepted registration that a form is prefilled from: that of the round itself, and for a new registration
// that of the year before, whose people it names again. nil when there is none.
func Registered(p *plan.Plan, d submission.Dataset, f *form.Form, period plan.Period, unit string) *templates.Registration {
	if f == templates.RegistrationForm {
		before, ok := p.AnnualPeriod(period.To.Year - 1)
		if !ok {
			return nil
		}
		period = before
	}
	if s, ok := d.Current(period.ID, templates.RegistrationForm.ID, unit); ok && s.State == submission.Accepted {
		return s.Value.(*templates.Registration)
	}
	return nil
}

// Blank makes the workbook of a form for a unit (nil for the office's own forms), prefilled with what is known of it. registered is what
// Registered returns for it.
func Blank(p *plan.Plan, f *form.Form, period plan.Period, u *plan.Unit, registered *templates.Registration) ([]byte, error) {
	var value any
	code := ""
	if u != nil {
		code = u.Code
	}
	switch {
	case f == templates.RegistrationForm && u != nil:
		value = templates.NewRegistration(p, period, *u, registered)
	case f == templates.DossierForm && u != nil:
		value = templates.NewDossier(p, period, *u, registered)
	case f == templates.StageForm && u != nil:
		value = templates.NewStageDossier(p, period, *u)
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
