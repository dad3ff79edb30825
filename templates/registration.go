package templates

import "thidua/templates/form"

// Registration is a unit's registration for the movement (Plan III.4, first part; contents of
// II.2).
type Registration struct {
	Unit        UnitSheet
	Targets     []Target
	Collectives []RegisteredCollective
	Individuals []RegisteredPerson
}

// UnitSheet is what a unit says of itself.
type UnitSheet struct {
	Name, Code, Group, Email         form.Value
	Preparer, Phone, Head, HeadTitle form.Value
	Number, Date, Year               form.Value
	Staff, Women, Reformers          form.Value
	// the unit's own plan: number and date, or sent as a file (Plan IV.3)
	PlanIssue form.Value `form:"plan"`
	PlanFile  form.Value
	Own       form.Own `json:"own,omitzero"`
}

// Target is one goal of a unit under the contents of emulation (Plan II.2).
type Target struct {
	Content, Goal, Measure, Due, Note form.Value
	Own                               form.Own `json:"own,omitzero"`
}

// RegisteredCollective is a collective registered for an award.
type RegisteredCollective struct {
	Name, Leader, Size, Award, Solution, Note form.Value
	Own                                       form.Own `json:"own,omitzero"`
}

// RegisteredPerson is a person registered for an award.
type RegisteredPerson struct {
	Title, Name, Born, Sex, Position, Department, Role, Solution, Award, Note form.Value
	Own                                                                       form.Own `json:"own,omitzero"`
}

// Awards that a unit may register or propose for (Plan III.1).
const (
	CityAward     = "Giấy khen của Chủ tịch UBND thành phố"
	ProvinceAward = "Đề nghị khen thưởng cấp tỉnh"
)

var (
	honorifics = []string{"Ông", "Bà"}
	sexes      = []string{form.Male, form.Female}
)

// RegistrationForm declares the registration workbook.
var RegistrationForm = declare("dang-ky", func() any { return &Registration{} }, checkRegistration)
