package templates

import (
	"slices"
	"strconv"

	"thidua/templates/form"
	"thidua/templates/plan"
)

// Identity is what a filled form says about whose it is and for which round. Fields a form does not
// have are zero.
type Identity struct {
	Unit, Code  form.Value
	Year, Stage form.Value // Stage is the title of a round of several years
}

// IdentityOf returns the identity written in a filled form, given as a pointer to its struct.
func IdentityOf(value any) Identity {
	if d, ok := value.(dossier); ok {
		s := d.heading()
		return Identity{Unit: s.Proposal.Unit, Code: s.Proposal.Code, Year: s.Proposal.Year, Stage: s.Stage}
	}
	switch v := value.(type) {
	case *Registration:
		return Identity{Unit: v.Unit.Name, Code: v.Unit.Code, Year: v.Unit.Year}
	case *Outreach:
		return Identity{Unit: v.Unit.Name, Code: v.Unit.Code, Year: v.Unit.Year}
	case *CommuneAwards:
		return Identity{Unit: v.Unit.Name, Code: v.Unit.Code, Year: v.Unit.Year}
	case *Records:
		return Identity{Year: v.Head.Year}
	case *Votes:
		return Identity{Year: v.Session.Year}
	case *Decision:
		return Identity{Year: v.Head.Year}
	case *Rulings:
		return Identity{Year: v.Head.Year}
	case *Roster:
		return Identity{Year: v.Head.Year}
	}
	return Identity{}
}

// PeriodOf returns the round that a workbook of a form is for: the stamped one, unless the form
// belongs to another kind of round; else, for a form of a kind of its own, the plan's round of that
// kind; else the round now open. stated reports whether the stamp said it.
func PeriodOf(p *plan.Plan, f *form.Form, stamped string, open plan.Period) (period plan.Period, stated bool) {
	of := func(x plan.Period) bool { return f.Round == "" || string(x.Kind) == f.Round }
	if x, ok := p.Period(stamped); ok && of(x) {
		return x, true
	}
	if of(open) {
		return open, false
	}
	for _, x := range p.Periods {
		if of(x) && (period.ID == "" || slices.Contains(x.Years, open.To.Year)) {
			period = x
		}
	}
	if period.ID == "" { // a plan without such rounds: the office sees the paper where it arrived
		period = open
	}
	return period, false
}

// Period returns the plan's round that the form itself names.
func (id Identity) Period(p *plan.Plan) (plan.Period, bool) {
	if year, ok := id.Year.Int(); ok {
		return p.AnnualPeriod(year)
	}
	for _, x := range p.Periods {
		if id.Stage.Given() && x.Title == id.Stage.Text {
			return x, true
		}
	}
	return plan.Period{}, false
}

// Against returns the value that names another round than this one, and what it should have been; a
// value that is not Given when the form names this round or none. Awards between the years belong
// to no year: any of the plan's is theirs.
func (id Identity) Against(per plan.Period) (named form.Value, want string) {
	if year, ok := id.Year.Int(); ok && year != per.To.Year &&
		!(per.Kind == plan.AdHoc && slices.Contains(per.Years, year)) {
		return id.Year, strconv.Itoa(per.To.Year)
	}
	if id.Stage.Given() && id.Stage.Text != per.Title {
		return id.Stage, per.Title
	}
	return form.Value{}, ""
}

// MaySend reports whether a unit is one of those that send a form (Plan III.1.3, IV.2); nobody
// sends that of a round the plan does not have. It says nothing of the office's own forms.
func MaySend(p *plan.Plan, f *form.Form, u plan.Unit) bool {
	if f.Round != "" && !slices.ContainsFunc(p.Periods, func(x plan.Period) bool { return string(x.Kind) == f.Round }) {
		return false
	}
	switch f.Circle {
	case form.Communes:
		return u.Group == plan.Communes
	case form.Reporters:
		return slices.Contains(p.Reporters, u.Code)
	}
	return true
}
