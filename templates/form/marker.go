package form

import (
	"fmt"
	"strconv"
	"strings"

	"thidua/templates/wording"
)

// The identity markers of every workbook we send: a custom property, a defined name pointing at a
// cell of a hidden sheet, one name for each block, and the headers themselves. Any one of them is
// enough to recognise the form.
const (
	StampProperty = "thidua.form"
	StampName     = "THIDUA_FORM"
	StampSheet    = "_thidua"
	BlockPrefix   = "THIDUA_BLOCK_"
)

// The names of the sheets that hold nothing of a form itself.
var (
	GuideSheet  = wording.Text("form.sheet.guide")
	ListSheet   = wording.Text("form.sheet.lists")
	ResultSheet = wording.Text("form.sheet.result")
)

// ResultColumns is how many columns of the sheet of results are printed.
const ResultColumns = 9

// String is the stamp as a workbook bears it; ParseStamp reads it back.
func (s Stamp) String() string {
	text := fmt.Sprintf("%s/%d/%s/%s", s.Form, s.Version, s.Period, s.Unit)
	if s.Code != "" {
		text += fmt.Sprintf("/%d/%s", s.Issue, s.Code)
	}
	return text
}

// ParseStamp reads a stamp back.
func ParseStamp(text string) (Stamp, bool) {
	p := strings.Split(strings.TrimSpace(text), "/")
	if len(p) != 4 && len(p) != 6 { // without a code, and with one
		return Stamp{}, false
	}
	version, err := strconv.Atoi(p[1])
	if err != nil || p[0] == "" || version < 1 {
		return Stamp{}, false
	}
	s := Stamp{Form: p[0], Version: version, Period: p[2], Unit: p[3]}
	if len(p) == 6 {
		s.Code = p[5]
		if s.Issue, err = strconv.Atoi(p[4]); err != nil {
			return Stamp{}, false
		}
	}
	return s, true
}
