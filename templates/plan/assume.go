package plan

import (
	"cmp"
	"slices"
	"strings"

	"thidua/templates/wording"
)

// Assumption is something the plan's text does not settle and this folder assumes, to be printed in
// the papers of the Council until the office confirms it.
type Assumption struct {
	Clause  string `yaml:"clause"`  // the clause it touches, "" for none
	Topic   string `yaml:"topic"`   // what it is about
	Text    string `yaml:"text"`    // what is open
	Default string `yaml:"default"` // what is assumed meanwhile
}

// Assumptions returns the plan's open questions and then every line marked assumed, in the order of
// the files. Lines on one topic with one note are told once, their values joined.
//
//wording:composed plan.choice.combination.
func (p *Plan) Assumptions() []Assumption {
	out := slices.Clone(p.Questions)
	add := func(m Mark, clause, topic, value string) {
		if !m.Assumed {
			return
		}
		for i := len(p.Questions); i < len(out); i++ {
			if a := &out[i]; a.Topic == topic && a.Text == m.Note {
				if !slices.Contains(strings.Split(a.Default, "; "), value) {
					a.Default += "; " + value
				}
				return
			}
		}
		out = append(out, Assumption{Clause: clause, Topic: topic, Text: m.Note, Default: value})
	}
	add(p.Office.Mark, "IV.1", wording.Text("plan.topic.office"), strings.Join(p.Office.Emails, ", "))
	for _, per := range p.Periods {
		topic := wording.Text("plan.topic.period", "title", per.Title)
		add(per.Mark, "III.4", topic, per.From.Short()+" – "+per.To.Short())
		for _, d := range []*Deadline{per.Registration, per.Dossier} {
			if d != nil {
				add(d.Mark, d.Clause, topic, d.Last().Short())
			}
		}
	}
	add(p.Council.Mark, "IV.1", wording.Text("plan.topic.council"), strings.Join(p.Council.SecretaryEmails, ", "))
	for _, m := range p.Council.Members {
		add(m.Mark, "IV.1", wording.Text("plan.topic.members"), m.Name)
	}
	for _, h := range p.Heads {
		add(h.Mark, "IV.1", wording.Text("plan.topic.head"), strings.Join(h.Organ, " ")+" "+h.Symbol)
	}
	add(p.Province.Mark, p.Province.Clause, wording.Text("plan.topic.province"), p.Province.Award)
	add(p.Approval.Mark, p.Approval.Clause, wording.Text("plan.topic.approval"), strings.Join(p.Approval.Forms, ", "))
	for _, b := range p.Bases {
		add(b.Mark, "", wording.Text("plan.topic.basis"), b.Text)
	}
	add(p.Certificate.Mark, "III.1.2", wording.Text("plan.topic.certificate"),
		wording.Text("plan.topic.certificate.default"))
	add(p.Prize.Mark, "III.1.2", wording.Text("plan.topic.prize"),
		wording.Text("plan.topic.prize.default", "individual", p.Prize.Individual, "collective", p.Prize.Collective))
	for _, c := range p.Criteria {
		add(c.Mark, c.Clause, wording.Text("plan.topic.criterion", "id", c.ID, "title", c.Title), c.Title)
	}
	add(p.Stage.Mark, p.Stage.Clause, wording.Text("plan.topic.stage"),
		wording.Text("plan.choice.combination."+string(cmp.Or(p.Stage.Rule, EveryYear))))
	for _, o := range p.Order {
		add(o.Mark, o.Clause, wording.Text("plan.topic.order"), o.Title)
	}
	for _, s := range p.Scales {
		add(s.Mark, "III.2", wording.Text("plan.topic.scale"), s.Title+": "+strings.Join(s.Labels(), " – "))
	}
	for _, o := range p.Occasions {
		add(o.Mark, o.Clause, wording.Text("plan.topic.occasion"), o.Title)
	}
	for _, u := range p.Units {
		add(u.Mark, "II.1", wording.Text("plan.topic.unit"), u.Name)
	}
	return out
}
