// Package pdf prints a document on A4 as the office would: Liberation Serif (metric twin of Times
// New Roman), the margins and sizes of Nghị định 30/2020/NĐ-CP, page numbers on top from the second
// page.
//
// In goes a document.Document, out come the bytes of a PDF; the same document always gives the same
// bytes. The package never computes a figure, never reads a file or a clock, and never fails on a
// text: what the font cannot show is replaced.
package pdf

import (
	"bytes"
	"fmt"

	"thidua/reports/document"
)

// Render prints the document. The error is our own: a document that fails document.Check, or a
// fault of the PDF writer.
func Render(doc document.Document) ([]byte, error) {
	out, _, err := render(doc, false)
	return out, err
}

// render prints the document and, when asked to, keeps a record of what was put where.
func render(doc document.Document, record bool) ([]byte, []mark, error) {
	if err := doc.Check(); err != nil {
		return nil, nil, fmt.Errorf("printing %q: %w", doc.Title, err)
	}
	p := printer{newPages(doc)}
	p.record = record
	p.blocks(doc.Blocks)
	p.finish()
	var out bytes.Buffer
	if err := p.f.Output(&out); err != nil {
		return nil, nil, fmt.Errorf("printing %q: %w", doc.Title, err)
	}
	return out.Bytes(), p.marks, nil
}

// printer prints the blocks of a document one after the other.
type printer struct{ *pages }

func (p printer) blocks(all []document.Block) {
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
			newTable(p.pages, b).print()
		case document.Chart:
			newChart(p.pages, b).print()
		case document.Signatures:
			signatures{p.pages, b}.print()
		case document.Certificate:
			certificate{p.pages, b}.print()
		}
	}
}

// ahead is the least height that the first of the blocks wants to begin with, so that a heading
// above it does not stay behind alone.
func (p printer) ahead(blocks []document.Block) float64 {
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
				return float64(n)*line + paragraphGap + signatures{p.pages, s}.height()
			}
		}
		if n == 1 || n == 3 { // three lines cannot be parted without leaving one alone
			return float64(n)*line + paragraphGap
		}
		return 2*line + paragraphGap
	case document.Table:
		return leastHeight(p.pages, b)
	case document.Chart:
		return newChart(p.pages, b).height()
	case document.Part, document.PageBreak, document.Certificate:
		return 0
	case document.Signatures:
		return signatures{p.pages, b}.height()
	}
	return 2 * line
}
