package xlsx

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Table is one sheet of a workbook of plain tables: a title, a line of explanation, a header and
// rows to edit.
type Table struct {
	Name    string // of the sheet
	Title   string
	Intro   string
	Columns []Column
	Rows    [][]Entry // one Entry a column
	Spare   int       // blank rows below, ready to be filled in
}

// Column is one column of a Table.
type Column struct {
	Title string
	Help  string
	Width float64
	Entry // what a blank cell of the column takes: Kind, List, Closed, Marks
}

// EntryKind is what a cell holds.
type EntryKind uint8

// The kinds of entries. Label and Help are fixed; the others are to be edited.
const (
	TextEntry EntryKind = iota
	NumberEntry
	DateEntry
	LabelEntry
	HelpEntry
)

// Entry is one cell: its text (a decimal number for NumberEntry, an ISO day for DateEntry; anything
// else is written as text), what it may hold, and the hint shown while it is edited.
type Entry struct {
	Kind   EntryKind
	Text   string
	List   []string // what to choose from
	Closed bool     // nothing else may be written
	Marks  bool     // the row stands out when the cell holds the word for yes
	Hint   string   // "" is the column's help
}

// The rows of a sheet of a Table.
const (
	tableTitle = 1
	tableIntro = 2
	TableHead  = 3 // the header; data follow below it
)

// WriteTables makes a workbook of tables for a person to edit: header frozen, A4 landscape, lists
// to choose from, marked rows in colour. The first sheet is the guide, told by its lines. The same
// arguments give the same bytes.
func WriteTables(title, author string, guide []string, tables []Table) ([]byte, error) {
	file := excelize.NewFile()
	b := &book{file: file, styles: styles{file: file}, lists: map[string]string{}}
	if err := file.SetSheetName("Sheet1", form.GuideSheet); err != nil {
		return nil, err
	}
	for _, t := range tables {
		if _, err := file.NewSheet(t.Name); err != nil {
			return nil, fmt.Errorf("adding sheet %q: %w", t.Name, err)
		}
	}
	if _, err := file.NewSheet(form.ListSheet); err != nil {
		return nil, err
	}
	b.tableGuide(title, guide, tables)
	b.tableLists(tables)
	for _, t := range tables {
		b.table(t)
	}
	b.do(file.SetDocProps(&excelize.DocProperties{Title: title, Creator: author, Language: "vi-VN"}))
	return b.save()
}

func (b *book) tableGuide(title string, guide []string, tables []Table) {
	s := form.GuideSheet
	for i, w := range []float64{28, 34, 90} {
		b.width(s, i+1, w)
	}
	b.span(s, 1, 3, 1, title, lookTitle)
	b.height(s, 1, 18*lines(title, 130)+6)
	row := 3
	for _, line := range guide {
		b.span(s, 1, 3, row, line, lookText)
		b.height(s, row, 17*lines(line, 145)+2)
		row++
	}
	row++
	for i, t := range []string{wording.Text("form.guide.sheet"), wording.Text("form.guide.field"),
		wording.Text("form.guide.help")} {
		b.text(s, i+1, row, t, lookHead)
	}
	head := row
	for _, t := range tables {
		row++
		b.text(s, 1, row, t.Name, lookLink)
		b.do(b.file.SetCellHyperLink(s, grid.Ref(1, row), "'"+t.Name+"'!A1", "Location"))
		b.text(s, 2, row, "", lookText)
		b.text(s, 3, row, t.Intro, lookText)
		b.height(s, row, 16.5*lines(t.Intro, 88))
		for _, c := range t.Columns {
			if c.Help == "" {
				continue
			}
			row++
			for i, x := range []string{"", c.Title, c.Help} {
				b.text(s, i+1, row, x, lookText)
			}
			b.height(s, row, 16.5*math.Max(lines(c.Help, 88), lines(c.Title, 33)))
		}
	}
	b.page(s, true, head)
}

// tableLists writes every list that the tables use, one column each, on the sheet of lists.
func (b *book) tableLists(tables []Table) {
	col := 0
	add := func(title string, list []string) {
		key := strings.Join(list, "\x00")
		if len(list) == 0 || b.lists[key] != "" {
			return
		}
		col++
		b.text(form.ListSheet, col, 1, title, lookHead)
		widest := 12
		for i, label := range list {
			b.text(form.ListSheet, col, i+2, label, lookText)
			widest = max(widest, len([]rune(label)))
		}
		b.width(form.ListSheet, col, math.Min(float64(widest)+3, 60))
		c := grid.Column(col)
		b.lists[key] = fmt.Sprintf("'%s'!$%s$2:$%s$%d", form.ListSheet, c, c, len(list)+1)
	}
	for _, t := range tables {
		for _, c := range t.Columns {
			add(c.Title, c.List)
		}
		for _, r := range t.Rows {
			for _, e := range r {
				add(r[0].Text, e.List)
			}
		}
	}
	b.page(form.ListSheet, true, 0)
}

