package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Read reads a workbook as a form. It never fails: what cannot be read is a finding, every row that holds anything is accounted for, and
// every change made on the way is a repair.
func Read(f *form.Form, stamp form.Stamp, w *grid.Workbook, ctx form.Context) *form.Reading {
	r := reader{
		out:    &form.Reading{Form: f, Stamp: stamp, Value: f.New()},
		w:      w,
		ctx:    ctx,
		absent: map[[2]string]bool{},
		at:     locate(f, w, headersOf(w)),
	}
	for _, b := range f.Blocks() {
		at := r.at.blocks[b.Key]
		switch {
		case at == nil:
			r.missing(b)
		case b.Kind == form.CellsBlock:
			r.cells(at)
		default:
			r.table(at)
		}
	}
	if stamp.Form == f.ID && stamp.Version > 0 && stamp.Version < f.Version {
		r.find(finding.OldForm, "", "", "read", stamp.Version, "want", f.Version)
	}
	if w.Macros {
		r.find(finding.HasMacros, "", "", "file", "")
	}
	r.out.Finish(ctx, r.absent)
	return r.out
}

type reader struct {
	out    *form.Reading
	w      *grid.Workbook
	ctx    form.Context
	at     places
	absent map[[2]string]bool
}

func (r *reader) find(code finding.Code, sheet, cell string, pairs ...any) {
	r.out.Findings = append(r.out.Findings, finding.New(code, finding.At{Sheet: sheet, Cell: cell}, pairs...))
}

// missing reports a block that the file lacks, once, and spares the sender the same for each of its fields.
func (r *reader) missing(b *form.Block) {
	decl := r.out.Form.SheetOf(b.Key)
	pairs := []any{"want", decl.Name + " - " + b.Title}
	if b.Clause != "" {
		pairs = append(pairs, "clause", b.Clause)
	}
	r.find(finding.MissingBlock, "", "", pairs...)
	for _, f := range b.Fields {
		r.absent[[2]string{b.Key, f.Key}] = true
	}
}

func (r *reader) parse(f form.Field, sheet string, c grid.Cell, into *form.Value) {
	p := f.Parse(sheet, c, r.w.Date1904, r.ctx)
	*into = p.Value
	r.out.Findings = append(r.out.Findings, p.Findings...)
	r.out.Repairs = append(r.out.Repairs, p.Repairs...)
}

func (r *reader) cells(at *found) {
	for i, f := range at.block.Fields {
		v := f.At(r.out.Value)
		if !at.has(i) {
			r.column(at, f)
			v.At = form.Ref{Sheet: at.sheet.Name}
			continue
		}
		r.parse(f, at.sheet.Name, at.sheet.At(at.rows[i], at.cols[i]), v)
	}
}

// column reports a mandatory label or column that the file lacks.
func (r *reader) column(at *found, f form.Field) {
	r.absent[[2]string{at.block.Key, f.Key}] = true
	if f.Required {
		r.find(finding.MissingBlock, at.sheet.Name, "", "want", f.Title, "clause", f.Clause)
	}
}

func (r *reader) table(at *found) {
	for i, f := range at.block.Fields {
		if !at.has(i) {
			r.column(at, f)
		}
	}
	end := r.end(at)
	hidden, signed := 0, false
	columns := map[int]bool{}
	for _, row := range at.sheet.Rows {
		if row.Num <= at.header || (end > 0 && row.Num >= end) {
			continue
		}
		kind := r.classify(at, row, signed)
		switch kind {
		case blankRow:
			continue
		case dataRow:
			r.row(at, row)
			r.beside(at, row, columns)
			if row.Hidden {
				hidden++
			}
		default:
			signed = signed || kind == signatureRow
			r.out.Ignored = append(r.out.Ignored, form.Ignored{Sheet: at.sheet.Name, Row: row.Num, Reason: string(kind), Text: firstText(row)})
			if kind == outsideRow {
				r.find(finding.OutsideTable, at.sheet.Name, firstCell(row), "read", firstText(row), "want", at.block.Title)
			}
		}
	}
	if hidden > 0 {
		r.find(finding.HiddenRows, at.sheet.Name, "", "read", hidden)
	}
}

