package prefill

import (
	"cmp"
	"slices"
	"strconv"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/person"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// yearOf is what is known of a unit in one year of a stage; nil and empty where nothing is.
type yearOf struct {
	Dossier *templates.Dossier // its accepted dossier
	Records *templates.Records // of the office, about all units
	Awards  map[string]string  // what those who were awarded got, by honourKey
}

// honourKey is by what an award of a unit is found: the kind of nominee as forms write it, and the
// name.
func honourKey(kind, name string) string { return kind + "\x00" + templates.NameKey(kind, name) }

// stageDossier is a stage's dossier with everything known before a unit fills it in: who proposes,
// for which stage, and whoever it proposed in a year of the stage, those of most years first, with
// that year's rating, index, award, share of targets met and initiative, and the lowest rating of
// each organisation in the years that are known. The official record goes before what was declared.
// known are the years of the stage in their order.
func stageDossier(p *plan.Plan, period plan.Period, u plan.Unit, known []yearOf) *templates.StageDossier {
	d := templates.NewStageDossier(p, period, u)
	s := stagePrefill{lists: templates.Context(p, period, u.Code).Lists, unit: u,
		collectives: map[string]*templates.StageCollective{}, people: map[string]*templates.StagePerson{},
		years: map[string]int{}, unknown: map[[2]string]bool{}}
	if r, ok := p.Role(plan.RoleCommuneLeader); ok {
		s.leader = r.Title
	}
	for i, k := range known[:min(len(known), plan.MostYears)] {
		if k.Dossier != nil {
			s.year(i, k)
		}
	}
	byYears := func(a, b string) int { return cmp.Compare(s.years[b], s.years[a]) }
	slices.SortStableFunc(s.order, byYears)
	for _, key := range s.order {
		if t, ok := s.collectives[key]; ok {
			d.Collectives = append(d.Collectives, *t)
		} else {
			d.Individuals = append(d.Individuals, *s.people[key])
		}
	}
	return d
}

// stagePrefill collects the nominees of the years of a stage.
type stagePrefill struct {
	lists       form.Lists
	unit        plan.Unit
	leader      string // the role whose holders are measured by their unit's index
	collectives map[string]*templates.StageCollective
	people      map[string]*templates.StagePerson
	years       map[string]int     // in how many years each was proposed
	order       []string           // keys, as first seen
	unknown     map[[2]string]bool // key and organisation: a year's rating has no place in the stage's list
}

// plain is a value without the place it was read from.
func plain(v form.Value) form.Value { return form.Value{Text: v.Text} }

// in writes a rating as the list at the end of the stage does; blank where that has no such rating.
func (s *stagePrefill) in(list string, v form.Value) form.Value {
	if label, ok, _ := form.MatchItems(s.lists.List(list), v.Text); v.Given() && ok {
		return form.Of(label)
	}
	return form.Value{}
}

// year adds the nominees of a year. What a later year says of a person's position goes before an
// earlier one.
func (s *stagePrefill) year(i int, k yearOf) {
	met, all := 0, 0
	for _, t := range k.Dossier.Targets {
		if t.Met.Given() {
			all++
		}
		if t.Met.Text == form.Yes {
			met++
		}
	}
	for _, x := range k.Dossier.Collectives {
		key := honourKey(templates.KindCollective, x.Name.Text)
		t := s.collectives[key]
		if t == nil {
			t = &templates.StageCollective{}
			s.collectives[key], s.order = t, append(s.order, key)
		}
		s.years[key]++
		t.Name, t.Size, t.Award = plain(x.Name), plain(x.Size), plain(x.Award)
		y := templates.StageYear{Grade: s.in("grade", x.Grade), IndexScore: plain(x.IndexScore),
			IndexBand: s.in("index-band", x.IndexBand), Awards: form.Of(k.Awards[key])}
		if all > 0 {
			y.Met = form.Of(strconv.Itoa(met * 100 / all))
		}
		whole := viet.NameKey(x.Name.Text) == viet.NameKey(s.unit.Name)
		if k.Records != nil {
			for _, r := range k.Records.UnitRatings {
				if s.same(r.Unit) &&
					(whole && !r.Collective.Given() || viet.NameKey(r.Collective.Text) == viet.NameKey(x.Name.Text)) &&
					r.Grade.Given() {
					y.Grade = s.in("grade", r.Grade)
				}
			}
		}
		if whole {
			s.index(&y, k.Records)
		}
		t.Years[i] = y
		for _, o := range organisations {
			rating := *o.declared(&x)
			if k.Records != nil && whole {
				for n := range k.Records.UnitRatings {
					if r := &k.Records.UnitRatings[n]; s.same(r.Unit) && !r.Collective.Given() &&
						o.official(r).Given() {
						rating = *o.official(r)
					}
				}
			}
			s.lowest(key, o.list, rating, o.stage(t))
		}
	}
	for _, x := range k.Dossier.Individuals {
		key := honourKey(templates.KindIndividual, x.Name.Text)
		// a namesake
		if p := s.people[key]; p != nil && p.Born.Given() && x.Born.Given() && p.Born.Text != x.Born.Text {
			key += "\x00" + x.Born.Text
		}
		t := s.people[key]
		if t == nil {
			t = &templates.StagePerson{}
			s.people[key], s.order = t, append(s.order, key)
		}
		s.years[key]++
		t.Title, t.Name, t.Born, t.Sex = plain(x.Title), plain(x.Name), plain(x.Born), plain(x.Sex)
		t.Position, t.Department, t.Role, t.Award = plain(x.Position), plain(x.Department), plain(x.Role),
			plain(x.Award)
		y := templates.StageYear{Grade: s.in("grade", x.Grade), IndexBand: s.in("index-band", x.IndexBand),
			Initiative: plain(x.Initiative),
			Awards:     form.Of(k.Awards[honourKey(templates.KindIndividual, x.Name.Text)])}
		if k.Records != nil {
			for _, r := range k.Records.Ratings {
				if s.same(r.Unit) && person.Key(r.Name.Text) == person.Key(x.Name.Text) {
					y.Grade = s.in("grade", r.Grade)
				}
			}
		}
		if x.Role.Text == s.leader {
			s.index(&y, k.Records)
		}
		t.Years[i] = y
	}
}

// organisations are the bodies of a unit that are rated year by year, and asked for once in the
// dossier of a stage.
var organisations = []struct {
	list     string
	declared func(*templates.NominatedCollective) *form.Value
	official func(*templates.UnitRating) *form.Value
	stage    func(*templates.StageCollective) *form.Value
}{
	{"party", func(x *templates.NominatedCollective) *form.Value { return &x.Party },
		func(r *templates.UnitRating) *form.Value { return &r.Party },
		func(t *templates.StageCollective) *form.Value { return &t.Party }},
	{"union", func(x *templates.NominatedCollective) *form.Value { return &x.Union },
		func(r *templates.UnitRating) *form.Value { return &r.Union },
		func(t *templates.StageCollective) *form.Value { return &t.Union }},
	{"youth", func(x *templates.NominatedCollective) *form.Value { return &x.Youth },
		func(r *templates.UnitRating) *form.Value { return &r.Youth },
		func(t *templates.StageCollective) *form.Value { return &t.Youth }},
	{"women", func(x *templates.NominatedCollective) *form.Value { return &x.Women },
		func(r *templates.UnitRating) *form.Value { return &r.Women },
		func(t *templates.StageCollective) *form.Value { return &t.Women }},
	{"farmers", func(x *templates.NominatedCollective) *form.Value { return &x.Farmers },
		func(r *templates.UnitRating) *form.Value { return &r.Farmers },
		func(t *templates.StageCollective) *form.Value { return &t.Farmers }},
	{"veterans", func(x *templates.NominatedCollective) *form.Value { return &x.Veterans },
		func(r *templates.UnitRating) *form.Value { return &r.Veterans },
		func(t *templates.StageCollective) *form.Value { return &t.Veterans }},
	{"front", func(x *templates.NominatedCollective) *form.Value { return &x.Front },
		func(r *templates.UnitRating) *form.Value { return &r.Front },
		func(t *templates.StageCollective) *form.Value { return &t.Front }},
}

// lowest keeps the lower of an organisation's ratings. A label of an earlier scale that the list at
// the end of the stage does not have cannot be put in its order: then the unit is left to say it.
func (s *stagePrefill) lowest(key, list string, rating form.Value, into *form.Value) {
	at := [2]string{key, list}
	if !rating.Given() || s.unknown[at] {
		return
	}
	label := s.in(list, rating)
	if !label.Given() {
		s.unknown[at] = true
		*into = form.Value{}
		return
	}
	level := func(text string) int {
		return slices.IndexFunc(s.lists.List(list), func(x form.Item) bool { return x.Label == text })
	}
	if !into.Given() || level(label.Text) > level(into.Text) {
		*into = label
	}
}

// index takes the unit's published index.
func (s *stagePrefill) index(y *templates.StageYear, r *templates.Records) {
	if r == nil {
		return
	}
	for _, x := range r.Index {
		if s.same(x.Unit) {
			y.IndexScore, y.IndexBand = plain(x.Appraised), s.in("index-band", x.Band)
		}
	}
}

func (s *stagePrefill) same(unit form.Value) bool {
	return viet.NameKey(unit.Text) == viet.NameKey(s.unit.Name)
}
