package sheet

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"thidua/reports/document"
)

// page is a sheet being laid out: a grid of columns, and rows from the top down.
type page struct {
	book   *workbook
	name   string
	part   part
	widths []float64 // of the columns, in millimetres
	half   int       // columns of the left half: the issuer, the left signature
	main   int       // the block whose columns are the grid; -1 without a table
	rows   []xrow
	merges [][4]int // first column, first row, last column, last row, from 1
	breaks []int    // rows that begin a printed page
	seen   int      // blocks laid out so far
	head   [2]int   // first and last header row of the main table
	body   [2]int   // its first and last body row
	filter bool
	charts []placedChart
	groups [][2]int // first and last row of what stays on one printed page, in order
	lists  []list   // tables, from the top down
}

// xrow is a row of the sheet. The cells of a table's rows are made when they are written: a long
// table is never held as cells as well.
type xrow struct {
	height float64 // points
	cells  []any
}

// list is a table in its place: its rows from the first on, from 1, and the columns of the sheet
// that each of its columns takes.
type list struct {
	table document.Table
	first int
	cols  [][2]int
	size  float64
}

const pointsPerMM = 72 / 25.4

func newPage(b *workbook, name string, p part) *page {
	pg := &page{book: b, name: name, part: p}
	pg.widths, pg.main = grid(p)
	total := p.total()
	used, gap := 0.0, total
	for i, w := range pg.widths[:len(pg.widths)-1] {
		used += w
		if d := math.Abs(used - total*leftHalf); d < gap {
			gap, pg.half = d, i+1
		}
	}
	return pg
}

func (pg *page) columns() int { return len(pg.widths) }

// width is that of columns first to last, from 0, both included.
func (pg *page) width(first, last int) float64 {
	sum := 0.0
	for _, w := range pg.widths[first : last+1] {
		sum += w
	}
	return sum
}

// next adds an empty row and returns its number, from 1.
func (pg *page) next(height float64) int {
	pg.rows = append(pg.rows, xrow{height: height, cells: make([]any, pg.columns())})
	return len(pg.rows)
}

func (pg *page) skip(height float64) { pg.next(height) }

// put writes a value into columns first to last (from 0) of a row and makes the row high enough for
// its text.
func (pg *page) put(row, first, last int, value any, shown string, l look) {
	pg.fill(pg.rows[row-1].cells, first, last, value, l)
	pg.measure(row, first, last, shown, l)
}

// measure makes room for a text in columns first to last of a row: its height, and one cell over
// all of them.
func (pg *page) measure(row, first, last int, shown string, l look) {
	if last > first {
		pg.merges = append(pg.merges, [4]int{first + 1, row, last + 1, row})
	}
	lines := 1
	if l.wrap {
		lines = document.TextLines(shown, pg.width(first, last)-2, l.size, l.bold)
	}
	r := &pg.rows[row-1]
	r.height = min(max(r.height, float64(lines)*l.size*1.22+3.5), excelize.MaxRowHeight)
}

// fill writes a value into columns first to last of the cells of a row.
func (pg *page) fill(cells []any, first, last int, value any, l look) {
	id := pg.book.style(l)
	for c := first; c <= last; c++ {
		cells[c] = excelize.Cell{StyleID: id}
	}
	cell := excelize.Cell{StyleID: id, Value: value}
	switch v := value.(type) {
	case live:
		cell.Formula, cell.Value = v.formula, v.value
	case link:
		cell.Formula, cell.Value = pg.book.lead(v), v.text
	}
	cells[first] = cell
}

// live is a formula with the value it has now.
type live struct {
	formula string
	value   any
}

// link is a text that leads to a row of the workbook.
type link struct{ to, text string }

// most is the length of a text in a formula (Excel's limit).
const most = 255

// lead is the formula of a link, once every row of the workbook has its place: it goes with its row
// when a list is sorted, and there may be more of them than the 65,530 that Excel allows of the
// other kind. What the sender wrote stands in it as a quoted text only, and in the cell as the
// value that programs show without computing.
func (b *workbook) lead(l link) string {
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	to := "#" + b.places[l.to]
	if len(utf16.Encode([]rune(to))) > most || len(utf16.Encode([]rune(l.text))) > most {
		return ""
	}
	return "HYPERLINK(" + quoted(to) + "," + quoted(l.text) + ")"
}

