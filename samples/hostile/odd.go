package hostile

import "strings"

// odd are workbooks that other programs stumble over when they save them again, and that must be read like any other.
func odd() []File {
	renamed := func(s string) string {
		return strings.NewReplacer(mainNS, "http://purl.oclc.org/ooxml/spreadsheetml/main", refNS, "http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(s)
	}
	return []File{
		{"strict.xlsx", "nothing: saved as Strict Open XML, with other namespaces", book(
			deflated(rootRelsPart().name, renamed(rootRels)), deflated(workbookPart().name, renamed(workbookXML)), deflated(bookRelsPart().name, renamed(bookRels)),
			deflated(stringsPart().name, renamed(sharedStrings)), deflated(sheetName, renamed(sheetHead+soundRows(11)+sheetTail)))},
		{"macros.xlsm", "macros beside the sheets", book(
			deflated(bookRelsPart().name, strings.Replace(bookRels, `</Relationships>`, `<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)),
			stored("xl/vbaProject.bin", "macros"))},
		{"chart-sheet.xlsx", "a sheet that is a chart, before the one with rows", book(
			deflated(workbookPart().name, strings.Replace(workbookXML, `<sheets>`, `<sheets><sheet name="Biểu đồ" sheetId="9" r:id="rId9"/>`, 1)),
			deflated(bookRelsPart().name, strings.Replace(bookRels, `</Relationships>`, `<Relationship Id="rId9" Type="`+refNS+`/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`, 1)),
			deflated("xl/chartsheets/sheet1.xml", xmlHead+`<chartsheet xmlns="`+mainNS+`"/>`))},
		{"backslash.xlsx", "part names with backslashes, as a program that knows no other writes them", zipped(backslashed(parts())...)},
		{"foreign-formulas.xlsx", "formulas that refer to other files, one of them gone: #REF!", book(sheet(row6(
			`<row r="6"><c r="A6" t="str"><f>'[1]Danh sách'!A1</f><v>Đạt</v></c><c r="B6" t="e"><f>#REF!</f><v>#REF!</v></c></row>`)))},
	}
}

func backslashed(all []entry) []entry {
	for i := range all {
		all[i].name = strings.ReplaceAll(all[i].name, "/", `\`)
	}
	return all
}
