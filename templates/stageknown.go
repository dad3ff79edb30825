package templates

import (
	"cmp"
	"slices"
	"strconv"

	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// StageKnown is what is known of a unit in one year of a stage; nil and empty where nothing is.
type StageKnown struct {
	Dossier *Dossier          // its accepted dossier
	Records *Records          // of the office, about all units
	Awards  map[string]string // what those who were awarded got, by HonourKey
}

// HonourKey is by what an award of a unit is found: the kind of nominee as forms write it, and the name.
func HonourKey(kind, name string) string { return kind + "\x00" + viet.NameKey(name) }

// NewStageDossier returns a stage's dossier with everything known before a unit fills it in: who proposes, for which stage, and whoever it
// proposed in a year of the stage, those of most years first, with that year's rating, index, award, share of targets met and initiative.
// The official record goes before what was declared. known are the years of the stage in their order.
func NewStageDossier(p *plan.Plan, period plan.Period, u plan.Unit, known ...StageKnown) *StageDossier {
	d := &StageDossier{Proposal: newProposal(p, u), Stage: form.Of(period.Title)}
	s := stagePrefill{lists: lists{plan: p, on: period.To}, unit: u, collectives: map[string]*StageCollective{}, people: map[string]*StagePerson{}, years: map[string]int{}}
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
	lists       lists
	unit        plan.Unit
	leader      string // the role whose holders are measured by their unit's index
	collectives map[string]*StageCollective
	people      map[string]*StagePerson
	years       map[string]int // in how many years each was proposed
	order       []string       // keys, as first seen
}

func known(v form.Value) form.Value { return form.Value{Text: v.Text} }

// in writes a rating as the list at the end of the stage does; blank where that has no such rating.
func (s *stagePrefill) in(list string, v form.Value) form.Value {
	if label, ok, _ := s.lists.Match(list, v.Text); v.Given() && ok {
		return form.Of(label)
	}
	return form.Value{}
}

// year adds the nominees of a year. What a later year says of a person's position goes before an earlier one.
func (s *stagePrefill) year(i int, k StageKnown) {
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
		key := HonourKey(KindCollective, x.Name.Text)
		t := s.collectives[key]
		if t == nil {
			t = &StageCollective{}
			s.collectives[key], s.order = t, append(s.order, key)
		}
		s.years[key]++
		t.Name, t.Size, t.Award = known(x.Name), known(x.Size), known(x.Award)
		y := StageYear{Grade: s.in("grade", x.Grade), IndexScore: known(x.IndexScore), IndexBand: s.in("index-band", x.IndexBand), Awards: form.Of(k.Awards[key])}
		if all > 0 {
			y.Met = form.Of(strconv.Itoa(met * 100 / all))
		}
		whole := viet.NameKey(x.Name.Text) == viet.NameKey(s.unit.Name)
		if k.Records != nil {
			for _, r := range k.Records.UnitRatings {
				if s.same(r.Unit) && (whole && !r.Collective.Given() || viet.NameKey(r.Collective.Text) == viet.NameKey(x.Name.Text)) && r.Grade.Given() {
					y.Grade = s.in("grade", r.Grade)
				}
			}
		}
		if whole {
			s.index(&y, k.Records)
		}
		t.Years[i] = y
	}
	for _, x := range k.Dossier.Individuals {
		key := HonourKey(KindIndividual, x.Name.Text)
		if p := s.people[key]; p != nil && p.Born.Given() && x.Born.Given() && p.Born.Text != x.Born.Text { // a namesake
			key += "\x00" + x.Born.Text
		}
		t := s.people[key]
		if t == nil {
			t = &StagePerson{}
			s.people[key], s.order = t, append(s.order, key)
		}
		s.years[key]++
		t.Title, t.Name, t.Born, t.Sex = known(x.Title), known(x.Name), known(x.Born), known(x.Sex)
		t.Position, t.Department, t.Role, t.Award = known(x.Position), known(x.Department), known(x.Role), known(x.Award)
		y := StageYear{Grade: s.in("grade", x.Grade), IndexBand: s.in("index-band", x.IndexBand), Initiative: known(x.Initiative), Awards: form.Of(k.Awards[HonourKey(KindIndividual, x.Name.Text)])}
		if k.Records != nil {
			for _, r := range k.Records.Ratings {
				if s.same(r.Unit) && viet.NameKey(r.Name.Text) == viet.NameKey(x.Name.Text) {
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

// index takes the unit's published index.
func (s *stagePrefill) index(y *StageYear, r *Records) {
	if r == nil {
		return
	}
	for _, x := range r.Index {
		if s.same(x.Unit) {
			y.IndexScore, y.IndexBand = known(x.Appraised), s.in("index-band", x.Band)
		}
	}
}

func (s *stagePrefill) same(unit form.Value) bool {
	return viet.NameKey(unit.Text) == viet.NameKey(s.unit.Name)
}
