package xlsx

import (
	"cmp"
	"slices"
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
	f = ctx.Fitted(f)
	return read(f, stamp, w, find(f, w, func() *heads { return headersOf(w) }), nil, ctx)
}

func read(f *form.Form, stamp form.Stamp, w *grid.Workbook, at places, others []stranger, ctx form.Context) *form.Reading {
	r := reader{
		out:    &form.Reading{Form: f, Stamp: stamp, Value: f.New()},
		w:      w,
		ctx:    ctx,
		absent: map[[2]string]bool{}, surplus: map[string]int{}, mentions: map[*grid.Sheet]bool{},
		at: at,
	}
	r.parser = form.NewParser(r.out, w.Date1904, ctx)
	r.reportOtherForms(others)
	for _, b := range f.Blocks() {
		at := r.at.blocks[b.Key]
		switch {
		case at == nil:
			r.reportMissing(b)
		case b.Kind == form.CellsBlock:
			r.cells(at)
		default:
			r.table(at)
		}
	}
	r.reportTwice()
	r.strange()
	for _, b := range f.Blocks() {
		if n := r.surplus[b.Key]; n > 0 {
			r.find(finding.TooManyRows, r.at.blocks[b.Key].sheet.Name, "", "read", mostRows+n, "want", mostRows)
		}
	}
	if stamp.Form == f.ID && stamp.Version > 0 && stamp.Version < f.Version {
		r.find(finding.OldForm, "", "", "read", stamp.Version, "want", f.Version)
	}
	if w.Macros {
		r.find(finding.HasMacros, "", "", "file", "")
	}
	r.out.Finish(ctx, r.absent)
	r.bound()
	return r.out
}

// What one answer holds at most. Nobody can act on more at once, and a file made to be wrong everywhere must not take the time of others.
const (
	mostFindings = 1_000
	mostRepairs  = 3_000
)

// bound keeps the first of too many findings and repairs, and says how many there were. The rows have been counted before.
func (r *reader) bound() {
	n, m := len(r.out.Findings), len(r.out.Repairs)
	if n <= mostFindings && m <= mostRepairs {
		return
	}
	r.out.Findings = slices.Clone(r.out.Findings[:min(n, mostFindings)])
	r.out.Repairs = slices.Clone(r.out.Repairs[:min(m, mostRepairs)])
	r.find(finding.MoreFindings, "", "", "read", n+m, "want", len(r.out.Findings)+len(r.out.Repairs))
	r.out.Sort()
}

type reader struct {
	out      *form.Reading
	w        *grid.Workbook
	ctx      form.Context
	at       places
	absent   map[[2]string]bool
	surplus  map[string]int // rows beyond mostRows, by block
	parser   *form.Parser
	texts    []*grid.Cell         // room for those of one row
	buf      []byte               // a text being made comparable
	mentions map[*grid.Sheet]bool // sheets of which something better is told than that they were not read
}

func (r *reader) find(code finding.Code, sheet, cell string, pairs ...any) {
	r.out.Findings = append(r.out.Findings, finding.New(code, finding.At{Sheet: sheet, Cell: cell}, pairs...))
}

// reportMissing reports a block that the file lacks, once, and spares the sender the same for each of its fields.
func (r *reader) reportMissing(b *form.Block) {
	for _, f := range b.Fields {
		r.absent[[2]string{b.Key, f.Key}] = true
	}
	if r.reportNearTable(b) {
		return
	}
	decl := r.out.Form.SheetOf(b.Key)
	pairs := []any{"what", wording.Text("form.missing.table"), "want", decl.Name + " - " + b.Title}
	if b.Clause != "" {
		pairs = append(pairs, "clause", b.Clause)
	}
	r.find(finding.MissingBlock, "", "", pairs...)
}

func (r *reader) cells(at *location) {
	for i := range at.block.Fields {
		f := &at.block.Fields[i]
		v := f.At(r.out.Value)
		if !at.has(i) {
			r.column(at, f)
			v.At = form.Ref{Sheet: at.sheet.Name}
			continue
		}
		c := at.sheet.At(at.rows[i], at.cols[i])
		r.parser.Parse(f, at.sheet.Name, &c, v)
		if isStruck(&c) {
			r.struck(f, &c, v)
		}
	}
	r.aside(at)
}

