package xlsx

import (
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/templates/form"
	"thidua/templates/grid"
)

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
	b.do(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation,
		FitToWidth: &wide, FitToHeight: &high}))
	fit := true
	b.do(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	// Nghị định 30/2020/NĐ-CP, Phụ lục I: margins 20, 20, 30, 15 mm; page number centred above from
	// page 2
	top, left, right, head := 20/25.4, 30/25.4, 15/25.4, 10/25.4
	b.do(b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &top, Left: &left,
		Right: &right, Header: &head, Footer: &head}))
	b.do(b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{DifferentFirst: true, OddHeader: "&C&P",
		FirstHeader: "&C "}))
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

// The widths of a printed page across, in characters of columns: what A4 holds at full size; what
// it may shrink to hold on one page; and, where that is not enough, what each of several pages
// holds.
const (
	acrossFull  = 132.0
	acrossMost  = 225.0
	acrossEach  = 175.0
	columnInset = 0.72 // what a program adds to a column's width
)

// spread is how the columns of a wide table are printed: how many of the first come again on every
// page, and the last column of each page.
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
	// Ông/Bà, or the kind of nominee, and the name
	if len(p.Block.Fields) > 1 && !p.Block.Fields[0].Person && p.Block.Fields[1].Key == "name" {
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
