// Package xlsx turns forms into workbooks and workbooks into readings, an inverse pair: Write and Mark go through excelize, Read works on
// any grid.Workbook.
//
// Only files of our own making pass through excelize here. Workbooks of strangers are read elsewhere into a grid and never opened,
// changed or sent back as files: a marked reply is a fresh copy of our template with the sender's values.
package xlsx

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
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

var (
	guideSheet  = wording.Text("form.sheet.guide")
	listSheet   = wording.Text("form.sheet.lists")
	resultSheet = wording.Text("form.sheet.result")
)

// Write makes a workbook of a form: blank when value is nil or empty, prefilled otherwise. The same arguments give the same bytes.
func Write(f *form.Form, h Heading, ctx form.Context, value any) ([]byte, error) {
	if value == nil {
		value = f.New()
	}
	b, err := newBook(f, h, ctx, value, nil)
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
	filled []string                       // of the sheet being written: formulas that count the rows of a table that hold data
	widths []float64                      // of the columns of the sheet being written, by column
	err    error
}

func newBook(f *form.Form, h Heading, ctx form.Context, value any, marks map[form.Ref][]finding.Finding) (*book, error) {
	file := excelize.NewFile()
	b := &book{
		file: file, styles: styles{file: file}, form: f, head: h, ctx: ctx, value: value,
		marks: marks, placed: map[form.Ref]form.Ref{}, lists: map[string]string{},
	}
	if err := file.SetDefaultFont(fontName); err != nil { // widths of columns are counted in its digits
		return nil, err
	}
	names := []string{guideSheet}
	if marks != nil {
		names = []string{resultSheet, guideSheet}
	}
	for _, s := range f.Sheets {
		names = append(names, s.Name)
	}
	names = append(names, listSheet, stampSheet)
	if err := file.SetSheetName("Sheet1", names[0]); err != nil {
		return nil, err
	}
	for _, n := range names[1:] {
		if _, err := file.NewSheet(n); err != nil {
			return nil, err
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
	return out.Bytes(), b.file.Close()
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

// widen makes a column at least so wide.
func widen(widths []float64, col int, w float64) []float64 {
	for len(widths) <= col {
		widths = append(widths, 0)
	}
	widths[col] = math.Max(widths[col], w)
	return widths
}

func columnWidth(f form.Field) float64 {
	if f.Width == 0 {
		return 18
	}
	return f.Width
}

// between is the width of columns from one to another.
func (b *book) between(from, to int) float64 {
	w := 0.0
	for c := from; c <= to && c < len(b.widths); c++ {
		w += b.widths[c]
	}
	return w
}

// lines estimates how many printed lines a text takes in a column of a width.
func lines(s string, width float64) float64 {
	n := 0.0
	for _, part := range strings.Split(s, "\n") {
		n += math.Max(1, math.Ceil(float64(len([]rune(part)))/math.Max(width-1, 1)))
	}
	return n
}

func (b *book) page(sheet string, landscape bool, repeat int) {
	a4, wide, high := 9, 1, 0
	orientation := "portrait"
	if landscape {
		orientation = "landscape"
	}
	b.do(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}))
	fit := true
	b.do(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	// Nghị định 30/2020/NĐ-CP, Phụ lục I: margins 20, 20, 30, 15 mm; page number centred above from page 2
	top, left, right, head := 20/25.4, 30/25.4, 15/25.4, 10/25.4
	b.do(b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &top, Left: &left, Right: &right, Header: &head, Footer: &head}))
	b.do(b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{DifferentFirst: true, OddHeader: "&C&P", FirstHeader: "&C "}))
	if repeat > 0 {
		b.titles(sheet, 0, repeat)
	}
	grid := false
	b.do(b.file.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
}

// titles repeats a row, and the first columns when there are any to repeat, on every printed page.
func (b *book) titles(sheet string, cols, row int) {
	refers := fmt.Sprintf("'%s'!$%d:$%d", sheet, row, row)
	if cols > 0 {
		refers = fmt.Sprintf("'%s'!$A:$%s,", sheet, grid.Column(cols)) + refers
	}
	b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: refers}))
}

// The widths of a printed page across, in characters of columns: what A4 holds at full size; what it may shrink to hold on one page; and,
// where that is not enough, what each of several pages holds.
const (
	acrossFull  = 132.0
	acrossMost  = 225.0
	acrossEach  = 175.0
	columnInset = 0.72 // what a program adds to a column's width
)

