package word

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"thidua/reports/document"
)

const (
	chartSpace   = "http://schemas.openxmlformats.org/drawingml/2006/chart"
	drawingSpace = "http://schemas.openxmlformats.org/drawingml/2006/main"
	sheetSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	emuPerMM     = 36000
)

// graph is a chart of the document with the workbook that holds its figures, which Word opens for
// "edit data".
type graph struct{ xml, book string }

// chart writes a native chart into the text and keeps its parts for the package.
func (w *writer) chart(c document.Chart) error {
	book, err := chartBook(c)
	if err != nil {
		return err
	}
	w.graphs = append(w.graphs, graph{chartXML(c), book})
	n := len(w.graphs)
	height := 75.0
	if c.Horizontal && !c.Lines {
		bars := len(c.Series)
		if c.Stacked {
			bars = 1
		}
		height = min(38+float64(len(c.Categories))*(5.5*float64(bars)+4), 220)
	}
	w.add(form{align: document.Center, spacing: `w:before="120" w:after="120"`}, fmt.Sprintf(`<w:r><w:drawing>`+
		`<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" `+
		`distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Bieu do %d" descr="%s"/><wp:cNvGraphicFramePr/>`+
		`<a:graphic xmlns:a="%s"><a:graphicData uri="%s"><c:chart xmlns:c="%s" `+
		`r:id="rIdChart%d"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		int(w.width()*emuPerMM), int(height*emuPerMM), 1000+n, n, escape(describe(c)), drawingSpace, chartSpace,
		chartSpace, n))
	return nil
}

// describe is what a screen reader says of a chart.
func describe(c document.Chart) string {
	var parts []string
	for i, name := range c.Categories {
		for _, s := range c.Series {
			parts = append(parts, strings.TrimSpace(name+" "+s.Name)+": "+
				document.FormatNumber(s.Values[i], c.Decimals))
		}
	}
	words := []rune(c.Title + ". " + strings.Join(parts, "; "))
	return string(words[:min(len(words), 2000)])
}

func letters(points int, more string) string {
	return fmt.Sprintf(`<a:defRPr sz="%d"%s><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin `+
		`typeface="Times New Roman"/></a:defRPr>`, points*100, more)
}

var textLook = `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>` + letters(10, "") +
	`</a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>`

func chartTitle(s string, points int, more string) string {
	return `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>` + letters(points, more) +
		`</a:pPr><a:r><a:rPr lang="vi-VN" sz="` + strconv.Itoa(points*100) + `"` + more +
		`><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Times New Roman"/></a:rPr><a:t>` +
		escape(s) + `</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
}

// fill is the look of a series: a colour, or a pattern of it on white.
func fill(s document.Shade) string {
	color := `<a:srgbClr val="` + s.Hex() + `"/>`
	pattern := map[document.Hatch]string{document.Rising: "wdUpDiag", document.Falling: "wdDnDiag",
		document.Level: "dkHorz", document.Upright: "dkVert"}[s.Hatch]
	if pattern == "" {
		return `<a:solidFill>` + color + `</a:solidFill>`
	}
	return `<a:pattFill prst="` + pattern + `"><a:fgClr>` + color +
		`</a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:ln w="9525"><a:solidFill>` + color +
		`</a:solidFill></a:ln>`
}

var markers = []string{"circle", "square", "triangle", "diamond"}

// chartXML writes the chart part (ECMA-376, 21.2), its elements in the order of the schema.
func chartXML(c document.Chart) string {
	if c.Lines {
		c.Horizontal, c.Stacked = false, false
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<c:chartSpace xmlns:c="` + chartSpace + `" xmlns:a="` + drawingSpace + `" xmlns:r="` +
		relationSpace + `"><c:roundedCorners val="0"/><c:chart>`)
	if c.Title != "" {
		b.WriteString(chartTitle(c.Title, 13, ` b="1"`))
	}
	b.WriteString(`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	format := "#,##0"
	if c.Decimals > 0 {
		format += "." + strings.Repeat("0", c.Decimals)
	}
	if c.Lines {
		b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	} else {
		dir, grouping := "col", "clustered"
		if c.Horizontal {
			dir = "bar"
		}
		if c.Stacked {
			grouping = "stacked"
		}
		b.WriteString(`<c:barChart><c:barDir val="` + dir + `"/><c:grouping val="` + grouping +
			`"/><c:varyColors val="0"/>`)
	}
	for i, s := range c.Series {
		shade := document.ShadeOf(i)
		col := string(rune('B' + i%24))
		fmt.Fprintf(&b, `<c:ser><c:idx val="%d"/><c:order `+
			`val="%d"/><c:tx><c:strRef><c:f>Sheet1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt `+
			`idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
			i, i, col, escape(s.Name))
		if c.Lines {
			line := `<a:ln w="22225"><a:solidFill><a:srgbClr val="` + shade.Hex() + `"/></a:solidFill>`
			if i > 0 {
				line += `<a:prstDash val="dash"/>`
			}
			b.WriteString(`<c:spPr>` + line + `</a:ln></c:spPr><c:marker><c:symbol val="` + markers[i%len(markers)] +
				`"/><c:size val="7"/><c:spPr><a:solidFill><a:srgbClr val="` +
				shade.Hex() + `"/></a:solidFill></c:spPr></c:marker>`)
		} else {
			b.WriteString(`<c:spPr>` + fill(shade) + `</c:spPr><c:invertIfNegative val="0"/>`)
		}
		b.WriteString(`<c:dLbls><c:numFmt formatCode="` + format + `" sourceLinked="0"/>`)
		label := textLook
		if shade.Dark() && c.Stacked {
			label = strings.Replace(label, "000000", "FFFFFF", 1)
		}
		position := ""
		if c.Lines {
			position = `<c:dLblPos val="t"/>`
		}
		b.WriteString(label + position + `<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName ` +
			`val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
		fmt.Fprintf(&b, `<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`,
			len(c.Categories)+1, len(c.Categories))
		for k, name := range c.Categories {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, escape(name))
		}
		fmt.Fprintf(&b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$%s$2:$%s$%d</c:f>`+
			`<c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`,
			col, col, len(c.Categories)+1, format, len(c.Categories))
		for k, v := range s.Values {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, strconv.FormatFloat(v, 'f', -1, 64))
		}
		b.WriteString(`</c:numCache></c:numRef></c:val>`)
		if c.Lines {
			b.WriteString(`<c:smooth val="0"/>`)
		}
		b.WriteString(`</c:ser>`)
	}
	const ids = `<c:axId val="111"/><c:axId val="222"/>`
	switch {
	case c.Lines:
		b.WriteString(`<c:marker val="1"/>` + ids + `</c:lineChart>`)
	case c.Stacked:
		b.WriteString(`<c:gapWidth val="70"/><c:overlap val="100"/>` + ids + `</c:barChart>`)
	default:
		b.WriteString(`<c:gapWidth val="70"/>` + ids + `</c:barChart>`)
	}
	categories, values, order, crosses := "b", "l", "minMax", "autoZero"
	if c.Horizontal { // the first category on top, the scale below
		categories, values, order, crosses = "l", "b", "maxMin", "max"
	}
	b.WriteString(`<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="` + order +
		`"/></c:scaling><c:delete val="0"/><c:axPos val="` + categories +
		`"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>` + textLook +
		`<c:crossAx val="222"/><c:crosses val="autoZero"/></c:catAx>`)
	b.WriteString(`<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:min ` +
		`val="0"/></c:scaling><c:delete val="0"/><c:axPos val="` + values +
		`"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr ` +
		`val="BEBEBE"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`)
	if c.Unit != "" {
		b.WriteString(chartTitle(c.Unit, 10, ` b="0" i="1"`))
	}
	b.WriteString(`<c:numFmt formatCode="` + format +
		`" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` +
		textLook +
		`<c:crossAx val="111"/><c:crosses val="` + crosses + `"/></c:valAx></c:plotArea>`)
	if len(c.Series) > 1 || c.Series[0].Name != "" {
		b.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + textLook + `</c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="1"/></c:chart><c:externalData r:id="rId1"><c:autoUpdate ` +
		`val="0"/></c:externalData></c:chartSpace>`)
	return b.String()
}

