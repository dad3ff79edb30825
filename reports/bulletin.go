package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/wording"
)

const paperBulletin = "bulletin"

// mistake is one kind of finding in one place of a form, counted over a period. It names no unit and quotes nothing anybody typed.
type mistake struct {
	code        finding.Code
	level       finding.Level
	form        string
	sheet, cell string // as the form has them; the cell without its row in a table
	units       map[string]bool
	times       int
}

// mistakes are what the workbooks of units had wrong in every version sent, most units first.
func (d *draft) mistakes() []mistake {
	all := map[string]*mistake{}
	for _, s := range d.Data.Submissions {
		f, ok := templates.Lookup(s.Form)
		if s.Period != d.Period.ID || ok && f.From != form.FromUnit {
			continue
		}
		title := ""
		if ok {
			title = templates.Title(f, d.Plan)
		}
		for _, x := range s.Findings {
			if x.Level == finding.Info {
				continue
			}
			column := strings.TrimRight(x.Cell, "0123456789")
			sheet := x.Sheet
			if !ok || !slices.ContainsFunc(f.Sheets, func(y form.Sheet) bool { return y.Name == sheet }) {
				sheet, column = "", "" // a name the sender gave is not passed on
			}
			key := strings.Join([]string{s.Form, string(x.Code), sheet, column}, "\x00")
			m := all[key]
			if m == nil {
				m = &mistake{code: x.Code, level: x.Level, form: title, sheet: sheet, cell: column, units: map[string]bool{}}
				all[key] = m
			}
			m.units[s.Unit] = true
			m.times++
		}
	}
	var out []mistake
	for _, key := range slices.Sorted(maps.Keys(all)) {
		out = append(out, *all[key])
	}
	slices.SortStableFunc(out, func(a, b mistake) int {
		return cmp.Or(cmp.Compare(len(b.units), len(a.units)), cmp.Compare(b.times, a.times), cmp.Compare(a.code, b.code))
	})
	return out
}

// shownMistakes is how many a bulletin lists in its text and its chart; the workbook has them all.
const shownMistakes = 10

// what says what a finding of that kind means, without anybody's values.
//
//wording:composed finding.
func (d *draft) what(c finding.Code) (message, fix string) {
	key := "finding." + string(c) + "."
	blank := func(key string) string {
		var pairs []any
		for _, name := range wording.Placeholders(key) {
			pairs = append(pairs, name, "…")
		}
		return d.words.Text(key, pairs...)
	}
	return blank(key + "message"), blank(key + "fix")
}

// change proposes what to change in the form so that the mistake becomes harder to make.
//
//wording:composed office.bulletin.change.
func (d *draft) change(m mistake) string {
	kind := "row"
	switch m.code[1] {
	case '1':
		kind = "file"
	case '2':
		kind = "field"
	}
	if len(m.units) < 2 {
		kind = "single"
	}
	return d.words.Text("office.bulletin.change." + kind)
}

// bulletin is the bản tin lỗi thường gặp after a deadline: what was wrong most often, cell by cell, and what would help (Plan IV.1). It goes to
// every unit, so it says nothing of any unit or person.
func (d *draft) bulletin() {
	d.head("matrix", dated)
	d.add(document.Title{Kind: d.words.Text("office.bulletin.kind"), Abstract: []string{d.words.Text("office.bulletin.abstract", "movement", d.Plan.Movement, "period", d.period())}})
	all := d.mistakes()
	if len(all) == 0 {
		d.say(d.words.Text("office.bulletin.none", "asof", calendar.ShortMoment(d.Data.AsOf)))
		return
	}
	units := map[string]bool{}
	times := 0
	for _, m := range all {
		maps.Copy(units, m.units)
		times += m.times
	}
	d.say(d.words.Text("office.bulletin.intro", "asof", calendar.ShortMoment(d.Data.AsOf), "times", times, "units", two(len(units)), "kinds", two(len(all))))
	c := document.Chart{Title: d.words.Text("office.bulletin.chart"), Unit: d.words.Text("paper.matrix.chart.unit"), Horizontal: true, Series: []document.Series{{Name: d.words.Text("office.bulletin.units")}}}
	for _, m := range all[:min(len(all), shownMistakes)] {
		c.Categories = append(c.Categories, string(m.code)+" "+d.where(m))
		c.Series[0].Values = append(c.Series[0].Values, float64(len(m.units)))
	}
	d.add(c)
	d.add(document.Part{Sheet: d.words.Text("office.bulletin.sheet"), Orientation: document.Landscape, Width: 340})
	t := document.Table{Columns: []document.Column{numberColumn(), {Title: d.words.Text("office.bulletin.col.code"), Weight: 1}, {Title: d.words.Text("office.bulletin.col.form"), Weight: 4},
		{Title: d.words.Text("office.bulletin.col.where"), Weight: 2.6}, {Title: d.words.Text("office.bulletin.col.level"), Weight: 1.4}, {Title: d.words.Text("office.bulletin.col.message"), Weight: 5},
		figure("", d.words.Text("office.bulletin.col.units")), figure("", d.words.Text("office.bulletin.col.times")),
		{Title: d.words.Text("office.bulletin.col.fix"), Weight: 6}, {Title: d.words.Text("office.bulletin.col.change"), Weight: 5}}}
	for i, m := range all {
		message, fix := d.what(m.code)
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(string(m.code)), document.T(m.form), document.T(d.where(m)), document.T(m.level.Title()), document.T(message),
			document.I(len(m.units)), document.I(m.times), document.T(fix), document.T(d.change(m))))
	}
	t.Rows = append(t.Rows, document.TotalRow(document.T(""), document.T(d.words.Text("paper.total")), document.T(""), document.T(""), document.T(""), document.T(""), document.T(""), document.Sum()))
	d.add(t, document.Note{Lines: []string{d.words.Text("office.bulletin.note")}})
}

// where is the place of a mistake in its form.
func (d *draft) where(m mistake) string {
	switch {
	case m.sheet == "":
		return d.words.Text("office.bulletin.where.file")
	case m.cell == "":
		return d.words.Text("office.bulletin.where.sheet", "sheet", m.sheet)
	}
	return d.words.Text("office.bulletin.where.cell", "sheet", m.sheet, "column", m.cell)
}
