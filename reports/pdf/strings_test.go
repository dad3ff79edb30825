package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"testing"
	"unicode/utf16"
)

// printed reads the texts shown on the pages of a PDF back from its bytes: the strings in the page
// streams are UTF-16 code points, for the fonts are written with an identity encoding.
func printed(t *testing.T, file []byte) []string {
	t.Helper()
	var all []string
	for rest := file; ; {
		_, after, ok := bytes.Cut(rest, []byte("stream\n"))
		if !ok {
			return all
		}
		body, next, ok := bytes.Cut(after, []byte("\nendstream"))
		if !ok {
			t.Fatal("a stream does not end")
		}
		rest = next
		r, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			continue
		}
		page, err := io.ReadAll(r)
		if err != nil || !bytes.Contains(page, []byte(" Td ")) {
			continue
		}
		all = append(all, shown(page)...)
	}
}

func shown(page []byte) []string {
	var all []string
	for i := 0; i < len(page); i++ {
		if page[i] != '(' {
			continue
		}
		var raw []byte
		for i++; page[i] != ')'; i++ {
			c := page[i]
			if c == '\\' {
				i++
				if c = page[i]; c == 'r' {
					c = '\r'
				}
			}
			raw = append(raw, c)
		}
		var units []uint16
		for k := 0; k+1 < len(raw); k += 2 {
			units = append(units, uint16(raw[k])<<8|uint16(raw[k+1]))
		}
		all = append(all, string(utf16.Decode(units)))
	}
	return all
}
