// Package form is the engine behind every form: a declaration goes in once, and the blank workbook,
// the reader, the validator, the marked reply and the reference page all derive from it.
//
// A form is a Go struct of Values and a declaration: sheets of blocks of fields, which Bind ties to
// the struct by their keys. The package parses single cells (Parse) and checks filled
// forms (Validate). It never touches a file format, a mailbox, a plan or a clock.
package form

import (
	"cmp"
	"slices"
	"strings"

	"thidua/templates/finding"
)

// Type is the type of a field, by the names of `form describe --json`.
type Type string

// The field types.
const (
	Text   Type = "text"
	Int    Type = "int"
	Number Type = "number"
	Date   Type = "date" // a day, or a year alone where only that is known
	Year   Type = "year"
	Choice Type = "choice"
	YesNo  Type = "yesno"
)

// Kind tells a block of labelled cells from a table of rows.
type Kind string

// The kinds of a block.
const (
	CellsBlock Kind = "cells"
	TableBlock Kind = "table"
)

// Sender says who may send a form.
type Sender string

// The senders known to forms.
const (
	FromUnit      Sender = "unit"      // any unit of the plan, for itself
	FromOffice    Sender = "office"    // the standing office only (Plan IV.1)
	FromSecretary Sender = "secretary" // the council's secretary, or the standing office
)

// Circle narrows down which units may send a form that comes from units.
type Circle string

// The circles of units. The zero Circle is every unit.
const (
	Communes  Circle = "communes"  // UBND xã, phường only
	Reporters Circle = "reporters" // the units the plan charges with propaganda (Plan IV.2)
)

// Field is one labelled cell or one column.
type Field struct {
	Key      string // stable; unique in its block
	Title    string // the label or column header
	Type     Type
	Required bool
	List     string   // Choice: name of a list of the plan, resolved through Lists
	Values   []string // Choice: a fixed list of the form itself
	Open     bool     // Choice: values outside the list are taken as text (the list only helps typing)
	Person   bool     // Text: a person's name; honorifics and capitals are normalised
	Birthday bool     // Date: of somebody at work in the form's year
	Words    bool     // Date: may be said in words, such as "Quý IV/2018"
	Min, Max *float64 // Int, Number
	Limit    int      // Text: most characters
	Percent  bool     // Number: a percentage, 0…100
	Help     string
	Example  string
	Clause   string // clause of the plan the field serves
	Fact     string // name by which criteria use the field, "" when they may not
	InYear   int    // the year the value is about, 0 when it is about the whole round
	Width    float64
	Preset   bool     // filled by us before sending out: alone it does not make a row
	Locked   bool     // filled by us and not to be changed
	Own      bool     // a column of the plan's own, whose value is kept under its key; see Own
	Former   string   // the title by which workbooks may still call it, "" for none
	Reworded bool     // the example is the plan\'s own: workbooks that went out before may have another
	Groups   []string // groups of units of which alone it is required, see Required

	at   func(record any) *Value
	home string // clause of the block or form, see Settle
}

// At returns the field's place in a record: *F for a block of cells, *R for a row of a table.
func (f *Field) At(record any) *Value { return f.at(record) }

// Block is a group of labelled cells, or a table.
type Block struct {
	Key    string // stable; unique in the form
	Title  string
	Kind   Kind
	Clause string
	Rows   int // tables: rows of the blank workbook; a filled one may have more
	Fields []Field
	Part   string // dossier part of the plan this block belongs to, "" for none

	rows rowsOf
}

// rowsOf is a table of a form's value seen without its type.
type rowsOf struct {
	len  func(value any) int
	at   func(value any, i int) any
	add  func(value any) any
	cut  func(value any)
	grow func(value any, more int)
}

// Sheet is one worksheet of the form.
type Sheet struct {
	Name      string // the tab's name, at most 31 characters
	Title     string // the heading printed on the sheet
	Landscape bool
	Blocks    []Block
}

// Form is the declaration of one form.
type Form struct {
	ID      string
	Version int
	Called  string // its title; {movement} stands for the plan's movement, see Title
	Clause  string
	From    Sender
	Circle  Circle // of the units that may send it, when units do
	Round   string // kind of round it belongs to, "" for forms that any round may use
	Sheets  []Sheet
	Changed bool // by the plan, so that workbooks of the same version may say otherwise

	New   func() any                                   // a new, empty struct of the form
	Check func(value any, c Context) []finding.Finding // rules across fields, may be nil
}

// Settle tells the fields of a form which clause a finding about them cites when they name none of
// their own: their block's, else their form's.
func (f *Form) Settle() {
	for _, b := range f.Blocks() {
		for i := range b.Fields {
			b.Fields[i].home = cmp.Or(b.Clause, f.Clause)
		}
	}
}

// Title is the form's title under a plan's movement as it stands within a sentence: "Đăng ký thi
// đua thực hiện cải cách hành chính".
func (f *Form) Title(movement string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.Called, "{movement}", movement))
}