// spread is how the columns of a wide table are printed: how many of the first come again on every page, and the last column of each page.
type spread struct {
	repeated int
	ends     []int
}

// spreadOf distributes a sheet's columns 1…last over as many pages as they need.
func spreadOf(s *form.Sheet, p form.Place, widths []float64) spread {
	last := len(widths) - 1
	sum := func(from, to int) float64 {
		w := 0.0
		for c := from; c <= to; c++ {
			w += widths[c] + columnInset
		}
		return w
	}
	if !s.Landscape || p.Header == 0 || sum(1, last) <= acrossMost {
		return spread{ends: []int{last}}
	}
	out := spread{repeated: form.FirstColumn}
	if len(p.Block.Fields) > 1 && !p.Block.Fields[0].Person && p.Block.Fields[1].Key == "name" { // Ông/Bà, or the kind of nominee, and the name
		out.repeated++
	}
	again := sum(1, out.repeated)
	pages := math.Ceil(sum(out.repeated+1, last) / (acrossEach - again))
	each, used := sum(out.repeated+1, last)/pages, 0.0
	for c := out.repeated + 1; c < last; c++ {
		used += widths[c] + columnInset
		if used+widths[c+1]/2 >= each && float64(len(out.ends)+1) < pages {
			out.ends, used = append(out.ends, c), 0
		}
	}
	out.ends = append(out.ends, last)
	return out
}

// pages prints a wide table over several pages, at the size that fits the widest.
func (b *book) pages(sheet string, widths []float64, sp spread, row int) {
	widest, from := 0.0, 1
	for _, end := range sp.ends {
		w := 0.0
		for c := 1; c <= end; c++ {
			if c <= sp.repeated || c >= from {
				w += widths[c] + columnInset
			}
		}
		widest = math.Max(widest, w)
		if from = end + 1; from < len(widths) {
			b.do(b.file.InsertPageBreak(sheet, grid.Ref(from, 1)))
		}
	}
	fit, scale := false, uint(math.Min(100, math.Floor(95*acrossFull/widest)))
	b.do(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{AdjustTo: &scale}))
	b.titles(sheet, sp.repeated, row)
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
	first, across := sp.repeated+1, sp.ends[0] // what stands above the table stands on the first page, and not where columns come again
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
		b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: blockPrefix + p.Block.Key, RefersTo: b.marker(s, p)}))
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
		b.do(b.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: repeat, TopLeftCell: grid.Ref(1, repeat+1), ActivePane: "bottomLeft"}))
	}
	b.do(b.file.SetSheetDimension(s.Name, "A1:"+grid.Ref(last, end)))
	// against accidents only: no password, rows may be added and formatted
	b.do(b.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
		AutoFilter: true, DeleteRows: true, FormatCells: true, FormatColumns: true, FormatRows: true, InsertRows: true,
		SelectLockedCells: true, SelectUnlockedCells: true, Sort: true, EditObjects: true,
	}))
}

// marker refers to where a reader finds the block again: the header row of a table, the first label of a block of cells.
func (b *book) marker(s *form.Sheet, p form.Place) string {
	row, col := p.First, form.LabelColumn
	if p.Header > 0 {
		row, col = p.Header, form.FirstColumn
	}
	return fmt.Sprintf("'%s'!$%s$%d", s.Name, grid.Column(col), row)
}

// middle is the last column of the left half of what stands side by side above and below the values; the right half takes the national
// heading on one line.
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
	b.span(s.Name, first, last, form.SubtitleRow, sub, lookSubtitle)
	b.height(s.Name, form.TitleRow, 24)
	b.height(s.Name, form.HeadingRow, 18)
	b.height(s.Name, form.HeadingRow+1, 18)
}

