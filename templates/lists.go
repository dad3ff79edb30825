package templates

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// lists resolves the lists of forms from a plan, as they stood at the end of the year a form is
// for.
type lists struct {
	plan *plan.Plan
	on   calendar.Date
	made *madeLists
}

// madeLists are the lists asked for so far, few: a form asks for the same ones at every row.
type madeLists struct {
	sync.Mutex
	names []string
	items [][]form.Item
}

var _ form.Matcher = lists{}

// factDiscipline is the fact that the discipline register holds.
const factDiscipline = "discipline"

// The names of lists that are not scales of the plan.
const (
	listUnits  = "units"
	listRoles  = "roles"
	listGroups = "groups"
	listStages = "stages"
	listAwards = "awards"     // what a unit may ask for: the plan's award, that of the level above (Plan III.1)
	listLevels = "levels"     // of award (Plan III.3, the copies)
	listIndex  = "index-band" // a scale: the bands of the index of the units
)

func (l lists) List(name string) []form.Item {
	if l.made == nil {
		return l.list(name)
	}
	l.made.Lock()
	defer l.made.Unlock()
	if i := slices.Index(l.made.names, name); i >= 0 {
		return l.made.items[i]
	}
	out := slices.Clip(l.list(name))
	l.made.names, l.made.items = append(l.made.names, name), append(l.made.items, out)
	return out
}

func (l lists) list(name string) []form.Item {
	var out []form.Item
	switch name {
	case listUnits:
		for _, u := range l.plan.UnitsOn(l.on) {
			out = append(out, form.Item{Label: u.Name, Aliases: u.Aliases})
		}
	case listRoles:
		out = make([]form.Item, 0, len(l.plan.Roles))
		for _, r := range l.plan.Roles {
			out = append(out, form.Item{Label: r.Title, Aliases: r.Aliases})
		}
	case listGroups:
		for _, g := range l.plan.Groups {
			out = append(out, form.Item{Label: g.Title})
		}
	case listStages:
		for _, p := range l.plan.Periods {
			if p.Kind == plan.Stage {
				out = append(out, form.Item{Label: p.Title, Aliases: []string{p.ID}})
			}
		}
	case listAwards:
		for _, award := range []string{l.plan.Award, l.plan.Province.Award} {
			if award != "" {
				out = append(out, form.Item{Label: award, Aliases: shortAwards(award)})
			}
		}
	case listLevels:
		for _, c := range l.plan.Copies {
			out = append(out, form.Item{Label: c.LevelName()})
		}
	default:
		s, ok := l.plan.Scale(name, l.on)
		if !ok {
			return nil
		}
		out = make([]form.Item, 0, len(s.Levels))
		for _, v := range s.Levels {
			out = append(out, form.Item{Label: v.Label, Aliases: v.Aliases})
		}
	}
	return out
}

// shortAwards are the ways in which offices shorten the name of an award: "Giấy khen", "GK", "Giấy
// khen CT UBND TP", "cấp tỉnh". A name that means two awards of the list is matched to neither.
func shortAwards(award string) []string {
	if out, ok := awardShortcuts.Load(award); ok {
		return out.([]string)
	}
	out := slices.Clip(shorten(award))
	awardShortcuts.Store(award, out)
	return out
}

// awardShortcuts are those of the awards of plans, therefore few: every form that is read asks for
// them. They spare a twelfth of its allocations.
var awardShortcuts sync.Map

func shorten(award string) []string {
	var out []string
	if what, whose, ok := strings.Cut(award, " của "); ok {
		initials := ""
		for _, w := range strings.Fields(what) {
			r, _ := utf8.DecodeRuneInString(w)
			initials += strings.ToUpper(string(r))
		}
		short := strings.NewReplacer("thành phố", "TP", "Thành phố", "TP").Replace(whose)
		out = append(out, what, initials)
		for _, w := range []string{whose, short} {
			out = append(out, what+" "+w, what+" của "+w, initials+" "+w)
		}
	}
	if i := strings.LastIndex(award, " cấp "); i >= 0 {
		level := award[i+1:]
		out = append(out, level, "Bằng khen", "Bằng khen "+level)
	}
	return out
}

func (l lists) Match(name, text string) (label string, ok bool, suggest []string) {
	if name == listUnits {
		u, ok, suggest := l.plan.MatchUnit(text)
		return u.Name, ok, suggest
	}
	return form.MatchItems(l.List(name), text)
}

