package evaluate

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// ledgerFacts says what the ledger knows of a unit: when it registered, when its dossier came and
// whether all parts are there.
func ledgerFacts(s setting, got, registration *received) []Fact {
	var out []Fact
	if s.period.Registration != nil {
		f := Fact{Key: check.FactRegistered, Value: check.NotRegistered, Basis: check.Ledger,
			Clause: s.period.Registration.Clause, Text: timingText(check.NotRegistered, 0)}
		if registration.accepted() {
			f.Value, f.Text, f.Override = s.timing(*s.period.Registration, registration, registration.First)
			f.File, f.Message = registration.Current.File, registration.Current.ID
			if registration.from != "" {
				f.Text = wording.Text("evaluate.timing.from", "timing", f.Text, "units", registration.from)
			}
		}
		out = append(out, f, unitPlan(registration))
	}
	if s.period.Dossier != nil {
		timing, text, ruling := s.timing(*s.period.Dossier, got, got.First)
		out = append(out, Fact{
			Key: check.FactDossier, Value: timing, Text: text, Override: ruling, Basis: check.Ledger,
			File: got.Current.File, Message: got.Current.ID, Clause: s.period.Dossier.Clause,
		})
	}
	f := Fact{Key: check.FactComplete, Value: form.Yes, Basis: check.Ledger, File: got.Current.File,
		Message: got.Current.ID, Clause: "III.3"}
	if missing := missingParts(s.plan, got.Current); len(missing) > 0 {
		f.Value = strings.Join(missing, ", ")
	}
	return append(out, f)
}

// timing is how what came from a unit at a moment stands to its deadline, in code and in words,
// with the number of the ruling that decides, if one does.
func (s setting) timing(deadline plan.Deadline, r *received, came time.Time) (value, text, ruling string) {
	timing, days, by := s.data.Timing(deadline, r.Current.Period, r.Current.Form, r.Current.Unit, came)
	text = timingText(string(timing), days)
	if by != nil {
		text, ruling = wording.Text("evaluate.override.timing", "timing", text, "ruling", RulingText(*by)), by.ID
	}
	return string(timing), text, ruling
}

// unitPlan is the unit's own plan for the movement as its registration cites it, or that it was
// sent as a file (Plan IV.3); blank when neither.
func unitPlan(registration *received) Fact {
	if registration.accepted() {
		if r, ok := registration.Current.Value.(*templates.Registration); ok {
			given := r.Unit.PlanIssue
			if !given.Given() && r.Unit.PlanFile.Text == form.Yes && !finding.Has(registration.Current.Findings,
				finding.PlanNotAttached) {
				given = r.Unit.PlanFile // enclosed as a file instead of cited
			}
			f := cell(&registration.Current, check.FactUnitPlan, given, check.Ledger, "IV.3")
			if given.Text == form.Yes {
				f.Text = wording.Text("evaluate.planfile")
			}
			return f
		}
	}
	return Fact{Key: check.FactUnitPlan, Basis: check.Ledger, Clause: "IV.3"}
}

// since replaces what the ledger knows of a unit by what it knows of one nominee: whoever was added
// or exchanged later was registered, or proposed, on the day he was first named.
func (x *dossier) since(c *candidate) []Fact {
	facts := slices.Clone(x.ledger)
	as := func(key string, deadline *plan.Deadline, r *received) {
		i := slices.IndexFunc(facts, func(f Fact) bool { return f.Key == key })
		if i < 0 || deadline == nil || !r.accepted() {
			return
		}
		line, ok := r.Since(plan.NomineeKind(c.Kind), c.Name)
		if !ok || !line.Came.After(r.First) {
			return
		}
		value, text, ruling := x.s.timing(*deadline, r, line.Came)
		if f := &facts[i]; value != f.Value || text != f.Text {
			f.Value, f.Override = value, ruling
			f.Text = wording.Text("evaluate.timing.added", "timing", text, "moment", calendar.ShortMoment(line.Came))
		}
	}
	as(check.FactRegistered, x.s.period.Registration, x.registration)
	as(check.FactDossier, x.s.period.Dossier, x.got)
	return facts
}

//wording:composed evaluate.timing.
func timingText(timing string, days int) string {
	return wording.Text("evaluate.timing."+timing, "days", days)
}

// missingParts returns the titles of the plan's dossier parts (Plan III.3) for which the dossier
// holds nothing. A part that the form does not ask for is not missing: an ad hoc award needs no
// minutes.
func missingParts(p *plan.Plan, s submission.Submission) []string {
	var missing []string
	f, ok := templates.Lookup(s.Form)
	if !ok {
		return nil
	}
	for _, part := range p.Dossier {
		declared, found := false, false
		for _, b := range f.Blocks() {
			if b.Part == part.Key {
				declared, found = true, found || hasData(b, s.Value)
			}
		}
		if declared && !found {
			missing = append(missing, part.Title)
		}
	}
	return missing
}

func hasData(b *form.Block, value any) bool {
	for i := range b.Len(value) {
		record := b.Record(value, i)
		for _, f := range b.Fields {
			if !f.Preset && f.At(record).Given() {
				return true
			}
		}
	}
	return false
}

// targetShare is how many of the registered targets the unit says it met. Targets that were
// registered and are not reported count as not met, so that leaving one out gains nothing.
func targetShare(got, registration *received, targets []templates.TargetResult) (Fact, bool) {
	met, total := 0, 0
	var at form.Value
	for _, t := range targets {
		if !t.Goal.Given() && !t.Result.Given() {
			continue
		}
		if total++; t.Met.Text == form.Yes {
			met++
		}
		at = cmp.Or(at, t.Met)
	}
	if registration.accepted() {
		if r, ok := registration.Current.Value.(*templates.Registration); ok {
			registered := 0
			for _, t := range r.Targets {
				if t.Goal.Given() {
					registered++
				}
			}
			total = max(total, registered)
		}
	}
	if total == 0 {
		return Fact{}, false
	}
	f := cell(&got.Current, check.FactTargets, at, check.Declared, "II.1")
	f.Value = form.OfNumber(math.Round(float64(met)*10000/float64(total)) / 100).Text
	f.Text = wording.Text("evaluate.targets", "met", met, "total", total)
	return f, true
}
