package ooxml

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"time"

	"thidua/templates/grid"
)

// cellType is how a cell's value is written (ST_CellType, ECMA-376 part 1, 18.18.11).
type cellType uint8

const (
	asNumber cellType = iota
	asShared
	asFormula // the text a formula gave
	asInline
	asBool
	asError
	asDate // ISO 8601, Strict only
)

// cellIn is a cell while it is read.
type cellIn struct {
	grid.Cell
	as    cellType
	style int
}

// cell reads the content of the cell just started.
func (rd *sheetReader) cell(c *cellIn) *Refusal {
	s := &rd.scan
	rd.text = rd.text[:0]
	value, inline, font := false, false, cellFont{}
	ref := s.elements("text beside a cell's value", func() (ref *Refusal) {
		switch {
		case s.is("v") && c.as == asInline &&
			inline: // the type says which of the two counts (ECMA-376 part 1, 18.3.1.4)
			ref = s.skip()
		case s.is("v") && !value && !inline:
			value = true
			rd.text, ref = rd.content(rd.text)
		case s.is("is") && !inline && (!value || c.as == asInline):
			value, inline, rd.text = false, true, rd.text[:0]
			if c.as == asNumber {
				c.as = asInline // some producers forget the type
			}
			rd.text, font, ref = rd.richText(rd.text)
		case s.is("v"), s.is("is"):
			ref = refuse(Ambiguous, "two values in one cell")
		case s.is("f"):
			c.Formula = true
			ref = s.skip()
		case s.is("extLst"):
			ref = s.skip()
		default:
			ref = refuse(BadStructure, "an unknown element in a cell")
		}
		return ref
	})
	if ref != nil || !value && !inline && !c.Formula {
		return ref
	}
	return rd.cellValue(c, value || inline, font)
}

// cellValue turns the text read into the cell's value. An empty value leaves the cell blank.
func (rd *sheetReader) cellValue(c *cellIn, given bool, font cellFont) (ref *Refusal) {
	format := rd.styles.at(c.style)
	c.Font, c.Struck = format.font.name, format.font.struck
	v := rd.text
	switch c.as {
	case asInline, asFormula:
		c.NoCache = c.Formula && !given
		if v = unescape(v); len(v) == 0 {
			return nil
		}
		c.Kind = grid.Text
		c.Text, ref = rd.keep(v)
		c.setFont(font)
		return ref
	}
	v = bytes.TrimSpace(v)
	if len(v) == 0 {
		c.NoCache = c.Formula
		return nil
	}
	switch c.as {
	case asShared:
		n, ok := number(v)
		if !ok || n >= len(rd.shared) {
			return refuse(BadStrings, "")
		}
		if c.Text = rd.shared[n].text; c.Text == "" {
			return nil
		}
		c.Kind = grid.Text
		c.setFont(cellFont{name: rd.shared[n].font})
		if len(rd.struck) > 0 {
			_, struck := slices.BinarySearch(rd.struck, n)
			c.Struck = c.Struck || struck
		}
	case asBool:
		c.Kind = grid.Bool
		switch string(v) {
		case "1", "true":
			c.Text = "1"
		case "0", "false":
			c.Text = "0"
		default:
			return refuse(BadValue, "neither true nor false")
		}
	case asError:
		c.Kind = grid.Error
		c.Text, ref = rd.keep(v)
	case asDate:
		serial, ok := isoSerial(string(v), rd.wb.Date1904)
		if !ok {
			return refuse(BadValue, "no date")
		}
		c.Kind, c.Number, c.Date = grid.Number, serial, true
		c.Text, ref = rd.keep(strconv.AppendFloat(rd.text[:0], serial, 'f', -1, 64))
	default:
		ref = rd.number(c, v)
		c.Date, c.Percent, c.Format = format.is == date, format.is == percent, format.shape
	}
	return ref
}

// setFont gives a cell the font of its words, where they have one of their own.
func (c *cellIn) setFont(font cellFont) {
	if font.name != "" {
		c.Font = font.name
	}
	c.Struck = c.Struck || font.struck
}

// number reads an xsd:double, except for the infinities and NaN, which no spreadsheet program
// writes.
func (rd *sheetReader) number(c *cellIn, v []byte) (ref *Refusal) {
	c.Kind = grid.Number
	if n, ok := number(v); ok && (v[0] != '0' || len(v) == 1) {
		c.Number = float64(n)
		c.Text, ref = rd.keep(v)
		return ref
	}
	clean := true // as a person would write it: nothing to normalise
	digits := 0
	for i, b := range v {
		switch {
		case b >= '0' && b <= '9':
			digits++
		case b == '.':
			clean = clean && digits > 0 && i < len(v)-1
		case b == '-' && i == 0:
		case b == '-', b == '+', b == 'e', b == 'E':
			clean = false
		default:
			return refuse(BadValue, "not a number")
		}
	}
	text, ref := rd.keep(v)
	if ref != nil {
		return ref
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		return refuse(BadValue, "not a number")
	}
	c.Number, c.Text = f, text
	if !clean || digits > 15 || v[0] == '0' || v[0] == '-' || v[len(v)-1] == '0' {
		c.Text, ref = rd.keep(shortest(rd.text[:0], f, v))
	}
	return ref
}

// shortest writes a number with the fewest digits that still give the same number: 8.1 for
// 8.0999999999999996. Whole numbers keep all the digits of the file, which may be more than a
// number holds: identity numbers are not rounded.
func shortest(dst []byte, f float64, v []byte) []byte {
	whole := bytes.TrimPrefix(v, []byte("-"))
	if len(bytes.Trim(whole, "0123456789")) == 0 && (whole[0] != '0' || len(whole) == 1) && f != 0 {
		return v
	}
	if f == 0 {
		return append(dst, '0')
	}
	if a := math.Abs(f); a < 1e-9 || a >= 1e21 {
		return strconv.AppendFloat(dst, f, 'E', -1, 64)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

// isoSerial turns an ISO 8601 date, time or both into the serial number of the workbook's calendar.
func isoSerial(s string, date1904 bool) (float64, bool) {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999",
		"2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
			days := t.Sub(epoch).Hours() / 24
			return days, days >= 0
		}
	}
	if t, err := time.Parse("15:04:05.999999999", s); err == nil {
		return t.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)).Hours() / 24, true
	}
	return 0, false
}
