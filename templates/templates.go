// Package templates declares every form of the plan. The file of a form in forms/ says everything
// that it says and asks for; the blank workbook, the reader, the validator, the marked reply and
// the reference page derive from it. The Go struct beside it holds a filled form, with the rules
// that reach across fields.
//
// The package knows the plan and its forms. It never reads or writes files, mail or a database.
package templates

import (
	"slices"

	"thidua/templates/form"
	"thidua/templates/plan"
)

var forms = []*form.Form{
	RosterForm, RegistrationForm, AdHocForm, OutreachForm, CommuneAwardsForm, DossierForm, StageForm, RecordsForm,
	VotesForm, DecisionForm, RulingsForm,
}

// Forms lists every form in the order of the plan's year.
func Forms() []*form.Form { return slices.Clone(forms) }

// Title is a form's title under a plan.
func Title(f *form.Form, p *plan.Plan) string { return f.Title(p.MovementWithin()) }

// Lookup returns the form of an ID.
func Lookup(id string) (*form.Form, bool) {
	for _, f := range Forms() {
		if f.ID == id {
			return f, true
		}
	}
	return nil, false
}
