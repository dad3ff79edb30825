package check

import (
	"fmt"
	"strings"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// Lint returns what only the checks and forms know of a plan that could not be played: criteria
// that cannot be compiled, keys of the order that nothing can ever be compared by, and columns that
// have to be filled in although there is nothing to choose.
func Lint(p *plan.Plan) []plan.Problem {
	var out []plan.Problem
	for i, c := range p.Criteria {
		for _, period := range p.Periods {
			if _, err := Compile(c, p, period.To); err != nil {
				out = append(out, plan.Problem{
					File: "criteria.yaml", Where: c.ID + " · " + period.ID, Path: fmt.Sprintf("criteria[%d].check", i),
					Text: err.Error(),
				})
			}
		}
	}
	return append(append(out, lintOrder(p)...), lintChoices(p)...)
}

func lintOrder(p *plan.Plan) []plan.Problem {
	known := map[string]bool{}
	var titles []string
	for _, r := range p.Roles {
		titles = append(titles, r.Title)
		for _, name := range append([]string{string(r.ID), r.Title}, r.Aliases...) {
			known[viet.Fold(name)] = true
		}
	}
	var out []plan.Problem
	for i, k := range p.Order {
		at := fmt.Sprintf("order[%d]", i)
		if _, ok := sources(p)[k.Nominee][k.Fact]; !ok && k.Fact != "" {
			out = append(out, p.FaultAt("criteria.yaml", k.Title, at+".fact", "orderfact", "read", k.Fact))
		}
		if k.Fact != FactRole {
			continue
		}
		for _, first := range k.First {
			if !known[viet.Fold(first)] {
				out = append(out, p.FaultAt("criteria.yaml", k.Title, at+".first", "orderrole", "read", first,
					"want", strings.Join(titles, "; ")))
			}
		}
	}
	return out
}

// lintChoices finds columns that must be given and that no value fits: a form with one is never
// accepted. Each is told once, for the first year.
func lintChoices(p *plan.Plan) []plan.Problem {
	var out []plan.Problem
	told := map[string]bool{}
	for i, period := range p.Periods {
		var forms []*form.Form
		switch period.Kind {
		case plan.Annual:
			forms = []*form.Form{templates.DossierForm, templates.RecordsForm}
		case plan.Stage:
			forms = []*form.Form{templates.StageForm}
		default:
			continue
		}
		for _, f := range forms {
			fitted := templates.Fit(f, p, period)
			context := templates.Context(p, period, "")
			for _, b := range fitted.Blocks() {
				for _, x := range b.Fields {
					stuck := x.Required && x.Type == form.Choice && !x.Open && len(context.Items(x)) == 0
					if key := f.ID + " " + b.Key + " " + x.Key; stuck && !told[key] {
						told[key] = true
						out = append(out, p.FaultAt("scales.yaml", x.List, unfilled(p, x, i), "unfillable",
							"column", b.Title+" – "+x.Title, "scale", x.List, "year", period.To.Year))
					}
				}
			}
		}
	}
	return out
}

// unfilled is the place to blame for a column without values: the first criterion that looks at its
// table, or else the round.
func unfilled(p *plan.Plan, x form.Field, period int) string {
	table, _, _ := strings.Cut(x.Fact, ".")
	for i, c := range p.Criteria {
		for _, leaf := range c.Check.Leaves() {
			if of, _, _ := strings.Cut(leaf.Fact, "."); of == table {
				return fmt.Sprintf("criteria[%d].check", i)
			}
		}
	}
	return fmt.Sprintf("periods[%d]", period)
}