// column reports a mandatory label or column that the file lacks.
func (r *reader) column(at *location, f *form.Field) {
	r.absent[[2]string{at.block.Key, f.Key}] = true
	if f.Required {
		what := wording.Text("form.missing.column")
		if at.block.Kind == form.CellsBlock {
			what = wording.Text("form.missing.label")
		}
		r.find(finding.MissingBlock, at.sheet.Name, "", "what", what, "want", f.Title, "clause", f.Clause)
	}
}

func (r *reader) table(at *location) {
	for i := range at.block.Fields {
		f := &at.block.Fields[i]
		if !at.has(i) && !(at.bySex() >= 0 && sexes(f)) {
			r.column(at, f)
		}
	}
	r.rows(at, nil)
	seen := map[string]bool{}
	for _, part := range r.at.more {
		if part.block == at.block {
			r.part(at, part, seen)
		}
	}
}

// part reads a further table with the headers of a block, such as a copied sheet. What it repeats word for word is ignored and said; a
// hidden sheet is not read at all and that is said too.
func (r *reader) part(at, part *location, seen map[string]bool) {
	if len(seen) == 0 {
		for i := range at.block.Len(r.out.Value) {
			seen[at.block.Words(r.out.Value, i)] = true
		}
	}
	if part.sheet.Hidden && !at.sheet.Hidden {
		told := len(r.out.Findings)
		if r.unread(part.sheet); len(seen) == 0 && len(r.out.Findings) > told { // and nothing stands where it would be read
			r.out.Findings[told].Level = finding.Should
		}
		return
	}
	before := at.block.Len(r.out.Value)
	r.rows(part, seen)
	if n := at.block.Len(r.out.Value) - before; n > 0 {
		r.find(finding.FurtherTable, part.sheet.Name, "", "read", n, "want", at.block.Title)
	}
}

// rows reads the rows under the headers of one table. Rows whose words are in seen are ignored as repeated.
func (r *reader) rows(at *location, seen map[string]bool) {
	end := r.end(at)
	hidden, signed := 0, false
	columns := map[int]bool{}
	r.reportSideTable(at, columns)
	var failed failures
	var last any // the record before, for what is said to be the same
	room := at.countFilled(end)
	for i := range at.sheet.Rows {
		row := &at.sheet.Rows[i]
		if row.Num <= at.header || (end > 0 && row.Num >= end) {
			continue
		}
		kind := r.classify(at, row, signed)
		if kind == dataRow && r.sample(at, row) {
			continue
		}
		if kind == dataRow && at.block.Len(r.out.Value) >= mostRows {
			kind = surplusRow
		}
		if kind == dataRow && room > 0 {
			at.block.Grow(r.out.Value, room)
			room = 0
		}
		if kind == dataRow && r.row(at, row, seen, &last) {
			r.reportBeside(at, row, columns)
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
			r.surplus[at.block.Key]++
		case errorRow:
			failed.add(at, row)
		}
		signed = signed || kind == signatureRow
		r.out.Ignored = append(r.out.Ignored, form.Ignored{Sheet: at.sheet.Name, Row: row.Num, Reason: string(kind), Text: viet.Quote(firstText(row))})
		if c := at.outside(row); kind == outsideRow && c != nil && !(c.Formula && columns[c.Col]) { // a column of formulas once
			columns[c.Col] = columns[c.Col] || c.Formula
			r.find(finding.OutsideTable, at.sheet.Name, c.Ref(), "read", cmp.Or(viet.CleanSpaces(c.Text), firstText(row)), "want", at.block.Title)
		}
	}
	if failed.rows > 0 {
		r.find(finding.FailedRows, at.sheet.Name, failed.first.Ref(), "read", failed.rows, "want", at.block.Title, "name", failed.first.Text)
	}
	if hidden > 0 {
		r.find(finding.HiddenRows, at.sheet.Name, "", "read", hidden)
	}
}

