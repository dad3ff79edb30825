package templates

import "thidua/templates/plan"

// DeadlineOf is the deadline that a form of a period is held to (Plan III.4), nil when there is
// none.
func DeadlineOf(per plan.Period, formID string) *plan.Deadline {
	switch {
	case formID == RegistrationForm.ID:
		return per.Registration
	case formID == DossierForm.ID && per.Kind == plan.Annual, formID == StageForm.ID && per.Kind == plan.Stage:
		return per.Dossier
	}
	return nil
}
