package planbook

import (
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Line is one difference between two plans, in the words of the workbook: the sheet, the entry, the
// column, and what stands there. Field is "" when the whole entry is in one plan only; then Before
// or After is "" and the other sums it up.
type Line struct {
	Sheet  string `json:"sheet"`
	Entry  string `json:"entry"`
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Diff lists what differs between two plans, in the order of the workbook. Entries are matched by
// what names them, such as a quota's period, nominee and group; where one moved in its list without
// other change nothing is told.
func Diff(before, after *plan.Plan) []Line {
	out := []Line{}
	for _, s := range sheets {
		if s.settings {
			for _, c := range s.columns {
				out = differ(out, s, c, "", before, after)
			}
			continue
		}
		a, b := entries(s, before), entries(s, after)
		for _, x := range a.names {
			y, ok := b.lines[x]
			if !ok {
				out = append(out, Line{Sheet: s.name(), Entry: x, Before: sum(s, a.lines[x])})
				continue
			}
			for _, c := range s.columns {
				out = differ(out, s, c, x, a.lines[x].row, y.row)
			}
		}
		for _, x := range b.names {
			if _, ok := a.lines[x]; !ok {
				out = append(out, Line{Sheet: s.name(), Entry: x, After: sum(s, b.lines[x])})
			}
		}
	}
	return out
}

func differ(out []Line, s sheet, c column, entry string, a, b any) []Line {
	before, after := strings.TrimSpace(c.tell(a)), strings.TrimSpace(c.tell(b))
	if before == after {
		return out
	}
	return append(out, Line{Sheet: s.name(), Entry: entry, Field: c.title(s), Before: before, After: after})
}

// namedLines are the lines of a sheet by what names them.
type namedLines struct {
	names []string
	lines map[string]*line
}

func entries(s sheet, p *plan.Plan) namedLines {
	out := namedLines{lines: map[string]*line{}}
	entry := ""
	for _, l := range s.lines(p) {
		if l.entry {
			entry = name(s, l, false)
		}
		full := entry
		if l.child && !l.entry {
			full += " · " + name(s, l, true)
		}
		for out.lines[full] != nil { // named twice: the second of one plan is held to the second of the other
			full += " " + wording.Text("plan.book.again")
		}
		out.names = append(out.names, full)
		out.lines[full] = l
	}
	return out
}

// name joins the cells that name a line's entry, or its child.
func name(s sheet, l *line, child bool) string {
	var parts []string
	for _, c := range s.columns {
		if text := c.tell(l.row); c.id && c.child == child && text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}

// sum joins what a line shows.
func sum(s sheet, l *line) string {
	var parts []string
	for _, c := range s.columns {
		if text := c.tell(l.row); text != "" && !c.id && l.shows(c) {
			parts = append(parts, c.title(s)+": "+strings.TrimSpace(text))
		}
	}
	return strings.Join(parts, "; ")
}

// tell is what a cell shows to a reader: days the Vietnamese way.
func (c column) tell(row any) string {
	if d, ok := c.at(row).(*calendar.Date); ok && !d.IsZero() {
		return d.Short()
	}
	return c.write(row)
}
