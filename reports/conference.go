package reports

import (
	"fmt"
	"strings"
	"time"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/calendar"
)

// turn is how many stand on the stage together.
const turn = 5

// program is the chương trình of the hội nghị tổng kết (Plan IV.1). Times are left to the organisers.
func (d *draft) program() {
	d.head("conference", open)
	d.add(document.Title{Kind: d.words.Text("council.program.kind"), Abstract: []string{d.words.Text("council.program.abstract", "movement", d.Plan.Movement, "period", d.period())}})
	d.place()
	t := document.Table{Columns: []document.Column{
		numberColumn(), {Title: d.words.Text("paper.col.time"), Weight: 1.3, Align: document.Center, Pen: true}, {Title: d.words.Text("paper.col.item"), Weight: 5}, {Title: d.words.Text("paper.col.by"), Weight: 2.6},
	}}
	collectives, individuals := d.counted()
	office, chair := d.Plan.Office.Name, d.words.Text("council.program.leader", "issuer", d.Plan.Issuer.Short)
	for i, item := range [][2]string{
		{d.words.Text("council.program.welcome"), d.words.Text("council.program.organisers")},
		{d.words.Text("council.program.open"), d.words.Text("council.program.organisers")},
		{d.words.Text("council.program.opening"), chair},
		{d.words.Text("council.program.report", "period", d.period()), office},
		{d.words.Text("council.program.talks"), d.words.Text("council.program.units")},
		{d.words.Text("council.program.decision", "award", d.Plan.Award), office},
		{d.words.Text("council.program.present", "whom", whom(d.words, collectives, individuals)), chair},
		{d.words.Text("council.program.words"), d.words.Text("council.program.honoured")},
		{d.words.Text("council.program.close"), chair},
	} {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(""), document.T(item[0]), document.T(item[1])))
	}
	d.add(t, document.Note{Lines: []string{d.words.Text("council.program.note")}})
}

// place says when and where, with fields for what is not known.
func (d *draft) place() {
	m, _ := d.conference()
	when, where := "", m.place
	if !m.day.IsZero() {
		when = d.words.Text("council.when", "start", m.clock(), "date", m.day.Phrase())
	}
	for _, f := range [][2]string{{d.words.Text("council.field.when"), when}, {d.words.Text("council.field.where"), where}, {d.words.Text("council.field.chair"), m.chair}} {
		d.add(document.Paragraph{Runs: []document.Run{document.Strong(f[0] + ": "), document.Field(f[0], f[1], 75)}, Align: document.Left})
	}
}

