package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// Problem is something wrong in a plan's folder, told in Vietnamese to whoever edits it. A warning
// does not keep the plan from use.
type Problem struct {
	File  string `json:"file"`
	Where string `json:"where"` // the entry: an ID, a code, a name
	// the entry by place, and the field where one is to blame: "quotas[1].places"
	Path    string `json:"path,omitempty"`
	Text    string `json:"text"`
	Warning bool   `json:"warning,omitempty"`

	kind  string // of its text, plan.lint.<kind>
	pairs []any
}

// Say is the text for readers who do not see the files: title names a field as they know it, choice
// a code.
func (p Problem) Say(title, choice func(string) string) string {
	if p.kind == "" {
		return p.Text
	}
	pairs := slices.Clone(p.pairs)
	for i := 0; i < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case choices:
			out := make([]string, len(v))
			for k, code := range v {
				out[k] = choice(code)
			}
			pairs[i+1] = strings.Join(out, "; ")
		case string:
			if pairs[i] == "field" {
				words := strings.Fields(v)
				for k, w := range words {
					if words[k] = title(w); words[k] == w {
						words[k] = choice(w)
					}
				}
				pairs[i+1] = strings.Join(words, " – ")
			}
		}
	}
	return wording.Text("plan.lint."+p.kind, pairs...) //wording:composed plan.lint.
}

// choices are the codes a field takes.
type choices []string

func (c choices) String() string { return fmt.Sprint([]string(c)) }

// Lint returns all that is wrong in a plan at once, in the order of the files; none means the plan
// may be used.
func Lint(p *Plan) []Problem {
	l := &linter{p: p}
	l.general()
	l.periods()
	l.quotas()
	l.council()
	l.papers()
	l.certificate()
	l.criteria()
	l.scales()
	l.occasions()
	l.units()
	l.phrases()
	l.columns()
	l.derived()
	return l.problems
}

// linter collects problems; file, where and path say what is being looked at.
type linter struct {
	p                 *Plan
	file, where, path string
	problems          []Problem
}

func (l *linter) at(file, where, path string) { l.file, l.where, l.path = file, where, path }

// add notes a problem in the words of plan.lint.<kind>; the field to blame is the one among the
// pairs.
func (l *linter) add(kind string, pairs ...any) {
	field := ""
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == "field" {
			field = fmt.Sprint(pairs[i+1])
		}
	}
	l.addTo(field, kind, pairs...)
}

// addTo notes a problem of a field the words do not name.
func (l *linter) addTo(field, kind string, pairs ...any) {
	l.problems = append(l.problems, Problem{
		File: l.file, Where: l.where, Path: strings.Trim(l.path+"."+field, "."),
		Text: wording.Text("plan.lint."+kind, pairs...),
		kind: kind, pairs: pairs,
	})
}

// nth is the path of an entry of a list.
func nth(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// checkGiven notes fields that are blank; pairs are field, value, field, value …
func (l *linter) checkGiven(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) == "" {
			l.add("missing", "field", pairs[i])
		}
	}
}

func (l *linter) mark(m Mark) {
	if m.Assumed && m.Note == "" {
		l.addTo("note", "note")
	}
}

// clause notes a citation of a clause that is not there; item 0 cites the whole clause.
func (l *linter) clause(ref string, item int) {
	c, ok := l.p.Clause(ref)
	switch {
	case !ok:
		l.addTo("clause", "clause", "read", ref)
	case item < 0 || item > len(c.Items):
		l.addTo("item", "item", "clause", ref, "read", item)
	}
}

// span notes a last day, in that field, before the first.
func (l *linter) span(field string, from, to calendar.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		l.addTo(field, "dates", "from", from, "to", to)
	}
}

func (l *linter) day(field string, d calendar.Date) bool {
	if !d.Valid() || d.Partial() {
		l.add("day", "field", field, "read", d)
		return false
	}
	return true
}

// checkKnown notes a value outside a list.
func checkKnown[T ~string](l *linter, field string, value T, allowed ...T) bool {
	if slices.Contains(allowed, value) {
		return true
	}
	codes := make(choices, len(allowed))
	for i, a := range allowed {
		codes[i] = string(a)
	}
	l.add("unknown", "field", field, "read", string(value), "want", codes)
	return false
}

// checkUnique notes every value after the first that is the same, in the list at a path.
func checkUnique[T any](l *linter, file, path, field string, all []T, value func(T) string) {
	seen := map[string]bool{}
	for i, t := range all {
		v := value(t)
		if seen[v] {
			l.at(file, v, nth(path, i))
			l.add("twice", "field", field, "read", v)
		}
		seen[v] = true
	}
}

