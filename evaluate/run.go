package evaluate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Run evaluates one period of a plan on what was known at d.AsOf: nominees from the accepted
// dossiers, facts from the dossiers, the office's records and the ledger, verdicts, boards, and
// awards once the council's tally was accepted. It is pure and deterministic: the order of
// d.Submissions does not matter. An error means that the plan has no such period or that a
// criterion cannot be compiled.
func Run(p *plan.Plan, d submission.Dataset, period string) (Result, error) {
	return run(p, d, period, true)
}

// run evaluates a period; history says whether to look at what other rounds said of its nominees.
func run(p *plan.Plan, d submission.Dataset, period string, history bool) (Result, error) {
	per, ok := p.Period(period)
	if !ok {
		return Result{}, fmt.Errorf("evaluating period %q: the plan has no such period", period)
	}
	d = sortSubmissions(d)
	s := newSetting(p, d, per)
	in := take(d, period)
	in.inherit(p, per.To)
	years, err := rounds(s, d, in)
	if err != nil {
		return Result{}, fmt.Errorf("evaluating period %q: %w", period, err)
	}
	all := entrants(years)
	if history {
		before, err := s.pastAwards(d)
		if err != nil {
			return Result{}, fmt.Errorf("evaluating period %q: %w", period, err)
		}
		s.flagPastAwards(all, before)
	}

	out := Result{
		Period: period, AsOf: d.AsOf.UTC(), PlanHash: p.Hash, DatasetHash: DatasetHash(p, d, per),
		Verdicts: make([]Verdict, 0, len(all)), Awards: []Award{}, NotChosen: []Award{},
		Contradictions: []Contradiction{},
		Findings:       recordFindings(years),
		Missing:        missingPapers(s, in),
	}
	for _, e := range all {
		out.Verdicts = append(out.Verdicts, e.judge())
		out.Contradictions = append(out.Contradictions, e.contradictions()...)
	}
	out.Boards = s.boards(all, out.Verdicts)
	out.Province = s.province(out)
	out.Overrides = s.rulings(in, out)
	if in.votes != nil {
		s.count(&out, in.votes)
	}
	if history {
		if out.Stage, err = s.stageLines(d, out.Verdicts); err != nil {
			return Result{}, fmt.Errorf("evaluating period %q: %w", period, err)
		}
		slices.SortFunc(out.Stage, func(a, b StageLine) int { return cmp.Compare(a.Nominee, b.Nominee) })
	}
	slices.SortFunc(out.Verdicts, func(a, b Verdict) int { return cmp.Compare(a.Nominee.ID, b.Nominee.ID) })
	slices.SortStableFunc(out.Contradictions, func(a, b Contradiction) int { return cmp.Compare(a.Nominee, b.Nominee) })
	return out, nil
}

// sortSubmissions returns the dataset with its submissions in order of receipt, leaving the
// caller's slice as it is.
func sortSubmissions(d submission.Dataset) submission.Dataset {
	if !slices.IsSortedFunc(d.Submissions, submission.Compare) {
		d.Submissions = slices.SortedFunc(slices.Values(d.Submissions), submission.Compare)
	}
	return d
}

// judge holds a candidate to every criterion for its kind, in the plan's order (Plan III.2.1,
// III.2.2).
func (s setting) judge(c *candidate) Verdict {
	criteria := s.criteria[c.subject.Kind]
	v := Verdict{Nominee: c.Nominee, Judgements: make([]Judgement, 0, len(criteria)), Facts: []Fact{}, Flags: []Flag{}}
	outcomes := make([]Outcome, 0, len(criteria))
	for _, k := range criteria {
		j := k.Judge(c.subject)
		outcomes = append(outcomes, j.Outcome)
		facts := s.explained(c, j.Facts)
		v.Judgements = append(v.Judgements, Judgement{
			Criterion: k.ID, Clause: k.Clause, Title: k.Title, Outcome: j.Outcome, Facts: facts,
			Threshold: j.Threshold, Reason: j.Reason, WouldChange: j.WouldChange, Overrides: rulingsOf(j),
			Weighs: j.Weighs,
		})
	}
	v.Outcome = overall(outcomes)
	for _, f := range c.subject.Facts {
		if f.Value != "" {
			v.Facts = append(v.Facts, f)
		}
	}
	slices.SortStableFunc(v.Facts, compareFacts)
	v.Flags = append(v.Flags, c.flags...)
	return v
}

