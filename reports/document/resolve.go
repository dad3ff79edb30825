package document

import (
	"math"
	"strconv"
	"strings"
)

// Span is a run of neighbouring rows of a table, both ends included, counted from 0.
type Span struct{ First, Last int }

// Placed is a cell in its place, with the text it prints and, for figures, its value.
type Placed struct {
	Cell
	Col, Width int // first column and how many it covers
	Shown      string
	Numeric    bool
	Value      float64 // when Numeric
	At         Align   // never Auto
	Over       []Span  // the rows a sum or count covers
}

// PlacedRow is a row whose cells cover all columns of the table.
type PlacedRow struct {
	Kind  RowKind
	Cells []Placed
}

// Resolve places every cell, computes totals, counts and ratios, and writes every figure the Vietnamese way. All
// renderers print what Resolve says, so a workbook's cached values equal the printed ones.
func (t Table) Resolve() []PlacedRow {
	rows := make([]PlacedRow, len(t.Rows))
	var all, part []Span
	add := func(spans []Span, i int) []Span {
		if n := len(spans); n > 0 && spans[n-1].Last == i-1 {
			spans[n-1].Last = i
			return spans
		}
		return append(spans, Span{i, i})
	}
	for i, row := range t.Rows {
		rows[i] = t.place(row)
		switch row.Kind {
		case Body:
			all, part = add(all, i), add(part, i)
		case Section:
			part = nil
		case Subtotal:
			t.total(rows, i, part)
			part = nil
		case Total:
			t.total(rows, i, all)
		}
		t.ratios(rows[i])
	}
	return rows
}

func (t Table) place(row Row) PlacedRow {
	out := PlacedRow{Kind: row.Kind}
	whole := len(row.Cells) == 1 && row.Cells[0].Span == 0 && (row.Kind == Section || row.Kind == Line)
	col := 0
	for _, c := range row.Cells {
		p := Placed{Cell: c, Col: col, Width: max(c.Span, 1)}
		if whole {
			p.Width = len(t.Columns)
		}
		if row.Kind != Body {
			p.Bold = true
		}
		if row.Kind == Line {
			p.Italic = true
		}
		switch c.Kind {
		case CellText:
			p.Shown = c.Text
		case CellNumber:
			t.give(&p, c.Number)
		}
		p.At = t.align(p, row.Kind)
		out.Cells = append(out.Cells, p)
		col += p.Width
	}
	for ; col < len(t.Columns); col++ {
		p := Placed{Col: col, Width: 1}
		p.At = t.align(p, row.Kind)
		out.Cells = append(out.Cells, p)
	}
	return out
}

func (t Table) align(p Placed, kind RowKind) Align {
	switch {
	case p.Align != Auto:
		return p.Align
	case kind == Line:
		return Center
	case p.Width > 1:
		return Left
	case t.Columns[p.Col].Align != Auto:
		return t.Columns[p.Col].Align
	case t.Columns[p.Col].Kind != KindText:
		return Right
	case p.Kind != CellText:
		return Center
	}
	return Left
}

func (t Table) give(p *Placed, v float64) {
	p.Numeric, p.Value = true, v
	c := t.Columns[p.Col]
	switch {
	case p.Kind == CellCount:
		p.Shown = FormatNumber(v, 0)
	case c.Kind == KindPercent:
		p.Shown = FormatNumber(v*100, c.Decimals) + "%"
	case c.Kind == KindNumber:
		p.Shown = FormatNumber(v, c.Decimals)
	default:
		p.Shown = strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
	}
}

func (t Table) total(rows []PlacedRow, at int, over []Span) {
	for i := range rows[at].Cells {
		p := &rows[at].Cells[i]
		if p.Kind != CellSum && p.Kind != CellCount {
			continue
		}
		p.Over = append([]Span(nil), over...)
		value := 0.0
		for _, span := range over {
			for r := span.First; r <= span.Last; r++ {
				for _, c := range rows[r].Cells {
					switch {
					case c.Col != p.Col:
					case p.Kind == CellSum && c.Numeric:
						value += c.Value
					case p.Kind == CellCount && c.Shown != "":
						value++
					}
				}
			}
		}
		t.give(p, value)
	}
}

func (t Table) ratios(row PlacedRow) {
	for i := range row.Cells {
		p := &row.Cells[i]
		if p.Kind != CellRatio {
			continue
		}
		num, den := row.value(p.Num), row.value(p.Den)
		if den == 0 {
			p.Shown = "–"
			continue
		}
		t.give(p, num/den)
	}
}

func (r PlacedRow) value(col int) float64 {
	for _, c := range r.Cells {
		if c.Col == col && c.Kind != CellRatio {
			return c.Value
		}
	}
	return 0
}

// FormatNumber writes v with the given decimals, a point between thousands and a comma before decimals: 1.234,50.
// Halves are rounded away from zero, as a spreadsheet does.
func FormatNumber(v float64, decimals int) string {
	decimals = min(max(decimals, 0), 10)
	scale := math.Pow10(decimals)
	// Fifteen significant digits are what a spreadsheet keeps; beyond them 2.675 is really 2.67499….
	if exact, err := strconv.ParseFloat(strconv.FormatFloat(v*scale, 'g', 15, 64), 64); err == nil && math.Abs(exact) < 1e15 {
		v = math.Round(exact) / scale
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(s, "0.") != "" {
		b.WriteByte('-')
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(digit)
	}
	if frac != "" {
		b.WriteString("," + frac)
	}
	return b.String()
}
