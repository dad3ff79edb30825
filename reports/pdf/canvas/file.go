package canvas

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"maps"
	"slices"
	"sync"
	"unicode/utf16"
)

// file is a PDF being written, object by object.
type file struct {
	bytes.Buffer
	at []int // where each object begins; number 1 is the first
}

// packers are kept from one stream to the next: making one costs more than most streams. What they
// write does not depend on what they wrote before.
var packers = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // the level is one
	return w
}}

// number reserves the number of an object.
func (f *file) number() int {
	f.at = append(f.at, 0)
	return len(f.at)
}

func (f *file) object(n int, text string, args ...any) {
	f.at[n-1] = f.Len()
	fmt.Fprintf(f, "%d 0 obj\n", n)
	fmt.Fprintf(f, text, args...)
	f.WriteString("\nendobj\n")
}

// pack is content as streams hold it.
func pack(content []byte) []byte {
	var packed bytes.Buffer
	w := packers.Get().(*zlib.Writer)
	w.Reset(&packed)
	_, _ = w.Write(content) // into memory
	_ = w.Close()
	packers.Put(w)
	return packed.Bytes()
}

// finish packs the drawing of a page.
func (p *page) finish() {
	if p.packed == nil {
		p.packed, p.drawing = pack(p.drawing), nil
	}
}

// stream writes an object with packed content.
func (f *file) stream(n int, more string, packed []byte) {
	f.object(n, "<</Filter /FlateDecode /Length %d%s>>\nstream\n%s\nendstream", len(packed), more, packed)
}

// Bytes is the whole file, which has at least one page. Nothing is drawn afterwards.
func (c *Canvas) Bytes() []byte {
	f := &file{}
	f.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	tree, resources := f.number(), f.number()
	pages := make([]int, len(c.pages))
	for i, p := range c.pages {
		n, content := f.number(), f.number()
		pages[i] = n
		f.object(n, "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources %d 0 R /Contents %d 0 R>>", tree,
			p.width, p.height, resources, content)
		p.finish()
		f.stream(content, "", p.packed)
	}
	kids := ""
	for _, n := range pages {
		kids += fmt.Sprintf("%d 0 R ", n)
	}
	f.object(tree, "<</Type /Pages /Count %d /Kids [%s]>>", len(pages), kids)
	fonts := ""
	for _, style := range Styles {
		if used := c.used[style]; len(used) > 0 {
			fonts += fmt.Sprintf("/F%s %d 0 R ", style, f.font(FaceOf(style), used))
		}
	}
	f.object(resources, "<</ProcSet [/PDF /Text] /Font <<%s>>>>", fonts)
	outlines := ""
	if len(c.bookmarks) > 0 {
		outlines = fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", f.outline(c.bookmarks, pages))
	}
	info, catalog := f.number(), f.number()
	made := c.properties.Made.Format("20060102150405")
	text := ""
	for _, x := range []struct{ name, value string }{{"Title", c.properties.Title}, {"Subject", c.properties.Subject},
		{"Author", c.properties.Author}, {"Creator", c.properties.Creator}} {
		if x.value != "" {
			text += "/" + x.name + " " + quoted(x.value) + " "
		}
	}
	f.object(info, "<<%s/CreationDate (D:%s) /ModDate (D:%s)>>", text, made, made)
	language := ""
	if c.properties.Language != "" {
		language = " /Lang (" + c.properties.Language + ")"
	}
	f.object(catalog, "<</Type /Catalog /Pages %d 0 R%s /OpenAction [%d 0 R /Fit] /PageLayout /OneColumn%s>>", tree,
		language, pages[0], outlines)
	begins := f.Len()
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", len(f.at)+1)
	for _, at := range f.at {
		fmt.Fprintf(f, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(f, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(f.at)+1, catalog,
		info, begins)
	return f.Bytes()
}

// font embeds the letters of a face that are shown. Text is written in the numbers of its glyphs,
// and a table says which letters they are, so that readers find and copy them.
func (f *file) font(of *Face, used map[uint16]rune) int {
	font, inner, about, embedded, letters := f.number(), f.number(), f.number(), f.number(), f.number()
	shown := map[uint16]bool{}
	for g := range used {
		shown[g] = true
	}
	f.object(font, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] "+
		"/ToUnicode %d 0 R>>", of.name, inner, letters)
	var widths, unicode bytes.Buffer
	glyphs := slices.Sorted(maps.Keys(used))
	for _, g := range glyphs {
		fmt.Fprintf(&widths, "%d[%d]", g, of.advances[g])
	}
	f.object(inner, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) "+
		"/Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /DW %d /W [%s] /CIDToGIDMap /Identity>>", of.name,
		about, of.missing, widths.Bytes())
	flags := 4 // letters beyond Latin
	if of.slant != 0 {
		flags |= 64
	}
	f.object(about, "<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d "+
		"/Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		of.name, flags, of.box[0], of.box[1], of.box[2], of.box[3], of.slant,
		of.ascent, of.descent, of.capHeight, of.stem, embedded)
	cut := of.subset(shown)
	f.stream(embedded, fmt.Sprintf(" /Length1 %d", len(cut)), pack(cut))
	unicode.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Letters def\n" +
		"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(glyphs, 100) { // more is not allowed at once
		fmt.Fprintf(&unicode, "%d beginbfchar\n", len(part))
		for _, g := range part {
			fmt.Fprintf(&unicode, "<%04X> <%04X>\n", g, used[g])
		}
		unicode.WriteString("endbfchar\n")
	}
	unicode.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	f.stream(letters, "", pack(unicode.Bytes()))
	return font
}

