package pdf

import (
	"fmt"
	"math"
	"strings"

	"github.com/go-pdf/fpdf"

	"thidua/reports/document"
)

// pages are the pages of a document, and the place on the last of them where the next block begins.
//
//constructed:by newPages
type pages struct {
	*typesetter
	rules       document.Rules
	footer      []string
	orientation document.Orientation
	left, width float64 // of the text
	top, bottom float64 // of the text on each page
	y           float64 // where the next block begins
	started     bool    // the page holds something
	paged       bool    // there is a page
	before      int     // pages of the papers before this one in the same file
	level       int     // of the last bookmark; -1 before the first
	record      bool    // keep marks
	marks       []mark
}

// mark is one piece of text as it was put on the page, in millimetres from its top left corner.
type mark struct {
	page int
	x, y float64
	face face
	text string
}

// newPages has no page yet: the first block begins one.
func newPages(doc document.Document) *pages {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(doc.Date)
	f.SetModificationDate(doc.Date)
	f.SetTitle(clean(doc.Title), true)
	f.SetSubject(clean(doc.Subject), true)
	f.SetAuthor(clean(doc.Author), true)
	f.SetCreator("thidua", true)
	f.SetLang(doc.Lang())
	f.SetDisplayMode("fullpage", "continuous")
	f.SetMargins(document.MarginLeft, document.MarginTop, document.MarginRight)
	f.SetCellMargin(0)
	f.SetAutoPageBreak(false, 0)
	p := &pages{
		typesetter: &typesetter{f: f, letters: map[string][]uint16{}},
		rules:      doc.Rules(),
		footer:     doc.Footer,
		level:      -1,
	}
	p.turn(doc.Orientation)
	return p
}

// turn sets the paper of the pages to come.
func (p *pages) turn(o document.Orientation) {
	_, height := o.Size()
	p.orientation = o
	p.left, p.width = document.MarginLeft, o.TextWidth()
	p.top, p.bottom = document.MarginTop, height-document.MarginBottom
}

// page begins a new page with its number where the rules of the paper's day want it: none on the
// first.
func (p *pages) page() {
	p.sheet()
	foot := p.rules.NumberAtFoot()
	if n := p.f.PageNo() - p.before; n > 1 {
		at := face{"", document.SizePage}
		if foot {
			_, height := p.orientation.Size()
			p.line(fmt.Sprint(n), p.left, height-document.MarginBottom+3, p.width, at, document.Right)
		} else {
			p.line(fmt.Sprint(n), p.left, document.MarginTop/2-2, p.width, at, document.Center)
		}
	}
	if len(p.footer) > 0 {
		at := face{"", document.SizeFooter}
		p.f.SetTextColor(110, 110, 110)
		room := p.width
		lines := p.wrapText(joinLines(p.footer), at, room, 0)
		if foot && len(lines) > 2 { // beside the number, which two lines stand below
			room -= 15
			lines = p.wrapText(joinLines(p.footer), at, room, 0)
		}
		_, height := p.orientation.Size()
		y := height - 6 - float64(min(len(lines), 3))*at.leading()
		for _, l := range lines[:min(len(lines), 3)] {
			p.put(l, p.left, y, room, at, document.Left)
			y += at.leading()
		}
		p.f.SetTextColor(0, 0, 0)
	}
	p.started = false
}

// bookmark adds an entry to the outline; level 0 is the top. A level is never more than one below
// the last.
func (p *pages) bookmark(text string, level int, at face) {
	p.use(at) // the writer encodes the entry by the font in use
	p.level = min(level, p.level+1)
	p.f.Bookmark(strings.Join(strings.Fields(clean(text)), " "), p.level, p.y)
}

// sheet begins a bare page.
func (p *pages) sheet() {
	orientation := "P"
	if p.orientation == document.Landscape {
		orientation = "L"
	}
	p.f.AddPageFormat(orientation, fpdf.SizeType{Wd: document.PaperShort, Ht: document.PaperLong})
	p.y, p.started, p.paged = p.top, false, true
}

// leave ends the page: whatever comes next begins one. Several in a row leave no page empty.
func (p *pages) leave() { p.paged, p.started = false, false }

