package pdf

import "thidua/reports/document"

// certificate fills a landscape page of its own. The places of the lines are in millimetres from the top left corner of
// the sheet, as printers of Giấy khen set them on A4.
func (p *printer) certificate(c document.Certificate) {
	before := p.orientation
	p.turn(document.Landscape)
	p.sheet()
	const width, height = document.PaperLong, document.PaperShort
	p.f.SetDrawColor(176, 32, 32)
	p.f.SetLineWidth(1.2)
	p.f.Rect(10, 10, width-20, height-20, "D")
	p.f.SetLineWidth(0.3)
	p.f.Rect(12.2, 12.2, width-24.4, height-24.4, "D")
	p.f.SetDrawColor(0, 0, 0)

	middle := func(s string, y, room float64, at face) float64 {
		for p.textWidth(s, at) > 2*room && at.size > 10 {
			at.size--
		}
		lines := p.balance(s, at, room)
		return p.lines(lines, (width-room)/2, y, room, at, document.Center)
	}
	red := func(on bool) {
		if on {
			p.f.SetTextColor(190, 20, 20)
		} else {
			p.f.SetTextColor(0, 0, 0)
		}
	}
	middle(document.Country, 23, 240, bold(14))
	y := middle(document.Motto, 30, 240, bold(14))
	half := p.textWidth(document.Motto, bold(14)) / 2
	p.rule(width/2-half, y+0.8, width/2+half, ruleThin)

	red(true)
	y = max(middle(c.Authority, 46, 245, bold(17)), 56)
	red(false)
	y = max(middle(c.Act, y, 240, bold(16)), 64)
	red(true)
	y = max(middle(c.Award, y, 240, bold(38)), 88)
	red(false)
	y = max(middle(c.Recipient, y, 240, bold(22)), 100)
	if c.Position != "" {
		y = max(middle(c.Position, y, 235, plain(15)), 108)
	}
	y += 2
	for _, s := range c.Achievement {
		y = middle(s, y, 235, plain(15))
	}

	// The signature keeps to the lower part whatever the text above takes.
	right, room := width/2+15.0, width/2-35.0
	y = max(y+3, 138)
	y = p.lines(p.balance(c.PlaceDate, italic(14), room), right, y, room, italic(14), document.Center)
	for _, s := range c.Signature.Capacity {
		y = p.lines(p.balance(s, bold(14), room), right, y, room, bold(14), document.Center)
	}
	if c.Signature.Note != "" {
		y = p.lines(p.wrapText(c.Signature.Note, italic(13), room, 0), right, y, room, italic(13), document.Center)
	}
	name := p.balance(c.Signature.Name, bold(14), room)
	p.lines(name, right, min(max(y+33, 184), height-14-float64(len(name))*bold(14).leading()), room, bold(14), document.Center)

	low := 178.0
	for _, s := range []string{c.Decision, c.Register} {
		if s != "" {
			low = p.lines(p.wrapText(s, italic(12), 120, 0), 24, low, 120, italic(12), document.Left)
		}
	}
	p.turn(before)
	p.leave()
}
