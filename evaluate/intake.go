package evaluate

import (
	"slices"

	"thidua/ingest/content"
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

// received is what one unit sent of one form: the version that rules, and since when the unit has
// said what stands in it.
type received struct {
	content.History
	from string // names of the units that sent it before they became this one
}

// accepted reports whether the version that rules counts.
func (r *received) accepted() bool { return r != nil && r.Current.State == submission.Accepted }

// take reads the dataset by the rule of Dataset.Current: the latest accepted version rules, or the
// latest of all when none was accepted.
func take(d submission.Dataset, period string) intake {
	in := intake{registration: map[string]*received{}, dossier: map[string]*received{}}
	registrations, dossiers := map[string][]submission.Submission{}, map[string][]submission.Submission{}
	for i := range d.Submissions {
		s := &d.Submissions[i]
		if s.Period != period {
			continue
		}
		switch s.Form {
		case templates.RegistrationForm.ID:
			registrations[s.Unit] = append(registrations[s.Unit], *s)
		case templates.DossierForm.ID, templates.StageForm.ID, templates.AdHocForm.ID:
			dossiers[s.Unit] = append(dossiers[s.Unit], *s)
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
	read := func(into map[string]*received, of map[string][]submission.Submission) {
		for unit, versions := range of {
			into[unit] = &received{History: content.Read(d, versions)}
		}
	}
	read(in.registration, registrations)
	read(in.dossier, dossiers)
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
				merged = &received{History: r.History, from: before.Name}
				all := *v
				merged.Current.Value = &all
				continue
			}
			all := merged.Current.Value.(*templates.Registration)
			all.Collectives, all.Individuals = slices.Concat(all.Collectives, v.Collectives),
				slices.Concat(all.Individuals, v.Individuals)
			if len(v.Targets) > len(all.Targets) {
				all.Targets = v.Targets
			}
			merged.from += ", " + before.Name
			merged.Lines = slices.Concat(merged.Lines, r.Lines)
			if r.First.Before(merged.First) {
				merged.First = r.First
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
	v, ok := r.Current.Value.(*templates.Registration)
	return v, ok
}
