package sheet

import (
	"math"
	"slices"

	"thidua/reports/document"
)

const (
	leftHalf = 0.47 // of the width: where the national header and the signatures part
	snap     = 4.0  // millimetres: edges nearer than this are one
	longList = 20   // rows that make a table a list to sort and filter
)

// grid chooses the columns of a sheet, in millimetres, and the block that is its main table (-1:
// none).
//
// One table, or one long list among others, gives the sheet its own columns, so that no cell of it
// is merged and it can be sorted and filtered. A sheet of several short tables is a paper to read:
// it has a column edge wherever any of them has one, and cells span.
func grid(p part) (widths []float64, main int) {
	total := p.total()
	main = -1
	var best document.Table
	var edges []float64
	tables, most := 0, 0
	for i, block := range p.blocks {
		t, ok := block.(document.Table)
		if !ok {
			continue
		}
		tables++
		most = max(most, len(t.Columns))
		edge := 0.0
		for _, w := range t.Widths(total, t.TextSize(p.orientation)) {
			edge += w
			edges = append(edges, edge)
		}
		better := len(t.Columns) > len(best.Columns) || len(t.Columns) == len(best.Columns) &&
			len(t.Rows) > len(best.Rows)
		if main < 0 || better {
			best, main = t, i
		}
	}
	if tables > 1 && len(best.Rows) < longList {
		if widths := between(append(edges, total*leftHalf, total)); len(widths) >= most {
			return widths, -1
		}
	}
	if len(best.Columns) >= 2 {
		return best.Widths(total, best.TextSize(p.orientation)), main
	}
	for range 6 {
		widths = append(widths, total/6)
	}
	return widths, -1
}

// between turns edges into the widths between them, taking near ones for one.
func between(edges []float64) []float64 {
	slices.Sort(edges)
	end := edges[len(edges)-1]
	var widths []float64
	last := 0.0
	for _, e := range edges {
		if e-last >= snap && end-e >= snap {
			widths = append(widths, e-last)
			last = e
		}
	}
	return append(widths, end-last)
}

// fit lays the columns of a table on the grid: the first and last grid column of each, its edges as
// near as may be.
func (pg *page) fit(t document.Table, size float64) [][2]int {
	n, columns := len(t.Columns), pg.columns()
	out := make([][2]int, n)
	widths := t.Widths(pg.width(0, columns-1), size)
	at, edge := 0, 0.0
	for i := range out {
		edge += widths[i]
		end := columns
		if i < n-1 {
			end = at + 1
			for k := at + 1; k <= columns-(n-1-i); k++ {
				if math.Abs(pg.width(0, k-1)-edge) < math.Abs(pg.width(0, end-1)-edge) {
					end = k
				}
			}
		}
		out[i] = [2]int{at, end - 1}
		at = end
	}
	return out
}
