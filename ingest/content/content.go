// Package content knows since when a unit has said what it says: when each subject and target it
// registers, each nominee and each part of a dossier first came from it.
//
// The versions of one form of one unit go in, and what the version that rules says comes out, line
// by line, each with the moment of the version it first came with. A corrected name is the line it
// corrects; another person in the same row is a line of its own. The package knows no deadline.
package content

import (
	"slices"
	"time"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Sort is what a line is.
type Sort string

// The sorts of lines.
const (
	Subject Sort = "subject" // a collective or person registered
	Target  Sort = "target"  // a goal registered
	Nominee Sort = "nominee" // a collective or person proposed
	Part    Sort = "part"    // a part of a dossier, by its key in the plan
)

// Line is one thing a form says that stands by itself.
type Line struct {
	Sort Sort
	Kind plan.NomineeKind // of Subject and Nominee
	Name string           // as the form has it; of a part its key
	At   form.Ref         // the cell it stands in, zero for a part

	Came    time.Time // of the version that first said it
	Receipt string    // of that version
	Was     string    // how that version called it, "" when the same
}

// Counts reports whether a line is late when it comes late: a part of a dossier that was forgotten
// may be sent afterwards.
func (l Line) Counts() bool { return l.Sort != Part }

// History is what one form of one unit says and since when.
type History struct {
	Current submission.Submission // the version that rules
	Lines   []Line                // of that version, in the order of the form
	Gone    []Line                // what counted before and it no longer says

	// First is when the first line came that still stands; where there is none, the first version
	// in which anything was filled in. Zero when all of them were blank.
	First time.Time
	// Own reports whether a version was meant as this form of this unit.
	Own bool
}

// Begun reports whether anything was filled in.
func (h History) Begun() bool { return !h.First.IsZero() }

// Since is when a person or collective that the form names came, as the form calls it; ok is false
// when it does not name it.
func (h History) Since(kind plan.NomineeKind, name string) (came Line, ok bool) {
	key := templates.NameKey(string(kind), name)
	for _, l := range h.Lines {
		if l.Kind == kind && (l.Sort == Subject || l.Sort == Nominee) &&
			templates.NameKey(string(kind), l.Name) == key {
			return l, true
		}
	}
	return Line{}, false
}

// Of reads one form of one unit in a period out of a dataset; ok is false when nothing was sent.
func Of(d submission.Dataset, period, formID, unit string) (h History, ok bool) {
	versions := d.Of(period, formID, unit)
	if len(versions) == 0 {
		return History{}, false
	}
	return Read(d, versions), true
}

// Read reads the versions of one form of one unit, all of them, oldest first and at least one, that
// stand in a dataset.
func Read(d submission.Dataset, versions []submission.Submission) History {
	rules := 0
	for i, s := range versions {
		if s.State == submission.Accepted || versions[rules].State != submission.Accepted {
			rules = i
		}
	}
	return readTo(d, versions, rules)
}

// readTo reads versions up to the one that rules.
func readTo(d submission.Dataset, versions []submission.Submission, rules int) History {
	h := History{Current: versions[rules]}
	var known pool
	for i, s := range versions[:rules+1] {
		if s.Mistaken() {
			continue
		}
		h.Own = true
		found := read(s.Value)
		if blank(d, s, found) {
			continue
		}
		if h.First.IsZero() {
			h.First = s.Received
		}
		known.add(s, found)
		if i == rules {
			h.Lines, h.Gone = known.lines(), known.gone()
		}
	}
	switch {
	case !h.Own || h.First.IsZero() && h.Current.State == submission.Accepted:
		// another unit's workbook and the like, or a form that asks for nothing
		h.First = h.Current.Received
	case slices.ContainsFunc(h.Lines, Line.Counts):
		h.First = time.Time{}
		for _, l := range h.Lines {
			if l.Counts() && (h.First.IsZero() || l.Came.Before(h.First)) {
				h.First = l.Came
			}
		}
	}
	return h
}

// unread are the findings of a version that say that a table of it was not, or not rightly, read.
// What its correction says is what it would have said.
var unread = []finding.Code{
	finding.NearTable, finding.TurnedTable, finding.TableBeside, finding.FailedRows, finding.MissingBlock,
	finding.TooManyRows, finding.Continued, finding.SeveralPeople, finding.OutsideTable, finding.LegacyText,
	finding.NoName,
}

func partlyUnread(s submission.Submission) bool {
	return s.State != submission.Accepted && slices.ContainsFunc(s.Findings,
		func(f finding.Finding) bool { return slices.Contains(unread, f.Code) })
}

// blank reports whether nothing is filled in that was not when the form went out: forms go out with
// the names that a unit gave in other forms and rounds.
func blank(d submission.Dataset, s submission.Submission, found []entry) bool {
	if s.Value == nil || partlyUnread(s) || filledIn(s.Value) {
		return false
	}
	if len(found) == 0 {
		return true
	}
	names := named(d, s.Period, s.Form, s.Unit)
	return !slices.ContainsFunc(found, func(e entry) bool {
		return e.sort == Subject && !names[e.key()] || e.sort == Nominee && !names[e.key()] ||
			e.sort == Target && e.name != ""
	})
}

// named are the collectives and people of all that a unit has sent of other forms and rounds.
func named(d submission.Dataset, period, formID, unit string) map[string]bool {
	out := map[string]bool{}
	for _, s := range d.Submissions {
		if s.Unit == unit && (s.Period != period || s.Form != formID) {
			for _, e := range read(s.Value) {
				out[e.key()] = true
			}
		}
	}
	return out
}

// Until reads the form of a version as it stood when that version was the newest of all, and as if
// it ruled: what its unit is told of it.
func Until(d submission.Dataset, s submission.Submission) History {
	versions := slices.DeleteFunc(d.Of(s.Period, s.Form, s.Unit), func(x submission.Submission) bool {
		return x.ID == s.ID || submission.Compare(x, s) > 0
	})
	return readTo(d, append(versions, s), len(versions))
}