// beside reports, once a column, what stands in a row of data under no header of the form: a column somebody added. Helper formulas that
// fail are nothing anybody wrote.
func (r *reader) beside(at *found, row grid.Row, told map[int]bool) {
	for _, c := range row.Cells {
		if c.Kind == grid.Blank || c.Kind == grid.Error || viet.CleanSpaces(c.Text) == "" || at.fieldAt(c.Col) >= 0 || c.Col == at.numberColumn() || told[c.Col] {
			continue
		}
		told[c.Col] = true
		r.find(finding.OutsideTable, at.sheet.Name, c.Ref(), "read", viet.CleanSpaces(c.Text), "want", at.block.Title)
	}
}

// end is the first row that belongs to another block below on the same sheet, 0 when there is none. Block titles stand directly above.
func (r *reader) end(at *found) int {
	end := 0
	for _, o := range r.at.blocks {
		if o != at && o.sheet == at.sheet && o.top > at.header && (end == 0 || o.top < end) {
			end = o.top
		}
	}
	return end
}

func (r *reader) row(at *found, row grid.Row) {
	rec := at.block.Append(r.out.Value)
	for i, f := range at.block.Fields {
		v := f.At(rec)
		if !at.has(i) {
			v.At = form.Ref{Sheet: at.sheet.Name, Cell: grid.Ref(1, row.Num)}
			continue
		}
		c := row.At(at.cols[i])
		if c.Kind == grid.Blank && !c.NoCache {
			if above, ok := merged(at, row.Num, at.cols[i]); ok { // one cell spans the rows of a group
				above.Row, above.Col = row.Num, at.cols[i]
				r.out.Repairs = append(r.out.Repairs, form.Repair{Sheet: at.sheet.Name, Cell: c.Ref(), Was: "", Now: above.Text, Rule: "merged"})
				c = above
			}
		}
		r.parse(f, at.sheet.Name, c, v)
	}
}

// merged returns the value of a range that covers a cell from a data row above.
func merged(at *found, row, col int) (grid.Cell, bool) {
	for _, m := range at.sheet.Merges {
		if m.Col1 <= col && col <= m.Col2 && m.Row1 < row && row <= m.Row2 && m.Row1 > at.header {
			c := at.sheet.At(m.Row1, m.Col1)
			return c, c.Kind != grid.Blank
		}
	}
	return grid.Cell{}, false
}

// rowKind says what a row of a table is. The ignored kinds are the reasons told to the sender.
//
//wording:composed form.ignored.
type rowKind string

const (
	blankRow     rowKind = ""
	dataRow      rowKind = "data"
	sectionRow   rowKind = "section"
	totalRow     rowKind = "total"
	noteRow      rowKind = "note"
	signatureRow rowKind = "signature"
	numbersRow   rowKind = "numbers"
	errorRow     rowKind = "errors"
	outsideRow   rowKind = "outside"
)

var (
	sectionMark = regexp.MustCompile(`^(?:[A-H]|[IVX]{1,4})[.)]?$`)
	columnMark  = regexp.MustCompile(`^\(?\d{1,2}\)?$`)
	totalText   = regexp.MustCompile(`^(tong cong|tong so|tong|cong)[ :.]*(\([^)]*\))?[ :\d.,]*$`)
	noteText    = regexp.MustCompile(`^(\(\*\)|\*|ghi chu ?:|luu y ?:)`)
	signText    = regexp.MustCompile(`(^nguoi lap bieu|^thu truong don vi|ky ten|dong dau|^tm\.|^kt\.|, ?ngay ?(\.+|…+|\d{1,2}) ?thang)`)
)