// countFilled counts the rows under the headers, up to the row end, with anything under a header: as many records there will be about.
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

// reportBeside reports, once a column, what stands in a row of data under no header of the form: a column somebody added. Helper formulas that
// fail are nothing anybody wrote.
func (r *reader) reportBeside(at *location, row *grid.Row, told map[int]bool) {
	for k := range row.Cells {
		c := &row.Cells[k]
		if at.fieldAt(c.Col) >= 0 || c.Kind == grid.Blank || c.Kind == grid.Error || viet.Blank(c.Text) || at.numbers(c) || told[c.Col] || isMark(c) || r.counts(at, c) || isSignatures([]*grid.Cell{c}) {
			continue
		}
		told[c.Col] = true
		read := viet.CleanSpaces(c.Text)
		if title := viet.CleanSpaces(at.sheet.At(at.header, c.Col).Text); title != "" && c.Row > at.header {
			read = title + ": " + read
		}
		r.find(finding.OutsideTable, at.sheet.Name, c.Ref(), "read", read, "want", at.block.Title)
	}
}

// counts reports whether a cell is a running number in a column of its own that somebody added.
func (r *reader) counts(at *location, c *grid.Cell) bool {
	title := r.at.heads.key(at.sheet.At(at.header, c.Col).Text)
	return (title == "tt" || title == "stt" || strings.HasPrefix(title, "tt ") || strings.HasPrefix(title, "stt ") || strings.HasPrefix(title, "so thu tu")) &&
		runningNumber().MatchString(viet.CleanSpaces(c.Text))
}

// end is the first row that belongs to another block below on the same sheet, 0 when there is none. Block titles stand directly above.
func (r *reader) end(at *location) int {
	end := 0
	below := func(o *location) {
		if o != at && o.sheet == at.sheet && o.top > at.header && (end == 0 || o.top < end) {
			end = o.top
		}
	}
	for _, o := range r.at.blocks {
		below(o)
	}
	for _, o := range r.at.more {
		below(o)
	}
	return end
}

// row reads a row of data into a new record; false when the same record is in seen already. last is the record of the row before.
func (r *reader) row(at *location, row *grid.Row, seen map[string]bool, last *any) bool {
	rec := at.block.Append(r.out.Value)
	findings, repairs := len(r.out.Findings), len(r.out.Repairs)
	sex := ""
	var struck grid.Cell // once a row, at the name where it is struck
	var of *form.Field
	for i := range at.block.Fields {
		f := &at.block.Fields[i]
		v := f.At(rec)
		if !at.has(i) {
			v.At = form.Ref{Sheet: at.sheet.Name, Cell: grid.Ref(1, row.Num)}
			continue
		}
		c, found := r.cell(at, row, i)
		if found != "" {
			sex = found
		}
		if *last != nil && c.Kind == grid.Text && r.ditto(f, &c, *last, v) {
			v.At = form.Ref{Sheet: at.sheet.Name, Cell: c.Ref()}
			continue
		}
		r.parser.Parse(f, at.sheet.Name, &c, v)
		if isStruck(&c) && (of == nil || f.Person && !of.Person) {
			struck, of = c, f
		}
	}
	if sex != "" {
		r.sex(at, rec, row.Num, sex)
	}
	if of != nil {
		r.struck(of, &struck, of.At(rec))
	}
	if *last != nil {
		r.reportContinued(at, rec, *last)
	}
	if r.isSampleCopy(at, rec) {
		r.find(finding.SampleCopied, at.sheet.Name, grid.Ref(at.cols[0], row.Num), "read", firstText(row))
	}
	if seen != nil {
		words := at.block.Words(r.out.Value, at.block.Len(r.out.Value)-1)
		if seen[words] {
			at.block.Drop(r.out.Value)
			r.out.Findings, r.out.Repairs = r.out.Findings[:findings], r.out.Repairs[:repairs]
			return false
		}
		seen[words] = true
	}
	*last = rec
	return true
}
