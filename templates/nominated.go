package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/plausible"
	"thidua/templates/viet"
)

// The rules that hold what a dossier says of its nominees to the plan: role and position (Plan
// III.2.2), the time of the achievements, the level of the award with the number of copies (III.1,
// III.3), and values that their own criteria refuse (III.2).

// leadsCommune is the position of a chairman or vice-chairman of a commune's UBND in offices'
// words: "Chủ tịch UBND phường", "Phó Chủ tịch xã", "Bí thư, Chủ tịch UBND"; not that of an
// organisation in the commune, such as "Chủ tịch Hội Nông dân xã".
var leadsCommune = regexp.MustCompile(
	`\b(chu tich|pct|ct) (thuong truc )?(ubnd|uy ban nhan dan|phuong|p|xa|x|thi tran|tt)\b`)

var (
	leaderPosition = regexp.MustCompile(`^(pho )?chu tich$|^pct$|` + leadsCommune.String())
	headPosition   = regexp.MustCompile(
		`^(truong (phong|ban|don vi|dai)|giam doc|chanh (van phong|thanh tra)|` +
			`hieu truong|thu truong|doi truong|chi cuc truong)\b`)
	staffPosition = regexp.MustCompile(
		`^(pho |chuyen vien|nhan vien|can bo|cong chuc|vien chuc|van thu|ke toan|can su)`)
)

// rolePosition reports a role that the position contradicts: which standards bind a person hangs on
// the role.
func rolePosition(l lists, u plan.Unit, name, position, role *form.Value) []finding.Finding {
	if !role.Given() || !position.Given() {
		return nil
	}
	post := viet.Fold(position.Text)
	wrong := false
	switch l.role(role.Text) {
	case plan.RoleCommuneLeader:
		wrong = !leaderPosition.MatchString(post) && staffPosition.MatchString(post)
	case plan.RoleHead:
		wrong = staffPosition.MatchString(post)
	default:
		wrong = u.Group == plan.Offices && headPosition.MatchString(post) || u.Group == plan.Communes &&
			leaderPosition.MatchString(post)
	}
	if !wrong {
		return nil
	}
	return []finding.Finding{finding.New(finding.RoleAgainstPlace, at(*role), "name", name.Text, "read", role.Text,
		"want", viet.Quote(position.Text))}
}

// role is the role of a title, "" for none.
func (l lists) role(title string) plan.RoleID {
	for i := len(l.plan.Roles) - 1; i >= 0; i-- {
		if r := &l.plan.Roles[i]; r.Title == title {
			return r.ID
		}
	}
	return ""
}

// declaredFact is a field of a nominee that criteria look at.
type declaredFact struct {
	fact string
	*form.Value
}

// standards are the criteria for the nominees of a unit, and what they were asked before: many
// nominees declare the same.
type standards struct {
	lists
	ctx   form.Context
	group plan.GroupID
	asked map[asked]demand
}

// listedIn are the blocks of a dossier that list the nominees of a kind.
var listedIn = map[plan.NomineeKind]string{plan.Collective: "collectives", plan.Individual: "individuals"}

type asked struct {
	kind       plan.NomineeKind
	role       plan.RoleID
	fact, text string
}

// demand is what a criterion wants of a fact that it refuses; zero when none does.
type demand struct{ want, clause string }

// unmet reports values that a criterion of the plan refuses as they were declared, once a field.
func (s *standards) unmet(kind plan.NomineeKind, role plan.RoleID, name *form.Value,
	facts ...declaredFact) []finding.Finding {
	var out []finding.Finding
	for i := range facts {
		f := &facts[i]
		if !f.Given() {
			continue
		}
		key := asked{kind, role, f.fact, f.Text}
		d, known := s.asked[key]
		if !known {
			d = s.demand(kind, role, f)
			s.asked[key] = d
		}
		if d.want != "" {
			out = append(out, finding.New(finding.CriterionUnmet, at(*f.Value), "name", name.Text, "field",
				s.ctx.Title(listedIn[kind], f.fact), "read", f.Text, "want", d.want, "clause", d.clause))
		}
	}
	return out
}

