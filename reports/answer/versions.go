package answer

import (
	"cmp"
	"strconv"
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// difference is one difference between two versions of a workbook.
type difference struct{ where, what, was, now string }

// before returns the version that a submission follows: the last of its unit, form and round that
// came earlier, nil when it is the first.
func before(s submission.Submission, d submission.Dataset) *submission.Submission {
	var out *submission.Submission
	for _, v := range d.Of(s.Period, s.Form, s.Unit) {
		if submission.Compare(v, s) < 0 && !v.Mistaken() {
			out = &v
		}
	}
	return out
}

// differences lists what differs from an earlier version, in the order of the form: cells changed,
// rows added and removed. Rows are the same row when they name the same person or thing.
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
				out = append(out, difference{where: rowPlace(b, rec), what: wording.Text("letter.difference.added"),
					now: rowName(b, rec)})
				continue
			}
			out = append(out, cellsChanged(b, old[key][0], rec, rowName(b, rec))...)
			old[key] = old[key][1:]
		}
		for _, key := range order {
			if len(old[key]) > 0 {
				sheet := wording.Text("finding.where.sheet", "sheet", f.SheetOf(b.Key).Name)
				out = append(out, difference{where: sheet, what: wording.Text("letter.difference.removed"),
					was: rowName(b, old[key][0])})
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
		out = append(out, difference{where, what, style.Value(f, *x), style.Value(f, *y)})
	}
	return out
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

// changed writes what differs from the version before, so that the unit sees that nothing else was
// touched.
func (c *clerk) changed(b *letter.Body, s submission.Submission) {
	f, ok := templates.Lookup(s.Form)
	last := before(s, c.data)
	if !ok || last == nil || last.Value == nil || s.Value == nil || s.Mistaken() {
		return
	}
	period, _ := c.Plan.Period(s.Period)
	all := differences(templates.Fit(f, c.Plan, period), last.Value, s.Value)
	if len(all) == 0 {
		b.Para(c.Text("letter.versions.none", "id", last.ID))
		return
	}
	b.Para(c.Text("letter.versions", "id", last.ID, "n", len(all)))
	blank := c.Text("letter.difference.blank")
	var rows [][]string
	for i, c := range all[:min(len(all), shownChanges)] {
		rows = append(rows, []string{strconv.Itoa(i + 1), c.where, c.what, cmp.Or(c.was, blank), cmp.Or(c.now, blank)})
	}
	b.Table([]string{
		c.Text("letter.col.number"), c.Text("letter.col.where"), c.Text("letter.col.message"), c.Text("letter.col.was"),
		c.Text("letter.col.changed"),
	}, rows, nil)
	if len(all) > shownChanges {
		b.Para(c.Text("letter.versions.more", "n", shownChanges))
	}
}
