package planbook

import (
	"fmt"

	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// sheet is one table: where it stands in the plan, its columns, and how entries become lines and
// lines become entries.
type sheet struct {
	key      string // of its texts, plan.book.<key>
	path     string // of its list, as plan.Lint gives it
	settings bool   // one row a field
	optional bool   // a workbook without it is whole
	spare    int    // blank rows for new entries
	columns  []column
	lines    func(p *plan.Plan) []*line
	fresh    func() any                                  // a blank row
	put      func(r *Reading, p *plan.Plan, all []*line) // lines into the plan; gives every line its paths
}

//wording:composed plan.book.
func (s sheet) name() string { return wording.Text("plan.book." + s.key) }

// line is one row of a sheet. A line may hold an entry, one of its children, or both; paths are
// where they stand in the plan.
type line struct {
	row           any
	entry, child  bool
	path, subpath string
	at            func(column) place // its cells, nil when it comes from a plan
}

// shows reports whether the line has anything to say in a column.
func (l *line) shows(c column) bool {
	if c.child {
		return l.child
	}
	return l.entry
}

// flat is a sheet of entries without children.
func flat[T any](key, path string, spare int, list func(*plan.Plan) *[]T, columns ...[]column) sheet {
	s := sheet{key: key, path: path, spare: spare, fresh: func() any { return new(T) }}
	for _, c := range columns {
		s.columns = append(s.columns, c...)
	}
	s.lines = func(p *plan.Plan) []*line {
		var out []*line
		for _, t := range *list(p) {
			out = append(out, &line{row: &t, entry: true})
		}
		return out
	}
	s.put = func(_ *Reading, p *plan.Plan, all []*line) {
		for i, l := range all {
			l.path = fmt.Sprintf("%s[%d]", path, i)
			*list(p) = append(*list(p), *l.row.(*T))
		}
	}
	return s
}

// nestedSheet is a sheet whose entries T have children C, a line each; the first child shares its
// entry's line. Rows are of type pair[T, C].
func nestedSheet[T, C any](key, path, sub string, spare int, list func(*plan.Plan) *[]T, children func(*T) *[]C,
	columns ...[]column) sheet {
	s := sheet{key: key, path: path, spare: spare, fresh: func() any { return new(pair[T, C]) }}
	for _, c := range columns {
		s.columns = append(s.columns, c...)
	}
	s.lines = func(p *plan.Plan) []*line {
		var out []*line
		for _, t := range *list(p) {
			first := &line{row: &pair[T, C]{Entry: t}, entry: true}
			out = append(out, first)
			for i, c := range *children(&t) {
				if i == 0 {
					first.row, first.child = &pair[T, C]{Entry: t, Number: 1, Child: c}, true
					continue
				}
				out = append(out, &line{row: &pair[T, C]{Number: i + 1, Child: c}, child: true})
			}
		}
		return out
	}
	s.put = func(r *Reading, p *plan.Plan, all []*line) {
		for _, l := range all {
			row := l.row.(*pair[T, C])
			if l.entry {
				t := row.Entry
				*children(&t) = nil
				*list(p) = append(*list(p), t)
			}
			if len(*list(p)) == 0 {
				r.orphan(l, s.columns[0])
				continue
			}
			i := len(*list(p)) - 1
			l.path = fmt.Sprintf("%s[%d]", path, i)
			if l.child {
				c := children(&(*list(p))[i])
				l.subpath = fmt.Sprintf("%s.%s[%d]", l.path, sub, len(*c))
				*c = append(*c, row.Child)
			}
		}
	}
	return s
}

// pair is a line of a nested sheet: an entry, one of its children with its number, or both.
type pair[T, C any] struct {
	Entry  T
	Number int
	Child  C
}

func (r *Reading) orphan(l *line, first column) {
	at := l.at(first)
	r.add(at.sheet, at.cell, wording.Text("plan.book.orphan"))
}

// The kinds of a day of the calendar.
const (
	holiday = "holiday"
	workday = "workday"
)

// special is a day of the calendar as one line.
type special struct {
	Day  calendar.Date
	Kind string
}

func calendarSheet() sheet {
	s := sheet{key: "calendar", path: "calendar.holidays", spare: 30, fresh: func() any { return new(special) }}
	s.columns = []column{
		col("day", 16, func(d *special) any { return &d.Day }, id),
		col("kind", 30, func(d *special) any { return &d.Kind }, set("day")),
	}
	s.lines = func(p *plan.Plan) []*line {
		var out []*line
		for _, d := range p.Calendar.Holidays {
			out = append(out, &line{row: &special{d, holiday}, entry: true})
		}
		for _, d := range p.Calendar.Workdays {
			out = append(out, &line{row: &special{d, workday}, entry: true})
		}
		return out
	}
	s.put = func(r *Reading, p *plan.Plan, all []*line) {
		for _, l := range all {
			d := l.row.(*special)
			days, name := &p.Calendar.Holidays, "holidays"
			switch d.Kind {
			case workday:
				days, name = &p.Calendar.Workdays, "workdays"
			case holiday:
			default:
				at := l.at(s.columns[1])
				r.add(at.sheet, at.cell, wording.Text("plan.book.bad.choice", "read", d.Kind))
			}
			l.path = fmt.Sprintf("calendar.%s[%d]", name, len(*days))
			*days = append(*days, d.Day)
		}
	}
	return s
}

// timedPeriod is a period with both deadlines present, blank when there is none.
type timedPeriod struct {
	plan.Period
	Reg, Dos plan.Deadline
}

func periodSheet() sheet {
	s := sheet{key: "periods", path: "periods", spare: 6, fresh: func() any { return new(timedPeriod) }}
	deadline := func(prefix string, at func(*timedPeriod) *plan.Deadline) []column {
		return append([]column{
			col(prefix+"before", 14, func(t *timedPeriod) any { return &at(t).Before }),
			col(prefix+"last-day", 14, func(t *timedPeriod) any { return &at(t).LastDay }),
			col(prefix+"clause", 10, func(t *timedPeriod) any { return &at(t).Clause }, from(refs)),
		}, marks(prefix, func(t *timedPeriod) *plan.Mark { return &at(t).Mark })...)
	}
	s.columns = append(s.columns,
		col("id", 14, func(t *timedPeriod) any { return &t.ID }, id),
		col("kind", 22, func(t *timedPeriod) any { return &t.Kind }, set("period")),
		col("title", 26, func(t *timedPeriod) any { return &t.Title }),
		col("from", 14, func(t *timedPeriod) any { return &t.From }),
		col("to", 14, func(t *timedPeriod) any { return &t.To }),
		col("years", 18, func(t *timedPeriod) any { return &t.Years }),
	)
	s.columns = append(s.columns, deadline("registration.", func(t *timedPeriod) *plan.Deadline { return &t.Reg })...)
	s.columns = append(s.columns, deadline("dossier.", func(t *timedPeriod) *plan.Deadline { return &t.Dos })...)
	s.columns = append(s.columns, marks("", func(t *timedPeriod) *plan.Mark { return &t.Mark })...)
	s.lines = func(p *plan.Plan) []*line {
		var out []*line
		for _, per := range p.Periods {
			t := &timedPeriod{Period: per}
			if per.Registration != nil {
				t.Reg = *per.Registration
			}
			if per.Dossier != nil {
				t.Dos = *per.Dossier
			}
			out = append(out, &line{row: t, entry: true})
		}
		return out
	}
	s.put = func(_ *Reading, p *plan.Plan, all []*line) {
		for i, l := range all {
			t := l.row.(*timedPeriod)
			l.path = fmt.Sprintf("periods[%d]", i)
			if t.Reg != (plan.Deadline{}) {
				t.Registration = &t.Reg
			}
			if t.Dos != (plan.Deadline{}) {
				t.Dossier = &t.Dos
			}
			p.Periods = append(p.Periods, t.Period)
		}
	}
	return s
}

// refs are the clauses one may cite.
func refs(p *plan.Plan) []string {
	out := make([]string, len(p.Clauses))
	for i, c := range p.Clauses {
		out[i] = c.Ref
	}
	return out
}

// scaleIDs are the scales a check may use.
func scaleIDs(p *plan.Plan) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range p.Scales {
		if !seen[s.ID] {
			out, seen[s.ID] = append(out, s.ID), true
		}
	}
	return out
}

// facts are the facts the plan's checks and order use.
func facts(p *plan.Plan) []string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(f string) {
		if !seen[f] {
			out, seen[f] = append(out, f), true
		}
	}
	for _, c := range p.Criteria {
		for _, leaf := range c.Check.Leaves() {
			add(leaf.Fact)
		}
	}
	for _, o := range p.Order {
		add(o.Fact)
	}
	for _, c := range p.Columns {
		if c.Own() {
			add(c.Key)
		}
	}
	for i := range p.Derived {
		add(p.Derived[i].Key)
		if p.Derived[i].Scale != "" {
			add(p.Derived[i].Band())
		}
	}
	return out
}
