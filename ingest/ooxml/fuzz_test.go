package ooxml

import (
	"errors"
	"testing"
)

// fuzzLimits keep a fuzz run fast; they change no other behaviour.
func fuzzLimits() Limits {
	lim := DefaultLimits()
	lim.Inflated, lim.Rows, lim.Cells = 4<<20, 2_000, 10_000
	return lim
}

// FuzzRead feeds any bytes to the reader: it must end in a workbook or in a refusal with a reason
// of the closed set, and what it returns must keep the promises of package grid.
func FuzzRead(f *testing.F) {
	f.Add(pack(small(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1"><f>1</f></c></row>`)))
	f.Add(pack(small(`<row><c><v>8.0999999999999996</v></c></row>`)))
	f.Fuzz(func(t *testing.T, b []byte) { checkRead(t, b) })
}

// FuzzSheet feeds any XML to the reader as a worksheet, and as every other part, past zip and CRC,
// which a fuzzer rarely gets right.
func FuzzSheet(f *testing.F) {
	p := small(`<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><rFont ` +
		`val="A"/></rPr><t>a&#65;_x0041_</t></r></is></c></row>`)
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
		"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		f.Add(name, p[name])
	}
	f.Fuzz(func(t *testing.T, name, xml string) {
		p := small(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`)
		if _, ok := p[name]; ok {
			p[name] = xml
			checkRead(t, pack(p))
		}
	})
}

func checkRead(t *testing.T, b []byte) {
	wb, err := Read(b, fuzzLimits())
	if err != nil {
		var ref *Refusal
		if !errors.As(err, &ref) || ref.Reason.String() == "unknown" {
			t.Fatalf("an error without a reason: %v", err)
		}
		return
	}
	for _, s := range wb.Sheets {
		lastRow := 0
		for _, r := range s.Rows {
			if r.Num <= lastRow || len(r.Cells) == 0 {
				t.Fatalf("row %d after %d with %d cells", r.Num, lastRow, len(r.Cells))
			}
			lastRow = r.Num
			lastCol := 0
			for _, c := range r.Cells {
				if c.Row != r.Num || c.Col <= lastCol {
					t.Fatalf("cell %+v in row %d after column %d", c, r.Num, lastCol)
				}
				lastCol = c.Col
			}
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "<html>", "a;b\n1;2\n",
		"\xff\xfea\x00", "%PDF-1.4"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if k := Sniff(b); k.String() == "" || (k == Nothing) != (len(b) == 0) {
			t.Fatalf("kind %d", k)
		}
	})
}
