package ooxml

import (
	"slices"

	"thidua/templates/grid"
)

// sheetReader reads the rows and cells of one worksheet after the other.
type sheetReader struct {
	textReader
	wb      *grid.Workbook
	besides []drawnSheet // of the sheets read so far
	merges  int
	cells   int
	rows    int
	written int // bytes of text in all cells

	blank    blankRows
	rowBuf   []grid.Row
	cellBuf  []grid.Cell // of the rows that have not settled yet
	cellFrom int         // of cellBuf: where those of the row being read begin
	mergeBuf []grid.Range
}

// release forgets the sheets, which the workbook keeps.
func (rd *sheetReader) release() {
	rd.wb = nil
	clear(rd.besides)
	rd.besides, rd.rowBuf = rd.besides[:0], rd.rowBuf[:0]
	rd.merges, rd.cells, rd.rows, rd.written = 0, 0, 0, 0
}

// worksheet reads a worksheet's part.
func (rd *sheetReader) worksheet(name string, sheet *grid.Sheet) *Refusal {
	rd.rowBuf, rd.mergeBuf = rd.rowBuf[:0], rd.mergeBuf[:0]
	data := false
	ref := rd.each(name, "worksheet", nsSheet, func() *Refusal {
		s := &rd.scan
		switch {
		case s.is("sheetData"):
			if data {
				return refuse(Ambiguous, "two tables of rows")
			}
			data = true
			return rd.sheetData()
		case s.is("mergeCells"):
			return s.inside(rd.merge)
		case s.is("cols"):
			return s.inside(func() *Refusal { return rd.column(sheet) })
		case s.is("drawing"), s.is("legacyDrawing"):
			rd.refers(name)
		}
		return s.skip()
	})
	rd.settle()
	if len(rd.mergeBuf) > 0 {
		sheet.Merges = slices.Clone(rd.mergeBuf)
	}
	sheet.Rows = slices.Clone(rd.rowBuf)
	clear(rd.rowBuf) // nothing of a file stays with the reader
	return ref
}

// merge reads one <mergeCell ref="A1:B2"/>.
func (rd *sheetReader) merge() *Refusal {
	if !rd.scan.is("mergeCell") {
		return rd.scan.skip()
	}
	if rd.merges++; rd.merges > rd.lim.Merges {
		return refuse(TooBig, "merges")
	}
	r, ok := parseRange(rd.value("ref"))
	if !ok {
		return refuse(BadRef, "a merged range")
	}
	rd.mergeBuf = append(rd.mergeBuf, r)
	return rd.scan.skip()
}

// sheetData reads the rows. Their numbers must rise; a row without a number follows the one before.
func (rd *sheetReader) sheetData() *Refusal {
	s := &rd.scan
	last := 0
	return s.elements("text between the rows", func() *Refusal {
		if !s.is("row") {
			return refuse(BadStructure, "something else than a row")
		}
		row := grid.Row{Num: last + 1}
		for i := range s.attrs {
			a := &s.attrs[i]
			if len(a.value) == 0 {
				continue
			}
			switch string(a.name) {
			case "r":
				n, ok := number(a.value)
				if !ok || n < 1 || n > lastRow {
					return refuse(BadRef, "a row number")
				}
				row.Num = n
			case "hidden":
				row.Hidden = isTrue(a.value)
			}
		}
		if row.Num <= last {
			return refuse(BadOrder, "rows do not rise")
		}
		if row.Num > lastRow {
			return refuse(BadRef, "more rows than a sheet has")
		}
		last, rd.at.Row = row.Num, row.Num
		from, slides, kept := s.tag, s.slides, len(rd.rowBuf)
		if ref := rd.row(&row); ref != nil {
			return ref
		}
		if len(rd.rowBuf) == kept && s.slides == slides && rd.blank.learn(s.buf[from:s.r], last) {
			last = rd.skim(last)
			rd.at.Row = last
		}
		return nil
	})
}

// row reads the cells of the row just started and keeps it when one of them has a value. Columns
// must rise; a cell without an address follows the one before.
func (rd *sheetReader) row(row *grid.Row) *Refusal {
	s := &rd.scan
	rd.cellBuf = rd.cellBuf[:rd.cellFrom]
	last := 0
	for {
		cell := cellIn{Cell: grid.Cell{Row: row.Num, Col: last + 1}}
		plain, value := rd.plainCell(&cell)
		if !plain {
			switch s.next() {
			case tokEnd:
				return rd.keepRow(row)
			case tokBad:
				return s.ref
			case tokText:
				if !s.blank() {
					return refuse(BadStructure, "text between the cells")
				}
				continue
			}
			if s.is("extLst") {
				if ref := s.skip(); ref != nil {
					return ref
				}
				continue
			}
			if !s.is("c") {
				return refuse(BadStructure, "something else than a cell")
			}
			if ref := rd.cellAttrs(&cell); ref != nil {
				return ref
			}
		}
		if cell.Col > lastColumn {
			return refuse(BadRef, "more columns than a sheet has")
		}
		if cell.Col <= last {
			return refuse(BadOrder, "cells do not rise")
		}
		last = cell.Col
		var ref *Refusal
		if !plain {
			ref = rd.cell(&cell)
		} else if value {
			ref = rd.cellValue(&cell, true, cellFont{})
		}
		if ref == nil {
			ref = rd.keepCell(&cell.Cell)
		}
		if ref != nil {
			return ref
		}
	}
}

