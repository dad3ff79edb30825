// Package hostile makes small attack files: workbooks and files that pretend to be workbooks, each
// with one thing wrong.
//
// In goes nothing, out come the same bytes every time. They are made in memory, are small (the
// largest about 5 MB) and harm nobody who does not open them carelessly. The package never reads
// anything and knows no reader: what a reader must make of each file is said in tests.
package hostile

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// File is one attack.
type File struct {
	Name  string // unique, with an extension that may lie
	What  string // what is wrong with it, one line of English
	Bytes []byte
}

// Files returns every attack, in an order that does not change. They are made once; do not write to
// their bytes.
var Files = sync.OnceValue(func() []File {
	var all []File
	for _, kind := range kinds {
		all = append(all, kind()...)
	}
	return all
})

// kinds are the attacks of each kind, made when they are first asked for: some take seconds.
var kinds = []func() []File{
	sync.OnceValue(damagedFiles), sync.OnceValue(contradictory), sync.OnceValue(odd), sync.OnceValue(beyondFiles),
	sync.OnceValue(foreign), sync.OnceValue(bombs), sync.OnceValue(large), sync.OnceValue(heavy),
}

// Make makes every attack anew, in the order of Files.
func Make() []File {
	return slices.Concat(damagedFiles(), contradictory(), odd(), beyondFiles(), foreign(), bombs(), large(), heavy())
}

// Named returns one attack by its name.
func Named(name string) (File, bool) {
	for _, kind := range kinds {
		for _, f := range kind() {
			if f.Name == name {
				return f, true
			}
		}
	}
	return File{}, false
}

// damagedFiles are files that broke on the way, or were made to look so.
func damagedFiles() []File {
	flipped := book(storedEntry(sheetName, sheetHead+soundRows(30)+sheetTail))
	at := strings.Index(string(flipped), "<v>250</v>")
	flipped[at+3] ^= 1
	torn := book()
	packed := sheet(soundRows(30))
	packed.packed = append([]byte(nil), packed.packed...)
	packed.packed[len(packed.packed)/2] ^= 0xff
	return []File{
		{"sound.xlsx", "nothing: the workbook all others are made from", book()},
		{"flipped-byte.xlsx", "one bit of a value differs from what the checksum promises", flipped},
		{"flipped-deflate.xlsx", "one byte of compressed data is wrong", book(packed)},
		{"truncated.xlsx", "the second half of the file is missing", torn[:len(torn)/2]},
		{"truncated-tail.xlsx", "the last 10 bytes of the file are missing", torn[:len(torn)-10]},
		{"empty.xlsx", "no bytes at all", []byte{}},
		{"ends-in-row-6.xlsx", "the XML ends inside row 6",
			book(deflatedEntry(sheetName, sheetHead+soundRows(5)+`<row r="6"><c r="A6" t="s"><v>`))},
		{"ends-after-row-5.xlsx", "the XML ends neatly between two rows",
			book(deflatedEntry(sheetName, sheetHead+soundRows(5)))},
		{"bad-entity.xlsx", "an unknown entity in row 6 of 11",
			book(sheet(row6(`<row r="6"><c r="A6" t="inlineStr"><is><t>&nbsp;</t></is></c></row>`)))},
		{"wrong-end-tag.xlsx", "row 6 is ended by another tag",
			book(sheet(row6(`<row r="6"><c r="A6"><v>1</v></row></c>`)))},
		{"control-character.xlsx", "a control character in row 6",
			book(sheet(row6("<row r=\"6\"><c r=\"A6\" t=\"str\"><v>a\x01b</v></c></row>")))},
		{"not-utf8.xlsx", "Latin-1 bytes in row 6",
			book(sheet(row6("<row r=\"6\"><c r=\"A6\" t=\"str\"><v>ng\xe0y</v></c></row>")))},
		{"utf16.xlsx", "the sheet is in UTF-16 and ends in half a character",
			book(deflatedEntry(sheetName, "\xff\xfe<\x00w\x00>\x00\xd8"))},
		{"text-after-root.xlsx", "more text after the sheet's root element",
			book(deflatedEntry(sheetName, sheetHead+soundRows(5)+sheetTail+"<row/>"))},
		{"string-out-of-range.xlsx", "row 6 asks for shared string 99 of 2",
			book(sheet(row6(`<row r="6"><c r="A6" t="s"><v>99</v></c></row>`)))},
		{"string-negative.xlsx", "row 6 asks for shared string -1",
			book(sheet(row6(`<row r="6"><c r="A6" t="s"><v>-1</v></c></row>`)))},
		{"not-a-number.xlsx", "a number NaN in row 6", book(sheet(row6(`<row r="6"><c r="A6"><v>NaN</v></c></row>`)))},
		{"number-overflow.xlsx", "a number 1e999 in row 6",
			book(sheet(row6(`<row r="6"><c r="A6"><v>1e999</v></c></row>`)))},
		{"missing-sheet.xlsx", "the workbook names a sheet that is not there",
			packZip(typesPart(), rootRelsPart(), workbookPart(), bookRelsPart(), stringsPart())},
	}
}

