package ooxml

import (
	"slices"
	"strings"
	"sync"

	"thidua/templates/grid"
)

// reader is the working memory of one Read. Readers are pooled: everything in them but the finished workbook is used again.
type reader struct {
	lim  Limits
	left int // inflated bytes left

	zip   archive
	names arena // part names
	part  part
	scan  scanner

	wb    *grid.Workbook
	texts arena // everything the workbook keeps

	rels    []relation
	sheets  []sheetRef
	besides []drawnSheet // of the sheets read so far
	styles  styles
	shared  []sharedString
	struck  []int // of shared, those with words struck through, ascending
	merges  int
	cells   int
	written int // bytes of text in all cells
	rows    int

	blank   blankRows
	rowBuf  []grid.Row
	cellBuf []grid.Cell // of the rows that have not settled yet

	mergeBuf []grid.Range
	cellFrom int    // of cellBuf: where those of the row being read begin
	text     []byte // one text being put together
	attrBuf  []byte // one attribute being decoded

	at Refusal // where the reader stands: Part, Sheet, Row
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// read reads the whole file.
func (rd *reader) read(b []byte, lim Limits) (*grid.Workbook, *Refusal) {
	rd.lim, rd.left, rd.wb = lim, lim.Inflated, new(grid.Workbook)
	if len(b) > lim.Bytes {
		return nil, refuse(TooBig, "bytes")
	}
	if ref := refuseForeign(b); ref != nil {
		return nil, ref
	}
	if ref := rd.zip.open(b, lim.Parts, &rd.names); ref != nil {
		return nil, ref
	}
	if ref := rd.workbook(); ref != nil {
		return nil, rd.locate(ref)
	}
	return rd.wb, nil
}

// release forgets the file and puts the reader back.
func (rd *reader) release() {
	rd.zip.release()
	rd.part.release()
	rd.scan.part, rd.scan.ref = nil, nil
	rd.wb, rd.names, rd.texts, rd.at = nil, arena{}, arena{}, Refusal{}
	clear(rd.rels)
	clear(rd.sheets)
	clear(rd.besides)
	clear(rd.shared)
	rd.styles.release()
	rd.rels, rd.sheets, rd.besides, rd.shared, rd.struck = rd.rels[:0], rd.sheets[:0], rd.besides[:0], rd.shared[:0], rd.struck[:0]
	rd.rowBuf = rd.rowBuf[:0]
	rd.merges, rd.cells, rd.rows, rd.written = 0, 0, 0, 0
	if cap(rd.shared) > 1<<14 || cap(rd.rowBuf) > 1<<13 {
		return // grown by an unusual file: let it go
	}
	readers.Put(rd)
}

// locate adds the place to a refusal that has none.
func (rd *reader) locate(ref *Refusal) *Refusal {
	if ref.Part == "" {
		ref.Part = strings.Clone(rd.at.Part)
	}
	ref.Sheet, ref.Row = strings.Clone(rd.at.Sheet), rd.at.Row
	return ref
}

// relation is one relationship of the package or the workbook.
type relation struct {
	id, kind, target string // kind is the last segment of the type; target a part name, "" when outside the package
}

// sheetRef is one entry of the workbook's list of sheets.
type sheetRef struct {
	name, rel string
	hidden    bool
}

// workbook walks from the package's relationships to every part that is read.
func (rd *reader) workbook() *Refusal {
	if rd.zip.find("_rels/.rels") == nil {
		return rd.noWorkbook()
	}
	if ref := rd.relations(""); ref != nil {
		return ref
	}
	main := rd.relatedPart("officeDocument")
	custom := rd.relatedPart("custom-properties", "customProperties")
	if main == "" || strings.HasSuffix(lowerASCII(main), ".bin") {
		return rd.noWorkbook()
	}
	if ref := rd.relations(main); ref != nil {
		return ref
	}
	if ref := rd.each(main, "workbook", nsSheet, rd.workbookElement); ref != nil {
		if ref.Detail == wrongRoot {
			return rd.noWorkbook()
		}
		return ref
	}
	rd.wb.Macros = rd.relatedPart("vbaProject") != "" || rd.relatedPart("xlMacrosheet", "xlIntlMacrosheet") != ""
	rd.wb.External = rd.wb.External || rd.relatedPart("externalLink") != ""
	if name := rd.relatedPart("styles"); name != "" {
		if ref := rd.each(name, "styleSheet", nsSheet, rd.stylesElement); ref != nil {
			return ref
		}
	}
	if name := rd.relatedPart("sharedStrings"); name != "" {
		if ref := rd.sharedStrings(name); ref != nil {
			return ref
		}
	}
	rd.wb.Sheets = make([]grid.Sheet, 0, len(rd.sheets))
	for _, s := range rd.sheets {
		if ref := rd.sheet(s); ref != nil {
			return ref
		}
	}
	rd.at.Sheet, rd.at.Row = "", 0
	if custom != "" {
		if ref := rd.each(custom, "Properties", nsCustom, rd.propertyElement); ref != nil {
			return ref
		}
	}
	rd.readBeyond()
	return nil
}

// sheet reads one sheet of the workbook, when it is a worksheet.
func (rd *reader) sheet(s sheetRef) *Refusal {
	rd.at.Sheet, rd.at.Row = s.name, 0
	i := slices.IndexFunc(rd.rels, func(r relation) bool { return r.id == s.rel })
	if i < 0 {
		return refuse(MissingPart, "a sheet without a part")
	}
	switch rd.rels[i].kind {
	case "worksheet":
	case "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet":
		return nil
	default:
		return refuse(BadStructure, "a sheet of unknown kind")
	}
	rd.wb.Sheets = append(rd.wb.Sheets, grid.Sheet{Name: s.name, Hidden: s.hidden})
	return rd.worksheet(rd.rels[i].target, &rd.wb.Sheets[len(rd.wb.Sheets)-1])
}

// wrongRoot is the detail of a part whose root is not the expected one.
const wrongRoot = "another root element than expected"

// openPart starts scanning a part.
func (rd *reader) openPart(name string) *Refusal {
	rd.at.Part = name
	e := rd.zip.find(name)
	if e == nil {
		return refuse(MissingPart, "")
	}
	if e.used {
		return refuse(Ambiguous, "one part used twice")
	}
	e.used = true
	if ref := rd.part.open(e, &rd.left); ref != nil {
		return ref
	}
	rd.scan.reset(&rd.part, &rd.lim)
	return nil
}

// each scans a part to its end and hands every child of its root to visit, which must consume the child's content and end.
func (rd *reader) each(name, root string, ns namespace, visit func() *Refusal) *Refusal {
	if ref := rd.openPart(name); ref != nil {
		return ref
	}
	ref := rd.children(root, ns, visit)
	if ref != nil && ref.Reason != BadCRC && ref.Reason != TooBig {
		// What looks wrong may only be damage on the way: that is the better thing to say.
		if damage := rd.part.findDamage(rd.scan.buf); damage != nil {
			return damage
		}
	}
	return ref
}

func (rd *reader) children(root string, ns namespace, visit func() *Refusal) *Refusal {
	s := &rd.scan
	if t := s.next(); t != tokStart {
		return s.ref
	}
	if s.ns != ns || string(s.name) != root {
		if ref := s.skip(); ref != nil {
			return ref
		}
		return refuse(BadStructure, wrongRoot)
	}
	if ref := s.inside(visit); ref != nil {
		return ref
	}
	s.next() // must be the end of the part
	return s.ref
}

// inside calls visit for each child of the element just started and returns after its end. Text between the children is passed over.
func (s *scanner) inside(visit func() *Refusal) *Refusal {
	for {
		switch s.next() {
		case tokStart:
			if ref := visit(); ref != nil {
				return ref
			}
		case tokEnd:
			return nil
		case tokBad:
			return s.ref
		}
	}
}

// elements is inside where no text may stand between the children.
func (s *scanner) elements(fault string, visit func() *Refusal) *Refusal {
	for {
		switch s.next() {
		case tokStart:
			if ref := visit(); ref != nil {
				return ref
			}
		case tokText:
			if !s.blank() {
				return refuse(BadStructure, fault)
			}
		case tokEnd:
			return nil
		case tokBad:
			return s.ref
		}
	}
}

// skip passes over the element just started, still checking that it is well-formed.
func (s *scanner) skip() *Refusal {
	for depth := 1; depth > 0; {
		switch s.next() {
		case tokStart:
			depth++
		case tokEnd:
			depth--
		case tokBad:
			return s.ref
		}
	}
	return nil
}

// is says whether the element just started has this name in SpreadsheetML.
func (s *scanner) is(name string) bool { return s.ns == nsSheet && string(s.name) == name }

// value returns a decoded attribute of the element just started; nil when it is not there. It is valid until the next call.
func (rd *reader) value(name string) []byte { return rd.decode(rd.scan.attr(name)) }

func (rd *reader) decode(a *attr) []byte {
	if a == nil || !a.coded {
		return a.raw()
	}
	rd.attrBuf = appendDecoded(rd.attrBuf[:0], a.value, false)
	return rd.attrBuf
}

// keep keeps a text for the workbook.
func (rd *reader) keep(b []byte) (string, *Refusal) {
	if len(b) > rd.lim.Text {
		return "", refuse(TooBig, "text")
	}
	if rd.texts.total+len(b) > rd.lim.TextTotal {
		return "", refuse(TooBig, "texttotal")
	}
	return rd.texts.bytes(b), nil
}

// content appends the text inside the element just started to dst and consumes its end. It may have no children.
func (rd *reader) content(dst []byte) ([]byte, *Refusal) {
	s := &rd.scan
	for {
		switch s.next() {
		case tokText:
			dst = s.appendText(dst)
			if len(dst) > rd.lim.Text {
				return dst, refuse(TooBig, "text")
			}
		case tokEnd:
			return dst, nil
		case tokStart:
			return dst, refuse(BadStructure, "an element inside text")
		default:
			return dst, s.ref
		}
	}
}
