package reader

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// mostRows is how many rows of data one table may hold: more than any unit has people, few enough
// to answer at once.
const mostRows = 2_000

// rowKind says what a row of a table is. The ignored kinds are the reasons told to the sender.
//
//wording:composed form.ignored.
type rowKind string

const (
	blankRow     rowKind = ""
	dataRow      rowKind = "data"
	headerRow    rowKind = "header"
	sectionRow   rowKind = "section"
	totalRow     rowKind = "total"
	noteRow      rowKind = "note"
	signatureRow rowKind = "signature"
	numbersRow   rowKind = "numbers"
	errorRow     rowKind = "errors"
	outsideRow   rowKind = "outside"
	repeatedRow  rowKind = "repeated"
	surplusRow   rowKind = "surplus"
)

// lazily compiles an expression when it is first asked for: most commands read no workbook.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var (
	sectionMark = lazily(`^(?:[A-H]|[IVX]{1,4})[.)/:\-]?$`)
	sectionText = lazily(`^(?:(?:[A-H]|[IVX]{1,4})\s*[.)/:\-]|(?:Phần|Mục|Khối|PHẦN|MỤC|KHỐI)\s)\s*\S`)
	columnMark  = lazily(`^\(?(?:\d{1,2}|[A-Ha-h])(?: ?= ?[\d+\-:/x*() ]+%?)?\)?$`)
	totalText   = lazily(`^(tong cong|tong so|tong|cong|cong tong)( (chung|muc|phan` +
		`|khoi)?[ a-hivx+&,\d()]{0,12})?[ :.]*(\([^)]*\))?[ :\d.,]*(nguoi|tap the|ca nhan|dong)?[ .]*(/\.)?$`)
	noteText = lazily(`^\(?(\(\*+\)|\*|ghi chu ?:|luu y ?:|danh sach (nay |tren )?(gom|co|duoc)\b|an dinh` +
		`|tong hop danh sach|noi nhan ?:|(con |xem )?tiep (theo )?(o )?(trang|sau)\b)`)
	signText = lazily(`(^nguoi lap( bieu| bang)?$|^nguoi lap bieu|^thu truong( don vi)?$|^thu truong don vi` +
		`|ky ten|dong dau|^\(?ky, |ky, ghi ro ho ten|^(tm|kt|tl|tuq|q)\. ?[a-z]|, ?ngay ?(\.+|…+|\d{1,2})? ?thang)`)
)

// shape is what a row holds, counted.
type shape struct {
	known   int // cells under headers of the form
	filled  int // of those, cells that we do not fill in ourselves
	errs    int // of the known, formulas that failed
	beside  int // formulas that failed beside the columns of the form
	numbers int // of the known, such as "1", "(1)" or "A"
	titles  int // of the known, repeating the header above
	texts   []*grid.Cell
	fillers int  // of the filled, dashes, words for nothing, formulas that gave nothing
	outside bool // something stands beside the columns of the form
}

// classifier tells what the rows of tables are. It keeps the room it needs from row to row.
type classifier struct {
	texts []*grid.Cell // of one row
	buf   []byte       // a text being made comparable
}

func (cl *classifier) shape(at *location, row *grid.Row) (s shape) {
	s.texts = cl.texts
	for k := range row.Cells {
		c := &row.Cells[k]
		if c.Kind == grid.Blank && !c.NoCache || (c.Kind == grid.Text && viet.Blank(c.Text)) {
			continue
		}
		i := at.fieldAt(c.Col)
		if i < 0 && at.numbers(c) {
			if c.Kind == grid.Text && sectionMark().MatchString(strings.TrimSpace(c.Text)) {
				s.texts = append(s.texts, c)
			}
			continue
		}
		if c.Kind == grid.Text {
			s.texts = append(s.texts, c)
		}
		if i < 0 {
			if c.Kind == grid.Error || c.NoCache { // a helper formula that found nothing, or was never computed
				s.beside++
			} else {
				s.outside = true
			}
			continue
		}
		s.known++
		switch {
		case c.Kind == grid.Error:
			s.errs++
		case marksColumn(strings.TrimSpace(c.Text)):
			s.numbers++
		case c.Kind == grid.Text && s.titles == s.known-1 && cl.isTitle(at.keys[i], c.Text):
			s.titles++
		}
		if !at.block.Fields[i].Preset {
			if s.filled++; form.Fills(c) {
				s.fillers++
			}
		}
	}
	return s
}

