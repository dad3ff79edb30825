package xlsx

import (
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
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// status writes the box with the live count of mandatory cells that are still blank. A sheet of
// tables alone says so while no row is filled.
func (b *book) status(s *form.Sheet, first, last int, terms []string, cells bool) {
	b.span(s.Name, first, last, form.StatusRow, "", lookStatus)
	b.height(s.Name, form.StatusRow, 20)
	terms = slices.DeleteFunc(terms, func(t string) bool { return t == "" })
	if len(terms) == 0 {
		return
	}
	n := strings.Join(terms, "+")
	full := wording.Text("form.status.done")
	if b.red[s.Name] { // nothing blank is not nothing wrong
		full = wording.Text("form.status.red")
	}
	formula := fmt.Sprintf(`IF(%s=0,"%s","%s"&(%s)&"%s")`, n,
		full, wording.Text("form.status.missing"), n, wording.Text("form.status.cells"))
	if !cells && len(b.filled) > 0 {
		formula = fmt.Sprintf(`IF(%s=0,"%s",%s)`, strings.Join(b.filled, "+"), wording.Text("form.status.blank"),
			formula)
	}
	at := grid.Ref(first, form.StatusRow)
	b.do(b.file.SetCellFormula(s.Name, at, formula))
	done, err := b.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: inkDone, Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1,
			Color: []string{fillDone}},
	})
	b.do(err)
	b.do(b.file.SetConditionalFormat(s.Name, at+":"+grid.Ref(last, form.StatusRow), []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: fmt.Sprintf(`LEFT($%s$%d,2)="%s"`, grid.Column(first), form.StatusRow,
			string([]rune(wording.Text("form.status.done"))[:2])), Format: &done},
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
		b.height(s.Name, row, math.Max(18, math.Max(16.5*high, 13.5*lines(help,
			b.between(form.HelpColumn, last)*1.15))))
	}
	return terms
}

// writeTable writes a table and returns what the status formula must count: blanks of mandatory
// columns in rows that hold data.
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

// sample writes the filled example under the headers, as text and locked. The reader knows it by
// its mark and passes it over.
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

// value1 writes one value with its marks. What was understood is written in its canonical form,
// what was not as it was typed.
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
	worst := finding.Worst(marks)
	if f.Required && !v.Given() && b.lacked[f.Title] { // a column that was missing is to be filled in
		worst = finding.Must
	}
	switch worst {
	case finding.Must:
		b.red[s.Name] = true
		mark := lookMust
		if finding.Has(marks, finding.Struck) {
			mark = lookStruck
		}
		l += mark - lookInput
		if f.Locked && v.Text != "" {
			l = mark
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
		// no serial number, or one that programs differ in or that reads like a year
	} else if d, ok := v.Date(); ok && f.Type == form.Date && (d.Partial() || d.Year <= 1905) {
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

// validate gives a column or cell its drop-down, limits and input hint. Lists are always ranges:
// inline lists split at commas.
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
		dv.SetError(excelize.DataValidationErrorStyleWarning, viet.Cut(f.Title, 30), viet.Cut(f.Help, 220))
	}
	hint := f.Help
	if example := b.ctx.Example(f); example != "" {
		hint += "\n" + wording.Text("finding.example", "example", example)
	}
	dv.SetInput(viet.Cut(f.Title, 30), viet.Cut(hint, 250))
	b.do(b.file.AddDataValidation(sheet, dv))
}
