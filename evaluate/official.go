package evaluate

import (
	"strconv"
	"strings"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/person"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// row is a set of official facts, one for each key; a blank one says that the records name the
// subject and leave the column empty.
type row map[string]Fact

// put adds a fact. Later records override earlier ones, but a blank cell never takes back a value:
// records arrive in parts.
func (r row) put(f Fact) {
	if f.Value == "" && r[f.Key].Value != "" {
		return
	}
	r[f.Key] = f
}

// personRow is one line of the personal ratings.
type personRow struct {
	key, fold, position, name string
	plain                     bool // the name was typed without any accent
	facts                     row
	at                        form.Ref
}

// breach is one entry of the discipline register.
type breach struct {
	key, fold string // of the person, "" when the entry is about the unit
	name      string
	plain     bool
	date      string
	outside   bool // dated outside the year of the round
	text      string
	at        Fact
}

// official is what the office's records say, by unit code, merged in order of receipt.
type official struct {
	unit        map[string]row
	index       map[string]row
	collectives map[string]map[string]row // unit → viet.NameKey of the collective
	people      map[string][]personRow
	register    map[string][]breach
	named       map[string][]elsewhere // entries naming a person, by person.Key
	reviewed    *Fact                  // the day up to which the register was reviewed, nil when nobody said so
	findings    []finding.Finding
}

// elsewhere is an entry of the register that names a person, with the unit it stands under.
type elsewhere struct{ unit, where string }

// gather merges the records. A unit name that fits nothing is a finding for the office, never a
// guess.
func gather(s setting, records []*submission.Submission) *official {
	o := &official{
		unit: map[string]row{}, index: map[string]row{}, collectives: map[string]map[string]row{},
		people: map[string][]personRow{}, register: map[string][]breach{}, named: map[string][]elsewhere{},
	}
	var (
		asked        = templates.Fit(templates.RecordsForm, s.plan, s.period)
		indexFields  = factFields(asked, "index")
		unitFields   = factFields(asked, "unitratings")
		personFields = factFields(asked, "ratings")
	)
	for _, sub := range records {
		r, ok := sub.Value.(*templates.Records)
		if !ok {
			continue
		}
		if _, ok := r.Head.DisciplineUpTo.Date(); ok {
			f := cell(sub, check.FactDiscipline, r.Head.DisciplineUpTo, check.Official, "III.2.1")
			o.reviewed = &f
		}
		for i := range r.Index {
			x := &r.Index[i]
			if unit, ok := o.resolve(s, x.Unit); ok {
				if o.index[unit] == nil {
					o.index[unit] = row{}
				}
				o.index[unit].read(sub, indexFields, x)
				o.index[unit].put(cell(sub, check.FactIndexRank, x.Rank, check.Official, "III.2.1"))
			}
		}
		for i := range r.UnitRatings {
			x := &r.UnitRatings[i]
			if unit, ok := o.resolve(s, x.Unit); ok {
				o.ratingRow(s, unit, x.Collective.Text).read(sub, unitFields, x)
			}
		}
		for i := range r.Ratings {
			x := &r.Ratings[i]
			if unit, ok := o.resolve(s, x.Unit); ok {
				p := personRow{key: person.Key(x.Name.Text), position: viet.Fold(x.Position.Text), name: x.Name.Text,
					facts: row{}, at: x.Name.At}
				p.fold = viet.Fold(p.key)
				p.plain = p.key == p.fold
				p.facts.read(sub, personFields, x)
				o.people[unit] = append(o.people[unit], p)
			}
		}
		for i := range r.Discipline {
			x := &r.Discipline[i]
			if unit, ok := o.resolve(s, x.Unit); ok {
				o.enter(s, unit, sub, x)
			}
		}
	}
	for _, unit := range sortedKeys(o.register) {
		for _, b := range o.register[unit] {
			if b.key != "" {
				o.named[b.key] = append(o.named[b.key],
					elsewhere{unit, where(form.Ref{Sheet: b.at.Sheet, Cell: b.at.Cell})})
			}
		}
	}
	return o
}

// flagElsewhere marks a person whose name stands in the register under another unit: it may be
// somebody who moved. The entry binds nobody until people have said whom it is about.
func (o *official) flagElsewhere(s setting, c *candidate) {
	if c.Kind != Individual {
		return
	}
	for _, e := range o.named[c.key] {
		if e.unit != c.Unit {
			c.flag("", "breachelsewhere", nil, "unit", s.unit(e.unit).Name, "cell", e.where)
		}
	}
}

func (o *official) resolve(s setting, unit form.Value) (code string, ok bool) {
	if !unit.Given() {
		return "", false
	}
	if code, ok = s.unitByName(unit.Text); !ok {
		o.findings = append(o.findings,
			finding.New(finding.UnknownUnit, finding.At{Sheet: unit.At.Sheet, Cell: unit.At.Cell}, "read", unit.Typed(),
				"suggestion", ""))
	}
	return code, ok
}

// ratingRow returns the row of a collective of a unit, or of the unit itself when no collective or
// the unit's own name is given.
func (o *official) ratingRow(s setting, unit, collective string) row {
	key := viet.NameKey(collective)
	if key == "" || key == viet.NameKey(s.unit(unit).Name) {
		if o.unit[unit] == nil {
			o.unit[unit] = row{}
		}
		return o.unit[unit]
	}
	if o.collectives[unit] == nil {
		o.collectives[unit] = map[string]row{}
	}
	if o.collectives[unit][key] == nil {
		o.collectives[unit][key] = row{}
	}
	return o.collectives[unit][key]
}

// read puts the fields criteria may use, blank ones included.
func (r row) read(sub *submission.Submission, fields []form.Field, from any) {
	for _, f := range fields {
		v := *f.At(from)
		if v.Bad {
			v.Text = ""
		}
		r.put(cell(sub, f.Fact, v, check.Official, f.Clause))
	}
}

// enter adds an entry to the register. Entries are never taken back by being left out of a later
// file; the same person, or the unit itself, on the same day is the same entry corrected.
func (o *official) enter(s setting, unit string, sub *submission.Submission, x *templates.DisciplineEntry) {
	at := x.Content
	if x.Name.Given() {
		at = x.Name
	}
	b := breach{key: person.Key(x.Name.Text), name: x.Name.Text, date: x.Date.Text,
		at: cell(sub, check.FactDiscipline, at, check.Official, "III.2.1")}
	b.fold = viet.Fold(b.key)
	b.plain = b.key == b.fold
	b.text = x.Content.Text
	if d, ok := x.Date.Date(); ok {
		b.text = wording.Text("evaluate.breach", "day", d.Short(), "content", x.Content.Text)
		b.outside = !s.span.From.IsZero() && d.Last().Before(s.span.From) || !s.span.To.IsZero() &&
			d.First().After(s.span.To)
	}
	for i, e := range o.register[unit] {
		if e.key == b.key && e.date == b.date && (b.key != "" || e.text == b.text) {
			o.register[unit][i] = b
			return
		}
	}
	o.register[unit] = append(o.register[unit], b)
}

// facts gives every candidate of a unit its official facts.
func (o *official) facts(s setting, unit string, list []*candidate) {
	people := peopleOf(list)
	for _, c := range list {
		c.subject.Unsure = map[string]string{}
		if r := o.index[unit]; r != nil {
			c.add(r)
		}
		if c.Kind == Collective {
			o.collective(unit, c, list)
		} else {
			o.person(unit, c, people)
		}
		o.discipline(s, unit, c, people)
		if len(c.subject.Unsure) == 0 {
			c.subject.Unsure = nil
		}
	}
}

// add appends a row's facts in the order of their keys.
func (c *candidate) add(r row) {
	for _, key := range sortedKeys(r) {
		c.subject.Facts = append(c.subject.Facts, r[key])
	}
}

// collective takes the row that names the collective, and the unit's own row for what that row
// leaves blank.
func (o *official) collective(unit string, c *candidate, list []*candidate) {
	merged := row{}
	for _, f := range o.unit[unit] {
		merged.put(f)
	}
	own := o.collectives[unit][c.key]
	if own == nil {
		own = o.nearCollective(unit, c, list)
	}
	for _, f := range own {
		merged.put(f)
	}
	c.add(merged)
}

// nearCollective finds a row whose name differs from the collective's only in accents, when nothing
// else could be meant.
func (o *official) nearCollective(unit string, c *candidate, list []*candidate) row {
	var found row
	for _, key := range sortedKeys(o.collectives[unit]) {
		if viet.Fold(key) != c.fold {
			continue
		}
		for _, other := range list {
			if other.Kind == Collective && other.fold == c.fold && other.key != c.key {
				c.unsure(o.collectives[unit][key], wording.Text("evaluate.unsure.collective", "name", key))
				return nil
			}
		}
		if found != nil {
			c.unsure(found, wording.Text("evaluate.unsure.collective", "name", key))
			return nil
		}
		found = o.collectives[unit][key]
	}
	return found
}

func (c *candidate) unsure(facts row, why string) {
	for key := range facts {
		c.subject.Unsure[key] = why
	}
}

// peopleOf indexes a unit's individual candidates by folded name.
func peopleOf(list []*candidate) map[string][]*candidate {
	out := map[string][]*candidate{}
	for _, c := range list {
		if c.Kind == Individual {
			out[c.fold] = append(out[c.fold], c)
		}
	}
	return out
}

// person takes the ratings of the person: rows with the same name, accents and all; else rows typed
// without accents. Where two people could be meant the position decides, and where that does not
// help nobody guesses.
func (o *official) person(unit string, c *candidate, people map[string][]*candidate) {
	var exact, near []personRow
	for _, p := range o.people[unit] {
		switch {
		case p.key == c.key:
			exact = append(exact, p)
		case p.fold == c.fold && len(filter(people[c.fold], func(n *candidate) bool { return n.key == p.key })) == 0:
			near = append(near, p) // a row that names another nominee exactly is about that one
		}
	}
	rows, namesakes := exact,
		filter(people[c.fold], func(n *candidate) bool { return n.key == c.key && n.base != c.base })
	if len(rows) == 0 && len(near) > 0 {
		last := near[len(near)-1]
		if !last.plain && c.key != c.fold {
			c.unsure(last.facts, wording.Text("evaluate.unsure.accents", "name", last.name, "cell", where(last.at)))
			return
		}
		rows, namesakes = near, otherBases(people[c.fold], c)
	}
	if len(rows) == 0 {
		return
	}
	if ambiguous(rows) || len(namesakes) > 0 {
		position := viet.Fold(c.Position)
		all := rows
		rows = nil
		for _, p := range all {
			if p.position != "" && p.position == position {
				rows = append(rows, p)
			}
		}
		shared := len(withPosition(namesakes, position)) > 0
		if len(rows) == 0 || shared {
			last := all[len(all)-1]
			c.unsure(last.facts, wording.Text("evaluate.unsure.person", "name", last.name, "cell", where(last.at)))
			return
		}
	}
	merged := row{}
	for _, p := range rows {
		for _, f := range p.facts {
			merged.put(f)
		}
	}
	c.add(merged)
}

func filter(list []*candidate, is func(*candidate) bool) []*candidate {
	var out []*candidate
	for _, n := range list {
		if is(n) {
			out = append(out, n)
		}
	}
	return out
}

func otherBases(list []*candidate, c *candidate) []*candidate {
	return filter(list, func(n *candidate) bool { return n.base != c.base })
}

func withPosition(list []*candidate, position string) []*candidate {
	return filter(list, func(n *candidate) bool { return viet.Fold(n.Position) == position })
}

// ambiguous reports whether rows of one name are about more than one person, as far as it matters:
// other positions and other values.
func ambiguous(rows []personRow) bool {
	for _, p := range rows[1:] {
		if p.position == rows[0].position || p.position == "" || rows[0].position == "" {
			continue
		}
		for key, f := range p.facts {
			if f.Value != rows[0].facts[key].Value {
				return true
			}
		}
	}
	return false
}

// discipline counts the register's entries that bind the candidate: all of the unit's for a
// collective (Plan III.2.1: nobody in the unit), those naming the person for an individual. Without
// an entry the count is zero once the office has said that it reviewed the register, and unknown
// before. Entries dated outside the year are not counted; the council weighs them.
func (o *official) discipline(s setting, unit string, c *candidate, people map[string][]*candidate) {
	var count int
	var texts, outside []string
	var first Fact
	for _, b := range o.register[unit] {
		if c.Kind == Individual {
			binds, why := b.binds(c, people)
			if why != "" && !b.outside {
				c.subject.Unsure[check.FactDiscipline] = why
			}
			if !binds {
				continue
			}
		}
		if b.outside {
			outside = append(outside, b.text)
			continue
		}
		if count++; count == 1 {
			first = b.at
		}
		texts = append(texts, b.text)
	}
	switch {
	case count > 0:
		first.Value = strconv.Itoa(count)
		first.Text = wording.Text("evaluate.breaches", "count", count, "list", strings.Join(texts, "; "))
		delete(c.subject.Unsure, check.FactDiscipline)
	case o.reviewed != nil && c.subject.Unsure[check.FactDiscipline] == "":
		first = *o.reviewed
		day, _ := calendar.ParseISO(first.Value)
		first.Value, first.Text = "0", wording.Text("evaluate.nobreach", "day", day.Short())
		if len(outside) > 0 {
			first.Text = wording.Text("evaluate.breachoutside", "from", s.span.From.Short(), "to", s.span.To.Short(),
				"count", len(outside), "list", strings.Join(outside, "; "))
			c.subject.Weigh = map[string]string{check.FactDiscipline: first.Text}
		}
	default:
		return
	}
	if c.Kind == Individual {
		first.Clause = "III.2.2"
	}
	c.subject.Facts = append(c.subject.Facts, first)
}

// binds reports whether an entry names the person; why is set when it may or may not.
func (b breach) binds(c *candidate, people map[string][]*candidate) (binds bool, why string) {
	if b.key == "" || b.fold != c.fold {
		return false, ""
	}
	others := otherBases(people[c.fold], c)
	if b.key == c.key {
		if len(filter(others, func(n *candidate) bool { return n.key == c.key })) == 0 {
			return true, ""
		}
	} else if len(filter(people[c.fold], func(n *candidate) bool { return n.key == b.key })) > 0 {
		return false, "" // it names another nominee exactly
	} else if (b.plain || c.key == c.fold) && len(others) == 0 {
		return true, ""
	}
	return false, wording.Text("evaluate.unsure.breach", "name", b.name, "cell",
		where(form.Ref{Sheet: b.at.Sheet, Cell: b.at.Cell}))
}

func where(at form.Ref) string {
	return finding.Finding{Sheet: at.Sheet, Cell: at.Cell}.Where()
}