// isTitle reports whether a text may be the header of a field with this title.
func (cl *classifier) isTitle(title, text string) bool {
	cl.buf = viet.AppendFold(cl.buf[:0], text)
	return names(title, string(cl.buf))
}

// marksColumn reports whether a text is the number or letter of a column. Most texts are told by
// how they begin.
func marksColumn(s string) bool {
	i := 0
	if i < len(s) && s[i] == '(' {
		i++
	}
	switch {
	case i == len(s):
		return false
	case s[i] >= '0' && s[i] <= '9':
		i++
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
	case s[i]|0x20 >= 'a' && s[i]|0x20 <= 'h':
		i++
	default:
		return false
	}
	if i == len(s) {
		return true
	}
	switch s[i] {
	case ' ', '=', ')':
		return columnMark().MatchString(s)
	}
	return false
}

// classify tells data rows from everything else people leave in a table. What is not certainly
// something else is data: a row is never dropped because it looks odd.
func (cl *classifier) classify(at *location, row *grid.Row, signed bool) rowKind {
	s := cl.shape(at, row)
	cl.texts = s.texts[:0]
	typed, first := "", cl.buf[:0] // first holds until the next text is made comparable
	few := s.known <= 2
	sparse := few || s.known <= numericCells(at, row)+1 // little beside numbers
	if len(s.texts) > 0 {
		typed = viet.CleanSpaces(s.texts[0].Text)
		if sparse {
			first = viet.AppendBare(first, typed)
			cl.buf = first
		}
	}
	number := len(s.texts) > 0 && s.texts[0].Col == at.numberColumn()
	switch {
	case s.known == 0 && !s.outside && len(s.texts) == 0 && s.beside == 0:
		return blankRow
	case s.known == 0 && !s.outside && len(s.texts) == 0:
		return errorRow
	case s.known > 2 && s.known == s.numbers && consecutive(at, row):
		return numbersRow
	case s.titles > 1 && s.titles == s.known:
		return headerRow
	case s.known > 0 && s.known == s.errs && s.filled == s.known:
		return errorRow
	case s.known > 0 && s.fillers == s.filled && s.filled > 0 && !s.outside:
		return blankRow
	case isSignatures(s.texts) && s.known <= len(s.texts):
		return blankRow
	case len(s.texts) > 0 && sparse && (few || number) && sectionMark().MatchString(typed):
		return sectionRow
	case sparse && totalText().Match(first):
		return totalRow
	case few && noteText().Match(first):
		return noteRow
	case few && (signed || cl.anyMatch(s.texts, signText())):
		return signatureRow
	case s.known <= 1 && len(s.texts) == 1 && sectionText().MatchString(typed):
		return sectionRow
	case s.filled == 0 && !s.outside && s.beside == 0: // only what we filled in ourselves
		return blankRow
	case s.filled == 0 && !s.outside:
		return errorRow
	case s.filled == 0:
		return outsideRow
	case s.known == 1 && s.filled == 1 && spansTable(at, row.Num):
		return sectionRow
	}
	return dataRow
}

var signatureLines = sync.OnceValue(func() []string {
	return []string{wording.Text("form.sign.preparer"), wording.Text("form.sign.head"), wording.Text("form.sign.note")}
})

// isSignatures reports whether a row holds only the signature lines that the blank workbook itself
// prints under a table.
func isSignatures(texts []*grid.Cell) bool {
	lines := signatureLines()
	for i := range texts {
		if !slices.Contains(lines, texts[i].Text) {
			return false
		}
	}
	return len(texts) > 0
}

// index prepares fieldAt and numberColumn, when the columns of the fields are settled.
func (f *location) index() {
	if f.block.Kind == form.CellsBlock {
		return
	}
	last, first := 0, 0
	for i, c := range f.cols {
		last = max(last, c, f.spans[i].to)
		if f.spans[i].how == bySex {
			c = min(c, f.spans[i].to)
		}
		if c > 0 && (first == 0 || c < first) {
			first = c
		}
	}
	f.number = first - 1
	f.fields = make([]int, last+1)
	for col := range f.fields {
		for i, c := range f.cols {
			if c > 0 && (c == col || f.spans[i].how != single && between(col, c, f.spans[i].to)) {
				f.fields[col] = i + 1
				break
			}
		}
	}
}

// fieldAt returns the field of a column, or -1.
func (f *location) fieldAt(col int) int {
	if col < 0 || col >= len(f.fields) {
		return -1
	}
	return f.fields[col] - 1
}

