package evaluate

import (
	"slices"
	"time"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// intake is the dataset of one period in one pass, by unit, so that a country of units costs no
// more per unit than a city.
type intake struct {
	registration map[string]*received
	dossier      map[string]*received
	records      []*submission.Submission // accepted, in order of receipt
	votes        *submission.Submission   // the latest accepted tally, nil when there is none
}

// received is what one unit sent of one form: the version that rules and when its first version
// came.
type received struct {
	current submission.Submission
	first   time.Time
	own     bool   // first is of a version meant as this form of this unit
	from    string // names of the units that sent it before they became this one
}

// accepted reports whether the version that rules counts.
func (r *received) accepted() bool { return r != nil && r.current.State == submission.Accepted }

// take reads the dataset by the rule of Dataset.Current: the latest accepted version rules, or the
// latest of all when none was accepted.
func take(d submission.Dataset, period string) intake {
	in := intake{registration: map[string]*received{}, dossier: map[string]*received{}}
	for i := range d.Submissions {
		s := &d.Submissions[i]
		if s.Period != period {
			continue
		}
		switch s.Form {
		case templates.RegistrationForm.ID:
			keep(in.registration, s)
		case templates.DossierForm.ID, templates.StageForm.ID, templates.AdHocForm.ID:
			keep(in.dossier, s)
		case templates.RecordsForm.ID:
			if s.State == submission.Accepted {
				in.records = append(in.records, s)
			}
		case templates.VotesForm.ID:
			if s.State == submission.Accepted {
				in.votes = s
			}
		}
	}
	return in
}

// inherit gives a unit that did not register itself what those registered that were merged into it
// since, or that it used to be: the promises and people of all of them, the date of the first (Plan
// III.4). What the others sent is then the heir's; a unit that sent a dossier of its own before it
// ended keeps its registration.
func (in *intake) inherit(p *plan.Plan, on calendar.Date) {
	for heir, predecessors := range p.Predecessors(on) {
		if in.registration[heir].accepted() {
			continue
		}
		var merged *received
		for _, before := range predecessors {
			r := in.registration[before.Code]
			v, ok := registrationIn(r)
			if !ok || in.dossier[before.Code] != nil {
				continue
			}
			delete(in.registration, before.Code)
			if merged == nil {
				merged = &received{current: r.current, first: r.first, own: true, from: before.Name}
				all := *v
				merged.current.Value = &all
				continue
			}
			all := merged.current.Value.(*templates.Registration)
			all.Collectives, all.Individuals = slices.Concat(all.Collectives, v.Collectives),
				slices.Concat(all.Individuals, v.Individuals)
			if len(v.Targets) > len(all.Targets) {
				all.Targets = v.Targets
			}
			merged.from += ", " + before.Name
			if r.first.Before(merged.first) {
				merged.first = r.first
			}
		}
		if merged != nil {
			in.registration[heir] = merged
		}
	}
}

// registrationIn is the registration in what was received; ok is false when it does not count.
func registrationIn(r *received) (*templates.Registration, bool) {
	if !r.accepted() {
		return nil, false
	}
	v, ok := r.current.Value.(*templates.Registration)
	return v, ok
}

func keep(by map[string]*received, s *submission.Submission) {
	r, ok := by[s.Unit]
	if !ok {
		by[s.Unit] = &received{current: *s, first: s.Received, own: !s.Mistaken()}
		return
	}
	if !r.own && !s.Mistaken() { // what was sent by mistake gives no date
		r.first, r.own = s.Received, true
	}
	if s.State == submission.Accepted || r.current.State != submission.Accepted {
		r.current = *s
	}
}
