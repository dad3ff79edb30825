// Package style is the house style of papers and letters: how nominees are named, and how numbers,
// sums, days and moments are written.
//
// Values go in and Vietnamese words come out. The package knows no document and never decides what
// is told.
package style

import (
	"strings"
	"time"
	"unicode"

	"thidua/evaluate"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// PlanName is the plan as letters name it: "Kế hoạch số 31/KH-UBND ngày 26/01/2018".
func PlanName(p *plan.Plan) string {
	return wording.Text("letter.plan", "number", p.Number, "date", p.IssuedOn.Short())
}

// Phrase writes an ISO day as papers do; other texts stay.
func Phrase(iso string) string {
	if day, err := calendar.ParseISO(iso); err == nil {
		return day.Phrase()
	}
	return iso
}

// SayOnce takes out of a title the words that stand before a period and begin it too: "Sổ khen
// thưởng khen thưởng đột xuất".
func SayOnce(title, period string) string {
	words := strings.Fields(period)
	for n := len(words); n > 1; n-- {
		title = strings.ReplaceAll(title, strings.Join(words[:n], " ")+" "+period, period)
	}
	return title
}

// LowerFirst writes a text as it stands inside a sentence.
func LowerFirst(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToLower(r)) + s[i+len(string(r)):]
	}
	return s
}

// UpperFirst writes a text as it begins a sentence.
func UpperFirst(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// VoteText says what the votes gave, in arithmetic only.
func VoteText(a evaluate.Award) string {
	switch {
	case a.NeedsDecision:
		return wording.Text("paper.vote.decide")
	case a.Chosen:
		return wording.Text("paper.vote.enough")
	case a.Concluded:
		return wording.Text("council.vote.refused")
	}
	return wording.Text("paper.vote.below")
}

// QuotaOf is "/04", or nothing where the plan sets no number.
func QuotaOf(b evaluate.Board) string {
	if !b.Limited {
		return ""
	}
	return "/" + Two(b.Quota)
}

// TotalQuota is the sum of the boards, or nothing where one of them has no number.
func TotalQuota(boards []evaluate.Board) string {
	sum := evaluate.Board{Limited: len(boards) > 0}
	for _, b := range boards {
		sum.Quota += b.Quota
		sum.Limited = sum.Limited && b.Limited
	}
	return QuotaOf(sum)
}

// Moment writes an instant for letters, to the second, since deadlines end at midnight in UTC+7.
func Moment(t time.Time) string {
	return wording.Text("letter.moment", "time", t.In(calendar.Zone).Format("15:04"), "date",
		calendar.DateOf(t).Short())
}

// Value is a value as people write it: days and numbers as they were understood, everything else as
// it was typed.
func Value(f form.Field, v form.Value) string {
	d, ok := v.Date()
	switch {
	case f.Type == form.Date && ok:
		return d.Short()
	case f.Type == form.Number && v.Given():
		return Comma(v.Text)
	}
	return v.Typed()
}
