package plan

import (
	"slices"
	"strconv"
	"strings"
)

// Criterion is one standard a nominee must meet (plan III.2).
type Criterion struct {
	ID      string      `yaml:"id"`     // "TT1" … for collectives, "CN1" … for individuals
	Clause  string      `yaml:"clause"` // "III.2.1"
	Item    int         `yaml:"item"`   // number of the paragraph in the clause, from 1
	Nominee NomineeKind `yaml:"nominee"`
	Groups  []GroupID   `yaml:"groups,omitempty"` // the groups it binds; none means all
	Roles   []RoleID    `yaml:"roles,omitempty"`  // the roles it binds; none means all
	Title   string      `yaml:"title"`            // short, for column heads
	Text    string      `yaml:"text"`             // the plan's words
	Check   Check       `yaml:"check"`
	Mark    `yaml:",inline"`
}

// Binds reports whether the criterion applies to a nominee of that kind, group and role (the role
// is ignored for collectives).
func (c Criterion) Binds(kind NomineeKind, group GroupID, role RoleID) bool {
	return c.Nominee == kind &&
		(len(c.Groups) == 0 || slices.Contains(c.Groups, group)) &&
		(len(c.Roles) == 0 || slices.Contains(c.Roles, role))
}

// CheckKind names a check of the closed set.
type CheckKind string

// The checks. Each knows its fact, threshold and scale, so that it can be explained, linted and
// printed as a drop-down list.
const (
	CheckIs         CheckKind = "is"         // the fact is one of Values
	CheckYes        CheckKind = "yes"        // the fact is yes
	CheckAtLeast    CheckKind = "at-least"   // the fact is at or above Level of Scale, or among its Top highest levels
	CheckNone       CheckKind = "none"       // the fact is a count of zero or an empty list
	CheckMin        CheckKind = "min"        // the fact is a number not below Number
	CheckMax        CheckKind = "max"        // the fact is a number not above Number
	CheckBefore     CheckKind = "before"     // the fact is a day before Date
	CheckAfter      CheckKind = "after"      // the fact is a day after Date
	CheckGiven      CheckKind = "given"      // the fact is a text that is not blank
	CheckCites      CheckKind = "cites"      // the fact cites evidence: number, date, issuer
	CheckRegistered CheckKind = "registered" // the unit registered this period, in time
	CheckComplete   CheckKind = "complete"   // the dossier has all its parts
	CheckCouncil    CheckKind = "council"    // for people to judge, never for the machine
	CheckAll        CheckKind = "all"        // the worst of Of
	CheckAny        CheckKind = "any"        // the best of Of
)

// Basis says whose word a fact is.
type Basis string

// The bases. A unit's own declaration never makes an official check met.
const (
	Declared Basis = "declared" // the unit's own dossier
	Official Basis = "official" // records sent by the standing office
)

// NotApplicable as Check.Absent means that a blank fact says the thing does not exist in the unit.
const NotApplicable = "not-applicable"

// ToTheCouncil as Check.Otherwise means that a fact which does not do, or is not stated, is for the
// Council to weigh.
const ToTheCouncil = "council"

// Check is a small typed tree. Which fields a kind uses is said at its constant; Lint refuses the
// others.
type Check struct {
	Kind   CheckKind `yaml:"kind"`
	Fact   string    `yaml:"fact,omitempty"`
	Title  string    `yaml:"title,omitempty"`  // Vietnamese name of the part, for explanations
	Values []string  `yaml:"values,omitempty"` // is
	Scale  string    `yaml:"scale,omitempty"`  // is, at-least: labels and aliases come from this scale
	Level  string    `yaml:"level,omitempty"`  // at-least: a label or alias of the scale
	Top    int       `yaml:"top,omitempty"`    // at-least: "mức cao thứ hai trở lên" is 2
	// at-least, is: labels the Council shall weigh instead of the machine
	Council []string `yaml:"council,omitempty"`
	Absent  string   `yaml:"absent,omitempty"` // "" leaves a blank fact pending; "not-applicable"
	// "" decides; "council" leaves to people whatever is not met or not stated
	Otherwise string  `yaml:"otherwise,omitempty"`
	Number    float64 `yaml:"number,omitempty"` // min, max
	Date      string  `yaml:"date,omitempty"`   // before, after: ISO day
	Basis     Basis   `yaml:"basis,omitempty"`  // "" is declared
	Of        []Check `yaml:"of,omitempty"`     // all, any
}

