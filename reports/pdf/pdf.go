// Package pdf prints a document on A4 as the office would: Liberation Serif (metric twin of Times New Roman), the
// margins and sizes of Nghị định 30/2020/NĐ-CP, page numbers on top from the second page.
//
// In goes a document.Document, out come the bytes of a PDF; the same document always gives the same bytes.
// The package never computes a figure, never reads a file or a clock, and never fails on a text: what the font cannot
// show is replaced.
package pdf

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-pdf/fpdf"

	"thidua/reports/document"
)

// Render prints the document. The error is our own: a document that fails document.Check, or a fault of the PDF writer.
func Render(doc document.Document) ([]byte, error) {
	out, _, err := render(doc, false)
	return out, err
}

// render prints the document and, when asked to, keeps a record of what was put where.
func render(doc document.Document, record bool) ([]byte, []mark, error) {
	if err := doc.Check(); err != nil {
		return nil, nil, fmt.Errorf("printing %q: %w", doc.Title, err)
	}
	p := newPrinter(doc)
	p.record = record
	p.blocks(doc.Blocks)
	p.finish()
	var out bytes.Buffer
	if err := p.f.Output(&out); err != nil {
		return nil, nil, fmt.Errorf("printing %q: %w", doc.Title, err)
	}
	return out.Bytes(), p.marks, nil
}

// mark is one piece of text as it was put on the page, in millimetres from its top left corner.
type mark struct {
	page int
	x, y float64
	face face
	text string
}

// face is a style ("", "B", "I", "BI") and a size in points.
type face struct {
	style string
	size  float64
}

type printer struct {
	f           *fpdf.Fpdf
	doc         document.Document
	orientation document.Orientation
	left, width float64 // of the text
	top, bottom float64 // of the text on each page
	y           float64 // where the next block begins
	started     bool    // the page holds something
	paged       bool    // there is a page
	before      int     // pages of the papers before this one in the same file
	widths      map[string][]uint16
	at          face
	record      bool // keep marks
	marks       []mark
	level       int // of the last bookmark; -1 before the first
}

const pt = 25.4 / 72 // millimetres

func newPrinter(doc document.Document) *printer {
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
	p := &printer{f: f, doc: doc, widths: map[string][]uint16{}, level: -1}
	p.turn(doc.Orientation)
	return p
}

// turn sets the paper of the pages to come.
func (p *printer) turn(o document.Orientation) {
	_, height := o.Size()
	p.orientation = o
	p.left, p.width = document.MarginLeft, o.TextWidth()
	p.top, p.bottom = document.MarginTop, height-document.MarginBottom
}

// page begins a new page with its number where the rules of the paper's day want it: none on the first.
func (p *printer) page() {
	p.sheet()
	foot := p.doc.Rules().NumberAtFoot()
	if n := p.f.PageNo() - p.before; n > 1 {
		at := face{"", document.SizePage}
		if foot {
			_, height := p.orientation.Size()
			p.line(fmt.Sprint(n), p.left, height-document.MarginBottom+3, p.width, at, document.Right)
		} else {
			p.line(fmt.Sprint(n), p.left, document.MarginTop/2-2, p.width, at, document.Center)
		}
	}
	if len(p.doc.Footer) > 0 {
		at := face{"", document.SizeFooter}
		p.f.SetTextColor(110, 110, 110)
		room := p.width
		lines := p.wrapText(joinLines(p.doc.Footer), at, room, 0)
		if foot && len(lines) > 2 { // beside the number, which two lines stand below
			room -= 15
			lines = p.wrapText(joinLines(p.doc.Footer), at, room, 0)
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

// bookmark adds an entry to the outline; level 0 is the top. A level is never more than one below the last.
func (p *printer) bookmark(text string, level int, at face) {
	p.use(at) // the writer encodes the entry by the font in use
	p.level = min(level, p.level+1)
	p.f.Bookmark(strings.Join(strings.Fields(clean(text)), " "), p.level, p.y)
}

// sheet begins a bare page.
func (p *printer) sheet() {
	orientation := "P"
	if p.orientation == document.Landscape {
		orientation = "L"
	}
	p.f.AddPageFormat(orientation, fpdf.SizeType{Wd: document.PaperShort, Ht: document.PaperLong})
	p.y, p.started, p.paged = p.top, false, true
}

// leave ends the page: whatever comes next begins one. Several in a row leave no page empty.
func (p *printer) leave() { p.paged, p.started = false, false }

// need makes sure that height millimetres are left, on a new page if this one holds something already.
func (p *printer) need(height float64) {
	if !p.paged || p.started && p.y+height > p.bottom+0.01 {
		p.page()
	}
}

// gap leaves room before a block, but not on top of a page.
func (p *printer) gap(height float64) {
	if p.started {
		p.y += height
	}
}

func (p *printer) finish() {
	if p.f.PageNo() == 0 {
		p.page()
	}
}

func (p *printer) rule(x1, y, x2, thick float64) {
	p.f.SetLineWidth(thick)
	p.f.Line(x1, y, x2, y)
}

func (p *printer) blocks(all []document.Block) {
	for i, b := range all {
		rest := all[i+1:]
		switch b := b.(type) {
		case document.Part:
			p.leave()
			p.turn(b.Orientation)
		case document.PageBreak:
			p.leave()
			if b.Afresh {
				p.before = p.f.PageNo()
			}
		case document.Appendix:
			p.appendix(b, rest)
		case document.NationalHeader:
			p.header(b)
		case document.Title:
			p.title(b)
		case document.Heading:
			p.heading(b, rest)
		case document.Addressee:
			p.addressee(b)
		case document.Basis:
			for _, line := range b.Ended() {
				p.paragraph(document.Para(document.Slanted(line)), nil)
			}
		case document.Paragraph:
			p.paragraph(b, rest)
		case document.BulletList:
			for i, item := range b.Items {
				var after []document.Block
				if i == len(b.Items)-1 {
					after = rest
				}
				p.paragraph(document.Text(b.Sign()+" "+item), after)
			}
		case document.Note:
			p.note(b)
		case document.Blank:
			p.blank(b)
		case document.Table:
			p.table(b)
		case document.Chart:
			p.chart(b)
		case document.Signatures:
			p.signatures(b)
		case document.Certificate:
			p.certificate(b)
		}
	}
}

// ahead is the least height that the first of the blocks wants to begin with, so that a heading above it does not stay
// behind alone.
func (p *printer) ahead(blocks []document.Block) float64 {
	if len(blocks) == 0 {
		return 0
	}
	line := face{"", document.SizeBody}.leading()
	switch b := blocks[0].(type) {
	case document.Heading:
		return line + paragraphGap + p.ahead(blocks[1:])
	case document.Paragraph:
		if b.Keeps() {
			return line + paragraphGap + p.ahead(blocks[1:])
		}
		lines, _ := p.laid(b, plain(document.SizeBody))
		n := len(lines)
		if n <= 3 && len(blocks) > 1 {
			if s, ok := blocks[1].(document.Signatures); ok { // such a paragraph goes where the signatures go
				return float64(n)*line + paragraphGap + p.signaturesHeight(s)
			}
		}
		if n == 1 || n == 3 { // three lines cannot be parted without leaving one alone
			return float64(n)*line + paragraphGap
		}
		return 2*line + paragraphGap
	case document.Table:
		return p.tableHead(b)
	case document.Chart:
		return p.chartHeight(b)
	case document.Part, document.PageBreak, document.Certificate:
		return 0
	case document.Signatures:
		return p.signaturesHeight(b)
	}
	return 2 * line
}
