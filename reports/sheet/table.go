package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/reports/document"
)

func (pg *page) table(t document.Table) {
	size := t.TextSize(pg.part.orientation)
	cols := pg.fit(t, size)
	pg.skip(6)
	began := len(pg.rows) + 1
	if t.Caption != "" {
		pg.text(t.Caption, look{size: document.SizeMotto, bold: true, wrap: true, align: document.Center})
	}
	if t.Unit != "" {
		pg.text(t.Unit, look{size: document.SizeTable, italic: true, align: document.Right})
	}
	top := len(pg.rows) + 1
	pg.tableHead(t, cols, size)
	head := len(pg.rows)
	first := head + 1 // the sheet row of table row 0
	begins := min(2, len(t.Rows))
	if t.Short() {
		begins = len(t.Rows)
	}
	pg.groups = append(pg.groups, [2]int{began, head + begins})
	filter := true
	lastBody := 0
	l := list{table: t, first: first, cols: cols, size: size}
	for i, row := range t.Placed() {
		pg.rows = append(pg.rows, xrow{})
		at := len(pg.rows)
		if name := t.Rows[i].Name; name != "" {
			pg.book.places[name] = fmt.Sprintf("'%s'!A%d", doubleQuotes(pg.name), at)
		}
		switch row.Kind {
		case document.Body:
			lastBody = at
		case document.Section, document.Line, document.Subtotal:
			filter = false
		}
		for _, c := range row.Cells {
			shown := c.Shown
			if c.Whole != "" {
				shown = c.Whole
			}
			pg.measure(at, cols[c.Col][0], cols[c.Col+c.Width-1][1], shown, l.look(c, row.Kind))
		}
	}
	pg.lists = append(pg.lists, l)
	if pg.seen == pg.main {
		pg.head, pg.body, pg.filter = [2]int{top, head}, [2]int{first, lastBody}, filter
	}
	pg.skip(6)
}

// look is how a cell of the table looks.
func (l list) look(c document.Placed, kind document.RowKind) look {
	out := look{size: l.size, bold: c.Bold, italic: c.Italic, align: c.At, wrap: true, box: true, tint: c.Tint,
		heavy: kind == document.Line}
	if c.Numeric || c.Kind != document.CellText {
		out.format, out.wrap = numberFormat(c, l.table.Columns[c.Col]), false
	}
	if c.To != "" {
		out.underline, out.color = true, "0563C1"
	}
	return out
}

// cells makes the cells of a row of a table.
func (pg *page) cells(l list, row document.PlacedRow, at int) []any {
	out := make([]any, pg.columns())
	for _, c := range row.Cells {
		pg.fill(out, l.cols[c.Col][0], l.cols[c.Col+c.Width-1][1], pg.value(c, l.cols, at, l.first),
			l.look(c, row.Kind))
	}
	return out
}

func (pg *page) tableHead(t document.Table, cols [][2]int, size float64) {
	l := look{size: size, bold: true, align: document.Center, wrap: true, box: true, tint: document.Muted}
	upper := 0
	whole := map[int]bool{}
	if t.Grouped() {
		upper = pg.next(0)
		for _, b := range t.Bands() {
			if b.Title == "" {
				whole[b.First] = true
				continue
			}
			pg.put(upper, cols[b.First][0], cols[b.First+b.Span-1][1], clean(b.Title), b.Title, l)
		}
	}
	lower := pg.next(0)
	for i, c := range t.Columns {
		from, to := cols[i][0], cols[i][1]
		if !whole[i] {
			pg.put(lower, from, to, clean(c.Title), c.Title, l)
			continue
		}
		lines := document.TextLines(c.Title, pg.width(from, to)-2, size, true)
		pg.put(upper, from, to, clean(c.Title), "", l)
		pg.put(lower, from, to, nil, "", l)
		// One cell over both rows: the merges of the single rows give way to it.
		kept := pg.merges[:0]
		for _, m := range pg.merges {
			if m[0] != from+1 || m[1] != upper && m[1] != lower {
				kept = append(kept, m)
			}
		}
		pg.merges = append(kept, [4]int{from + 1, upper, to + 1, lower})
		need := float64(lines)*size*1.22 + 3.5 - pg.rows[upper-1].height
		pg.rows[lower-1].height = min(max(pg.rows[lower-1].height, need), excelize.MaxRowHeight)
	}
	if t.Numbered {
		row := pg.next(0)
		for i, c := range cols {
			s := document.ColumnNumber(i)
			pg.put(row, c[0], c[1], s, s, look{size: size, italic: true, align: document.Center, box: true})
		}
	}
}

// value is what goes into the cell: a figure, a live formula with its present value, or a text.
func (pg *page) value(c document.Placed, cols [][2]int, at, first int) any {
	column := func(i int) string { return columnName(cols[i][0] + 1) }
	var now any = c.Shown
	if c.Numeric {
		now = c.Value
	}
	switch c.Kind {
	case document.CellNumber:
		return c.Value
	case document.CellSum, document.CellCount:
		name := "SUM"
		if c.Kind == document.CellCount {
			name = "COUNTA"
		}
		ranges := make([]string, len(c.Over))
		for i, span := range c.Over {
			ranges[i] = fmt.Sprintf("%s%d:%s%d", column(c.Col), first+span.First, column(c.Col), first+span.Last)
		}
		formula := name + "(" + strings.Join(ranges, ",") + ")"
		// A function takes 255 arguments and a formula 8,192 characters; past that the figure
		// stands alone.
		if len(ranges) == 0 || len(ranges) > 250 || len(formula) > 8000 {
			return now
		}
		return live{formula, now}
	case document.CellRatio:
		num, den := fmt.Sprint(column(c.Num), at), fmt.Sprint(column(c.Den), at)
		return live{fmt.Sprintf(`IF(N(%s)=0,"–",N(%s)/%s)`, den, num, den), now}
	}
	if c.To != "" && c.Text != "" {
		return link{to: c.To, text: clean(c.Text)}
	}
	if c.Whole != "" {
		return clean(c.Whole)
	}
	if c.Text == "" {
		return nil
	}
	return clean(c.Text)
}

// columnName is "A" for 1. The grid never has more columns than a sheet.
func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "XFD"
	}
	return name
}
