package city

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// draft is a workbook on its way to the mail: the filled form, what was done to its sheets, and
// what a reader must find wrong with it.
type draft struct {
	city      *season
	period    plan.Period
	unit      *unit // who sends it
	issuer    *unit // whom it says it is of
	form      *form.Form
	value     any
	extension string // of the file's name
	planted   []plantedFault
	renamed   map[string]string // sheets, by their name in the form
	lowered   map[string]int    // rows that were inserted above the headers of a sheet
}

// plantedFault is a fault by its place in the form; block "" means the whole file.
type plantedFault struct {
	code         finding.Code
	block, field string
	row          int // of a table, from 0
	what         string
}

func (d *draft) plant(code finding.Code, block, field string, row int, what string) {
	d.planted = append(d.planted, plantedFault{code, block, field, row, what})
}

// plantFileFault plants a fault of the whole file, which hides all others: nothing in it is read.
func (d *draft) plantFileFault(code finding.Code, what string) {
	d.planted = []plantedFault{{code: code, what: what}}
}

// place is where a block stands on its sheet before anything is done to the sheet.
func (d *draft) place(block string) (*form.Sheet, form.Place) {
	s := d.form.SheetOf(block)
	for _, p := range s.Layout(func(b *form.Block) int { return max(b.Rows, b.Len(d.value)) }) {
		if p.Block.Key == block {
			return s, p
		}
	}
	panic("city: no block " + block)
}

// cell is where a field stands now.
func (d *draft) cell(block, field string, row int) (sheet, cell string) {
	s, p := d.place(block)
	i := slices.IndexFunc(p.Block.Fields, func(f form.Field) bool { return f.Key == field })
	if i < 0 {
		panic("city: no field " + block + "." + field)
	}
	col, at := p.Cell(i, row)
	sheet = s.Name
	if to := d.renamed[s.Name]; to != "" {
		sheet = to
	}
	return sheet, grid.Ref(col, at+d.lowered[s.Name])
}

// faults are the planted faults at their places in the finished file.
func (d *draft) faults() []Fault {
	var out []Fault
	for _, p := range d.planted {
		f := Fault{Code: p.code, What: p.what}
		if p.block != "" {
			f.Sheet, f.Cell = d.cell(p.block, p.field, p.row)
		}
		out = append(out, f)
	}
	return out
}

// write makes the workbook and does to it what people do.
func (d *draft) write(change func(*draft, *excelize.File) error) ([]byte, error) {
	b, err := d.city.write(d.form, d.period, d.issuer.Name, d.issuer.Code, d.value)
	if err != nil || change == nil {
		return b, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("opening the workbook of %s: %w", d.unit.Name, err)
	}
	defer f.Close()
	if err := change(d, f); err != nil {
		return nil, fmt.Errorf("changing the workbook of %s: %w", d.unit.Name, err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("saving the workbook of %s: %w", d.unit.Name, err)
	}
	return out.Bytes(), nil
}

// each visits the cells of one column that hold data.
func (d *draft) each(block, field string, visit func(sheet, cell string, row int) error) error {
	_, p := d.place(block)
	for i := range p.Block.Len(d.value) {
		sheet, cell := d.cell(block, field, i)
		if err := visit(sheet, cell, i); err != nil {
			return err
		}
	}
	return nil
}

// lower inserts rows with a heading of the unit's own above the headers of a table.
func lower(block string, rows int) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		s, p := d.place(block)
		if err := f.InsertRows(s.Name, p.Header, rows); err != nil {
			return err
		}
		d.lowered[s.Name] += rows
		return f.SetCellStr(s.Name, grid.Ref(2, p.Header), "Kèm theo văn bản số 12 của "+d.unit.Name)
	}
}

// rename gives a sheet the name that Excel gives copies.
func rename(sheet, to string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		d.renamed[sheet] = to
		return f.SetSheetName(sheet, to)
	}
}

// decompose writes the names as some programs do, letter and accents apart (Unicode NFD).
func decompose(block string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		return d.each(block, "name", func(sheet, cell string, _ int) error {
			s, err := f.GetCellValue(sheet, cell)
			if err != nil {
				return err
			}
			return f.SetCellStr(sheet, cell, norm.NFD.String(s))
		})
	}
}

