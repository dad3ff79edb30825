package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"testing"
)

var (
	letterOf  = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]{4})>\n`)
	fontNamed = regexp.MustCompile(`/(F[BI]*) (\d+) 0 R`)
	lettersOf = regexp.MustCompile(`(?s)\n(\d+) 0 obj\n<</Type /Font /Subtype /Type0.*?/ToUnicode (\d+) 0 R`)
	setText   = regexp.MustCompile(`(?s)BT /(F[BI]*)\n.*?\[(.*?)\] TJ`)
	glyphs    = regexp.MustCompile(`[0-9A-F]{4}`)
	shown     = regexp.MustCompile(`<([0-9A-F]*)>`)
	objects   = regexp.MustCompile(`(?s)\n(\d+) 0 obj\n<</Filter /FlateDecode.*?>>\nstream\n`)
)

// printed reads the texts shown on the pages of a PDF back from its bytes: by the tables of letters
// of the fonts in which they are set.
func printed(t *testing.T, file []byte) []string {
	t.Helper()
	streams := map[string][]byte{}
	var order []string
	for _, at := range objects.FindAllSubmatchIndex(file, -1) {
		body, _, ok := bytes.Cut(file[at[1]:], []byte("\nendstream"))
		if !ok {
			t.Fatal("a stream does not end")
		}
		r, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		n := string(file[at[2]:at[3]])
		streams[n] = content
		order = append(order, n)
	}
	tables := map[string]string{}
	for _, m := range lettersOf.FindAllSubmatch(file, -1) {
		tables[string(m[1])] = string(m[2])
	}
	letters := map[string]map[string]rune{}
	for _, m := range fontNamed.FindAllSubmatch(file, -1) {
		letters[string(m[1])] = map[string]rune{}
		for _, l := range letterOf.FindAllSubmatch(streams[tables[string(m[2])]], -1) {
			r, err := strconv.ParseUint(string(l[2]), 16, 16)
			if err != nil {
				t.Fatal(err)
			}
			letters[string(m[1])][string(l[1])] = rune(r)
		}
	}
	var all []string
	for _, n := range order {
		for _, m := range setText.FindAllSubmatch(streams[n], -1) {
			text := ""
			for _, part := range shown.FindAllSubmatch(m[2], -1) {
				for _, g := range glyphs.FindAll(part[1], -1) {
					r, known := letters[string(m[1])][string(g)]
					if !known {
						t.Fatalf("glyph %s of %s is no letter", g, m[1])
					}
					text += string(r)
				}
			}
			all = append(all, text)
		}
	}
	return all
}