// status writes the box with the live count of mandatory cells that are still blank. A sheet of tables alone says so while no row is filled.
func (b *book) status(s *form.Sheet, first, last int, terms []string, cells bool) {
	b.span(s.Name, first, last, form.StatusRow, "", lookStatus)
	b.height(s.Name, form.StatusRow, 20)
	terms = slices.DeleteFunc(terms, func(t string) bool { return t == "" })
	if len(terms) == 0 {
		return
	}
	n := strings.Join(terms, "+")
	formula := fmt.Sprintf(`IF(%s=0,"%s","%s"&(%s)&"%s")`, n,
		wording.Text("form.status.done"), wording.Text("form.status.missing"), n, wording.Text("form.status.cells"))
	if !cells && len(b.filled) > 0 {
		formula = fmt.Sprintf(`IF(%s=0,"%s",%s)`, strings.Join(b.filled, "+"), wording.Text("form.status.blank"), formula)
	}
	at := grid.Ref(first, form.StatusRow)
	b.do(b.file.SetCellFormula(s.Name, at, formula))
	done, err := b.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: inkDone, Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fillDone}},
	})
	b.do(err)
	b.do(b.file.SetConditionalFormat(s.Name, at+":"+grid.Ref(last, form.StatusRow), []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: fmt.Sprintf(`LEFT($%s$%d,2)="%s"`, grid.Column(first), form.StatusRow, string([]rune(wording.Text("form.status.done"))[:2])), Format: &done},
	}))
}

// writeCells writes a block of labelled cells and returns what the status formula must count.
func (b *book) writeCells(s *form.Sheet, p form.Place, last int) []string {
	var terms []string
	for i, f := range p.Block.Fields {
		col, row := p.Cell(i, 0)
		b.text(s.Name, form.NumberColumn, row, strconv.Itoa(i+1), lookNumber)
		label := f.Title
		if f.Required {
			label += " *"
			terms = append(terms, "COUNTBLANK("+grid.Ref(col, row)+")")
		}
		b.text(s.Name, form.LabelColumn, row, label, lookLabel)
		help := f.Help
		if example := b.ctx.Example(f); example != "" {
			help += " " + wording.Text("finding.example", "example", example)
		}
		b.span(s.Name, form.HelpColumn, last, row, help, lookHelp)
		v := *f.At(b.value)
		b.value1(s, f, v, col, row)
		b.validate(s.Name, f, col, row, row)
		high := math.Max(lines(label, b.widths[form.LabelColumn]), lines(v.Typed(), b.widths[form.ValueColumn]))
		b.height(s.Name, row, math.Max(18, math.Max(16.5*high, 13.5*lines(help, b.between(form.HelpColumn, last)*1.15))))
	}
	return terms
}

// writeTable writes a table and returns what the status formula must count: blanks of mandatory columns in rows that hold data.
func (b *book) writeTable(s *form.Sheet, p form.Place) string {
	fields := p.Block.Fields
	b.text(s.Name, form.NumberColumn, p.Header, wording.Text("form.number"), lookHead)
	high := 1.0
	var any, blank []string
	for j, f := range fields {
		title := f.Title
		area := fmt.Sprintf("%s:%s", grid.Ref(form.FirstColumn+j, p.First), grid.Ref(form.FirstColumn+j, p.Last))
		if f.Required {
			title += " *"
			blank = append(blank, "("+area+`="")`)
		}
		if !f.Preset {
			any = append(any, area)
		}
		b.text(s.Name, form.FirstColumn+j, p.Header, title, lookHead)
		high = math.Max(high, lines(title, math.Max(columnWidth(f), 8)*0.88))
	}
	b.height(s.Name, p.Header, 17*high+4)
	b.sample(s, p)
	if len(any) > 0 {
		b.filled = append(b.filled, "SUMPRODUCT(--(("+strings.Join(any, "&")+`)<>""))`)
	}
	n := p.Block.Len(b.value)
	for i := range p.Last - p.First + 1 {
		_, row := p.Cell(0, i)
		b.do(b.file.SetCellInt(s.Name, grid.Ref(form.NumberColumn, row), int64(i+1)))
		b.style(s.Name, form.NumberColumn, row, form.NumberColumn, row, lookNumber)
	}
	for j, f := range fields {
		b.style(s.Name, form.FirstColumn+j, p.First, form.FirstColumn+j, p.Last, input(f, false))
		b.validate(s.Name, f, form.FirstColumn+j, p.First, p.Last)
	}
	for i := range n {
		rec, high := p.Block.Record(b.value, i), 1.0
		for j, f := range fields {
			v := *f.At(rec)
			col, row := p.Cell(j, i)
			b.value1(s, f, v, col, row)
			high = math.Max(high, lines(v.Typed(), columnWidth(f)))
		}
		if _, row := p.Cell(0, i); high > 1 {
			b.height(s.Name, row, 16.5*high)
		}
	}
	if len(blank) == 0 || len(any) == 0 {
		return ""
	}
	return "SUMPRODUCT(((" + strings.Join(any, "&") + `)<>"")*(` + strings.Join(blank, "+") + "))"
}

