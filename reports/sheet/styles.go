package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/reports/document"
)

// look is everything that makes one cell style differ from another.
type look struct {
	size                    float64
	bold, italic, underline bool
	color                   string // RGB; empty is black
	align                   document.Align
	wrap, top               bool
	box, heavy, dots        bool // ruled all round; a heavy rule above; a dotted rule below
	tint                    document.Tint
	format                  string // of numbers; empty is general
	indent                  int
}

var tints = map[document.Tint]string{
	document.Muted: "EDEDED",
	document.Good:  "E2F0D9",
	document.Warn:  "FFF2CC",
	document.Bad:   "F8D7D2",
}

// style registers a look once and returns its number. The looks are few, their fields are ours: a
// refusal would be a mistake in this package, and shows as the plain style.
func (b *workbook) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: font, Size: l.size, Bold: l.bold, Italic: l.italic, Color: l.color},
		Alignment: &excelize.Alignment{
			Horizontal: map[document.Align]string{document.Auto: "left", document.Left: "left",
				document.Center: "center", document.Right: "right", document.Justify: "justify"}[l.align],
			Vertical: "center", WrapText: l.wrap, Indent: l.indent,
		},
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	if l.underline {
		s.Font.Underline = "single"
	}
	if c, ok := tints[l.tint]; ok {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	const thin, thick, dotted = 1, 5, 4
	if l.box {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			border := excelize.Border{Type: side, Style: thin, Color: "000000"}
			if side == "top" && l.heavy {
				border.Style = thick
			}
			s.Border = append(s.Border, border)
		}
	}
	if l.dots {
		s.Border = []excelize.Border{{Type: "bottom", Style: dotted, Color: "000000"}}
	}
	id, err := b.f.NewStyle(s)
	if err != nil {
		id = 0
	}
	b.styles[l] = id
	return id
}

// numberFormat is the format of a figure; the reader's Excel chooses the signs between thousands
// and before decimals.
func numberFormat(c document.Placed, col document.Column) string {
	decimals := ""
	if col.Decimals > 0 {
		decimals = "." + strings.Repeat("0", min(col.Decimals, 10))
	}
	switch {
	case c.Kind == document.CellCount:
		return "#,##0"
	case col.Kind == document.KindPercent:
		return "0" + decimals + "%"
	case col.Kind == document.KindNumber:
		return "#,##0" + decimals
	}
	return "General"
}

// longest is what one cell holds; Excel refuses more.
const longest = 32767

// clean makes a text storable in a cell.
func clean(s string) string {
	s = document.Storable(s)
	if len(s) <= longest {
		return s
	}
	units := 0
	for i, r := range s {
		if units++; r > 0xFFFF {
			units++
		}
		if units > longest-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func doubleQuotes(name string) string { return strings.ReplaceAll(name, "'", "''") }
