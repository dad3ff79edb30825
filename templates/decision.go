package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Decision tells that the Chairman's decision was issued (Plan III.1.2, IV.1): from it on units may
// be told, certificates printed and numbers entered in the register. Conference is when and where
// awards are presented, as far as it is known.
type Decision struct {
	Head       DecisionHead `form:"decision"`
	Conference Conference
	Withheld   []Withheld
}

// DecisionHead is the decision as it was signed.
type DecisionHead struct {
	Year, Number, Date, Capacity, Signer form.Value
	ProposalNumber                       form.Value `form:"proposal"`
	ProposalDate, Note                   form.Value
	Own                                  form.Own `json:"own,omitzero"`
}

// Conference is the hội nghị tổng kết (Plan IV.1).
type Conference struct {
	Date, Start, Place, Chair form.Value
	Note                      form.Value `form:"conferencenote"`
	Own                       form.Own   `json:"own,omitzero"`
}

// Withheld is a nominee whom the Council proposed and the decision leaves out.
type Withheld struct {
	Code, Name, Reason form.Value
	Own                form.Own `json:"own,omitzero"`
}

// Capacities are the ways to sign the decision: the award is the Chairman's own power, so that
// nobody signs "TM.".
var Capacities = []string{"CHỦ TỊCH", "KT. CHỦ TỊCH; PHÓ CHỦ TỊCH"}

// DecisionForm declares the report of the decision.
var DecisionForm = declare("quyet-dinh", func() any { return &Decision{} }, nil)

// NewDecision returns the report of a decision with the year filled in.
func NewDecision(period plan.Period) *Decision {
	return &Decision{Head: DecisionHead{Year: form.OfInt(period.To.Year)}}
}
