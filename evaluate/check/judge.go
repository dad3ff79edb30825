package check

import (
	"regexp"
	"strconv"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Subject is what is known of one nominee when it is judged.
type Subject struct {
	Kind  plan.NomineeKind
	Group plan.GroupID
	Role  plan.RoleID
	// Facts holds at most one fact for each key and basis. An official fact with an empty value
	// says that the records name the nominee and leave that column blank.
	Facts []Fact
	// Unsure says, by fact, why records that may be about the nominee cannot be used (Vietnamese).
	Unsure map[string]string
	// Weigh says, by fact, why the council shall weigh what the records hold although its value
	// would do (Vietnamese).
	Weigh map[string]string
	// Waived says which checks the office has waived for the nominee: by criterion ("TT4"), or by a
	// check of it ("TT4.2").
	Waived map[string]Waiver
}

// Waiver is a check not held against a nominee.
type Waiver struct {
	ID   string // number of the ruling
	Text string // Vietnamese: who ruled, when and why
}

// Fact returns the fact of a key on a basis, blank ones included.
func (s Subject) Fact(key string, basis Basis) (Fact, bool) {
	for _, f := range s.Facts {
		if f.Key == key && f.Basis == basis {
			return f, true
		}
	}
	return Fact{}, false
}

// Judged is what a criterion, or one check of it, says about a subject.
type Judged struct {
	Outcome     Outcome
	Facts       []Fact // what it rests on, in the order of the checks
	Threshold   string
	Reason      string   // Vietnamese
	WouldChange string   // Vietnamese; "" when Met or NotApplicable
	Waived      []string // numbers of the waivers without which it would say otherwise
	Weighs      bool     // the Council has to settle more than what is always its own to judge
}

// Judge says whether a subject meets the criterion. A criterion that does not bind the subject's
// group or role is NotApplicable.
func (c *Criterion) Judge(s Subject) Judged {
	if !c.Binds(s.Kind, s.Group, s.Role) {
		return Judged{Outcome: NotApplicable, Threshold: c.threshold, Reason: text("reason.scope", "scope", c.scope)}
	}
	j := c.root.judge(s)
	j.Threshold = c.threshold
	return j
}

// judge is what a check says, unless the office has waived it. A waiver of a check that is met, or
// does not apply, changes nothing.
func (n *node) judge(s Subject) Judged {
	j := n.weighed(s)
	w, waived := s.Waived[n.path]
	if !waived || j.Outcome == Met || j.Outcome == NotApplicable {
		return j
	}
	out := n.verdict(NotApplicable, j.Facts, "reason.waived", "", "ruling", w.Text, "without", j.Reason, "outcome",
		text("outcome."+string(j.Outcome)))
	out.Waived = append(j.Waived, w.ID)
	return out
}

func (n *node) weighed(s Subject) Judged {
	switch n.Kind {
	case plan.CheckAll:
		return n.combine(s, false)
	case plan.CheckAny:
		return n.combine(s, true)
	case plan.CheckCouncil:
		return n.forCouncil(s)
	case plan.CheckRegistered:
		return n.judgeRegistration(s)
	case plan.CheckComplete:
		return n.complete(s)
	}
	return n.leaf(s)
}

// combine takes the worst of the parts, or the best when best is set. Parts that do not apply say
// nothing unless no part applies.
func (n *node) combine(s Subject, best bool) Judged {
	parts := make([]Judged, len(n.of))
	decides := NotApplicable
	for i := range n.of {
		parts[i] = n.of[i].judge(s)
		o := parts[i].Outcome
		if o == NotApplicable {
			continue
		}
		if decides == NotApplicable || (o.weight() < decides.weight()) != best {
			decides = o
		}
	}
	out := Judged{Outcome: decides}
	var reasons, changes []string
	for _, p := range parts {
		out.Facts = append(out.Facts, p.Facts...)
		out.Waived = append(out.Waived, p.Waived...)
		out.Weighs = out.Weighs || p.Outcome == decides && p.Weighs
		if p.Outcome == decides || len(p.Waived) > 0 {
			reasons = append(reasons, p.Reason)
			if p.WouldChange != "" {
				changes = append(changes, p.WouldChange)
			}
		}
	}
	out.Reason, out.WouldChange = strings.Join(unique(reasons), " "), strings.Join(unique(changes), " ")
	return out
}

func unique(texts []string) []string {
	seen := map[string]bool{}
	out := texts[:0]
	for _, t := range texts {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// judgeRegistration judges the unit's registration (Plan III.4). The plan does not say that late or
// missing registration bars a nominee, so the council weighs it.
func (n *node) judgeRegistration(s Subject) Judged {
	f, ok := s.Fact(FactRegistered, Ledger)
	switch {
	case !ok:
		return n.verdict(NotApplicable, nil, "reason.noregistration", "")
	case f.Value == string(plan.OnTime):
		return n.verdict(Met, []Fact{f}, "reason.registered", "")
	case f.Value == NotRegistered:
		return n.verdict(Council, []Fact{f}, "reason.unregistered", "change.unregistered")
	}
	return n.verdict(Council, []Fact{f}, "reason.registeredlate", "change.registeredlate", "value", f.Shown())
}

// complete judges the dossier's parts (Plan III.3).
func (n *node) complete(s Subject) Judged {
	f, ok := s.Fact(FactComplete, Ledger)
	if ok && f.Value == form.Yes {
		return n.verdict(Met, []Fact{f}, "reason.complete", "")
	}
	return n.verdict(NotMet, known(f), "reason.incomplete", "change.incomplete", "value", f.Shown())
}

// forCouncil never decides; what is known is shown to those who do.
func (n *node) forCouncil(s Subject) Judged {
	var facts []Fact
	for _, basis := range []Basis{Declared, Official, Ledger} {
		if f, ok := s.Fact(n.Fact, basis); ok {
			facts = append(facts, known(f)...)
		}
	}
	if len(facts) == 0 {
		return n.verdict(Council, nil, "reason.council", "change.council")
	}
	return n.verdict(Council, facts, "reason.councilfact", "change.council", "value", facts[len(facts)-1].Shown())
}

// leaf judges one fact. The official record always overrides what the unit declared; a declaration
// alone never decides a check that wants the official record, in either direction.
func (n *node) leaf(s Subject) Judged {
	j := n.decide(s)
	if n.Otherwise != plan.ToTheCouncil || j.Outcome != NotMet && j.Outcome != Pending || s.Unsure[n.Fact] != "" {
		return j
	}
	if len(j.Facts) == 0 {
		return n.verdict(Council, nil, "reason.blankweigh", "change.weigh")
	}
	f := j.Facts[len(j.Facts)-1]
	return n.verdict(Council, j.Facts, "reason.weigh", "change.weigh", "value", f.Shown(), "basis",
		text("basis."+string(f.Basis)))
}

// decide is what the facts say before a check leaves anything to the council.
func (n *node) decide(s Subject) Judged {
	declared, _ := s.Fact(n.Fact, Declared)
	official, listed := s.Fact(n.Fact, Official)
	if ledger, ok := s.Fact(n.Fact, Ledger); ok {
		official = ledger
	}
	both := append(known(declared), known(official)...)
	why := s.Unsure[n.Fact]
	if _, told := s.Fact(n.Fact, Ledger); n.Fact == FactUnitPlan && !told {
		return n.verdict(NotApplicable, nil, "reason.noregistration", "")
	}
	switch weigh := s.Weigh[n.Fact]; {
	case official.Value != "":
		j := n.test(official, both)
		if weigh != "" && j.Outcome == Met {
			return n.verdict(Council, both, "reason.weighrecord", "change.weigh", "why", weigh)
		}
		return j
	case why != "":
		return n.verdict(Pending, both, "reason.unsure", "change.unsure", "why", why)
	case n.official:
		return n.withoutRecord(declared, listed, both)
	case declared.Value != "":
		return n.test(declared, both)
	case n.Absent == plan.NotApplicable:
		return n.verdict(NotApplicable, nil, "reason.absent", "")
	case n.Kind == plan.CheckGiven || n.Kind == plan.CheckCites:
		return n.verdict(NotMet, nil, "reason.notgiven", "change.notgiven")
	}
	return n.verdict(Pending, nil, "reason.blank", "change.blank")
}

// withoutRecord judges a check that wants the official record while there is none.
func (n *node) withoutRecord(declared Fact, listed bool, facts []Fact) Judged {
	if declared.Value == "" {
		if listed && n.Absent == plan.NotApplicable {
			return n.verdict(NotApplicable, nil, "reason.absent", "")
		}
		return n.verdict(Pending, nil, "reason.norecord", "change.norecord")
	}
	if n.test(declared, nil).Outcome == NotMet {
		return n.verdict(Pending, facts, "reason.norecordfailing", "change.norecordfailing", "value", declared.Shown())
	}
	return n.verdict(Pending, facts, "reason.norecorddeclared", "change.norecord", "value", declared.Shown())
}

// test compares one known value with the threshold.
func (n *node) test(f Fact, facts []Fact) Judged {
	o, understood := n.compare(f.Value)
	pairs := []any{"value", f.Shown(), "basis", text("basis." + string(f.Basis))}
	switch {
	case !understood:
		return n.verdict(Pending, facts, "reason.notunderstood", "change.notunderstood", pairs...)
	case o == Met:
		return n.verdict(Met, facts, "reason.met", "", pairs...)
	case o == Council:
		return n.verdict(Council, facts, "reason.weigh", "change.weigh", pairs...)
	}
	return n.verdict(NotMet, facts, "reason.notmet", "change.notmet", pairs...)
}

// compare says what a value gives; understood is false when it cannot be compared at all.
func (n *node) compare(value string) (o Outcome, understood bool) {
	switch n.Kind {
	case plan.CheckYes:
		return met(value == form.Yes), value == form.Yes || value == form.No
	case plan.CheckIs:
		return n.compareIs(value), true
	case plan.CheckAtLeast:
		rank, ok := n.rank(value)
		switch {
		case ok && rank <= n.most:
			return Met, true
		case ok && n.council[rank], n.weigh[viet.Fold(value)]:
			return Council, true
		}
		return NotMet, ok
	case plan.CheckNone:
		x, ok := parse(value)
		return met(ok && x == 0 || value == form.No), true
	case plan.CheckMin, plan.CheckMax:
		x, ok := parse(value)
		if n.Kind == plan.CheckMin {
			return met(x >= n.Number), ok
		}
		return met(x <= n.Number), ok
	case plan.CheckBefore, plan.CheckAfter:
		return n.compareDay(value)
	case plan.CheckCites:
		return met(cites(value)), true
	}
	return Met, true // given: there is a value
}

func (n *node) compareIs(value string) Outcome {
	if n.values[viet.Fold(value)] {
		return Met
	}
	rank, ranked := n.rank(value)
	for _, want := range n.Values {
		if r, ok := n.rank(want); ok && ranked && r == rank {
			return Met
		}
	}
	if n.weigh[viet.Fold(value)] || ranked && n.council[rank] {
		return Council
	}
	return NotMet
}

// compareDay decides a partial date only when every day it may mean gives the same answer.
func (n *node) compareDay(value string) (Outcome, bool) {
	d, err := calendar.ParseISO(value)
	if err != nil || d.IsZero() {
		return NotMet, false
	}
	first, last := d.First(), d.Last()
	if n.Kind == plan.CheckBefore {
		return met(last.Before(n.date)), last.Before(n.date) == first.Before(n.date)
	}
	return met(first.After(n.date)), last.After(n.date) == first.After(n.date)
}

// A cited document has a number such as 120/QĐ-UBND, a day, and an issuer: in the symbol's last
// part, or named after "của".
var (
	docNumber = regexp.MustCompile(`\d+\s*/\s*(?:\d{4}\s*/\s*)?[\p{Lu}]{2,}`)
	docDay    = regexp.MustCompile(`\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|` +
		`ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}`)
	docIssuer = regexp.MustCompile(`\d\s*/\s*(?:\d{4}\s*/\s*)?[\p{Lu}]+\s*-\s*[\p{Lu}]{2,}|(?:^|\s)(?:của|do)\s+\pL`)
)

// cites reports whether a text cites a document by number, day and issuer.
func cites(s string) bool {
	return docNumber.MatchString(s) && docDay.MatchString(s) && docIssuer.MatchString(s)
}

func (n *node) verdict(o Outcome, facts []Fact, reason, change string, pairs ...any) Judged {
	pairs = append(pairs, "title", n.title, "threshold", n.threshold)
	j := Judged{
		Outcome: o, Facts: facts, Reason: text(reason, pairs...), Weighs: o == Council && n.Kind != plan.CheckCouncil,
	}
	if change != "" {
		j.WouldChange = text(change, pairs...)
	}
	return j
}

func known(f Fact) []Fact {
	if f.Value == "" {
		return nil
	}
	return []Fact{f}
}

func met(ok bool) Outcome {
	if ok {
		return Met
	}
	return NotMet
}

func parse(value string) (float64, bool) { return form.Value{Text: value}.Number() }

// number writes a number with a decimal comma, as offices do.
func number(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}

//wording:composed evaluate.
func text(key string, pairs ...any) string { return wording.Text("evaluate."+key, pairs...) }
