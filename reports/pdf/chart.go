package pdf

import (
	"math"

	"github.com/go-pdf/fpdf"

	"thidua/reports/document"
)

const (
	barThick = 4.2 // of a lying bar
	barGap   = 3.0
	chartTop = 3.0
)

var chartText = face{"", 10}

// chart prints figures as bars or as points joined by lines, on a scale of its own.
//
//constructed:by newChart
type chart struct {
	*pages
	of     document.Chart
	high   float64 // value at the end of the axis
	tick   float64
	groups int // bars side by side in a category
}

// newChart finds the scale on which all figures of a chart stand.
func newChart(p *pages, of document.Chart) chart {
	of.Stacked = of.Stacked && !of.Lines
	c := chart{pages: p, of: of, groups: len(of.Series)}
	if of.Stacked {
		c.groups = 1
	}
	for i := range of.Categories {
		sum := 0.0
		for _, s := range of.Series {
			sum += s.Values[i]
			if !of.Stacked {
				c.high = max(c.high, s.Values[i])
			}
		}
		if of.Stacked {
			c.high = max(c.high, sum)
		}
	}
	c.high, c.tick = axis(c.high)
	return c
}

// axis rounds the greatest value up to a scale of about five even steps.
func axis(high float64) (end, step float64) {
	if high <= 0 {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(high/5)))
	for _, m := range []float64{1, 2, 5, 10} {
		if step*m*5 >= high {
			step *= m
			break
		}
	}
	return math.Ceil(high/step-1e-9) * step, step
}

func (c chart) tickText(v float64) string {
	return document.FormatNumber(v, max(0, int(-math.Floor(math.Log10(c.tick)+1e-9))))
}

func (c chart) block() float64 {
	if c.of.Horizontal {
		return float64(c.groups)*barThick + barGap
	}
	return 0
}

func (c chart) height() float64 {
	at := bold(document.SizeMotto)
	h := float64(len(c.balance(c.of.Title, at, c.width)))*at.leading() + chartTop + 2*chartText.leading() + 10
	if c.of.Horizontal && !c.of.Lines {
		return h + c.block()*float64(len(c.of.Categories))
	}
	return h + 70
}

// print draws the chart. One with more lying bars than a page holds goes on over the following
// pages.
func (c chart) print() {
	c.gap(paragraphGap)
	page := c.bottom - c.top
	c.need(min(c.height(), page))
	if c.of.Title != "" {
		c.centered(c.of.Title, bold(document.SizeMotto))
	}
	c.y += chartTop
	c.legend()
	switch {
	case c.of.Lines:
		c.joined()
		return
	case !c.of.Horizontal:
		c.upright()
		return
	}
	from := 0
	for from < len(c.of.Categories) {
		fit := int((c.bottom - c.y - 2*chartText.leading()) / c.block())
		if fit < 1 && c.started {
			c.page()
			continue
		}
		to := min(from+max(fit, 1), len(c.of.Categories))
		c.lying(from, to)
		from = to
	}
}

func (c chart) legend() {
	x := c.left
	for i, s := range c.of.Series {
		if s.Name == "" {
			continue
		}
		w := c.textWidth(s.Name, chartText)
		if x > c.left && x+w+5 > c.left+c.width-40 {
			x = c.left
			c.y += chartText.leading()
		}
		if c.of.Lines {
			c.point(i, x+1.5, c.y+2.5)
		} else {
			c.bar(i, x, c.y+1, 3.4, 3.4)
		}
		c.line(s.Name, x+4.2, c.y, w, chartText, document.Left)
		x += w + 10
	}
	if c.of.Unit != "" {
		c.line(c.of.Unit, c.left, c.y, c.width, face{"I", chartText.size}, document.Right)
	}
	c.y += chartText.leading() + 1.5
}

