// Package xlsx writes forms as workbooks: blank, filled in, and marked with what the reader found.
//
// Only files of our own making pass through excelize here. Workbooks of strangers are read
// elsewhere into a grid and never opened, changed or sent back as files: a marked reply is a fresh
// copy of our template with the sender's values.
package xlsx

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/opc"
	"thidua/templates/wording"
)

// Heading is what stands above every sheet.
type Heading struct {
	Superior string // cơ quan chủ quản
	Issuer   string // the unit, or the office for its own forms
	Plan     string // "Kế hoạch số 31/KH-UBND ngày 27/02/2018"
	Period   string // "năm 2018"
	Office   string // who receives it, author of the notes
}

// Write makes a workbook of a form: blank when value is nil or empty, prefilled otherwise. The same
// arguments give the same bytes.
func Write(f *form.Form, h Heading, ctx form.Context, value any) ([]byte, error) {
	if value == nil {
		value = f.New()
	}
	b, err := newBook(ctx.Fitted(f), h, ctx, value, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("writing form %s: %w", f.ID, err)
	}
	return b.save()
}

// book is a workbook being written. Its methods stop at the first error, which save returns.
type book struct {
	file   *excelize.File
	styles styles
	form   *form.Form
	head   Heading
	ctx    form.Context
	value  any
	marks  map[form.Ref][]finding.Finding // by place in the sender's file
	placed map[form.Ref]form.Ref          // sender's place → place in this workbook
	lists  map[string]string              // list key → range on the list sheet
	// of the sheet being written: formulas that count the rows of a table that hold data
	filled []string
	lacked map[string]bool // titles of columns and labels that the sender's file lacks
	red    map[string]bool // sheets on which something must be put right
	widths []float64       // of the columns of the sheet being written, by column
	err    error
}

func newBook(f *form.Form, h Heading, ctx form.Context, value any, marks map[form.Ref][]finding.Finding,
	findings []finding.Finding) (*book, error) {
	file := excelize.NewFile()
	b := &book{
		file: file, styles: styles{file: file}, form: f, head: h, ctx: ctx, value: value,
		marks: marks, placed: map[form.Ref]form.Ref{}, lists: map[string]string{}, red: map[string]bool{},
		lacked: map[string]bool{},
	}
	if err := file.SetDefaultFont(fontName); err != nil { // widths of columns are counted in its digits
		return nil, err
	}
	names := []string{form.GuideSheet}
	if marks != nil {
		names = []string{form.ResultSheet, form.GuideSheet}
	}
	for _, s := range f.Sheets {
		names = append(names, s.Name)
	}
	names = append(names, form.ListSheet, form.StampSheet)
	if err := file.SetSheetName("Sheet1", names[0]); err != nil {
		return nil, err
	}
	for _, n := range names[1:] {
		if _, err := file.NewSheet(n); err != nil {
			return nil, err
		}
	}
	for _, x := range findings {
		if x.Code == finding.MissingBlock {
			b.lacked[x.Want] = true
		}
	}
	b.writeLists()
	b.writeGuide()
	for i := range f.Sheets {
		b.writeSheet(&f.Sheets[i])
	}
	b.writeStamp()
	if len(f.Sheets) > 0 {
		if i, err := file.GetSheetIndex(f.Sheets[0].Name); err == nil {
			file.SetActiveSheet(i)
		}
	}
	return b, b.err
}

func (b *book) save() ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		return nil, fmt.Errorf("saving the workbook: %w", err)
	}
	pack, err := opc.Settle(out.Bytes(), nil)
	if err != nil {
		return nil, fmt.Errorf("ordering the workbook: %w", err)
	}
	return pack, b.file.Close()
}

// do runs a step unless one before it failed.
func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) text(sheet string, col, row int, s string, l look) {
	b.do(b.file.SetCellStr(sheet, grid.Ref(col, row), clip(s)))
	b.style(sheet, col, row, col, row, l)
}