// Blocks returns the blocks of all sheets in order.
func (f *Form) Blocks() []*Block {
	var out []*Block
	for i := range f.Sheets {
		for j := range f.Sheets[i].Blocks {
			out = append(out, &f.Sheets[i].Blocks[j])
		}
	}
	return out
}

// SheetOf returns the sheet that declares a block.
func (f *Form) SheetOf(block string) *Sheet {
	for i := range f.Sheets {
		for j := range f.Sheets[i].Blocks {
			if f.Sheets[i].Blocks[j].Key == block {
				return &f.Sheets[i]
			}
		}
	}
	return nil
}

// Len is the number of rows a table holds in value; 1 for a block of cells.
func (b *Block) Len(value any) int {
	if b.Kind == CellsBlock {
		return 1
	}
	return b.rows.len(value)
}

// Record returns the i-th row of a table in value, or value itself for a block of cells.
func (b *Block) Record(value any, i int) any {
	if b.Kind == CellsBlock {
		return value
	}
	return b.rows.at(value, i)
}

// Append adds an empty row to a table in value and returns it.
func (b *Block) Append(value any) any { return b.rows.add(value) }

// Grow makes room for more rows of a table in value.
func (b *Block) Grow(value any, more int) { b.rows.grow(value, more) }

// Drop takes the last row off a table in value.
func (b *Block) Drop(value any) { b.rows.cut(value) }

// Words is what a row says, field by field: rows with the same words say the same, wherever they
// stand.
func (b *Block) Words(value any, i int) string {
	var words strings.Builder
	rec := b.Record(value, i)
	for k := range b.Fields {
		v := b.Fields[k].At(rec)
		words.WriteString(v.Text)
		if v.Bad {
			words.WriteString(v.Raw)
		}
		words.WriteByte(0)
	}
	return words.String()
}

// Table declares a table whose rows are the slice that rows points to.
func Table[F, R any](key, title string, capacity int, rows func(*F) *[]R, fields ...Field) Block {
	of := func(v any) *[]R { return rows(v.(*F)) }
	return Block{Key: key, Title: title, Kind: TableBlock, Rows: capacity, Fields: fields, rows: rowsOf{
		len:  func(v any) int { return len(*of(v)) },
		at:   func(v any, i int) any { return &(*of(v))[i] },
		add:  func(v any) any { s := of(v); *s = append(*s, *new(R)); return &(*s)[len(*s)-1] },
		grow: func(v any, n int) { s := of(v); *s = slices.Grow(*s, n) },
		cut:  func(v any) { s := of(v); *s = (*s)[:len(*s)-1] },
	}}
}

// Option refines a field.
type Option func(*Field)

func field[R any](t Type, key, title string, at func(*R) *Value, opts []Option) Field {
	f := Field{Key: key, Title: title, Type: t, at: func(r any) *Value { return at(r.(*R)) }}
	for _, o := range opts {
		o(&f)
	}
	return f
}

// TextField declares a text field of at most 500 characters unless Limit says otherwise.
func TextField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	f := field(Text, key, title, at, opts)
	if f.Limit == 0 {
		f.Limit = 500
	}
	return f
}

// IntField declares a whole number, 0 or more unless Between says otherwise.
func IntField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	return withRange(field(Int, key, title, at, opts), 0, 1e7)
}

// NumberField declares a number, 0 or more unless Between says otherwise.
func NumberField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	return withRange(field(Number, key, title, at, opts), 0, 1e9)
}

// PercentField declares a percentage from 0 to 100.
func PercentField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	f := withRange(field(Number, key, title, at, opts), 0, 100)
	f.Percent = true
	return f
}

// DateField declares a day; a year alone is accepted and kept as such.
func DateField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	return field(Date, key, title, at, opts)
}

// YearField declares a year from 1900 to 2100.
func YearField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	return withRange(field(Year, key, title, at, opts), 1900, 2100)
}

// OneOfField declares a value of a fixed list.
func OneOfField[R any](key, title string, values []string, at func(*R) *Value, opts ...Option) Field {
	f := field(Choice, key, title, at, opts)
	f.Values = values
	return f
}

// YesNoField declares a yes/no field.
func YesNoField[R any](key, title string, at func(*R) *Value, opts ...Option) Field {
	return field(YesNo, key, title, at, opts)
}

func withRange(f Field, lo, hi float64) Field {
	if f.Min == nil {
		f.Min = &lo
	}
	if f.Max == nil {
		f.Max = &hi
	}
	return f
}

// Required makes the field mandatory: in a table, in every row that holds data.
func Required() Option { return func(f *Field) { f.Required = true } }

// Between bounds a number.
func Between(lo, hi float64) Option { return func(f *Field) { f.Min, f.Max = &lo, &hi } }

// Limit bounds a text, in characters.
func Limit(n int) Option { return func(f *Field) { f.Limit = n } }

// Person marks a text as a person's name.
func Person() Option { return func(f *Field) { f.Person = true } }

// Birthday marks a date as the day somebody was born who is at work in the year of the form.
func Birthday() Option { return func(f *Field) { f.Birthday = true } }