// legacy writes the names in TCVN3, the encoding before Unicode, which only the font tells.
func legacy(block string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: ".VnTime", Size: 13}})
		if err != nil {
			return err
		}
		return d.each(block, "name", func(sheet, cell string, _ int) error {
			s, err := f.GetCellValue(sheet, cell)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(sheet, cell, viet.ToTCVN3(s)); err != nil {
				return err
			}
			return f.SetCellStyle(sheet, cell, cell, style)
		})
	}
}

// birthText writes dates of birth as text; the first one so that day and month could be either way
// round.
func birthText(block string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		_, p := d.place(block)
		return d.each(block, "born", func(sheet, cell string, row int) error {
			i := slices.IndexFunc(p.Block.Fields, func(f form.Field) bool { return f.Key == "born" })
			born, _ := p.Block.Fields[i].At(p.Block.Record(d.value, row)).Date()
			text := fmt.Sprintf("%02d/%02d/%d", born.Day, born.Month, born.Year)
			if row == 0 {
				text = fmt.Sprintf("5/3/%d", born.Year)
			}
			return f.SetCellStr(sheet, cell, text)
		})
	}
}

// merge joins a column over all rows of a table, as one does with what is the same in every row.
func merge(block string, fields ...string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		for _, field := range fields {
			var first, last, sheet string
			err := d.each(block, field, func(s, cell string, row int) error {
				if last, sheet = cell, s; row == 0 {
					first = cell
					return nil
				}
				return f.SetCellValue(s, cell, nil)
			})
			if err != nil {
				return err
			}
			if err := f.MergeCell(sheet, first, last); err != nil {
				return err
			}
		}
		return nil
	}
}

// sections inserts the rows that lists of an office have between their data: numbers of the
// columns, headings A and B, and a total.
func sections(block string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		s, p := d.place(block)
		n := p.Block.Len(d.value)
		if err := f.InsertRows(s.Name, p.First+n, 1); err != nil {
			return err
		}
		if err := f.SetCellStr(s.Name, grid.Ref(2, p.First+n), "Cộng"); err != nil {
			return err
		}
		if err := f.SetCellInt(s.Name, grid.Ref(3, p.First+n), int64(n)); err != nil {
			return err
		}
		for i, title := range []string{"Lãnh đạo", "Công chức, viên chức"} {
			at := p.First + 2*i
			if err := f.InsertRows(s.Name, at, 1); err != nil {
				return err
			}
			if err := f.SetSheetRow(s.Name, grid.Ref(1, at), &[]any{string(rune('A' + i)), title}); err != nil {
				return err
			}
		}
		if err := f.InsertRows(s.Name, p.First, 1); err != nil {
			return err
		}
		for i := range p.Block.Fields {
			if err := f.SetCellStr(s.Name, grid.Ref(2+i, p.First), fmt.Sprintf("(%d)", i+2)); err != nil {
				return err
			}
		}
		return nil
	}
}

// plantFormula puts a formula into a cell whose value no program has computed yet.
func plantFormula(block, field, formula string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		sheet, cell := d.cell(block, field, 0)
		// otherwise the value from before would pass for the formula's
		if err := f.SetCellValue(sheet, cell, nil); err != nil {
			return err
		}
		return f.SetCellFormula(sheet, cell, formula)
	}
}

// hide hides the first data row of a table, as a filter does.
func hide(block string) func(*draft, *excelize.File) error {
	return func(d *draft, f *excelize.File) error {
		s, p := d.place(block)
		return f.SetRowVisible(s.Name, p.First, false)
	}
}

// priceList is a spreadsheet that has nothing to do with the plan.
func priceList() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"Mặt hàng", "Đơn giá"}, {"Mực in đen", 450000}, {"Giấy A4", 62000}} {
		if err := f.SetSheetRow("Sheet1", grid.Ref(1, i+1), &row); err != nil {
			return nil, fmt.Errorf("writing a price list: %w", err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("saving a price list: %w", err)
	}
	return out.Bytes(), nil
}
