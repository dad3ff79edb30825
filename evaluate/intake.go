package evaluate

import (
	"time"

	"thidua/ingest/submission"
	"thidua/templates"
)

// intake is the dataset of one period in one pass, by unit, so that a country of units costs no more per unit than a city.
type intake struct {
	registration map[string]*received
	dossier      map[string]*received
	records      []*submission.Submission // accepted, in order of receipt
	votes        *submission.Submission   // the latest accepted tally, nil when there is none
}

// received is what one unit sent of one form: the version that rules and when its first version came.
type received struct {
	current submission.Submission
	first   time.Time
	own     bool // first is of a version meant as this form of this unit
}

// accepted reports whether the version that rules counts.
func (r *received) accepted() bool { return r != nil && r.current.State == submission.Accepted }

// take reads the dataset by the rule of Dataset.Current: the latest accepted version rules, or the latest of all when none was accepted.
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
