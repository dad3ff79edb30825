// Package ical writes calendar files (RFC 5545): the deadlines of a round, and a meeting.
//
// Days, moments and texts go in and the bytes of a file come out, the same for the same arguments.
// The package never reads a calendar file and never asks the clock.
package ical

import (
	"fmt"
	"strings"
	"time"

	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// MediaType is the media type of a calendar file.
const MediaType = "text/calendar"

const (
	utcLayout = "20060102T150405Z"
	dayLayout = "20060102"
	longest   = 75            // bytes a line may have (RFC 5545, 3.1)
	lasts     = 3 * time.Hour // a meeting whose end nobody said
)

// Deadlines writes the deadlines of a period and the day on which the papers of the council's
// session are ready: days without an hour, each with a reminder three days before. made is noted as
// when the entries were written: a later file replaces the entries of an earlier one.
func Deadlines(p *plan.Plan, period plan.Period, domain string, made time.Time) []byte {
	var f file
	f.line("BEGIN", "VCALENDAR")
	f.line("VERSION", "2.0")
	f.line("PRODID", "-//thidua//VI")
	f.line("METHOD", "PUBLISH")
	f.text("X-WR-CALNAME", wording.Text("letter.calendar.name", "period", strings.ToLower(period.Title)))
	f.line("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh")
	entry := func(key string, day calendar.Date, title, text string) {
		f.line("BEGIN", "VEVENT")
		f.line("UID", key+"/"+period.ID+"@"+domain)
		f.line("DTSTAMP", made.UTC().Format(utcLayout))
		f.line("SEQUENCE", fmt.Sprint(max(0, made.Unix()-p.IssuedOn.Start().Unix())/60)) // grows with every writing
		f.line("DTSTART;VALUE=DATE", day.Start().Format(dayLayout))
		f.line("DTEND;VALUE=DATE", day.AddDays(1).Start().Format(dayLayout))
		f.text("SUMMARY", title)
		f.text("DESCRIPTION", text)
		f.line("TRANSP", "TRANSPARENT")
		f.line("BEGIN", "VALARM")
		f.line("ACTION", "DISPLAY")
		f.line("TRIGGER", "-P3D")
		f.text("DESCRIPTION", title)
		f.line("END", "VALARM")
		f.line("END", "VEVENT")
	}
	deadline := func(d *plan.Deadline) string {
		return wording.Text("letter.calendar.deadline", "date", d.Before.Short(), "clause", d.Clause, "number",
			p.Number)
	}
	if d := period.Registration; d != nil {
		entry("registration", d.Last(), wording.Text("letter.calendar.registration", "period", period.Title),
			deadline(d))
	}
	if d := period.Dossier; d != nil {
		entry("dossier", d.Last(), wording.Text("letter.calendar.dossier", "period", period.Title), deadline(d))
	}
	for _, o := range p.Occurrences(period.ID) {
		if o.Occasion.To == plan.ToCouncil && !o.On.IsZero() {
			title := wording.Text("letter.calendar.council", "council", p.Council.Name, "period", period.Title)
			entry(o.Occasion.ID, o.On, title, wording.Text("letter.calendar.assumed"))
		}
	}
	f.line("END", "VCALENDAR")
	return f.bytes()
}

// Conference writes a meeting whose day and hour are known, by the key uid, as it was known at
// asOf.
func Conference(m round.Meeting, uid, summary, description string, asOf time.Time) []byte {
	start := time.Date(m.Day.Year, time.Month(m.Day.Month), m.Day.Day, m.Hour, m.Minute, 0, 0, calendar.Zone).UTC()
	var f file
	f.line("BEGIN", "VCALENDAR")
	f.line("VERSION", "2.0")
	f.line("PRODID", "-//thidua//thidua//VI")
	f.line("METHOD", "PUBLISH")
	f.line("BEGIN", "VEVENT")
	f.line("UID", uid)
	f.line("DTSTAMP", asOf.UTC().Format(utcLayout))
	f.line("DTSTART", start.Format(utcLayout))
	f.line("DTEND", start.Add(lasts).Format(utcLayout))
	f.text("SUMMARY", summary)
	if m.Place != "" {
		f.text("LOCATION", m.Place)
	}
	f.text("DESCRIPTION", description)
	f.line("END", "VEVENT")
	f.line("END", "VCALENDAR")
	return f.bytes()
}

// file is a calendar file being written.
type file struct{ out strings.Builder }

func (f *file) bytes() []byte { return []byte(f.out.String()) }

// line adds a line, broken where it is too long: between characters, never within one.
func (f *file) line(name, value string) {
	width := 0
	for _, r := range name + ":" + value {
		n := len(string(r))
		if width+n > longest {
			f.out.WriteString("\r\n ")
			width = 1
		}
		f.out.WriteRune(r)
		width += n
	}
	f.out.WriteString("\r\n")
}

// text adds a line with a text, escaped (RFC 5545, 3.3.11).
func (f *file) text(name, value string) {
	f.line(name, strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(value))
}
