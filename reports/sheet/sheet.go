// Package sheet writes a document as an .xlsx workbook that people go on working with: one sheet
// for each part, real numbers, live totals, filters, native charts, and a print set-up by Nghị định
// 30/2020/NĐ-CP.
//
// In goes a document.Document, out come the bytes of a workbook; the same document always gives the
// same bytes. The package never computes a figure that the document did not, and never lets a text
// become a formula. Known limits: Excel shows rows up to 409 points high and texts up to 32,767
// characters; longer ones are cut, with "…".
package sheet

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"thidua/reports/document"
	"thidua/templates/opc"
)

const font = "Times New Roman"

// Render writes the workbook. The error is our own: a document that fails document.Check, or a
// fault of the writer.
func Render(doc document.Document) ([]byte, error) {
	out, err := render(doc)
	if err != nil {
		return nil, fmt.Errorf("writing workbook %q: %w", doc.Title, err)
	}
	return out, nil
}

func render(doc document.Document) ([]byte, error) {
	if err := doc.Check(); err != nil {
		return nil, err
	}
	book := &workbook{f: excelize.NewFile(), styles: map[look]int{}, places: map[string]string{}, doc: doc}
	defer func() { _ = book.f.Close() }() // nothing is left on disk that could fail to go away
	parts := split(doc)
	names := make([]string, 0, len(parts)+1)
	for i, part := range parts {
		name := sheetName(part.name, names)
		names = append(names, name)
		if i == 0 {
			if err := book.f.SetSheetName("Sheet1", name); err != nil {
				return nil, err
			}
		} else if _, err := book.f.NewSheet(name); err != nil {
			return nil, err
		}
	}
	book.dataSheet = sheetName("Số liệu biểu đồ", names)
	pages := make([]*page, len(parts))
	for i, part := range parts {
		pages[i] = book.lay(names[i], part)
	}
	for i, pg := range pages {
		pages[i] = nil // a sheet written is a sheet forgotten
		if err := pg.write(); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", names[i], err)
		}
	}
	if err := book.writeData(); err != nil {
		return nil, fmt.Errorf("sheet %q: %w", book.dataSheet, err)
	}
	if err := book.properties(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := book.f.Write(&out); err != nil {
		return nil, err
	}
	return opc.Settle(out.Bytes(), hatch)
}

type workbook struct {
	f         *excelize.File
	doc       document.Document
	styles    map[look]int
	places    map[string]string // of named rows: "'Nguồn'!A7"
	dataSheet string
	data      [][]any // rows of the chart data sheet
}

func (b *workbook) properties() error {
	at := b.doc.Date.UTC().Format(time.RFC3339)
	err := b.f.SetDocProps(&excelize.DocProperties{
		Title: clean(b.doc.Title), Subject: clean(b.doc.Subject), Creator: clean(b.doc.Author),
		LastModifiedBy: clean(b.doc.Author),
		Language:       b.doc.Lang(), Created: at, Modified: at,
	})
	if err != nil {
		return err
	}
	// The cached values are right as written; Excel is asked to recompute so that it trusts its own
	// chain.
	load := true
	return b.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &load})
}

type part struct {
	name        string
	orientation document.Orientation
	width       float64 // millimetres; 0: as wide as the paper
	blocks      []document.Block
}

// total is the width of all columns in millimetres.
func (p part) total() float64 {
	if p.width > 0 {
		return p.width
	}
	return p.orientation.TextWidth()
}

// paper is the size it is printed on, in millimetres, with its number in a workbook: A4, and A3 for
// a list made for the screen, which would be too small to read on the other.
func (p part) paper() (width, height float64, number int) {
	width, height = p.orientation.Size()
	if p.total() > 1.5*p.orientation.TextWidth() {
		return width * math.Sqrt2, height * math.Sqrt2, 8
	}
	return width, height, 9
}

// split cuts a document at its Parts. Without blocks before the first Part there is no sheet for
// them.
func split(doc document.Document) []part {
	name := doc.Sheet
	if name == "" {
		name = doc.Title
	}
	parts := []part{{name: name, orientation: doc.Orientation}}
	for _, b := range doc.Blocks {
		if p, ok := b.(document.Part); ok {
			next := part{name: p.Sheet, orientation: p.Orientation, width: p.Width}
			if last := len(parts) - 1; len(parts[last].blocks) == 0 {
				parts[last] = next
			} else {
				parts = append(parts, next)
			}
			continue
		}
		last := &parts[len(parts)-1]
		last.blocks = append(last.blocks, b)
	}
	return parts
}

// sheetName makes a legal name that no other sheet has: at most 31 UTF-16 units, none of : \ / ? *
// [ ], no apostrophe at either end (ECMA-376 and Excel's own rules).
func sheetName(wanted string, taken []string) string {
	base := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r > 0xFFFF || r < ' ' {
			return ' '
		}
		return r
	}, clean(wanted))
	base = strings.Trim(strings.Join(strings.Fields(base), " "), "' ")
	if base == "" {
		base = "Trang"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		runes := []rune(base)
		name := strings.TrimRight(string(runes[:min(len(runes), 31-len(suffix))]), " '") + suffix
		free := true
		for _, t := range taken {
			free = free && !strings.EqualFold(t, name)
		}
		if free {
			return name
		}
	}
}

// lay makes the rows of one sheet.
func (b *workbook) lay(name string, p part) *page {
	pg := newPage(b, name, p)
	for _, block := range p.blocks {
		pg.block(block)
	}
	if len(b.doc.Footer) > 0 {
		pg.skip(6)
		for _, line := range b.doc.Footer {
			pg.text(line, look{size: document.SizeFooter, color: "6E6E6E", wrap: true})
		}
	}
	return pg
}

// write sets the page up and streams its rows, which lead to rows of any other sheet.
func (pg *page) write() error {
	if err := pg.setUp(); err != nil {
		return err
	}
	return pg.stream()
}
