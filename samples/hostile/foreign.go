package hostile

// foreign are files of another kind than their name says.
func foreign() []File {
	leadingTo := func(kind, target string) entry {
		return deflatedEntry("_rels/.rels", `<Relationships xmlns="`+relsNS+`"><Relationship Id="rId1" Type="`+kind+
			`" Target="`+target+`"/></Relationships>`)
	}
	return []File{
		{"legacy.xls", "an Excel 97–2003 workbook", compound("Workbook")},
		{"legacy.xlsx", "an Excel 5.0 workbook renamed", compound("\x05SummaryInformation", "Book")},
		{"password.xlsx", "a workbook with a password to open it", compound("EncryptionInfo", "EncryptedPackage")},
		{"word.xlsx", "a Word 97–2003 document renamed", compound("WordDocument", "1Table")},
		{"compound-loop.xls", "a compound file whose directory never ends", loop()},
		{"table.ods", "an OpenDocument spreadsheet",
			packZip(storedEntry("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
				deflatedEntry("content.xml", "<office:document-content/>"),
				deflatedEntry("META-INF/manifest.xml", "<manifest:manifest/>"))},
		{"binary.xlsb", "a binary workbook", packZip(typesPart(), leadingTo(refNS+"/officeDocument", "xl/workbook.bin"),
			storedEntry("xl/workbook.bin", "\x83\x01\x00"))},
		{"document.xlsx", "a Word document renamed",
			packZip(typesPart(), leadingTo(refNS+"/officeDocument", "word/document.xml"),
				deflatedEntry("word/document.xml",
					`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`))},
		{"nested.xlsx", "a zip that holds a workbook", packZip(storedEntry("hồ sơ.xlsx", string(book())))},
		{"html.xlsx", "an HTML table renamed, as many web systems export",
			[]byte("\ufeff<html><body><table><tr><td>Đạt</td></tr></table></body></html>")},
		{"csv.xlsx", "comma-separated values renamed", []byte("STT,Họ và tên\n1,Nguyễn Văn A\n")},
		{"xml.xls", "an Excel 2003 XML workbook",
			[]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`)},
		{"scan.xlsx", "a PDF renamed", []byte("%PDF-1.7\n")},
		{"photo.xlsx", "a JPEG renamed", []byte("\xff\xd8\xff\xe0\x00\x10JFIF")},
		{"archive.xlsx", "a RAR renamed", []byte("Rar!\x1a\x07\x01\x00")},
		{"winmail.xlsx", "an Outlook winmail.dat renamed", []byte("\x78\x9f\x3e\x22\x01\x00")},
		{"noise.xlsx", "bytes of no kind", []byte{0, 1, 2, 3, 4, 5, 6, 7}},
	}
}

// loop is a compound file whose directory's sector is followed by itself.
func loop() []byte {
	b := compound("Workbook")
	le.PutUint32(b[512+4:], 1)
	return b
}
