package submission

import "time"

// DeclinedReason is the reason that a mail is noted with in which a unit says that it does not take
// part.
const DeclinedReason = "ask-decline"

// Declined is a unit's word that it does not take part in a period.
type Declined struct {
	Message string // Message.ID of the mail that says so
	Unit    string // code
	Period  string
	At      time.Time // when the mail was received, UTC
}

// DeclinedBy returns a unit's newest word that it does not take part in a period. What the unit
// sent for that period afterwards takes it back: ok is false then.
func (d Dataset) DeclinedBy(period, unit string) (last Declined, ok bool) {
	for _, x := range d.Declined {
		if x.Period == period && x.Unit == unit && !x.At.Before(last.At) {
			last, ok = x, true
		}
	}
	for _, s := range d.Submissions {
		if s.Period == period && s.Unit == unit && s.Received.After(last.At) {
			return Declined{}, false
		}
	}
	return last, ok
}
