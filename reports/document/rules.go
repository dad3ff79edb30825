package document

import "time"

// Rules are the rules of layout in force on the day of a paper.
type Rules int

// The rules this program knows. They ask for the same sizes and margins; they differ in the place
// of the page number and in how the last line of the legal grounds ends.
const (
	// Nghị định 30/2020/NĐ-CP, in force from 05/3/2020: number on top in the middle, the last
	// ground ends with "."
	Decree30 Rules = iota
	// Thông tư 01/2011/TT-BNV, before it: number at the foot on the right, the last ground ends
	// with ","
	Circular01
)

// RulesOn returns the rules in force on a day; the zero time has today's.
func RulesOn(day time.Time) Rules {
	if !day.IsZero() && day.Before(time.Date(2020, 3, 5, 0, 0, 0, 0, time.FixedZone("", 7*60*60))) {
		return Circular01
	}
	return Decree30
}

// Rules are those in force on the document's Date.
func (d Document) Rules() Rules { return RulesOn(d.Date) }

// NumberAtFoot reports whether the page number stands at the foot of the page, on the right.
func (r Rules) NumberAtFoot() bool { return r == Circular01 }

// LastGround is the mark that ends the last of the legal grounds.
func (r Rules) LastGround() string {
	if r == Circular01 {
		return ","
	}
	return "."
}