// together keeps what f lays out on one printed page.
func (pg *page) together(f func()) {
	first := len(pg.rows) + 1
	f()
	pg.groups = append(pg.groups, [2]int{first, len(pg.rows)})
}

// room is what a printed page holds, in points. Print shrinks the columns to the width of the
// paper, and with them the heights of rows.
func (pg *page) room() float64 {
	width, height, _ := pg.part.paper()
	high, wide := height-document.MarginTop-document.MarginBottom, width-document.MarginLeft-document.MarginRight
	return high * pointsPerMM * pg.part.total() / wide
}

// sure is the part of a page that is filled: programs differ in how high they print a row.
const sure = 0.99

// pressed is by how much a sheet may be longer than a page and still be printed on one, a little
// smaller.
const pressed = 1.15

// nearly reports whether the sheet is a page but for a few lines, which would stand on the next one
// alone.
func (pg *page) nearly() bool {
	total := 0.0
	for _, r := range pg.rows {
		total += r.height
	}
	return len(pg.breaks) == 0 && !pg.repeats() && total > pg.room()*sure && total <= pg.room()*pressed
}

// pageBreaks are the breaks asked for and those that keep groups of rows together. Every page
// outside a long list ends with one, for a chart that a program's own reckoning cut in two would
// not be seen whole; the rows of a long list flow, for it is sorted and filtered.
func (pg *page) pageBreaks() []int {
	if pg.nearly() {
		return nil
	}
	room, repeated := pg.room()*sure, 0.0
	if pg.repeats() {
		for _, r := range pg.rows[pg.head[0]-1 : pg.head[1]] {
			repeated += r.height
		}
	}
	var breaks []int
	used, groups := 0.0, pg.groups
	for i, r := range pg.rows {
		row := i + 1
		for len(groups) > 0 && groups[0][0] < row {
			groups = groups[1:]
		}
		block := 0.0
		if len(groups) > 0 && groups[0][0] == row {
			last := groups[0][1]
			for _, g := range groups[1:] { // a heading, what leads to a table, and the table's beginning are one
				if g[0] > last+1 {
					break
				}
				last = max(last, g[1])
			}
			for _, g := range pg.rows[i:min(last, len(pg.rows))] {
				block += g.height
			}
		}
		listed := pg.repeats() && row > pg.head[1] && row <= pg.body[1]
		switch full := used+r.height > room; {
		case slices.Contains(pg.breaks, row), block <= room-repeated && used+block > room, full && !listed:
			breaks = append(breaks, row)
			used = 0
		case full:
			used = 0
		}
		if used == 0 && pg.repeats() && row > pg.head[1] {
			used = repeated
		}
		used += r.height
	}
	return breaks
}

// repeats says that the main table's header is printed on every page: the table is a long list.
func (pg *page) repeats() bool { return pg.head[0] > 0 && pg.body[1]-pg.body[0] >= longList }

// text writes a text over the whole width, in a row of its own.
func (pg *page) text(s string, l look) {
	row := pg.next(0)
	pg.put(row, 0, pg.columns()-1, clean(s), s, l)
}

