package content

import (
	"strings"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// entry is a line as one version has it, with what tells people of one name apart.
type entry struct {
	sort                Sort
	kind                plan.NomineeKind
	name                string
	at                  form.Ref
	born, position, sex string // of a person
	size, leader        string // of a collective
	content             string // of a target: what it is about
}

// key is by what an entry is found again: a name however it is typed, a target by its words.
func (e entry) key() string {
	switch e.sort {
	case Subject, Nominee:
		return string(e.kind) + "\x00" + templates.NameKey(string(e.kind), e.name)
	case Target:
		return string(e.sort) + "\x00" + plain(e.content) + "\x00" + plain(e.name)
	}
	return string(e.sort) + "\x00" + e.name
}

// plain are the letters and figures of a text alone.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, viet.Fold(s))
}

// read lists the entries of a filled form, in its order.
func read(value any) []entry {
	if r, ok := value.(*templates.Registration); ok {
		return registered(r)
	}
	slate, ok := templates.SlateOf(value)
	if !ok {
		return nil
	}
	out := make([]entry, 0, len(slate.Nominations)+4)
	for _, n := range slate.Nominations {
		out = append(out, entry{
			sort: Nominee, kind: n.Kind, name: n.Name.Typed(), at: n.Name.At, born: n.Born.Text, sex: n.Sex.Text,
			position: viet.Fold(n.Position.Text), size: n.Size.Text,
		})
	}
	for _, part := range []string{plan.PartProposal, plan.PartReport, plan.PartMinutes, plan.PartList} {
		if slate.Has(part) {
			out = append(out, entry{sort: Part, name: part})
		}
	}
	return out
}

func registered(r *templates.Registration) []entry {
	out := make([]entry, 0, len(r.Collectives)+len(r.Individuals)+len(r.Targets))
	for _, c := range r.Collectives {
		out = append(out, entry{sort: Subject, kind: plan.Collective, name: c.Name.Typed(), at: c.Name.At,
			size: c.Size.Text, leader: viet.Fold(c.Leader.Text)})
	}
	for _, p := range r.Individuals {
		out = append(out, entry{sort: Subject, kind: plan.Individual, name: p.Name.Typed(), at: p.Name.At,
			born: p.Born.Text, position: viet.Fold(p.Position.Text), sex: p.Sex.Text})
	}
	for _, t := range r.Targets {
		if goal := t.Goal.Typed(); goal != "" { // what a target is about is printed in the form
			out = append(out, entry{sort: Target, name: goal, content: t.Content.Text, at: t.Goal.At})
		}
	}
	return out
}

// filledIn reports whether a cell is filled in that never is when a form goes out.
func filledIn(value any) bool {
	if r, ok := value.(*templates.Registration); ok {
		u := &r.Unit
		if given(&u.Number, &u.Date, &u.Staff, &u.Women, &u.Reformers, &u.PlanIssue, &u.PlanFile) {
			return true
		}
		for i := range r.Targets {
			if t := &r.Targets[i]; given(&t.Goal, &t.Measure, &t.Due, &t.Note) {
				return true
			}
		}
		for i := range r.Collectives {
			if c := &r.Collectives[i]; given(&c.Solution, &c.Note) {
				return true
			}
		}
		for i := range r.Individuals {
			if p := &r.Individuals[i]; given(&p.Solution, &p.Note) {
				return true
			}
		}
		return false
	}
	s, ok := templates.SlateOf(value)
	if !ok {
		return true // of the other forms no lines are kept
	}
	p := &s.Proposal
	if given(&p.Number, &p.Date, &p.Signer, &p.Collectives, &p.Individuals, &p.Level, &p.Copies, &p.Contact,
		&s.Minutes.Number, &s.Minutes.Date, &s.Minutes.Members) || len(s.Reports) > 0 {
		return true
	}
	for i := range s.Targets {
		if given(&s.Targets[i].Result, &s.Targets[i].Met) {
			return true
		}
	}
	for _, n := range s.Nominations {
		if given(n.Summary, n.Note, n.Grade, n.Party, n.Initiative, n.Discipline, n.Achieved) {
			return true
		}
	}
	return false
}

func given(values ...*form.Value) bool {
	for _, v := range values {
		if v != nil && v.Typed() != "" {
			return true
		}
	}
	return false
}
