package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// The rules across fields of each form. Rules that need other submissions (was the nominee
// registered, does the record contradict) are evaluated where those are known.

func at(v form.Value) finding.At { return finding.At{Sheet: v.At.Sheet, Cell: v.At.Cell} }

func place(v form.Value) string { return v.At.Sheet + "!" + v.At.Cell }

// wrongRole holds a person's role to the unit's group and to the position: which standards bind a
// person hangs on it (Plan III.2.2).
func wrongRole(l lists, u plan.Unit, name, position, role *form.Value) []finding.Finding {
	if !role.Given() {
		return nil
	}
	wrong := func(want string) []finding.Finding {
		return []finding.Finding{finding.New(finding.RoleAgainstGroup, at(*role), "name", name.Text, "read", role.Text,
			"want", want)}
	}
	for i := range l.plan.Roles {
		if r := &l.plan.Roles[i]; r.Title == role.Text && !r.In(u.Group) {
			g, _ := l.plan.Group(u.Group)
			return wrong(wording.Text("finding.want.group", "group", g.Title))
		}
	}
	leader, ok := l.plan.Role(plan.RoleCommuneLeader)
	if ok && u.Group == plan.Communes && role.Text != leader.Title &&
		leadsCommune.MatchString(viet.Fold(position.Text)) {
		return wrong(wording.Text("finding.want.position", "position", position.Text))
	}
	return nil
}

// addressed reports a form of address that the sex contradicts: one is printed on certificates, the
// other counted in statistics.
func addressed(name, title, sex *form.Value) []finding.Finding {
	want := form.Male
	switch title.Text {
	case honorifics[0]:
	case honorifics[1]:
		want = form.Female
	default:
		return nil
	}
	if !sex.Given() || sex.Text == want {
		return nil
	}
	return []finding.Finding{finding.New(finding.TitleAgainstSex, at(*sex), "name", name.Text, "read", title.Text,
		"want", sex.Text)}
}

func checkRegistration(value any, c form.Context) []finding.Finding {
	r := value.(*Registration)
	out := twice(KindCollective, len(r.Collectives), func(i int) *form.Value { return &r.Collectives[i].Name }, nil)
	out = append(out, twice(KindIndividual, len(r.Individuals),
		func(i int) *form.Value { return &r.Individuals[i].Name },
		func(i int) *form.Value { return &r.Individuals[i].Born })...)
	l, u, known := unitOf(c, &r.Unit.Name, &r.Unit.Code)
	for i := range r.Individuals {
		x := &r.Individuals[i]
		if known {
			out = append(out, wrongRole(l, u, &x.Name, &x.Position, &x.Role)...)
		}
		out = append(out, addressed(&x.Name, &x.Title, &x.Sex)...)
	}
	if year, ok := r.Unit.Year.Int(); ok {
		// last year's form, filled in again: it must not take the place of last year's registration
		if d, ok := r.Unit.Date.Date(); ok && d.Year > year {
			out = append(out, finding.New(finding.WrongYear, at(r.Unit.Year), "read", year, "want",
				wording.Text("mail.want.date", "date", d.Short())))
		}
		for i := range r.Targets {
			if d, ok := r.Targets[i].Due.Date(); ok && d.Year != year {
				late := finding.New(finding.OutOfRange, at(r.Targets[i].Due), "field", c.Title("targets", "due"),
					"read", d.Short(), "want", fmt.Sprintf("01/01/%d – 31/12/%d", year, year), "clause", "III.4")
				late.Level = finding.Should
				out = append(out, late)
			}
		}
	}
	if plan := r.Unit.PlanIssue; !plan.Given() && !plan.Bad && r.Unit.PlanFile.Text != form.Yes {
		out = append(out, finding.New(finding.NoOwnPlan, at(plan)))
	}
	if staff, ok := r.Unit.Staff.Int(); ok {
		for _, v := range []struct {
			key string
			form.Value
		}{{"women", r.Unit.Women}, {"reformers", r.Unit.Reformers}} {
			if n, ok := v.Int(); ok && n > staff {
				out = append(out, finding.New(finding.OutOfRange, at(v.Value), "field", c.Title("unit", v.key), "read",
					n, "want", "0 – "+strconv.Itoa(staff), "clause", "II.1"))
			}
		}
	}
	return out
}

