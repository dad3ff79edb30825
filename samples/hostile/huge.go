package hostile

import (
	"fmt"
	"strconv"
	"strings"
)

// bombs are small files that grow when they are read.
func bombs() []File {
	million := strings.Repeat("a", 1<<20)
	bomb := repeatedEntry(sheetName, sheetHead+`<row r="1"><c r="A1" t="inlineStr"><is><t>`, million, 300,
		`</t></is></c></row>`+sheetTail)
	understated := repeatedEntry(sheetName, sheetHead+`<row r="1"><c r="A1" t="str"><v>`, million, 100,
		`</v></c></row>`+sheetTail)
	understated.size = 1 << 10
	laughs := `<!DOCTYPE sst [<!ENTITY a0 "ha">`
	for i := 1; i < 30; i++ {
		laughs += fmt.Sprintf(`<!ENTITY a%d "&a%d;&a%d;">`, i, i-1, i-1)
	}
	return []File{
		{"bomb-cell.xlsx", "300 MB of text in one cell", book(bomb)},
		{"bomb-cell-100.xlsx", "100 MB of text in one cell",
			book(repeatedEntry(sheetName, sheetHead+`<row r="1"><c r="A1" t="str"><v>`, million, 100, `</v></c></row>`+
				sheetTail))},
		{"bomb-cell-short.xlsx", "100 MB of text in one cell that declares 1 KB", book(understated)},
		{"bomb-comment.xlsx", "100 MB of XML comment",
			book(repeatedEntry(sheetName, sheetHead+`<!--`, million, 100, `-->`+sheetTail))},
		{"bomb-space.xlsx", "100 MB of white space between two rows",
			book(repeatedEntry(sheetName, sheetHead, strings.Repeat(" ", 1<<20), 100, sheetTail))},
		{"bomb-attribute.xlsx", "100 MB in one attribute",
			book(repeatedEntry(sheetName, sheetHead+`<row r="`, strings.Repeat("1", 1<<20), 100, `"/>`+sheetTail))},
		{"bomb-rows.xlsx", "300 MB of rows without cells, fewer than a sheet may have",
			book(repeatedEntry(sheetName, sheetHead, strings.Repeat(`<row ht="1`+strings.Repeat("0", 1<<10)+`"/>`,
				1000), 300, sheetTail))},
		{"bomb-entities.xlsx", "a billion laughs",
			book(deflatedEntry("xl/sharedStrings.xml", laughs+`]><sst xmlns="`+mainNS+
				`"><si><t>&a29;</t></si></sst>`))},
	}
}

// large are files of many parts, rows or cells.
func large() []File {
	liar := sheet(soundRows(3))
	liar.size = 0xffffffff
	liar.extra = []byte{1, 0, 8, 0, 0, 0, 0, 0xc0, 3, 0, 0, 0} // 15 GiB
	shared := repeatedEntry("xl/sharedStrings.xml", `<sst xmlns="`+mainNS+`">`,
		strings.Repeat(`<si><t>a</t></si>`, 1000), 1000, `</sst>`)
	return []File{
		{"wide-rows.xlsx", "5,000 rows with one value in the last column, XFD",
			book(sheet(each(5_000, func(r int) string {
				return fmt.Sprintf(`<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, r, r)
			})))},
		{"last-cell.xlsx", "one value in the very last cell, XFD1048576",
			book(sheet(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`))},
		{"last-row.xlsx", "nothing: one value in A1048576, far below the others",
			book(sheet(soundRows(3) + `<row r="1048576"><c r="A1048576"><v>1</v></c></row>`))},
		{"million-rows.xlsx", "1,000,000 rows of one cell",
			book(repeatedEntry(sheetName, sheetHead, strings.Repeat(`<row><c><v>1</v></c></row>`, 1000), 1000,
				sheetTail))},
		{"million-cells.xlsx", "1,000,000 cells in 1,000 rows",
			book(repeatedEntry(sheetName, sheetHead, `<row>`+strings.Repeat(`<c><v>1</v></c>`, 1000)+`</row>`, 1000,
				sheetTail))},
		{"million-strings.xlsx", "1,000,000 shared strings", book(shared)},
		{"nested-rows.xlsx", "200,000 rows inside one another",
			book(repeatedEntry(sheetName, sheetHead, strings.Repeat(`<row>`, 1000), 200, sheetTail))},
		{"nested-elements.xlsx", "200,000 unknown elements inside one another",
			book(repeatedEntry(sheetName, `<worksheet xmlns="`+mainNS+`">`, strings.Repeat(`<x>`, 1000), 200,
				`</worksheet>`))},
		{"many-attributes.xlsx", "100,000 attributes on one row",
			book(sheet(`<row r="1"` + each(100_000, func(i int) string { return fmt.Sprintf(` a%d=""`, i) }) + `/>`))},
		{"many-formats.xlsx", "100,000 cell formats with as many number formats", book(
			deflatedEntry("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+relsNS+
				`"><Relationship Id="rId1" Type="`+refNS+`/worksheet" Target="worksheets/sheet1.xml"/>`+
				`<Relationship Id="rId2" Type="`+refNS+`/styles" Target="styles.xml"/></Relationships>`),
			deflatedEntry("xl/styles.xml", `<styleSheet xmlns="`+mainNS+`"><numFmts>`+
				each(100_000, func(i int) string { return fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="0"/>`, i) })+
				`</numFmts><cellXfs>`+strings.Repeat(`<xf numFmtId="99999"/>`, 100_000)+`</cellXfs></styleSheet>`))},
		{"merges.xlsx", "50,000 merged ranges",
			book(deflatedEntry(sheetName, sheetHead+soundRows(3)+`</sheetData><mergeCells>`+
				each(50_000, func(i int) string { return fmt.Sprintf(`<mergeCell ref="A%d:B%d"/>`, i, i) })+
				`</mergeCells></worksheet>`))},
		{"declared-15gib.xlsx", "a sheet that declares 15 GiB", book(liar)},
		{"parts.xlsx", "60,000 parts", book(emptyParts(60_000)...)},
		{"phantom-rows.xlsx", "nothing: 200,000 formatted rows without a value below three with one, as Excel " +
			"saves formatted columns", book(sheet(
			soundRows(3) + phantomRows(4, 200_003)))},
	}
}

// each joins what f makes of 1 to n.
func each(n int, f func(int) string) string {
	var s strings.Builder
	for i := 1; i <= n; i++ {
		s.WriteString(f(i))
	}
	return s.String()
}

func phantomRows(from, to int) string {
	var b []byte
	for r := from; r <= to; r++ {
		row := strconv.Itoa(r)
		b = append(append(append(b, `<row r="`...), row...), `" spans="1:6" s="1" customFormat="1">`...)
		for c := byte('A'); c <= 'F'; c++ {
			b = append(append(append(b, `<c r="`...), c), row...)
			b = append(b, `" s="1"/>`...)
		}
		b = append(b, `</row>`...)
	}
	return string(b)
}

func emptyParts(n int) []entry {
	all := make([]entry, n)
	for i := range all {
		all[i] = storedEntry(fmt.Sprintf("x/%d", i), "")
	}
	return all
}