func compareFacts(a, b Fact) int {
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Basis, b.Basis))
}

// DatasetHash identifies all that a period rests on, so that a paper is made again exactly when
// something of it has changed: what was sent for the period (of the given forms, all when none is
// named) and, where it looks back on years, their registrations and records.
func DatasetHash(p *plan.Plan, d submission.Dataset, per plan.Period, forms ...string) string {
	own := d.Hash(per.ID, forms...)
	if per.Kind == plan.Annual {
		return own
	}
	yearly := []string{templates.RegistrationForm.ID, templates.RecordsForm.ID}
	if len(forms) > 0 {
		yearly = slices.DeleteFunc(yearly, func(f string) bool { return !slices.Contains(forms, f) })
	}
	if len(yearly) == 0 { // no form at all would mean every form
		return own
	}
	h := sha256.New()
	fmt.Fprintln(h, own)
	for _, year := range per.Years {
		if annual, ok := p.AnnualPeriod(year); ok {
			fmt.Fprintln(h, d.Hash(annual.ID, yearly...))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// overall is NotMet if any is NotMet, else Pending if any is Pending, else Council if any is
// Council, else Met.
func overall(outcomes []Outcome) Outcome {
	for _, o := range []Outcome{NotMet, Pending, Council} {
		if slices.Contains(outcomes, o) {
			return o
		}
	}
	return Met
}

// contradictions compares what the unit declared with what the records say. The self-assessed index
// score is meant to differ from the appraised one and is left alone.
func (s setting) contradictions(c *candidate) []Contradiction {
	var out []Contradiction
	for _, d := range c.subject.Facts {
		if d.Basis != check.Declared || d.Key == check.FactIndexScore || s.isDerived(d.Key) ||
			s.period.Kind == plan.Stage && d.Year == 0 {
			continue // a claim about the whole stage is none about this year
		}
		o, ok := c.subject.Fact(d.Key, check.Official)
		if !ok || o.Value == "" || s.same(s.scaleOf[d.Key], d.Value, o.Value) {
			continue
		}
		out = append(out, Contradiction{
			Nominee: c.ID, Unit: c.Unit, Declared: d, Official: o,
			Finding: finding.New(finding.AgainstRecord, finding.At{Sheet: d.Sheet, Cell: d.Cell},
				"name", c.Name, "field", s.title(c.subject.Kind, d.Key), "read", d.Value, "want", o.Shown(), "clause",
				o.Clause),
		})
	}
	return out
}

// missingPapers lists the units of the period without an accepted dossier. Nobody has to propose
// anybody ad hoc, so there only dossiers waiting to be fixed are listed.
func missingPapers(s setting, in intake) []Missing {
	out := []Missing{}
	add := func(u plan.Unit, state, receipt string) {
		out = append(out, Missing{
			Unit: u.Code, UnitName: u.Name, Group: string(u.Group), State: state, Receipt: receipt,
			Reason: wording.Text("evaluate.missing." + state),
		})
	}
	for _, u := range s.members(in) {
		got, registration := in.dossier[u.Code], in.registration[u.Code]
		switch {
		case got.accepted():
		case got == nil && !u.On(s.on): // it became another unit, which is asked instead
		case got != nil:
			add(u, "tofix", got.current.ID)
		case s.period.Kind == plan.AdHoc:
		case registration.accepted():
			add(u, "registered", registration.current.ID)
		default:
			add(u, "none", "")
		}
	}
	return out
}
