package pdf

import (
	"iter"
	"math"

	"thidua/reports/document"
)

const (
	padX     = 1.2 // inside a cell
	padY     = 0.9
	densePad = 0.35 // above and below the text in a long list
	cellLine = 0.2
	heavy    = 0.8
)

// box is a cell ready to draw: its lines and its place across the table.
type box struct {
	lines    []line
	x, width float64
	align    document.Align
	tint     document.Tint
	style    string
}

type tableRow struct {
	kind   document.RowKind
	boxes  []box
	height float64
}

// table prints a table: its cells are laid out as they are to stand on the pages, row by row.
//
//constructed:by newTable
type table struct {
	*pages
	of     document.Table
	at     face
	pad    float64 // above and below the text of a cell
	widths []float64
	starts []float64 // of the columns
	bands  []box     // upper header row, empty without groups
	titles []box
	whole  []bool // this column's title fills both header rows
	upper  float64
	lower  float64
	number []box
	rows   []tableRow              // laid out and not drawn yet: a long table is never held twice
	more   func() (tableRow, bool) // lays the next row out
	stop   func()
}

// row is the i-th of the rows not drawn yet; ok is false behind the last.
func (t *table) row(i int) (r tableRow, ok bool) {
	for len(t.rows) <= i {
		next, ok := t.more()
		if !ok {
			return tableRow{}, false
		}
		t.rows = append(t.rows, next)
	}
	return t.rows[i], true
}

func (t *table) head() float64 {
	h := t.upper + t.lower
	if len(t.number) > 0 {
		h += t.at.leading() + 2*t.pad
	}
	return h
}

// newTable lays the header of a table out; its rows follow as they are asked for.
func newTable(p *pages, of document.Table) *table {
	size := of.TextSize(p.orientation)
	t := &table{pages: p, of: of, at: plain(size), widths: of.Widths(p.width, size), pad: padY}
	if of.Dense {
		t.pad = densePad
	}
	x := p.left
	for _, w := range t.widths {
		t.starts = append(t.starts, x)
		x += w
	}
	strong := face{"B", t.at.size}
	t.whole = make([]bool, len(of.Columns))
	if of.Grouped() {
		for _, b := range of.Bands() {
			if b.Title == "" {
				t.whole[b.First] = true
				continue
			}
			c := t.cell(b.Title, strong, b.First, b.Span, document.Center)
			t.upper = max(t.upper, t.tall(c))
			t.bands = append(t.bands, c)
		}
	}
	deepest := 0.0
	for i, col := range of.Columns {
		c := t.cell(col.Title, strong, i, 1, document.Center)
		t.titles = append(t.titles, c)
		if t.whole[i] {
			deepest = max(deepest, t.tall(c))
		} else {
			t.lower = max(t.lower, t.tall(c))
		}
	}
	t.lower = max(t.lower, deepest-t.upper)
	if of.Numbered {
		for i := range of.Columns {
			t.number = append(t.number, t.cell(document.ColumnNumber(i), face{"I", t.at.size}, i, 1, document.Center))
		}
	}
	t.more, t.stop = iter.Pull(t.layRows())
	return t
}

// layRows lays the rows out, one by one.
func (t *table) layRows() iter.Seq[tableRow] {
	return func(yield func(tableRow) bool) {
		for _, row := range t.of.Placed() {
			r := tableRow{kind: row.Kind, boxes: make([]box, 0, len(row.Cells))}
			for _, c := range row.Cells {
				b := t.cell(c.Shown, face{style(c.Bold, c.Italic), t.at.size}, c.Col, c.Width, c.At)
				b.tint = c.Tint
				r.boxes = append(r.boxes, b)
				r.height = max(r.height, t.tall(b))
			}
			if !yield(r) {
				return
			}
		}
	}
}

func (t *table) cell(text string, at face, col, span int, align document.Align) box {
	b := box{x: t.starts[col], align: align, style: at.style}
	for _, w := range t.widths[col : col+span] {
		b.width += w
	}
	b.lines = t.wrapText(text, at, b.width-2*padX, 0)
	return b
}

func (t *table) tall(b box) float64 { return float64(len(b.lines))*t.at.leading() + 2*t.pad }

// leastHeight is the least height a table begins with: its caption, its header and a row, or all of
// a short one. The widths of a table's columns follow all its rows, so this, which looks at the
// first few, is an estimate.
func leastHeight(p *pages, of document.Table) float64 {
	first := of
	first.Rows = of.Rows[:min(len(of.Rows), 8)]
	t := newTable(p, first)
	defer t.stop()
	return t.beginning(of.Short())
}

// beginning is the height of what must stand together on top: the header with the first rows, or
// the whole of a short table.
func (t *table) beginning(short bool) float64 {
	at := bold(document.SizeMotto)
	h := paragraphGap
	if t.of.Caption != "" {
		h += float64(len(t.balance(t.of.Caption, at, t.width)))*at.leading() + 1
	}
	if t.of.Unit != "" {
		h += italic(document.SizeTable).leading()
	}
	h += t.head()
	if short {
		whole := h
		for i := 0; ; i++ {
			row, ok := t.row(i)
			if !ok {
				break
			}
			whole += row.height
		}
		if whole <= (t.bottom-t.top)/3 { // more would leave too much of a page white
			return whole
		}
	}
	return h + t.together(t.bottom-t.top)
}

