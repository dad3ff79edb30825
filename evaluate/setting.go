package evaluate

import (
	"cmp"
	"maps"
	"slices"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// setting is the plan made ready for one period: everything that is looked up for every nominee,
// indexed once.
type setting struct {
	plan     *plan.Plan
	period   plan.Period
	year     int           // of a round of several years, 0 for a year itself
	span     plan.Period   // the year whose records judge
	on       calendar.Date // the day whose scales judge the ratings
	criteria map[plan.NomineeKind][]*check.Criterion
	order    []plan.OrderKey
	byCode   map[string]int // into plan.Units
	byName   map[string]int // -1 where two units share a name
	roles    map[string]plan.RoleID
	scaleOf  map[string]string // fact → the scale its values come from

	listed  listed
	data    submission.Dataset                 // for the office's rulings
	waivers map[string]map[string]check.Waiver // by nominee and check
}

func newSetting(p *plan.Plan, d submission.Dataset, per plan.Period) setting {
	s := setting{
		plan: p, period: per, on: ratingDay(per, d), criteria: map[plan.NomineeKind][]*check.Criterion{},
		byCode: map[string]int{}, byName: map[string]int{}, roles: map[string]plan.RoleID{},
		scaleOf: map[string]string{}, order: p.Order,
		listed: listedFields(p, per), data: d, waivers: waivers(d, per.ID),
	}
	for i, u := range p.Units {
		s.byCode[u.Code] = i
		if _, taken := s.byName[u.Name]; taken {
			s.byName[u.Name] = -1
			continue
		}
		s.byName[u.Name] = i
	}
	for _, f := range slices.Concat(s.listed[templates.DossierForm.ID][Collective],
		s.listed[templates.DossierForm.ID][Individual]) {
		s.scaleOf[f.Fact] = f.List
	}
	for _, r := range p.Roles {
		for _, name := range append([]string{r.Title, string(r.ID)}, r.Aliases...) {
			s.roles[viet.Fold(name)] = r.ID
		}
	}
	return s
}

// title is the name of a fact as the plan's dossier has it.
func (s setting) title(kind plan.NomineeKind, fact string) string {
	block := Collective
	if kind == plan.Individual {
		block = Individual
	}
	for _, f := range s.listed[templates.DossierForm.ID][block] {
		if f.Fact == fact {
			return f.Title
		}
	}
	return check.Title(s.plan, kind, fact)
}

// compile makes the plan's criteria ready.
func (s setting) compile() error {
	for _, c := range s.plan.Criteria {
		compiled, err := check.Compile(c, s.plan, s.on)
		if err != nil {
			return err
		}
		s.criteria[c.Nominee] = append(s.criteria[c.Nominee], compiled)
	}
	return nil
}

// ratingDay is the last day of the period: a rating of a year is made by the scale valid at the
// year's end. Ad hoc awards have no ratings of their own, so there the day of evaluation decides.
func ratingDay(per plan.Period, d submission.Dataset) calendar.Date {
	today := calendar.DateOf(d.AsOf)
	if per.To.IsZero() || per.Kind == plan.AdHoc && today.Before(per.To) {
		return today
	}
	return per.To
}

// unit returns the plan's unit of a code. A code the plan does not know is kept, in the offices'
// group, and marked assumed.
func (s setting) unit(code string) plan.Unit {
	if i, ok := s.byCode[code]; ok {
		return s.plan.Units[i]
	}
	return plan.Unit{Code: code, Name: code, Group: plan.Offices, Mark: plan.Mark{Assumed: true}}
}

// unitByName resolves a unit as the office's records write it: exactly, else as the plan matches
// names. It never takes the nearest.
func (s setting) unitByName(name string) (code string, ok bool) {
	if i, found := s.byName[name]; found && i >= 0 {
		return s.plan.Units[i].Code, true
	}
	u, ok, _ := s.plan.MatchUnit(name)
	return u.Code, ok
}

// units returns the units of the keys in the plan's order, unknown codes last.
func (s setting) units(of map[string]*received) []plan.Unit {
	out := make([]plan.Unit, 0, len(of))
	for _, code := range slices.Sorted(maps.Keys(of)) {
		out = append(out, s.unit(code))
	}
	slices.SortStableFunc(out, func(a, b plan.Unit) int { return cmp.Compare(s.place(a.Code), s.place(b.Code)) })
	return out
}

// members returns the units that take part in the period, in the plan's order, and after them those
// that sent something all the same.
func (s setting) members(in intake) []plan.Unit {
	of := map[string]*received{}
	for _, u := range s.plan.UnitsOn(s.on) {
		of[u.Code] = nil
	}
	maps.Copy(of, in.registration)
	maps.Copy(of, in.dossier)
	return s.units(of)
}

func (s setting) place(code string) int {
	if i, ok := s.byCode[code]; ok {
		return i
	}
	return len(s.plan.Units)
}

func (s setting) role(label string) plan.RoleID { return s.roles[viet.Fold(label)] }

func (s setting) groupTitle(id plan.GroupID) string {
	g, _ := s.plan.Group(id)
	return cmp.Or(g.Title, string(id))
}

// same reports whether two readings of a rating mean the same: alike but for case and accents,
// equal numbers, or one level of the scale.
func (s setting) same(scale, a, b string) bool {
	if a == b || viet.Fold(a) == viet.Fold(b) {
		return true
	}
	list, ok := s.plan.Scale(scale, s.on)
	if !ok {
		return false
	}
	ra, oka := list.Rank(a)
	rb, okb := list.Rank(b)
	return oka && okb && ra == rb
}

// sortedKeys gives a map's keys an order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
