package document

import "fmt"

// Certificate is one award certificate (Giấy khen) on a landscape page of its own.
// The order of the lines follows Nghị định 85/2014/NĐ-CP as practised for Giấy khen.
type Certificate struct {
	Authority   string   // "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ THÁI NGUYÊN"
	Act         string   // "TẶNG"
	Award       string   // "GIẤY KHEN"
	Recipient   string   // "Bà Nguyễn Thị A"
	Position    string   // post and unit; may be empty
	Achievement []string // what it is given for, one or two lines
	Decision    string   // "Quyết định số: …/QĐ-UBND ngày …"
	Register    string   // "Vào sổ khen thưởng số: …"
	PlaceDate   string
	Signature   Signature
	// Spots say where the PDF prints which line; none means the usual places. Word and workbooks
	// follow the flow of the text.
	Spots []Spot
	Bare  bool // no border: the blank has one
	Grid  bool // a page for fitting the printer: a ruler in millimetres and a frame around each field
}

// CertLine names a line of a certificate.
type CertLine string

// The lines of a certificate.
const (
	LineCountry     CertLine = "country"
	LineMotto       CertLine = "motto"
	LineAuthority   CertLine = "authority"
	LineAct         CertLine = "act"
	LineAward       CertLine = "award"
	LineRecipient   CertLine = "recipient"
	LinePosition    CertLine = "position"
	LineAchievement CertLine = "achievement"
	LinePlaceDate   CertLine = "place-date"
	LineCapacity    CertLine = "capacity"
	LineSigner      CertLine = "signer"
	LineDecision    CertLine = "decision"
	LineRegister    CertLine = "register"
)

// Spot is the place of a line: millimetres from the upper left corner of the sheet, type in points.
// The type shrinks until the text fits into the lines.
type Spot struct {
	Field             CertLine
	Label             string // its name and place on the page for fitting the printer
	X, Y, Width, Size float64
	Lines             int // 0 means 1
	Align             Align
	Bold, Italic, Red bool
}

// Text is what stands at a field, line by line.
func (c Certificate) Text(f CertLine) []string {
	one := func(s string) []string {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	switch f {
	case LineCountry:
		return one(Country)
	case LineMotto:
		return one(Motto)
	case LineAuthority:
		return one(c.Authority)
	case LineAct:
		return one(c.Act)
	case LineAward:
		return one(c.Award)
	case LineRecipient:
		return one(c.Recipient)
	case LinePosition:
		return one(c.Position)
	case LineAchievement:
		return c.Achievement
	case LinePlaceDate:
		return one(c.PlaceDate)
	case LineCapacity:
		return append(append([]string{}, c.Signature.Capacity...), one(c.Signature.Note)...)
	case LineSigner:
		return one(c.Signature.Name)
	case LineDecision:
		return one(c.Decision)
	case LineRegister:
		return one(c.Register)
	}
	return nil
}

// usualSpots are the places of a full page.
var usualSpots = []Spot{
	{Field: LineCountry, X: 28.5, Y: 23, Width: 240, Size: 14, Align: Center, Bold: true},
	{Field: LineMotto, X: 28.5, Y: 30, Width: 240, Size: 14, Align: Center, Bold: true},
	{Field: LineAuthority, X: 26, Y: 46, Width: 245, Size: 17, Lines: 2, Align: Center, Bold: true, Red: true},
	{Field: LineAct, X: 28.5, Y: 58, Width: 240, Size: 16, Align: Center, Bold: true},
	{Field: LineAward, X: 28.5, Y: 66, Width: 240, Size: 38, Align: Center, Bold: true, Red: true},
	{Field: LineRecipient, X: 28.5, Y: 90, Width: 240, Size: 22, Lines: 2, Align: Center, Bold: true},
	{Field: LinePosition, X: 31, Y: 109, Width: 235, Size: 15, Lines: 2, Align: Center},
	{Field: LineAchievement, X: 31, Y: 122, Width: 235, Size: 15, Lines: 2, Align: Center},
	{Field: LinePlaceDate, X: 163.5, Y: 139, Width: 113.5, Size: 14, Align: Center, Italic: true},
	{Field: LineCapacity, X: 163.5, Y: 146, Width: 113.5, Size: 14, Lines: 2, Align: Center, Bold: true},
	{Field: LineSigner, X: 163.5, Y: 186, Width: 113.5, Size: 14, Align: Center, Bold: true},
	{Field: LineDecision, X: 24, Y: 178, Width: 120, Size: 12, Align: Left, Italic: true},
	{Field: LineRegister, X: 24, Y: 185, Width: 120, Size: 12, Align: Left, Italic: true},
}

// Layout is where everything stands.
func (c Certificate) Layout() []Spot {
	if len(c.Spots) == 0 {
		return usualSpots
	}
	return c.Spots
}

func (c Certificate) texts(yield func(string)) {
	for _, f := range []CertLine{LineCountry, LineMotto, LineAuthority, LineAct, LineAward, LineRecipient, LinePosition,
		LineAchievement, LinePlaceDate, LineCapacity,
		LineDecision, LineRegister, LineSigner} {
		for _, s := range c.Text(f) {
			yield(s)
		}
	}
}

func (c Certificate) check() error {
	for _, s := range c.Spots {
		if !finite(s.X) || !finite(s.Y) || s.Width <= 0 || s.Size <= 0 {
			return fmt.Errorf("field %s of the certificate stands at %+v", s.Field, s)
		}
	}
	return nil
}