// numberColumn is the column of the running number: directly before the first field.
func (f *location) numberColumn() int { return f.number }

var runningNumber = lazily(`^(?:\d{1,5}|[A-H]|[IVX]{1,4})[.)]?(?:\d{1,3}[.)]?)?$`)

// numbers reports whether a cell holds a row's running number, which says nothing: something else
// in that column is somebody's words.
func (f *location) numbers(c *grid.Cell) bool {
	if c.Col != f.numberColumn() {
		return false
	}
	return c.Kind != grid.Text || runningNumber().MatchString(viet.CleanSpaces(c.Text))
}

func numericCells(at *location, row *grid.Row) int {
	n := 0
	for k := range row.Cells {
		c := &row.Cells[k]
		if at.fieldAt(c.Col) >= 0 && (c.Kind == grid.Number || c.Kind == grid.Text && columnNumber(c.Text)) {
			n++
		}
	}
	return n
}

// columnNumber reports whether a text is a number as strconv reads it, at first look where it is
// none: an error would cost more.
func columnNumber(s string) bool {
	s = strings.TrimSpace(s)
	for i := range len(s) {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if i == 0 && letter && c|0x20 != 'i' && c|0x20 != 'n' { // neither infinity nor NaN
			return false
		}
		if !letter && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// consecutive reports whether a row numbers the columns: (1) (2) (3) …, or A B 1 2 3 …
func consecutive(at *location, row *grid.Row) bool {
	last, letter := 0, byte(0)
	for k := range row.Cells {
		c := &row.Cells[k]
		if at.fieldAt(c.Col) < 0 || c.Kind == grid.Blank {
			continue
		}
		s := strings.Trim(viet.CleanSpaces(c.Text), "() ")
		if len(s) == 1 && s[0]&^0x20 >= 'A' && s[0]&^0x20 <= 'H' && last == 0 {
			if l := s[0] &^ 0x20; letter != 0 && l != letter+1 {
				return false
			}
			letter = s[0] &^ 0x20
			continue
		}
		s, _, _ = strings.Cut(s, "=")
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || last > 0 && n != last+1 || last == 0 && letter != 0 && n != 1 {
			return false
		}
		last = n
	}
	return last > 0
}

func (cl *classifier) anyCell(row *grid.Row, re *regexp.Regexp) bool {
	return slices.ContainsFunc(row.Cells, func(c grid.Cell) bool { return cl.matches(c.Text, re) })
}

func (cl *classifier) anyMatch(cells []*grid.Cell, re *regexp.Regexp) bool {
	return slices.ContainsFunc(cells, func(c *grid.Cell) bool { return cl.matches(c.Text, re) })
}

// matches reports whether a text, bare, is matched.
func (cl *classifier) matches(text string, re *regexp.Regexp) bool {
	cl.buf = viet.AppendBare(cl.buf[:0], text)
	return re.Match(cl.buf)
}

// repeats reports whether a text is a mark for "the same as above".
func (cl *classifier) repeats(text string) bool {
	cl.buf = viet.AppendBare(cl.buf[:0], text)
	return ditto[string(slices.DeleteFunc(cl.buf, func(b byte) bool { return b == ' ' }))]
}

// spansTable reports whether a merged cell of the row covers at least three of the table's columns,
// as headings inside a table do.
func spansTable(at *location, row int) bool {
	for _, m := range at.sheet.Merges {
		if m.Row1 <= row && row <= m.Row2 && m.Col2-m.Col1 >= 2 {
			return true
		}
	}
	return false
}

// firstText is how a row begins: its texts from the left, cut at 80 characters.
func firstText(row *grid.Row) string {
	var texts []string
	for _, c := range row.Cells {
		if s := viet.CleanSpaces(c.Text); s != "" && c.Kind == grid.Text {
			texts = append(texts, s)
		}
	}
	if s := []rune(strings.Join(texts, " ")); len(s) > 80 {
		return string(s[:79]) + "…"
	} else if len(s) > 0 {
		return string(s)
	}
	for _, c := range row.Cells {
		if c.Text != "" {
			return c.Text
		}
	}
	return ""
}

// outside is the first cell of a row that stands under no header and is no running number.
func (f *location) outside(row *grid.Row) *grid.Cell {
	for k := range row.Cells {
		c := &row.Cells[k]
		if f.fieldAt(c.Col) < 0 && !f.numbers(c) && c.Kind != grid.Blank && c.Kind != grid.Error &&
			!viet.Blank(c.Text) {
			return c
		}
	}
	return nil
}
