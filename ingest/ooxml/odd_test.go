package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
	"unicode/utf16"

	"thidua/templates/grid"
)

// utf16Of is a text in UTF-16, with or without the mark that says which way round.
func utf16Of(s string, order binary.AppendByteOrder, mark bool) string {
	if mark {
		s = "\ufeff" + s
	}
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

// Every reader of XML must know UTF-16; some office programs write it.
func TestPartsInUTF16AreRead(t *testing.T) {
	long := strings.Repeat(`<row><c t="inlineStr"><is><t>Đăng ký thi đua 𝄞</t></is></c></row>`, 5_000)
	for _, tt := range []struct {
		name        string
		order       binary.AppendByteOrder
		mark        bool
		declaration string
	}{
		{"little end first, with a mark", binary.LittleEndian, true, `<?xml version="1.0" encoding="UTF-16"?>`},
		{"big end first, with a mark", binary.BigEndian, true,
			`<?xml version="1.0" encoding="utf-16" standalone="yes"?>`},
		{"no declaration", binary.LittleEndian, true, ``},
		{"no mark", binary.LittleEndian, false, `<?xml version="1.0" encoding="UTF-16LE"?>`},
		{"no mark, big end first", binary.BigEndian, false, `<?xml version="1.0" encoding="UTF-16BE"?>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := small(long)
			plain := mustRead(t, p)
			for name, text := range p {
				p[name] = utf16Of(tt.declaration+text, tt.order, tt.mark)
			}
			wb := mustRead(t, p)
			if n := len(wb.Sheets[0].Rows); n != 5_000 {
				t.Fatalf("%d rows", n)
			}
			for i, row := range wb.Sheets[0].Rows {
				if row.Cells[0] != plain.Sheets[0].Rows[i].Cells[0] {
					t.Fatalf("row %d is %+v", i+1, row.Cells[0])
				}
			}
		})
	}
}

func TestBrokenUTF16IsRefused(t *testing.T) {
	whole := utf16Of(small("<row><c><v>5</v></c></row>")["xl/worksheets/sheet1.xml"], binary.LittleEndian, true)
	for name, part := range map[string]string{
		"half a character at the end": whole + "<",
		"half of a pair":              strings.Replace(whole, "5\x00", "\x00\xd8", 1),
		"a pair the wrong way round":  strings.Replace(whole, "5\x00", "\x00\xdc\x00\xd8", 1),
		"declared as UTF-8":           utf16Of(`<?xml version="1.0" encoding="UTF-8"?><a/>`, binary.LittleEndian, true),
		"UTF-8 declared as UTF-16":    `<?xml version="1.0" encoding="UTF-16"?><a/>`,
		"cut":                         whole[:len(whole)-10],
	} {
		p := small("")
		p["xl/worksheets/sheet1.xml"] = part
		if _, err := Read(pack(p), DefaultLimits()); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

// Java's and .NET's zip writers put the folders into the directory, deflated or not, and sizes
// behind the data.
func TestFoldersAndDataDescriptorsAreNoDamage(t *testing.T) {
	cell := grid.Cell{Row: 1, Col: 1, Kind: grid.Number, Text: "5", Number: 5, Font: "Times New Roman"}
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, dir := range []string{"_rels#", "xl#", "xl/worksheets#", "xl/worksheets#"} {
			deflatedNothing := []byte{3, 0}
			h := &zip.FileHeader{Name: dir, Method: method, CompressedSize64: uint64(len(deflatedNothing))}
			if method == zip.Store {
				h.CompressedSize64, deflatedNothing = 0, nil
			}
			f, err := w.CreateRaw(h)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(deflatedNothing); err != nil {
				t.Fatal(err)
			}
		}
		for name, content := range small(`<row r="1"><c r="A1" s=""><v>5</v></c></row>`) {
			h := &zip.FileHeader{Name: name, Method: zip.Store, Flags: 8, CRC32: crc32.ChecksumIEEE([]byte(content)),
				CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))}
			f, err := w.CreateRaw(h)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write([]byte(content)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		book := bytes.ReplaceAll(out.Bytes(), []byte("#"), []byte("/")) // the library writes no data for a folder
		wb, err := Read(book, DefaultLimits())
		if err != nil {
			t.Errorf("method %d: %v", method, err)
		} else if got := wb.Sheets[0].Rows[0].Cells[0]; got != cell {
			t.Errorf("method %d: the cell is %+v", method, got)
		}
		if kind := Sniff(book); kind != XLSX {
			t.Errorf("method %d: taken for %v", method, kind)
		}
	}
}
