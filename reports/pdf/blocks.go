package pdf

import (
	"strings"

	"thidua/reports/document"
)

const (
	paragraphGap = 6 * pt // the decree wants at least 6 points between paragraphs
	ruleThin     = 0.25
	signRoom     = 25.0 // for signature and stamp
)

func bold(size float64) face   { return face{"B", size} }
func italic(size float64) face { return face{"I", size} }
func plain(size float64) face  { return face{"", size} }

// header draws the issuer on the left and the nation on the right. The right column is never
// narrower than the country's name; long names of units wrap.
func (p printer) header(h document.NationalHeader) {
	p.need(45)
	rightWidth := max(p.width*0.5, p.textWidth(document.Country, bold(document.SizeCountry))+1)
	leftWidth := p.width - rightWidth
	rightX := p.left + leftWidth
	column := leftWidth - 2
	top := p.y

	y := top
	for _, s := range h.Superior {
		y = p.lines(p.wrapText(s, plain(document.SizeCountry), column, 0), p.left, y, column,
			plain(document.SizeCountry), document.Center)
	}
	widest := 0.0
	for _, s := range h.Issuer {
		wrapped := p.balance(s, bold(document.SizeCountry), column)
		for _, l := range wrapped {
			widest = max(widest, l.width)
		}
		y = p.lines(wrapped, p.left, y, column, bold(document.SizeCountry), document.Center)
	}
	if widest > 0 {
		middle, half := p.left+column/2, widest*0.4/2
		p.rule(middle-half, y+0.8, middle+half, ruleThin)
	}

	right := p.lines(p.wrapText(document.Country, bold(document.SizeCountry), rightWidth, 0), rightX, top, rightWidth,
		bold(document.SizeCountry), document.Center)
	right = p.lines(p.wrapText(document.Motto, bold(document.SizeMotto), rightWidth, 0), rightX, right, rightWidth,
		bold(document.SizeMotto), document.Center)
	half := p.textWidth(document.Motto, bold(document.SizeMotto)) / 2
	p.rule(rightX+rightWidth/2-half, right+0.8, rightX+rightWidth/2+half, ruleThin)

	y = max(y, right) + 3
	right = y
	if s := h.NumberLine(); s != "" {
		y = p.lines(p.wrapText(s, plain(document.SizeMotto), column, 0), p.left, y, column, plain(document.SizeMotto),
			document.Center)
	}
	if s := h.PlaceDate(); s != "" {
		right = p.lines(p.wrapText(s, italic(document.SizeMotto), rightWidth, 0), rightX, right, rightWidth,
			italic(document.SizeMotto), document.Center)
	}
	if h.Subject != "" {
		at := plain(document.SizeSubject)
		y = p.lines(p.balance(h.Subject, at, column), p.left, y+6*pt, column, at, document.Center)
	}
	if h.Mark != "" {
		at := bold(document.SizeCountry)
		w := p.textWidth(h.Mark, at) + 6
		p.f.SetLineWidth(ruleThin)
		p.f.Rect(p.left+(column-w)/2, y+1.5, w, at.leading()+1.6, "D")
		p.line(h.Mark, p.left, y+2.3, column, at, document.Center)
		y += at.leading() + 3.1
	}
	p.y = max(y, right) + 4
	p.started = true
}

func (p printer) title(t document.Title) {
	at := bold(document.SizeBody)
	p.gap(3)
	p.need(6 * at.leading())
	if t.Kind != "" {
		p.bookmark(t.Kind, 0, at)
		p.centered(t.Kind, at)
	}
	for _, s := range t.Abstract {
		p.centered(s, at)
	}
	if n := len(t.Abstract); n > 0 {
		p.shortRule(t.Abstract[n-1], at)
	}
	if t.Authority != "" {
		p.y += 3
		p.centered(t.Authority, at)
	}
	p.y += 3
}

func (p printer) appendix(a document.Appendix, rest []document.Block) {
	if p.started {
		p.leave()
	}
	at := bold(document.SizeBody)
	p.need(5*at.leading() + p.ahead(rest))
	p.bookmark(a.Label()+". "+strings.Join(a.Title, " "), 0, at)
	p.centered(a.Label(), at)
	for _, s := range a.Title {
		p.centered(s, at)
	}
	if a.Note != "" {
		p.centered(a.Note, italic(document.SizeBody))
		p.shortRule(a.Note, italic(document.SizeBody))
	}
	p.y += 3
}

