package reports

import (
	"fmt"
	"strings"
	"time"

	"thidua/reports/letter"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// calendarLine is how many bytes a line of a calendar file may have (RFC 5545, 3.1).
const calendarLine = 75

// Calendar writes a calendar file (RFC 5545) with the deadlines of a period and the day on which the papers of the council's session are ready:
// days without an hour, each with a reminder three days before. made is noted as when the entries were written; the same arguments give the
// same bytes, and a later file replaces the entries of an earlier one.
func Calendar(p *plan.Plan, period plan.Period, domain string, made time.Time) []byte {
	var b strings.Builder
	line := func(name, value string) { b.WriteString(foldCalendar(name+":"+value) + "\r\n") }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//thidua//VI")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", calendarText(wording.Text("letter.calendar.name", "period", strings.ToLower(period.Title))))
	line("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh")
	entry := func(key string, day calendar.Date, title, text string) {
		line("BEGIN", "VEVENT")
		line("UID", key+"/"+period.ID+"@"+domain)
		line("DTSTAMP", made.UTC().Format("20060102T150405Z"))
		line("SEQUENCE", fmt.Sprint(max(0, made.Unix()-p.IssuedOn.Start().Unix())/60)) // grows with every writing
		line("DTSTART;VALUE=DATE", calendarDay(day))
		line("DTEND;VALUE=DATE", calendarDay(day.AddDays(1)))
		line("SUMMARY", calendarText(title))
		line("DESCRIPTION", calendarText(text))
		line("TRANSP", "TRANSPARENT")
		line("BEGIN", "VALARM")
		line("ACTION", "DISPLAY")
		line("TRIGGER", "-P3D")
		line("DESCRIPTION", calendarText(title))
		line("END", "VALARM")
		line("END", "VEVENT")
	}
	if d := period.Registration; d != nil {
		entry("registration", d.Last(), wording.Text("letter.calendar.registration", "period", period.Title), wording.Text("letter.calendar.deadline", "date", d.Before.Short(), "clause", d.Clause, "number", p.Number))
	}
	if d := period.Dossier; d != nil {
		entry("dossier", d.Last(), wording.Text("letter.calendar.dossier", "period", period.Title), wording.Text("letter.calendar.deadline", "date", d.Before.Short(), "clause", d.Clause, "number", p.Number))
	}
	for _, o := range p.Occurrences(period.ID) {
		if o.Occasion.To == plan.ToCouncil && !o.On.IsZero() {
			entry(o.Occasion.ID, o.On, wording.Text("letter.calendar.council", "council", p.Council.Name, "period", period.Title), wording.Text("letter.calendar.assumed"))
		}
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

func (p Post) calendarFile(period plan.Period, made time.Time) letter.Attachment {
	return letter.Attachment{Name: "lich-thi-dua-" + period.ID + ".ics", Type: "text/calendar", Bytes: Calendar(p.Plan, period, p.Domain, made)}
}

func calendarDay(d calendar.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day) }

// calendarText escapes a text (RFC 5545, 3.3.11).
func calendarText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// foldCalendar breaks a line between characters, never within one.
func foldCalendar(s string) string {
	var b strings.Builder
	width := 0
	for _, r := range s {
		n := len(string(r))
		if width+n > calendarLine {
			b.WriteString("\r\n ")
			width = 1
		}
		b.WriteRune(r)
		width += n
	}
	return b.String()
}
