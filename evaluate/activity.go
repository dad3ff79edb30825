package evaluate

import (
	"thidua/ingest/content"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// CommuneAwardLine counts the awards that communes' chairmen gave in a period (Plan III.1.3).
type CommuneAwardLine struct {
	Unit        string `json:"unit"` // code; "" in the total
	UnitName    string `json:"unitName"`
	Receipt     string `json:"receipt,omitempty"`
	Collectives int    `json:"collectives"`
	Individuals int    `json:"individuals"`
}

// OutreachLine counts one unit's propaganda for the movement in a period (Plan IV.2). News,
// Broadcasts, Issues and Activities are the sums of the numbers reported; Programmes, Sections and
// Examples are the lines that report them.
type OutreachLine struct {
	Unit       string `json:"unit"` // code; "" in the total
	UnitName   string `json:"unitName"`
	Receipt    string `json:"receipt,omitempty"`
	News       int    `json:"news"`
	Programmes int    `json:"programmes"`
	Broadcasts int    `json:"broadcasts"`
	Minutes    int    `json:"minutes"` // of all broadcasts whose length was given
	Sections   int    `json:"sections"`
	Issues     int    `json:"issues"`
	Activities int    `json:"activities"`
	Examples   int    `json:"examples"`
}

// reports returns the accepted reports of a form in the period that rule, by unit in the plan's
// order.
func (s setting) reports(d submission.Dataset, f *form.Form) []submission.Submission {
	ruling := map[string]*received{}
	for i := range d.Submissions {
		if x := &d.Submissions[i]; x.Period == s.period.ID && x.Form == f.ID && ruling[x.Unit] == nil {
			current, _ := d.Current(x.Period, x.Form, x.Unit)
			ruling[x.Unit] = &received{History: content.History{Current: current}}
		}
	}
	var out []submission.Submission
	for _, u := range s.units(ruling) {
		if r := ruling[u.Code]; r.accepted() {
			out = append(out, r.Current)
		}
	}
	return out
}

// communeAwards has a line for every commune that reported, then the total; none when nobody did.
func (s setting) communeAwards(d submission.Dataset) []CommuneAwardLine {
	var out []CommuneAwardLine
	var total CommuneAwardLine
	for _, sub := range s.reports(d, templates.CommuneAwardsForm) {
		v, ok := sub.Value.(*templates.CommuneAwards)
		if !ok || s.unit(sub.Unit).Group != plan.Communes {
			continue
		}
		l := CommuneAwardLine{Unit: sub.Unit, UnitName: s.unit(sub.Unit).Name, Receipt: sub.ID}
		for _, a := range v.Awards {
			if a.Kind.Text == templates.KindCollective {
				l.Collectives++
			} else {
				l.Individuals++
			}
		}
		out = append(out, l)
		total.Collectives += l.Collectives
		total.Individuals += l.Individuals
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, total)
}

// outreach has a line for every unit that reported, then the total; none when nobody did.
func (s setting) outreach(d submission.Dataset) []OutreachLine {
	var out []OutreachLine
	var total OutreachLine
	for _, sub := range s.reports(d, templates.OutreachForm) {
		v, ok := sub.Value.(*templates.Outreach)
		if !ok {
			continue
		}
		l := OutreachLine{Unit: sub.Unit, UnitName: s.unit(sub.Unit).Name, Receipt: sub.ID,
			Programmes: len(v.Programmes), Sections: len(v.Sections), Examples: len(v.Examples)}
		for _, n := range v.News {
			l.News += number0(n.Count)
		}
		for _, p := range v.Programmes {
			l.Broadcasts += number0(p.Count)
			l.Minutes += number0(p.Count) * number0(p.Minutes)
		}
		for _, x := range v.Sections {
			l.Issues += number0(x.Count)
		}
		for _, a := range v.Activities {
			l.Activities += number0(a.Count)
		}
		out = append(out, l)
		total = total.plus(l)
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, total)
}

func (l OutreachLine) plus(o OutreachLine) OutreachLine {
	return OutreachLine{
		News: l.News + o.News, Programmes: l.Programmes + o.Programmes, Broadcasts: l.Broadcasts + o.Broadcasts,
		Minutes:  l.Minutes + o.Minutes,
		Sections: l.Sections + o.Sections, Issues: l.Issues + o.Issues, Activities: l.Activities + o.Activities,
		Examples: l.Examples + o.Examples,
	}
}

// number0 is the number in a field, 0 when there is none.
func number0(v form.Value) int {
	n, _ := v.Int()
	return n
}
