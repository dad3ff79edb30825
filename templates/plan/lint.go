package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// Problem is something wrong in a plan's folder, told in Vietnamese to whoever edits it. A warning does not keep the plan from use.
type Problem struct {
	File    string `json:"file"`
	Where   string `json:"where"` // the entry: an ID, a code, a name
	Text    string `json:"text"`
	Warning bool   `json:"warning,omitempty"`
}

// Lint returns all that is wrong in a plan at once, in the order of the files; none means the plan may be used.
func Lint(p *Plan) []Problem {
	l := &linter{p: p}
	l.general()
	l.periods()
	l.quotas()
	l.council()
	l.papers()
	l.criteria()
	l.scales()
	l.occasions()
	l.units()
	return l.problems
}

// linter collects problems; file and where say what is being looked at.
type linter struct {
	p           *Plan
	file, where string
	problems    []Problem
}

func (l *linter) at(file, where string) { l.file, l.where = file, where }

// add notes a problem in the words of plan.lint.<kind>.
func (l *linter) add(kind string, pairs ...any) {
	l.problems = append(l.problems, Problem{File: l.file, Where: l.where, Text: wording.Text("plan.lint."+kind, pairs...)})
}

func (l *linter) warn(kind string, pairs ...any) {
	l.add(kind, pairs...)
	l.problems[len(l.problems)-1].Warning = true
}

// need notes fields that are blank; pairs are field, value, field, value …
func (l *linter) need(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) == "" {
			l.add("missing", "field", pairs[i])
		}
	}
}

func (l *linter) mark(m Mark) {
	if m.Assumed && m.Note == "" {
		l.add("note")
	}
}

// clause notes a citation of a clause that is not there; item 0 cites the whole clause.
func (l *linter) clause(ref string, item int) {
	c, ok := l.p.Clause(ref)
	switch {
	case !ok:
		l.add("clause", "read", ref)
	case item < 0 || item > len(c.Items):
		l.add("item", "clause", ref, "read", item)
	}
}

func (l *linter) span(from, to calendar.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		l.add("dates", "from", from, "to", to)
	}
}

func (l *linter) day(field string, d calendar.Date) bool {
	if !d.Valid() || d.Partial() {
		l.add("day", "field", field, "read", d)
		return false
	}
	return true
}

// known notes a value outside a list.
func known[T ~string](l *linter, field string, value T, allowed ...T) bool {
	if slices.Contains(allowed, value) {
		return true
	}
	l.add("unknown", "field", field, "read", value, "want", fmt.Sprint(allowed))
	return false
}

// once notes every value after the first that is the same.
func once[T any](l *linter, file, field string, all []T, value func(T) string) {
	seen := map[string]bool{}
	for _, t := range all {
		v := value(t)
		if seen[v] {
			l.at(file, v)
			l.add("twice", "field", field, "read", v)
		}
		seen[v] = true
	}
}

var (
	address = regexp.MustCompile(`^[^\s@<>",;:]+@[a-z0-9-]+(\.[a-z0-9-]+)+$`)
	domain  = regexp.MustCompile(`^@[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

func (l *linter) emails(all []string) {
	for _, e := range all {
		if !address.MatchString(e) {
			l.add("email", "read", e)
		}
	}
}

func (l *linter) groups() []GroupID {
	ids := make([]GroupID, len(l.p.Groups))
	for i, g := range l.p.Groups {
		ids[i] = g.ID
	}
	return ids
}

func (l *linter) roles() []RoleID {
	ids := make([]RoleID, len(l.p.Roles))
	for i, r := range l.p.Roles {
		ids[i] = r.ID
	}
	return ids
}

func (l *linter) general() {
	p := l.p
	once(l, fileClauses, "ref", p.Clauses, func(c Clause) string { return c.Ref })
	l.at(filePlan, "")
	l.need("id", p.ID, "number", p.Number, "title", p.Title, "movement", p.Movement, "award", p.Award, "place", p.Place,
		"issuer.name", p.Issuer.Name, "issuer.short", p.Issuer.Short, "issuer.chair", p.Issuer.Chair, "office.name", p.Office.Name)
	l.day("issued-on", p.IssuedOn)
	l.at(filePlan, "office")
	if _, ok := p.UnitByCode(p.Office.Unit); !ok {
		l.add("unknown", "field", "unit", "read", p.Office.Unit, "want", fileUnits)
	}
	l.need("emails", strings.Join(p.Office.Emails, ""))
	l.emails(p.Office.Emails)
	l.mark(p.Office.Mark)

	once(l, filePlan, "groups.id", p.Groups, func(g Group) string { return string(g.ID) })
	for _, g := range p.Groups {
		l.at(filePlan, "groups/"+string(g.ID))
		known(l, "id", g.ID, Offices, Communes)
		l.need("title", g.Title)
	}
	once(l, filePlan, "roles.id", p.Roles, func(r Role) string { return string(r.ID) })
	for _, r := range p.Roles {
		l.at(filePlan, "roles/"+string(r.ID))
		known(l, "id", r.ID, RoleHead, RoleCommuneLeader, RoleDirectWorker, RoleOther)
		l.need("title", r.Title)
		for _, g := range r.Groups {
			known(l, "groups", g, l.groups()...)
		}
		if r.Clause != "" {
			l.clause(r.Clause, 0)
		}
	}
	once(l, filePlan, "dossier.key", p.Dossier, func(d DossierPart) string { return d.Key })
	for _, d := range p.Dossier {
		l.at(filePlan, "dossier/"+d.Key)
		known(l, "key", d.Key, PartProposal, PartReport, PartMinutes, PartList)
		l.need("title", d.Title)
		l.clause(d.Clause, d.Item)
	}
	for _, c := range p.Copies {
		l.at(filePlan, "copies/"+c.Level)
		known(l, "level", c.Level, "city", "province")
		if c.Sets < 1 {
			l.add("number", "field", "sets", "read", c.Sets, "want", "≥ 1")
		}
		l.clause(c.Clause, 0)
	}
	once(l, filePlan, "contents.key", p.Contents, func(c Content) string { return c.Key })
	for _, c := range p.Contents {
		l.at(filePlan, "contents/"+c.Key)
		l.need("key", c.Key, "title", c.Title)
		l.clause(c.Clause, c.Item)
	}
	for _, days := range [][]calendar.Date{p.Calendar.Holidays, p.Calendar.Workdays} {
		once(l, filePlan, "calendar", days, calendar.Date.String)
		for _, d := range days {
			l.at(filePlan, "calendar")
			l.day("calendar", d)
		}
	}
	for _, q := range p.Questions {
		l.at(filePlan, "questions/"+q.Topic)
		l.need("topic", q.Topic, "text", q.Text, "default", q.Default)
		if q.Clause != "" {
			l.clause(q.Clause, 0)
		}
	}
}
