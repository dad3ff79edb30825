package pdf

import (
	"fmt"

	"thidua/reports/document"
)

// certificate fills a landscape page of its own. The places of the lines are in millimetres from the top left corner of
// the sheet, as printers of Giấy khen set them on A4.
func (p *printer) certificate(c document.Certificate) {
	before := p.orientation
	p.turn(document.Landscape)
	p.sheet()
	const width, height = document.PaperLong, document.PaperShort
	if c.Grid {
		p.rulers()
	}
	if !c.Bare {
		p.f.SetDrawColor(176, 32, 32)
		p.f.SetLineWidth(1.2)
		p.f.Rect(10, 10, width-20, height-20, "D")
		p.f.SetLineWidth(0.3)
		p.f.Rect(12.2, 12.2, width-24.4, height-24.4, "D")
		p.f.SetDrawColor(0, 0, 0)
	}
	bottom := map[document.CertLine]float64{}
	for _, s := range c.Layout() {
		// The lines about the recipient push each other down rather than overlap.
		y := s.Y
		if above, ok := pushes[s.Field]; ok {
			y = max(y, bottom[above.line]+above.gap)
		}
		bottom[s.Field] = p.spot(s, y, c.Text(s.Field), c.Grid)
		if s.Field == document.LineMotto && !c.Bare {
			half := p.textWidth(document.Motto, face{"B", s.Size}) / 2
			p.rule(s.X+s.Width/2-half, bottom[s.Field]+0.8, s.X+s.Width/2+half, ruleThin)
		}
	}
	p.turn(before)
	p.leave()
}

// pushes says which line keeps how many millimetres clear of which.
var pushes = map[document.CertLine]struct {
	line document.CertLine
	gap  float64
}{
	document.LinePosition: {document.LineRecipient, 0}, document.LineAchievement: {document.LinePosition, 2}, document.LineCapacity: {document.LinePlaceDate, 0},
}

// spot prints the lines of a field, smaller when they would not fit, and returns where they end.
func (p *printer) spot(s document.Spot, y float64, lines []string, framed bool) float64 {
	at := face{size: s.Size}
	if s.Bold {
		at.style += "B"
	}
	if s.Italic {
		at.style += "I"
	}
	align := s.Align
	if align == document.Auto {
		align = document.Center
	}
	most := max(s.Lines, len(lines), 1)
	layout := func() (out []line) {
		for _, l := range lines {
			if align == document.Left {
				out = append(out, p.wrapText(l, at, s.Width, 0)...)
			} else {
				out = append(out, p.balance(l, at, s.Width)...)
			}
		}
		return out
	}
	laid := layout()
	for len(laid) > most && at.size > 7 {
		at.size -= 0.5
		laid = layout()
	}
	if framed {
		p.f.SetDrawColor(0, 90, 180)
		p.f.SetLineWidth(0.15)
		p.f.Rect(s.X, y, s.Width, float64(max(most, len(laid)))*at.leading(), "D")
		p.f.SetDrawColor(0, 0, 0)
		label := face{"", 7}
		p.f.SetTextColor(0, 90, 180)
		side := document.Left // away from the text
		if align == document.Left {
			side = document.Right
		}
		p.line(s.Label, s.X+1, y+0.3, s.Width-2, label, side)
		p.f.SetTextColor(0, 0, 0)
	}
	if s.Red {
		p.f.SetTextColor(190, 20, 20)
	}
	y = p.lines(laid, s.X, y, s.Width, at, align)
	p.f.SetTextColor(0, 0, 0)
	return y
}

// rulers draws a ruler over the whole sheet: a line every 10 mm, numbered every 20.
func (p *printer) rulers() {
	const width, height = document.PaperLong, document.PaperShort
	number := face{"", 6}
	for x := 10.0; x < width; x += 10 {
		p.hair(x, 0, x, height, int(x)%50 == 0)
		if int(x)%20 == 0 {
			p.line(fmt.Sprint(int(x)), x+0.5, 4, 8, number, document.Left)
		}
	}
	for y := 10.0; y < height; y += 10 {
		p.hair(0, y, width, y, int(y)%50 == 0)
		if int(y)%20 == 0 {
			p.line(fmt.Sprint(int(y)), 4, y+0.3, 8, number, document.Left)
		}
	}
	p.f.SetDrawColor(0, 0, 0)
}

func (p *printer) hair(x1, y1, x2, y2 float64, strong bool) {
	p.f.SetDrawColor(205, 205, 205)
	p.f.SetLineWidth(0.1)
	if strong {
		p.f.SetDrawColor(140, 140, 140)
	}
	p.f.Line(x1, y1, x2, y2)
}
