package form

import "thidua/templates/grid"

// The columns of the blank workbook: number, label, value for cells; number, then one column a
// field for tables.
const (
	NumberColumn = 1
	LabelColumn  = 2
	ValueColumn  = 3
	HelpColumn   = 4
	FirstColumn  = 2 // first field of a table
)

// The heading rows of every sheet of the blank workbook.
const (
	HeadingRow  = 1 // national heading, two rows
	TitleRow    = 4 // the sheet's title
	SubtitleRow = 5 // plan and clause
	StatusRow   = 6 // how many mandatory cells are still blank
	bodyRow     = 8
)

// Place is where a block stands in the blank workbook. Rows count from 1.
type Place struct {
	Block  *Block
	Title  int // row of the block's title
	Header int // tables: row of the column headers; cells: 0
	Sample int // tables: row of the filled example, between headers and values; cells: 0
	First  int // first row of values
	Last   int // last row of values
}

// Layout places the blocks of a sheet, the same for writing and describing. rows gives the number
// of rows each table must hold beyond its declared capacity; it may be nil.
func (s *Sheet) Layout(rows func(*Block) int) []Place {
	var out []Place
	row := bodyRow
	for i := range s.Blocks {
		b := &s.Blocks[i]
		p := Place{Block: b, Title: row}
		n := len(b.Fields)
		row++
		if b.Kind == TableBlock {
			p.Header, p.Sample = row, row+1
			row += 2
			n = b.Rows
			if rows != nil {
				n = max(n, rows(b))
			}
		}
		p.First, p.Last = row, row+n-1
		row += n + 1
		out = append(out, p)
	}
	return out
}

// Cell returns the address parts of a field's value: row index i counts from 0 within a table and
// is ignored for cells.
func (p Place) Cell(field, i int) (col, row int) {
	if p.Block.Kind == CellsBlock {
		return ValueColumn, p.First + field
	}
	return FirstColumn + field, p.First + i
}

// Description is a form for other programs: enough to fill a blank workbook of it. Its JSON is a
// contract.
type Description struct {
	ID      string             `json:"id"`
	Version int                `json:"version"`
	Title   string             `json:"title"`
	Clause  string             `json:"clause"`
	Sheets  []SheetDescription `json:"sheets"`
}

// SheetDescription describes one sheet of a form.
type SheetDescription struct {
	Name   string             `json:"name"`
	Blocks []BlockDescription `json:"blocks"`
}

// BlockDescription describes one block: data stands in FirstRow…LastRow.
type BlockDescription struct {
	Key      string             `json:"key"`
	Kind     Kind               `json:"kind"`
	Title    string             `json:"title"`
	FirstRow int                `json:"firstRow"`
	LastRow  int                `json:"lastRow"`
	Fields   []FieldDescription `json:"fields"`
}

// FieldDescription describes one field; Cell is set in blocks of cells, Column in tables.
type FieldDescription struct {
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Type     Type     `json:"type"`
	Cell     string   `json:"cell,omitempty"`
	Column   string   `json:"column,omitempty"`
	Required bool     `json:"required"`
	Values   []string `json:"values,omitempty"`
	Min      *float64 `json:"min,omitempty"`
	Max      *float64 `json:"max,omitempty"`
	Limit    int      `json:"limit,omitempty"`
	Help     string   `json:"help"`
	Example  string   `json:"example"`
	Clause   string   `json:"clause,omitempty"`
}

// Describe describes the blank workbook of the form in a context.
func (f *Form) Describe(ctx Context) Description {
	f = ctx.Fitted(f)
	d := Description{ID: f.ID, Version: f.Version, Title: f.Title(ctx.Movement), Clause: f.Clause}
	for i := range f.Sheets {
		s := &f.Sheets[i]
		sd := SheetDescription{Name: s.Name}
		for _, p := range s.Layout(nil) {
			bd := BlockDescription{Key: p.Block.Key, Kind: p.Block.Kind, Title: p.Block.Title, FirstRow: p.First,
				LastRow: p.Last}
			for j, x := range p.Block.Fields {
				fd := FieldDescription{
					Key: x.Key, Title: x.Title, Type: x.Type, Required: x.Required, Min: x.Min, Max: x.Max,
					Limit: x.Limit,
					Help:  x.Help, Example: ctx.Example(x), Clause: x.Clause,
				}
				for _, it := range ctx.Items(x) {
					fd.Values = append(fd.Values, it.Label)
				}
				if x.Type == YesNo {
					fd.Values = []string{Yes, No}
				}
				col, row := p.Cell(j, 0)
				if p.Block.Kind == CellsBlock {
					fd.Cell = grid.Ref(col, row)
				} else {
					fd.Column = grid.Column(col)
				}
				bd.Fields = append(bd.Fields, fd)
			}
			sd.Blocks = append(sd.Blocks, bd)
		}
		d.Sheets = append(d.Sheets, sd)
	}
	return d
}
