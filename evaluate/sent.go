package evaluate

import (
	"thidua/evaluate/check"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// The blocks of a dossier, beside the lists, that may state facts of its nominees: what is said of
// each, and what is said of all.
const (
	reportBlock   = "report"
	proposalBlock = "proposal"
	reckonedBlock = "reckoned" // numbers of the report that derived facts ask for
)

// listed are the fields criteria may use, of the dossier forms' lists of nominees, by ID of the
// form and kind of nominee, and of the blocks beside them.
type listed map[string]map[string][]form.Field

func listedFields(p *plan.Plan, per plan.Period) listed {
	out := listed{}
	for _, f := range []*form.Form{templates.DossierForm, templates.StageForm, templates.AdHocForm} {
		fit := templates.Fit(f, p, per)
		out[f.ID] = map[string][]form.Field{
			Collective: factFields(fit, "collectives"), Individual: factFields(fit, "individuals"),
			reportBlock: factFields(fit, "reports"), proposalBlock: factFields(fit, "proposal"),
			reckonedBlock: check.Reckoned(p, fit),
		}
	}
	return out
}

// nomineeOf is whom a line of a dossier proposes, without what the ledger and the plan know beside.
func nomineeOf(n templates.Nomination) Nominee {
	size, _ := n.Size.Int()
	return Nominee{
		Kind: string(n.Kind), Name: n.Name.Text, Size: size, Title: n.Title.Text,
		Position: n.Position.Text, Department: n.Department.Text, RoleName: n.Role.Text,
		Sex: sex(n.Sex, n.Title), Born: n.Born.Text, Award: n.Award.Text, Summary: n.Summary.Text,
	}
}

// sex is what was given, else what the form of address says.
func sex(given, title *form.Value) string {
	switch {
	case given.Given():
		return given.Text
	case title.Text == "Ông":
		return form.Male
	case title.Text == "Bà":
		return form.Female
	}
	return ""
}