// contradictory are files that say two things at once: readers that choose silently can be made to
// see different values.
func contradictory() []File {
	row := func(n int) string { return fmt.Sprintf(`<row r="%d"><c r="A%d"><v>%d</v></c></row>`, n, n, n) }
	hidden := storedEntry("xl/media/image1.bin", string(localHeader(sheet(soundRows(2))))+
		string(sheet(soundRows(2)).packed))
	inner := sheet(soundRows(2))
	all := parts(hidden)
	offset := 0
	for _, e := range all[:len(all)-1] {
		if e.name != sheetName {
			offset += len(localHeader(e)) + len(e.packed)
		}
	}
	inner.elsewhere, inner.at = true, offset+len(localHeader(hidden))
	overlapping := packZip(typesPart(), rootRelsPart(), workbookPart(), bookRelsPart(), stringsPart(), hidden, inner)
	secret := sheet(soundRows(3))
	secret.flags = 1
	unknown := sheet(soundRows(3))
	unknown.method = 99
	short, long := sheet(soundRows(3)), sheet(soundRows(3))
	short.size--
	long.size++
	saturated := sheet(soundRows(3))
	saturated.size = 0xffffffff
	other := sheet(row(1))
	other.name = "xl/worksheets/SHEET1.xml"
	two := func(first, second string) entry {
		return deflatedEntry("xl/workbook.xml", xmlHead+`<workbook xmlns="`+mainNS+`" xmlns:r="`+refNS+`"><sheets>`+
			first+second+`</sheets></workbook>`)
	}
	return []File{
		{"rows-3-1-2.xlsx", "rows 3, 1 and 2 in this order", book(sheet(row(3) + row(1) + row(2)))},
		{"row-2-twice.xlsx", "row 2 twice with different values",
			book(sheet(row(1) + row(2) + `<row r="2"><c r="A2"><v>99</v></c></row>`))},
		{"cells-out-of-order.xlsx", "cell B1 before A1",
			book(sheet(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>`))},
		{"cell-twice.xlsx", "cell A1 twice",
			book(sheet(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`))},
		{"value-twice.xlsx", "two values in one cell", book(sheet(`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`))},
		{"attribute-twice.xlsx", "a cell with two addresses",
			book(sheet(`<row r="1"><c r="A1" r="B1"><v>1</v></c></row>`))},
		{"rows-twice.xlsx", "two tables of rows in one sheet",
			book(sheet(row(1) + `</sheetData><sheetData>` + row(1)))},
		{"ref-a0.xlsx", "a cell A0", book(sheet(row6(`<row r="6"><c r="A0"><v>1</v></c></row>`)))},
		{"ref-zzzz1.xlsx", "a cell ZZZZ6", book(sheet(row6(`<row r="6"><c r="ZZZZ6"><v>1</v></c></row>`)))},
		{"ref-other-row.xlsx", "cell A7 inside row 6", book(sheet(row6(`<row r="6"><c r="A7"><v>1</v></c></row>`)))},
		{"row-0.xlsx", "a row 0", book(sheet(`<row r="0"><c><v>1</v></c></row>`))},
		{"row-beyond.xlsx", "a row 4294967297", book(sheet(`<row r="4294967297"><c><v>1</v></c></row>`))},
		{"row-in-wrapper.xlsx", "rows hidden inside an element that readers may pass over",
			book(sheet(row(1) + `<x>` + row(2) + `</x>`))},
		{"duplicate-part.xlsx", "two sheets of exactly the same part name", packZip(append(parts(), sheet(row(1)))...)},
		{"duplicate-part-case.xlsx", "two parts whose names differ in case only", book(other)},
		{"overlapping.xlsx", "the sheet lies inside another entry's data", overlapping},
		{"sheet-names.xlsx", "two sheets of the same name",
			book(two(`<sheet name="Hồ sơ" r:id="rId1"/>`, `<sheet name="HỒ SƠ" r:id="rId1"/>`))},
		{"sheet-part-twice.xlsx", "two sheets in one part",
			book(two(`<sheet name="A" r:id="rId1"/>`, `<sheet name="B" r:id="rId1"/>`))},
		{"zip-slip.xlsx", "a part named ../../etc/passwd", book(storedEntry("../../etc/passwd", "root::0:0"))},
		{"zip-password.xlsx", "the sheet's zip entry has a password", book(secret)},
		{"zip-method.xlsx", "the sheet is compressed by method 99", book(unknown)},
		{"declared-shorter.xlsx", "the sheet is one byte longer than declared", book(short)},
		{"declared-longer.xlsx", "the sheet is one byte shorter than declared", book(long)},
		{"zip64-missing.xlsx", "a size says it is in a 64-bit field that is not there", book(saturated)},
		{"zip64.xlsx", "nothing: every size is in 64-bit fields, as streaming producers write them", zip64(parts()...)},
		{"doctype.xlsx", "a document type with entities",
			book(deflatedEntry(sheetName, `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "1">]>`+
				`<worksheet xmlns="`+mainNS+`"><sheetData><row r="1"><c `+
				`r="A1"><v>&a;</v></c></row></sheetData></worksheet>`))},
		{"external-entity.xlsx", "an entity that names a file of the reader's machine",
			book(deflatedEntry("xl/sharedStrings.xml",
				`<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst xmlns="`+mainNS+
					`"><si><t>&a;</t></si></sst>`))},
		{"external-sheet.xlsx", "a sheet whose part is on the network",
			book(deflatedEntry("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+relsNS+`">`+
				`<Relationship Id="rId1" Type="`+refNS+
				`/worksheet" Target="http://127.0.0.1:1/sheet1.xml" TargetMode="External"/></Relationships>`))},
		{"lying-counts.xlsx", "nothing that matters: counts and dimension claim billions", book(
			deflatedEntry("xl/sharedStrings.xml", `<sst xmlns="`+mainNS+
				`" count="4294967295" uniqueCount="4294967295"><si><t>Đạt</t></si><si><t>Không đạt</t></si></sst>`),
			deflatedEntry(sheetName, `<worksheet xmlns="`+mainNS+`"><dimension ref="A1:XFD1048576"/><sheetData>`+
				soundRows(11)+sheetTail))},
	}
}