// classify tells data rows from everything else people leave in a table. What is not certainly something else is data: a row is never
// dropped because it looks odd.
func (r *reader) classify(at *found, row grid.Row, signed bool) rowKind {
	var known, filled, errs, numbers int
	var texts []grid.Cell
	outside := false
	for _, c := range row.Cells {
		if c.Kind == grid.Blank && !c.NoCache || (c.Kind == grid.Text && strings.TrimSpace(viet.CleanSpaces(c.Text)) == "") {
			continue
		}
		i := at.fieldAt(c.Col)
		if i < 0 && c.Col == at.numberColumn() {
			if c.Kind == grid.Text && sectionMark.MatchString(strings.TrimSpace(c.Text)) {
				texts = append(texts, c)
			}
			continue
		}
		if i < 0 {
			outside = true
			if c.Kind == grid.Text {
				texts = append(texts, c)
			}
			continue
		}
		known++
		switch {
		case c.Kind == grid.Error:
			errs++
		case columnMark.MatchString(strings.TrimSpace(c.Text)):
			numbers++
		}
		if !at.block.Fields[i].Preset {
			filled++
		}
		if c.Kind == grid.Text {
			texts = append(texts, c)
		}
	}
	first := ""
	if len(texts) > 0 {
		first = viet.Bare(texts[0].Text)
	}
	few := known <= 2
	switch {
	case known == 0 && !outside && len(texts) == 0:
		return blankRow
	case known > 2 && known == numbers && row.Num == at.header+1 && consecutive(at, row):
		return numbersRow
	case known > 0 && known == errs && filled == known:
		return errorRow
	case printed(texts) && known <= len(texts):
		return blankRow
	case len(texts) > 0 && sectionMark.MatchString(strings.TrimSpace(texts[0].Text)) && few:
		return sectionRow
	case totalText.MatchString(first) && (few || known == numericCells(at, row)+1):
		return totalRow
	case few && noteText.MatchString(first):
		return noteRow
	case few && (signed || anyMatch(texts, signText)):
		return signatureRow
	case filled == 0 && !outside: // only what we filled in ourselves
		return blankRow
	case filled == 0:
		return outsideRow
	case known == 1 && filled == 1 && spansTable(at, row.Num):
		return sectionRow
	}
	return dataRow
}

// printed reports whether a row holds only the signature lines that the blank workbook itself prints under a table.
func printed(texts []grid.Cell) bool {
	for _, c := range texts {
		if c.Text != wording.Text("form.sign.preparer") && c.Text != wording.Text("form.sign.head") && c.Text != wording.Text("form.sign.note") {
			return false
		}
	}
	return len(texts) > 0
}

// fieldAt returns the field of a column, or -1.
func (f *found) fieldAt(col int) int {
	for i, c := range f.cols {
		if c == col {
			return i
		}
	}
	return -1
}

// numberColumn is the column of the running number: directly before the first field.
func (f *found) numberColumn() int {
	first := 0
	for _, c := range f.cols {
		if c > 0 && (first == 0 || c < first) {
			first = c
		}
	}
	return first - 1
}

func numericCells(at *found, row grid.Row) int {
	n := 0
	for _, c := range row.Cells {
		if at.fieldAt(c.Col) >= 0 && (c.Kind == grid.Number || c.Kind == grid.Text && columnNumber(c.Text)) {
			n++
		}
	}
	return n
}

func columnNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return err == nil
}

// consecutive reports whether a row numbers the columns: (1) (2) (3) …
func consecutive(at *found, row grid.Row) bool {
	last := 0
	for _, c := range row.Cells {
		if at.fieldAt(c.Col) < 0 {
			continue
		}
		n, err := strconv.Atoi(strings.Trim(strings.TrimSpace(c.Text), "()"))
		if err != nil || (last > 0 && n != last+1) {
			return false
		}
		last = n
	}
	return last > 0
}

func anyMatch(cells []grid.Cell, re *regexp.Regexp) bool {
	for _, c := range cells {
		if re.MatchString(viet.Bare(c.Text)) {
			return true
		}
	}
	return false
}

// spansTable reports whether a merged cell of the row covers at least three of the table's columns, as headings inside a table do.
func spansTable(at *found, row int) bool {
	for _, m := range at.sheet.Merges {
		if m.Row1 <= row && row <= m.Row2 && m.Col2-m.Col1 >= 2 {
			return true
		}
	}
	return false
}

// firstText is how a row begins: its texts from the left, cut at 80 characters.
func firstText(row grid.Row) string {
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

func firstCell(row grid.Row) string {
	for _, c := range row.Cells {
		if c.Text != "" {
			return c.Ref()
		}
	}
	return grid.Ref(1, row.Num)
}
