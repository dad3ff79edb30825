package submission

import (
	"slices"
	"time"
)

// Past is what has been decided about submissions and overrides since they came, so that papers of
// what was decided on them before can be made again as they were. Times of receipt alone do not
// tell it.
type Past struct {
	Submissions []Was   // by Until
	Ended       []Ended // overrides taken back
}

// Was is how a submission stood until a moment: until it was withdrawn, or until its leader agreed.
// Submission is nil when it was not there yet, because the mail it came in was held.
type Was struct {
	ID         string
	Until      time.Time
	Submission *Submission
}

// Ended is an override that was in force until a moment.
type Ended struct {
	Override
	Until time.Time
}

// Before returns the dataset as it was at an earlier moment.
func (d Dataset) Before(at time.Time) Dataset {
	then := map[string]*Submission{}
	for _, w := range slices.Backward(d.Past.Submissions) { // of several the first after the moment rules
		if w.Until.After(at) {
			then[w.ID] = w.Submission
		}
	}
	var all []Submission
	for _, s := range d.Submissions {
		if _, changed := then[s.ID]; !changed {
			all = append(all, s)
		}
	}
	for _, s := range then {
		if s != nil {
			all = append(all, *s)
		}
	}
	rulings := slices.Clone(d.Overrides)
	for _, o := range d.Past.Ended {
		if o.Until.After(at) {
			rulings = append(rulings, o.Override)
		}
	}
	return NewDataset(at, all).WithOverrides(rulings)
}
