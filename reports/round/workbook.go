package round

import (
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// CountWorkbooks counts the period's workbooks, and how many of them are accepted.
func (s Sources) CountWorkbooks() (total, accepted int) {
	for _, x := range s.Data.Submissions {
		if x.Period != s.Period.ID {
			continue
		}
		total++
		if x.State == submission.Accepted {
			accepted++
		}
	}
	return total, accepted
}

// OfficialRecords lists the accepted records of the standing office, oldest first.
func (s Sources) OfficialRecords() []submission.Submission {
	return s.Data.Accepted(s.Period.ID, templates.RecordsForm.ID)
}

// DossierForm is the form in which units propose for a period. Ad hoc proposals are not awaited
// from anybody.
func DossierForm(period plan.Period) *form.Form {
	if period.Kind == plan.Stage {
		return templates.StageForm
	}
	return templates.DossierForm
}

// Submission is the workbook with that receipt, zero when there is none.
func (s Sources) Submission(receipt string) submission.Submission {
	for _, x := range s.Data.Submissions {
		if x.ID == receipt {
			return x
		}
	}
	return submission.Submission{}
}

// UnitName is the name of a unit by its code, "" when the plan has no such unit.
func (s Sources) UnitName(code string) string {
	u, _ := s.Plan.UnitByCode(code)
	return u.Name
}
