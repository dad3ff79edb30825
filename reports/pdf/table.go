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

type layout struct {
	at     face
	pad    float64 // above and below the text of a cell
	widths []float64
	left   []float64
	bands  []box // upper header row, empty without groups
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
func (l *layout) row(i int) (r tableRow, ok bool) {
	for len(l.rows) <= i {
		next, ok := l.more()
		if !ok {
			return tableRow{}, false
		}
		l.rows = append(l.rows, next)
	}
	return l.rows[i], true
}

func (l *layout) head() float64 {
	h := l.upper + l.lower
	if len(l.number) > 0 {
		h += l.at.leading() + 2*l.pad
	}
	return h
}

func (p *printer) lay(t document.Table) *layout {
	l := &layout{at: plain(t.TextSize(p.orientation)), widths: t.Widths(p.width, t.TextSize(p.orientation)), pad: padY}
	if t.Dense {
		l.pad = densePad
	}
	x := p.left
	for _, w := range l.widths {
		l.left = append(l.left, x)
		x += w
	}
	strong := face{"B", l.at.size}
	l.whole = make([]bool, len(t.Columns))
	if t.Grouped() {
		for _, b := range t.Bands() {
			if b.Title == "" {
				l.whole[b.First] = true
				continue
			}
			c := p.cell(l, b.Title, strong, b.First, b.Span, document.Center)
			l.upper = max(l.upper, l.tall(c))
			l.bands = append(l.bands, c)
		}
	}
	deepest := 0.0
	for i, col := range t.Columns {
		c := p.cell(l, col.Title, strong, i, 1, document.Center)
		l.titles = append(l.titles, c)
		if l.whole[i] {
			deepest = max(deepest, l.tall(c))
		} else {
			l.lower = max(l.lower, l.tall(c))
		}
	}
	l.lower = max(l.lower, deepest-l.upper)
	if t.Numbered {
		for i := range t.Columns {
			l.number = append(l.number, p.cell(l, document.ColumnNumber(i), face{"I", l.at.size}, i, 1, document.Center))
		}
	}
	l.more, l.stop = iter.Pull(p.rows(t, l))
	return l
}

// rows lays the rows of a table out, one by one.
func (p *printer) rows(t document.Table, l *layout) iter.Seq[tableRow] {
	return func(yield func(tableRow) bool) {
		for _, row := range t.Placed() {
			r := tableRow{kind: row.Kind, boxes: make([]box, 0, len(row.Cells))}
			for _, c := range row.Cells {
				b := p.cell(l, c.Shown, face{style(c.Bold, c.Italic), l.at.size}, c.Col, c.Width, c.At)
				b.tint = c.Tint
				r.boxes = append(r.boxes, b)
				r.height = max(r.height, l.tall(b))
			}
			if !yield(r) {
				return
			}
		}
	}
}

func (p *printer) cell(l *layout, text string, at face, col, span int, align document.Align) box {
	b := box{x: l.left[col], align: align, style: at.style}
	for _, w := range l.widths[col : col+span] {
		b.width += w
	}
	b.lines = p.wrapText(text, at, b.width-2*padX, 0)
	return b
}

func (l *layout) tall(b box) float64 { return float64(len(b.lines))*l.at.leading() + 2*l.pad }

// tableHead is the least height a table begins with: its caption, its header and a row, or all of a short one. The widths of a table's columns
// follow all its rows, so this, which looks at the first few, is an estimate.
func (p *printer) tableHead(t document.Table) float64 {
	first := t
	first.Rows = t.Rows[:min(len(t.Rows), 8)]
	l := p.lay(first)
	defer l.stop()
	return p.beginning(t, l)
}

func (p *printer) beginning(t document.Table, l *layout) float64 {
	at := bold(document.SizeMotto)
	h := paragraphGap
	if t.Caption != "" {
		h += float64(len(p.balance(t.Caption, at, p.width)))*at.leading() + 1
	}
	if t.Unit != "" {
		h += italic(document.SizeTable).leading()
	}
	h += l.head()
	if t.Short() {
		whole := h
		for i := 0; ; i++ {
			row, ok := l.row(i)
			if !ok {
				break
			}
			whole += row.height
		}
		if whole <= (p.bottom-p.top)/3 { // more would leave too much of a page white
			return whole
		}
	}
	return h + l.together(p.bottom-p.top)
}

// together is the height of the next row with the rows that must stay with it: what follows a section title or a line, and
// the lines and totals that follow a row. A group that fits on no page is not kept together.
func (l *layout) together(page float64) float64 {
	first, ok := l.row(0)
	if !ok {
		return 0
	}
	h, before := first.height, first.kind
	for i := 1; h <= page; i++ {
		r, ok := l.row(i)
		if !ok || before != document.Section && before != document.Line && r.kind != document.Line && r.kind != document.Subtotal && r.kind != document.Total {
			return h
		}
		h, before = h+r.height, r.kind
	}
	return first.height
}

func (p *printer) table(t document.Table) {
	l := p.lay(t)
	defer l.stop()
	p.gap(paragraphGap)
	page := p.bottom - p.top
	repeat := l.head() < page/2
	p.need(min(p.beginning(t, l), page))
	if t.Caption != "" {
		p.centered(t.Caption, bold(document.SizeMotto))
		p.y++
	}
	if t.Unit != "" {
		at := italic(document.SizeTable)
		p.line(t.Unit, p.left, p.y, p.width, at, document.Right)
		p.y += at.leading()
	}
	if repeat {
		p.drawHead(l)
	} else {
		// A header taller than half a page is printed once, as a row that may be split.
		for _, boxes := range [][]box{l.bands, l.titles, l.number} {
			p.drawSplit(l, boxes, func() {})
		}
	}
	again := func() {
		p.page()
		if repeat {
			p.drawHead(l)
		}
	}
	room := page
	if repeat {
		room -= l.head()
	}
	for {
		row, ok := l.row(0)
		if !ok {
			break
		}
		if row.height > room {
			p.drawSplit(l, row.boxes, func() {
				if repeat {
					p.drawHead(l)
				}
			})
			l.rows = l.rows[1:]
			continue
		}
		if p.y+l.together(room) > p.bottom+0.01 {
			again()
		}
		l.rows = l.rows[1:]
		p.drawRow(l, row.boxes, p.y, row.height)
		if row.kind == document.Line {
			p.rule(p.left, p.y, p.left+p.width, heavy)
		}
		p.y += row.height
	}
	p.y += 1
}

func (p *printer) drawHead(l *layout) {
	full := l.upper + l.lower
	for _, b := range l.bands {
		p.drawBox(l, b, p.y, l.upper, true)
	}
	for i, b := range l.titles {
		if l.whole[i] {
			p.drawBox(l, b, p.y, full, true)
		} else {
			p.drawBox(l, b, p.y+l.upper, l.lower, true)
		}
	}
	p.y += full
	if len(l.number) > 0 {
		h := l.at.leading() + 2*l.pad
		p.drawRow(l, l.number, p.y, h)
		p.y += h
	}
}

func (p *printer) drawRow(l *layout, boxes []box, y, height float64) {
	for _, b := range boxes {
		p.drawBox(l, b, y, height, false)
	}
}

// drawSplit prints a row that no page can hold, as many lines a page as there is room for.
func (p *printer) drawSplit(l *layout, boxes []box, head func()) {
	left := 0
	for _, b := range boxes {
		left = max(left, len(b.lines))
	}
	for done := 0; done < left; {
		fit := int(math.Floor((p.bottom - p.y - 2*l.pad + 0.01) / l.at.leading()))
		if fit < min(3, left-done) && p.started {
			p.page()
			head()
			fit = int(math.Floor((p.bottom - p.y - 2*l.pad + 0.01) / l.at.leading()))
		}
		fit = min(max(fit, 1), left-done)
		height := float64(fit)*l.at.leading() + 2*l.pad
		for _, b := range boxes {
			b.lines = b.lines[min(done, len(b.lines)):min(done+fit, len(b.lines))]
			p.drawBox(l, b, p.y, height, false)
		}
		p.y += height
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

func (p *printer) drawBox(l *layout, b box, y, height float64, head bool) {
	tint := b.tint
	if head {
		tint = document.Muted
	}
	p.f.SetLineWidth(cellLine)
	if c, ok := tints[tint]; ok {
		p.f.SetFillColor(c[0], c[1], c[2])
		p.f.Rect(b.x, y, b.width, height, "FD")
	} else {
		p.f.Rect(b.x, y, b.width, height, "D")
	}
	text := y + (height-float64(len(b.lines))*l.at.leading())/2
	p.lines(b.lines, b.x+padX, text, b.width-2*padX, face{b.style, l.at.size}, b.align)
	p.started = true
}
