package ooxml

import (
	"bytes"
	"slices"
	"strings"

	"thidua/templates/grid"
)

// beyondBytes is how much may be inflated to learn what a workbook holds beside its cells.
const beyondBytes = 4 << 20

// mostBeyond bounds the notes, the texts of drawings and the hidden columns of one sheet.
const mostBeyond = 1_000

// drawnSheet is a sheet that refers to drawings or notes: its place in the workbook and its part.
type drawnSheet struct {
	sheet int
	part  string
}

// readBeyond reads the notes and drawings of the sheets that have any. Nobody's values stand in
// them, so they never make a file unreadable: what cannot be read is counted as a picture, and is
// thereby told.
func (rd *reader) readBeyond() {
	left := rd.left
	rd.left = min(left, beyondBytes)
	start := rd.left
	beside := besideReader{&rd.textReader}
	for _, b := range rd.besides {
		sheet := &rd.wb.Sheets[b.sheet]
		if ref := beside.read(b.part, sheet); ref != nil {
			sheet.Pictures++
		}
	}
	rd.left = left - (start - rd.left)
}

// besideReader reads what stands on a sheet beside its cells.
type besideReader struct{ *textReader }

func (rd besideReader) read(part string, sheet *grid.Sheet) *Refusal {
	if ref := rd.relations(part); ref != nil {
		return ref
	}
	notes, drawing := rd.relatedPart("comments"), rd.relatedPart("drawing")
	if notes != "" {
		if ref := rd.notes(notes, sheet); ref != nil {
			return ref
		}
	}
	if drawing != "" {
		return rd.drawing(drawing, sheet)
	}
	return nil
}

// notes reads the part of a sheet's notes. A note's text is put together as that of a cell.
func (rd besideReader) notes(name string, sheet *grid.Sheet) *Refusal {
	s := &rd.scan
	return rd.each(name, "comments", nsSheet, func() *Refusal {
		if !s.is("commentList") {
			return s.skip()
		}
		return s.inside(func() *Refusal {
			col, row, ok := parseRef(rd.value("ref"))
			if !s.is("comment") || !ok || len(sheet.Notes) >= mostBeyond {
				return s.skip()
			}
			return s.inside(func() (ref *Refusal) {
				if !s.is("text") {
					return s.skip()
				}
				if rd.text, _, ref = rd.richText(rd.text[:0]); ref != nil {
					return ref
				}
				text, ref := rd.keep(unescape(rd.text))
				if ref == nil {
					sheet.Notes = append(sheet.Notes, grid.Note{Row: row, Col: col, Text: text})
				}
				return ref
			})
		})
	})
}

// drawing reads what people see written in the shapes of a sheet, and counts its pictures. Shapes
// are told by the local names of DrawingML, whichever of its namespaces a producer uses.
func (rd besideReader) drawing(name string, sheet *grid.Sheet) *Refusal {
	if ref := rd.openPart(name); ref != nil {
		return ref
	}
	s := &rd.scan
	var box []byte
	keep := func() *Refusal {
		if words := bytes.TrimSpace(box); len(words) > 0 && len(sheet.Boxes) < mostBeyond {
			text, ref := rd.keep(words)
			if ref != nil {
				return ref
			}
			sheet.Boxes = append(sheet.Boxes, text)
		}
		box = box[:0]
		return nil
	}
	for depth := 0; ; {
		switch s.next() {
		case tokBad:
			return s.ref
		case tokEnd:
			if depth--; depth == 0 {
				if ref := keep(); ref != nil {
					return ref
				}
				s.next() // must be the end of the part
				return s.ref
			}
		case tokStart:
			var ref *Refusal
			switch string(s.name) {
			case "Fallback": // the same again, for programs that do not know better
				ref = s.skip()
			case "t":
				box, ref = rd.content(box)
			case "p":
				depth, box = depth+1, append(box, ' ')
			case "sp":
				depth, ref = depth+1, keep()
			case "pic":
				depth++
				sheet.Pictures++
			default:
				depth++
			}
			if ref != nil {
				return ref
			}
		}
	}
}

// column reads one <col min="2" max="4" hidden="1"/>.
func (rd *sheetReader) column(sheet *grid.Sheet) *Refusal {
	s := &rd.scan
	if s.is("col") && isTrue(rd.value("hidden")) && len(sheet.HiddenColumns) < mostBeyond {
		from, ok1 := number(rd.value("min"))
		to, ok2 := number(rd.value("max"))
		if ok1 && ok2 && from >= 1 && from <= to {
			sheet.HiddenColumns = append(sheet.HiddenColumns, grid.Columns{From: from, To: min(to, lastColumn)})
		}
	}
	return s.skip()
}

// refers notes that the sheet being read, whose part is name, refers to drawings or notes.
func (rd *sheetReader) refers(name string) {
	at := len(rd.wb.Sheets) - 1
	if !slices.ContainsFunc(rd.besides, func(b drawnSheet) bool { return b.sheet == at }) {
		rd.besides = append(rd.besides, drawnSheet{at, strings.Clone(name)})
	}
}
