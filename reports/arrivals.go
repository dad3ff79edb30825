package reports

import (
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// arrival is how one form of one unit came in.
type arrival struct {
	first    time.Time // of the first readable version, which decides on punctuality
	versions int
	value    any // of the version that rules
}

// arrivals reads the dataset once, for one form. ruling are the receipts of the versions that rule.
func (d *draft) arrivals(formID string, of func(evaluate.MatrixRow) evaluate.Paper) map[string]arrival {
	ruling := map[string]bool{}
	for _, row := range d.Summary.Matrix {
		ruling[of(row).Receipt] = true
	}
	out := map[string]arrival{}
	for _, s := range d.Data.Submissions {
		if s.Period != d.Period.ID || s.Form != formID {
			continue
		}
		a := out[s.Unit]
		if a.versions == 0 {
			a.first = s.Received
		}
		a.versions++
		if ruling[s.ID] {
			a.value = s.Value
		}
		out[s.Unit] = a
	}
	return out
}

// submissions counts the period's workbooks, and how many of them are accepted.
func (d *draft) submissions() (total, accepted int) {
	for _, s := range d.Data.Submissions {
		if s.Period != d.Period.ID {
			continue
		}
		total++
		if s.State == submission.Accepted {
			accepted++
		}
	}
	return total, accepted
}

// officialRecords lists the accepted records of the standing office, oldest first.
func (d *draft) officialRecords() []submission.Submission {
	return d.Data.Accepted(d.Period.ID, templates.RecordsForm.ID)
}

// dossierForm is the form in which units propose for a period. Ad hoc proposals are not awaited from anybody.
func dossierForm(period plan.Period) *form.Form {
	if period.Kind == plan.Stage {
		return templates.StageForm
	}
	return templates.DossierForm
}

// hasPart reports whether a dossier holds something of one of its parts (Plan III.3).
func hasPart(value any, key string) bool {
	slate, _ := templates.SlateOf(value)
	return slate.Has(key)
}

// stateText is the word for where a unit's paper stands.
//
//wording:composed paper.state.
func stateText(state string) string { return wording.Text("paper.state." + state) }

// timingText is the word for how a unit's paper stands to its deadline: of what was sent by its first version, of what was not sent by
// the moment of the data.
//
//wording:composed paper.timing.
func (d *draft) timingText(p evaluate.Paper, deadline *plan.Deadline) string {
	switch {
	case deadline == nil:
		return ""
	case p.State != evaluate.StateNone:
		return d.words.Text("paper.timing."+string(p.Timing), "days", two(p.LateDays))
	}
	timing, days := deadline.State(d.Data.AsOf)
	if timing == plan.Late {
		return d.words.Text("paper.timing.missed", "days", two(days))
	}
	return d.words.Text("paper.timing.open")
}
