package templates

import (
	"slices"
	"strconv"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// slate is what the rules of a dossier look at, whichever of the dossier forms it came in (Plan III.3).
type slate struct {
	proposal    Proposal
	collectives []form.Value // names, as in the danh sách trích ngang
	individuals []listedPerson
	reports     []AchievementReport
	minutes     UnitMinutes
	votes       []UnitVote
	nominees    []nominated
}

// nominated is what the rules look at in a line of either list.
type nominated struct {
	name, award, summary form.Value
}

// listedPerson is what the rules look at in a person's line.
type listedPerson struct {
	name, born, role, position form.Value
}

func checkDossier(value any, c form.Context) []finding.Finding {
	d := value.(*Dossier)
	s := slate{proposal: d.Proposal, reports: d.Reports, minutes: d.Minutes, votes: d.Votes}
	for _, x := range d.Collectives {
		s.collectives = append(s.collectives, x.Name)
		s.nominees = append(s.nominees, nominated{x.Name, x.Award, x.Summary})
	}
	for _, x := range d.Individuals {
		s.individuals = append(s.individuals, listedPerson{x.Name, x.Born, x.Role, x.Position})
		s.nominees = append(s.nominees, nominated{x.Name, x.Award, x.Summary})
	}
	return append(s.check(c), unmetDossier(d, c)...)
}

// unmetDossier holds what a dossier declares of its nominees to the criteria (Plan III.2).
func unmetDossier(d *Dossier, c form.Context) []finding.Finding {
	l, u, ok := unitOf(c, d.Proposal.Unit, d.Proposal.Code)
	if !ok {
		return nil
	}
	var out []finding.Finding
	for _, x := range d.Collectives {
		out = append(out, unmet(l, plan.Collective, u.Group, "", x.Name, []declaredFact{
			{"Mức độ hoàn thành nhiệm vụ", "grade", x.Grade}, {"Xếp loại tổ chức đảng", "party", x.Party}, {"Xếp loại Công đoàn", "union", x.Union},
			{"Xếp loại Đoàn Thanh niên", "youth", x.Youth}, {"Xếp loại Hội Phụ nữ", "women", x.Women}, {"Xếp loại Hội Nông dân", "farmers", x.Farmers},
			{"Xếp loại Hội Cựu chiến binh", "veterans", x.Veterans}, {"Chỉ số CCHC (xếp loại)", "index.band", x.IndexBand}, {"Số vụ việc vi phạm", "discipline", x.Discipline},
		})...)
	}
	for _, x := range d.Individuals {
		role := plan.RoleID("")
		for _, r := range l.plan.Roles {
			if r.Title == x.Role.Text {
				role = r.ID
			}
		}
		out = append(out, unmet(l, plan.Individual, u.Group, role, x.Name, []declaredFact{
			{"Mức độ hoàn thành nhiệm vụ", "grade", x.Grade}, {"Chỉ số CCHC của đơn vị", "index.band", x.IndexBand}, {"Số lần vi phạm", "discipline", x.Discipline},
		})...)
	}
	return out
}

// unitOf returns the plan's unit that a form names by code or name.
func unitOf(c form.Context, name, code form.Value) (lists, plan.Unit, bool) {
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
func (s slate) check(c form.Context) []finding.Finding {
	out := s.checkList(c)
	listed, voted, reported := roll{}, roll{}, roll{}
	for _, v := range s.votes {
		voted.add(v.Kind.Text, v.Name)
	}
	for _, r := range s.reports {
		reported.add(r.Kind.Text, r.Name)
	}
	for _, kind := range nomineeKinds {
		for _, name := range s.names(kind) {
			if !name.Given() {
				continue
			}
			listed.add(kind, name)
			if !voted.has(kind, name) {
				out = append(out, finding.New(finding.MinutesDiffer, at(name), "name", name.Text))
			}
			if !reported.has(kind, name) {
				out = append(out, finding.New(finding.NoReport, at(name), "name", name.Text))
			}
		}
	}
	for _, r := range s.reports {
		if r.Name.Given() && r.Kind.Given() && !listed.has(r.Kind.Text, r.Name) {
			out = append(out, finding.New(finding.ReportWithoutName, at(r.Name), "name", r.Name.Text))
		}
	}
	out = append(out, s.checkMinutes()...)
	return append(out, s.similarReports()...)
}

// names are the names of a kind in the danh sách trích ngang.
func (s slate) names(kind string) []form.Value {
	if kind == KindCollective {
		return s.collectives
	}
	var out []form.Value
	for _, p := range s.individuals {
		out = append(out, p.name)
	}
	return out
}

// checkList compares the tờ trình with the danh sách trích ngang, and the roles with the unit (Plan III.2.2).
func (s slate) checkList(c form.Context) []finding.Finding {
	out := twice(len(s.collectives), func(i int) form.Value { return s.collectives[i] }, nil)
	out = append(out, twice(len(s.individuals), func(i int) form.Value { return s.individuals[i].name }, func(i int) form.Value { return s.individuals[i].born })...)
	l, unit, known := unitOf(c, s.proposal.Unit, s.proposal.Code)
	for _, p := range s.individuals {
		wrong := wrongRole(c, s.proposal.Unit, s.proposal.Code, p.name, p.role, p.position)
		if known && len(wrong) == 0 {
			wrong = rolePosition(l, unit, p)
		}
		out = append(out, wrong...)
	}
	if known {
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

func (r roll) add(kind string, name form.Value) { r[[2]string{kind, viet.NameKey(name.Text)}] = true }
func (r roll) has(kind string, name form.Value) bool {
	return r[[2]string{kind, viet.NameKey(name.Text)}]
}

// checkMinutes holds the unit's own vote to its arithmetic (Plan III.3, third part).
func (s slate) checkMinutes() []finding.Finding {
	var out []finding.Finding
	members, mok := s.minutes.Members.Int()
	present, pok := s.minutes.Present.Int()
	if mok && pok && present > members {
		out = append(out, finding.New(finding.MinutesArithmetic, at(s.minutes.Present), "read", present, "want", "≤ "+strconv.Itoa(members)))
	}
	for _, v := range s.votes {
		a, aok := v.Agree.Int()
		n, nok := v.Disagree.Int()
		if aok && nok && pok && a+n > present {
			out = append(out, finding.New(finding.MinutesArithmetic, at(v.Agree), "read", strconv.Itoa(a)+" + "+strconv.Itoa(n), "want", "≤ "+strconv.Itoa(present)))
		}
	}
	return out
}

// similarReports reports achievement reports that are nearly the same text under two names: each nominee writes its own.
func (s slate) similarReports() []finding.Finding {
	var out []finding.Finding
	var seen []viet.Shingles
	var names []form.Value
	for _, r := range s.reports {
		text := viet.ShinglesOf(r.Results.Text)
		if len(text) < leastShingles {
			continue
		}
		if i := slices.IndexFunc(seen, text.Alike); i >= 0 {
			out = append(out, finding.New(finding.SimilarReports, at(r.Results), "name", r.Name.Text, "read", names[i].Text))
			continue
		}
		seen, names = append(seen, text), append(names, r.Name)
	}
	return out
}

// leastShingles is how long a report must be before likeness means anything.
const leastShingles = 10