// sample writes the filled example under the headers, as text and locked. The reader knows it by its mark and passes it over.
func (b *book) sample(s *form.Sheet, p form.Place) {
	b.text(s.Name, form.NumberColumn, p.Sample, wording.Text("form.sample"), lookSample)
	high := 1.0
	for j, f := range p.Block.Fields {
		b.text(s.Name, form.FirstColumn+j, p.Sample, b.ctx.Example(f), lookSample)
		high = math.Max(high, lines(b.ctx.Example(f), columnWidth(f)*1.05))
	}
	b.height(s.Name, p.Sample, 15.5*high)
}

// input is the look of a field's cell; locked ones show that we filled them in.
func input(f form.Field, filled bool) look {
	switch {
	case f.Locked && filled:
		return lookFixed
	case f.Type == form.Int || f.Type == form.Number || f.Type == form.Year:
		return lookInputNumber
	case f.Type == form.Date:
		return lookInputDate
	}
	return lookInput
}

// value1 writes one value with its marks. What was understood is written in its canonical form, what was not as it was typed.
func (b *book) value1(s *form.Sheet, f form.Field, v form.Value, col, row int) {
	at := form.Ref{Sheet: s.Name, Cell: grid.Ref(col, row)}
	if v.At.Cell != "" {
		b.placed[v.At] = at
	}
	l := input(f, v.Text != "")
	marks := b.marks[v.At]
	if v.At.Cell == "" {
		marks = nil
	}
	switch finding.Worst(marks) {
	case finding.Must:
		l += lookMust - lookInput
		if f.Locked && v.Text != "" {
			l = lookMust
		}
	case finding.Should:
		l += lookWarn - lookInput
		if f.Locked && v.Text != "" {
			l = lookWarn
		}
	}
	b.style(s.Name, col, row, col, row, l)
	cell := at.Cell
	if !v.Given() {
		if v.Raw != "" {
			b.do(b.file.SetCellStr(s.Name, cell, clip(v.Raw)))
		}
	} else if x, ok := v.Number(); ok && (f.Type == form.Int || f.Type == form.Number || f.Type == form.Year) {
		b.do(b.file.SetCellFloat(s.Name, cell, x, -1, 64))
	} else if d, ok := v.Date(); ok && f.Type == form.Date && (d.Partial() || d.Year <= 1905) { // no serial number, or one that programs differ in or that reads like a year
		b.do(b.file.SetCellStr(s.Name, cell, d.Short()))
	} else if ok && f.Type == form.Date {
		b.do(b.file.SetCellFloat(s.Name, cell, float64(serial(d.Year, d.Month, d.Day)), -1, 64))
	} else {
		b.do(b.file.SetCellStr(s.Name, cell, clip(v.Text)))
	}
	if len(marks) > 0 {
		b.note(s.Name, cell, marks)
	}
}

// serial is the day number of Excel's 1900 system, right from 01/3/1900 on.
func serial(year, month, day int) int {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

// validate gives a column or cell its drop-down, limits and input hint. Lists are always ranges: inline lists split at commas.
func (b *book) validate(sheet string, f form.Field, col, first, last int) {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(grid.Ref(col, first) + ":" + grid.Ref(col, last))
	switch {
	case b.lists[listKey(f)] != "":
		dv.SetSqrefDropList(b.lists[listKey(f)])
	case f.Type == form.Int || f.Type == form.Year || f.Type == form.Number:
		kind := excelize.DataValidationTypeWhole
		if f.Type == form.Number {
			kind = excelize.DataValidationTypeDecimal
		}
		b.do(dv.SetRange(*f.Min, *f.Max, kind, excelize.DataValidationOperatorBetween))
	default:
		dv.Type = "none"
	}
	if dv.Type != "none" { // a hint, not a wall: what cannot be typed is left out, and then nobody can help
		dv.SetError(excelize.DataValidationErrorStyleWarning, cut(f.Title, 30), cut(f.Help, 220))
	}
	hint := f.Help
	if example := b.ctx.Example(f); example != "" {
		hint += "\n" + wording.Text("finding.example", "example", example)
	}
	dv.SetInput(cut(f.Title, 30), cut(hint, 250))
	b.do(b.file.AddDataValidation(sheet, dv))
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
