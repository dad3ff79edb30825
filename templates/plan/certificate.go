package plan

import (
	"fmt"

	"thidua/templates/calendar"
)

// Certificate is how a giấy khen is printed: as a full page, or its texts alone on pre-printed
// blanks.
type Certificate struct {
	Preprinted bool `yaml:"preprinted,omitempty"` // print only the fields that the blank does not carry
	// moves every field, in mm to the right, until the printer fits the blank
	ShiftX float64     `yaml:"shift-x,omitempty"`
	ShiftY float64     `yaml:"shift-y,omitempty"` // in mm downwards
	Fields []CertField `yaml:"fields"`
	Mark   `yaml:",inline"`
}

// CertField is one field of a certificate: where its text stands and how it looks.
type CertField struct {
	Field   string  `yaml:"field"` // one of CertFields
	X       float64 `yaml:"x"`     // mm from the left edge of the sheet to the left edge of the field
	Y       float64 `yaml:"y"`     // mm from the upper edge to the upper edge of its first line
	Width   float64 `yaml:"width"` // mm; a text is made smaller until it fits
	Size    float64 `yaml:"size"`  // points
	Lines   int     `yaml:"lines,omitempty"`
	Align   string  `yaml:"align,omitempty"` // "left", "center" (when blank) or "right"
	Bold    bool    `yaml:"bold,omitempty"`
	Italic  bool    `yaml:"italic,omitempty"`
	Red     bool    `yaml:"red,omitempty"`
	Printed bool    `yaml:"printed,omitempty"` // the pre-printed blank carries it already
}

// The fields of a certificate, in the order of Nghị định 85/2014/NĐ-CP as practised.
const (
	CertCountry     = "country"
	CertMotto       = "motto"
	CertAuthority   = "authority"
	CertAct         = "act"
	CertAward       = "award"
	CertRecipient   = "recipient"
	CertPosition    = "position"
	CertAchievement = "achievement"
	CertPlaceDate   = "place-date"
	CertCapacity    = "capacity"
	CertSigner      = "signer"
	CertDecision    = "decision"
	CertRegister    = "register"
)

// CertFields are all fields a certificate may have, in order.
func CertFields() []string {
	return []string{CertCountry, CertMotto, CertAuthority, CertAct, CertAward, CertRecipient, CertPosition,
		CertAchievement, CertPlaceDate, CertCapacity,
		CertSigner, CertDecision, CertRegister}
}

// Prize is the money that comes with an award (Nghị định 91/2017/NĐ-CP, Điều 73): a share of the
// base salary, rounded.
type Prize struct {
	Pay        bool     `yaml:"pay"`        // false: no paper names money
	Individual int      `yaml:"individual"` // hundredths of the base salary, 30 for 0,3
	Collective int      `yaml:"collective"` // likewise
	Round      int      `yaml:"round"`      // đồng to which a sum is rounded, 10000
	Fund       string   `yaml:"fund"`       // whence the money comes
	Salaries   []Salary `yaml:"salaries"`
	Mark       `yaml:",inline"`
}

// Salary is the base salary from a day on.
type Salary struct {
	From calendar.Date `yaml:"from"`
	Dong int           `yaml:"dong"`
}

// Amount is the prize for one nominee by a decision of that day, in đồng, half rounded up; 0 when
// nothing is paid or no base salary was in force.
func (z Prize) Amount(kind NomineeKind, day calendar.Date) int {
	base := 0
	for _, s := range z.Salaries {
		if !day.Before(s.From) {
			base = s.Dong
		}
	}
	if !z.Pay || z.Round < 1 {
		return 0
	}
	share := z.Individual
	if kind == Collective {
		share = z.Collective
	}
	return (base*share + 50*z.Round) / (100 * z.Round) * z.Round
}

// certificate checks the layout and the prize.
func (l *linter) certificate() {
	const wide, high = 297, 210
	c := l.p.Certificate
	l.at(filePlan, "certificate", "certificate")
	l.mark(c.Mark)
	checkUnique(l, filePlan, "certificate.fields", "field", c.Fields, func(f CertField) string { return f.Field })
	for i, f := range c.Fields {
		l.at(filePlan, "certificate/"+f.Field, nth("certificate.fields", i))
		checkKnown(l, "field", f.Field, CertFields()...)
		checkKnown(l, "align", f.Align, "", "left", "center", "right")
		l.checkRange("x", f.X, 0, wide)
		l.checkRange("y", f.Y, 0, high)
		l.checkRange("width", f.Width, 5, wide)
		l.checkRange("size", f.Size, 6, 72)
		l.checkRange("lines", float64(f.Lines), 0, 6)
	}
	l.at(filePlan, "prize", "prize")
	l.mark(l.p.Prize.Mark)
	if l.p.Prize.Pay {
		l.checkRange("round", float64(l.p.Prize.Round), 1, 1e6)
		l.checkRange("individual", float64(l.p.Prize.Individual), 0, 1000)
		l.checkRange("collective", float64(l.p.Prize.Collective), 0, 1000)
	}
	for i, s := range l.p.Prize.Salaries {
		l.at(filePlan, fmt.Sprint("prize/", s.From), nth("prize.salaries", i))
		l.day("from", s.From)
		l.checkRange("dong", float64(s.Dong), 1, 1e9)
	}
}

// checkRange notes a number outside its limits.
func (l *linter) checkRange(field string, v, lo, hi float64) {
	if v < lo || v > hi || v != v {
		l.add("number", "field", field, "read", v, "want", fmt.Sprintf("%g – %g", lo, hi))
	}
}
