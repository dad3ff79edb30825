package templates

import (
	"strconv"

	"thidua/templates/finding"
	"thidua/templates/form"
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
	}
	for _, x := range d.Individuals {
		s.individuals = append(s.individuals, listedPerson{x.Name, x.Born, x.Role, x.Position})
	}
	return s.check(c)
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
	for _, p := range s.individuals {
		out = append(out, wrongRole(c, s.proposal.Unit, s.proposal.Code, p.name, p.role, p.position)...)
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

// similarReports reports achievement reports that are the same text under two names: each nominee writes its own.
func (s slate) similarReports() []finding.Finding {
	var out []finding.Finding
	seen := map[string]form.Value{}
	for _, r := range s.reports {
		key := viet.Fold(r.Results.Text)
		if len(key) < 60 {
			continue
		}
		if first, ok := seen[key]; ok {
			out = append(out, finding.New(finding.SimilarReports, at(r.Results), "name", r.Name.Text, "read", first.Text))
			continue
		}
		seen[key] = r.Name
	}
	return out
}
