package plan

import (
	"fmt"
	"slices"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/viet"
)

func (l *linter) criteria() {
	p := l.p
	checkUnique(l, fileCriteria, "criteria", "id", p.Criteria, func(c Criterion) string { return c.ID })
	for i, c := range p.Criteria {
		l.at(fileCriteria, c.ID, nth("criteria", i))
		l.checkGiven("id", c.ID, "title", c.Title, "text", c.Text)
		l.clause(c.Clause, c.Item)
		checkKnown(l, "nominee", c.Nominee, Collective, Individual)
		for _, g := range c.Groups {
			checkKnown(l, "groups", g, l.groups()...)
		}
		for _, r := range c.Roles {
			checkKnown(l, "roles", r, l.roles()...)
		}
		l.mark(c.Mark)
		l.path += ".check"
		l.check(c.Check)
	}
	l.at(fileCriteria, "priority", "priority")
	checkKnown(l, "role", p.Priority.Role, l.roles()...)
	l.clause(p.Priority.Clause, 0)
	if p.Stage.Rule != "" {
		l.at(fileCriteria, "stage", "stage")
		checkKnown(l, "rule", p.Stage.Rule, EveryYear, LastYear)
		l.mark(p.Stage.Mark)
		if p.Stage.Clause != "" {
			l.clause(p.Stage.Clause, 0)
		}
	}
	for i, o := range p.Order {
		l.at(fileCriteria, fmt.Sprint("order/", o.Nominee, " ", o.Fact), nth("order", i))
		l.checkGiven("fact", o.Fact, "title", o.Title)
		checkKnown(l, "nominee", o.Nominee, Collective, Individual)
		for _, g := range o.Groups {
			checkKnown(l, "groups", g, l.groups()...)
		}
		if len(o.First) > 0 && (o.Given || o.Desc) || o.Given && o.Desc {
			l.addTo("first", "order")
		}
		if o.Clause != "" {
			l.clause(o.Clause, 0)
		}
		l.mark(o.Mark)
	}
}

// uses says which fields each kind of check takes besides title; a field in capitals is required.
var uses = map[CheckKind]string{
	CheckIs: "FACT VALUES scale council absent basis otherwise", CheckYes: "FACT absent basis otherwise",
	CheckAtLeast: "FACT SCALE level top council absent basis otherwise",
	CheckNone:    "FACT absent basis otherwise", CheckMin: "FACT NUMBER absent basis otherwise",
	CheckMax:    "FACT number absent basis otherwise",
	CheckBefore: "FACT DATE absent basis otherwise", CheckAfter: "FACT DATE absent basis otherwise",
	CheckGiven: "FACT basis otherwise", CheckCites: "FACT basis otherwise",
	CheckRegistered: "fact", CheckComplete: "fact", CheckCouncil: "fact", CheckAll: "OF", CheckAny: "OF",
}

// checkKinds are the keys of uses in the order of their constants.
var checkKinds = []CheckKind{CheckIs, CheckYes, CheckAtLeast, CheckNone, CheckMin, CheckMax, CheckBefore, CheckAfter,
	CheckGiven, CheckCites,
	CheckRegistered, CheckComplete, CheckCouncil, CheckAll, CheckAny}

