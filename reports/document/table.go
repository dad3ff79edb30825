package document

import "fmt"

// Kind says what a column holds and so how its figures are written.
type Kind int

// Kinds of columns.
const (
	KindText    Kind = iota
	KindNumber       // 1.234,5
	KindPercent      // 0.855 is written 85,5%
)

// Column is one column of a table.
type Column struct {
	Title    string
	Group    string  // neighbours with the same non-empty group share a cell above their titles
	Weight   float64 // relative width; if all columns say 0, the widths follow the texts
	Align    Align
	Kind     Kind
	Decimals int  // of figures
	Pen      bool // left to people: Word marks its empty cells as fields
}

// Tint is the meaning of a cell's background, not its colour.
type Tint int

// Tints; each renderer has one soft colour for each, readable in grey print.
const (
	Untinted Tint = iota
	Muted
	Good
	Warn
	Bad
)

// CellKind says where a cell's content comes from.
type CellKind int

// Kinds of cells. Sum and Count stand in Subtotal and Total rows only. Ratio may stand in any row.
const (
	CellText CellKind = iota
	CellNumber
	CellSum   // of the figures of its column
	CellCount // of the non-empty cells of its column
	CellRatio // of two columns of its own row; "–" when the divisor is zero
)

// Cell is one cell of a row. Formula cells (sum, count, ratio) are live in a workbook and printed
// as values on paper.
type Cell struct {
	Kind  CellKind
	Text  string // of CellText; an empty text is room for the pen
	Whole string // of CellText: what a workbook shows where paper has room for the shorter Text only
	// of CellText: the Name of the row that a workbook leads to from here; paper shows the text
	// alone
	To           string
	Number       float64 // of CellNumber
	Num, Den     int     // columns (from 0) of CellRatio
	Bold, Italic bool
	Align        Align
	Tint         Tint
	Span         int // columns covered; 0 means 1
}

// T is a text cell.
func T(text string) Cell { return Cell{Text: text} }

// N is a number cell.
func N(v float64) Cell { return Cell{Kind: CellNumber, Number: v} }

// I is a number cell from a count.
func I(v int) Cell { return N(float64(v)) }

// Sum totals its column.
func Sum() Cell { return Cell{Kind: CellSum} }

// Count counts the non-empty cells of its column.
func Count() Cell { return Cell{Kind: CellCount} }

// Ratio divides column num by column den of its own row (columns from 0).
func Ratio(num, den int) Cell { return Cell{Kind: CellRatio, Num: num, Den: den} }

// RowKind is the part a row plays.
type RowKind int

// Kinds of rows.
const (
	Body     RowKind = iota
	Section          // "I. Khối phòng, ban, đơn vị": bold; a single cell covers the whole row
	Subtotal         // totals the body rows since the last Section or Subtotal
	Total            // totals all body rows above
	Line             // a heavy rule with a label below it, such as the line of a quota
)

// Row is one row of a table. Missing cells at the end are empty.
type Row struct {
	Kind  RowKind
	Name  string // by which cells lead to the row, in any table of the document; mostly empty
	Cells []Cell
}

// R is a body row.
func R(cells ...Cell) Row { return Row{Cells: cells} }

// SectionRow is a section title over the whole width.
func SectionRow(text string) Row { return Row{Kind: Section, Cells: []Cell{T(text)}} }

// LineRow is a heavy rule with its label.
func LineRow(label string) Row { return Row{Kind: Line, Cells: []Cell{T(label)}} }

// SubtotalRow totals the rows of a section.
func SubtotalRow(cells ...Cell) Row { return Row{Kind: Subtotal, Cells: cells} }

// TotalRow totals the whole table.
func TotalRow(cells ...Cell) Row { return Row{Kind: Total, Cells: cells} }

// Table is a ruled table. Its header is repeated on every page and its rows are not split unless
// taller than a page.
type Table struct {
	Caption  string // above the table, centred, bold; may be empty
	Unit     string // "Đơn vị tính: …", above on the right, italic; may be empty
	Columns  []Column
	Numbered bool // print the row (1) (2) (3) … below the titles
	Dense    bool // a long list: small type, low rows
	Rows     []Row
}

// shortRows are the most rows that a table may have to be read at one glance.
const shortRows = 8

// Short reports whether the table is kept whole: it goes to the next page rather than over two,
// unless its rows are tall.
func (t Table) Short() bool { return len(t.Rows) <= shortRows }

// Grouped reports whether the header has two rows.
func (t Table) Grouped() bool {
	for _, c := range t.Columns {
		if c.Group != "" {
			return true
		}
	}
	return false
}

// Band is a run of neighbouring columns.
type Band struct {
	First, Span int
	Title       string // empty: the single column has no group, its title fills both header rows
}

// Bands are the cells of the upper header row, left to right.
func (t Table) Bands() []Band {
	var bands []Band
	for i, c := range t.Columns {
		if n := len(bands); n > 0 && c.Group != "" && bands[n-1].Title == c.Group {
			bands[n-1].Span++
			continue
		}
		bands = append(bands, Band{First: i, Span: 1, Title: c.Group})
	}
	return bands
}

// ColumnNumber is the text of the number row, "(3)" for column 2.
func ColumnNumber(col int) string { return fmt.Sprintf("(%d)", col+1) }

func (t Table) texts(yield func(string)) {
	yield(t.Caption)
	yield(t.Unit)
	if t.Grouped() {
		for _, b := range t.Bands() {
			yield(b.Title)
		}
	}
	for _, c := range t.Columns {
		yield(c.Title)
	}
	if t.Numbered {
		for i := range t.Columns {
			yield(ColumnNumber(i))
		}
	}
	for _, row := range t.Placed() {
		for _, cell := range row.Cells {
			yield(cell.Shown)
		}
	}
}

func (t Table) check() error {
	if len(t.Columns) == 0 {
		return fmt.Errorf("table %q has no columns", t.Caption)
	}
	for i, row := range t.Rows {
		width := 0
		for _, c := range row.Cells {
			width += max(c.Span, 1)
			switch {
			case c.Kind == CellNumber && !finite(c.Number):
				return fmt.Errorf("row %d holds %v", i, c.Number)
			case (c.Kind == CellSum || c.Kind == CellCount) && row.Kind != Subtotal && row.Kind != Total:
				return fmt.Errorf("row %d is no total and sums", i)
			case c.Kind == CellRatio && (!t.hasColumn(c.Num) || !t.hasColumn(c.Den)):
				return fmt.Errorf("row %d divides column %d by %d of %d", i, c.Num, c.Den, len(t.Columns))
			}
		}
		if width > len(t.Columns) {
			return fmt.Errorf("row %d is %d columns wide, the table %d", i, width, len(t.Columns))
		}
	}
	return nil
}

func (t Table) hasColumn(col int) bool { return col >= 0 && col < len(t.Columns) }
