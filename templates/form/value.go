package form

import (
	"math"
	"strconv"

	"thidua/templates/calendar"
)

// Ref is where a value stands: a sheet and an address such as "B7". The zero Ref means "nowhere in
// a file".
type Ref struct {
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
}

// Value is one field of a form as read from a file, or to be written into one.
//
// Text is the canonical reading, the same for every way people type it: text in NFC with single
// spaces, a choice as its list writes it, a number with a decimal point ("85.5"), a date in ISO
// ("1980-03-05"; "1980" when only the year was given), yes/no as Yes or No. Raw is what the sender
// typed where that differs. A Value with Bad set was typed but not understood: its Text is empty
// and it is never used as a fact.
type Value struct {
	Text string `json:"v,omitempty"`
	Raw  string `json:"raw,omitempty"`
	At   Ref    `json:"at,omitzero"`
	Bad  bool   `json:"bad,omitempty"`
}

// The canonical texts of a yes/no field.
const (
	Yes = "Có"
	No  = "Không"
)

// A person's sex, as forms write it.
const (
	Male   = "Nam"
	Female = "Nữ"
)

// Of makes a Value to be written into a workbook.
func Of(text string) Value { return Value{Text: text} }

// OfInt makes a whole-number Value.
func OfInt(n int) Value { return Value{Text: strconv.Itoa(n)} }

// OfNumber makes a numeric Value with the shortest exact decimal text.
func OfNumber(x float64) Value { return Value{Text: strconv.FormatFloat(x, 'f', -1, 64)} }

// OfDate makes a date Value.
func OfDate(d calendar.Date) Value {
	if d.IsZero() {
		return Value{}
	}
	return Value{Text: d.String()}
}

// Given reports whether something readable was given.
func (v Value) Given() bool { return v.Text != "" && !v.Bad }

// Typed is what the sender sees in the cell: Raw where kept, otherwise Text.
func (v Value) Typed() string {
	if v.Raw != "" {
		return v.Raw
	}
	return v.Text
}

// Number returns the value of a number or int field.
func (v Value) Number() (float64, bool) {
	if !v.Given() {
		return 0, false
	}
	x, err := strconv.ParseFloat(v.Text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, false
	}
	return x, true
}

// Int returns the value of an int or year field.
func (v Value) Int() (int, bool) {
	x, ok := v.Number()
	if !ok || x != math.Trunc(x) || math.Abs(x) > 1e15 {
		return 0, false
	}
	return int(x), true
}

// Date returns the value of a date field; it may be partial (a year only).
func (v Value) Date() (calendar.Date, bool) {
	if !v.Given() {
		return calendar.Date{}, false
	}
	d, err := calendar.ParseISO(v.Text)
	return d, err == nil
}
