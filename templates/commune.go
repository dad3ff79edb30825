package templates

import (
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// CommuneAwards is a commune's report on the awards its chairman gave in a year (Plan III.1.3).
type CommuneAwards struct {
	Unit   ReportHead `form:"head"`
	Awards []CommuneAward
}

// CommuneAward is one award of a commune's chairman.
type CommuneAward struct {
	Kind, Title, Name, Position, Sex     form.Value
	Award, Decision, Date, Result, Bonus form.Value
	Note                                 form.Value
	Own                                  form.Own `json:"own,omitzero"`
}

// CommuneAwardsForm declares the report on awards at commune level.
var CommuneAwardsForm = declare("khen-cap-xa", func() any { return &CommuneAwards{} }, checkCommuneAwards)

// checkCommuneAwards reports a name that stands twice under one decision; two decisions are two
// awards.
func checkCommuneAwards(value any, c form.Context) []finding.Finding {
	var out []finding.Finding
	seen := map[string]form.Value{}
	for _, a := range value.(*CommuneAwards).Awards {
		if !a.Name.Given() {
			continue
		}
		key := strings.Join([]string{a.Kind.Text, NameKey(a.Kind.Text, a.Name.Text), viet.NameKey(a.Position.Text),
			viet.Fold(a.Decision.Text)}, "\x00")
		if first, ok := seen[key]; ok {
			out = append(out, finding.New(finding.Twice, at(a.Name), "name", a.Name.Text, "read", place(first),
				"clause", "III.1.3"))
			continue
		}
		seen[key] = a.Name
	}
	return out
}

// NewCommuneAwards returns a report on awards at commune level with who reports and for which year.
func NewCommuneAwards(period plan.Period, u plan.Unit) *CommuneAwards {
	return &CommuneAwards{Unit: newReportHead(period, u)}
}
