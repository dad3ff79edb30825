package ooxml

import "bytes"

// sharedString is one entry of the shared string table.
type sharedString struct {
	text string
	font string // of all its runs, "" when they differ or say nothing
}

// textReader reads the parts that say what the texts of all sheets are and how they look.
type textReader struct {
	partReader
	texts  arena // everything the workbook keeps
	styles styles
	shared []sharedString
	struck []int // of shared, those with words struck through, ascending
}

// release forgets the texts; the workbook keeps its own.
func (rd *textReader) release() {
	rd.texts = arena{}
	rd.styles.release()
	clear(rd.shared)
	rd.shared, rd.struck = rd.shared[:0], rd.struck[:0]
}

// keep keeps a text for the workbook.
func (rd *textReader) keep(b []byte) (string, *Refusal) {
	if len(b) > rd.lim.Text {
		return "", refuse(TooBig, "text")
	}
	if rd.texts.total+len(b) > rd.lim.TextTotal {
		return "", refuse(TooBig, "texttotal")
	}
	return rd.texts.bytes(b), nil
}

// sharedStrings reads the shared string table.
func (rd *textReader) sharedStrings(name string) *Refusal {
	return rd.each(name, "sst", nsSheet, func() *Refusal {
		if !rd.scan.is("si") {
			return rd.scan.skip()
		}
		var font cellFont
		var ref *Refusal
		if rd.text, font, ref = rd.richText(rd.text[:0]); ref != nil {
			return ref
		}
		return rd.keepShared(font)
	})
}

// keepShared adds the text just read to the table.
func (rd *textReader) keepShared(font cellFont) *Refusal {
	if len(rd.shared) >= rd.lim.Strings {
		return refuse(TooBig, "strings")
	}
	text, ref := rd.keep(unescape(rd.text))
	if ref != nil {
		return ref
	}
	if font.struck {
		rd.struck = append(rd.struck, len(rd.shared))
	}
	rd.shared = append(rd.shared, sharedString{text, font.name})
	return nil
}

// richText appends the text of the <si> or <is> just started to dst: its plain text and its runs,
// without phonetic hints. The font is that of the runs when all of them name the same one; it is
// struck when any run with words is.
func (rd *textReader) richText(dst []byte) (_ []byte, font cellFont, ref *Refusal) {
	s, runs := &rd.scan, 0
	ref = s.elements("text beside the text element", func() (ref *Refusal) {
		switch {
		case s.is("t"):
			dst, ref = rd.content(dst)
		case s.is("r"):
			var own cellFont
			from := len(dst)
			dst, own, ref = rd.run(dst)
			struck := font.struck || own.struck && len(bytes.TrimSpace(dst[from:])) > 0
			if runs > 0 && own.name != font.name {
				own.name = ""
			}
			font = cellFont{own.name, struck}
			runs++
		case s.is("rPh"), s.is("phoneticPr"), s.is("extLst"):
			ref = s.skip()
		default:
			ref = refuse(BadStructure, "an unknown element in a text")
		}
		return ref
	})
	return dst, font, ref
}

// run appends the text of the run just started and returns the font it names, if any.
func (rd *textReader) run(dst []byte) (_ []byte, font cellFont, ref *Refusal) {
	s := &rd.scan
	ref = s.elements("text beside the text element", func() (ref *Refusal) {
		switch {
		case s.is("t"):
			dst, ref = rd.content(dst)
		case s.is("rPr"):
			ref = rd.fontOf(&font, "rFont")
		default:
			ref = refuse(BadStructure, "an unknown element in a run of text")
		}
		return ref
	})
	return dst, font, ref
}

// fontOf reads what the element just started says of a font, whose name is in the element of the
// given name.
func (rd *textReader) fontOf(font *cellFont, name string) *Refusal {
	s := &rd.scan
	return s.inside(func() (ref *Refusal) {
		switch {
		case s.is(name):
			if font.name, ref = rd.font(rd.value("val")); ref != nil {
				return ref
			}
		case s.is("strike"):
			font.struck = rd.on()
		}
		return s.skip()
	})
}

// blank says whether the text just scanned is nothing but white space.
func (s *scanner) blank() bool {
	for _, c := range s.text {
		if class[c]&isSpace == 0 {
			return false
		}
	}
	return true
}
