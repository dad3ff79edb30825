package ooxml

// sharedString is one entry of the shared string table.
type sharedString struct {
	text string
	font string // of all its runs, "" when they differ or say nothing
}

// sharedStrings reads the shared string table.
func (rd *reader) sharedStrings(name string) *Refusal {
	return rd.each(name, "sst", nsSheet, func() *Refusal {
		if ref := rd.sharedElement(); ref != nil {
			return ref
		}
		for rd.plainString() {
			if ref := rd.keepShared(""); ref != nil {
				return ref
			}
		}
		return nil
	})
}

// sharedElement reads one child of <sst>.
func (rd *reader) sharedElement() *Refusal {
	if !rd.scan.is("si") {
		return rd.scan.skip()
	}
	var font string
	var ref *Refusal
	if rd.text, font, ref = rd.richText(rd.text[:0]); ref != nil {
		return ref
	}
	return rd.keepShared(font)
}

// keepShared adds the text just read to the table.
func (rd *reader) keepShared(font string) *Refusal {
	if len(rd.shared) >= rd.lim.Strings {
		return refuse(TooBig, "strings")
	}
	text, ref := rd.keep(unescape(rd.text))
	if ref != nil {
		return ref
	}
	rd.shared = append(rd.shared, sharedString{text, font})
	return nil
}

// richText appends the text of the <si> or <is> just started to dst: its plain text and its runs, without phonetic hints. The font is that
// of the runs when all of them name the same one.
func (rd *reader) richText(dst []byte) ([]byte, string, *Refusal) {
	s := &rd.scan
	font, runs := "", 0
	for {
		switch s.next() {
		case tokEnd:
			return dst, font, nil
		case tokBad:
			return dst, "", s.ref
		case tokText:
			if !s.blank() {
				return dst, "", refuse(BadStructure, "text beside the text element")
			}
		case tokStart:
			var ref *Refusal
			switch {
			case s.is("t"):
				dst, ref = rd.content(dst)
			case s.is("r"):
				var own string
				dst, own, ref = rd.run(dst)
				if runs > 0 && own != font {
					own = ""
				}
				font = own
				runs++
			case s.is("rPh"), s.is("phoneticPr"), s.is("extLst"):
				ref = s.skip()
			default:
				ref = refuse(BadStructure, "an unknown element in a text")
			}
			if ref != nil {
				return dst, "", ref
			}
		}
	}
}

// run appends the text of the run just started and returns the font it names, "" for none.
func (rd *reader) run(dst []byte) ([]byte, string, *Refusal) {
	s := &rd.scan
	font := ""
	for {
		switch s.next() {
		case tokEnd:
			return dst, font, nil
		case tokBad:
			return dst, "", s.ref
		case tokText:
			if !s.blank() {
				return dst, "", refuse(BadStructure, "text beside the text element")
			}
		case tokStart:
			var ref *Refusal
			switch {
			case s.is("t"):
				dst, ref = rd.content(dst)
			case s.is("rPr"):
				ref = s.inside(func() (ref *Refusal) {
					if s.is("rFont") {
						if font, ref = rd.font(rd.value("val")); ref != nil {
							return ref
						}
					}
					return s.skip()
				})
			default:
				ref = refuse(BadStructure, "an unknown element in a run of text")
			}
			if ref != nil {
				return dst, "", ref
			}
		}
	}
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