// keepCell keeps a cell that has a value or a formula.
func (rd *sheetReader) keepCell(c *grid.Cell) *Refusal {
	if c.Kind == grid.Blank && !c.Formula {
		return nil
	}
	if c.Col > rd.lim.Columns {
		return refuse(TooBig, "columns")
	}
	if rd.cells++; rd.cells > rd.lim.Cells {
		return refuse(TooBig, "cells")
	}
	if rd.written += len(c.Text); rd.written > rd.lim.TextTotal {
		return refuse(TooBig, "texttotal")
	}
	rd.cellBuf = append(rd.cellBuf, *c)
	return nil
}

// keepRow keeps a finished row, whose cells wait in rd.cellBuf behind those of the rows before.
func (rd *sheetReader) keepRow(row *grid.Row) *Refusal {
	if len(rd.cellBuf) == rd.cellFrom {
		return nil
	}
	if rd.rows++; rd.rows > rd.lim.Rows {
		return refuse(TooBig, "rows")
	}
	row.Cells = rd.cellBuf[rd.cellFrom:len(rd.cellBuf):len(rd.cellBuf)]
	rd.rowBuf = append(rd.rowBuf, *row)
	rd.cellFrom = len(rd.cellBuf)
	if rd.cellFrom >= fullSlab {
		rd.settle()
	}
	return nil
}

// fullSlab is how many cells may wait before they move.
const fullSlab = 4_096

// settle moves the cells that wait, those of the last rows, to memory of their own of just their
// size. What belongs to no row is forgotten.
func (rd *sheetReader) settle() {
	slab := slices.Clone(rd.cellBuf[:rd.cellFrom])
	for i := len(rd.rowBuf) - 1; len(slab) > 0; i-- {
		row := &rd.rowBuf[i]
		from := len(slab) - len(row.Cells)
		row.Cells = slab[from:len(slab):len(slab)]
		slab = slab[:from]
	}
	clear(rd.cellBuf) // nothing of a file stays with the reader
	rd.cellBuf, rd.cellFrom = rd.cellBuf[:0], 0
}

// cellTypes are what the attribute t says.
var cellTypes = map[string]cellType{
	"n": asNumber, "s": asShared, "str": asFormula, "inlineStr": asInline, "b": asBool, "e": asError, "d": asDate,
}

// cellAttrs reads the attributes of the cell just started.
func (rd *sheetReader) cellAttrs(c *cellIn) *Refusal {
	for i := range rd.scan.attrs {
		a := &rd.scan.attrs[i]
		if len(a.name) != 1 || len(a.value) == 0 { // some producers write s="" for no format
			continue
		}
		switch a.name[0] {
		case 'r':
			col, row, ok := parseRef(a.value)
			if !ok || row != c.Row {
				return refuse(BadRef, "a cell address")
			}
			c.Col = col
		case 's':
			n, ok := number(a.value)
			if !ok {
				return refuse(BadStructure, "a cell format that is no number")
			}
			c.style = n
		case 't':
			as, ok := cellTypes[string(a.value)]
			if !ok {
				return refuse(BadStructure, "a cell of unknown type")
			}
			c.as = as
		}
	}
	return nil
}

// parseRef reads an address such as B7, without dollar signs.
func parseRef(b []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(b) && i < 4; i++ {
		c := b[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	if i == 0 || i > 3 || col > lastColumn || i == len(b) || b[i] == '0' {
		return 0, 0, false
	}
	row, ok = number(b[i:])
	return col, row, ok && row <= lastRow
}

// parseRange reads a range such as A1:B2, or a single address.
func parseRange(b []byte) (r grid.Range, ok bool) {
	from, to := b, b
	if i := slices.Index(b, ':'); i >= 0 {
		from, to = b[:i], b[i+1:]
	}
	var ok1, ok2 bool
	r.Col1, r.Row1, ok1 = parseRef(from)
	r.Col2, r.Row2, ok2 = parseRef(to)
	return r, ok1 && ok2 && r.Row1 <= r.Row2 && r.Col1 <= r.Col2
}