// chartBook is the smallest workbook that holds a chart's figures.
func chartBook(c document.Chart) (string, error) {
	var rows strings.Builder
	cell := func(col, row int, s string) {
		fmt.Fprintf(&rows, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+col%24, row, escape(s))
	}
	rows.WriteString(`<row r="1">`)
	cell(0, 1, c.Unit)
	for i, s := range c.Series {
		cell(i+1, 1, s.Name)
	}
	rows.WriteString(`</row>`)
	for k, name := range c.Categories {
		fmt.Fprintf(&rows, `<row r="%d">`, k+2)
		cell(0, k+2, name)
		for i, s := range c.Series {
			fmt.Fprintf(&rows, `<c r="%c%d"><v>%s</v></c>`, 'B'+i%24, k+2,
				strconv.FormatFloat(s.Values[k], 'f', -1, 64))
		}
		rows.WriteString(`</row>`)
	}
	const main = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	out, err := pack(nil, []file{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + packageSpace +
			`/content-types"><Default Extension="rels" ` +
			`ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + main +
			`sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + main +
			`worksheet+xml"/></Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packageSpace +
			`/relationships"><Relationship Id="rId1" Type="` + relationSpace +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + sheetSpace + `" xmlns:r="` + relationSpace +
			`"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + packageSpace +
			`/relationships"><Relationship Id="rId1" Type="` + relationSpace +
			`/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet xmlns="` + sheetSpace + `"><sheetData>` + rows.String() +
			`</sheetData></worksheet>`},
	})
	return string(bytes.Clone(out)), err
}

// withCharts are the parts of the package that depend on how many charts there are.
func (w *writer) withCharts() (types, relations string, parts []file) {
	var more, links strings.Builder
	for i, g := range w.graphs {
		name := fmt.Sprintf("chart%d", i+1)
		more.WriteString(`<Override PartName="/word/charts/` + name +
			`.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`)
		fmt.Fprintf(&links, `<Relationship Id="rIdChart%d" Type="%s/chart" Target="charts/%s.xml"/>`, i+1,
			relationSpace, name)
		parts = append(parts,
			file{"word/charts/" + name + ".xml", g.xml},
			file{"word/charts/_rels/" + name + ".xml.rels", xmlHead + `<Relationships xmlns="` + packageSpace +
				`/relationships"><Relationship Id="rId1" Type="` + relationSpace +
				`/package" Target="../embeddings/` + name + `.xlsx"/></Relationships>`},
			file{"word/embeddings/" + name + ".xlsx", g.book})
	}
	types = contentTypes
	if len(w.graphs) > 0 {
		types = strings.Replace(types, `<Default Extension="xml"`,
			`<Default Extension="xlsx" `+
				`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/><Default `+
				`Extension="xml"`, 1)
	}
	types = strings.Replace(types, `</Types>`, more.String()+`</Types>`, 1)
	relations = strings.Replace(documentRelations, `</Relationships>`, links.String()+`</Relationships>`, 1)
	return types, relations, parts
}