// demand is that of the first criterion that refuses a fact.
func (s *standards) demand(kind plan.NomineeKind, role plan.RoleID, f *declaredFact) demand {
	for i := range s.plan.Criteria {
		if c := &s.plan.Criteria[i]; c.Binds(kind, s.group, role) {
			if want := s.refused(&c.Check, f); want != "" {
				return demand{want, c.Clause}
			}
		}
	}
	return demand{}
}

// refused returns what a check wants of a fact that does not meet it, "" when it does, when the
// check looks at something else, or when the Council decides.
func (l lists) refused(c *plan.Check, f *declaredFact) string {
	if c.Kind == plan.CheckAll {
		for i := range c.Of {
			if want := l.refused(&c.Of[i], f); want != "" {
				return want
			}
		}
		return ""
	}
	same := func(s string) bool { return viet.SameFold(s, f.Text) }
	if c.Fact != f.fact || c.Otherwise == plan.ToTheCouncil || slices.ContainsFunc(c.Council, same) {
		return ""
	}
	switch c.Kind {
	case plan.CheckNone:
		if n, ok := f.Int(); ok && n > 0 {
			return "0"
		}
	case plan.CheckMin:
		if x, ok := f.Number(); ok && x < c.Number {
			return "≥ " + form.Decimal(c.Number)
		}
	case plan.CheckMax:
		if x, ok := f.Number(); ok && x > c.Number {
			return "≤ " + form.Decimal(c.Number)
		}
	case plan.CheckYes:
		if f.Text == form.No {
			return form.Yes
		}
	case plan.CheckIs:
		if !slices.ContainsFunc(c.Values, same) {
			return strings.Join(c.Values, "; ")
		}
	case plan.CheckAtLeast:
		s, ok := l.plan.Scale(c.Scale, l.on)
		if !ok {
			return ""
		}
		least := c.Top
		if c.Level != "" {
			least, _ = s.Rank(c.Level)
		}
		if rank, ok := s.Rank(f.Text); ok && least > 0 && least <= len(s.Levels) && rank > least {
			return s.Levels[least-1].Label
		}
	}
	return ""
}

// timing reports achievements of another time than the round's.
func (s *Slate) timing(l lists, c form.Context) []finding.Finding {
	per, ok := l.plan.Period(c.Period)
	if !ok || per.Kind == plan.AdHoc {
		return nil
	}
	var out []finding.Finding
	look := func(name, v *form.Value) {
		if v.Given() {
			if when := plausible.Outside(v.Text, per.From, per.To); when != "" {
				out = append(out, finding.New(finding.OutsidePeriod, at(*v), "name", name.Text, "read", when, "want",
					per.From.Short()+" - "+per.To.Short()))
			}
		}
	}
	for i := range s.Reports {
		look(&s.Reports[i].Name, &s.Reports[i].Results)
	}
	for _, x := range s.Nominations {
		look(x.Name, x.Summary)
	}
	return out
}

// level compares the level of the tờ trình with the awards in the list and the number of copies
// (Plan III.1, III.3).
func (s *Slate) level(l lists) []finding.Finding {
	var out []finding.Finding
	if !s.Proposal.Level.Given() {
		return nil
	}
	province := slices.ContainsFunc(l.plan.Copies, func(k plan.Copies) bool {
		return k.Level == "province" &&
			k.LevelName() == s.Proposal.Level.Text
	})
	for _, x := range s.Nominations {
		if x.Award.Given() && (x.Award.Text == l.plan.Province.Award) != province {
			out = append(out, finding.New(finding.TwoLevels, at(*x.Award), "name", x.Name.Text, "read",
				s.Proposal.Level.Text+"; "+x.Award.Text))
		}
	}
	id := "city"
	if province {
		id = "province"
	}
	for _, k := range l.plan.Copies {
		if n, ok := s.Proposal.Copies.Int(); ok && k.Level == id && n < k.Sets {
			out = append(out, finding.New(finding.MissingPart, at(s.Proposal.Copies), "want",
				fmt.Sprintf("%02d bộ hồ sơ (%s)", k.Sets, k.Title), "clause", k.Clause))
		}
	}
	return out
}
