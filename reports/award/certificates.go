package award

import (
	"fmt"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// certificates are the giấy khen of a decision.
type certificates struct{ List }

// register is the sổ khen thưởng.
type register struct{ List }

// write are the giấy khen of a decision, one a page, in the order of the list.
func (d certificates) write() {
	if d.Nobody() {
		return
	}
	spots := d.spots()
	for _, n := range d.named {
		c := d.of(n)
		c.Spots, c.Bare = spots, d.Plan.Certificate.Preprinted
		d.Add(c)
	}
}

// of is that of one nominee. What is not known yet is left for the pen.
func (d certificates) of(n evaluate.Nominee) document.Certificate {
	head, _ := d.Plan.Head("certificate")
	achievement := []string{d.Text("council.certificate.for"), d.Text("council.certificate.movement", "movement",
		d.Plan.Movement, "period", d.PeriodName())}
	if d.Period.Kind == plan.AdHoc { // Plan III.1.2
		achievement = []string{d.Text("council.certificate.for.adhoc"),
			d.Text("council.certificate.movement.adhoc", "movement", d.Plan.Movement)}
	}
	c := document.Certificate{
		Authority: strings.Join(head.Organ, " "), Act: d.Text("council.certificate.act"),
		Award:       d.Text("council.certificate.award"),
		Recipient:   d.inFull(style.Who(n)),
		Position:    d.inFull(style.Whereabouts(n)),
		Achievement: achievement,
		Signature:   d.capacity("certificate"),
		Register:    d.Text("council.certificate.register", "number", orDots(d.Number(n))),
	}
	day, ok := d.DecidedOn()
	if !ok {
		c.PlaceDate = document.NationalHeader{Place: d.Plan.Place, Date: document.DateLine{Year: d.On.Year}}.PlaceDate()
		c.Decision = d.Text("council.certificate.decision", "number", orDots(""), "date",
			document.DateLine{Year: d.On.Year}.String())
		return c
	}
	c.PlaceDate = document.NationalHeader{Place: d.Plan.Place, Date: document.DateLine{Day: day.Day, Month: day.Month,
		Year: day.Year}}.PlaceDate()
	c.Decision = d.Text("council.certificate.decision", "number", d.Decision().Head.Number.Text, "date", day.Phrase())
	return c
}

func orDots(s string) string {
	if s == "" {
		return document.Dots(18)
	}
	return s
}

// spots are the places of the plan's layout that a pre-printed blank leaves open.
func (d certificates) spots() []document.Spot {
	c := d.Plan.Certificate
	var out []document.Spot
	for _, f := range c.Fields {
		if f.Printed && c.Preprinted {
			continue
		}
		s := document.Spot{Field: document.CertLine(f.Field), X: f.X, Y: f.Y, Width: f.Width, Size: f.Size,
			Lines: f.Lines, Bold: f.Bold, Italic: f.Italic, Red: f.Red}
		if c.Preprinted {
			s.X, s.Y = s.X+c.ShiftX, s.Y+c.ShiftY
		}
		s.Label = d.Text("council.calibration.label", "field", certField(f.Field), "x", style.Comma(fmt.Sprint(s.X)),
			"y", style.Comma(fmt.Sprint(s.Y)), "width", style.Comma(fmt.Sprint(s.Width)))
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

// Calibrate is the page for fitting the printer: a ruler, every field in a frame with its numbers,
// and a sample text. Printed and laid over a blank it shows by how many millimetres to move what.
func (d certificates) calibrate() {
	n := evaluate.Nominee{Kind: evaluate.Individual, Title: "Bà", Name: d.Text("council.calibration.name"),
		Position: d.Text("council.calibration.position"), UnitName: d.Text("council.calibration.unit")}
	c := d.of(n)
	c.Spots, c.Bare, c.Grid = d.spots(), true, true
	d.Add(c, document.PageBreak{})
	d.Heading(1, d.Text("council.calibration.title"))
	d.Add(document.BulletList{Items: []string{
		d.Text("council.calibration.print"), d.Text("council.calibration.compare"), d.Text("council.calibration.edit"),
		d.Text("council.calibration.again"),
	}})
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.Text("council.col.field"), Weight: 3}, paper.Figure("", "x"), paper.Figure("", "y"),
		paper.Figure("", d.Text("council.col.width")), paper.Figure("", d.Text("council.col.size")),
		{Title: d.Text("council.col.onblank"), Weight: 2, Align: document.Center},
	}}
	for i := 1; i < 4; i++ {
		t.Columns[i].Decimals = 1
	}
	for _, f := range d.Plan.Certificate.Fields {
		printed := d.Text("council.calibration.byus")
		if f.Printed {
			printed = d.Text("council.calibration.blank")
		}
		t.Rows = append(t.Rows, document.R(document.T(certField(f.Field)), document.N(f.X), document.N(f.Y),
			document.N(f.Width), document.N(f.Size), document.T(printed)))
	}
	d.Add(t)
}

