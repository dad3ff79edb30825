package planbook

import (
	"slices"
	"strings"

	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// headRows is how far down a header is looked for: an office may put lines of its own above a
// table.
const headRows = 20

// read assembles a plan from the cells, as far as they can be read.
func read(w *grid.Workbook) *Reading {
	r := &Reading{assembled: new(plan.Plan), places: map[string]place{}}
	found := 0
	for _, s := range sheets {
		if of(w, s) != nil {
			found++
		}
	}
	for i := range w.Sheets {
		r.order = append(r.order, w.Sheets[i].Name)
	}
	if found == 0 {
		r.add("", "", wording.Text("plan.book.notaplan"))
		return r
	}
	for _, s := range sheets {
		t := of(w, s)
		if t == nil && s.optional {
			continue
		}
		if t == nil {
			r.add("", "", wording.Text("plan.book.nosheet", "sheet", s.name()))
			continue
		}
		if s.settings {
			r.settings(s, t, w.Date1904)
		} else {
			r.table(s, t, w.Date1904)
		}
	}
	return r
}

// of returns the sheet of a workbook that holds a table.
func of(w *grid.Workbook, s sheet) *grid.Sheet {
	for i := range w.Sheets {
		if viet.Fold(w.Sheets[i].Name) == viet.Fold(s.name()) {
			return &w.Sheets[i]
		}
	}
	return nil
}

// table reads the lines below the header.
func (r *Reading) table(s sheet, t *grid.Sheet, date1904 bool) {
	head, at := header(s, t)
	if head == 0 {
		r.add(t.Name, "", wording.Text("plan.book.nohead", "want", s.columns[0].title(s)))
		return
	}
	r.places[s.path] = place{t.Name, grid.Ref(1, head)}
	missing := false
	for i, c := range s.columns {
		if at[i] == 0 {
			r.add(t.Name, grid.Ref(1, head), wording.Text("plan.book.nocolumn", "want", c.title(s)))
			missing = true
		}
	}
	if missing {
		return
	}
	r.strangers(t, head, at)
	var all []*line
	for _, row := range t.Rows {
		if row.Num <= head {
			continue
		}
		l := &line{row: s.fresh(), at: func(c column) place {
			i := slices.IndexFunc(s.columns, func(x column) bool { return x.key == c.key })
			return place{t.Name, grid.Ref(at[i], row.Num)}
		}}
		for i, c := range s.columns {
			cell := row.At(at[i])
			if !isGiven(cell) {
				continue
			}
			l.entry, l.child = l.entry || !c.child, l.child || c.child
			if text := c.read(l.row, cell, date1904); text != "" {
				r.add(t.Name, cell.Ref(), text)
			}
		}
		if l.entry || l.child {
			all = append(all, l)
		}
	}
	s.put(r, r.assembled, all)
	for _, l := range all {
		r.index(s, l)
	}
}

// index notes where the fields of a line stand.
func (r *Reading) index(s sheet, l *line) {
	children := 0
	for i, c := range s.columns {
		base := l.path
		if c.child {
			base = l.subpath
			children++
		}
		if base == "" || !c.child && !l.entry {
			continue
		}
		at := l.at(c)
		r.places[base+"."+strings.TrimPrefix(c.key, "check.")] = at
		// the number of a child says little; what follows it stands for the whole
		if i == 0 || c.child && children == 2 {
			r.places[base] = at
		}
	}
}

// header finds the row that names most columns, and in which column of the sheet each stands; 0 is
// nowhere.
func header(s sheet, t *grid.Sheet) (row int, at []int) {
	titles := make([]string, len(s.columns))
	for i, c := range s.columns {
		titles[i] = viet.Fold(c.title(s))
	}
	most := 0
	for _, x := range t.Rows {
		if x.Num > headRows {
			break
		}
		first := map[string]int{}
		for _, cell := range x.Cells {
			if key := viet.Fold(cell.Text); first[key] == 0 {
				first[key] = cell.Col
			}
		}
		found, n := make([]int, len(titles)), 0
		for i, title := range titles {
			if found[i] = first[title]; found[i] > 0 {
				n++
			}
		}
		if n > most {
			row, at, most = x.Num, found, n
		}
	}
	return row, at
}

// strangers warns of cells that nobody reads: in columns the table does not have.
func (r *Reading) strangers(t *grid.Sheet, head int, at []int) {
	for _, row := range t.Rows {
		if row.Num < head {
			continue
		}
		for _, c := range row.Cells {
			if isGiven(c) && !slices.Contains(at, c.Col) {
				r.Problems = append(r.Problems,
					Problem{Sheet: t.Name, Cell: c.Ref(), Text: wording.Text("plan.book.stranger", "read", cellText(c)),
						Warning: true})
			}
		}
	}
}

// settings reads a table with one field a row: its name in the first column, its value in the
// second.
func (r *Reading) settings(s sheet, t *grid.Sheet, date1904 bool) {
	rows := map[string]int{}
	for _, x := range t.Rows {
		if key := viet.Fold(x.At(1).Text); rows[key] == 0 {
			rows[key] = x.Num
		}
	}
	for _, c := range s.columns {
		row := rows[viet.Fold(c.title(s))]
		if row == 0 && c.later {
			continue
		}
		if row == 0 {
			r.add(t.Name, "", wording.Text("plan.book.norow", "want", c.title(s)))
			continue
		}
		cell := t.At(row, 2)
		r.places[c.key] = place{t.Name, cell.Ref()}
		if text := c.read(r.assembled, cell, date1904); text != "" {
			r.add(t.Name, cell.Ref(), text)
		}
	}
}

func isGiven(c grid.Cell) bool {
	return c.NoCache || c.Kind == grid.Error || c.Kind != grid.Blank && cellText(c) != ""
}
