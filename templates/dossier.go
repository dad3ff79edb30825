package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Dossier is a unit's proposal for awards with all four parts of Plan III.3 in one workbook.
type Dossier struct {
	Proposal    Proposal
	Targets     []TargetResult
	Reports     []AchievementReport
	Minutes     UnitMinutes
	Votes       []UnitVote
	Collectives []NominatedCollective
	Individuals []NominatedPerson
}

// Proposal is the tờ trình (Plan III.3, first part).
type Proposal struct {
	Unit, Code, Group, Year, Number, Date, Signer, SignerTitle form.Value
	Collectives, Individuals, Level, Copies, Contact           form.Value
	Own                                                        form.Own `json:"own,omitzero"`
}

// TargetResult is a registered target with what came of it.
type TargetResult struct {
	Content, Goal, Result, Met, Note form.Value
	Own                              form.Own `json:"own,omitzero"`
}

// AchievementReport is the báo cáo tóm tắt thành tích of one nominee (Plan III.3, second part).
type AchievementReport struct {
	Kind, Name, Duties, Results       form.Value
	Received, OnTime, Overdue, Online form.Value
	Initiative                        form.Value
	InitiativeDecision                form.Value `form:"decision"`
	PastAwards                        form.Value `form:"awards"`
	Shortfall                         form.Value
	Own                               form.Own `json:"own,omitzero"`
}

// UnitMinutes is the biên bản of the unit's own council (Plan III.3, third part).
type UnitMinutes struct {
	Number, Date, Place, Chair, Secretary, Members, Present, Absent form.Value
	Own                                                             form.Own `json:"own,omitzero"`
}

// UnitVote is the unit council's vote on one nominee.
type UnitVote struct {
	Kind, Name, Agree, Disagree, Note form.Value
	Own                               form.Own `json:"own,omitzero"`
}

// NominatedCollective is a collective's line in the danh sách trích ngang (Plan III.3, fourth part;
// standards of III.2.1).
type NominatedCollective struct {
	Name, Size, Grade, Party                      form.Value
	Union, Youth, Women, Farmers, Veterans, Front form.Value
	IndexScore, IndexBand, Discipline             form.Value
	Summary, Award, Note                          form.Value
	Own                                           form.Own `json:"own,omitzero"`
}

// NominatedPerson is a person's line in the danh sách trích ngang (Plan III.3, fourth part;
// standards of III.2.2).
type NominatedPerson struct {
	Title, Name, Born, Sex, Position, Department, Role form.Value
	Grade, IndexBand, Initiative, Discipline           form.Value
	Summary, Award, Note                               form.Value
	Own                                                form.Own `json:"own,omitzero"`
}

// The kinds of a nominee as forms write them.
const (
	KindCollective = "Tập thể"
	KindIndividual = "Cá nhân"
)

var nomineeKinds = []string{KindCollective, KindIndividual}

// KindTitle is a kind of nominee as forms write it.
func KindTitle(kind plan.NomineeKind) string {
	if kind == plan.Individual {
		return KindIndividual
	}
	return KindCollective
}

// DossierForm declares the dossier workbook.
var DossierForm = declare("ho-so", func() any { return &Dossier{} }, checkDossier)
