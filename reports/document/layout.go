package document

// The page of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I: A4 and its margins, in millimetres. The
// decree allows 20–25 above and below, 30–35 on the left and 15–20 on the right.
const (
	PaperShort   = 210.0
	PaperLong    = 297.0
	MarginTop    = 20.0
	MarginBottom = 20.0
	MarginLeft   = 30.0
	MarginRight  = 15.0
	FirstIndent  = 12.7 // of a paragraph's first line; the decree allows 10 or 12.7
)

// Sizes of type in points, within the ranges of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục IV.
const (
	SizeCountry    = 12.0 // quốc hiệu, cơ quan ban hành
	SizeMotto      = 13.0 // tiêu ngữ, số và ký hiệu, địa danh và thời gian
	SizeSubject    = 12.0 // trích yếu of an official letter
	SizeBody       = 14.0 // body, titles, headings, signatures
	SizePage       = 13.0 // page number
	SizeTable      = 12.0 // table text is not fixed by the decree
	SizeWideTable  = 11.0 // of a table with many columns
	SizeDenseTable = 9.5  // of a long list
	SizeRecipients = 12.0 // "Nơi nhận:"
	SizeRecipient  = 11.0 // its lines
	SizeNote       = 11.0
	SizeFooter     = 8.0
)

// Size is the paper's width and height in millimetres.
func (o Orientation) Size() (width, height float64) {
	if o == Landscape {
		return PaperLong, PaperShort
	}
	return PaperShort, PaperLong
}

// TextWidth is the width between the margins: 165 mm upright, 252 mm across.
func (o Orientation) TextWidth() float64 {
	width, _ := o.Size()
	return width - MarginLeft - MarginRight
}

// TextSize is the size of the table's type in points on that paper: smaller when the columns are
// narrow, smallest in a long list.
func (t Table) TextSize(o Orientation) float64 {
	if t.Dense {
		return SizeDenseTable
	}
	if o.TextWidth()/float64(max(len(t.Columns), 1)) < 22 {
		return SizeWideTable
	}
	return SizeTable
}
