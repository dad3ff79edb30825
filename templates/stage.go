package templates

import (
	"encoding/json"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// StageDossier is a unit's proposal for awards over the whole stage, with the four parts of Plan
// III.3 (Plan III.1.2, third line).
type StageDossier struct {
	Proposal    Proposal // Year stays blank: a stage is no single year
	Stage       form.Value
	Reports     []AchievementReport
	Minutes     UnitMinutes
	Votes       []UnitVote
	Collectives []StageCollective
	Individuals []StagePerson
}

// StageYears are what a nominee achieved in the years of the stage, in their order. Those after its
// last year stay blank.
type StageYears [plan.MostYears]StageYear

// MarshalJSON leaves the blank years at the end out.
func (y StageYears) MarshalJSON() ([]byte, error) {
	n := len(y)
	for n > 0 && y[n-1] == (StageYear{}) {
		n--
	}
	return json.Marshal(y[:n])
}

// StageYear is what a nominee achieved in one year of the stage.
type StageYear struct {
	Grade, IndexScore, IndexBand, Awards, Met, Initiative form.Value
}

// StageCollective is a collective's line in the list of a stage, its years side by side.
type StageCollective struct {
	Name, Size                                           form.Value
	Years                                                StageYears `form:"each"`
	Party, Union, Youth, Women, Farmers, Veterans, Front form.Value
	Discipline, Summary, Award, Note                     form.Value
	Own                                                  form.Own `json:"own,omitzero"`
}

// StagePerson is a person's line in the list of a stage, the years side by side.
type StagePerson struct {
	Title, Name, Born, Sex, Position, Department, Role form.Value
	Years                                              StageYears `form:"each"`
	Discipline, Summary, Award, Note                   form.Value
	Own                                                form.Own `json:"own,omitzero"`
}

// StageForm declares the dossier of a stage. Ratings of organisations and breaches are asked once,
// for the whole stage.
var StageForm = declare("ho-so-giai-doan", func() any { return &StageDossier{} }, checkStage)

func checkStage(value any, c form.Context) []finding.Finding {
	s, _ := SlateOf(value)
	return s.check(c)
}

// NewStageDossier returns a stage's dossier with who proposes, and for which stage.
func NewStageDossier(p *plan.Plan, period plan.Period, u plan.Unit) *StageDossier {
	return &StageDossier{Proposal: newProposal(p, u), Stage: form.Of(period.Title)}
}