// Source returns the basis, Declared when none is written.
func (c Check) Source() Basis {
	if c.Basis == "" {
		return Declared
	}
	return c.Basis
}

// Leaves returns the checks that look at something themselves, in order: the check itself, or those
// below all and any.
func (c Check) Leaves() []Check {
	if c.Kind != CheckAll && c.Kind != CheckAny {
		return []Check{c}
	}
	var leaves []Check
	for _, sub := range c.Of {
		leaves = append(leaves, sub.Leaves()...)
	}
	return leaves
}

// Priority is whom to prefer among those who meet every criterion (note to plan III.2.2).
type Priority struct {
	Clause string `yaml:"clause"`
	Role   RoleID `yaml:"role"`
	Text   string `yaml:"text"`
}

// OrderKey is one step of the order in which qualified nominees of a kind are put before the
// Council: those whose fact is among First come first, or those whose fact is Given, or else the
// higher (Desc) or lower value does. A blank fact comes last.
type OrderKey struct {
	Nominee NomineeKind `yaml:"nominee"`
	Groups  []GroupID   `yaml:"groups,omitempty"` // none means all
	Fact    string      `yaml:"fact"`
	First   []string    `yaml:"first,omitempty"`
	Given   bool        `yaml:"given,omitempty"` // those whose fact is not blank come first
	Desc    bool        `yaml:"desc,omitempty"`
	// the reason as printed; one that names what comes First is answered with có or không
	Title  string `yaml:"title"`
	Clause string `yaml:"clause,omitempty"`
	Mark   `yaml:",inline"`
}

// CombinationRule says how the annual criteria judge a round of several years.
type CombinationRule string

// The rules.
const (
	EveryYear CombinationRule = "every-year" // judged for every year of the round; the worst year decides
	LastYear  CombinationRule = "last-year"  // judged for the last year of the round
)

// Combination is how the criteria, which the plan states for a year, are applied to a stage (plan
// III.1.2, III.2).
type Combination struct {
	Rule   CombinationRule `yaml:"rule,omitempty"` // "" is EveryYear
	Clause string          `yaml:"clause,omitempty"`
	Mark   `yaml:",inline"`
}

// Years returns the years of a round that count by the rule, in order.
func (c Combination) Years(per Period) []int {
	if c.Rule == LastYear && len(per.Years) > 0 {
		return []int{slices.Max(per.Years)}
	}
	return slices.Sorted(slices.Values(per.Years))
}

// CriteriaFor returns the criteria for a kind of nominee in the plan's order.
func (p *Plan) CriteriaFor(kind NomineeKind) []Criterion {
	var out []Criterion
	for _, c := range p.Criteria {
		if c.Nominee == kind {
			out = append(out, c)
		}
	}
	return out
}

// CheckAt returns the check at a place such as "TT4", the criterion's own, or "TT4.2", its second
// part, with its criterion.
func (p *Plan) CheckAt(place string) (Criterion, Check, bool) {
	id, rest, deeper := strings.Cut(place, ".")
	c, ok := p.Criterion(id)
	at := c.Check
	for deeper && ok {
		var number string
		number, rest, deeper = strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		if ok = err == nil && n >= 1 && n <= len(at.Of); ok {
			at = at.Of[n-1]
		}
	}
	return c, at, ok
}

// Criterion returns the criterion with that ID.
func (p *Plan) Criterion(id string) (Criterion, bool) {
	return find(p.Criteria, func(c *Criterion) bool { return c.ID == id })
}
