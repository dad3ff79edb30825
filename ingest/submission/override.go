package submission

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// OverrideKind says what the standing office rules otherwise than the ledger.
type OverrideKind string

// The kinds of overrides.
const (
	ReceiptDate OverrideKind = "receipt"   // a unit's form counts as received on Day, such as a file handed in on paper
	Extension   OverrideKind = "extension" // Day is the last day on which a unit's form is in time
	Waiver      OverrideKind = "waiver"    // one check is not held against one nominee
)

// Override is a ruling of the standing office, by a person and for a reason. It is never taken for
// a fact that a unit sent: what it changes says so wherever it is printed.
type Override struct {
	ID        string        `json:"id"` // from the ledger
	Kind      OverrideKind  `json:"kind"`
	Period    string        `json:"period"`
	Unit      string        `json:"unit"`                // code
	Form      string        `json:"form,omitempty"`      // of ReceiptDate and Extension: form ID
	Nominee   string        `json:"nominee,omitempty"`   // of Waiver: ID
	Criterion string        `json:"criterion,omitempty"` // of Waiver: "TT4", or "TT4.2" for its second check alone
	Day       calendar.Date `json:"day,omitzero"`        // of ReceiptDate and Extension, UTC+7
	Person    string        `json:"person"`              // who ruled
	Reason    string        `json:"reason"`
	Ref       string        `json:"ref,omitempty"`    // the paper it rests on, such as its number and day
	Source    string        `json:"source,omitempty"` // message ID of the mail it came by, "" for the command line
	At        time.Time     `json:"at"`               // when it was entered, UTC
}

// NewOverrideID makes an override's number, such as "QD-3F9A1C20", from what it says and when it
// was entered.
func NewOverrideID(o Override) string {
	sum := sha256.Sum256(
		[]byte(strings.Join([]string{string(o.Kind), o.Period, o.Unit, o.Form, o.Nominee, o.Criterion, o.Day.String(),
			o.Person, o.Reason, o.Ref, o.Source,
			o.At.UTC().Format(time.RFC3339Nano)}, "\x00")))
	return "QD-" + strings.ToUpper(hex.EncodeToString(sum[:4]))
}

// Problem says what an override lacks; "" when it is whole. Whether its unit, nominee and criterion
// exist is for the caller to know.
func (o Override) Problem() string {
	missing := ""
	need := func(name string, given bool) {
		if !given {
			missing = cmp.Or(missing, name)
		}
	}
	need("period", o.Period != "")
	need("unit", o.Unit != "")
	need("person", strings.TrimSpace(o.Person) != "")
	need("reason", strings.TrimSpace(o.Reason) != "")
	switch o.Kind {
	case ReceiptDate, Extension:
		need("form", o.Form != "")
		need("day", o.Day.Valid() && !o.Day.Partial() && !o.Day.IsZero())
	case Waiver:
		need("nominee", o.Nominee != "")
		need("criterion", o.Criterion != "")
	default:
		need("kind", false)
	}
	return missing
}

// WithOverrides returns the dataset with the office's overrides entered up to and including its
// moment, in the order in which they were entered. It does not keep the slice it is given.
func (d Dataset) WithOverrides(all []Override) Dataset {
	d.Overrides = nil
	for _, o := range all {
		if !o.At.After(d.AsOf) {
			d.Overrides = append(d.Overrides, o)
		}
	}
	slices.SortFunc(d.Overrides, CompareOverrides)
	return d
}

// CompareOverrides orders overrides by when they were entered.
func CompareOverrides(a, b Override) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
}

// Override returns the latest override of a kind for a unit's form in a period: the last word
// rules.
func (d Dataset) Override(kind OverrideKind, period, form, unit string) (last Override, ok bool) {
	for _, o := range d.Overrides {
		if o.Kind == kind && o.Period == period && o.Form == form && o.Unit == unit {
			last, ok = o, true
		}
	}
	return last, ok
}

// Timing is how what a unit's form says since a moment stands to its deadline (Plan III.4),
// with what the office has ruled. by is the ruling that decides, nil when the form would stand the
// same without one.
func (d Dataset) Timing(deadline plan.Deadline, period, form, unit string, first time.Time) (timing plan.Timing,
	days int, by *Override) {
	plain, plainDays := deadline.State(first)
	timing, days = plain, plainDays
	if o, ok := d.Override(Extension, period, form, unit); ok && o.Day.After(deadline.Last()) {
		longer := deadline
		longer.LastDay = o.Day
		if timing, days = longer.State(first); timing != plain || days != plainDays {
			by = &o
		}
		deadline = longer
	}
	if o, ok := d.Override(ReceiptDate, period, form, unit); ok && d.covers(o, first) {
		before, beforeDays := timing, days
		if timing, days = deadline.State(o.Day.Start()); timing != before || days != beforeDays {
			by = &o
		}
	}
	return timing, days, by
}

// covers reports whether a day of receipt is for what came at a moment: for all that had come when
// it was entered, or for the first version when none had.
func (d Dataset) covers(o Override, came time.Time) bool {
	first, _ := d.FirstReceived(o.Period, o.Form, o.Unit)
	return !came.After(o.At) || first.After(o.At) && came.Equal(first)
}

// overridesHash identifies the overrides of a period; "" when there are none, so that they change
// nothing where nobody ruled.
func (d Dataset) overridesHash(period string) string {
	var b strings.Builder
	for _, o := range d.Overrides {
		if o.Period == period {
			fmt.Fprintln(&b, o.ID)
		}
	}
	return b.String()
}
