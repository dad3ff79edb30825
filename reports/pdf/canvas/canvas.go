// Package canvas writes PDF files (ISO 32000-1): pages with lines, areas and text in Liberation
// Serif.
//
// Drawings in millimetres from the top left corner of a page come in, the bytes of a file go out;
// the same drawings always give the same bytes. The fonts are taken apart once for the whole
// program, so that a small paper costs little; of each style a file embeds the letters that it
// shows. The package knows no layout: it breaks no line and begins no page by itself.
//
//	c := canvas.New(canvas.Properties{Title: "Biên bản", Language: "vi"})
//	c.Page(210, 297)
//	c.Text("Độc lập - Tự do", 30, 20, "B", 13, 0)
//	file := c.Bytes()
package canvas

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Properties are what a file says of itself.
type Properties struct {
	Title, Subject, Author, Creator string
	Language                        string // RFC 3066, such as vi
	Made                            time.Time
}

// Canvas is a file being drawn.
//
//constructed:by New
type Canvas struct {
	properties Properties
	pages      []*page
	bookmarks  []bookmark
	used       map[string]map[uint16]rune // letters shown, by style and glyph
	wanted                                // as it was asked for
}

// page is the drawing of one page.
type page struct {
	width, height float64 // in points
	drawing       []byte
	packed        []byte // the drawing once it is done
	wanted               // as the drawing has set it so far
	outer         wanted // as it was before what is clipped
}

// wanted is how what comes next is drawn.
type wanted struct {
	line, fill, text colour
	thick            float64
	dash             string // the operands of d
	round            bool   // ends of lines
}

type colour [3]int

type bookmark struct {
	text     string
	level    int
	page     int // from 0
	height   float64
	last     int // bookmark below this one that comes last, -1 for none
	children int
}

const unit = 72 / 25.4 // points in a millimetre

// start is how a page begins (ISO 32000-1, table 52).
var start = wanted{thick: 1 / unit, dash: "[] 0"}

// New is a file without a page.
func New(p Properties) *Canvas {
	return &Canvas{properties: p, used: map[string]map[uint16]rune{}, wanted: start}
}

// Page begins a page of a size. The one before is done, and kept packed.
func (c *Canvas) Page(width, height float64) {
	if n := len(c.pages); n > 0 {
		c.pages[n-1].finish()
	}
	c.pages = append(c.pages, &page{width: width * unit, height: height * unit, wanted: start})
}

// PageNo is the number of the page that is drawn on, 0 before the first.
func (c *Canvas) PageNo() int { return len(c.pages) }

// SetLineColor sets the colour of lines.
func (c *Canvas) SetLineColor(red, green, blue int) { c.line = colour{red, green, blue} }

// SetFillColor sets the colour of areas.
func (c *Canvas) SetFillColor(red, green, blue int) { c.fill = colour{red, green, blue} }

// SetTextColor sets the colour of text.
func (c *Canvas) SetTextColor(red, green, blue int) { c.text = colour{red, green, blue} }

// SetLineWidth sets how thick lines are.
func (c *Canvas) SetLineWidth(width float64) { c.thick = width }

// SetDashes breaks lines into dashes and gaps of these lengths; with none they are whole again.
func (c *Canvas) SetDashes(lengths ...float64) {
	var b strings.Builder
	b.WriteByte('[')
	for i, l := range lengths {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatFloat(l*unit, 'f', 2, 64))
	}
	b.WriteString("] 0")
	c.dash = b.String()
}

// SetRoundEnds makes the ends of lines round, or cuts them off.
func (c *Canvas) SetRoundEnds(round bool) { c.round = round }

// Line draws a line.
func (c *Canvas) Line(x1, y1, x2, y2 float64) {
	p := c.stroke()
	p.point(x1, y1)
	p.op("m")
	p.point(x2, y2)
	p.op("l")
	p.op("S")
}

// Frame draws the outline of a rectangle.
func (c *Canvas) Frame(x, y, width, height float64) {
	p := c.stroke()
	p.rectangle(x, y, width, height)
	p.op("S")
}

// Area fills a rectangle.
func (c *Canvas) Area(x, y, width, height float64) {
	p := c.paint()
	p.rectangle(x, y, width, height)
	p.op("f")
}

// Point is a place on a page.
type Point struct{ X, Y float64 }

// Polygon fills what is between points.
func (c *Canvas) Polygon(points ...Point) {
	p := c.paint()
	for i, at := range points {
		p.point(at.X, at.Y)
		if i == 0 {
			p.op("m")
		} else {
			p.op("l")
		}
	}
	p.op("f")
}

