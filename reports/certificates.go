package reports

import (
	"fmt"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// certificates are the giấy khen of a decision, one a page, in the order of the list.
func (d *draft) certificates() {
	if d.nobody() {
		return
	}
	spots := d.spots(false)
	for _, n := range honoured(d.Sources) {
		c := d.certificate(n)
		c.Spots, c.Bare = spots, d.Plan.Certificate.Preprinted
		d.add(c)
	}
}

// certificate is that of one nominee. What is not known yet is left for the pen.
func (d *draft) certificate(n evaluate.Nominee) document.Certificate {
	head, _ := d.Plan.Head("certificate")
	achievement := []string{d.words.Text("council.certificate.for"), d.words.Text("council.certificate.movement", "movement", d.Plan.Movement, "period", d.period())}
	if d.Period.Kind == plan.AdHoc { // Plan III.1.2
		achievement = []string{d.words.Text("council.certificate.for.adhoc"), d.words.Text("council.certificate.movement.adhoc", "movement", d.Plan.Movement)}
	}
	c := document.Certificate{
		Authority: strings.Join(head.Organ, " "), Act: d.words.Text("council.certificate.act"), Award: d.words.Text("council.certificate.award"),
		Recipient:   d.inFull(who(n)),
		Position:    d.inFull(whereabouts(n)),
		Achievement: achievement,
		Signature:   d.capacity("certificate"),
		Register:    d.words.Text("council.certificate.register", "number", orDots(d.number(n))),
	}
	day, ok := d.decidedOn()
	if !ok {
		c.PlaceDate = document.NationalHeader{Place: d.Plan.Place, Date: document.DateLine{Year: d.On.Year}}.PlaceDate()
		c.Decision = d.words.Text("council.certificate.decision", "number", orDots(""), "date", document.DateLine{Year: d.On.Year}.String())
		return c
	}
	c.PlaceDate = document.NationalHeader{Place: d.Plan.Place, Date: document.DateLine{Day: day.Day, Month: day.Month, Year: day.Year}}.PlaceDate()
	c.Decision = d.words.Text("council.certificate.decision", "number", d.decision().Head.Number.Text, "date", day.Phrase())
	return c
}

func orDots(s string) string {
	if s == "" {
		return document.Dots(18)
	}
	return s
}

// spots are the places of the plan's layout: all of them, or those that a pre-printed blank leaves open.
func (d *draft) spots(all bool) []document.Spot {
	c := d.Plan.Certificate
	var out []document.Spot
	for _, f := range c.Fields {
		if f.Printed && c.Preprinted && !all {
			continue
		}
		s := document.Spot{Field: document.CertLine(f.Field), X: f.X, Y: f.Y, Width: f.Width, Size: f.Size, Lines: f.Lines, Bold: f.Bold, Italic: f.Italic, Red: f.Red}
		if c.Preprinted {
			s.X, s.Y = s.X+c.ShiftX, s.Y+c.ShiftY
		}
		s.Label = d.words.Text("council.calibration.label", "field", certField(f.Field), "x", comma(fmt.Sprint(s.X)), "y", comma(fmt.Sprint(s.Y)), "width", comma(fmt.Sprint(s.Width)))
		switch f.Align {
		case "left":
			s.Align = document.Left
		case "right":
			s.Align = document.Right
		default:
			s.Align = document.Center
		}
		out = append(out, s)
	}
	return out
}

// calibration is the page for fitting the printer: a ruler, every field in a frame with its numbers, and a sample text. Printed and laid
// over a blank it shows by how many millimetres to move what.
func (d *draft) calibration() {
	n := evaluate.Nominee{Kind: evaluate.Individual, Title: "Bà", Name: d.words.Text("council.calibration.name"), Position: d.words.Text("council.calibration.position"), UnitName: d.words.Text("council.calibration.unit")}
	c := d.certificate(n)
	c.Spots, c.Bare, c.Grid = d.spots(false), true, true
	d.add(c, document.PageBreak{})
	d.heading(1, d.words.Text("council.calibration.title"))
	d.add(document.BulletList{Items: []string{
		d.words.Text("council.calibration.print"), d.words.Text("council.calibration.compare"), d.words.Text("council.calibration.edit"), d.words.Text("council.calibration.again"),
	}})
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.words.Text("council.col.field"), Weight: 3}, figure("", "x"), figure("", "y"), figure("", d.words.Text("council.col.width")), figure("", d.words.Text("council.col.size")),
		{Title: d.words.Text("council.col.onblank"), Weight: 2, Align: document.Center},
	}}
	for i := 1; i < 4; i++ {
		t.Columns[i].Decimals = 1
	}
	for _, f := range d.Plan.Certificate.Fields {
		printed := d.words.Text("council.calibration.byus")
		if f.Printed {
			printed = d.words.Text("council.calibration.blank")
		}
		t.Rows = append(t.Rows, document.R(document.T(certField(f.Field)), document.N(f.X), document.N(f.Y), document.N(f.Width), document.N(f.Size), document.T(printed)))
	}
	d.add(t)
}

