package reader

import (
	"cmp"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

// table reads the rows of a block at one of its places.
type table struct {
	*reader
	at   *location
	seen map[string]bool // the words of the records before a further part of a list; nil in the first
	told map[int]bool    // columns beside the headers of which the sender has been told
	last any             // the record before, for what is said to be the same
}

func (t *table) read() {
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
		if !t.at.has(i) && !(t.at.bySex() >= 0 && sexes(f)) {
			t.reportLacking(t.at, f)
		}
	}
	t.readRows()
	for _, part := range t.places.more {
		if part.block == t.at.block {
			t.readPart(part)
		}
	}
}

// readPart reads a further table with the headers of a block, such as a copied sheet. What it
// repeats word for word is ignored and said; a hidden sheet is not read at all and that is said
// too.
func (t *table) readPart(part *location) {
	if t.seen == nil {
		t.seen = map[string]bool{}
		for i := range t.at.block.Len(t.out.Value) {
			t.seen[t.at.block.Words(t.out.Value, i)] = true
		}
	}
	if part.sheet.Hidden && !t.at.sheet.Hidden {
		told := len(t.out.Findings)
		// and nothing stands where it would be read
		if t.unread(part.sheet); len(t.seen) == 0 && len(t.out.Findings) > told {
			t.out.Findings[told].Level = finding.Should
		}
		return
	}
	before := t.at.block.Len(t.out.Value)
	(&table{reader: t.reader, at: part, seen: t.seen}).readRows()
	if n := t.at.block.Len(t.out.Value) - before; n > 0 {
		t.find(finding.FurtherTable, part.sheet.Name, "", "read", n, "want", t.at.block.Title)
	}
}

// readRows reads the rows under the headers of one table. Rows whose words were seen are ignored as
// repeated.
func (t *table) readRows() {
	end := t.end()
	hidden, signed := 0, false
	t.reportSideTable()
	var failed failures
	room := t.at.countFilled(end)
	for i := range t.at.sheet.Rows {
		row := &t.at.sheet.Rows[i]
		if row.Num <= t.at.header || (end > 0 && row.Num >= end) {
			continue
		}
		kind := t.rows.classify(t.at, row, signed)
		if kind == dataRow && t.sample(row) {
			continue
		}
		if kind == dataRow && t.at.block.Len(t.out.Value) >= mostRows {
			kind = surplusRow
		}
		if kind == dataRow && room > 0 {
			t.at.block.Grow(t.out.Value, room)
			room = 0
		}
		if kind == dataRow && t.readRow(row) {
			t.reportBeside(row)
			if row.Hidden {
				hidden++
			}
			continue
		}
		switch kind {
		case blankRow:
			continue
		case dataRow:
			kind = repeatedRow
		case surplusRow:
			t.surplus[t.at.block.Key]++
		case errorRow:
			failed.add(t.at, row)
		}
		signed = signed || kind == signatureRow
		t.out.Ignored = append(t.out.Ignored, form.Ignored{Sheet: t.at.sheet.Name, Row: row.Num, Reason: string(kind),
			Text: viet.Quote(firstText(row))})
		// a column of formulas once
		if c := t.at.outside(row); kind == outsideRow && c != nil && !(c.Formula && t.told[c.Col]) {
			if c.Formula {
				t.tell(c.Col)
			}
			t.find(finding.OutsideTable, t.at.sheet.Name, c.Ref(), "read",
				cmp.Or(viet.CleanSpaces(c.Text), firstText(row)), "want", t.at.block.Title)
		}
	}
	if failed.rows > 0 {
		t.find(finding.FailedRows, t.at.sheet.Name, failed.first.Ref(), "read", failed.rows, "want", t.at.block.Title,
			"name", failed.first.Text)
	}
	if hidden > 0 {
		t.find(finding.HiddenRows, t.at.sheet.Name, "", "read", hidden)
	}
}

// countFilled counts the rows under the headers, up to the row end, with anything under a header:
// as many records there will be about.
func (f *location) countFilled(end int) int {
	n := 0
	for i := range f.sheet.Rows {
		row := &f.sheet.Rows[i]
		if row.Num <= f.header || end > 0 && row.Num >= end {
			continue
		}
		for k := range row.Cells {
			if row.Cells[k].Kind != grid.Blank && f.fieldAt(row.Cells[k].Col) >= 0 {
				n++
				break
			}
		}
	}
	return min(n, mostRows)
}

