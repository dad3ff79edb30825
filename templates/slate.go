package templates

import (
	"slices"
	"strconv"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// slate is what the rules of a dossier look at, whichever of the dossier forms it came in (Plan III.3).
type slate struct {
	proposal    *Proposal
	collectives []*form.Value // names, as in the danh sách trích ngang
	individuals []listedPerson
	reports     []AchievementReport
	minutes     *UnitMinutes
	votes       []UnitVote
	nominees    []nominated
}

// nominated is what the rules look at in a line of either list.
type nominated struct {
	name, award, summary *form.Value
}

// listedPerson is what the rules look at in a person's line.
type listedPerson struct {
	name, born, role, position, title, sex *form.Value
}

// grow makes room for so many nominees.
func (s *slate) grow(collectives, individuals int) {
	s.collectives = make([]*form.Value, 0, collectives)
	s.individuals = make([]listedPerson, 0, individuals)
	s.nominees = make([]nominated, 0, collectives+individuals)
}

func (s *slate) collective(n nominated) {
	s.collectives, s.nominees = append(s.collectives, n.name), append(s.nominees, n)
}

func (s *slate) individual(p listedPerson, n nominated) {
	s.individuals, s.nominees = append(s.individuals, p), append(s.nominees, n)
}

func checkDossier(value any, c form.Context) []finding.Finding {
	d := value.(*Dossier)
	s := slate{proposal: &d.Proposal, reports: d.Reports, minutes: &d.Minutes, votes: d.Votes}
	s.grow(len(d.Collectives), len(d.Individuals))
	for i := range d.Collectives {
		x := &d.Collectives[i]
		s.collective(nominated{&x.Name, &x.Award, &x.Summary})
	}
	for i := range d.Individuals {
		x := &d.Individuals[i]
		s.individual(listedPerson{&x.Name, &x.Born, &x.Role, &x.Position, &x.Title, &x.Sex}, nominated{&x.Name, &x.Award, &x.Summary})
	}
	out := append(s.check(c), unmetDossier(d, c)...)
	if year, ok := d.Proposal.Year.Int(); ok { // dossiers of a year come in late, but not when the next half year has gone by
		if on, ok := d.Proposal.Date.Date(); ok && on.Year*12+on.Month > (year+1)*12+6 {
			out = append(out, finding.New(finding.WrongYear, at(d.Proposal.Year), "read", year, "want", wording.Text("mail.want.date", "date", on.Short())))
		}
	}
	return out
}

// unmetDossier holds what a dossier declares of its nominees to the criteria (Plan III.2).
func unmetDossier(d *Dossier, c form.Context) []finding.Finding {
	l, u, ok := unitOf(c, &d.Proposal.Unit, &d.Proposal.Code)
	if !ok {
		return nil
	}
	bar := standards{ctx: c, lists: l, group: u.Group, asked: map[asked]demand{}}
	var out []finding.Finding
	for i := range d.Collectives {
		x := &d.Collectives[i]
		out = append(out, bar.unmet(plan.Collective, "", &x.Name,
			declaredFact{"grade", &x.Grade}, declaredFact{"party", &x.Party}, declaredFact{"union", &x.Union}, declaredFact{"youth", &x.Youth}, declaredFact{"women", &x.Women},
			declaredFact{"farmers", &x.Farmers}, declaredFact{"veterans", &x.Veterans}, declaredFact{"index.band", &x.IndexBand}, declaredFact{factDiscipline, &x.Discipline})...)
	}
	for i := range d.Individuals {
		x := &d.Individuals[i]
		out = append(out, bar.unmet(plan.Individual, l.role(x.Role.Text), &x.Name,
			declaredFact{"grade", &x.Grade}, declaredFact{"index.band", &x.IndexBand}, declaredFact{factDiscipline, &x.Discipline})...)
	}
	return out
}

// unitOf returns the plan's unit that a form names by code or name.
func unitOf(c form.Context, name, code *form.Value) (lists, plan.Unit, bool) {
	l, ok := c.Lists.(lists)
	if !ok {
		return l, plan.Unit{}, false
	}
	u, ok := l.plan.UnitByCode(code.Text)
	if !ok {
		u, ok, _ = l.plan.MatchUnit(name.Text)
	}
	return l, u, ok
}

// check holds a complete dossier to itself.
func (s *slate) check(c form.Context) []finding.Finding {
	out := s.checkList(c)
	listed, voted, reported := make(roll, len(s.nominees)), make(roll, len(s.votes)), make(roll, len(s.reports))
	for i := range s.votes {
		voted.add(s.votes[i].Kind.Text, &s.votes[i].Name)
	}
	for i := range s.reports {
		reported.add(s.reports[i].Kind.Text, &s.reports[i].Name)
	}
	for _, kind := range nomineeKinds {
		for _, name := range s.names(kind) {
			if !name.Given() {
				continue
			}
			listed.add(kind, name)
			if !voted.has(kind, name) {
				out = append(out, finding.New(finding.MinutesDiffer, at(*name), "name", name.Text))
			}
			if !reported.has(kind, name) {
				out = append(out, finding.New(finding.NoReport, at(*name), "name", name.Text))
			}
		}
	}
	for i := range s.reports {
		r := &s.reports[i]
		if r.Name.Given() && r.Kind.Given() && !listed.has(r.Kind.Text, &r.Name) {
			out = append(out, finding.New(finding.ReportWithoutName, at(r.Name), "name", r.Name.Text))
		}
	}
	out = append(out, s.checkMinutes()...)
	return append(out, s.similarReports()...)
}

// names are the names of a kind in the danh sách trích ngang.
func (s *slate) names(kind string) []*form.Value {
	if kind == KindCollective {
		return s.collectives
	}
	out := make([]*form.Value, 0, len(s.individuals))
	for _, p := range s.individuals {
		out = append(out, p.name)
	}
	return out
}

// checkList compares the tờ trình with the danh sách trích ngang, and the roles with the unit (Plan III.2.2).
func (s *slate) checkList(c form.Context) []finding.Finding {
	out := twice(len(s.collectives), func(i int) *form.Value { return s.collectives[i] }, nil)
	out = append(out, twice(len(s.individuals), func(i int) *form.Value { return s.individuals[i].name }, func(i int) *form.Value { return s.individuals[i].born })...)
	for i := range s.individuals {
		out = append(out, addressed(&s.individuals[i])...)
	}
	if l, unit, known := unitOf(c, &s.proposal.Unit, &s.proposal.Code); known {
		fine := map[[2]string]bool{} // the roles and positions that go together: many people have the same
		for i := range s.individuals {
			p := &s.individuals[i]
			key := [2]string{p.role.Text, p.position.Text}
			if fine[key] {
				continue
			}
			wrong := wrongRole(l, unit, p)
			if len(wrong) == 0 {
				wrong = rolePosition(l, unit, p)
			}
			fine[key] = len(wrong) == 0
			out = append(out, wrong...)
		}
		out = append(out, s.level(l)...)
		out = append(out, s.timing(l, c)...)
	}
	if len(s.collectives)+len(s.individuals) == 0 {
		out = append(out, finding.New(finding.NobodyProposed, finding.At{}))
	}
	for _, x := range []struct {
		title string
		v     form.Value
		n     int
	}{{"số tập thể", s.proposal.Collectives, len(s.collectives)}, {"số cá nhân", s.proposal.Individuals, len(s.individuals)}} {
		if n, ok := x.v.Int(); ok && n != x.n {
			out = append(out, finding.New(finding.CountsDiffer, at(x.v), "field", x.title, "read", n, "want", x.n))
		}
	}
	return out
}

// roll is who stands in a list, by kind and name as people write it: case, the place of accents and spaces do not matter.
type roll map[[2]string]bool

func (r roll) add(kind string, name *form.Value) { r[[2]string{kind, viet.NameKey(name.Text)}] = true }
func (r roll) has(kind string, name *form.Value) bool {
	return r[[2]string{kind, viet.NameKey(name.Text)}]
}

// checkMinutes holds the unit's own vote to its arithmetic (Plan III.3, third part).
func (s *slate) checkMinutes() []finding.Finding {
	var out []finding.Finding
	members, mok := s.minutes.Members.Int()
	present, pok := s.minutes.Present.Int()
	if mok && pok && present > members {
		out = append(out, finding.New(finding.MinutesArithmetic, at(s.minutes.Present), "read", present, "want", "≤ "+strconv.Itoa(members)))
	}
	for i := range s.votes {
		v := &s.votes[i]
		a, aok := v.Agree.Int()
		n, nok := v.Disagree.Int()
		if aok && nok && pok && a+n > present {
			out = append(out, finding.New(finding.MinutesArithmetic, at(v.Agree), "read", strconv.Itoa(a)+" + "+strconv.Itoa(n), "want", "≤ "+strconv.Itoa(present)))
		}
	}
	return out
}

// similarReports reports achievement reports that are nearly the same text under two names: each nominee writes its own.
func (s *slate) similarReports() []finding.Finding {
	var out []finding.Finding
	var names []*form.Value
	seen, all := make([]viet.Shingles, 0, len(s.reports)), make(viet.Shingles, 0, 50*len(s.reports))
	for i := range s.reports {
		r := &s.reports[i]
		from := len(all)
		all = viet.AppendShingles(all, r.Results.Text)
		text := all[from:]
		if len(text) < leastShingles {
			continue
		}
		if i := slices.IndexFunc(seen, text.Alike); i >= 0 {
			out = append(out, finding.New(finding.SimilarReports, at(r.Results), "name", r.Name.Text, "read", names[i].Text))
			continue
		}
		seen, names = append(seen, text), append(names, &r.Name)
	}
	return out
}

// leastShingles is how long a report must be before likeness means anything.
const leastShingles = 10
