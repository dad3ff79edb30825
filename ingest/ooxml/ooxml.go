// Package ooxml reads untrusted .xlsx bytes into a grid.Workbook.
//
// In go the bytes of one file and the budgets it may use. Out comes every valued cell of every
// worksheet, with its kind, number, date and percent flags, font and whether it is struck through,
// the merges, hidden rows, columns and sheets, defined names, custom properties, and what stands
// beside the cells: notes, words in shapes, the number of pictures; or a *Refusal that says what is
// wrong and where. Each part that is read is inflated once, checked against its CRC-32 and scanned
// to its end.
//
// It never panics, never trusts a declared size, never expands entities, never runs or follows
// anything, never writes, and never drops in silence: a file that cannot be read whole is refused
// whole. Formatted cells without a value are not kept.
//
// The format is ECMA-376 (SpreadsheetML, both the Transitional and the Strict namespaces) in the
// packaging of ISO/IEC 29500-2.
package ooxml

import "thidua/templates/grid"

// Limits are the budgets of one file. They are absolute on purpose: ratios of inflated to packed
// size refuse honest files, whose styles often pack 100 to 1. A file that needs more of anything is
// refused as TooBig with the budget's name.
type Limits struct {
	Bytes      int // size of the file
	Parts      int // entries of the zip directory, those that are never read included
	Inflated   int // bytes of all the parts that are read, together
	Token      int // bytes of one tag, comment or run of text
	Depth      int // elements inside one another
	Sheets     int // sheets of any kind
	Rows       int // rows with a value, in all sheets
	Columns    int // highest column that may hold a value
	Cells      int // cells with a value, in all sheets
	Merges     int // merged ranges, in all sheets
	Strings    int // entries of the shared string table
	Text       int // bytes of one text
	TextTotal  int // bytes of all texts kept, and of all texts in cells: a shared one counts in each
	Styles     int // cell formats, fonts and number formats, each
	Names      int // defined names
	Properties int // custom document properties
}

// DefaultLimits are budgets for forms that offices fill in by hand: generous for any honest file,
// small for a server.
func DefaultLimits() Limits {
	return Limits{
		Bytes:      64 << 20,
		Parts:      1_000,
		Inflated:   128 << 20,
		Token:      1 << 20,
		Depth:      128,
		Sheets:     256,
		Rows:       20_000,
		Columns:    1_024,
		Cells:      200_000,
		Merges:     10_000,
		Strings:    200_000,
		Text:       256 << 10, // Excel holds 32,767 characters in a cell: at most 131,068 bytes of UTF-8
		TextTotal:  8 << 20,   // the largest dossier met has half a MiB
		Styles:     70_000,    // Excel holds 65,490 cell formats
		Names:      10_000,
		Properties: 1_000,
	}
}

// The last row and column of a worksheet (ECMA-376 leaves them open; every spreadsheet program
// stops here).
const (
	lastRow    = 1_048_576
	lastColumn = 16_384
)

// Read reads a whole workbook within the limits. The error, if any, is always a *Refusal. The
// workbook shares no memory with b.
func Read(b []byte, lim Limits) (*grid.Workbook, error) {
	wb, _, err := ReadWithin(b, lim)
	return wb, err
}

// ReadWithin does what Read does, and says how many bytes were inflated on the way, also of a file
// that was refused.
func ReadWithin(b []byte, lim Limits) (wb *grid.Workbook, inflated int, err error) {
	rd := readers.Get().(*reader)
	defer rd.release()
	wb, ref := rd.read(b, lim)
	if inflated = min(lim.Inflated-rd.left, lim.Inflated); ref != nil {
		return nil, inflated, ref
	}
	return wb, inflated, nil
}
