package ooxml

import (
	"bytes"

	"thidua/templates/grid"
)

// styles is what the cell formats tell about values: date, percent, font.
type styles struct {
	formats []numberFormat
	fonts   []cellFont
	xfs     []cellFormat
}

// maxFormats bounds the number formats, which are searched one by one. Excel itself stops at about
// 250.
const maxFormats = 4_096

type numberFormat struct {
	id    int
	is    formatKind
	shape uint8 // as grid.Cell.Format
}

// formatKind is what a number format shows.
type formatKind uint8

const (
	plain formatKind = iota
	date
	percent
)

type cellFormat struct {
	is    formatKind
	shape uint8
	font  cellFont
}

// cellFont is what a font tells: its name, and whether it strikes words through.
type cellFont struct {
	name   string
	struck bool
}

func (st *styles) release() {
	clear(st.fonts)
	clear(st.xfs)
	st.formats, st.fonts, st.xfs = st.formats[:0], st.fonts[:0], st.xfs[:0]
}

// at returns the cell format of a number; a number that is not in the table formats nothing.
func (st *styles) at(n int) cellFormat {
	if n < 0 || n >= len(st.xfs) {
		return cellFormat{}
	}
	return st.xfs[n]
}

// stylesElement reads one child of <styleSheet>. Number formats and fonts come before the cell
// formats that use them (the schema's order).
func (rd *textReader) stylesElement() *Refusal {
	s, st := &rd.scan, &rd.styles
	switch {
	case s.is("numFmts"):
		return s.inside(func() *Refusal {
			if s.is("numFmt") {
				if len(st.formats) >= min(rd.lim.Styles, maxFormats) {
					return refuse(TooBig, "styles")
				}
				if id, ok := number(rd.value("numFmtId")); ok {
					is, shape := judgeFormat(rd.value("formatCode"))
					st.formats = append(st.formats, numberFormat{id, is, shape})
				}
			}
			return s.skip()
		})
	case s.is("fonts"):
		return s.inside(rd.fontElement)
	case s.is("cellXfs"):
		return s.inside(func() *Refusal {
			if !s.is("xf") {
				return s.skip()
			}
			if len(st.xfs) >= rd.lim.Styles {
				return refuse(TooBig, "styles")
			}
			var f cellFormat
			if id, ok := number(rd.value("numFmtId")); ok {
				f.is, f.shape = st.format(id)
			}
			if n, ok := number(rd.value("fontId")); ok && n < len(st.fonts) {
				f.font = st.fonts[n]
			}
			st.xfs = append(st.xfs, f)
			return s.skip()
		})
	}
	return s.skip()
}

func (rd *textReader) fontElement() *Refusal {
	s, st := &rd.scan, &rd.styles
	if !s.is("font") {
		return s.skip()
	}
	if len(st.fonts) >= rd.lim.Styles {
		return refuse(TooBig, "styles")
	}
	st.fonts = append(st.fonts, cellFont{})
	return rd.fontOf(&st.fonts[len(st.fonts)-1], "name")
}

// on reads a switch such as <strike/> or <strike val="0"/> (CT_BooleanProperty: on when it says
// nothing).
func (rd *textReader) on() bool {
	v := rd.value("val")
	return v == nil || isTrue(v)
}

// font keeps a font's name, once for the fonts that most files have few of.
func (rd *textReader) font(name []byte) (string, *Refusal) {
	for i := range rd.styles.fonts[:min(len(rd.styles.fonts), 64)] {
		if f := rd.styles.fonts[i].name; f == string(name) {
			return f, nil
		}
	}
	return rd.keep(name)
}

// format finds a number format, the file's own before the built-in ones (ECMA-376 part 1, 18.8.30,
// with the East Asian date formats).
func (st *styles) format(id int) (formatKind, uint8) {
	for i := range st.formats {
		if st.formats[i].id == id {
			return st.formats[i].is, st.formats[i].shape
		}
	}
	switch {
	case id == 9 || id == 10:
		return percent, 0
	case id == 16:
		return date, grid.DayMonth
	case id == 17:
		return date, grid.MonthYear
	case id >= 18 && id <= 21, id >= 45 && id <= 47:
		return date, grid.TimeOnly
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return date, 0
	}
	return plain, 0
}

// judgeFormat says what a format code shows: its kind, and as grid.Cell.Format which parts of a
// date or how many digits. Quoted, escaped and bracketed pieces are no codes, except elapsed time
// such as [h]. Only the first section counts, which is that of positive numbers.
func judgeFormat(code []byte) (kind formatKind, shape uint8) {
	if string(code) == "General" {
		return plain, 0
	}
	day, month, year, time, zeros, places := false, false, false, false, 0, false
scan:
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == ';' && kind != plain, code[i] == ';' && zeros > 0:
			break scan
		case code[i] == '"':
			n := bytes.IndexByte(code[i+1:], '"')
			if n < 0 {
				break scan
			}
			i += n + 1
		case code[i] == '\\', code[i] == '_', code[i] == '*':
			i++
		case code[i] == '[':
			n := bytes.IndexByte(code[i:], ']')
			if n < 0 {
				break scan
			}
			if isElapsedTime(code[i+1 : i+n]) {
				kind, time = date, true
			}
			i += n
		case code[i] >= 'A' && (c == 'd' || c == 'm' || c == 'y' || c == 'h' || c == 's'):
			kind = date
			day, month, year = day || c == 'd', month || c == 'm', year || c == 'y'
			time = time || c == 'h' || c == 's'
		case code[i] == '%' && kind == plain:
			kind = percent
		case code[i] == '0' && !places:
			zeros++
		case code[i] == '.', code[i] == ',', code[i] == '#', code[i] == 'E':
			places = true
		}
	}
	switch {
	case kind == date && time && !day && !year:
		return date, grid.TimeOnly
	case kind == date && day && month && !year:
		return date, grid.DayMonth
	case kind == date && month && year && !day:
		return date, grid.MonthYear
	case kind == plain && zeros > 1 && zeros <= 20 && !places:
		return plain, uint8(zeros)
	}
	return kind, 0
}

// isElapsedTime says whether the inside of brackets is a code of elapsed time: h, hh, m, mm, s or
// ss.
func isElapsedTime(code []byte) bool {
	if len(code) == 0 || len(code) > 2 || code[0]|0x20 != code[len(code)-1]|0x20 {
		return false
	}
	c := code[0] | 0x20
	return c == 'h' || c == 'm' || c == 's'
}

// number reads a plain non-negative decimal number that is small enough to index something.
func number(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