//wording:composed plan.choice.certificate.
func certField(id string) string { return wording.Text("plan.choice.certificate." + id) }

// register is the sổ khen thưởng: the running number of every award of the round. A number is never given again.
func (d *draft) register() {
	d.doc.Sheet = d.words.Text("council.register.sheet")
	d.head("register", dated)
	d.add(document.Title{Kind: d.words.Text("council.register.kind"), Abstract: []string{d.words.Text("council.register.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round())}})
	list := d.enrolled()
	if len(list) == 0 && d.nobody() {
		return
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.words.Text("council.col.register"), Weight: 1, Align: document.Center}, {Title: d.words.Text("paper.col.nominee"), Weight: 3.4}, {Title: d.words.Text("council.col.seat"), Weight: 4.2},
		{Title: d.words.Text("council.col.decision"), Weight: 2.2, Align: document.Center}, {Title: d.words.Text("council.col.decided"), Weight: 1.7, Align: document.Center},
		{Title: d.words.Text("council.col.received"), Weight: 1.8},
	}}
	for _, n := range list {
		number, day, v := "", "", d.decision()
		if given := d.given(n.ID); given != nil {
			v = given
		}
		if v != nil {
			number = v.Head.Number.Text
			if on, ok := v.Head.Date.Date(); ok {
				day = on.Short()
			}
		}
		t.Rows = append(t.Rows, document.R(document.T(d.number(n)), document.T(who(n)), document.T(whereabouts(n)), document.T(number), document.T(day), document.T("")))
	}
	d.add(t)
	if d.decision() == nil {
		d.add(document.Note{Lines: []string{d.words.Text("council.register.open")}})
	}
	if unknown := d.strangers(); len(unknown) > 0 {
		d.add(document.Note{Lines: []string{d.words.Text("council.register.unknown", "list", strings.Join(unknown, ", "))}})
	}
}

// enrolled are all who were given the award in the round: by earlier sessions between the years, then by this one.
func (d *draft) enrolled() []evaluate.Nominee {
	var out []evaluate.Nominee
	for _, g := range d.Given {
		out = append(out, g.Nominee)
	}
	return append(out, honoured(d.Sources)...)
}

// strangers are codes of the decision's report that belong to nobody: somebody was meant to be left out and is not.
func (d *draft) strangers() []string {
	var out []string
	if v := d.decision(); v != nil {
		for _, w := range v.Withheld {
			if code := strings.TrimSpace(w.Code.Text); d.verdict(code).Nominee.ID == "" {
				out = append(out, code)
			}
		}
	}
	return out
}

// meeting is when and where the conference takes place.
type meeting struct {
	day          calendar.Date
	hour, minute int
	timed        bool
	place, chair string
	remark       string
}

// conference is what the office reported of the conference; ok is false until its day is known.
func (d *draft) conference() (m meeting, ok bool) {
	v := d.decision()
	if v == nil {
		return m, false
	}
	m = meeting{place: v.Conference.Place.Text, chair: v.Conference.Chair.Text, remark: v.Conference.Note.Text}
	m.day, ok = v.Conference.Date.Date()
	m.hour, m.minute, m.timed = clockOf(v.Conference.Start.Text)
	return m, ok && !m.day.Partial()
}

// clock is "08 giờ 00", with dots when the hour is not known.
func (m meeting) clock() string {
	if !m.timed {
		return wording.Text("council.hour.open")
	}
	return wording.Text("council.hour", "hour", two2(m.hour), "minute", two2(m.minute))
}

func two2(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// clockOf reads "08:00", "8h30", "8 giờ", "14g".
func clockOf(s string) (hour, minute int, ok bool) {
	var numbers []int
	in := false
	for _, r := range s {
		if r < '0' || r > '9' {
			in = false
			continue
		}
		if !in {
			numbers = append(numbers, 0)
		}
		in = true
		last := &numbers[len(numbers)-1]
		*last = min(*last*10+int(r-'0'), 9999)
	}
	if len(numbers) == 0 || numbers[0] > 23 || len(numbers) > 1 && numbers[1] > 59 {
		return 0, 0, false
	}
	if len(numbers) > 1 {
		minute = numbers[1]
	}
	return numbers[0], minute, true
}
