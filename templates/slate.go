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
	for _, kind := range nomineeKinds {
		for _, name := range s.names(kind) {
			if name.Given() {
				out = append(out, s.checkNamed(kind, name)...)
			}
		}
	}
	for _, r := range s.reports {
		if r.Name.Given() && r.Kind.Given() && !s.lists(r.Kind, r.Name) {
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

// checkNamed reports a nominee without a vote in the minutes or without an achievement report.
func (s slate) checkNamed(kind string, name form.Value) []finding.Finding {
	var out []finding.Finding
	voted, reported := false, false
	for _, v := range s.votes {
		voted = voted || v.Kind.Text == kind && sameName(v.Name, name)
	}
	for _, r := range s.reports {
		reported = reported || r.Kind.Text == kind && sameName(r.Name, name)
	}
	if !voted {
		out = append(out, finding.New(finding.MinutesDiffer, at(name), "name", name.Text))
	}
	if !reported {
		out = append(out, finding.New(finding.NoReport, at(name), "name", name.Text))
	}
	return out
}

// lists reports whether a name of a kind stands in the danh sách trích ngang.
func (s slate) lists(kind, name form.Value) bool {
	for _, n := range s.names(kind.Text) {
		if sameName(n, name) {
			return true
		}
	}
	return false
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
