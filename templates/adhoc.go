package templates

import (
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// AdHocProposal proposes awards for an outstanding achievement as soon as it has been made (Plan
// III.1.2, first line). It knows no season: the tờ trình and the list are enough.
type AdHocProposal struct {
	Proposal    Proposal // Year stays blank: the achievement has a day
	Collectives []AdHocCollective
	Individuals []AdHocPerson
}

// AdHocCollective is a collective and what it achieved.
type AdHocCollective struct {
	Name, Size, Date, Achievement, Evidence form.Value
	Grade, Discipline, Award, Note          form.Value
	Own                                     form.Own `json:"own,omitzero"`
}

// AdHocPerson is a person and what he or she achieved.
type AdHocPerson struct {
	Title, Name, Born, Sex, Position, Department, Role   form.Value
	Date, Achievement, Evidence, Grade, Discipline, Note form.Value
	Award                                                form.Value
	Own                                                  form.Own `json:"own,omitzero"`
}

// AdHocForm declares the ad hoc proposal.
var AdHocForm = declare("dot-xuat", func() any { return &AdHocProposal{} }, checkAdHoc)

func checkAdHoc(value any, c form.Context) []finding.Finding {
	s, _ := SlateOf(value)
	c.Period = "" // whatever round it came in: an achievement between the years has a day of its own
	return s.checkList(c)
}

// NewAdHocProposal returns an ad hoc proposal with who proposes.
func NewAdHocProposal(p *plan.Plan, u plan.Unit) *AdHocProposal {
	return &AdHocProposal{Proposal: newProposal(p, u)}
}