// Disc fills a circle.
func (c *Canvas) Disc(x, y, radius float64) {
	p := c.paint()
	bend := radius * 4 / 3 * (math.Sqrt2 - 1) // by which four curves come closest to a circle
	p.point(x+radius, y)
	p.op("m")
	for _, q := range [][6]float64{
		{x + radius, y - bend, x + bend, y - radius, x, y - radius},
		{x - bend, y - radius, x - radius, y - bend, x - radius, y},
		{x - radius, y + bend, x - bend, y + radius, x, y + radius},
		{x + bend, y + radius, x + radius, y + bend, x + radius, y},
	} {
		for i := 0; i < 6; i += 2 {
			p.point(q[i], q[i+1])
		}
		p.op("c")
	}
	p.op("f")
}

// Clip shows of what follows only what lies in a rectangle, until Unclip.
func (c *Canvas) Clip(x, y, width, height float64) {
	p := c.top()
	p.outer = p.wanted
	p.op("q")
	p.rectangle(x, y, width, height)
	p.op("W n")
}

// Unclip ends what Clip began.
func (c *Canvas) Unclip() {
	p := c.top()
	p.op("Q")
	p.wanted = p.outer
}

// Text sets a text of one line. Its letters stand on the height y; spaces are wider by so many
// millimetres.
func (c *Canvas) Text(text string, x, y float64, style string, size, wider float64) {
	p := c.top()
	p.setFill(c.text)
	f, used := FaceOf(style), c.usedOf(style)
	p.op("BT /F" + style)
	p.number(size)
	p.op("Tf")
	p.point(x, y)
	p.op("Td")
	p.drawing = append(p.drawing, "[<"...)
	for _, r := range text {
		g := f.glyph(r)
		if _, known := used[g]; !known { // of letters that look the same the first is found by readers
			used[g] = r
		}
		p.drawing = appendHex(p.drawing, g)
		if r == ' ' && wider != 0 {
			p.drawing = append(p.drawing, '>')
			p.drawing = strconv.AppendFloat(p.drawing, -wider*unit*1000/size, 'f', 3, 64)
			p.drawing = append(p.drawing, '<')
		}
	}
	p.op(">] TJ ET")
}

// Bookmark adds an entry to the outline that leads to a height of the page; level 0 is the top. A
// level is at most one below that of the entry before.
func (c *Canvas) Bookmark(text string, level int, y float64) {
	c.bookmarks = append(c.bookmarks,
		bookmark{text: text, level: level, page: len(c.pages) - 1, height: c.top().height - y*unit, last: -1})
}

func (c *Canvas) usedOf(style string) map[uint16]rune {
	used := c.used[style]
	if used == nil {
		used = map[uint16]rune{}
		c.used[style] = used
	}
	return used
}

func (c *Canvas) top() *page { return c.pages[len(c.pages)-1] }

// stroke makes the page ready for lines.
func (c *Canvas) stroke() *page {
	p := c.top()
	if p.line != c.line {
		p.line = c.line
		p.colour(c.line)
		p.op("RG")
	}
	if p.thick != c.thick {
		p.thick = c.thick
		p.number(c.thick * unit)
		p.op("w")
	}
	if p.dash != c.dash {
		p.dash = c.dash
		p.op(c.dash + " d")
	}
	if p.round != c.round {
		p.round = c.round
		if c.round {
			p.op("1 J")
		} else {
			p.op("0 J")
		}
	}
	return p
}

// paint makes the page ready for areas.
func (c *Canvas) paint() *page {
	p := c.top()
	p.setFill(c.fill)
	return p
}

func (p *page) setFill(to colour) { // a page has one colour for areas and text
	if p.fill != to {
		p.fill = to
		p.colour(to)
		p.op("rg")
	}
}

func (p *page) colour(of colour) {
	for _, part := range of {
		p.drawing = strconv.AppendFloat(p.drawing, float64(part)/255, 'f', 3, 64)
		p.drawing = append(p.drawing, ' ')
	}
}

func (p *page) rectangle(x, y, width, height float64) {
	p.point(x, y)
	p.number(width * unit)
	p.number(-height * unit)
	p.op("re")
}

// point writes a place as PDF counts: in points, from below.
func (p *page) point(x, y float64) {
	p.number(x * unit)
	p.number(p.height - y*unit)
}

func (p *page) number(v float64) {
	p.drawing = strconv.AppendFloat(p.drawing, v, 'f', 2, 64)
	p.drawing = append(p.drawing, ' ')
}

func (p *page) op(name string) {
	p.drawing = append(p.drawing, name...)
	p.drawing = append(p.drawing, '\n')
}

func appendHex(to []byte, g uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(to, digits[g>>12], digits[g>>8&15], digits[g>>4&15], digits[g&15])
}