// bar draws a box of a series in its colour and pattern.
func (c chart) bar(series int, x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	s := document.ShadeOf(series)
	red, green, blue := int(s.Red), int(s.Green), int(s.Blue)
	if s.Hatch == document.Filled {
		c.f.SetFillColor(red, green, blue)
		c.f.Rect(x, y, w, h, "F")
		return
	}
	c.f.SetDrawColor(red, green, blue)
	c.f.SetFillColor(255, 255, 255)
	c.f.SetLineWidth(0.35)
	c.f.ClipRect(x, y, w, h, false)
	c.f.Rect(x, y, w, h, "F")
	const step = 1.3
	switch s.Hatch {
	case document.Rising:
		for d := 0.0; d < w+h; d += step {
			c.f.Line(x+d-h, y+h, x+d, y)
		}
	case document.Falling:
		for d := 0.0; d < w+h; d += step {
			c.f.Line(x+d-h, y, x+d, y+h)
		}
	case document.Level:
		for d := step / 2; d < h; d += step {
			c.f.Line(x, y+d, x+w, y+d)
		}
	case document.Upright:
		for d := step / 2; d < w; d += step {
			c.f.Line(x+d, y, x+d, y+h)
		}
	}
	c.f.ClipEnd()
	c.f.Rect(x, y, w, h, "D")
	c.f.SetDrawColor(0, 0, 0)
}

// lying draws the categories from (included) to to (excluded), one below the other.
func (c chart) lying(from, to int) {
	label := 0.0
	for _, name := range c.of.Categories {
		label = max(label, c.textWidth(name, chartText))
	}
	label = min(label+2, c.width*0.38)
	x0, span := c.left+label, c.width-label-14
	height := float64(to-from) * c.block()
	c.grid(func(share float64, text string) {
		x := x0 + share*span
		c.f.Line(x, c.y, x, c.y+height)
		c.line(text, x-10, c.y+height+0.5, 20, chartText, document.Center)
	})
	for i := from; i < to; i++ {
		y := c.y + float64(i-from)*c.block()
		name := c.wrapText(c.of.Categories[i], chartText, label-2, 0)
		if most := max(1, int(c.block()/chartText.leading())); len(name) > most {
			small := face{"", 7}
			name = c.wrapText(c.of.Categories[i], small, label-2, 0)
			c.lines(name, c.left, y+(c.block()-float64(len(name))*small.leading())/2, label-2, small, document.Right)
		} else {
			c.lines(name, c.left, y+(c.block()-float64(len(name))*chartText.leading())/2, label-2, chartText,
				document.Right)
		}
		x, y := x0, y+barGap/2
		for k, s := range c.of.Series {
			w := s.Values[i] / c.high * span
			c.bar(k, x, y, w, barThick)
			text := document.FormatNumber(s.Values[i], c.of.Decimals)
			if c.of.Stacked {
				c.inside(text, k, x, y+(barThick-chartText.leading())/2, w, s.Values[i])
				x += w
			} else {
				c.line(text, x+w+1, y+(barThick-chartText.leading())/2, 13, chartText, document.Left)
				y += barThick
			}
		}
	}
	c.f.SetLineWidth(0.3)
	c.f.Line(x0, c.y, x0, c.y+height)
	c.y += height + chartText.leading() + 3
}

// upright draws standing bars in a frame of 70 mm.
func (c chart) upright() {
	const tall = 55.0
	x0, span := c.left+14, c.width-14
	base := c.y + 4 + tall
	c.grid(func(share float64, text string) {
		y := base - share*tall
		c.f.Line(x0, y, x0+span, y)
		c.line(text, c.left, y-chartText.leading()/2, 12.5, chartText, document.Right)
	})
	step := span / float64(len(c.of.Categories))
	bar := min(step*0.7/float64(c.groups), 16)
	labels := 0.0
	for i, name := range c.of.Categories {
		x := x0 + float64(i)*step + (step-bar*float64(c.groups))/2
		y := base
		for k, s := range c.of.Series {
			h := s.Values[i] / c.high * tall
			c.bar(k, x, y-h, bar, h)
			text := document.FormatNumber(s.Values[i], c.of.Decimals)
			if c.of.Stacked {
				if h >= chartText.leading() {
					c.inside(text, k, x, y-h/2-chartText.leading()/2, bar, s.Values[i])
				} else if s.Values[i] > 0 {
					c.line(text, x+bar+0.5, y-h/2-chartText.leading()/2, 12, chartText, document.Left)
				}
				y -= h
			} else {
				c.line(text, x-5, y-h-chartText.leading(), bar+10, chartText, document.Center)
				x += bar
			}
		}
		lines := c.wrapText(name, chartText, step-1, 0)
		c.lines(lines, x0+float64(i)*step+0.5, base+1, step-1, chartText, document.Center)
		labels = max(labels, float64(len(lines))*chartText.leading())
	}
	c.f.SetLineWidth(0.3)
	c.f.Line(x0, base, x0+span, base)
	c.y = base + labels + 4
}

