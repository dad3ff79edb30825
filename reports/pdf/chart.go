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

// plot is the frame of a chart: its scale and the room its words take.
type plot struct {
	c      document.Chart
	high   float64 // value at the end of the axis
	tick   float64
	groups int // bars side by side in a category
}

func newPlot(c document.Chart) plot {
	pl := plot{c: c, groups: len(c.Series)}
	if c.Lines {
		c.Stacked = false
		pl.c = c
	}
	if c.Stacked {
		pl.groups = 1
	}
	for i := range c.Categories {
		sum := 0.0
		for _, s := range c.Series {
			sum += s.Values[i]
			if !c.Stacked {
				pl.high = max(pl.high, s.Values[i])
			}
		}
		if c.Stacked {
			pl.high = max(pl.high, sum)
		}
	}
	pl.high, pl.tick = axis(pl.high)
	return pl
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

func (pl plot) tickText(v float64) string {
	return document.FormatNumber(v, max(0, int(-math.Floor(math.Log10(pl.tick)+1e-9))))
}

func (pl plot) block() float64 {
	if pl.c.Horizontal {
		return float64(pl.groups)*barThick + barGap
	}
	return 0
}

func (p *printer) chartHeight(c document.Chart) float64 {
	at := bold(document.SizeMotto)
	h := float64(len(p.balance(c.Title, at, p.width)))*at.leading() + chartTop + 2*chartText.leading() + 10
	if c.Horizontal && !c.Lines {
		return h + newPlot(c).block()*float64(len(c.Categories))
	}
	return h + 70
}

// chart draws a bar chart. One with more lying bars than a page holds goes on over the following pages.
func (p *printer) chart(c document.Chart) {
	p.gap(paragraphGap)
	page := p.bottom - p.top
	p.need(min(p.chartHeight(c), page))
	pl := newPlot(c)
	if c.Title != "" {
		p.centered(c.Title, bold(document.SizeMotto))
	}
	p.y += chartTop
	p.legend(c)
	switch {
	case c.Lines:
		p.joined(pl)
		return
	case !c.Horizontal:
		p.upright(pl)
		return
	}
	from := 0
	for from < len(c.Categories) {
		fit := int((p.bottom - p.y - 2*chartText.leading()) / pl.block())
		if fit < 1 && p.started {
			p.page()
			continue
		}
		to := min(from+max(fit, 1), len(c.Categories))
		p.lying(pl, from, to)
		from = to
	}
}

func (p *printer) legend(c document.Chart) {
	x := p.left
	for i, s := range c.Series {
		if s.Name == "" {
			continue
		}
		w := p.textWidth(s.Name, chartText)
		if x > p.left && x+w+5 > p.left+p.width-40 {
			x = p.left
			p.y += chartText.leading()
		}
		if c.Lines {
			p.point(i, x+1.5, p.y+2.5)
		} else {
			p.bar(i, x, p.y+1, 3.4, 3.4)
		}
		p.line(s.Name, x+4.2, p.y, w, chartText, document.Left)
		x += w + 10
	}
	if c.Unit != "" {
		p.line(c.Unit, p.left, p.y, p.width, face{"I", chartText.size}, document.Right)
	}
	p.y += chartText.leading() + 1.5
}

// bar draws a box of a series in its colour and pattern.
func (p *printer) bar(series int, x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	s := document.ShadeOf(series)
	red, green, blue := int(s.Red), int(s.Green), int(s.Blue)
	if s.Hatch == document.Filled {
		p.f.SetFillColor(red, green, blue)
		p.f.Rect(x, y, w, h, "F")
		return
	}
	p.f.SetDrawColor(red, green, blue)
	p.f.SetFillColor(255, 255, 255)
	p.f.SetLineWidth(0.35)
	p.f.ClipRect(x, y, w, h, false)
	p.f.Rect(x, y, w, h, "F")
	const step = 1.3
	switch s.Hatch {
	case document.Rising:
		for d := 0.0; d < w+h; d += step {
			p.f.Line(x+d-h, y+h, x+d, y)
		}
	case document.Falling:
		for d := 0.0; d < w+h; d += step {
			p.f.Line(x+d-h, y, x+d, y+h)
		}
	case document.Level:
		for d := step / 2; d < h; d += step {
			p.f.Line(x, y+d, x+w, y+d)
		}
	case document.Upright:
		for d := step / 2; d < w; d += step {
			p.f.Line(x+d, y, x+d, y+h)
		}
	}
	p.f.ClipEnd()
	p.f.Rect(x, y, w, h, "D")
	p.f.SetDrawColor(0, 0, 0)
}

// lying draws the categories from (included) to to (excluded), one below the other.
func (p *printer) lying(pl plot, from, to int) {
	label := 0.0
	for _, name := range pl.c.Categories {
		label = max(label, p.textWidth(name, chartText))
	}
	label = min(label+2, p.width*0.38)
	x0, span := p.left+label, p.width-label-14
	height := float64(to-from) * pl.block()
	p.grid(pl, func(share float64, text string) {
		x := x0 + share*span
		p.f.Line(x, p.y, x, p.y+height)
		p.line(text, x-10, p.y+height+0.5, 20, chartText, document.Center)
	})
	for i := from; i < to; i++ {
		y := p.y + float64(i-from)*pl.block()
		name := p.wrapText(pl.c.Categories[i], chartText, label-2, 0)
		if most := max(1, int(pl.block()/chartText.leading())); len(name) > most {
			small := face{"", 7}
			name = p.wrapText(pl.c.Categories[i], small, label-2, 0)
			p.lines(name, p.left, y+(pl.block()-float64(len(name))*small.leading())/2, label-2, small, document.Right)
		} else {
			p.lines(name, p.left, y+(pl.block()-float64(len(name))*chartText.leading())/2, label-2, chartText, document.Right)
		}
		x, y := x0, y+barGap/2
		for k, s := range pl.c.Series {
			w := s.Values[i] / pl.high * span
			p.bar(k, x, y, w, barThick)
			text := document.FormatNumber(s.Values[i], pl.c.Decimals)
			if pl.c.Stacked {
				p.inside(text, k, x, y+(barThick-chartText.leading())/2, w, s.Values[i])
				x += w
			} else {
				p.line(text, x+w+1, y+(barThick-chartText.leading())/2, 13, chartText, document.Left)
				y += barThick
			}
		}
	}
	p.f.SetLineWidth(0.3)
	p.f.Line(x0, p.y, x0, p.y+height)
	p.y += height + chartText.leading() + 3
}

// upright draws standing bars in a frame of 70 mm.
func (p *printer) upright(pl plot) {
	const tall = 55.0
	x0, span := p.left+14, p.width-14
	base := p.y + 4 + tall
	p.grid(pl, func(share float64, text string) {
		y := base - share*tall
		p.f.Line(x0, y, x0+span, y)
		p.line(text, p.left, y-chartText.leading()/2, 12.5, chartText, document.Right)
	})
	step := span / float64(len(pl.c.Categories))
	bar := min(step*0.7/float64(pl.groups), 16)
	labels := 0.0
	for i, name := range pl.c.Categories {
		x := x0 + float64(i)*step + (step-bar*float64(pl.groups))/2
		y := base
		for k, s := range pl.c.Series {
			h := s.Values[i] / pl.high * tall
			p.bar(k, x, y-h, bar, h)
			text := document.FormatNumber(s.Values[i], pl.c.Decimals)
			if pl.c.Stacked {
				if h >= chartText.leading() {
					p.inside(text, k, x, y-h/2-chartText.leading()/2, bar, s.Values[i])
				} else if s.Values[i] > 0 {
					p.line(text, x+bar+0.5, y-h/2-chartText.leading()/2, 12, chartText, document.Left)
				}
				y -= h
			} else {
				p.line(text, x-5, y-h-chartText.leading(), bar+10, chartText, document.Center)
				x += bar
			}
		}
		lines := p.wrapText(name, chartText, step-1, 0)
		p.lines(lines, x0+float64(i)*step+0.5, base+1, step-1, chartText, document.Center)
		labels = max(labels, float64(len(lines))*chartText.leading())
	}
	p.f.SetLineWidth(0.3)
	p.f.Line(x0, base, x0+span, base)
	p.y = base + labels + 4
}

// point draws the mark of a series: disc, square, triangle, diamond, told apart without colour.
func (p *printer) point(series int, x, y float64) {
	const r = 1.0
	s := document.ShadeOf(series)
	p.f.SetFillColor(int(s.Red), int(s.Green), int(s.Blue))
	type pt = fpdf.PointType
	switch series % 4 {
	case 0:
		p.f.Circle(x, y, r, "F")
	case 1:
		p.f.Rect(x-r, y-r, 2*r, 2*r, "F")
	case 2:
		p.f.Polygon([]pt{{X: x, Y: y - r*1.2}, {X: x + r*1.2, Y: y + r}, {X: x - r*1.2, Y: y + r}}, "F")
	default:
		p.f.Polygon([]pt{{X: x, Y: y - r*1.4}, {X: x + r*1.4, Y: y}, {X: x, Y: y + r*1.4}, {X: x - r*1.4, Y: y}}, "F")
	}
}

// joined draws points joined by lines in a frame of 70 mm. Where categories stand close, every figure still stands at the last point and
// wherever the series changes.
func (p *printer) joined(pl plot) {
	const tall = 55.0
	x0, span := p.left+14, p.width-14
	base := p.y + 4 + tall
	p.grid(pl, func(share float64, text string) {
		y := base - share*tall
		p.f.Line(x0, y, x0+span, y)
		p.line(text, p.left, y-chartText.leading()/2, 12.5, chartText, document.Right)
	})
	n := len(pl.c.Categories)
	step := span / float64(n)
	at := func(i int, v float64) (x, y float64) { return x0 + (float64(i)+0.5)*step, base - v/pl.high*tall }
	for k, s := range pl.c.Series {
		look := document.ShadeOf(k)
		p.f.SetDrawColor(int(look.Red), int(look.Green), int(look.Blue))
		p.f.SetLineWidth(0.5)
		if k > 0 {
			p.f.SetDashPattern([]float64{float64(4 - k%3), 1}, 0)
		}
		for i := 1; i < n; i++ {
			x1, y1 := at(i-1, s.Values[i-1])
			x2, y2 := at(i, s.Values[i])
			p.f.Line(x1, y1, x2, y2)
		}
		p.f.SetDashPattern(nil, 0)
		p.f.SetDrawColor(0, 0, 0)
		for i, v := range s.Values {
			x, y := at(i, v)
			p.point(k, x, y)
			if i == 0 || i == n-1 || v != s.Values[i-1] {
				p.line(document.FormatNumber(v, pl.c.Decimals), x-8, y-chartText.leading()-1, 16, chartText, document.Center)
			}
		}
	}
	every := max(1, int(math.Ceil(14/step))) // names that have room
	labels := 0.0
	for i := 0; i < n; i += every {
		lines := p.wrapText(pl.c.Categories[i], chartText, step*float64(every)-1, 0)
		p.lines(lines, x0+(float64(i)+0.5)*step-step*float64(every)/2+0.5, base+1, step*float64(every)-1, chartText, document.Center)
		labels = max(labels, float64(len(lines))*chartText.leading())
	}
	p.f.SetLineWidth(0.3)
	p.f.Line(x0, base, x0+span, base)
	p.y = base + labels + 4
}

// inside writes a figure on its own bar: light on a dark shade. Nothing is written for zero.
func (p *printer) inside(text string, shade int, x, y, w, value float64) {
	if value == 0 {
		return
	}
	look := document.ShadeOf(shade)
	wide := p.textWidth(text, chartText)
	switch {
	case look.Dark() && wide <= w:
		p.f.SetTextColor(255, 255, 255)
	case look.Hatch != document.Filled: // a figure on lines wants a clear ground
		p.f.SetFillColor(255, 255, 255)
		p.f.Rect(x+w/2-wide/2-0.5, y+0.3, wide+1, chartText.leading()-0.6, "F")
	}
	p.line(text, x, y, w, chartText, document.Center)
	p.f.SetTextColor(0, 0, 0)
}

// grid draws the scale in light grey.
func (p *printer) grid(pl plot, each func(share float64, text string)) {
	p.f.SetLineWidth(0.1)
	p.f.SetDrawColor(190, 190, 190)
	for v := 0.0; v <= pl.high*1.0001; v += pl.tick {
		each(v/pl.high, pl.tickText(v))
	}
	p.f.SetDrawColor(0, 0, 0)
}
