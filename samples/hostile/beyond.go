package hostile

import (
	"fmt"
	"strings"
)

// beyondFiles are workbooks that hold something beside their cells, some of it broken or huge.
// Nobody's values stand there: all of them are read.
func beyondFiles() []File {
	const (
		drawingNS = `xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ` +
			`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`
		drawing = "xl/drawings/drawing1.xml"
		notes   = "xl/comments1.xml"
	)
	with := func(parts ...entry) []byte {
		rels := `<Relationships xmlns="` + relsNS + `"><Relationship Id="rId1" Type="` + refNS +
			`/drawing" Target="../drawings/drawing1.xml"/>` +
			`<Relationship Id="rId2" Type="` + refNS + `/comments" Target="../comments1.xml"/></Relationships>`
		tail := strings.Replace(sheetTail, `</worksheet>`, `<drawing r:id="rId1" xmlns:r="`+refNS+
			`"/><legacyDrawing r:id="rId3" xmlns:r="`+refNS+`"/></worksheet>`, 1)
		return book(append(parts, deflatedEntry(sheetName, sheetHead+soundRows(5)+tail),
			deflatedEntry("xl/worksheets/_rels/sheet1.xml.rels", rels))...)
	}
	shape := `<xdr:wsDr ` + drawingNS + `><xdr:sp><xdr:txBody><a:p><a:r><a:t>Bổ sung: Hoàng Thị Mẫu ` +
		`Em</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:pic/></xdr:wsDr>`
	remarks := func(n int) string {
		return `<comments xmlns="` + mainNS + `"><authors><author/></authors><commentList>` +
			each(n, func(i int) string {
				return fmt.Sprintf(`<comment ref="B%d"><text><r><t>xem lại</t></r></text></comment>`, i)
			}) + `</commentList></comments>`
	}
	return []File{
		{"notes-and-boxes.xlsx", "nothing: notes, a text box and a picture beside the cells",
			with(deflatedEntry(notes, remarks(2)), deflatedEntry(drawing, shape))},
		{"notes-many.xlsx", "5,000 notes", with(deflatedEntry(notes, remarks(5_000)), deflatedEntry(drawing, shape))},
		{"drawing-broken.xlsx", "a drawing that ends in the middle of a word",
			with(deflatedEntry(notes, remarks(2)), deflatedEntry(drawing, shape[:120]))},
		{"drawing-missing.xlsx", "neither the drawing nor the notes that the sheet names", with()},
		{"drawing-bomb.xlsx", "100 MB of words in a text box", with(deflatedEntry(notes, remarks(2)),
			repeatedEntry(drawing, `<xdr:wsDr `+drawingNS+`><xdr:sp><a:t>`, strings.Repeat("a", 1<<20), 100,
				`</a:t></xdr:sp></xdr:wsDr>`))},
	}
}
