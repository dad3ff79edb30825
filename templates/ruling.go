package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Rulings are what the standing office decides otherwise than the rules alone would have it (Plan
// IV.1): a day of receipt, a longer deadline, a check that is waived, and rulings taken back. Each
// line is carried out by itself when the mail is taken in.
type Rulings struct {
	Head    RulingsHead
	Days    []DayRuling
	Waivers []WaiverRuling
	Ends    []RulingEnd
}

// RulingsHead is who decides, and by which paper.
type RulingsHead struct {
	Year, Person, Number, Date, Note form.Value
	Own                              form.Own `json:"own,omitzero"`
}

// DayRuling is about the day of a unit's paper.
type DayRuling struct {
	Unit, Paper, Kind, Day, Reason form.Value
	Own                            form.Own `json:"own,omitzero"`
}

// WaiverRuling is about one check of one nominee.
type WaiverRuling struct {
	Unit, Nominee, Paper, Criterion, Reason form.Value
	Own                                     form.Own `json:"own,omitzero"`
}

// RulingEnd takes a ruling back.
type RulingEnd struct {
	ID, Reason form.Value
	Own        form.Own `json:"own,omitzero"`
}

// The papers and the kinds that lines of a ruling choose from.
const (
	PaperRegistration = "Đăng ký thi đua"
	PaperDossier      = "Hồ sơ năm"
	PaperStage        = "Hồ sơ giai đoạn"

	RulingReceipt   = "Công nhận ngày nhận"
	RulingExtension = "Gia hạn đến ngày"
)

// RulingsForm declares the office's rulings.
var RulingsForm = declare("xu-ly", func() any { return &Rulings{} }, nil)

// NewRulings returns the form of rulings with the year filled in.
func NewRulings(period plan.Period) *Rulings {
	return &Rulings{Head: RulingsHead{Year: form.OfInt(period.To.Year)}}
}
