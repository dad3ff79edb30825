// Package grid is what a workbook is to this program: sheets of typed cells, with the few
// properties the reader of forms needs.
//
// It knows no file format and never decides what a cell means. ingest/ooxml fills it from untrusted
// bytes; templates/xlsx reads forms out of it. A Workbook is immutable once built and may be shared
// between goroutines.
package grid

import (
	"strconv"
	"sync/atomic"
)

// Kind is what the file said a cell holds.
type Kind uint8

// The kinds of a cell. A cell that exists only for its formatting is Blank.
const (
	Blank  Kind = iota
	Text        // shared, inline or formula string
	Number      // any number, dates included (see Cell.Date)
	Bool        // Cell.Text is "1" or "0"
	Error       // Cell.Text is "#N/A", "#REF!", …
)

// Cell is one cell as stored, not as displayed.
type Cell struct {
	Row, Col int // 1-based
	// text as stored (not normalised); for Number the decimal text of the file; for Bool "1" or
	// "0"; for Error its code
	Text    string
	Number  float64 // only for Number
	Font    string  // name of the cell's font, "" when unknown
	Kind    Kind    //
	Date    bool    // Number whose format is a date or a date with time
	Percent bool    // Number whose format shows a percentage (0.855 is shown as 85.5 %)
	Formula bool    // the value is the cached result of a formula
	NoCache bool    // a formula without a cached result; Kind is then Blank
	Struck  bool    // some of its words are struck through
	Format  uint8   // Date: which parts are shown, see DayMonth; other numbers: least digits shown ("000" is 3)
}

// What a date shows when not day, month and year.
const (
	DayMonth  uint8 = iota + 1 // 15/3
	MonthYear                  // 3/2018
	TimeOnly                   // 15:30, or elapsed time
)

// Ref is the cell's address, such as "B7".
func (c Cell) Ref() string { return Ref(c.Col, c.Row) }

// Row is one stored row. Rows without any cell need not exist.
type Row struct {
	Num    int    // 1-based
	Hidden bool   // hidden by hand or by a filter
	Cells  []Cell // ascending by Col, no duplicates; may be empty
}

// Range is a rectangle of cells, both corners included, 1-based.
type Range struct{ Row1, Col1, Row2, Col2 int }

// Sheet is one worksheet. Chart sheets and macro sheets are not sheets here.
type Sheet struct {
	Name   string
	Hidden bool  // hidden or very hidden
	Rows   []Row // ascending by Num, no duplicates
	Merges []Range

	HiddenColumns []Columns
	Notes         []Note   // remarks hung on cells
	Boxes         []string // what stands in text boxes and shapes
	Pictures      int      // pictures, and drawings that could not be read
}

// Columns are neighbouring columns, both included, 1-based.
type Columns struct{ From, To int }

// Note is a remark hung on a cell: what Excel calls a note or a comment.
type Note struct {
	Row, Col int
	Text     string
}

// Ref is the address of the note's cell.
func (n Note) Ref() string { return Ref(n.Col, n.Row) }

// Name is a defined name and what it refers to, such as {"TEMPLATE_ID", "'_meta'!$B$1"}.
type Name struct{ Name, Refers string }

// Property is a custom document property.
type Property struct{ Name, Value string }

// Workbook is a whole file.
type Workbook struct {
	Sheets     []Sheet // in the order of the workbook
	Names      []Name
	Properties []Property
	Date1904   bool // serial dates count from 1904
	Macros     bool // the file carried a VBA project, which was ignored
	External   bool // the file carried links to other workbooks, which were ignored
}

// Sheet returns the sheet of exactly this name, or nil.
func (w *Workbook) Sheet(name string) *Sheet {
	for i := range w.Sheets {
		if w.Sheets[i].Name == name {
			return &w.Sheets[i]
		}
	}
	return nil
}

// Property returns the value of a custom property, or "".
func (w *Workbook) Property(name string) string {
	for _, p := range w.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// At returns the cell at a row and column, or a Blank cell with that address.
func (s *Sheet) At(row, col int) Cell {
	lo, hi := 0, len(s.Rows)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.Rows[mid].Num < row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(s.Rows) && s.Rows[lo].Num == row {
		return s.Rows[lo].At(col)
	}
	return Cell{Row: row, Col: col}
}

// At returns the row's cell in a column, or a Blank cell with that address.
func (r Row) At(col int) Cell {
	// Columns rise from 1 at least: the cell stands at col-1 or before, mostly right there.
	for i := min(col, len(r.Cells)) - 1; i >= 0 && r.Cells[i].Col >= col; i-- {
		if r.Cells[i].Col == col {
			return r.Cells[i]
		}
	}
	return Cell{Row: r.Num, Col: col}
}

// Ref writes an address such as "AB12". Columns and rows count from 1.
func Ref(col, row int) string {
	if col > 0 && col <= len(refs) && row > 0 && row < usualRows {
		known := refs[col-1].Load()
		if known == nil {
			known = columnRefs(col)
			refs[col-1].Store(known)
		}
		return known[row]
	}
	return ref(col, row)
}

// refs are the addresses of nearly all cells of forms, made once a column: every value that is read
// keeps its address.
var refs [64]atomic.Pointer[[usualRows]string]

const usualRows = 512

func columnRefs(col int) *[usualRows]string {
	var out [usualRows]string
	for row := range out {
		out[row] = ref(col, row)
	}
	return &out
}

func ref(col, row int) string {
	var b [32]byte
	return string(strconv.AppendInt(appendColumn(b[:0], col), int64(row), 10))
}

// Column writes a column's letters: 1 is "A", 27 is "AA".
func Column(col int) string {
	var b [16]byte
	return string(appendColumn(b[:0], col))
}

func appendColumn(to []byte, col int) []byte {
	var b [16]byte
	i := len(b)
	for col > 0 {
		col--
		i--
		b[i] = byte('A' + col%26)
		col /= 26
	}
	return append(to, b[i:]...)
}

// ParseRef reads an address such as "AB12" or "$AB$12". It reports ok=false for anything else.
func ParseRef(s string) (col, row int, ok bool) {
	i := 0
	if i < len(s) && s[i] == '$' {
		i++
	}
	start := i
	for ; i < len(s) && (s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z'); i++ {
		if i-start >= 3 {
			return 0, 0, false
		}
		col = col*26 + int(s[i]&^0x20-'A') + 1
	}
	if i == start {
		return 0, 0, false
	}
	if i < len(s) && s[i] == '$' {
		i++
	}
	start = i
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if i-start >= 7 {
			return 0, 0, false
		}
		row = row*10 + int(s[i]-'0')
	}
	if i == start || i != len(s) || row < 1 || s[start] == '0' {
		return 0, 0, false
	}
	return col, row, true
}
