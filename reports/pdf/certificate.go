package pdf

import (
	"fmt"

	"thidua/reports/document"
)

// certificate prints a Giấy khen.
type certificate struct {
	*pages
	of document.Certificate
}

// print fills a landscape page of its own. The places of the lines are in millimetres from the top
// left corner of the sheet, as printers of Giấy khen set them on A4.
func (c certificate) print() {
	before := c.orientation
	c.turn(document.Landscape)
	c.sheet()
	const width, height = document.PaperLong, document.PaperShort
	if c.of.Grid {
		c.rulers()
	}
	if !c.of.Bare {
		c.f.SetDrawColor(176, 32, 32)
		c.f.SetLineWidth(1.2)
		c.f.Rect(10, 10, width-20, height-20, "D")
		c.f.SetLineWidth(0.3)
		c.f.Rect(12.2, 12.2, width-24.4, height-24.4, "D")
		c.f.SetDrawColor(0, 0, 0)
	}
	bottom := map[document.CertLine]float64{}
	for _, s := range c.of.Layout() {
		// The lines about the recipient push each other down rather than overlap.
		y := s.Y
		if above, ok := pushes[s.Field]; ok {
			y = max(y, bottom[above.line]+above.gap)
		}
		bottom[s.Field] = c.spot(s, y)
		if s.Field == document.LineMotto && !c.of.Bare {
			half := c.textWidth(document.Motto, face{"B", s.Size}) / 2
			c.rule(s.X+s.Width/2-half, bottom[s.Field]+0.8, s.X+s.Width/2+half, ruleThin)
		}
	}
	c.turn(before)
	c.leave()
}

// pushes says which line keeps how many millimetres clear of which.
var pushes = map[document.CertLine]struct {
	line document.CertLine
	gap  float64
}{
	document.LinePosition: {document.LineRecipient, 0}, document.LineAchievement: {document.LinePosition, 2},
	document.LineCapacity: {document.LinePlaceDate, 0},
}

// spot prints the lines of a field, smaller when they would not fit, and returns where they end.
func (c certificate) spot(s document.Spot, y float64) float64 {
	lines := c.of.Text(s.Field)
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
				out = append(out, c.wrapText(l, at, s.Width, 0)...)
			} else {
				out = append(out, c.balance(l, at, s.Width)...)
			}
		}
		return out
	}
	laid := layout()
	for len(laid) > most && at.size > 7 {
		at.size -= 0.5
		laid = layout()
	}
	if c.of.Grid {
		c.f.SetDrawColor(0, 90, 180)
		c.f.SetLineWidth(0.15)
		c.f.Rect(s.X, y, s.Width, float64(max(most, len(laid)))*at.leading(), "D")
		c.f.SetDrawColor(0, 0, 0)
		label := face{"", 7}
		c.f.SetTextColor(0, 90, 180)
		side := document.Left // away from the text
		if align == document.Left {
			side = document.Right
		}
		c.line(s.Label, s.X+1, y+0.3, s.Width-2, label, side)
		c.f.SetTextColor(0, 0, 0)
	}
	if s.Red {
		c.f.SetTextColor(190, 20, 20)
	}
	y = c.lines(laid, s.X, y, s.Width, at, align)
	c.f.SetTextColor(0, 0, 0)
	return y
}

// rulers draws a ruler over the whole sheet: a line every 10 mm, numbered every 20.
func (c certificate) rulers() {
	const width, height = document.PaperLong, document.PaperShort
	number := face{"", 6}
	for x := 10.0; x < width; x += 10 {
		c.hair(x, 0, x, height, int(x)%50 == 0)
		if int(x)%20 == 0 {
			c.line(fmt.Sprint(int(x)), x+0.5, 4, 8, number, document.Left)
		}
	}
	for y := 10.0; y < height; y += 10 {
		c.hair(0, y, width, y, int(y)%50 == 0)
		if int(y)%20 == 0 {
			c.line(fmt.Sprint(int(y)), 4, y+0.3, 8, number, document.Left)
		}
	}
	c.f.SetDrawColor(0, 0, 0)
}

func (c certificate) hair(x1, y1, x2, y2 float64, strong bool) {
	c.f.SetDrawColor(205, 205, 205)
	c.f.SetLineWidth(0.1)
	if strong {
		c.f.SetDrawColor(140, 140, 140)
	}
	c.f.Line(x1, y1, x2, y2)
}
