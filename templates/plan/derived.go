package plan

import "slices"

// Derived is a fact that is reckoned from numbers that forms state, of every nominee of whom all of
// them are known: from the unit's word, and from the records where they hold them all.
type Derived struct {
	Key   string      `yaml:"key"`
	Title string      `yaml:"title"`
	Kind  DerivedKind `yaml:"kind"`
	// the numbers, in order: keys of the plan's own columns, facts of the forms, or columns of the
	// achievement report such as "reports.ontime"
	Of     []string `yaml:"of"`
	Scale  string   `yaml:"scale,omitempty"` // total: the level of the sum is the fact <key>.band
	Clause string   `yaml:"clause,omitempty"`
	Mark   `yaml:",inline"`
}

// DerivedKind says how a derived fact is reckoned.
type DerivedKind string

// The kinds of derived facts.
const (
	DerivedShare      DerivedKind = "share"      // the first in percent of the second
	DerivedSum        DerivedKind = "sum"        // of all
	DerivedDifference DerivedKind = "difference" // the first less the second
	DerivedTotal      DerivedKind = "total"      // of points, with the level of a scale
)

// DerivedKinds are the kinds in the order of their constants.
func DerivedKinds() []DerivedKind {
	return []DerivedKind{DerivedShare, DerivedSum, DerivedDifference, DerivedTotal}
}

// Band is the key of the fact that says at which level of its scale a total is.
func (d *Derived) Band() string { return d.Key + ".band" }

// Reckon is the value of the fact; ok is false where there is none, such as a share of nothing.
func (d *Derived) Reckon(of []float64) (x float64, ok bool) {
	switch {
	case d.Kind == DerivedShare && len(of) == 2:
		if of[1] == 0 {
			return 0, false
		}
		return 100 * of[0] / of[1], true
	case d.Kind == DerivedDifference && len(of) == 2:
		return of[0] - of[1], true
	case d.Kind == DerivedSum, d.Kind == DerivedTotal:
		for _, n := range of {
			x += n
		}
		return x, len(of) > 0
	}
	return 0, false
}

// derived notes derived facts that cannot be reckoned. Whether forms state their numbers is for
// those to say who know the forms.
func (l *linter) derived() {
	checkUnique(l, filePlan, "derived", "key", l.p.Derived, func(d Derived) string { return d.Key })
	for i := range l.p.Derived {
		d := &l.p.Derived[i]
		l.at(filePlan, "derived/"+d.Key, nth("derived", i))
		l.checkGiven("key", d.Key, "title", d.Title)
		if d.Key != "" && !columnKey.MatchString(d.Key) {
			l.addTo("key", "column.key", "read", d.Key)
		}
		if slices.ContainsFunc(l.p.Columns, func(c Column) bool { return c.Own() && c.Key == d.Key }) {
			l.addTo("key", "column.taken", "read", d.Key)
		}
		if d.Clause != "" {
			l.clause(d.Clause, 0)
		}
		l.mark(d.Mark)
		if !checkKnown(l, "kind", d.Kind, DerivedKinds()...) {
			continue
		}
		two := d.Kind == DerivedShare || d.Kind == DerivedDifference
		switch {
		case two && len(d.Of) != 2:
			l.add("number", "field", "of", "read", len(d.Of), "want", "2")
		case !two && len(d.Of) < 2:
			l.add("number", "field", "of", "read", len(d.Of), "want", "≥ 2")
		}
		if (d.Scale != "") != (d.Kind == DerivedTotal) {
			l.addTo("scale", "derived.scale")
		} else if d.Scale != "" {
			l.bands(d.Scale)
		}
	}
}

// bands notes a scale that there is not, or that says no points.
func (l *linter) bands(id string) {
	i := slices.IndexFunc(l.p.Scales, func(s Scale) bool { return s.ID == id })
	if i < 0 {
		var ids []string
		for _, s := range l.p.Scales {
			ids = append(ids, s.ID)
		}
		checkKnown(l, "scale", id, slices.Compact(ids)...)
		return
	}
	if _, ok := l.p.Scales[i].Band(0); !ok {
		l.addTo("scale", "derived.bands", "read", id)
	}
}

// DerivedFault is a problem of a derived fact that those tell who know the forms.
func (p *Plan) DerivedFault(i int, field, kind string, pairs ...any) Problem {
	l := &linter{p: p}
	l.at(filePlan, "derived/"+p.Derived[i].Key, nth("derived", i))
	l.addTo(field, kind, pairs...)
	return l.problems[0]
}
