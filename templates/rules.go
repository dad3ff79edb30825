package templates

import (
	"fmt"
	"strconv"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// The rules across fields of each form. Rules that need other submissions (was the nominee registered, does the record contradict) are
// evaluated where those are known.

func at(v form.Value) finding.At { return finding.At{Sheet: v.At.Sheet, Cell: v.At.Cell} }

func place(v form.Value) string { return v.At.Sheet + "!" + v.At.Cell }

// twice reports every name after the first that stands in a list again; born tells apart namesakes, it may be nil. Lists of strangers can be
// long: names are compared by their keys, made once.
func twice(n int, name func(int) *form.Value, born func(int) *form.Value) []finding.Finding {
	var out []finding.Finding
	before := make(map[string]int, n) // 1 + the last of this key
	last := make([]int, n)            // the one before of the same key, likewise
	for i := range n {
		b := name(i)
		if !b.Given() {
			continue
		}
		key := viet.NameKey(b.Text)
		first := 0
		for j := before[key] - 1; j >= 0; j = last[j] - 1 {
			if born != nil && born(i).Given() && born(j).Given() && born(i).Text != born(j).Text {
				continue
			}
			first = j + 1
		}
		if first > 0 {
			out = append(out, finding.New(finding.Twice, at(*b), "name", b.Text, "read", place(*name(first - 1)), "clause", "II.1"))
		}
		before[key], last[i] = i+1, before[key]
	}
	return out
}

// wrongRole holds a person's role to the unit's group and to the position: which standards bind a person hangs on it (Plan III.2.2).
func wrongRole(l lists, u plan.Unit, p *listedPerson) []finding.Finding {
	if !p.role.Given() {
		return nil
	}
	wrong := func(want string) []finding.Finding {
		return []finding.Finding{finding.New(finding.RoleAgainstGroup, at(*p.role), "name", p.name.Text, "read", p.role.Text, "want", want)}
	}
	for i := range l.plan.Roles {
		if r := &l.plan.Roles[i]; r.Title == p.role.Text && !r.In(u.Group) {
			g, _ := l.plan.Group(u.Group)
			return wrong(wording.Text("finding.want.group", "group", g.Title))
		}
	}
	leader, ok := l.plan.Role(plan.RoleCommuneLeader)
	if ok && u.Group == plan.Communes && p.role.Text != leader.Title && leadsCommune.MatchString(viet.Fold(p.position.Text)) {
		return wrong(wording.Text("finding.want.position", "position", p.position.Text))
	}
	return nil
}

// addressed reports a form of address that the sex contradicts: one is printed on certificates, the other counted in statistics.
func addressed(p *listedPerson) []finding.Finding {
	want := form.Male
	switch p.title.Text {
	case honorifics[0]:
	case honorifics[1]:
		want = form.Female
	default:
		return nil
	}
	if !p.sex.Given() || p.sex.Text == want {
		return nil
	}
	return []finding.Finding{finding.New(finding.TitleAgainstSex, at(*p.sex), "name", p.name.Text, "read", p.title.Text, "want", p.sex.Text)}
}

func checkRegistration(value any, c form.Context) []finding.Finding {
	r := value.(*Registration)
	out := twice(len(r.Collectives), func(i int) *form.Value { return &r.Collectives[i].Name }, nil)
	out = append(out, twice(len(r.Individuals), func(i int) *form.Value { return &r.Individuals[i].Name }, func(i int) *form.Value { return &r.Individuals[i].Born })...)
	l, u, known := unitOf(c, &r.Unit.Name, &r.Unit.Code)
	for i := range r.Individuals {
		x := &r.Individuals[i]
		p := listedPerson{&x.Name, &x.Born, &x.Role, &x.Position, &x.Title, &x.Sex}
		if known {
			out = append(out, wrongRole(l, u, &p)...)
		}
		out = append(out, addressed(&p)...)
	}
	if year, ok := r.Unit.Year.Int(); ok {
		if d, ok := r.Unit.Date.Date(); ok && d.Year > year { // last year's form, filled in again: it must not take the place of last year's registration
			out = append(out, finding.New(finding.WrongYear, at(r.Unit.Year), "read", year, "want", wording.Text("mail.want.date", "date", d.Short())))
		}
		for i := range r.Targets {
			if d, ok := r.Targets[i].Due.Date(); ok && d.Year != year {
				late := finding.New(finding.OutOfRange, at(r.Targets[i].Due), "field", c.Title("targets", "due"), "read", d.Short(), "want", fmt.Sprintf("01/01/%d – 31/12/%d", year, year), "clause", "III.4")
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
				out = append(out, finding.New(finding.OutOfRange, at(v.Value), "field", c.Title("unit", v.key), "read", n, "want", "0 – "+strconv.Itoa(staff), "clause", "II.1"))
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
			out = append(out, finding.New(finding.DuplicateRecord, at(v), "field", v.Text, "read", v.Text, "want", place(first), "name", v.Text))
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
					out = append(out, finding.New(finding.BandAgainstScore, at(x.Band), "name", x.Unit.Text, "read", x.Band.Text, "want", label))
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
			once(strings.Join([]string{"person", x.Unit.Text, viet.NameKey(x.Name.Text), viet.NameKey(x.Position.Text)}, "\x00"), x.Name)
		}
	}
	return append(out, otherTimes(r.Discipline, c)...)
}

// otherTimes reports entries of the discipline register that are not of the time the records are for: a slip of the pen would bind, or spare,
// the wrong year (Plan III.2.1 and III.2.2, sixth standards).
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
			out = append(out, finding.New(finding.BreachElsewhen, at(x.Date), "name", name.Text, "read", d.Short(), "want", per.From.Short()+" - "+per.To.Short()))
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
		out = append(out, finding.New(finding.OutOfRange, at(s.Present), "field", c.Title("session", "present"), "read", present+written, "want", "0 – "+strconv.Itoa(members), "clause", "IV.1"))
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
				out = append(out, finding.New(finding.RowSum, at(r.Agree), "name", r.Name.Text, "read", a+n+o+recused, "want", valid))
			}
		}
	}
	out = append(out, twice(len(v.Collectives), func(i int) *form.Value { return &v.Collectives[i].Code }, nil)...)
	out = append(out, twice(len(v.Individuals), func(i int) *form.Value { return &v.Individuals[i].Code }, nil)...)
	return out
}
