package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"thidua/templates/form"
	"thidua/templates/grid"
)

// The identity markers of every workbook we send: a custom property, a defined name pointing at a cell of a hidden sheet, and the
// headers themselves. Any one of them is enough to recognise the form.
const (
	stampProperty = "thidua.form"
	stampName     = "THIDUA_FORM"
	stampSheet    = "_thidua"
	blockPrefix   = "THIDUA_BLOCK_"
)

func stampText(s form.Stamp) string {
	return fmt.Sprintf("%s/%d/%s/%s", s.Form, s.Version, s.Period, s.Unit)
}

func parseStamp(text string) (form.Stamp, bool) {
	p := strings.Split(strings.TrimSpace(text), "/")
	if len(p) != 4 {
		return form.Stamp{}, false
	}
	version, err := strconv.Atoi(p[1])
	if err != nil || p[0] == "" || version < 1 {
		return form.Stamp{}, false
	}
	return form.Stamp{Form: p[0], Version: version, Period: p[2], Unit: p[3]}, true
}

// stampOf reads the markers of a workbook, the property before the name.
func stampOf(w *grid.Workbook) (form.Stamp, bool) {
	if s, ok := parseStamp(w.Property(stampProperty)); ok {
		return s, true
	}
	for _, n := range w.Names {
		if n.Name == stampName {
			if sheet, col, row, ok := target(w, n.Refers); ok {
				return parseStamp(sheet.At(row, col).Text)
			}
		}
	}
	return form.Stamp{}, false
}

// target resolves a reference such as 'CÁ NHÂN'!$B$9 or 'CÁ NHÂN'!$B$9:$L$9 to its first cell.
func target(w *grid.Workbook, refers string) (sheet *grid.Sheet, col, row int, ok bool) {
	i := strings.LastIndex(refers, "!")
	if i < 0 {
		return nil, 0, 0, false
	}
	name := strings.TrimPrefix(refers[:i], "=")
	if n := len(name); n >= 2 && name[0] == '\'' && name[n-1] == '\'' {
		name = strings.ReplaceAll(name[1:n-1], "''", "'")
	}
	first, _, _ := strings.Cut(refers[i+1:], ":")
	col, row, ok = grid.ParseRef(first)
	sheet = w.Sheet(name)
	return sheet, col, row, ok && sheet != nil
}

// Identify tells which of the forms a workbook is: by its markers, unless another form's headers fit much better; by its headers when
// there are no markers. ok is false when no form fits.
func Identify(w *grid.Workbook, forms []*form.Form) (f *form.Form, stamp form.Stamp, ok bool) {
	const enough = 0.6
	heads := headersOf(w)
	stamp, _ = stampOf(w)
	stamped := 0.0
	for _, candidate := range forms {
		if candidate.ID == stamp.Form {
			f, stamped = candidate, locate(candidate, w, heads).share()
		}
	}
	if stamped >= enough { // the usual case: our own workbook, whole
		return f, stamp, true
	}
	var best *form.Form
	bestShare := 0.0
	for _, candidate := range forms {
		if share := locate(candidate, w, heads).share(); share > bestShare {
			best, bestShare = candidate, share
		}
	}
	switch {
	case f != nil && bestShare < enough: // a form with its markers and half its sheets gone is still that form
		return f, stamp, stamped > 0
	case best != nil && bestShare >= enough:
		if stamp.Form != best.ID {
			stamp = form.Stamp{}
		}
		return best, stamp, true
	}
	return nil, stamp, false
}