// need makes sure that height millimetres are left, on a new page if this one holds something
// already.
func (p *pages) need(height float64) {
	if !p.paged || p.started && p.y+height > p.bottom+0.01 {
		p.page()
	}
}

// gap leaves room before a block, but not on top of a page.
func (p *pages) gap(height float64) {
	if p.started {
		p.y += height
	}
}

func (p *pages) finish() {
	if p.f.PageNo() == 0 {
		p.page()
	}
}

func (p *pages) rule(x1, y, x2, thick float64) {
	p.f.SetLineWidth(thick)
	p.f.Line(x1, y, x2, y)
}

// put draws a laid out line whose box begins at x, y. Its segments choose their own style.
func (p *pages) put(l line, x, y, width float64, at face, align document.Align) {
	stretch := 0.0
	x += l.indent
	free := width - l.indent - l.width
	switch align {
	case document.Center:
		x += free / 2
	case document.Right:
		x += free
	case document.Justify:
		if !l.last && l.spaces > 0 && free > 0 && free/float64(l.spaces) < at.size*pt*1.5 {
			stretch = free / float64(l.spaces)
		}
	}
	for _, s := range l.segments {
		now := face{s.style, at.size}
		p.use(now)
		w := s.width + float64(s.spaces)*stretch
		mode := "L"
		if stretch > 0 && s.spaces > 0 {
			mode = "J"
		}
		p.f.SetXY(x, y)
		p.f.CellFormat(w, at.leading(), s.text, "", 0, mode, false, 0, "")
		if p.record {
			p.marks = append(p.marks, mark{p.f.PageNo(), math.Round(x*10) / 10, math.Round(y*10) / 10, now, s.text})
		}
		x += w
	}
	p.started = true
}

// line draws one line without breaking it.
func (p *pages) line(s string, x, y, width float64, at face, align document.Align) {
	for _, l := range p.wrapText(s, at, math.Inf(1), 0) {
		p.put(l, x, y, width, at, align)
	}
}

// lines draws lines below each other and returns where the next would begin.
func (p *pages) lines(all []line, x, y, width float64, at face, align document.Align) float64 {
	for _, l := range all {
		p.put(l, x, y, width, at, align)
		y += at.leading()
	}
	return y
}

// balance wraps a text into lines of about equal length: it keeps the number of lines and narrows
// the column, to half its width; a title of three lines or more keeps four fifths of the page.
func (p *pages) balance(s string, at face, width float64) []line {
	best := p.wrapText(s, at, width, 0)
	n, least := len(best), width/2
	if n > 2 && width >= p.width {
		least = width * 0.8
	}
	for w := width - 2; n > 1 && w > least; w -= 2 {
		narrow := p.wrapText(s, at, w, 0)
		if len(narrow) != n {
			break
		}
		best = narrow
	}
	return best
}

func (p *pages) centered(s string, at face) {
	for _, l := range p.balance(s, at, p.width) {
		p.need(at.leading())
		p.put(l, p.left, p.y, p.width, at, document.Center)
		p.y += at.leading()
	}
}

// shortRule draws the rule below a centred text: a third to a half of its line.
func (p *pages) shortRule(s string, at face) {
	width := 0.0
	for _, l := range p.balance(s, at, p.width) {
		width = max(width, l.width)
	}
	width = min(width*0.4, 60)
	p.rule(p.left+(p.width-width)/2, p.y+0.8, p.left+(p.width+width)/2, ruleThin)
	p.y += 2
}

// flow prints lines from the top down over as many pages as they take, leaving no single line
// behind or ahead.
func (p *pages) flow(lines []line, at face, align document.Align) {
	for len(lines) > 0 {
		p.need(at.leading())
		fit := int((p.bottom - p.y + 0.01) / at.leading())
		fit = max(1, min(fit, len(lines)))
		if fit < len(lines) {
			if len(lines)-fit == 1 && fit > 1 {
				fit--
			}
			if fit == 1 && p.started {
				p.page()
				continue
			}
		}
		for _, l := range lines[:fit] {
			p.put(l, p.left, p.y, p.width, at, align)
			p.y += at.leading()
		}
		lines = lines[fit:]
	}
}
