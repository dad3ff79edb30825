package reader

import (
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
)

// reportNearTable tells of a table that would be the missing one if its headers were those of the
// form, or stood in a row: which headers were understood and which were not. It looks on sheets of
// which nothing is read.
func (m remainder) reportNearTable(b *form.Block) bool {
	if b.Kind != form.TableBlock {
		return false
	}
	i := slices.IndexFunc(declarationOf(m.out.Form), func(d *declaration) bool { return d.block == b })
	w := m.places.heads.want(declarationOf(m.out.Form)[i])
	var best location
	n := 0
	for i := range m.w.Sheets {
		s, heads := &m.w.Sheets[i], m.places.heads.on[i]
		if m.places.on(s) || m.mentions[s] || len(heads) == 0 {
			continue
		}
		if first, ok := findTurned(w, heads); ok {
			m.mentions[s] = true
			m.find(finding.TurnedTable, s.Name, grid.Ref(first.col, first.row), "want", b.Title)
			return true
		}
		for from := 0; from < len(heads); {
			to := from
			for to < len(heads) && heads[to].row == heads[from].row {
				to++
			}
			if f := match(w, heads[from:to]); f.countFields() > n {
				f.sheet, f.top = s, heads[from].row
				best, n = f, f.countFields()
			}
			from = to
		}
	}
	if n < leastColumns || 5*n < len(b.Fields) {
		return false
	}
	var known, unknown []string
	for i, f := range b.Fields {
		if best.has(i) {
			known = append(known, f.Title)
		} else {
			unknown = append(unknown, f.Title)
		}
	}
	m.mentions[best.sheet] = true
	m.find(finding.NearTable, best.sheet.Name, grid.Ref(slices.Min(foundColumns(best.cols)), best.top),
		"want", b.Title, "read", strings.Join(known, "; "), "name", strings.Join(unknown, "; "))
	return true
}

// foundColumns are the columns that were found.
func foundColumns(cols []int) []int {
	return slices.DeleteFunc(slices.Clone(cols), func(c int) bool { return c == 0 })
}

// findTurned reports whether half of a block's titles stand below each other in one column, and the
// first of them.
func findTurned(w *wanted, heads []head) (head, bool) {
	type column struct {
		first  head
		titles map[int16]bool
	}
	columns := map[int]*column{}
	for _, h := range heads {
		if t := w.titles[h.id]; t > 0 {
			c := columns[h.col]
			if c == nil {
				c = &column{h, map[int16]bool{}}
				columns[h.col] = c
			}
			if c.titles[t] = true; len(c.titles) > 2 && 2*len(c.titles) >= len(w.block.Fields) {
				return c.first, true
			}
		}
	}
	return head{}, false
}

// reportSideTable tells of a second table beside the first, with the same headers: its rows are not
// read. Its columns count as told.
func (t *table) reportSideTable() {
	n, first := 0, grid.Cell{}
	for row := t.at.top; row <= t.at.header; row++ {
		for i := range t.at.sheet.Rows {
			if t.at.sheet.Rows[i].Num != row {
				continue
			}
			for _, c := range t.at.sheet.Rows[i].Cells {
				if t.at.fieldAt(c.Col) < 0 && c.Kind == grid.Text && slices.Contains(t.at.keys,
					t.places.heads.key(c.Text)) {
					if n++; n == 1 || c.Col < first.Col {
						first = c
					}
				}
			}
		}
	}
	if n < leastColumns || 2*n < t.at.countFields() {
		return
	}
	t.find(finding.TableBeside, t.at.sheet.Name, first.Ref(), "want", t.at.block.Title)
	for i := range t.at.sheet.Rows {
		for _, c := range t.at.sheet.Rows[i].Cells {
			if c.Col >= first.Col-1 && t.at.fieldAt(c.Col) < 0 {
				t.tell(c.Col)
			}
		}
	}
}

// stranger is another form that stands in the same workbook, and its sheets.
type stranger struct {
	form   *form.Form
	sheets []*grid.Sheet
}

// mostStrangers is how many other forms one workbook is searched for.
const mostStrangers = 3

// strangers finds the other forms whose sheets were copied into one workbook: nothing of them is
// read. What was taken for a further part of the form's own tables is theirs.
func (p *places) strangers(w *grid.Workbook, forms []*form.Form) []stranger {
	on := make([][]head, len(w.Sheets))
	loose := map[*grid.Sheet]bool{}
	for i := range w.Sheets {
		s := &w.Sheets[i]
		if p.reads(s) || s.Hidden { // what is left behind a hidden sheet is told as not read
			continue
		}
		on[i] = p.heads.on[i]
		if len(on[i]) > 0 && !p.on(s) {
			loose[s] = true
		}
	}
	var out []stranger
	for len(loose) > 0 && len(out) < mostStrangers {
		rest := &heads{on: on, texts: p.heads.texts, ids: p.heads.ids, named: p.heads.named, apron: p.heads.apron}
		var best places
		most := 0
		for _, f := range forms {
			if f.ID == p.form.ID { // a form may stand among them in several fits
				continue
			}
			if q := locate(f, w, rest); q.share() >= enoughOfForm && q.countFields() > most {
				best, most = q, q.countFields()
			}
		}
		if most == 0 {
			break
		}
		other := stranger{form: best.form}
		free := false
		for i := range w.Sheets {
			if s := &w.Sheets[i]; best.reads(s) {
				other.sheets = append(other.sheets, s)
				free = free || loose[s]
				delete(loose, s)
				on[i] = nil
			}
		}
		if !free {
			break
		}
		out = append(out, other)
		p.leave(other)
	}
	return out
}

// leave gives the sheets of another form back to it.
func (p *places) leave(o stranger) {
	p.more = slices.DeleteFunc(p.more, func(f *location) bool { return slices.Contains(o.sheets, f.sheet) })
}

// reads reports whether a block of the form stands on a sheet, at its first place or again.
func (p *places) reads(s *grid.Sheet) bool {
	for _, f := range p.blocks {
		if f.sheet == s {
			return true
		}
	}
	return slices.ContainsFunc(p.twice, func(f *location) bool { return f.sheet == s })
}

// reportOtherForms tells of other forms in the same workbook.
func (m remainder) reportOtherForms(others []stranger) {
	for _, o := range others {
		var names []string
		for _, s := range o.sheets {
			m.mentions[s] = true
			names = append(names, "“"+s.Name+"”")
		}
		m.find(finding.SeveralForms, o.sheets[0].Name, "", "read", strings.Join(names, ", "), "want",
			m.out.Form.Title(m.ctx.Movement), "name", o.form.Title(m.ctx.Movement))
	}
}