// Context is what forms of a period are written and read for. Labels of ratings are those valid at
// the end of the period (a rating of a year is given when the year is over).
func Context(p *plan.Plan, period plan.Period, unit string) form.Context {
	c := form.Context{Lists: lists{p, period.To, &madeLists{}}, Period: period.ID, Year: period.To.Year, Unit: unit,
		Movement: p.MovementWithin(),
		Fit:      func(f *form.Form) *form.Form { return Fit(f, p, period) }}
	return c
}

// NewRegistration returns a registration with everything known before a unit fills it in: who it
// is, the year, the contents of Plan II.2, and the people it registered the year before (nil when
// there is no earlier registration).
func NewRegistration(p *plan.Plan, period plan.Period, u plan.Unit, before *Registration) *Registration {
	r := &Registration{}
	g, _ := p.Group(u.Group)
	r.Unit.Name, r.Unit.Code, r.Unit.Group = form.Of(u.Name), form.Of(u.Code), form.Of(g.Title)
	r.Unit.Year = form.OfInt(period.To.Year)
	if m := u.Mailboxes(); len(m) > 0 {
		r.Unit.Email = form.Of(m[0])
	}
	r.Unit.HeadTitle = form.Of(u.Head)
	for _, c := range p.Contents {
		r.Targets = append(r.Targets, Target{Content: form.Of(c.Text)})
	}
	if before != nil {
		keep := func(v form.Value) form.Value { return form.Value{Text: v.Text} }
		r.Unit.Head, r.Unit.Preparer, r.Unit.Phone = keep(before.Unit.Head), keep(before.Unit.Preparer),
			keep(before.Unit.Phone)
		for _, c := range before.Collectives {
			r.Collectives = append(r.Collectives, RegisteredCollective{Name: keep(c.Name), Leader: keep(c.Leader),
				Size: keep(c.Size), Award: keep(c.Award), Own: c.Own.Texts()})
		}
		for _, i := range before.Individuals {
			r.Individuals = append(r.Individuals, RegisteredPerson{Title: keep(i.Title), Name: keep(i.Name),
				Born: keep(i.Born), Sex: keep(i.Sex),
				Position: keep(i.Position), Department: keep(i.Department), Role: keep(i.Role), Award: keep(i.Award),
				Own: i.Own.Texts()})
		}
	}
	return r
}

// NewDossier returns a dossier with everything known before a unit fills it in: who it is, the
// year, and what it registered: the targets with an empty result, the collectives and the people
// (nil when it did not register).
func NewDossier(p *plan.Plan, period plan.Period, u plan.Unit, registered *Registration) *Dossier {
	d := &Dossier{Proposal: newProposal(p, u)}
	d.Proposal.Year = form.OfInt(period.To.Year)
	if registered != nil {
		for _, t := range registered.Targets {
			d.Targets = append(d.Targets, TargetResult{Content: form.Of(t.Content.Text), Goal: form.Of(t.Goal.Text),
				Own: t.Own.Texts()})
		}
		of := func(v form.Value) form.Value { return form.Value{Text: v.Text} }
		for _, t := range registered.Collectives {
			d.Collectives = append(d.Collectives, NominatedCollective{Name: of(t.Name), Size: of(t.Size),
				Award: of(t.Award), Own: t.Own.Texts()})
		}
		for _, t := range registered.Individuals {
			d.Individuals = append(d.Individuals, NominatedPerson{Title: of(t.Title), Name: of(t.Name),
				Born: of(t.Born), Sex: of(t.Sex), Position: of(t.Position),
				Department: of(t.Department), Role: of(t.Role), Award: of(t.Award),
				Own: t.Own.Texts()})
		}
	}
	return d
}

// newProposal says who proposes.
func newProposal(p *plan.Plan, u plan.Unit) Proposal {
	g, _ := p.Group(u.Group)
	return Proposal{Unit: form.Of(u.Name), Code: form.Of(u.Code), Group: form.Of(g.Title), SignerTitle: form.Of(u.Head)}
}

// NewRecords returns the office's records workbook with the year and the names of all units filled
// in.
func NewRecords(p *plan.Plan, period plan.Period) *Records {
	r := &Records{}
	r.Head.Year = form.Of(strconv.Itoa(period.To.Year))
	_, communes := p.Group(plan.Communes)
	for _, u := range p.UnitsOn(period.To) {
		if u.Group == plan.Communes || !communes && Indexed(p) {
			r.Index = append(r.Index, IndexResult{Unit: form.Of(u.Name)})
		}
		r.UnitRatings = append(r.UnitRatings, UnitRating{Unit: form.Of(u.Name)})
	}
	return r
}
