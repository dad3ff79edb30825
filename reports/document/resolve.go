package document

import (
	"iter"
	"math"
	"slices"
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

// Placed places every cell, computes totals, counts and ratios, and writes every figure the
// Vietnamese way. All renderers print what it says, so a workbook's cached values equal the printed
// ones. It yields the rows one by one, so that a long table is never held twice: the cells of a row
// are good until the next is asked for.
func (t Table) Placed() iter.Seq2[int, PlacedRow] {
	return func(yield func(int, PlacedRow) bool) {
		all, part := newTally(len(t.Columns)), newTally(len(t.Columns))
		cells := make([]Placed, 0, len(t.Columns))
		for i := range t.Rows {
			row := t.place(&t.Rows[i], cells[:0])
			switch row.Kind {
			case Section:
				part = newTally(len(t.Columns))
			case Subtotal:
				t.total(row, part)
				part = newTally(len(t.Columns))
			case Total:
				t.total(row, all)
			}
			t.ratios(row)
			if row.Kind == Body {
				all.add(i, row)
				part.add(i, row)
			}
			if !yield(i, row) {
				return
			}
			cells = row.Cells
		}
	}
}

// tally is what the body rows so far come to, by column.
type tally struct {
	spans []Span
	sums  []float64
	count []float64
}

func newTally(columns int) *tally {
	return &tally{sums: make([]float64, columns), count: make([]float64, columns)}
}

func (y *tally) add(i int, row PlacedRow) {
	if n := len(y.spans); n > 0 && y.spans[n-1].Last == i-1 {
		y.spans[n-1].Last = i
	} else {
		y.spans = append(y.spans, Span{i, i})
	}
	for k := range row.Cells {
		c := &row.Cells[k]
		if c.Numeric {
			y.sums[c.Col] += c.Value
		}
		if c.Shown != "" {
			y.count[c.Col]++
		}
	}
}

// place puts the cells of a row into their columns, in the given memory.
func (t Table) place(row *Row, cells []Placed) PlacedRow {
	out := PlacedRow{Kind: row.Kind, Cells: cells}
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

func (t Table) total(row PlacedRow, over *tally) {
	for i := range row.Cells {
		p := &row.Cells[i]
		switch p.Kind {
		case CellSum:
			t.give(p, over.sums[p.Col])
		case CellCount:
			t.give(p, over.count[p.Col])
		default:
			continue
		}
		p.Over = slices.Clone(over.spans)
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

// FormatNumber writes v with the given decimals, a point between thousands and a comma before
// decimals: 1.234,50. Halves are rounded away from zero, as a spreadsheet does.
func FormatNumber(v float64, decimals int) string {
	decimals = min(max(decimals, 0), 10)
	scale := math.Pow10(decimals)
	// Fifteen significant digits are what a spreadsheet keeps; beyond them 2.675 is really
	// 2.67499….
	if exact, err := strconv.ParseFloat(strconv.FormatFloat(v*scale, 'g', 15, 64), 64); err == nil &&
		math.Abs(exact) < 1e15 {
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