// check notes fields a kind of check does not take, fields it lacks, and labels its scale does not
// have.
func (l *linter) check(c Check) {
	if !checkKnown(l, "kind", c.Kind, checkKinds...) {
		return
	}
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"fact", c.Fact != ""}, {"values", len(c.Values) > 0}, {"scale", c.Scale != ""}, {"level", c.Level != ""},
		{"top", c.Top != 0},
		{"council", len(c.Council) > 0}, {"absent", c.Absent != ""}, {"number", c.Number != 0}, {"date", c.Date != ""},
		{"basis", c.Basis != ""},
		{"otherwise", c.Otherwise != ""},
		{"of", len(c.Of) > 0},
	} {
		words := strings.Fields(uses[c.Kind])
		required := slices.Contains(words, strings.ToUpper(f.name))
		switch {
		case f.set && !required && !slices.Contains(words, f.name):
			l.add("unfit", "kind", c.Kind, "field", f.name)
		case !f.set && required:
			l.add("needs", "kind", c.Kind, "field", f.name)
		}
	}
	if c.Kind == CheckAtLeast && (c.Level != "") == (c.Top != 0) {
		l.addTo("level", "atleast")
	}
	if c.Basis != "" {
		checkKnown(l, "basis", c.Basis, Declared, Official)
	}
	if c.Otherwise != "" {
		checkKnown(l, "otherwise", c.Otherwise, ToTheCouncil)
	}
	if c.Absent != "" {
		checkKnown(l, "absent", c.Absent, NotApplicable)
	}
	if c.Date != "" {
		if d, err := calendar.ParseISO(c.Date); err != nil || d.Partial() {
			l.add("day", "field", "date", "read", c.Date)
		}
	}
	if c.Scale != "" {
		l.labels(c)
	}
	at := l.path
	for i, sub := range c.Of {
		l.path = nth(at+".of", i)
		l.check(sub)
	}
	l.path = at
}

// labels holds the labels of a check to every version of its scale.
func (l *linter) labels(c Check) {
	found := false
	for _, s := range l.p.Scales {
		if s.ID != c.Scale {
			continue
		}
		found = true
		var level []string
		if c.Level != "" {
			level = []string{c.Level}
		}
		for _, x := range []struct {
			field  string
			labels []string
		}{{"values", c.Values}, {"council", c.Council}, {"level", level}} {
			for _, label := range x.labels {
				if _, ok := s.Rank(label); !ok {
					l.addTo(x.field, "label", "read", label, "want", strings.TrimSpace(s.ID+" "+s.From.String()))
				}
			}
		}
		if c.Top < 0 || c.Top > len(s.Levels) {
			l.add("number", "field", "top", "read", c.Top, "want", fmt.Sprint("1 – ", len(s.Levels)))
		}
	}
	if !found {
		l.add("unknown", "field", "scale", "read", c.Scale, "want", fileScales)
	}
}

func (l *linter) scales() {
	for i, s := range l.p.Scales {
		at := nth("scales", i)
		l.at(fileScales, strings.TrimSpace(s.ID+" "+s.From.String()), at)
		l.checkGiven("id", s.ID, "title", s.Title)
		l.span("to", s.From, s.To)
		l.mark(s.Mark)
		if len(s.Levels) < 2 {
			l.add("number", "field", "levels", "read", len(s.Levels), "want", "≥ 2")
		}
		for _, other := range l.p.Scales[:i] {
			if other.ID != s.ID {
				continue
			}
			later := s.From
			if other.From.After(later) {
				later = other.From
			}
			if within(later, s.From, s.To) && within(later, other.From, other.To) {
				l.addTo("from", "overlap", "read", s.ID, "want", later)
			}
		}
		seen := map[string]bool{}
		for j, level := range s.Levels {
			l.path = nth(at+".levels", j)
			l.checkGiven("label", level.Label)
			for _, label := range append([]string{level.Label}, level.Aliases...) {
				key := viet.Fold(label)
				if seen[key] {
					l.add("twice", "field", "label", "read", label)
				}
				seen[key] = true
			}
		}
		l.path = at
		if !bandsFall(s.Levels) {
			l.addTo("levels[0].min", "bands")
		}
	}
}

// bandsFall reports that no level has a Min, or that all have, falling down to zero.
func bandsFall(levels []Level) bool {
	last := 101.0
	given := 0
	for _, level := range levels {
		if level.Min == nil {
			continue
		}
		if given++; *level.Min >= last {
			return false
		}
		last = *level.Min
	}
	return given == 0 || given == len(levels) && last == 0
}
