package evaluate

import (
	"cmp"
	"fmt"
	"slices"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Run evaluates one period of a plan on what was known at d.AsOf: nominees from the accepted dossiers, facts from the dossiers, the
// office's records and the ledger, verdicts, boards, and awards once the council's tally was accepted. It is pure and deterministic: the
// order of d.Submissions does not matter. An error means that the plan has no such period or that a criterion cannot be compiled.
func Run(p *plan.Plan, d submission.Dataset, period string) (Result, error) {
	per, ok := p.Period(period)
	if !ok {
		return Result{}, fmt.Errorf("evaluating period %q: the plan has no such period", period)
	}
	d = sorted(d)
	s := newSetting(p, d, per)
	if err := s.compile(); err != nil {
		return Result{}, fmt.Errorf("evaluating period %q: %w", period, err)
	}
	in := take(d, period)
	r := callRoll(s, in)
	records := gather(s, in.records)
	for _, unit := range s.units(in.dossier) {
		records.facts(unit.Code, r.byUnit[unit.Code])
	}

	out := Result{
		Period: period, AsOf: d.AsOf.UTC(), PlanHash: p.Hash, DatasetHash: d.Hash(period),
		Verdicts: make([]Verdict, 0, len(r.all)), Awards: []Award{}, NotChosen: []Award{}, Contradictions: []Contradiction{},
		Findings: append([]finding.Finding{}, records.findings...),
		Missing:  missing(s, in),
	}
	for _, c := range r.all {
		out.Verdicts = append(out.Verdicts, s.judge(c))
		out.Contradictions = append(out.Contradictions, s.contradictions(c)...)
	}
	out.Boards = s.boards(r.all, out.Verdicts)
	if in.votes != nil {
		s.count(&out, in.votes)
	}
	slices.SortFunc(out.Verdicts, func(a, b Verdict) int { return cmp.Compare(a.Nominee.ID, b.Nominee.ID) })
	slices.SortStableFunc(out.Contradictions, func(a, b Contradiction) int { return cmp.Compare(a.Nominee, b.Nominee) })
	return out, nil
}

// sorted returns the dataset with its submissions in order of receipt, leaving the caller's slice as it is.
func sorted(d submission.Dataset) submission.Dataset {
	if !slices.IsSortedFunc(d.Submissions, submission.Compare) {
		d.Submissions = slices.SortedFunc(slices.Values(d.Submissions), submission.Compare)
	}
	return d
}

// judge holds a candidate to every criterion for its kind, in the plan's order (Plan III.2.1, III.2.2).
func (s setting) judge(c *candidate) Verdict {
	criteria := s.criteria[c.subject.Kind]
	v := Verdict{Nominee: c.Nominee, Judgements: make([]Judgement, 0, len(criteria)), Facts: []Fact{}, Flags: []Flag{}}
	outcomes := make([]Outcome, 0, len(criteria))
	for _, k := range criteria {
		j := k.Judge(c.subject)
		outcomes = append(outcomes, j.Outcome)
		facts := j.Facts
		if facts == nil {
			facts = []Fact{}
		}
		v.Judgements = append(v.Judgements, Judgement{
			Criterion: k.ID, Clause: k.Clause, Title: k.Title, Outcome: j.Outcome, Facts: facts,
			Threshold: j.Threshold, Reason: j.Reason, WouldChange: j.WouldChange,
		})
	}
	v.Outcome = overall(outcomes)
	for _, f := range c.subject.Facts {
		if f.Value != "" {
			v.Facts = append(v.Facts, f)
		}
	}
	slices.SortStableFunc(v.Facts, func(a, b Fact) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Basis, b.Basis)) })
	v.Flags = append(v.Flags, c.flags...)
	return v
}

// overall is NotMet if any is NotMet, else Pending if any is Pending, else Council if any is Council, else Met.
func overall(outcomes []Outcome) Outcome {
	for _, o := range []Outcome{NotMet, Pending, Council} {
		if slices.Contains(outcomes, o) {
			return o
		}
	}
	return Met
}

// contradictions compares what the unit declared with what the records say. The self-assessed index score is meant to differ from the
// appraised one and is left alone.
func (s setting) contradictions(c *candidate) []Contradiction {
	var out []Contradiction
	for _, d := range c.subject.Facts {
		if d.Basis != check.Declared || d.Key == check.FactIndexScore {
			continue
		}
		o, ok := c.subject.Fact(d.Key, check.Official)
		if !ok || o.Value == "" || s.same(s.scaleOf[d.Key], d.Value, o.Value) {
			continue
		}
		out = append(out, Contradiction{
			Nominee: c.ID, Unit: c.Unit, Declared: d, Official: o,
			Finding: finding.New(finding.AgainstRecord, finding.At{Sheet: d.Sheet, Cell: d.Cell},
				"name", c.Name, "field", check.Title(c.subject.Kind, d.Key), "read", d.Value, "want", o.Shown(), "clause", o.Clause),
		})
	}
	return out
}

// missing lists the units of the period without an accepted dossier. Nobody has to propose anybody ad hoc, so there only dossiers
// waiting to be fixed are listed.
func missing(s setting, in intake) []Missing {
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
