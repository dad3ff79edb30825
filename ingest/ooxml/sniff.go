package ooxml

import (
	"bytes"
	"unicode/utf8"
)

// Kind is what a file is, judged by its content alone.
type Kind uint8

// The kinds.
const (
	Unknown        Kind = iota
	Nothing             // no bytes
	XLSX                //
	XLSM                // an .xlsx that carries a VBA project
	XLSB                //
	ODS                 //
	DOCX                //
	Zip                 // any other zip
	XLS                 // Excel 5.0–2003
	EncryptedOOXML      // protected by a password; which program's document it is cannot be seen
	OtherCFB            // any other compound file: .doc, .ppt, .msg
	RAR                 //
	SevenZip            //
	PDF                 //
	HTML                // also when named .xls or .xlsx, as many web systems export
	XML                 // any other XML, such as Excel 2003's
	RTF                 //
	CSV                 //
	Text                //
	TNEF                // winmail.dat
	PNG                 //
	JPEG                //
	numberOfKinds  = int(JPEG) + 1
)

var kindSlugs = [numberOfKinds]string{
	"unknown", "nothing", "xlsx", "xlsm", "xlsb", "ods", "docx", "zip", "xls", "encrypted-ooxml", "other-cfb",
	"rar", "7z", "pdf", "html", "xml", "rtf", "csv", "text", "tnef", "png", "jpeg",
}

// String is the kind's stable slug, such as "xlsx".
func (k Kind) String() string {
	if int(k) < len(kindSlugs) {
		return kindSlugs[k]
	}
	return "unknown"
}

var magics = []struct {
	prefix string
	kind   Kind
}{
	{"PK\x03\x04", Zip}, {"PK\x05\x06", Zip}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OtherCFB}, {"Rar!\x1a\x07", RAR},
	{"7z\xbc\xaf\x27\x1c", SevenZip},
	{"%PDF-", PDF}, {"\x78\x9f\x3e\x22", TNEF}, {"\x89PNG\r\n\x1a\n", PNG}, {"\xff\xd8\xff", JPEG}, {`{\rtf`, RTF},
}

// Sniff says what a file is, by its content and never by its name. It looks at signatures, at the
// names in a zip and at the root folder of a compound file; it inflates nothing. A kind is a hint
// for the answer to the sender: only Read says whether a workbook is sound.
func Sniff(b []byte) Kind {
	if len(b) == 0 {
		return Nothing
	}
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.prefix)) {
			switch m.kind {
			case Zip:
				return sniffZip(b)
			case OtherCFB:
				return sniffCFB(b)
			}
			return m.kind
		}
	}
	return sniffText(b)
}

// zipMarks are parts that tell what a package is; the first one found decides.
var zipMarks = []struct {
	part string
	kind Kind
}{
	{"xl/workbook.bin", XLSB}, {"xl/vbaproject.bin", XLSM}, {"xl/workbook.xml", XLSX}, {"word/document.xml", DOCX},
}

func sniffZip(b []byte) Kind {
	rd := readers.Get().(*reader)
	defer rd.release()
	if ref := rd.zip.open(b, DefaultLimits().Parts, &rd.names); ref != nil {
		return Zip
	}
	return rd.zip.kind()
}

// kind judges a package by the names of its parts.
func (a *archive) kind() Kind {
	for _, m := range zipMarks {
		if a.find(m.part) != nil {
			return m.kind
		}
	}
	if e := a.find("mimetype"); e != nil && e.method == methodStored &&
		bytes.HasPrefix(e.data, []byte("application/vnd.oasis.opendocument.spreadsheet")) {
		return ODS
	}
	if a.find("xl/styles.xml") != nil || a.find("xl/worksheets/sheet1.xml") != nil {
		return XLSX // the workbook's part has an unusual name
	}
	return Zip
}

// sniffText tells text formats apart by how they begin.
func sniffText(b []byte) Kind {
	head := b[:min(len(b), 4<<10)]
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return Text // UTF-16
	}
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	for n := 0; len(head) < len(b) && n < utf8.UTFMax && !utf8.Valid(head); n++ {
		head = head[:len(head)-1] // the cut may have split a character
	}
	if bytes.IndexByte(head, 0) >= 0 || !printable(head) {
		return Unknown
	}
	start := bytes.ToLower(bytes.TrimLeft(head, " \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div",
		"<script"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return HTML
		}
	}
	switch {
	case bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<html")):
		return HTML
	case bytes.HasPrefix(start, []byte("<?xml")):
		return XML
	case columns(head):
		return CSV
	}
	return Text
}

// printable allows every byte beyond ASCII: old files are not in UTF-8.
func printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			return false
		}
	}
	return true
}

// columns says whether the first two lines hold the same number of one separator.
func columns(b []byte) bool {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(b, "\r\n"), []byte("\n"))
	second, _, whole := bytes.Cut(rest, []byte("\n"))
	for _, sep := range []string{";", ",", "\t"} {
		n := bytes.Count(first, []byte(sep))
		if n > 0 && (len(second) == 0 || !whole || bytes.Count(second, []byte(sep)) == n) {
			return true
		}
	}
	return false
}

// refuseForeign refuses what is no zip.
func refuseForeign(b []byte) *Refusal {
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06")) {
		return nil
	}
	switch k := Sniff(b); k {
	case Nothing:
		return refuse(Empty, "")
	case XLS:
		return refuse(LegacyXLS, "")
	case EncryptedOOXML:
		return refuse(Encrypted, "")
	case OtherCFB:
		return refuse(NotWorkbook, k.String())
	default:
		return refuse(NotZip, k.String())
	}
}

// noWorkbook refuses a package whose relationships lead to no workbook.
func (rd *partReader) noWorkbook() *Refusal {
	switch k := rd.zip.kind(); k {
	case XLSB:
		return refuse(BinaryWorkbook, "")
	case ODS:
		return refuse(OpenDocument, "")
	default:
		return refuse(NotWorkbook, k.String())
	}
}
