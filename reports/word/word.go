// Package word writes a document as a .docx draft that the secretary goes on editing: real styles
// and headings, tables with repeated header rows, content controls where something is to be filled
// in, page numbers from the second page.
//
// In goes a document.Document, out come the bytes of a WordprocessingML package (ECMA-376); the
// same document always gives the same bytes. The package never computes a figure and never draws a
// picture: a chart becomes a table of its figures.
package word

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"

	"thidua/reports/document"
)

// Render writes the draft. The error is our own: a document that fails document.Check, or a fault
// of the zip writer.
func Render(doc document.Document) ([]byte, error) {
	if err := doc.Check(); err != nil {
		return nil, fmt.Errorf("writing draft %q: %w", doc.Title, err)
	}
	w := &writer{b: newBody(), base: doc.Orientation, section: section{orientation: doc.Orientation}}
	w.b.WriteString(xmlHead + `<w:document xmlns:w="` + mainSpace + `" xmlns:r="` + relationSpace + `"><w:body>`)
	w.begun = w.b.Len()
	if err := w.blocks(doc.Blocks); err != nil {
		return nil, fmt.Errorf("writing draft %q: %w", doc.Title, err)
	}
	w.finish()
	types, relations, charts := w.withCharts()
	number, foot := pageNumber, footer(doc.Footer, false)
	if doc.Rules().NumberAtFoot() {
		number, foot = noNumber, footer(doc.Footer, true)
	}
	out, err := pack(w.b, append([]file{
		{"[Content_Types].xml", types},
		{"_rels/.rels", packageRelations},
		{"docProps/app.xml", appProperties},
		{"docProps/core.xml", coreProperties(doc)},
		{"word/_rels/document.xml.rels", relations},
		{mainPart, ""},
		{"word/fontTable.xml", fontTable},
		{"word/footer1.xml", foot},
		{"word/footer2.xml", footer(nil, false)},
		{"word/footer3.xml", footer(doc.Footer, false)},
		{"word/header1.xml", number},
		{"word/header2.xml", noNumber},
		{"word/settings.xml", settings(doc.Lang())},
		{"word/styles.xml", styles(doc.Lang())},
	}, charts...))
	if err != nil {
		return nil, fmt.Errorf("writing draft %q: %w", doc.Title, err)
	}
	return out, nil
}

type file struct{ name, text string }

// pack zips the parts in the order given, with a fixed time. main is the part of that name, nil for
// a package without it.
func pack(main *body, files []file) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, f := range files {
		if f.name == mainPart {
			if err := main.store(z); err != nil {
				return nil, fmt.Errorf("part %s: %w", f.name, err)
			}
			continue
		}
		w, err := part(z, f.name)
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", f.name, err)
		}
		if _, err := w.Write([]byte(f.text)); err != nil {
			return nil, fmt.Errorf("part %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// section is a run of pages of one kind.
type section struct {
	orientation document.Orientation
	border      bool // certificates
	afresh      bool // its pages are counted from 1
}

type writer struct {
	b       *body
	base    document.Orientation // of the part, certificates aside
	section section
	pending bool // a page break was asked for
	begun   int  // bytes of the body when the section began
	later   bool // not the first section
	fields  int
	marks   int // bookmarks
	graphs  []graph
}

func (w *writer) width() float64 { return w.section.orientation.TextWidth() }

// turn begins a section of another kind, on a new page. The properties of a section stand in its
// last paragraph.
func (w *writer) turn(next section) {
	if w.b.Len() > w.begun {
		w.b.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` +
			w.properties() + `</w:pPr></w:p>`)
		w.later = true
	}
	w.section = next
	w.begun = w.b.Len()
}

// empty says that nothing stands in the section yet.
func (w *writer) empty() bool { return w.b.Len() == w.begun }

func (w *writer) properties() string {
	width, height := w.section.orientation.Size()
	orient := ""
	if w.section.orientation == document.Landscape {
		orient = ` w:orient="landscape"`
	}
	var b strings.Builder
	head, foot, first, left, right := "rId4", "rId5", "rId8", document.MarginLeft, document.MarginRight
	if w.section.border { // no number, no footer, and the text in the middle of the sheet
		head, foot, first = "rId6", "rId7", "rId7"
		left = (left + right) / 2
		right = left
	}
	fmt.Fprintf(&b, `<w:sectPr><w:headerReference w:type="default" r:id="%s"/><w:footerReference w:type="default" `+
		`r:id="%s"/><w:footerReference w:type="first" r:id="%s"/>`, head, foot, first)
	fmt.Fprintf(&b, `<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>`, twips(width), twips(height), orient)
	fmt.Fprintf(&b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" `+
		`w:gutter="0"/>`,
		twips(document.MarginTop), twips(right), twips(document.MarginBottom), twips(left), twips(9), twips(8))
	if w.section.border {
		b.WriteString(`<w:pgBorders w:offsetFrom="page">`)
		for _, side := range []string{"top", "left", "bottom", "right"} {
			fmt.Fprintf(&b, `<w:%s w:val="thickThinSmallGap" w:sz="24" w:space="24" w:color="B02020"/>`, side)
		}
		b.WriteString(`</w:pgBorders>`)
	}
	if w.section.afresh {
		b.WriteString(`<w:pgNumType w:start="1"/>`)
	}
	b.WriteString(`<w:cols w:space="708"/>`)
	if w.section.border {
		b.WriteString(`<w:vAlign w:val="center"/>`)
	}
	if !w.later || w.section.afresh {
		b.WriteString(`<w:titlePg/>`)
	}
	b.WriteString(`</w:sectPr>`)
	return b.String()
}

// finish ends the last section and the body.
func (w *writer) finish() {
	if w.empty() {
		w.b.WriteString(`<w:p/>`)
	}
	w.b.WriteString(w.properties() + `</w:body></w:document>`)
}

// twips are twentieths of a point.
func twips(mm float64) int { return int(mm/25.4*1440 + 0.5) }
