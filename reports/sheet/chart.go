package sheet

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"thidua/reports/document"
)

// placedChart is a native chart and the empty rows it lies over.
type placedChart struct {
	row, rows int
	chart     *excelize.Chart
}

const (
	chartRow    = 20.0 // points
	chartPixels = 24   // of such a row, as the writer counts when it anchors a chart
	leastBar    = 15.0 // points a category wants when a tall chart is pressed on one page
)

var markers = []string{"circle", "square", "triangle", "diamond"}

// draw adds the chart. The writer finds its lower right corner from the widths and heights set
// before.
func (pg *page) draw(c placedChart) error {
	for i := range c.rows {
		if err := pg.book.f.SetRowHeight(pg.name, c.row+i, chartRow); err != nil {
			return err
		}
	}
	return pg.book.f.AddChart(pg.name, fmt.Sprintf("A%d", c.row), c.chart)
}

// chart leaves room for a native chart. Its figures stand on a sheet of their own, where they can
// be corrected.
func (pg *page) chart(c document.Chart) {
	b := pg.book
	at := len(b.data) + 1 // row of the title on the data sheet
	title := []any{clean(c.Title)}
	if c.Unit != "" {
		title = append(title, clean(c.Unit))
	}
	head := []any{nil}
	for _, s := range c.Series {
		head = append(head, clean(s.Name))
	}
	b.data = append(b.data, title, head)
	for i, name := range c.Categories {
		row := []any{clean(name)}
		for _, s := range c.Series {
			row = append(row, s.Values[i])
		}
		b.data = append(b.data, row)
	}
	b.data = append(b.data, nil)

	sheet := "'" + doubleQuotes(b.dataSheet) + "'"
	first, last := at+2, at+1+len(c.Categories)
	format := numberFormat(document.Placed{}, document.Column{Kind: document.KindNumber, Decimals: c.Decimals})
	var series []excelize.ChartSeries
	if c.Lines {
		c.Horizontal, c.Stacked = false, false
	}
	for i := range c.Series {
		col := columnName(i + 2)
		s := excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", sheet, col, at+1),
			Categories: fmt.Sprintf("%s!$A$%d:$A$%d", sheet, first, last),
			Values:     fmt.Sprintf("%s!$%s$%d:$%s$%d", sheet, col, first, col, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{document.ShadeOf(i).Hex()}},
		}
		s.DataLabel.Font.Size = 10
		s.DataLabel.Font.Family = font
		if c.Stacked && document.ShadeOf(i).Dark() {
			s.DataLabel.Font.Color = "FFFFFF"
		}
		if c.Lines {
			s.Line = excelize.LineOptions{Type: excelize.LineSolid, Fill: s.Fill, Width: 1.75}
			if i > 0 {
				s.Line.Dash = excelize.LineDashDash
			}
			s.Marker = excelize.ChartMarker{Symbol: markers[i%len(markers)], Size: 7, Fill: s.Fill}
			s.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
		}
		series = append(series, s)
	}
	kind := excelize.Col
	switch {
	case c.Lines:
		kind = excelize.Line
	case c.Horizontal && c.Stacked:
		kind = excelize.BarStacked
	case c.Horizontal:
		kind = excelize.Bar
	case c.Stacked:
		kind = excelize.ColStacked
	}
	words := excelize.Font{Family: font, Size: 10, Color: "000000"}
	zero, one := 0.0, false // one colour a series, not one a bar
	width := uint(pg.width(0, pg.columns()-1)/25.4*96) - 8
	height := 225.0 // points
	if c.Horizontal {
		bars := len(c.Series)
		if c.Stacked {
			bars = 1
		}
		height = min(80+float64(len(c.Categories)*bars)*16.5+float64(len(c.Categories))*9, 3000)
		if page := pg.room() * 0.8; height > page && 80+float64(len(c.Categories)*bars)*leastBar <= page {
			height = page
		}
	}
	rows := int(math.Ceil(height / chartRow))
	chart := &excelize.Chart{
		Type: kind, Series: series, VaryColors: &one,
		Dimension: excelize.ChartDimension{Width: width, Height: uint(rows*chartPixels - 6)},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &words},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: clean(c.Title),
			Font: &excelize.Font{Family: font, Size: 13, Bold: true, Color: "000000"}}}},
		XAxis:    excelize.ChartAxis{Font: words, ReverseOrder: c.Horizontal},
		YAxis:    excelize.ChartAxis{Font: words, MajorGridLines: true, Minimum: &zero},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: format}},
	}
	if c.Unit != "" {
		chart.YAxis.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: clean(c.Unit),
			Font: &excelize.Font{Family: font, Size: 10, Italic: true, Color: "000000"}}}}
	}
	pg.skip(6)
	pg.charts = append(pg.charts, placedChart{row: len(pg.rows) + 1, rows: rows, chart: chart})
	pg.together(func() {
		for range rows {
			pg.next(chartRow)
		}
	})
	pg.skip(6)
}

// writeData writes the figures of all charts, below each other.
func (b *workbook) writeData() error {
	if len(b.data) == 0 {
		return nil
	}
	if _, err := b.f.NewSheet(b.dataSheet); err != nil {
		return err
	}
	wide, tall, yes := 1, 0, true
	if err := b.f.SetPageLayout(b.dataSheet, &excelize.PageLayoutOptions{FitToWidth: &wide,
		FitToHeight: &tall}); err != nil {
		return err
	}
	if err := b.f.SetSheetProps(b.dataSheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(b.dataSheet)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, 50); err != nil {
		return err
	}
	if err := w.SetColWidth(2, 12, 20); err != nil {
		return err
	}
	plain := b.style(look{size: document.SizeTable})
	for i, row := range b.data {
		if row == nil {
			continue
		}
		cells := make([]any, len(row))
		for k, v := range row {
			if v != nil {
				cells[k] = excelize.Cell{StyleID: plain, Value: v}
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}
