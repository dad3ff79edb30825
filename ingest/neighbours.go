package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/person"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// neighbours knows who was proposed and what was reported in every submission taken in so far, so
// that a new one can be held to those of other units and other levels. It only remarks: which of
// two proposals stands is for people to decide.
type neighbours struct {
	people map[string][]proposedPerson // by the key of the same person, without accents
	texts  map[[2]uint64][]reportedDeed
	above  string // the award of the level above, as dossiers write it (Plan III.1.1)
}

// proposedPerson is a person proposed for an award, or given one by a commune.
type proposedPerson struct {
	from        *submission.Submission
	name        form.Value
	born, level string
}

// reportedDeed is the achievement report of one nominee.
type reportedDeed struct {
	from   *submission.Submission
	name   form.Value
	text   form.Value
	pieces viet.Shingles
}

func newNeighbours(p *plan.Plan) *neighbours {
	return &neighbours{people: map[string][]proposedPerson{}, texts: map[[2]uint64][]reportedDeed{},
		above: p.Province.Award}
}

// The levels of an award (Plan III.1): of the plan's copies, and keys of the catalogue.
const (
	levelCommune  = "commune"
	levelCity     = "city"
	levelProvince = "province"
)

// levelName is a level as the plan's forms offer it, within a sentence: "cấp thành phố".
//
//wording:composed finding.level-of-award.
func levelName(p *plan.Plan, level string) string {
	for _, c := range p.Copies {
		if name := c.LevelName(); c.Level == level && name != "" {
			first, size := utf8.DecodeRuneInString(name)
			return string(unicode.ToLower(first)) + name[size:]
		}
	}
	return wording.Text("finding.level-of-award." + level)
}

// individuals returns the people whom a submission names for an award.
func (n *neighbours) individuals(s *submission.Submission) []proposedPerson {
	var out []proposedPerson
	if v, ok := s.Value.(*templates.CommuneAwards); ok {
		for _, x := range v.Awards {
			if x.Kind.Text == templates.KindIndividual && x.Name.Given() {
				out = append(out, proposedPerson{from: s, name: x.Name, level: levelCommune})
			}
		}
	}
	slate, _ := templates.SlateOf(s.Value)
	for _, x := range slate.Of(plan.Individual) {
		level := levelCity
		if x.Award.Given() && x.Award.Text == n.above {
			level = levelProvince
		}
		if x.Name.Given() {
			out = append(out, proposedPerson{from: s, name: *x.Name, born: x.Born.Text, level: level})
		}
	}
	return out
}

// reports returns the achievement reports of a submission that are long enough to be compared.
func reports(s *submission.Submission) []reportedDeed {
	slate, _ := templates.SlateOf(s.Value)
	var out []reportedDeed
	for _, r := range slate.Reports {
		if pieces := viet.ShinglesOf(r.Results.Text); len(pieces) >= 10 {
			out = append(out, reportedDeed{s, r.Name, r.Results, pieces})
		}
	}
	return out
}

// crowd is how many texts of one band are kept: a phrase that everybody uses is nobody's copy.
const crowd = 64

// add learns from a submission.
func (n *neighbours) add(s *submission.Submission) {
	if s.Value == nil || s.Mistaken() {
		return
	}
	for _, p := range n.individuals(s) {
		key := viet.Fold(person.Key(p.name.Text))
		n.people[key] = append(n.people[key], p)
	}
	for _, r := range reports(s) {
		for _, band := range bands(r.pieces) {
			if len(n.texts[band]) < crowd {
				n.texts[band] = append(n.texts[band], r)
			}
		}
	}
}

// bands are keys of which texts that are nearly the same share at least one: least values of the
// pieces under several orders, three by three.
func bands(pieces viet.Shingles) [][2]uint64 {
	const count, width = 6, 3
	out := make([][2]uint64, count)
	for b := range out {
		key := uint64(b)
		for w := range width {
			least := ^uint64(0)
			for _, p := range pieces {
				least = min(least, mix(p+uint64(b*width+w)*0x9e3779b97f4a7c15))
			}
			key = mix(key ^ least)
		}
		out[b] = [2]uint64{uint64(b), key}
	}
	return out
}

// mix spreads a number over all its bits.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// remarks compares a submission with what arrived before it from others. rules reports whether
// another submission still counts.
func (n *neighbours) remarks(p *plan.Plan, s *submission.Submission,
	rules func(*submission.Submission) bool) []finding.Finding {
	if s.Value == nil || s.Mistaken() {
		return nil
	}
	earlier := func(o *submission.Submission) bool {
		return submission.Compare(*o, *s) < 0 && (o.Unit != s.Unit || o.Form != s.Form) && rules(o)
	}
	var out []finding.Finding
	for _, x := range n.individuals(s) {
		var units []string
		level := ""
		namesakes := slices.Clone(n.people[viet.Fold(person.Key(x.name.Text))])
		// whatever order they were read in
		slices.SortStableFunc(namesakes, func(a, b proposedPerson) int { return submission.Compare(*a.from, *b.from) })
		for _, o := range namesakes {
			if o.from.Period != s.Period || !earlier(o.from) || !sameBirth(x.born, o.born) ||
				(x.born == "" || o.born == "") && o.from.Unit != s.Unit {
				continue
			}
			u, _ := p.UnitByCode(o.from.Unit)
			if o.from.Unit != s.Unit && o.from.Form == s.Form && !slices.Contains(units, u.Name) {
				units = append(units, u.Name)
			}
			if o.level != x.level {
				level = levelName(p, o.level) + " (" + u.Name + ")"
			}
		}
		own, _ := p.UnitByCode(s.Unit)
		at := finding.At{Sheet: x.name.At.Sheet, Cell: x.name.At.Cell}
		if len(units) > 0 {
			slices.Sort(units)
			out = append(out, finding.New(finding.TwoUnits, at, "name", x.name.Text, "read", own.Name, "want",
				strings.Join(units, ", ")))
		}
		if level != "" {
			out = append(out, finding.New(finding.TwoLevels, at, "name", x.name.Text, "read", levelName(p, x.level)+
				"; "+level))
		}
	}
	for _, r := range reports(s) {
		if o, ok := n.twin(r, earlier); ok {
			u, _ := p.UnitByCode(o.from.Unit)
			whose := u.Name
			if viet.NameKey(o.name.Text) != viet.NameKey(u.Name) {
				whose = o.name.Text + " (" + u.Name + ")"
			}
			out = append(out,
				finding.New(finding.SimilarElsewhere, finding.At{Sheet: r.text.At.Sheet, Cell: r.text.At.Cell}, "name",
					r.name.Text, "read", whose))
		}
	}
	return out
}

// twin finds the earliest report of another unit for the same round that is nearly the same.
func (n *neighbours) twin(r reportedDeed, earlier func(*submission.Submission) bool) (first reportedDeed, ok bool) {
	for _, band := range bands(r.pieces) {
		for _, o := range n.texts[band] {
			if o.from.Unit != r.from.Unit && o.from.Period == r.from.Period && r.pieces.Alike(o.pieces) &&
				earlier(o.from) {
				if !ok || submission.Compare(*o.from, *first.from) < 0 {
					first, ok = o, true
				}
			}
		}
	}
	return first, ok
}

// sameBirth reports whether two days of birth can be one; a year alone agrees with a day in it.
func sameBirth(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }
