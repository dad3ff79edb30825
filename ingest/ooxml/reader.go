package ooxml

import (
	"slices"
	"strings"
	"sync"

	"thidua/templates/grid"
)

// reader is the working memory of one Read. Readers are pooled: everything in them but the finished
// workbook is used again.
type reader struct {
	sheetReader
	sheets []sheetRef
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
	large := cap(rd.shared) > 1<<14 || cap(rd.rowBuf) > 1<<13
	rd.partReader.release()
	rd.textReader.release()
	rd.sheetReader.release()
	clear(rd.sheets)
	rd.sheets = rd.sheets[:0]
	if !large { // grown by an unusual file, it is let go
		readers.Put(rd)
	}
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

// workbookElement reads one child of <workbook>.
func (rd *reader) workbookElement() *Refusal {
	s := &rd.scan
	switch {
	case s.is("workbookPr"):
		rd.wb.Date1904 = isTrue(rd.value("date1904"))
	case s.is("sheets"):
		return s.inside(rd.sheetElement)
	case s.is("definedNames"):
		return s.inside(rd.nameElement)
	case s.is("externalReferences"):
		rd.wb.External = true
	}
	return s.skip()
}

func (rd *reader) sheetElement() *Refusal {
	s := &rd.scan
	if !s.is("sheet") {
		return refuse(BadStructure, "something else in the list of sheets")
	}
	if len(rd.sheets) >= rd.lim.Sheets {
		return refuse(TooBig, "sheets")
	}
	state := rd.value("state")
	sheet := sheetRef{hidden: string(state) == "hidden" || string(state) == "veryHidden"}
	sheet.rel = rd.names.bytes(rd.decode(s.refID()))
	var ref *Refusal
	if sheet.name, ref = rd.keep(rd.value("name")); ref != nil {
		return ref
	}
	for _, other := range rd.sheets {
		if strings.EqualFold(other.name, sheet.name) {
			return refuse(Ambiguous, "two sheets of one name")
		}
	}
	rd.sheets = append(rd.sheets, sheet)
	return s.skip()
}

func (rd *reader) nameElement() *Refusal {
	if !rd.scan.is("definedName") {
		return rd.scan.skip()
	}
	if len(rd.wb.Names) >= rd.lim.Names {
		return refuse(TooBig, "names")
	}
	name, ref := rd.keep(rd.value("name"))
	if ref != nil {
		return ref
	}
	if rd.text, ref = rd.content(rd.text[:0]); ref != nil {
		return ref
	}
	refers, ref := rd.keep(rd.text)
	if ref != nil {
		return ref
	}
	rd.wb.Names = append(rd.wb.Names, grid.Name{Name: name, Refers: refers})
	return nil
}

// propertyElement reads one custom property: <property
// name="…"><vt:lpwstr>…</vt:lpwstr></property>. Lists of values are passed over.
func (rd *reader) propertyElement() *Refusal {
	s := &rd.scan
	if s.ns != nsCustom || string(s.name) != "property" {
		return s.skip()
	}
	if len(rd.wb.Properties) >= rd.lim.Properties {
		return refuse(TooBig, "properties")
	}
	name, ref := rd.keep(rd.value("name"))
	if ref != nil {
		return ref
	}
	rd.text = rd.text[:0]
	ref = s.inside(func() (ref *Refusal) {
		if string(s.name) == "vector" || string(s.name) == "array" {
			return s.skip()
		}
		rd.text, ref = rd.content(rd.text)
		return ref
	})
	if ref != nil {
		return ref
	}
	value, ref := rd.keep(rd.text)
	if ref != nil {
		return ref
	}
	rd.wb.Properties = append(rd.wb.Properties, grid.Property{Name: name, Value: value})
	return nil
}