// together is the height of the next row with the rows that must stay with it: what follows a
// section title or a line, and the lines and totals that follow a row. A group that fits on no page
// is not kept together.
func (t *table) together(page float64) float64 {
	first, ok := t.row(0)
	if !ok {
		return 0
	}
	h, before := first.height, first.kind
	for i := 1; h <= page; i++ {
		r, ok := t.row(i)
		if !ok || before != document.Section && before != document.Line && r.kind != document.Line &&
			r.kind != document.Subtotal && r.kind != document.Total {
			return h
		}
		h, before = h+r.height, r.kind
	}
	return first.height
}

func (t *table) print() {
	defer t.stop()
	t.gap(paragraphGap)
	page := t.bottom - t.top
	repeat := t.head() < page/2
	t.need(min(t.beginning(t.of.Short()), page))
	if t.of.Caption != "" {
		t.centered(t.of.Caption, bold(document.SizeMotto))
		t.y++
	}
	if t.of.Unit != "" {
		at := italic(document.SizeTable)
		t.line(t.of.Unit, t.left, t.y, t.width, at, document.Right)
		t.y += at.leading()
	}
	if repeat {
		t.drawHead()
	} else {
		// A header taller than half a page is printed once, as a row that may be split.
		for _, boxes := range [][]box{t.bands, t.titles, t.number} {
			t.drawSplit(boxes, func() {})
		}
	}
	again := func() {
		t.page()
		if repeat {
			t.drawHead()
		}
	}
	room := page
	if repeat {
		room -= t.head()
	}
	for {
		row, ok := t.row(0)
		if !ok {
			break
		}
		if row.height > room {
			t.drawSplit(row.boxes, func() {
				if repeat {
					t.drawHead()
				}
			})
			t.rows = t.rows[1:]
			continue
		}
		if t.y+t.together(room) > t.bottom+0.01 {
			again()
		}
		t.rows = t.rows[1:]
		t.drawRow(row.boxes, t.y, row.height)
		if row.kind == document.Line {
			t.rule(t.left, t.y, t.left+t.width, heavy)
		}
		t.y += row.height
	}
	t.y += 1
}

func (t *table) drawHead() {
	full := t.upper + t.lower
	for _, b := range t.bands {
		t.drawBox(b, t.y, t.upper, true)
	}
	for i, b := range t.titles {
		if t.whole[i] {
			t.drawBox(b, t.y, full, true)
		} else {
			t.drawBox(b, t.y+t.upper, t.lower, true)
		}
	}
	t.y += full
	if len(t.number) > 0 {
		h := t.at.leading() + 2*t.pad
		t.drawRow(t.number, t.y, h)
		t.y += h
	}
}

func (t *table) drawRow(boxes []box, y, height float64) {
	for _, b := range boxes {
		t.drawBox(b, y, height, false)
	}
}

// drawSplit prints a row that no page can hold, as many lines a page as there is room for.
func (t *table) drawSplit(boxes []box, head func()) {
	left := 0
	for _, b := range boxes {
		left = max(left, len(b.lines))
	}
	for done := 0; done < left; {
		fit := int(math.Floor((t.bottom - t.y - 2*t.pad + 0.01) / t.at.leading()))
		if fit < min(3, left-done) && t.started {
			t.page()
			head()
			fit = int(math.Floor((t.bottom - t.y - 2*t.pad + 0.01) / t.at.leading()))
		}
		fit = min(max(fit, 1), left-done)
		height := float64(fit)*t.at.leading() + 2*t.pad
		for _, b := range boxes {
			b.lines = b.lines[min(done, len(b.lines)):min(done+fit, len(b.lines))]
			t.drawBox(b, t.y, height, false)
		}
		t.y += height
		done += fit
	}
}

// tints are soft enough to read black print on, in colour and in grey.
var tints = map[document.Tint][3]int{
	document.Muted: {237, 237, 237},
	document.Good:  {226, 240, 217},
	document.Warn:  {255, 242, 204},
	document.Bad:   {248, 215, 210},
}

func (t *table) drawBox(b box, y, height float64, head bool) {
	tint := b.tint
	if head {
		tint = document.Muted
	}
	t.f.SetLineWidth(cellLine)
	if c, ok := tints[tint]; ok {
		t.f.SetFillColor(c[0], c[1], c[2])
		t.f.Rect(b.x, y, b.width, height, "FD")
	} else {
		t.f.Rect(b.x, y, b.width, height, "D")
	}
	text := y + (height-float64(len(b.lines))*t.at.leading())/2
	t.lines(b.lines, b.x+padX, text, b.width-2*padX, face{b.style, t.at.size}, b.align)
	t.started = true
}
