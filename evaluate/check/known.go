package check

import (
	"slices"
	"sync/atomic"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// The facts that no form states: they follow from what was received and when.
const (
	FactRegistered = "registered"          // a plan.Timing, or NotRegistered; no deadline gives no fact
	FactDossier    = "dossier"             // a plan.Timing
	FactComplete   = "dossier.complete"    // form.Yes, or the titles of the parts that are missing
	FactTargets    = "targets.share"       // registered targets met, in percent
	FactDiscipline = "discipline"          // breaches on the register
	FactIndexRank  = "index.rank"          // the commune's place in the official index
	FactIndexScore = "index.score"         // the commune's points in the official index
	FactIndexBand  = "index.band"          // the commune's band in the official index
	FactInitiative = "initiative"          // initiatives and solutions, in words
	FactRecognised = "initiative.decision" // the decision that recognised the initiative
	FactUnitPlan   = "unit.plan"           // the unit's own plan for the movement, as its registration cites it
	FactSex        = "sex"                 // of a person: Nam, Nữ
	FactRole       = "role"                // what the person does, by the plan's title
)

// NotRegistered is the value of FactRegistered when nothing was received.
const NotRegistered = "none"

// source is who can state a fact about a kind of nominee, and how the forms call it.
type source struct {
	title                      string
	declared, official, ledger bool
}

// planSources are the sources of the plan asked about last, made once: a process judges many
// nominees by one plan.
type planSources struct {
	plan *plan.Plan
	all  map[plan.NomineeKind]map[string]source
}

var lastSources atomic.Pointer[planSources]

func sources(p *plan.Plan) map[plan.NomineeKind]map[string]source {
	if last := lastSources.Load(); last != nil && last.plan == p {
		return last.all
	}
	made := &planSources{p, sourcesOf(p)}
	lastSources.Store(made)
	return made.all
}

// sourcesOf collects the fact names that the forms declare, and those of the plan's own columns, so
// that a name exists in one place only.
func sourcesOf(p *plan.Plan) map[plan.NomineeKind]map[string]source {
	both := []plan.NomineeKind{plan.Collective, plan.Individual}
	out := map[plan.NomineeKind]map[string]source{plan.Collective: {}, plan.Individual: {}}
	add := func(kinds []plan.NomineeKind, name string, s source) {
		for _, k := range kinds {
			known := out[k][name]
			if known.title == "" {
				known.title = s.title
			}
			known.declared = known.declared || s.declared
			known.official = known.official || s.official
			known.ledger = known.ledger || s.ledger
			out[k][name] = known
		}
	}
	fromBlock := func(f *form.Form, block string, kinds []plan.NomineeKind, s source) {
		// a fact that the plan does not ask for is known by the words of the form's file
		for _, b := range append(templates.Fit(f, p, plan.Period{}).Blocks(), f.Blocks()...) {
			if b.Key != block {
				continue
			}
			for _, field := range b.Fields {
				if field.Fact != "" {
					s.title = field.Title
					add(kinds, field.Fact, s)
				}
			}
		}
	}
	fromBlock(templates.DossierForm, "collectives", both[:1], source{declared: true})
	fromBlock(templates.DossierForm, "individuals", both[1:], source{declared: true})
	fromBlock(templates.DossierForm, "reports", both, source{declared: true})
	fromBlock(templates.DossierForm, "proposal", both, source{declared: true})
	fromBlock(templates.RecordsForm, "unitratings", both[:1], source{official: true})
	fromBlock(templates.RecordsForm, "ratings", both[1:], source{official: true})
	fromBlock(templates.RecordsForm, "index", both, source{official: true})
	derivedFacts(p, both, out, add)
	for _, own := range []struct {
		name string
		from source
	}{
		{FactIndexRank, source{official: true}},
		{FactDiscipline, source{official: true}},
		{FactInitiative, source{declared: true}},
		{FactRecognised, source{declared: true}},
		{FactTargets, source{declared: true}},
		{FactRegistered, source{ledger: true}},
		{FactDossier, source{ledger: true}},
		{FactComplete, source{ledger: true}},
		{FactUnitPlan, source{ledger: true}},
		{FactSex, source{declared: true}},
	} {
		own.from.title = wording.Text("evaluate.fact." + own.name)
		add(both, own.name, own.from)
	}
	return out
}

// ReportNumber is the fact that a number of the achievement report is for derived facts.
func ReportNumber(key string) string { return "reports." + key }

// Reckoned are the columns of the achievement report that the plan's derived facts ask for.
func Reckoned(p *plan.Plan, f *form.Form) []form.Field {
	var out []form.Field
	for _, b := range f.Blocks() {
		for _, x := range b.Fields {
			if b.Key == "reports" && slices.ContainsFunc(p.Derived, func(d plan.Derived) bool {
				return slices.Contains(d.Of, ReportNumber(x.Key))
			}) {
				out = append(out, x)
			}
		}
	}
	return out
}

// derivedFacts adds what the plan reckons from what forms state: whoever states all of it states
// the fact.
func derivedFacts(p *plan.Plan, both []plan.NomineeKind, known map[plan.NomineeKind]map[string]source,
	add func([]plan.NomineeKind, string, source)) {
	for _, f := range Reckoned(p, templates.Fit(templates.DossierForm, p, plan.Period{})) {
		add(both, ReportNumber(f.Key), source{title: f.Title, declared: true})
	}
	for i := range p.Derived {
		d := &p.Derived[i]
		for _, kind := range both {
			s := source{title: d.Title, declared: true, official: true}
			for _, key := range d.Of {
				of := known[kind][key]
				s.declared, s.official = s.declared && of.declared, s.official && of.official
			}
			if !s.declared && !s.official {
				continue
			}
			add([]plan.NomineeKind{kind}, d.Key, s)
			if d.Scale != "" {
				s.title = wording.Text("evaluate.fact.band", "title", d.Title)
				add([]plan.NomineeKind{kind}, d.Band(), s)
			}
		}
	}
}

// HasRecord reports whether the office's records hold a fact about that kind of nominee.
func HasRecord(p *plan.Plan, kind plan.NomineeKind, fact string) bool {
	return sources(p)[kind][fact].official
}

// Title is the Vietnamese name of a fact, the fact's own name when no form states it.
func Title(p *plan.Plan, kind plan.NomineeKind, fact string) string {
	if t := sources(p)[kind][fact].title; t != "" {
		return t
	}
	return fact
}

// TitleOf is the Vietnamese name of a fact with the year it is about, where that is one of several.
func TitleOf(p *plan.Plan, kind plan.NomineeKind, f Fact) string {
	title := Title(p, kind, f.Key)
	if f.Year == 0 {
		return title
	}
	return wording.Text("evaluate.fact.year", "title", title, "year", f.Year)
}