func (p printer) heading(h document.Heading, rest []document.Block) {
	at := bold(document.SizeBody)
	if h.Level == 3 {
		at.style = "BI"
	}
	p.gap(paragraphGap)
	lines := p.wrapText(h.Text, at, p.width, document.FirstIndent)
	p.need(float64(len(lines))*at.leading() + paragraphGap + p.ahead(rest))
	p.bookmark(h.Text, h.Level, at)
	p.flow(lines, at, document.Left)
}

func (p printer) addressee(a document.Addressee) {
	at := plain(document.SizeBody)
	p.gap(paragraphGap)
	lines := a.Lines()
	if len(lines) == 1 {
		p.centered(lines[0], at)
		p.y += paragraphGap
		return
	}
	indent := p.width * 0.18
	shift := p.textWidth(lines[0]+" ", at)
	for i, s := range lines {
		x := p.left + indent
		if i > 0 {
			x += shift
		}
		for _, l := range p.wrapText(s, at, p.left+p.width-x, 0) {
			p.need(at.leading())
			p.put(l, x, p.y, p.left+p.width-x, at, document.Left)
			p.y += at.leading()
		}
	}
	p.y += paragraphGap
}

func style(b, i bool) string {
	s := ""
	if b {
		s += "B"
	}
	if i {
		s += "I"
	}
	return s
}

func (p printer) paragraph(par document.Paragraph, rest []document.Block) {
	at := plain(document.SizeBody)
	lines, align := p.laid(par, at)
	p.gap(paragraphGap)
	height := float64(len(lines)) * at.leading()
	if par.Keeps() {
		p.need(height + paragraphGap + p.ahead(rest))
	}
	if len(rest) > 0 {
		if s, ok := rest[0].(document.Signatures); ok {
			p.bringAlong(lines, at, align, signatures{p.pages, s}.height())
			return
		}
	}
	p.flow(lines, at, align)
}

// laid are the lines of a paragraph, and where they stand.
func (p printer) laid(par document.Paragraph, at face) ([]line, document.Align) {
	align, indent := par.Align, document.FirstIndent
	if align == document.Auto {
		align = document.Justify
	}
	if par.NoIndent || align == document.Center || align == document.Right {
		indent = 0
	}
	var runs []run
	for _, r := range par.Runs {
		runs = append(runs, run{r.Shown(), style(r.Bold, r.Italic)})
	}
	return p.wrap(runs, at.size, p.width, indent), align
}

// bringAlong prints a closing paragraph: when the signatures below it will not fit on the page, its
// last two lines go with them, for a signature must not stand alone on a page.
func (p printer) bringAlong(lines []line, at face, align document.Align, below float64) {
	height := float64(len(lines)) * at.leading()
	fits := p.y+height <= p.bottom && p.y+height+below > p.bottom
	if !p.paged || !p.started || !fits {
		p.flow(lines, at, align)
		return
	}
	if len(lines) > 3 {
		p.flow(lines[:len(lines)-2], at, align)
		lines = lines[len(lines)-2:]
	}
	p.page()
	p.flow(lines, at, align)
}

func (p printer) note(n document.Note) {
	at := italic(document.SizeNote)
	p.gap(2)
	for _, s := range n.Lines {
		p.flow(p.wrapText(s, at, p.width, 0), at, document.Left)
	}
}

// blank draws dotted rules to write on.
func (p printer) blank(b document.Blank) {
	const step = 8.0
	for range b.Lines {
		p.need(step)
		p.y += step
		p.f.SetLineWidth(0.3)
		p.f.SetLineCapStyle("round")
		p.f.SetDashPattern([]float64{0.01, 1.1}, 0)
		p.f.Line(p.left, p.y-1, p.left+p.width, p.y-1)
		p.f.SetDashPattern(nil, 0)
		p.f.SetLineCapStyle("butt")
		p.started = true
	}
	p.y++
}