// outline writes the bookmarks and returns the number of their root.
func (f *file) outline(all []bookmark, pages []int) int {
	root := f.number()
	numbers := make([]int, len(all))
	for i := range all {
		numbers[i] = f.number()
	}
	all = slices.Clone(all)
	parents, before, next := make([]int, len(all)), make([]int, len(all)), make([]int, len(all))
	first := map[int]int{}    // entry, -1 for the root → the first below it
	open, last := []int{}, -1 // the entries above the one looked at; the last of the root
	for i := range all {
		open = open[:min(all[i].level, len(open))]
		parent := -1
		if len(open) > 0 {
			parent = open[len(open)-1]
		}
		parents[i], before[i], next[i] = parent, -1, -1
		sibling := last
		if parent >= 0 {
			sibling = all[parent].last
			all[parent].last, all[parent].children = i, all[parent].children+1
		} else {
			last = i
		}
		if sibling >= 0 {
			before[i], next[sibling] = sibling, i
		} else {
			first[parent] = i
		}
		open = append(open, i)
	}
	for i, b := range all {
		text := fmt.Sprintf("/Title %s /Dest [%d 0 R /XYZ 0 %.2f null]", quoted(b.text), pages[b.page], b.height)
		parent := root
		if parents[i] >= 0 {
			parent = numbers[parents[i]]
		}
		text += fmt.Sprintf(" /Parent %d 0 R", parent)
		if before[i] >= 0 {
			text += fmt.Sprintf(" /Prev %d 0 R", numbers[before[i]])
		}
		if next[i] >= 0 {
			text += fmt.Sprintf(" /Next %d 0 R", numbers[next[i]])
		}
		if b.last >= 0 {
			text += fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count %d", numbers[first[i]], numbers[b.last],
				-b.children)
		}
		f.object(numbers[i], "<<%s>>", text)
	}
	f.object(root, "<</Type /Outlines /First %d 0 R /Last %d 0 R>>", numbers[first[-1]], numbers[last])
	return root
}

// quoted is a text as PDF quotes it: in UTF-16.
func quoted(s string) string {
	out := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		out = appendHex(out, u)
	}
	return string(append(out, '>'))
}