var (
	address = regexp.MustCompile(`^[^\s@<>",;:]+@[a-z0-9-]+(\.[a-z0-9-]+)+$`)
	domain  = regexp.MustCompile(`^@[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// IsAddress reports whether a text is an address as units.csv takes it: of a mailbox, or of a whole
// domain beginning with @.
func IsAddress(s string) bool { return address.MatchString(s) || domain.MatchString(s) }

func (l *linter) emails(field string, all []string) {
	for _, e := range all {
		if !address.MatchString(e) {
			l.addTo(field, "email", "read", e)
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
	checkUnique(l, fileClauses, "clauses", "ref", p.Clauses, func(c Clause) string { return c.Ref })
	for i, c := range p.Clauses {
		l.at(fileClauses, c.Ref, nth("clauses", i))
		l.checkGiven("ref", c.Ref, "title", c.Title)
	}
	l.at(filePlan, "", "")
	l.checkGiven("id", p.ID, "number", p.Number, "title", p.Title, "movement", p.Movement, "award", p.Award, "place",
		p.Place,
		"issuer.name", p.Issuer.Name, "issuer.short", p.Issuer.Short, "issuer.chair", p.Issuer.Chair, "office.name",
		p.Office.Name)
	l.day("issued-on", p.IssuedOn)
	l.at(filePlan, "office", "office")
	if _, ok := p.UnitByCode(p.Office.Unit); !ok {
		l.add("unknown", "field", "unit", "read", p.Office.Unit, "want", fileUnits)
	}
	l.checkGiven("emails", strings.Join(p.Office.Emails, ""))
	l.emails("emails", p.Office.Emails)
	l.mark(p.Office.Mark)

	checkUnique(l, filePlan, "groups", "id", p.Groups, func(g Group) string { return string(g.ID) })
	for i, g := range p.Groups {
		l.at(filePlan, "groups/"+string(g.ID), nth("groups", i))
		l.checkGiven("id", string(g.ID), "title", g.Title)
	}
	checkUnique(l, filePlan, "roles", "id", p.Roles, func(r Role) string { return string(r.ID) })
	for i, r := range p.Roles {
		l.at(filePlan, "roles/"+string(r.ID), nth("roles", i))
		checkKnown(l, "id", r.ID, RoleHead, RoleCommuneLeader, RoleDirectWorker, RoleOther)
		l.checkGiven("title", r.Title)
		for _, g := range r.Groups {
			checkKnown(l, "groups", g, l.groups()...)
		}
		if r.Clause != "" {
			l.clause(r.Clause, 0)
		}
	}
	checkUnique(l, filePlan, "dossier", "key", p.Dossier, func(d DossierPart) string { return d.Key })
	for i, d := range p.Dossier {
		l.at(filePlan, "dossier/"+d.Key, nth("dossier", i))
		checkKnown(l, "key", d.Key, PartProposal, PartReport, PartMinutes, PartList)
		l.checkGiven("title", d.Title)
		l.clause(d.Clause, d.Item)
	}
	for i, c := range p.Copies {
		l.at(filePlan, "copies/"+c.Level, nth("copies", i))
		checkKnown(l, "level", c.Level, "city", "province")
		if c.Sets < 1 {
			l.add("number", "field", "sets", "read", c.Sets, "want", "≥ 1")
		}
		l.clause(c.Clause, 0)
	}
	l.province()
	l.approval()
	checkUnique(l, filePlan, "contents", "key", p.Contents, func(c Content) string { return c.Key })
	for i, c := range p.Contents {
		l.at(filePlan, "contents/"+c.Key, nth("contents", i))
		l.checkGiven("key", c.Key, "title", c.Title)
		l.clause(c.Clause, c.Item)
	}
	checkUnique(l, filePlan, "reporters", "reporters", p.Reporters, func(code string) string { return code })
	l.at(filePlan, "", "")
	for _, code := range p.Reporters {
		if _, ok := p.UnitByCode(code); !ok {
			l.add("unknown", "field", "reporters", "read", code, "want", fileUnits)
		}
	}
	for _, c := range []struct {
		path string
		days []calendar.Date
	}{{"calendar.holidays", p.Calendar.Holidays}, {"calendar.workdays", p.Calendar.Workdays}} {
		checkUnique(l, filePlan, c.path, "calendar", c.days, calendar.Date.String)
		for i, d := range c.days {
			l.at(filePlan, "calendar", nth(c.path, i))
			l.day("calendar", d)
		}
	}
	l.restDays()
	for i, q := range p.Questions {
		l.at(filePlan, "questions/"+q.Topic, nth("questions", i))
		l.checkGiven("topic", q.Topic, "text", q.Text, "default", q.Default)
		if q.Clause != "" {
			l.clause(q.Clause, 0)
		}
	}
}

// FaultAt is a problem of an entry that those tell who know what the plan does not: forms, checks.
// It says so in the words of plan.lint.<kind>.
func (p *Plan) FaultAt(file, where, path, kind string, pairs ...any) Problem {
	l := &linter{p: p}
	l.at(file, where, path)
	l.addTo("", kind, pairs...)
	return l.problems[0]
}
