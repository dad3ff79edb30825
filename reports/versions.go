package reports

import (
	"cmp"
	"strconv"
	"strings"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// difference is one difference between two versions of a workbook.
type difference struct{ where, what, was, now string }

// before returns the version that a submission follows: the last of its unit, form and round that came earlier, nil when it is the first.
func before(s submission.Submission, d submission.Dataset) *submission.Submission {
	var out *submission.Submission
	for _, v := range d.Of(s.Period, s.Form, s.Unit) {
		if submission.Compare(v, s) < 0 && !v.Mistaken() {
			out = &v
		}
	}
	return out
}

// differences lists what differs from an earlier version, in the order of the form: cells changed, rows added and removed. Rows are the same row
// when they name the same person or thing.
func differences(f *form.Form, was, now any) []difference {
	var out []difference
	for _, b := range f.Blocks() {
		if b.Kind == form.CellsBlock {
			out = append(out, cellsChanged(b, was, now, "")...)
			continue
		}
		old := map[string][]any{} // rows not yet found again
		var order []string
		for i := range b.Len(was) {
			rec := b.Record(was, i)
			key := viet.Fold(rowName(b, rec))
			old[key] = append(old[key], rec)
			order = append(order, key)
		}
		for i := range b.Len(now) {
			rec := b.Record(now, i)
			key := viet.Fold(rowName(b, rec))
			if len(old[key]) == 0 {
				out = append(out, difference{where: rowPlace(b, rec), what: wording.Text("letter.difference.added"), now: rowName(b, rec)})
				continue
			}
			out = append(out, cellsChanged(b, old[key][0], rec, rowName(b, rec))...)
			old[key] = old[key][1:]
		}
		for _, key := range order {
			if len(old[key]) > 0 {
				sheet := wording.Text("finding.where.sheet", "sheet", f.SheetOf(b.Key).Name)
				out = append(out, difference{where: sheet, what: wording.Text("letter.difference.removed"), was: rowName(b, old[key][0])})
				old[key] = old[key][1:]
			}
		}
	}
	return out
}

// cellsChanged compares the fields of two records. Fields that we fill in ourselves are left out.
func cellsChanged(b *form.Block, was, now any, row string) []difference {
	var out []difference
	for _, f := range b.Fields {
		x, y := f.At(was), f.At(now)
		if f.Locked || x.Typed() == y.Typed() || x.Text != "" && x.Text == y.Text {
			continue
		}
		what := f.Title
		if row != "" {
			what += " (" + row + ")"
		}
		where := wording.Text("finding.where.sheet", "sheet", y.At.Sheet)
		if y.At.Cell != "" {
			where = wording.Text("finding.where.cell", "sheet", y.At.Sheet, "cell", y.At.Cell)
		}
		out = append(out, difference{where, what, said(f, *x), said(f, *y)})
	}
	return out
}

// said is a value as people write it: days and numbers as they were understood, everything else as it was typed.
func said(f form.Field, v form.Value) string {
	d, ok := v.Date()
	switch {
	case f.Type == form.Date && ok:
		return d.Short()
	case f.Type == form.Number && v.Given():
		return comma(v.Text)
	}
	return v.Typed()
}

// rowName is what a row is known by: its kind and name, else its first text, cut short.
func rowName(b *form.Block, rec any) string {
	first, kind := "", ""
	for _, f := range b.Fields {
		v := f.At(rec).Typed()
		switch {
		case f.Key == "kind":
			kind = v
		case f.Key == "name":
			return strings.TrimSpace(kind + " " + v)
		case first == "" && f.Type == form.Text:
			first = v
		}
	}
	if r := []rune(first); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return first
}

// rowPlace is the first cell of a row.
func rowPlace(b *form.Block, rec any) string {
	for _, f := range b.Fields {
		if at := f.At(rec).At; at.Cell != "" {
			return wording.Text("finding.where.cell", "sheet", at.Sheet, "cell", at.Cell)
		}
	}
	return ""
}

// shownChanges is how many changes a letter lists; both versions are kept whole.
const shownChanges = 25

// changed writes what differs from the version before, so that the unit sees that nothing else was touched.
func (p Post) changed(b *body, s submission.Submission, d submission.Dataset) {
	f, ok := templates.Lookup(s.Form)
	last := before(s, d)
	if !ok || last == nil || last.Value == nil || s.Value == nil || s.Mistaken() {
		return
	}
	period, _ := p.Plan.Period(s.Period)
	all := differences(templates.Fit(f, p.Plan, period), last.Value, s.Value)
	if len(all) == 0 {
		b.para(p.Plan.Words.Text("letter.versions.none", "id", last.ID))
		return
	}
	b.para(p.Plan.Words.Text("letter.versions", "id", last.ID, "n", len(all)))
	blank := p.Plan.Words.Text("letter.difference.blank")
	var rows [][]string
	for i, c := range all[:min(len(all), shownChanges)] {
		rows = append(rows, []string{strconv.Itoa(i + 1), c.where, c.what, cmp.Or(c.was, blank), cmp.Or(c.now, blank)})
	}
	b.table([]string{
		p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.where"), p.Plan.Words.Text("letter.col.message"), p.Plan.Words.Text("letter.col.was"), p.Plan.Words.Text("letter.col.changed"),
	}, rows, nil)
	if len(all) > shownChanges {
		b.para(p.Plan.Words.Text("letter.versions.more", "n", shownChanges))
	}
}
