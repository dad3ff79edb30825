// Package reader turns workbooks into readings: it tells which form a workbook is, finds the
// form's blocks wherever they stand, and reads their cells. It is the inverse of package xlsx, and
// works on any grid.Workbook.
package reader

import (
	"encoding/json"
	"slices"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Read reads a workbook as a form. It never fails: what cannot be read is a finding, every row that
// holds anything is accounted for, and every change made on the way is a repair.
func Read(f *form.Form, stamp form.Stamp, w *grid.Workbook, ctx form.Context) *form.Reading {
	f, w = ctx.Fitted(f), composed(w)
	return read(f, stamp, w, find(f, w, func() *heads { return headersOf(w) }), nil, ctx)
}

// composed is a workbook with every accent on its letter, as forms are written: some programs save
// all text with the accents apart, ours too. Such a workbook is copied; others are returned as they
// are, and a cell that somebody pasted in that way is told as changed.
func composed(w *grid.Workbook) *grid.Workbook {
	accented, apart := 0, 0
	for _, s := range w.Sheets {
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.Kind != grid.Text || viet.PlainASCII(c.Text) {
					continue
				}
				if accented++; viet.NFC(c.Text) != c.Text {
					apart++
				}
			}
		}
	}
	if apart*2 <= accented {
		return w
	}
	out := *w
	out.Sheets = slices.Clone(w.Sheets)
	for i, s := range w.Sheets {
		s.Rows = slices.Clone(s.Rows)
		for j := range s.Rows {
			cells := slices.Clone(s.Rows[j].Cells)
			for k := range cells {
				cells[k].Text = viet.NFC(cells[k].Text)
			}
			s.Rows[j].Cells = cells
		}
		out.Sheets[i] = s
	}
	return &out
}

func read(f *form.Form, stamp form.Stamp, w *grid.Workbook, at places, others []stranger,
	ctx form.Context) *form.Reading {
	r := &reader{
		out:    &form.Reading{Form: f, Stamp: stamp, Value: f.New()},
		w:      w,
		ctx:    ctx,
		places: at,
		absent: map[[2]string]bool{}, surplus: map[string]int{},
	}
	r.parser = form.NewParser(r.out, w.Date1904, ctx)
	rest := remainder{reader: r, mentions: map[*grid.Sheet]bool{}}
	rest.reportOtherForms(others)
	for _, b := range f.Blocks() {
		at := r.places.blocks[b.Key]
		switch {
		case at == nil:
			rest.reportMissing(b)
		case b.Kind == form.CellsBlock:
			labelled{r, at}.read()
		default:
			(&table{reader: r, at: at}).read()
		}
	}
	rest.reportTwice()
	rest.reportSheets()
	for _, b := range f.Blocks() {
		if n := r.surplus[b.Key]; n > 0 {
			r.find(finding.TooManyRows, r.places.blocks[b.Key].sheet.Name, "", "read", mostRows+n, "want", mostRows)
		}
	}
	if stamp.Form == f.ID && stamp.Version > 0 && stamp.Version < f.Version {
		r.find(finding.OldForm, "", "", "read", stamp.Version, "want", f.Version)
	}
	if w.Macros {
		r.find(finding.HasMacros, "", "", "file", "")
	}
	if stamp.Form == f.ID {
		if carried := carriedBy(w); len(carried) > 0 {
			r.out.Restore(carried, r.absent)
		}
	}
	r.out.Finish(ctx, r.absent)
	r.bound()
	return r.out
}

// carriedBy are the findings that a marked copy carries on the sheet of its stamp.
func carriedBy(w *grid.Workbook) []form.Carried {
	i := slices.IndexFunc(w.Sheets, func(s grid.Sheet) bool { return hasStamp(&s) })
	if i < 0 {
		return nil
	}
	var out []form.Carried
	for _, row := range w.Sheets[i].Rows {
		var c form.Carried
		if row.At(1).Text == form.CarriedMark && json.Unmarshal([]byte(row.At(2).Text), &c) == nil {
			out = append(out, c)
		}
	}
	return out
}

// What one answer holds at most. Nobody can act on more at once, and a file made to be wrong
// everywhere must not take the time of others.
const (
	mostFindings = 1_000
	mostRepairs  = 3_000
)

// bound keeps the first of too many findings and repairs, and says how many there were. The rows
// have been counted before.
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

// reader is the reading of one workbook: what has been read so far, and what its parts share.
type reader struct {
	out     *form.Reading
	w       *grid.Workbook
	ctx     form.Context
	places  places
	absent  map[[2]string]bool
	surplus map[string]int // rows beyond mostRows, by block
	parser  *form.Parser
	rows    classifier
}

func (r *reader) find(code finding.Code, sheet, cell string, pairs ...any) {
	r.out.Findings = append(r.out.Findings, finding.New(code, finding.At{Sheet: sheet, Cell: cell}, pairs...))
}

// reportLacking reports a mandatory label or column that the file lacks.
func (r *reader) reportLacking(at *location, f *form.Field) {
	r.absent[[2]string{at.block.Key, f.Key}] = true
	if f.Required {
		what := wording.Text("form.missing.column")
		if at.block.Kind == form.CellsBlock {
			what = wording.Text("form.missing.label")
		}
		r.find(finding.MissingBlock, at.sheet.Name, "", "what", what, "want", f.Title, "clause", f.Clause)
	}
}

// struck asks whether words that are struck through still count.
func (r *reader) struck(f *form.Field, c *grid.Cell, v *form.Value) {
	r.find(finding.Struck, v.At.Sheet, v.At.Cell, "field", f.Title, "read", viet.Cut(viet.CleanSpaces(c.Text), 120),
		"clause", f.Clause)
}

// unread tells, once a sheet, that it was not read.
func (r *reader) unread(s *grid.Sheet) {
	n := 0
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			if c.Kind != grid.Blank && c.Kind != grid.Error && !viet.Blank(c.Text) {
				n++
			}
		}
	}
	if n > 0 {
		r.find(finding.SheetNotRead, s.Name, "", "read", n)
	}
}
