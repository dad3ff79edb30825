package reports

import (
	"slices"
	"time"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// groupRoll is one group of units with what each has sent, in the plan's order.
type groupRoll struct {
	group plan.Group
	units []unitRoll
}

// unitRoll is what one unit sent for the period.
type unitRoll struct {
	unit                  plan.Unit
	registration, dossier intake
}

// intake is one form of one unit: the version that rules, and when the first readable one came.
type intake struct {
	sent     bool
	current  submission.Submission
	first    time.Time
	versions int
	timing   plan.Timing // "" without a deadline
	days     int         // late by; of what was not sent, until now
}

func (in intake) accepted() bool { return in.sent && in.current.State == submission.Accepted }

// must counts what the unit has to put right before the paper counts.
func (in intake) must() int {
	n := 0
	for _, f := range in.current.Findings {
		if f.Level == finding.Must {
			n++
		}
	}
	return n
}

// roll reads the dataset by groups of units. Units that sent something without being in the plan stand in the first group, at the end.
func (d *draft) roll() []groupRoll {
	if d.rolls != nil {
		return d.rolls
	}
	sent := map[string]*submission.Dataset{}
	var codes []string
	for _, s := range d.Data.Submissions {
		if s.Period != d.Period.ID || s.Form != templates.RegistrationForm.ID && s.Form != templates.DossierForm.ID {
			continue
		}
		if sent[s.Unit] == nil {
			sent[s.Unit] = &submission.Dataset{AsOf: d.Data.AsOf}
			codes = append(codes, s.Unit)
		}
		sent[s.Unit].Submissions = append(sent[s.Unit].Submissions, s)
	}
	slices.Sort(codes)
	d.rolls = make([]groupRoll, 0, len(d.Plan.Groups))
	at := map[plan.GroupID]int{}
	for i, g := range d.Plan.Groups {
		at[g.ID] = i
		d.rolls = append(d.rolls, groupRoll{group: g})
	}
	put := func(u plan.Unit) {
		r := unitRoll{unit: u}
		var data submission.Dataset
		if sent[u.Code] != nil {
			data = *sent[u.Code]
		}
		r.registration = d.intake(data, templates.RegistrationForm.ID, u.Code, d.Period.Registration)
		r.dossier = d.intake(data, templates.DossierForm.ID, u.Code, d.Period.Dossier)
		g := &d.rolls[at[u.Group]]
		g.units = append(g.units, r)
	}
	known := map[string]bool{}
	for _, u := range d.Plan.UnitsOn(d.Period.To) {
		known[u.Code] = true
		put(u)
	}
	for _, code := range codes {
		if known[code] || code == "" {
			continue
		}
		u, ok := d.Plan.UnitByCode(code)
		if !ok {
			u = plan.Unit{Code: code, Name: code, Group: plan.Offices}
		}
		put(u)
	}
	return d.rolls
}

func (d *draft) intake(data submission.Dataset, formID, unit string, deadline *plan.Deadline) intake {
	var in intake
	in.current, in.sent = data.Current(d.Period.ID, formID, unit)
	in.first, _ = data.FirstReceived(d.Period.ID, formID, unit)
	in.versions = len(data.Of(d.Period.ID, formID, unit))
	switch {
	case deadline == nil:
	case in.sent:
		in.timing, in.days = deadline.State(in.first)
	default:
		in.timing, in.days = deadline.State(data.AsOf)
		if data.AsOf.IsZero() {
			in.timing, in.days = deadline.State(d.Data.AsOf)
		}
	}
	return in
}

// state is the word for where a unit's paper stands.
func (in intake) state() string {
	switch {
	case !in.sent:
		return wording.Text("paper.state.none")
	case in.accepted():
		return wording.Text("paper.state.accepted")
	}
	return wording.Text("paper.state.tofix")
}

// punctual is the word for how it stands to the deadline: of what was sent by its first version, of what was not sent by now.
//
//wording:composed paper.timing.
func (in intake) punctual() string {
	if in.timing == "" {
		return ""
	}
	if !in.sent {
		if in.timing == plan.OnTime {
			return wording.Text("paper.timing.open")
		}
		return wording.Text("paper.timing.missed", "days", two(max(in.days, 0)))
	}
	return wording.Text("paper.timing."+string(in.timing), "days", two(in.days))
}

// proposed counts the collectives and individuals of the version that rules; nil values count nothing.
func (in intake) proposed() (collectives, individuals int) {
	switch v := in.current.Value.(type) {
	case *templates.Registration:
		return len(v.Collectives), len(v.Individuals)
	case *templates.Dossier:
		return len(v.Collectives), len(v.Individuals)
	}
	return 0, 0
}