//wording:composed plan.choice.certificate.
func certField(id string) string { return wording.Text("plan.choice.certificate." + id) }

// write is the sổ khen thưởng: the running number of every award of the round. A number is never
// given again.
func (d register) write() {
	d.Doc.Sheet = d.Text("council.register.sheet")
	d.Head("register", paper.Dated)
	d.Add(document.Title{Kind: d.Text("council.register.kind"),
		Abstract: []string{d.Text("council.register.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement,
			"period", d.RoundName())}})
	list := d.enrolled()
	if len(list) == 0 && d.Nobody() {
		return
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		{Title: d.Text("council.col.register"), Weight: 1, Align: document.Center},
		{Title: d.Text("paper.col.nominee"), Weight: 3.4}, {Title: d.Text("council.col.seat"), Weight: 4.2},
		{Title: d.Text("council.col.decision"), Weight: 2.2, Align: document.Center},
		{Title: d.Text("council.col.decided"), Weight: 1.7, Align: document.Center},
		{Title: d.Text("council.col.received"), Weight: 1.8},
	}}
	for _, n := range list {
		number, day, v := "", "", d.Decision()
		if given := d.GivenBefore(n.ID); given != nil {
			v = given
		}
		if v != nil {
			number = v.Head.Number.Text
			if on, ok := v.Head.Date.Date(); ok {
				day = on.Short()
			}
		}
		t.Rows = append(t.Rows, document.R(document.T(d.Number(n)), document.T(style.Who(n)),
			document.T(style.Whereabouts(n)), document.T(number), document.T(day), document.T("")))
	}
	d.Add(t)
	if d.Decision() == nil {
		d.Add(document.Note{Lines: []string{d.Text("council.register.open")}})
	}
	if unknown := d.strangers(); len(unknown) > 0 {
		d.Add(document.Note{Lines: []string{d.Text("council.register.unknown", "list", strings.Join(unknown, ", "))}})
	}
}

// enrolled are all who were given the award in the round: by earlier sessions between the years,
// then by this one.
func (d register) enrolled() []evaluate.Nominee {
	var out []evaluate.Nominee
	for _, g := range d.Given {
		out = append(out, g.Nominee)
	}
	return append(out, d.named...)
}

// strangers are codes of the decision's report that belong to nobody: somebody was meant to be left
// out and is not.
func (d register) strangers() []string {
	var out []string
	if v := d.Decision(); v != nil {
		for _, w := range v.Withheld {
			if code := strings.TrimSpace(w.Code.Text); d.Verdict(code).Nominee.ID == "" {
				out = append(out, code)
			}
		}
	}
	return out
}

// inFull is a name without abbreviations of bodies, for a certificate hangs on a wall: "Ủy ban nhân
// dân xã Đồng Liên".
func (d certificates) inFull(s string) string {
	for pair := range strings.SplitSeq(d.Text("council.infull"), ";") {
		short, full, _ := strings.Cut(pair, "=")
		if short = strings.TrimSpace(short); short != "" {
			s = strings.ReplaceAll(s, short, strings.TrimSpace(full))
		}
	}
	return s
}
