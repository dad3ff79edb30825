// Package finding is what the program tells a unit about its file: one finding for one fault, with
// where it is, what was read, what is wanted, on which clause that rests and how to put it right.
//
// A code and a place go in; a Finding with finished Vietnamese text comes out. A finding is about
// other people's input; trouble of our own is an error and never becomes a finding. The package
// decides nothing: it does not read files and does not judge nominees.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Code names a kind of finding, such as "F204". Codes are stable: they are printed, mailed and
// stored, and a code that is no longer used is not given to anything else. F1xx is the file and the
// mail, F2xx one field, F3xx a row or the whole form, F4xx ballots and sessions, F5xx official
// records and rights.
type Code string

// Level is how much a finding weighs.
type Level string

// The levels, heaviest first.
const (
	Must   Level = "must"   // bắt buộc: the file is not accepted until it is put right
	Should Level = "should" // khuyến nghị: accepted, the office looks at it
	Info   Level = "info"   // thông tin: nothing to do
)

// Title returns the Vietnamese word for the level, such as "Bắt buộc".
func (l Level) Title() string { return wording.Text("finding.level." + string(l)) }

func (l Level) weight() int { return slices.Index([]Level{Must, Should, Info}, l) }

// Ground is the reason on which a dossier may be refused. Administrative procedures for
// commendation name exactly four.
type Ground string

// The grounds for refusing a dossier.
const (
	NoGround      Ground = ""
	WrongSubject  Ground = "subject"  // không đúng đối tượng
	BelowStandard Ground = "standard" // không đủ tiêu chuẩn
	Incomplete    Ground = "dossier"  // không đủ hồ sơ
	BreachOfLaw   Ground = "law"      // vi phạm pháp luật
)

// Title returns the Vietnamese name of the ground, "" for NoGround.
func (g Ground) Title() string {
	if g == NoGround {
		return ""
	}
	return wording.Text("finding.ground." + string(g))
}

// At is the place of a finding. Sheet is the sheet's name as the sender named it, Cell an address
// such as "D7"; both may be empty when the finding is about the whole sheet or the whole file.
type At struct{ Sheet, Cell string }

// Finding is one fault or remark. Message and Fix are finished Vietnamese sentences; Read quotes
// the input as it was typed.
type Finding struct {
	Code    Code   `json:"code"`
	Level   Level  `json:"level"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Field   string `json:"field,omitempty"`
	Read    string `json:"read,omitempty"`
	Want    string `json:"want,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
	Clause  string `json:"clause"`
	Ground  Ground `json:"ground"`
}

// New makes a finding of a code of the catalogue, with the catalogue's level, ground and clause.
// Pairs are name, value, name, value …: what the code's text asks for (Needs), and always allowed
// are "field", "read", "want", which are kept in the finding, "clause", which replaces the
// catalogue's clause, "example", which replaces the catalogue's example, "suggest", which asks
// whether that was meant, and "near", names that are nearly the same, with their cells. A value the
// text asks for and nobody gave shows as "…". What was read is quoted short (viet.Quote). An
// unknown code weighs Must, so that it is noticed.
func New(code Code, at At, pairs ...any) Finding {
	entry, ok := Lookup(code)
	if !ok {
		entry = Entry{Code: code, Level: Must}
	}
	given := func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] != name {
				continue
			}
			// the plan's words and the form's, which may be long
			if text := fmt.Sprint(pairs[i+1]); name == "want" || name == "example" {
				return viet.Shown(text)
			} else {
				return viet.Quote(text)
			}
		}
		return ""
	}
	text := func(key string) string {
		var args []any
		for _, name := range wording.Placeholders(key) {
			args = append(args, name, cmp.Or(given(name), "…"))
		}
		return wording.Text(key, args...)
	}
	f := Finding{
		Code: code, Level: entry.Level, Ground: entry.Ground, Clause: cmp.Or(given("clause"), entry.Clause),
		Sheet: viet.Shown(at.Sheet), Cell: at.Cell, Field: given("field"), Read: given("read"), Want: given("want"),
		Message: text(key(code, "message")), Fix: text(key(code, "fix")),
	}
	if suggest := given("suggest"); suggest != "" {
		f.Fix = wording.Text("finding.suggest", "suggest", suggest) + " " + f.Fix
	}
	if near := given("near"); near != "" {
		f.Fix = wording.Text("finding.near", "near", near) + " " + f.Fix
	}
	example := given("example")
	if example == "" && wording.Has(key(code, "example")) {
		example = text(key(code, "example"))
	}
	if example != "" {
		f.Fix += " " + wording.Text("finding.example", "example", example)
	}
	return f
}

//wording:composed finding.F
func key(code Code, part string) string { return "finding." + string(code) + "." + part }

// Where says in Vietnamese where the finding is: sheet and cell, sheet, or the file.
func (f Finding) Where() string {
	switch {
	case f.Sheet != "" && f.Cell != "":
		return wording.Text("finding.where.cell", "sheet", f.Sheet, "cell", f.Cell)
	case f.Sheet != "":
		return wording.Text("finding.where.sheet", "sheet", f.Sheet)
	}
	return wording.Text("finding.where.file")
}

// Has reports whether any of the findings has the code.
func Has(findings []Finding, code Code) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Code == code })
}

// Worst returns the heaviest level among findings, "" when there is none.
func Worst(findings []Finding) Level {
	if len(findings) == 0 {
		return ""
	}
	return slices.MinFunc(findings,
		func(a, b Finding) int { return cmp.Compare(a.Level.weight(), b.Level.weight()) }).Level
}

// DidYouMean asks in Vietnamese whether one of the near misses was meant.
func DidYouMean(near []string) string {
	return wording.Text("finding.didyoumean", "near", strings.Join(near, "”, “"))
}

// Count returns how many findings have a level.
func Count(findings []Finding, level Level) int {
	n := 0
	for _, f := range findings {
		if f.Level == level {
			n++
		}
	}
	return n
}
