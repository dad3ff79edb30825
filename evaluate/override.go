package evaluate

import (
	"slices"
	"strings"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Ruling is an override of the standing office with what it did in one evaluation.
type Ruling struct {
	submission.Override
	Text    string   `json:"text"`    // Vietnamese: what was ruled
	Ground  string   `json:"ground"`  // Vietnamese: by whom, when, why
	Effects []string `json:"effects"` // Vietnamese: what would be otherwise without it; empty when nothing would
}

// RulingText says by whom, when and why an override was made, in Vietnamese.
func RulingText(o submission.Override) string {
	text := wording.Text("evaluate.override.ruling", "person", o.Person, "day",
		calendar.DateOf(o.At).Short(), "reason", strings.TrimRight(o.Reason, ". "))
	if o.Ref != "" {
		text = wording.Text("evaluate.override.ref", "ruling", text, "ref", o.Ref)
	}
	return text
}

// waivers are the checks waived in a period, by nominee and check.
func waivers(d submission.Dataset, period string) map[string]map[string]check.Waiver {
	out := map[string]map[string]check.Waiver{}
	for _, o := range d.Overrides {
		if o.Kind != submission.Waiver || o.Period != period {
			continue
		}
		if out[o.Nominee] == nil {
			out[o.Nominee] = map[string]check.Waiver{}
		}
		out[o.Nominee][o.Criterion] = check.Waiver{ID: o.ID, Text: RulingText(o)}
	}
	return out
}

// rulingsOf are the overrides that a judgement rests on.
func rulingsOf(j check.Judged) []string {
	out := slices.Clone(j.Waived)
	for _, f := range j.Facts {
		if f.Override != "" && !slices.Contains(out, f.Override) {
			out = append(out, f.Override)
		}
	}
	return out
}

// rulings lists the overrides of the period, and of the years a stage looks back on, with what each
// of them did.
func (s setting) rulings(in intake, r Result) []Ruling {
	out := []Ruling{}
	var years []string
	if s.period.Kind == plan.Stage {
		for _, year := range s.period.Years {
			if annual, ok := s.plan.AnnualPeriod(year); ok {
				years = append(years, annual.ID)
			}
		}
	}
	names := map[string]string{}
	for _, v := range r.Verdicts {
		names[v.Nominee.ID] = v.Nominee.Name
	}
	for _, o := range s.data.Overrides {
		if o.Period == s.period.ID || slices.Contains(years, o.Period) && o.Form == templates.RegistrationForm.ID {
			out = append(out, Ruling{Override: o, Text: s.rulingTitle(o, names[o.Nominee]), Ground: RulingText(o),
				Effects: s.effects(in, r, o)})
		}
	}
	return out
}

//wording:composed evaluate.override.kind.
func (s setting) rulingTitle(o submission.Override, name string) string {
	form := o.Form
	if f, ok := templates.Lookup(o.Form); ok {
		form = templates.Title(f, s.plan)
	}
	if name == "" {
		name = o.Nominee
	}
	what := o.Criterion
	if c, at, ok := s.plan.CheckAt(o.Criterion); ok {
		what = c.Title
		if at.Title != "" && o.Criterion != c.ID {
			what = at.Title
		}
	}
	title := wording.Text("evaluate.override.kind."+string(o.Kind), "form", form, "day", o.Day.Short(), "criterion",
		what, "name", name)
	return s.unit(o.Unit).Name + ": " + title
}

// effects says what would be otherwise in this evaluation without the ruling.
func (s setting) effects(in intake, r Result, o submission.Override) []string {
	out := []string{}
	if o.Kind != submission.Waiver {
		got, deadline := in.dossier[o.Unit], s.period.Dossier
		if o.Form == templates.RegistrationForm.ID {
			got, deadline = in.registration[o.Unit], s.period.Registration
		}
		if got != nil && deadline != nil && got.current.Form == o.Form && got.current.Period == o.Period {
			timing, days, by := s.data.Timing(*deadline, o.Period, o.Form, o.Unit, got.first)
			if plain, plainDays := deadline.State(got.first); by != nil && by.ID == o.ID {
				out = append(out, wording.Text("evaluate.override.effect.timing", "unit", s.unit(o.Unit).Name,
					"before", timingText(string(plain), plainDays), "after", timingText(string(timing), days)))
			}
		}
	}
	for _, v := range r.Verdicts {
		if v.Nominee.Unit != o.Unit {
			continue
		}
		for _, j := range v.Judgements {
			if slices.Contains(j.Overrides, o.ID) {
				out = append(out, wording.Text("evaluate.override.effect.waiver", "name", v.Nominee.Name, "criterion",
					j.Title, "reason", j.Reason))
			}
		}
	}
	return out
}