func checkRecords(value any, c form.Context) []finding.Finding {
	r := value.(*Records)
	var out []finding.Finding
	seen := map[string]form.Value{}
	once := func(key string, v form.Value) {
		if first, ok := seen[key]; ok {
			out = append(out, finding.New(finding.DuplicateRecord, at(v), "field", v.Text, "read", v.Text, "want",
				place(first), "name", v.Text))
			return
		}
		seen[key] = v
	}
	for _, x := range r.Index {
		if x.Unit.Given() {
			once("index\x00"+x.Unit.Text, x.Unit)
		}
		score, ok := x.Appraised.Number()
		if m, is := c.Lists.(lists); is && ok && x.Band.Given() {
			if s, has := m.plan.Scale("index-band", m.on); has {
				if label, banded := s.Band(score); banded && label != x.Band.Text {
					out = append(out, finding.New(finding.BandAgainstScore, at(x.Band), "name", x.Unit.Text, "read",
						x.Band.Text, "want", label))
				}
			}
		}
	}
	for _, x := range r.UnitRatings {
		if x.Unit.Given() {
			once("unit\x00"+x.Unit.Text+"\x00"+viet.NameKey(x.Collective.Text), x.Unit)
		}
	}
	for _, x := range r.Ratings {
		if x.Unit.Given() && x.Name.Given() {
			once(strings.Join([]string{"person", x.Unit.Text, NameKey(KindIndividual, x.Name.Text),
				viet.NameKey(x.Position.Text)},
				"\x00"), x.Name)
		}
	}
	return append(out, otherTimes(r.Discipline, c)...)
}

// otherTimes reports entries of the discipline register that are not of the time the records are
// for: a slip of the pen would bind, or spare, the wrong year (Plan III.2.1 and III.2.2, sixth
// standards).
func otherTimes(entries []DisciplineEntry, c form.Context) []finding.Finding {
	l, ok := c.Lists.(lists)
	if !ok {
		return nil
	}
	per, ok := l.plan.Period(c.Period)
	if !ok {
		return nil
	}
	var out []finding.Finding
	for _, x := range entries {
		if d, ok := x.Date.Date(); ok && (d.Last().Before(per.From) || d.First().After(per.To)) {
			name := x.Name
			if !name.Given() {
				name = x.Unit
			}
			out = append(out, finding.New(finding.BreachElsewhen, at(x.Date), "name", name.Text, "read", d.Short(),
				"want", per.From.Short()+" - "+per.To.Short()))
		}
	}
	return out
}

func checkVotes(value any, c form.Context) []finding.Finding {
	v := value.(*Votes)
	var out []finding.Finding
	s := v.Session
	present, pok := s.Present.Int()
	written, wok := s.Written.Int()
	if members, ok := s.Members.Int(); ok && pok && wok && present+written > members {
		out = append(out, finding.New(finding.OutOfRange, at(s.Present), "field", c.Title("session", "present"), "read",
			present+written, "want", "0 – "+strconv.Itoa(members), "clause", "IV.1"))
	}
	for _, b := range []struct {
		issued, returned, valid, void form.Value
		rows                          []VoteRow
	}{
		{s.CollectiveIssued, s.CollectiveReturned, s.CollectiveValid, s.CollectiveInvalid, v.Collectives},
		{s.IndividualIssued, s.IndividualReturned, s.IndividualValid, s.IndividualInvalid, v.Individuals},
	} {
		issued, iok := b.issued.Int()
		returned, rok := b.returned.Int()
		valid, vok := b.valid.Int()
		void, xok := b.void.Int()
		if iok && pok && wok && issued != present+written {
			out = append(out, finding.New(finding.IssuedPresent, at(b.issued), "read", issued, "want", present+written))
		}
		if iok && rok && returned > issued {
			out = append(out, finding.New(finding.MoreReturned, at(b.returned), "read", returned, "want", issued))
		}
		if rok && vok && xok && valid+void != returned {
			out = append(out, finding.New(finding.ValidPlusVoid, at(b.valid), "read", valid+void, "want", returned))
		}
		for _, r := range b.rows {
			a, aok := r.Agree.Int()
			n, nok := r.Disagree.Int()
			o, _ := r.Other.Int()
			recused, _ := r.Recused.Int() // who is recused hands in a ballot that leaves this row out
			if aok && nok && vok && a+n+o+recused != valid {
				out = append(out, finding.New(finding.RowSum, at(r.Agree), "name", r.Name.Text, "read", a+n+o+recused,
					"want", valid))
			}
		}
	}
	out = append(out, twice(KindCollective, len(v.Collectives),
		func(i int) *form.Value { return &v.Collectives[i].Code }, nil)...)
	out = append(out, twice(KindCollective, len(v.Individuals),
		func(i int) *form.Value { return &v.Individuals[i].Code }, nil)...)
	return out
}

