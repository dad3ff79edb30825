package hostile

import "strings"

// odd are workbooks that other programs stumble over when they save them again, and that must be
// read like any other.
func odd() []File {
	renamed := func(s string) string {
		return strings.NewReplacer(mainNS, "http://purl.oclc.org/ooxml/spreadsheetml/main", refNS,
			"http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(s)
	}
	return []File{
		{"strict.xlsx", "nothing: saved as Strict Open XML, with other namespaces", book(
			deflatedEntry(rootRelsPart().name, renamed(rootRels)),
			deflatedEntry(workbookPart().name, renamed(workbookXML)),
			deflatedEntry(bookRelsPart().name, renamed(bookRels)),
			deflatedEntry(stringsPart().name, renamed(sharedStrings)),
			deflatedEntry(sheetName, renamed(sheetHead+soundRows(11)+sheetTail)))},
		{"macros.xlsm", "macros beside the sheets", book(
			deflatedEntry(bookRelsPart().name, strings.Replace(bookRels, `</Relationships>`,
				`<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" `+
					`Target="vbaProject.bin"/></Relationships>`, 1)),
			storedEntry("xl/vbaProject.bin", "macros"))},
		{"chart-sheet.xlsx", "a sheet that is a chart, before the one with rows", book(
			deflatedEntry(workbookPart().name,
				strings.Replace(workbookXML, `<sheets>`, `<sheets><sheet name="Biểu đồ" sheetId="9" r:id="rId9"/>`, 1)),
			deflatedEntry(bookRelsPart().name, strings.Replace(bookRels, `</Relationships>`,
				`<Relationship Id="rId9" Type="`+refNS+`/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
				1)),
			deflatedEntry("xl/chartsheets/sheet1.xml", xmlHead+`<chartsheet xmlns="`+mainNS+`"/>`))},
		{"backslash.xlsx", "part names with backslashes, as a program that knows no other writes them",
			packZip(withBackslashes(parts())...)},
		{"foreign-formulas.xlsx", "formulas that refer to other files, one of them gone: #REF!", book(sheet(row6(
			`<row r="6"><c r="A6" t="str"><f>'[1]Danh sách'!A1</f><v>Đạt</v></c><c r="B6" ` +
				`t="e"><f>#REF!</f><v>#REF!</v></c></row>`)))},
	}
}

func withBackslashes(all []entry) []entry {
	for i := range all {
		all[i].name = strings.ReplaceAll(all[i].name, "/", `\`)
	}
	return all
}