// reportBeside reports, once a column, what stands in a row of data under no header of the form: a
// column somebody added. Helper formulas that fail are nothing anybody wrote.
func (t *table) reportBeside(row *grid.Row) {
	for k := range row.Cells {
		c := &row.Cells[k]
		if t.at.fieldAt(c.Col) >= 0 || c.Kind == grid.Blank || c.Kind == grid.Error || viet.Blank(c.Text) ||
			t.at.numbers(c) || t.told[c.Col] || isMark(c) || t.counts(c) || isSignatures([]*grid.Cell{c}) {
			continue
		}
		t.tell(c.Col)
		read := viet.CleanSpaces(c.Text)
		if title := viet.CleanSpaces(t.at.sheet.At(t.at.header, c.Col).Text); title != "" && c.Row > t.at.header {
			read = title + ": " + read
		}
		t.find(finding.OutsideTable, t.at.sheet.Name, c.Ref(), "read", read, "want", t.at.block.Title)
	}
}

// tell remembers that the sender has been told of a column. Few tables have one.
func (t *table) tell(col int) {
	if t.told == nil {
		t.told = map[int]bool{}
	}
	t.told[col] = true
}

// counts reports whether a cell is a running number in a column of its own that somebody added.
func (t *table) counts(c *grid.Cell) bool {
	title := t.places.heads.key(t.at.sheet.At(t.at.header, c.Col).Text)
	return (title == "tt" || title == "stt" || strings.HasPrefix(title, "tt ") || strings.HasPrefix(title, "stt ") ||
		strings.HasPrefix(title, "so thu tu")) &&
		runningNumber().MatchString(viet.CleanSpaces(c.Text))
}

// end is the first row that belongs to another block below on the same sheet, 0 when there is none.
// Block titles stand directly above.
func (t *table) end() int {
	end := 0
	below := func(o *location) {
		if o != t.at && o.sheet == t.at.sheet && o.top > t.at.header && (end == 0 || o.top < end) {
			end = o.top
		}
	}
	for _, o := range t.places.blocks {
		below(o)
	}
	for _, o := range t.places.more {
		below(o)
	}
	return end
}

// readRow reads a row of data into a new record; false when the same record is seen already.
func (t *table) readRow(row *grid.Row) bool {
	rec := t.at.block.Append(t.out.Value)
	findings, repairs := len(t.out.Findings), len(t.out.Repairs)
	sex := ""
	var struck grid.Cell // once a row, at the name where it is struck
	var of *form.Field
	for i := range t.at.block.Fields {
		f := &t.at.block.Fields[i]
		v := f.At(rec)
		if !t.at.has(i) {
			v.At = form.Ref{Sheet: t.at.sheet.Name, Cell: grid.Ref(1, row.Num)}
			continue
		}
		c, found := t.cell(row, i)
		if found != "" {
			sex = found
		}
		if t.last != nil && c.Kind == grid.Text && t.ditto(f, &c, v) {
			v.At = form.Ref{Sheet: t.at.sheet.Name, Cell: c.Ref()}
			continue
		}
		t.parser.Parse(f, t.at.sheet.Name, &c, v)
		if isStruck(&c) && (of == nil || f.Person && !of.Person) {
			struck, of = c, f
		}
	}
	if sex != "" {
		t.sex(rec, row.Num, sex)
	}
	if of != nil {
		t.struck(of, &struck, of.At(rec))
	}
	if t.last != nil {
		t.reportContinued(rec)
	}
	if t.isSampleCopy(rec) {
		t.find(finding.SampleCopied, t.at.sheet.Name, grid.Ref(t.at.cols[0], row.Num), "read", firstText(row))
	}
	if t.seen != nil {
		words := t.at.block.Words(t.out.Value, t.at.block.Len(t.out.Value)-1)
		if t.seen[words] {
			t.at.block.Drop(t.out.Value)
			t.out.Findings, t.out.Repairs = t.out.Findings[:findings], t.out.Repairs[:repairs]
			return false
		}
		t.seen[words] = true
	}
	t.last = rec
	return true
}
