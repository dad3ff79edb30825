package office

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/wording"
)

// bulletin is the bản tin lỗi thường gặp.
type bulletin struct{ paper.Work }

// Mistake is one kind of finding in one place of a form, counted over a period. It names no unit
// and quotes nothing anybody typed.
type Mistake struct {
	Code         finding.Code
	Level        finding.Level
	Form         string // its title
	Place        string
	Message, Fix string // what a finding of that kind means, without anybody's values
	Change       string // what in the form would make the mistake harder to make
	Units, Times int
}

// Mistakes are what the workbooks of units had wrong in every version sent, most units first, and
// by how many units they were made together.
func Mistakes(s round.Sources) (all []Mistake, units int) {
	type place struct {
		code                finding.Code
		form, sheet, column string
	}
	type count struct {
		level finding.Level
		units map[string]bool
		times int
	}
	found := map[place]*count{}
	everybody := map[string]bool{}
	for _, x := range s.Data.Submissions {
		f, ok := templates.Lookup(x.Form)
		if x.Period != s.Period.ID || ok && f.From != form.FromUnit {
			continue
		}
		for _, y := range x.Findings {
			if y.Level == finding.Info {
				continue
			}
			at := place{y.Code, x.Form, y.Sheet, strings.TrimRight(y.Cell, "0123456789")}
			if !ok || !slices.ContainsFunc(f.Sheets, func(z form.Sheet) bool { return z.Name == y.Sheet }) {
				at.sheet, at.column = "", "" // a name the sender gave is not passed on
			}
			if found[at] == nil {
				found[at] = &count{level: y.Level, units: map[string]bool{}}
			}
			found[at].units[x.Unit] = true
			found[at].times++
			everybody[x.Unit] = true
		}
	}
	places := slices.SortedFunc(maps.Keys(found), func(a, b place) int {
		return cmp.Or(cmp.Compare(len(found[b].units), len(found[a].units)),
			cmp.Compare(found[b].times, found[a].times),
			cmp.Compare(a.code, b.code), cmp.Compare(a.form, b.form), cmp.Compare(a.sheet, b.sheet),
			cmp.Compare(a.column, b.column))
	})
	w := s.Plan.Words
	for _, at := range places {
		c := found[at]
		m := Mistake{
			Code: at.code, Level: c.level, Units: len(c.units), Times: c.times,
			Place: mistakePlace(w, at.sheet, at.column), Change: mistakeChange(w, at.code, len(c.units)),
			Message: plainText(w, "finding."+string(at.code)+".message"),
			Fix:     plainText(w, "finding."+string(at.code)+".fix"),
		}
		if f, ok := templates.Lookup(at.form); ok {
			m.Form = templates.Title(f, s.Plan)
		}
		all = append(all, m)
	}
	return all, len(everybody)
}

// ShownMistakes is how many a bulletin lists in its text and its chart; the workbook has them all.
const ShownMistakes = 10

// Common are the mistakes that more than one unit made.
func Common(s round.Sources) (all []Mistake, units int) {
	all, units = Mistakes(s)
	return slices.DeleteFunc(all, func(m Mistake) bool { return m.Units < 2 }), units
}

// plainText are the parts of a text that quote nothing anybody typed: a blank in the place of a
// value helps nobody.
func plainText(w wording.Words, key string) string {
	const blank = "\x00"
	var pairs []any
	for _, name := range wording.Placeholders(key) {
		pairs = append(pairs, name, blank)
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(w.Text(key, pairs...), ". ", ".\n"), func(r rune) bool {
		return r == '\n' || r == ';'
	})
	parts = slices.DeleteFunc(parts, func(part string) bool { return strings.Contains(part, blank) })
	for i := range parts {
		parts[i] = style.UpperFirst(strings.Trim(parts[i], " .")) + "."
	}
	return strings.Join(parts, " ")
}

// mistakeChange proposes what to change in the form so that the mistake becomes harder to make.
//
//wording:composed office.bulletin.change.
func mistakeChange(w wording.Words, code finding.Code, units int) string {
	kind := "row"
	switch code[1] {
	case '1':
		kind = "file"
	case '2':
		kind = "field"
	}
	if units < 2 {
		kind = "single"
	}
	return w.Text("office.bulletin.change." + kind)
}

// mistakePlace is the place of a mistake in its form.
func mistakePlace(w wording.Words, sheet, column string) string {
	switch {
	case sheet == "":
		return w.Text("office.bulletin.where.file")
	case column == "":
		return w.Text("office.bulletin.where.sheet", "sheet", sheet)
	}
	return w.Text("office.bulletin.where.cell", "sheet", sheet, "column", column)
}

// write is the bản tin lỗi thường gặp after a deadline: what was wrong most often, cell by cell,
// and what would help (Plan IV.1). It goes to every unit, so it says nothing of any unit or person.
func (d bulletin) write() {
	d.Head("matrix", paper.Dated)
	d.Add(document.Title{Kind: d.Text("office.bulletin.kind"),
		Abstract: []string{d.Text("office.bulletin.abstract", "movement", d.Plan.Movement, "period", d.PeriodName())}})
	all, units := Common(d.Sources)
	if len(all) == 0 {
		d.Say(d.Text("office.bulletin.none", "asof", calendar.ShortMoment(d.Data.AsOf)))
		return
	}
	times := 0
	for _, m := range all {
		times += m.Times
	}
	d.Say(d.Text("office.bulletin.intro", "asof", calendar.ShortMoment(d.Data.AsOf), "times", times, "units",
		style.Two(units), "kinds", style.Two(len(all))))
	c := document.Chart{Title: d.Text("office.bulletin.chart"), Unit: d.Text("paper.matrix.chart.unit"),
		Horizontal: true, Series: []document.Series{{Name: d.Text("office.bulletin.units")}}}
	for _, m := range all[:min(len(all), ShownMistakes)] {
		c.Categories = append(c.Categories, m.Form+": "+m.Place)
		c.Series[0].Values = append(c.Series[0].Values, float64(m.Units))
	}
	d.Add(c)
	d.Add(document.Part{Sheet: d.Text("office.bulletin.sheet"), Orientation: document.Landscape, Width: 340})
	t := document.Table{Columns: []document.Column{paper.NumberColumn(),
		{Title: d.Text("office.bulletin.col.form"), Weight: 4},
		{Title: d.Text("office.bulletin.col.where"), Weight: 2.6},
		{Title: d.Text("office.bulletin.col.level"), Weight: 1.4}, {Title: d.Text("office.bulletin.col.message"),
			Weight: 5},
		paper.Figure("", d.Text("office.bulletin.col.units")), paper.Figure("", d.Text("office.bulletin.col.times")),
		{Title: d.Text("office.bulletin.col.fix"), Weight: 6}}}
	for i, m := range all {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(m.Form),
			document.T(m.Place), document.T(m.Level.Title()), document.T(m.Message),
			document.I(m.Units), document.I(m.Times), document.T(m.Fix)))
	}
	t.Rows = append(t.Rows, document.TotalRow(document.T(""), document.T(d.Text("paper.total")), document.T(""),
		document.T(""), document.T(""), document.T(""), document.Sum()))
	d.Add(t, document.Note{Lines: []string{d.Text("office.bulletin.note")}})
}