// honours is the danh sách tuyên dương in the order of presentation: turn by turn as people are called to the stage.
func (d *draft) honours() {
	d.doc.Sheet = d.words.Text("council.honours.sheet")
	d.head("conference", open)
	d.add(document.Title{Kind: d.words.Text("paper.awards.kind"), Abstract: []string{d.words.Text("council.honours.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.period())}})
	if d.nobody() {
		return
	}
	t := document.Table{Columns: []document.Column{
		numberColumn(), {Title: d.words.Text("paper.col.nominee"), Weight: 3.9}, {Title: d.words.Text("council.col.seat"), Weight: 3.9},
		{Title: d.words.Text("council.col.register"), Weight: 1, Align: document.Center}, {Title: d.words.Text("council.col.receiver"), Weight: 2, Pen: true},
	}}
	no, turns := 0, 0
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		for _, b := range ofKind(d.Result.Boards, kind) {
			all := d.chosen(b)
			for i, n := range all {
				if i%turn == 0 {
					turns++
					t.Rows = append(t.Rows, document.SectionRow(d.words.Text("council.honours.turn", "turn", turns, "board", boardTitle(kind, b.GroupTitle), "count", two(min(turn, len(all)-i)))))
				}
				no++
				t.Rows = append(t.Rows, document.R(document.I(no), document.T(who(n)), document.T(whereabouts(n)), document.T(d.number(n)), document.T("")))
			}
		}
	}
	d.add(t, document.Note{Lines: []string{d.words.Text("council.honours.note", "turn", turn)}})
}

// invitation is the thư mời to the conference, with a calendar file once its day and hour are known.
func (d *draft) invitation() {
	d.head("invitation", open)
	d.add(document.Title{Kind: d.words.Text("council.invitation.kind"), Abstract: []string{d.words.Text("council.invitation.abstract", "movement", d.Plan.Movement, "period", d.period())}})
	d.add(document.Centered(document.Strong(d.words.Text("council.invitation.dear")), document.Field(d.words.Text("council.invitation.guest"), "", 75)))
	d.say(d.words.Text("council.invitation.text", "issuer", d.Plan.Issuer.Name, "movement", d.Plan.Movement, "period", d.period(), "award", d.Plan.Award))
	d.place()
	d.say(d.words.Text("council.invitation.who"))
	var units []string
	people := 0
	seen := map[string]bool{}
	for _, n := range honoured(d.Sources) {
		if n.Kind == evaluate.Individual {
			people++
		}
		if !seen[n.Unit] {
			seen[n.Unit] = true
			units = append(units, n.UnitName)
		}
	}
	items := []string{d.words.Text("council.invitation.leaders", "council", d.Plan.Council.Name), d.words.Text("council.invitation.heads")}
	switch {
	case people > 0:
		items = append(items, d.words.Text("council.invitation.people", "count", two(people)))
	case len(units) == 0: // not known yet
		items = append(items, d.words.Text("council.invitation.people", "count", "…"))
	}
	if len(units) > 0 {
		items = append(items, d.words.Text("council.invitation.units", "list", strings.Join(units, "; ")))
	}
	d.add(document.BulletList{Items: items})
	d.say(d.words.Text("council.invitation.closing"))
	d.signed("invitation", "")
	if m, ok := d.conference(); ok && m.timed {
		d.extra = append(d.extra, File{Name: d.doc.FileName + ".ics", Type: "text/calendar", Bytes: d.event(m)})
	}
}

// event is the conference as a calendar file (RFC 5545). Its time is UTC; the same conference gives the same bytes.
func (d *draft) event(m meeting) []byte {
	const form = "20060102T150405Z"
	start := time.Date(m.day.Year, time.Month(m.day.Month), m.day.Day, m.hour, m.minute, 0, 0, calendar.Zone).UTC()
	var b strings.Builder
	line := func(name, value string) {
		value = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(value)
		icsLine(&b, name+":"+value)
	}
	icsLine(&b, "BEGIN:VCALENDAR")
	icsLine(&b, "VERSION:2.0")
	icsLine(&b, "PRODID:-//thidua//thidua//VI")
	icsLine(&b, "METHOD:PUBLISH")
	icsLine(&b, "BEGIN:VEVENT")
	icsLine(&b, fmt.Sprintf("UID:hoi-nghi-%s@%s.thidua", d.Period.ID, d.Plan.ID))
	icsLine(&b, "DTSTAMP:"+d.Data.AsOf.UTC().Format(form))
	icsLine(&b, "DTSTART:"+start.Format(form))
	icsLine(&b, "DTEND:"+start.Add(3*time.Hour).Format(form))
	line("SUMMARY", d.words.Text("council.invitation.event", "movement", d.Plan.Movement, "period", d.period()))
	if m.place != "" {
		line("LOCATION", m.place)
	}
	line("DESCRIPTION", strings.TrimSpace(d.words.Text("council.invitation.eventtext", "issuer", d.Plan.Issuer.Name)+"\n"+m.remark))
	icsLine(&b, "END:VEVENT")
	icsLine(&b, "END:VCALENDAR")
	return []byte(b.String())
}

// icsLine folds a line at 75 bytes, between runes.
func icsLine(b *strings.Builder, s string) {
	used := 0
	for _, r := range s {
		n := len(string(r))
		if used+n > 74 {
			b.WriteString("\r\n ")
			used = 1
		}
		b.WriteRune(r)
		used += n
	}
	b.WriteString("\r\n")
}