func (pg *page) setUp() error {
	f, name := pg.book.f, pg.name
	wide, tall, orientation := 1, 0, "portrait"
	if pg.part.orientation == document.Landscape {
		orientation = "landscape"
	}
	if pg.nearly() {
		tall = 1
	}
	_, _, size := pg.part.paper()
	yes, no := true, false
	inch := func(mm float64) *float64 { v := mm / 25.4; return &v }
	steps := []error{
		f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide,
			FitToHeight: &tall}),
		f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
			Top: inch(document.MarginTop), Bottom: inch(document.MarginBottom), Left: inch(document.MarginLeft),
			Right:  inch(document.MarginRight),
			Header: inch(document.MarginTop / 2), Footer: inch(document.MarginBottom / 2), Horizontally: &yes,
		}),
		f.SetHeaderFooter(name, pg.book.number()),
		f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &no}),
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	// The writer puts each new column before those it has, and streams them as they are: the last
	// column comes first.
	for i, mm := range slices.Backward(pg.widths) {
		// A column is n digits of the workbook's own font (7 pixels each) wide, and 5 pixels of
		// padding (ECMA-376, 18.3.1.13).
		col := columnName(i + 1)
		if err := f.SetColWidth(name, col, col, math.Floor(max((mm/25.4*96-5)/7, 1)*100)/100); err != nil {
			return err
		}
	}
	for _, c := range pg.charts {
		if err := pg.draw(c); err != nil {
			return err
		}
	}
	for _, row := range pg.pageBreaks() {
		if err := f.InsertPageBreak(name, fmt.Sprintf("A%d", row)); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(pg.columns(), max(len(pg.rows), 1))
	if err != nil {
		return err
	}
	if err := f.SetSheetDimension(name, "A1:"+last); err != nil {
		return err
	}
	if err := pg.mainTable(); err != nil {
		return err
	}
	// Last, for setting a filter forgets the sheet's properties.
	return f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes})
}

// number puts the page number where the rules of the paper's day want it, none on the first page.
func (b *workbook) number() *excelize.HeaderFooterOptions {
	if b.doc.Rules().NumberAtFoot() {
		return &excelize.HeaderFooterOptions{DifferentFirst: true, OddFooter: `&R&"` + font + `,Regular"&13&P`}
	}
	return &excelize.HeaderFooterOptions{DifferentFirst: true, OddHeader: `&C&"` + font + `,Regular"&13&P`}
}

// mainTable makes the sheet's main table one to work with: a filter over it, the header of a long
// one repeated on every printed page and, when it does not take half the screen, kept in sight.
func (pg *page) mainTable() error {
	if pg.head[0] == 0 || pg.body[1]-pg.body[0] < 4 {
		return nil
	}
	f, name := pg.book.f, pg.name
	if pg.repeats() {
		titles := fmt.Sprintf("'%s'!$%d:$%d", doubleQuotes(name), pg.head[0], pg.head[1])
		if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name,
			RefersTo: titles}); err != nil {
			return err
		}
	}
	if pg.filter {
		last, err := excelize.CoordinatesToCellName(pg.columns(), pg.body[1])
		if err != nil {
			return err
		}
		if err := f.AutoFilter(name, fmt.Sprintf("A%d:%s", pg.head[1], last), nil); err != nil {
			return err
		}
	}
	above := 0.0
	for _, r := range pg.rows[:pg.head[1]] {
		above += r.height
	}
	if above > 300 {
		return nil
	}
	top := fmt.Sprintf("A%d", pg.head[1]+1)
	return f.SetPanes(name, &excelize.Panes{
		Freeze: true, YSplit: pg.head[1], TopLeftCell: top, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: top, ActiveCell: top, Pane: "bottomLeft"}},
	})
}

func (pg *page) stream() error {
	w, err := pg.book.f.NewStreamWriter(pg.name)
	if err != nil {
		return err
	}
	set := func(row int, cells []any) error {
		return w.SetRow(fmt.Sprintf("A%d", row), cells,
			excelize.RowOpts{Height: float64(int(pg.rows[row-1].height*4)) / 4})
	}
	done := 0
	for _, l := range pg.lists {
		for ; done < l.first-1; done++ {
			if err := set(done+1, pg.rows[done].cells); err != nil {
				return err
			}
		}
		for i, row := range l.table.Placed() {
			if err := set(l.first+i, pg.cells(l, row, l.first+i)); err != nil {
				return err
			}
			done++
		}
	}
	for ; done < len(pg.rows); done++ {
		if err := set(done+1, pg.rows[done].cells); err != nil {
			return err
		}
	}
	for _, m := range pg.merges {
		from, err := excelize.CoordinatesToCellName(m[0], m[1])
		if err != nil {
			return err
		}
		to, err := excelize.CoordinatesToCellName(m[2], m[3])
		if err != nil {
			return err
		}
		if err := w.MergeCell(from, to); err != nil {
			return err
		}
	}
	return w.Flush()
}
