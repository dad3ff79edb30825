package word

import (
	"fmt"
	"strings"

	"thidua/reports/document"
)

// cell is one cell of a row; its fields are written in the order of ECMA-376, 17.4.69.
type cell struct {
	width  int // twips
	span   int
	merge  string // "restart" or "continue" of a vertical merge
	heavy  bool   // a heavy rule above
	shade  string
	middle bool
	bottom bool
	text   string // inner XML: at least one paragraph
}

func (c cell) xml() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, c.width)
	if c.span > 1 {
		fmt.Fprintf(&b, `<w:gridSpan w:val="%d"/>`, c.span)
	}
	if c.merge != "" {
		b.WriteString(`<w:vMerge w:val="` + c.merge + `"/>`)
	}
	if c.heavy {
		b.WriteString(`<w:tcBorders><w:top w:val="single" w:sz="24" w:space="0" w:color="000000"/></w:tcBorders>`)
	}
	if c.shade != "" {
		b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="` + c.shade + `"/>`)
	}
	if c.middle {
		b.WriteString(`<w:vAlign w:val="center"/>`)
	}
	if c.bottom {
		b.WriteString(`<w:vAlign w:val="bottom"/>`)
	}
	b.WriteString(`</w:tcPr>` + c.text + `</w:tc>`)
	return b.String()
}

func row(header bool, cells ...cell) string {
	var b strings.Builder
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if header {
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	for _, c := range cells {
		b.WriteString(c.xml())
	}
	b.WriteString(`</w:tr>`)
	return b.String()
}

// openTable begins a table of the given columns, ruled or not.
func (w *writer) openTable(widths []int, ruled bool) {
	total := 0
	for _, n := range widths {
		total += n
	}
	look, margins := `<w:tblStyle w:val="TableGrid"/>`, ""
	if !ruled {
		look = ""
		margins = `<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>`
	}
	fmt.Fprintf(w.b, `<w:tbl><w:tblPr>%s<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout `+
		`w:type="fixed"/>%s</w:tblPr><w:tblGrid>`, look, total, margins)
	for _, n := range widths {
		fmt.Fprintf(w.b, `<w:gridCol w:w="%d"/>`, n)
	}
	w.b.WriteString(`</w:tblGrid>`)
}

// closeTable ends a table. The paragraph after it keeps it apart from a table that may follow.
func (w *writer) closeTable() {
	w.b.WriteString(`</w:tbl>`)
	w.add(form{spacing: `w:line="120" w:lineRule="exact"`})
}

var shades = map[document.Tint]string{document.Muted: "EDEDED", document.Good: "E2F0D9", document.Warn: "FFF2CC",
	document.Bad: "F8D7D2"}

func (w *writer) table(t document.Table) {
	if t.Caption != "" {
		w.add(form{style: "Caption"}, text(t.Caption, ""))
	}
	if t.Unit != "" {
		w.add(form{keepNext: true, align: document.Right}, text(t.Unit, italic+size(document.SizeTable)))
	}
	if t.Caption == "" && t.Unit == "" {
		w.add(form{keepNext: true, spacing: `w:line="100" w:lineRule="exact"`})
	}
	points := t.TextSize(w.section.orientation)
	letters := ""
	if points != document.SizeTable {
		letters = size(points)
	}
	var widths []int
	for _, mm := range t.Widths(w.width(), points) {
		widths = append(widths, max(twips(mm), 1))
	}
	across := func(first, span int) int {
		total := 0
		for _, n := range widths[first : first+span] {
			total += n
		}
		return total
	}
	w.openTable(widths, true)
	w.tableHead(t, widths, across, letters)
	for i, r := range t.Placed() {
		// A section title and a line stay with the row after them, and a row with the line or total
		// after it; a short table stays whole.
		keep := (r.Kind == document.Section || r.Kind == document.Line || t.Short()) && i+1 < len(t.Rows)
		if i+1 < len(t.Rows) {
			next := t.Rows[i+1].Kind
			keep = keep || next == document.Line || next == document.Subtotal || next == document.Total
		}
		var cells []cell
		for _, c := range r.Cells {
			f := form{style: "TableText", keepNext: keep, align: c.At}
			if c.At == document.Left {
				f.align = document.Auto
			}
			content := text(c.Shown, emphasis(c.Bold, c.Italic)+letters)
			if col := t.Columns[c.Col]; col.Pen && c.Shown == "" && r.Kind == document.Body {
				content = w.control(col.Title, "", text(emptyField, letters))
			}
			cells = append(cells, cell{
				width: across(c.Col, c.Width), span: c.Width, heavy: r.Kind == document.Line, shade: shades[c.Tint],
				middle: true,
				text:   paragraph(f, content),
			})
		}
		w.b.WriteString(row(false, cells...))
	}
	w.closeTable()
}

func (w *writer) tableHead(t document.Table, widths []int, across func(first, span int) int, letters string) {
	head := func(s string) string { return paragraph(form{style: "TableHead", keepNext: true}, text(s, letters)) }
	grey := shades[document.Muted]
	whole := map[int]bool{}
	if t.Grouped() {
		var cells []cell
		for _, b := range t.Bands() {
			c := cell{width: across(b.First, b.Span), span: b.Span, shade: grey, middle: true, text: head(b.Title)}
			if b.Title == "" {
				whole[b.First] = true
				c.merge, c.text = "restart", head(t.Columns[b.First].Title)
			}
			cells = append(cells, c)
		}
		w.b.WriteString(row(true, cells...))
	}
	var cells []cell
	for i, col := range t.Columns {
		c := cell{width: widths[i], shade: grey, middle: true, text: head(col.Title)}
		if whole[i] {
			c.merge, c.text = "continue", paragraph(form{style: "TableHead"})
		}
		cells = append(cells, c)
	}
	w.b.WriteString(row(true, cells...))
	if t.Numbered {
		cells = nil
		for i := range t.Columns {
			f := form{style: "TableText", keepNext: true, align: document.Center}
			cells = append(cells,
				cell{width: widths[i], middle: true,
					text: paragraph(f, text(document.ColumnNumber(i), italic+letters))})
		}
		w.b.WriteString(row(true, cells...))
	}
}
