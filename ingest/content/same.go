package content

import (
	"slices"
	"strings"
	"time"

	"thidua/ingest/submission"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// pool is everything a unit has said so far in one form, each entry as it was last said.
type pool struct {
	known []origin
	at    []int // where the entries of the version added last are known

	// open is the first of the versions before that were not read in whole: what stands in the next
	// and was in none may have stood in it.
	open *submission.Submission
}

// origin is an entry and the version it came with.
type origin struct {
	entry   entry
	came    time.Time
	receipt string
	was     string // its name then
	counted bool   // it stood in a version that was accepted
}

// add takes in one version: what is new in it came with it.
func (p *pool) add(s submission.Submission, found []entry) {
	p.at = p.match(found)
	from := s
	if p.open != nil {
		from = *p.open
	}
	for i, e := range found {
		if p.at[i] < 0 {
			p.at[i] = len(p.known)
			p.known = append(p.known, origin{came: from.Received, receipt: from.ID, was: e.name})
		}
		o := &p.known[p.at[i]]
		if o.was == "" {
			o.was = e.name
		}
		o.entry, o.counted = e, o.counted || s.State == submission.Accepted
	}
	switch {
	case !partlyUnread(s):
		p.open = nil
	case p.open == nil:
		p.open = &s
	}
}

// lines are the entries of the version added last.
func (p *pool) lines() []Line {
	out := make([]Line, len(p.at))
	for i, at := range p.at {
		out[i] = p.known[at].line()
	}
	return out
}

// gone are the entries that counted once and do not stand in the version added last.
func (p *pool) gone() []Line {
	var out []Line
	for i, o := range p.known {
		if o.counted && o.entry.sort != Part && !slices.Contains(p.at, i) {
			out = append(out, o.line())
		}
	}
	return out
}

func (o origin) line() Line {
	e := o.entry
	l := Line{Sort: e.sort, Kind: e.kind, Name: e.name, At: e.at, Came: o.came, Receipt: o.receipt}
	if o.was != e.name {
		l.Was = o.was
	}
	return l
}

// match finds each entry among those known, -1 for what is new: first what is called the same, then
// what corrects something that no longer stands under its name. Nothing is found twice.
func (p *pool) match(found []entry) []int {
	by := make(map[string][]int, len(p.known))
	for i, o := range p.known {
		by[o.entry.key()] = append(by[o.entry.key()], i)
	}
	at, taken := make([]int, len(found)), make([]bool, len(p.known))
	for _, fits := range []func(known, now entry) bool{alike, compatible} { // of namesakes the one who agrees
		for i, e := range found {
			if at[i] > 0 {
				continue
			}
			for _, k := range by[e.key()] {
				if !taken[k] && fits(p.known[k].entry, e) {
					at[i], taken[k] = k+1, true
					break
				}
			}
		}
	}
	for i, e := range found {
		if at[i] == 0 {
			for k, o := range p.known {
				if !taken[k] && corrects(o.entry, e) {
					at[i], taken[k] = k+1, true
					break
				}
			}
		}
		at[i]--
	}
	return at
}

// alike reports whether all that tells namesakes apart is the same.
func alike(a, b entry) bool {
	return a.born == b.born && a.position == b.position && a.sex == b.sex && a.size == b.size
}

// compatible reports whether two entries of one name can be the same: personal data may be
// corrected, but nobody has another birth, another post and another sex at once.
func compatible(a, b entry) bool {
	if a.kind != plan.Individual {
		return true
	}
	return !(differ(a.born, b.born) && !sameBirth(a.born, b.born) && differ(a.position, b.position))
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// sameBirth reports whether two births can be the same: a year agrees with a day in it.
func sameBirth(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// corrects reports whether an entry is an earlier one with its name put right. A name is right when
// it is near and something else says that the same is meant; where no name was given, when the rest
// of the row is the same.
func corrects(before, now entry) bool {
	if before.sort != now.sort || before.kind != now.kind {
		return false
	}
	switch {
	case before.sort == Target:
		return plain(before.content) == plain(now.content) && near(before.name, now.name)
	case before.sort == Part || before.name != "" && !near(before.name, now.name):
		return false
	case before.kind == plan.Individual:
		day := before.born != "" && before.born == now.born && len(now.born) > len("2006")
		post := before.position != "" && before.position == now.position
		if before.born != "" && now.born != "" && !sameBirth(before.born, now.born) {
			return false
		}
		return day || post
	case before.name == "":
		return before.leader != "" && before.leader == now.leader || before.leader == "" && before.size != "" &&
			before.size == now.size
	}
	return !differ(before.size, now.size) || !differ(before.leader, now.leader)
}

// near reports whether one text is the other but for slips: case, accents, signs and spaces, or a
// letter in some of its longer words. Figures are never a slip.
func near(a, b string) bool {
	a, b = viet.Fold(a), viet.Fold(b)
	if plain(a) == plain(b) {
		return true
	}
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return false
	}
	slips := 0
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if slips++; len(x[i]) < 3 && len(y[i]) < 3 || strings.ContainsAny(x[i]+y[i], "0123456789") ||
			viet.Distance(x[i], y[i]) > 1 && !swapped(x[i], y[i]) {
			return false
		}
	}
	return slips <= max(1, len(x)/3)
}

// swapped reports whether two neighbouring letters changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
