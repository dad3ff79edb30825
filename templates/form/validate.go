package form

import (
	"cmp"

	"thidua/templates/finding"
	"thidua/templates/grid"
)

// MissingAt makes the finding for a required value that is blank.
func (f *Field) MissingAt(at Ref, ctx Context) finding.Finding {
	pairs := []any{"field", f.Title}
	if example := ctx.Example(*f); example != "" {
		pairs = append(pairs, "example", example)
	}
	if clause := cmp.Or(f.Clause, f.home); clause != "" {
		pairs = append(pairs, "clause", clause)
	}
	return finding.New(finding.Missing, finding.At{Sheet: at.Sheet, Cell: at.Cell}, pairs...)
}

// Finish completes a reading whose values are set: it reports required values that are blank,
// applies the form's own rules, counts the rows and sorts everything. Fields whose column the file
// lacks are passed in absent (by block and field key), having been reported once already.
func (r *Reading) Finish(ctx Context, absent map[[2]string]bool) {
	r.familyNames()
	for _, b := range r.Form.Blocks() {
		for i := range b.Len(r.Value) {
			rec := b.Record(r.Value, i)
			for k := range b.Fields {
				f := &b.Fields[k]
				v := f.At(rec)
				if f.Required && v.Text == "" && !v.Bad && !absent[[2]string{b.Key, f.Key}] {
					r.Findings = append(r.Findings, f.MissingAt(v.At, ctx))
				}
			}
		}
	}
	if r.Form.Check != nil {
		ctx.Form = r.Form
		r.Findings = append(r.Findings, r.Form.Check(r.Value, ctx)...)
	}
	if len(r.carried) > 0 {
		r.mergeCarried()
	}
	r.count()
	r.Sort()
}

// count counts the rows of the tables: those with something that must be put right, and the others.
func (r *Reading) count() {
	type place struct {
		sheet string
		row   int
	}
	bad := map[place]bool{}
	for _, f := range r.Findings {
		if f.Level == finding.Must {
			if _, row, ok := grid.ParseRef(f.Cell); ok {
				bad[place{f.Sheet, row}] = true
			}
		}
	}
	for _, b := range r.Form.Blocks() {
		if b.Kind != TableBlock {
			continue
		}
		for i := range b.Len(r.Value) {
			if len(bad) > 0 {
				if sheet, row := b.place(r.Value, i); bad[place{sheet, row}] {
					r.Rows.ToFix++
					continue
				}
			}
			r.Rows.Accepted++
		}
	}
	r.Rows.Ignored = len(r.Ignored)
	r.Rows.Read = r.Rows.Accepted + r.Rows.ToFix + r.Rows.Ignored
}

// place is where a row of a table stands: where the last of its values with an address does.
func (b *Block) place(value any, i int) (sheet string, row int) {
	rec := b.Record(value, i)
	for k := len(b.Fields) - 1; k >= 0; k-- {
		v := b.Fields[k].At(rec)
		if _, row, ok := grid.ParseRef(v.At.Cell); ok {
			return v.At.Sheet, row
		}
	}
	return "", 0
}