// point draws the mark of a series: disc, square, triangle, diamond, told apart without colour.
func (c chart) point(series int, x, y float64) {
	const r = 1.0
	s := document.ShadeOf(series)
	c.f.SetFillColor(int(s.Red), int(s.Green), int(s.Blue))
	type pt = fpdf.PointType
	switch series % 4 {
	case 0:
		c.f.Circle(x, y, r, "F")
	case 1:
		c.f.Rect(x-r, y-r, 2*r, 2*r, "F")
	case 2:
		c.f.Polygon([]pt{{X: x, Y: y - r*1.2}, {X: x + r*1.2, Y: y + r}, {X: x - r*1.2, Y: y + r}}, "F")
	default:
		c.f.Polygon([]pt{{X: x, Y: y - r*1.4}, {X: x + r*1.4, Y: y}, {X: x, Y: y + r*1.4}, {X: x - r*1.4, Y: y}}, "F")
	}
}

// joined draws points joined by lines in a frame of 70 mm. Where categories stand close, every
// figure still stands at the last point and wherever the series changes.
func (c chart) joined() {
	const tall = 55.0
	x0, span := c.left+14, c.width-14
	base := c.y + 4 + tall
	c.grid(func(share float64, text string) {
		y := base - share*tall
		c.f.Line(x0, y, x0+span, y)
		c.line(text, c.left, y-chartText.leading()/2, 12.5, chartText, document.Right)
	})
	n := len(c.of.Categories)
	step := span / float64(n)
	at := func(i int, v float64) (x, y float64) { return x0 + (float64(i)+0.5)*step, base - v/c.high*tall }
	for k, s := range c.of.Series {
		look := document.ShadeOf(k)
		c.f.SetDrawColor(int(look.Red), int(look.Green), int(look.Blue))
		c.f.SetLineWidth(0.5)
		if k > 0 {
			c.f.SetDashPattern([]float64{float64(4 - k%3), 1}, 0)
		}
		for i := 1; i < n; i++ {
			x1, y1 := at(i-1, s.Values[i-1])
			x2, y2 := at(i, s.Values[i])
			c.f.Line(x1, y1, x2, y2)
		}
		c.f.SetDashPattern(nil, 0)
		c.f.SetDrawColor(0, 0, 0)
		for i, v := range s.Values {
			x, y := at(i, v)
			c.point(k, x, y)
			if i == 0 || i == n-1 || v != s.Values[i-1] {
				c.line(document.FormatNumber(v, c.of.Decimals), x-8, y-chartText.leading()-1, 16, chartText,
					document.Center)
			}
		}
	}
	every := max(1, int(math.Ceil(14/step))) // names that have room
	labels := 0.0
	for i := 0; i < n; i += every {
		lines := c.wrapText(c.of.Categories[i], chartText, step*float64(every)-1, 0)
		c.lines(lines, x0+(float64(i)+0.5)*step-step*float64(every)/2+0.5, base+1, step*float64(every)-1, chartText,
			document.Center)
		labels = max(labels, float64(len(lines))*chartText.leading())
	}
	c.f.SetLineWidth(0.3)
	c.f.Line(x0, base, x0+span, base)
	c.y = base + labels + 4
}

// inside writes a figure on its own bar: light on a dark shade. Nothing is written for zero.
func (c chart) inside(text string, shade int, x, y, w, value float64) {
	if value == 0 {
		return
	}
	look := document.ShadeOf(shade)
	wide := c.textWidth(text, chartText)
	switch {
	case look.Dark() && wide <= w:
		c.f.SetTextColor(255, 255, 255)
	case look.Hatch != document.Filled: // a figure on lines wants a clear ground
		c.f.SetFillColor(255, 255, 255)
		c.f.Rect(x+w/2-wide/2-0.5, y+0.3, wide+1, chartText.leading()-0.6, "F")
	}
	c.line(text, x, y, w, chartText, document.Center)
	c.f.SetTextColor(0, 0, 0)
}

// grid draws the scale in light grey.
func (c chart) grid(each func(share float64, text string)) {
	c.f.SetLineWidth(0.1)
	c.f.SetDrawColor(190, 190, 190)
	for v := 0.0; v <= c.high*1.0001; v += c.tick {
		each(v/c.high, c.tickText(v))
	}
	c.f.SetDrawColor(0, 0, 0)
}
