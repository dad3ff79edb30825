package hostile

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	refNS   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	relsNS  = `http://schemas.openxmlformats.org/package/2006/relationships`
)

// The XML of a sound small workbook.
const (
	rootRels = xmlHead + `<Relationships xmlns="` + relsNS + `">` +
		`<Relationship Id="rId1" Type="` + refNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	workbookXML = xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + refNS + `">` +
		`<sheets><sheet name="Hồ sơ" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels = xmlHead + `<Relationships xmlns="` + relsNS + `">` +
		`<Relationship Id="rId1" Type="` + refNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + refNS + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	sharedStrings = xmlHead + `<sst xmlns="` + mainNS + `" count="2" uniqueCount="2">` +
		`<si><t>Đạt</t></si><si><t>Không đạt</t></si></sst>`
)

// Its parts, packed when they are first asked for. Attacks replace one of them.
var (
	typesPart = lazily("[Content_Types].xml",
		xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Default Extension="xml" ContentType="application/xml"/>`+
			`<Override PartName="/xl/workbook.xml" `+
			`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+
			`<Override PartName="/xl/worksheets/sheet1.xml" `+
			`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`+
			`<Override PartName="/xl/sharedStrings.xml" `+
			`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>`+
			`</Types>`)
	rootRelsPart = lazily("_rels/.rels", rootRels)
	workbookPart = lazily("xl/workbook.xml", workbookXML)
	bookRelsPart = lazily("xl/_rels/workbook.xml.rels", bookRels)
	stringsPart  = lazily("xl/sharedStrings.xml", sharedStrings)
)

func lazily(name, text string) func() entry {
	return sync.OnceValue(func() entry { return deflatedEntry(name, text) })
}

// book is a workbook whose first sheet, or any other part, is replaced by the given entries.
func book(changed ...entry) []byte {
	return packZip(parts(changed...)...)
}

// parts are the entries of book: the sound ones with the changed ones in their places, and new ones
// behind.
func parts(changed ...entry) []entry {
	all := []entry{typesPart(), rootRelsPart(), workbookPart(), bookRelsPart(), stringsPart(), sheet(soundRows(11))}
	sound := all
	for _, c := range changed {
		if i := slices.IndexFunc(sound, func(e entry) bool { return e.name == c.name }); i >= 0 {
			all[i] = c
		} else {
			all = append(all, c)
		}
	}
	return all
}

const (
	sheetName = "xl/worksheets/sheet1.xml"
	sheetHead = xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>`
	sheetTail = `</sheetData></worksheet>`
)

// sheet is the first sheet with these rows.
func sheet(rows string) entry { return deflatedEntry(sheetName, sheetHead+rows+sheetTail) }

// soundRows are rows 1 to n with a string and a number each.
func soundRows(n int) string {
	var s strings.Builder
	for r := 1; r <= n; r++ {
		s.WriteString(soundRow(r))
	}
	return s.String()
}

func soundRow(r int) string {
	return fmt.Sprintf(`<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"><v>%d</v></c></row>`, r, r, r%2, r, 10*r)
}

// row6 are eleven sound rows of which the sixth is replaced.
func row6(replacement string) string {
	return strings.Replace(soundRows(11), soundRow(6), replacement, 1)
}

// compound is a minimal compound file ([MS-CFB]) whose root folder holds streams of these names,
// all empty.
func compound(streams ...string) []byte {
	const sector, none, end = 512, 0xffffffff, 0xfffffffe
	b := make([]byte, 3*sector)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(b[0x18:], 0x3e)
	le.PutUint16(b[0x1a:], 3)
	le.PutUint16(b[0x1c:], 0xfffe)
	le.PutUint16(b[0x1e:], 9)
	le.PutUint16(b[0x20:], 6)
	le.PutUint32(b[0x2c:], 1) // sectors of the allocation table
	le.PutUint32(b[0x30:], 1) // first sector of the directory
	le.PutUint32(b[0x38:], 4096)
	le.PutUint32(b[0x3c:], end)
	le.PutUint32(b[0x44:], end)
	for i := range 109 {
		le.PutUint32(b[0x4c+4*i:], none)
	}
	le.PutUint32(b[0x4c:], 0)
	table := b[sector : 2*sector]
	for i := range sector / 4 {
		le.PutUint32(table[4*i:], none)
	}
	le.PutUint32(table, 0xfffffffd)
	le.PutUint32(table[4:], end)
	names := append([]string{"Root Entry"}, streams...)
	for i, name := range names {
		e := b[2*sector+128*i:][:128]
		for j, c := range utf16.Encode([]rune(name)) {
			le.PutUint16(e[2*j:], c)
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = 2, 1
		le.PutUint32(e[0x44:], none)
		le.PutUint32(e[0x48:], none)
		le.PutUint32(e[0x4c:], none)
		le.PutUint32(e[0x74:], end)
		switch {
		case i == 0:
			e[66] = 5
			le.PutUint32(e[0x4c:], 1)
		case i+1 < len(names):
			le.PutUint32(e[0x48:], uint32(i+1)) // the next one is the right sibling
		}
	}
	return b
}