// clip keeps a text within what a cell can hold.
func clip(s string) string {
	const most = 32000
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

func (b *book) style(sheet string, c1, r1, c2, r2 int, l look) {
	id, err := b.styles.id(l)
	b.do(err)
	b.do(b.file.SetCellStyle(sheet, grid.Ref(c1, r1), grid.Ref(c2, r2), id))
}

func (b *book) span(sheet string, c1, c2, row int, s string, l look) {
	b.style(sheet, c1, row, c2, row, l)
	b.do(b.file.SetCellStr(sheet, grid.Ref(c1, row), s))
	if c2 > c1 {
		b.do(b.file.MergeCell(sheet, grid.Ref(c1, row), grid.Ref(c2, row)))
	}
}

func (b *book) width(sheet string, col int, w float64) {
	b.do(b.file.SetColWidth(sheet, grid.Column(col), grid.Column(col), w))
}

func (b *book) height(sheet string, row int, points float64) {
	b.do(b.file.SetRowHeight(sheet, row, math.Min(points, 400)))
}

// writeSheet writes one sheet of the form.
func (b *book) writeSheet(s *form.Sheet) {
	places := s.Layout(func(x *form.Block) int {
		if n := x.Len(b.value); n > x.Rows {
			return n
		}
		return x.Rows
	})
	last := form.HelpColumn
	widths := []float64{0, 6} // by column, from 1
	hasCells, hasTable := false, false
	for _, p := range places {
		if p.Block.Kind == form.TableBlock {
			hasTable = true
			last = max(last, form.FirstColumn+len(p.Block.Fields)-1)
			for j, f := range p.Block.Fields {
				widths = widen(widths, form.FirstColumn+j, columnWidth(f))
			}
		} else {
			hasCells = true
		}
	}
	if hasCells {
		least := map[int]float64{form.LabelColumn: 30, form.ValueColumn: 34}
		if !hasTable {
			least = map[int]float64{form.LabelColumn: 40, form.ValueColumn: 40, form.HelpColumn: 50}
		}
		for col, w := range least {
			widths = widen(widths, col, w)
		}
	}
	for col := 1; col < len(widths); col++ {
		b.width(s.Name, col, widths[col])
	}
	b.widths = widths
	sp := spreadOf(s, places[0], widths)
	// what stands above the table stands on the first page, and not where columns come again
	first, across := sp.repeated+1, sp.ends[0]
	b.heading(s, first, across)
	var required []string
	b.filled = nil
	repeat := 0
	for _, p := range places {
		b.span(s.Name, 1, 1, p.Title, p.Block.Title, lookBlock)
		if p.Block.Kind == form.CellsBlock {
			required = append(required, b.writeCells(s, p, last)...)
		} else {
			if repeat == 0 && len(places) == 1 {
				repeat = p.Header
			}
			required = append(required, b.writeTable(s, p))
		}
		b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: form.BlockPrefix + p.Block.Key,
			RefersTo: b.marker(s, p)}))
	}
	b.status(s, first, across, required, hasCells)
	end := places[len(places)-1].Last + 2
	half := b.middle(first, across)
	if b.form.From == form.FromUnit {
		b.span(s.Name, first, half, end, wording.Text("form.sign.preparer"), lookSign)
		b.span(s.Name, half+1, across, end, wording.Text("form.sign.head"), lookSign)
		b.span(s.Name, half+1, across, end+1, wording.Text("form.sign.note"), lookSignNote)
		end++
	}
	if len(sp.ends) == 1 {
		b.page(s.Name, s.Landscape, repeat)
	} else {
		b.page(s.Name, s.Landscape, 0)
		b.pages(s.Name, widths, sp, repeat)
	}
	if repeat > 0 {
		b.do(b.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: repeat, TopLeftCell: grid.Ref(1, repeat+1),
			ActivePane: "bottomLeft"}))
	}
	b.do(b.file.SetSheetDimension(s.Name, "A1:"+grid.Ref(last, end)))
	// against accidents only: no password, rows may be added and formatted
	b.do(b.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
		AutoFilter: true, DeleteRows: true, FormatCells: true, FormatColumns: true, FormatRows: true, InsertRows: true,
		SelectLockedCells: true, SelectUnlockedCells: true, Sort: true, EditObjects: true,
	}))
}

// marker refers to where a reader finds the block again: the header row of a table, the first label
// of a block of cells.
func (b *book) marker(s *form.Sheet, p form.Place) string {
	row, col := p.First, form.LabelColumn
	if p.Header > 0 {
		row, col = p.Header, form.FirstColumn
	}
	return fmt.Sprintf("'%s'!$%s$%d", s.Name, grid.Column(col), row)
}

// middle is the last column of the left half of what stands side by side above and below the
// values; the right half takes the national heading on one line.
func (b *book) middle(first, last int) int {
	const issuer, nation = 32, 46
	best, off := first, math.Inf(1)
	for c := first; c < last; c++ {
		left, right := b.between(first, c), b.between(c+1, last)
		if d := math.Abs(left-right) + 10*math.Max(0, issuer-left) + 10*math.Max(0, nation-right); d < off {
			best, off = c, d
		}
	}
	return best
}

func (b *book) heading(s *form.Sheet, first, last int) {
	half := b.middle(first, last)
	b.span(s.Name, first, half, form.HeadingRow, b.head.Superior, lookIssuer)
	b.span(s.Name, half+1, last, form.HeadingRow, wording.Text("form.heading.nation"), lookNation)
	b.span(s.Name, first, half, form.HeadingRow+1, strings.ToUpper(b.head.Issuer), lookIssuer)
	b.span(s.Name, half+1, last, form.HeadingRow+1, wording.Text("form.heading.motto"), lookMotto)
	b.span(s.Name, first, last, form.TitleRow, s.Title, lookTitle)
	sub := wording.Text("form.subtitle.clause", "plan", b.head.Plan, "clause", b.form.Clause)
	if b.head.Period != "" {
		sub = wording.Text("form.subtitle", "plan", b.head.Plan, "clause", b.form.Clause, "period", b.head.Period)
	}
	if b.form.Clause == "" {
		if sub = wording.Text("form.subtitle.plan", "plan", b.head.Plan); b.head.Period != "" {
			sub = wording.Text("form.subtitle.period", "plan", b.head.Plan, "period", b.head.Period)
		}
	}
	b.span(s.Name, first, last, form.SubtitleRow, sub, lookSubtitle)
	b.height(s.Name, form.TitleRow, 24)
	b.height(s.Name, form.HeadingRow, 18)
	b.height(s.Name, form.HeadingRow+1, 18)
}