func checkDossier(value any, c form.Context) []finding.Finding {
	d := value.(*Dossier)
	s, _ := SlateOf(d)
	out := append(s.check(c), unmetDossier(d, c)...)
	// dossiers of a year come in late, but not when the next half year has gone by
	if year, ok := d.Proposal.Year.Int(); ok {
		if on, ok := d.Proposal.Date.Date(); ok && on.Year*12+on.Month > (year+1)*12+6 {
			out = append(out, finding.New(finding.WrongYear, at(d.Proposal.Year), "read", year, "want",
				wording.Text("mail.want.date", "date", on.Short())))
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
		out = append(out, bar.unmet(plan.Collective, "", &x.Name, ownFacts(c.Form, "collectives", x)...)...)
		out = append(out, bar.unmet(plan.Collective, "", &x.Name,
			declaredFact{"grade", &x.Grade}, declaredFact{"party", &x.Party}, declaredFact{"union", &x.Union},
			declaredFact{"youth", &x.Youth}, declaredFact{"women", &x.Women},
			declaredFact{"farmers", &x.Farmers}, declaredFact{"veterans", &x.Veterans},
			declaredFact{"index.band", &x.IndexBand}, declaredFact{factDiscipline, &x.Discipline})...)
	}
	for i := range d.Individuals {
		x := &d.Individuals[i]
		role := l.role(x.Role.Text)
		out = append(out, bar.unmet(plan.Individual, role, &x.Name, ownFacts(c.Form, "individuals", x)...)...)
		out = append(out, bar.unmet(plan.Individual, role, &x.Name,
			declaredFact{"grade", &x.Grade}, declaredFact{"index.band", &x.IndexBand},
			declaredFact{factDiscipline, &x.Discipline})...)
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
func (s *Slate) check(c form.Context) []finding.Finding {
	out := s.checkList(c)
	listed, voted, reported := roll{}, roll{}, roll{}
	for _, n := range s.Nominations {
		listed.add(KindTitle(n.Kind), n.Name)
	}
	for i := range s.Votes {
		voted.add(s.Votes[i].Kind.Text, &s.Votes[i].Name)
	}
	for i := range s.Reports {
		reported.add(s.Reports[i].Kind.Text, &s.Reports[i].Name)
	}
	var votes, reports nearby
	for _, n := range s.Nominations {
		if !n.Name.Given() {
			continue
		}
		kind := KindTitle(n.Kind)
		if !voted.has(kind, n.Name) {
			out = append(out, finding.New(finding.MinutesDiffer, at(*n.Name), "name", n.Name.Text, "near",
				votes.of(kind, n.Name, voted, listed)))
		}
		if !reported.has(kind, n.Name) {
			out = append(out, finding.New(finding.NoReport, at(*n.Name), "name", n.Name.Text, "near",
				reports.of(kind, n.Name, reported, listed)))
		}
	}
	var lines nearby
	for i := range s.Reports {
		r := &s.Reports[i]
		if r.Name.Given() && r.Kind.Given() && !listed.has(r.Kind.Text, &r.Name) {
			out = append(out, finding.New(finding.ReportWithoutName, at(r.Name), "name", r.Name.Text, "near",
				lines.of(r.Kind.Text, &r.Name, listed, reported)))
		}
	}
	out = append(out, s.checkMinutes()...)
	return append(out, s.similarReports()...)
}

// checkList compares the tờ trình with the danh sách trích ngang, and the roles with the unit (Plan
// III.2.2).
func (s *Slate) checkList(c form.Context) []finding.Finding {
	collectives, people := s.Of(plan.Collective), s.Of(plan.Individual)
	out := twice(KindCollective, len(collectives), func(i int) *form.Value { return collectives[i].Name }, nil)
	out = append(out, twice(KindIndividual, len(people), func(i int) *form.Value { return people[i].Name },
		func(i int) *form.Value { return people[i].Born })...)
	for _, p := range people {
		out = append(out, addressed(p.Name, p.Title, p.Sex)...)
	}
	if l, unit, known := unitOf(c, &s.Proposal.Unit, &s.Proposal.Code); known {
		fine := map[[2]string]bool{} // the roles and positions that go together: many people have the same
		for _, p := range people {
			key := [2]string{p.Role.Text, p.Position.Text}
			if fine[key] {
				continue
			}
			wrong := wrongRole(l, unit, p.Name, p.Position, p.Role)
			if len(wrong) == 0 {
				wrong = rolePosition(l, unit, p.Name, p.Position, p.Role)
			}
			fine[key] = len(wrong) == 0
			out = append(out, wrong...)
		}
		out = append(out, s.level(l)...)
		out = append(out, s.timing(l, c)...)
	}
	if len(s.Nominations) == 0 {
		out = append(out, finding.New(finding.NobodyProposed, finding.At{}))
	}
	for _, x := range []struct {
		title string
		v     form.Value
		n     int
	}{{"số tập thể", s.Proposal.Collectives, len(collectives)}, {"số cá nhân", s.Proposal.Individuals, len(people)}} {
		if n, ok := x.v.Int(); ok && n != x.n {
			out = append(out, finding.New(finding.CountsDiffer, at(x.v), "field", x.title, "read", n, "want", x.n))
		}
	}
	return out
}

// checkMinutes holds the unit's own vote to its arithmetic (Plan III.3, third part).
func (s *Slate) checkMinutes() []finding.Finding {
	var out []finding.Finding
	members, mok := s.Minutes.Members.Int()
	present, pok := s.Minutes.Present.Int()
	if mok && pok && present > members {
		out = append(out, finding.New(finding.MinutesArithmetic, at(s.Minutes.Present), "read", present, "want",
			"≤ "+strconv.Itoa(members)))
	}
	for i := range s.Votes {
		v := &s.Votes[i]
		a, aok := v.Agree.Int()
		n, nok := v.Disagree.Int()
		if aok && nok && pok && a+n > present {
			out = append(out, finding.New(finding.MinutesArithmetic, at(v.Agree), "read", strconv.Itoa(a)+" + "+
				strconv.Itoa(n), "want", "≤ "+strconv.Itoa(present)))
		}
	}
	return out
}

// similarReports reports achievement reports that are nearly the same text under two names: each
// nominee writes its own.
func (s *Slate) similarReports() []finding.Finding {
	var out []finding.Finding
	var names []*form.Value
	seen, all := make([]viet.Shingles, 0, len(s.Reports)), make(viet.Shingles, 0, 50*len(s.Reports))
	for i := range s.Reports {
		r := &s.Reports[i]
		from := len(all)
		all = viet.AppendShingles(all, r.Results.Text)
		text := all[from:]
		if len(text) < leastShingles {
			continue
		}
		if i := slices.IndexFunc(seen, text.Alike); i >= 0 {
			out = append(out, finding.New(finding.SimilarReports, at(r.Results), "name", r.Name.Text, "read",
				names[i].Text))
			continue
		}
		seen, names = append(seen, text), append(names, &r.Name)
	}
	return out
}

// leastShingles is how long a report must be before likeness means anything.
const leastShingles = 10