func (b *book) table(t Table) {
	s := t.Name
	total, high, across, shown := 0.0, 1.0, 1, 0.0
	for i, c := range t.Columns {
		b.width(s, i+1, c.Width)
		b.text(s, i+1, TableHead, c.Title, lookHead)
		if total += c.Width; total <= pageWidth || i == 0 {
			across, shown = i+1, total
		}
		high = math.Max(high, lines(c.Title, c.Width*0.92))
	}
	b.span(s, 1, across, tableTitle, t.Title, lookTitle) // on the first page, however many there are across
	b.height(s, tableTitle, 24)
	b.span(s, 1, across, tableIntro, t.Intro, lookSubtitle)
	b.height(s, tableIntro, 17*lines(t.Intro, shown)+2)
	b.height(s, TableHead, 17*high+4)
	end := TableHead + len(t.Rows) + t.Spare
	for i, c := range t.Columns {
		if end > TableHead {
			b.style(s, i+1, TableHead+1, i+1, end, entryLook(c.Kind))
			b.choice(s, i+1, TableHead+1, end, c.Title, c.Help, c.Entry)
		}
	}
	for i, r := range t.Rows {
		row, high := TableHead+1+i, 1.0
		for j, e := range r {
			if e.Kind != t.Columns[j].Kind || e.Hint != "" {
				b.style(s, j+1, row, j+1, row, entryLook(e.Kind))
				b.choice(s, j+1, row, row, r[0].Text, e.Hint, e)
			}
			b.entry(s, j+1, row, e)
			high = math.Max(high, lines(e.Text, t.Columns[j].Width))
		}
		b.height(s, row, 16.5*high)
	}
	b.stand(t, end)
	b.do(b.file.SetPanes(s, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: TableHead,
		TopLeftCell: grid.Ref(2, TableHead+1), ActivePane: "bottomRight"}))
	b.spread(t, total)
}

func entryLook(k EntryKind) look {
	switch k {
	case NumberEntry:
		return lookInputNumber
	case DateEntry:
		return lookInputDate
	case LabelEntry:
		return lookLabel
	case HelpEntry:
		return lookText
	}
	return lookInputText
}

func (b *book) entry(sheet string, col, row int, e Entry) {
	cell := grid.Ref(col, row)
	if e.Text == "" {
		return
	}
	switch e.Kind {
	case NumberEntry:
		if x, err := strconv.ParseFloat(e.Text, 64); err == nil && holdsDigits(x) {
			b.do(b.file.SetCellFloat(sheet, cell, x, -1, 64))
			return
		}
	case DateEntry:
		if d, err := calendar.ParseISO(e.Text); err == nil && !d.Partial() && d.Year >= 1901 {
			b.do(b.file.SetCellFloat(sheet, cell, float64(serial(d.Year, d.Month, d.Day)), -1, 64))
			return
		}
	}
	b.do(b.file.SetCellStr(sheet, cell, e.Text))
}

// holdsDigits reports whether a spreadsheet, which holds 15 digits, holds all of a number. Others
// are written as text.
func holdsDigits(x float64) bool {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	return err == nil && x == y
}

// choice gives cells their list and the hint shown while they are edited.
func (b *book) choice(sheet string, col, first, last int, title, hint string, e Entry) {
	if e.Kind == LabelEntry || e.Kind == HelpEntry {
		return
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(grid.Ref(col, first) + ":" + grid.Ref(col, last))
	dv.Type = "none"
	if list := b.lists[strings.Join(e.List, "\x00")]; list != "" {
		dv.SetSqrefDropList(list)
		if e.Closed {
			dv.SetError(excelize.DataValidationErrorStyleWarning, viet.Cut(title, 30), viet.Cut(hint, 220))
		}
	}
	dv.SetInput(viet.Cut(title, 30), viet.Cut(hint, 250))
	b.do(b.file.AddDataValidation(sheet, dv))
}

// stand colours the rows that are marked, and goes on doing so while they are edited.
func (b *book) stand(t Table, end int) {
	b.standRows(t, t.columnEntries(), TableHead+1, end)
	for i, r := range t.Rows {
		own := slices.Clone(r)
		for j := range own {
			own[j].Marks = own[j].Marks && !t.Columns[j].Marks
		}
		b.standRows(t, own, TableHead+1+i, TableHead+1+i)
	}
}

func (t Table) columnEntries() []Entry {
	out := make([]Entry, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Entry
	}
	return out
}

func (b *book) standRows(t Table, cells []Entry, first, last int) {
	var terms []string
	for i, e := range cells {
		if e.Marks {
			terms = append(terms, fmt.Sprintf(`$%s%d="%s"`, grid.Column(i+1), first, wording.Text("plan.book.yes")))
		}
	}
	if len(terms) == 0 || last < first {
		return
	}
	id, err := b.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1,
		Color: []string{fillLook}}})
	b.do(err)
	b.do(b.file.SetConditionalFormat(t.Name, grid.Ref(1, first)+":"+grid.Ref(len(t.Columns), last),
		[]excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: "OR(" + strings.Join(terms, ",") + ")", Format: &id},
		}))
}

// pageWidth is how many characters of columns one A4 page across still shows legibly.
const pageWidth = 210

// spread prints a wide table over several pages across, each with the header and the first column.
func (b *book) spread(t Table, total float64) {
	b.page(t.Name, true, 0)
	wide, high := int(math.Ceil(total/pageWidth)), 0
	b.do(b.file.SetPageLayout(t.Name, &excelize.PageLayoutOptions{FitToWidth: &wide, FitToHeight: &high}))
	b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: t.Name,
		RefersTo: fmt.Sprintf("'%s'!$A:$A,'%s'!$%d:$%d", t.Name, t.Name, TableHead, TableHead)}))
}
