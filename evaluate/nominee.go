package evaluate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/person"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// candidate is a nominee on its way to a verdict.
type candidate struct {
	Nominee
	base    string // ID without the suffix that tells repetitions apart
	key     string // templates.NameKey of the name
	fold    string // the key without accents
	subject check.Subject
	flags   []Flag

	achieved int // year of an ad hoc achievement, else the year of receipt
}

// roll is all candidates of a period in the plan's order of units, and where each unit's stand.
type roll struct {
	all    []*candidate
	byUnit map[string][]*candidate
}

// callRoll lists the nominees of every accepted dossier. Nobody is left out: repetitions are
// flagged.
func callRoll(s setting, in intake) roll {
	r := roll{byUnit: map[string][]*candidate{}}
	for _, u := range s.units(in.dossier) {
		got := in.dossier[u.Code]
		if !got.accepted() {
			continue
		}
		d, ok := templates.SlateOf(got.Current.Value)
		if !ok {
			continue
		}
		list := newDossier(s, u, got, in.registration[u.Code], d).nominees()
		r.byUnit[u.Code] = list
		r.all = append(r.all, list...)
	}
	flagTwoUnits(r.all)
	return r
}

// dossier reads one unit's dossier.
type dossier struct {
	s            setting
	unit         plan.Unit
	got          *received
	value        templates.Slate
	ledger       []Fact
	registration *received
	reports      map[string]*templates.AchievementReport // by kind and name
	votes        map[string]*templates.UnitVote

	registered map[string]bool // by kind and name, nil when nothing counts
	assumed    bool            // the unit's group is
}

func newDossier(s setting, u plan.Unit, got, registration *received, d templates.Slate) *dossier {
	x := &dossier{s: s, unit: u, got: got, value: d, reports: map[string]*templates.AchievementReport{},
		votes: map[string]*templates.UnitVote{}}
	for i := range d.Reports {
		r := &d.Reports[i]
		x.reports[r.Kind.Text+"\x00"+templates.NameKey(r.Kind.Text, r.Name.Text)] = r
	}
	for i := range d.Votes {
		v := &d.Votes[i]
		x.votes[v.Kind.Text+"\x00"+templates.NameKey(v.Kind.Text, v.Name.Text)] = v
	}
	x.assumed = u.Assumed && assumesGroup(u)
	if s.period.Kind == plan.Annual { // nobody registers for a stage or an ad hoc award
		x.registered = registeredNames(registration)
	}
	x.ledger, x.registration = ledgerFacts(s, got, registration), registration
	if got.Current.Form != templates.DossierForm.ID {
		return x // the other forms do not list the targets
	}
	if f, ok := targetShare(got, registration, d.Targets); ok {
		x.ledger = append(x.ledger, f)
	}
	return x
}

func (x *dossier) nominees() []*candidate {
	var out []*candidate
	for _, n := range x.value.Nominations {
		c := x.candidate(n)
		if c.Kind == Individual {
			c.Role = string(x.s.role(c.RoleName))
			c.subject.Role = plan.RoleID(c.Role)
		}
		c.subject.Facts = append(x.declaredFacts(c.Kind, n.Record,
			x.reports[templates.KindTitle(n.Kind)+"\x00"+c.key]), x.since(c)...)
		if c.Sex != "" {
			c.subject.Facts = append(c.subject.Facts,
				cell(&x.got.Current, check.FactSex, form.Value{Text: c.Sex, At: n.Name.At}, check.Declared, "III.3"))
		}
		c.achieved = calendar.DateOf(x.got.First).Year
		if day, ok := n.Achieved.Date(); ok {
			c.achieved = day.Year
		}
		out = append(out, c)
	}
	number(out)
	x.flagOthers(out)
	return out
}

// flagOthers marks what the office should look at: late dossiers, nominees the unit did not
// register, roles the plan does not know.
func (x *dossier) flagOthers(list []*candidate) {
	for _, c := range list {
		if f, ok := c.subject.Fact(check.FactDossier, check.Ledger); ok && f.Value != string(plan.OnTime) {
			code := finding.Late
			if f.Value == string(plan.OnTheDay) {
				code = finding.OnTheDay
			}
			c.flag(code, "late", nil, "timing", f.Text)
		}
		if x.registered != nil && !x.registered[c.Kind+"\x00"+c.key] {
			c.flag(finding.NotRegistered, "notregistered", nil)
		}
		if c.Kind == Individual && c.Role == "" {
			c.flag("", "unknownrole", nil, "role", c.RoleName)
		}
	}
}

// registeredNames returns who was registered by kind and name, nil when the unit's registration
// does not count.
func registeredNames(registration *received) map[string]bool {
	if !registration.accepted() {
		return nil
	}
	r, ok := registration.Current.Value.(*templates.Registration)
	if !ok {
		return nil
	}
	out := map[string]bool{}
	for _, t := range r.Collectives {
		out[Collective+"\x00"+viet.NameKey(t.Name.Text)] = true
	}
	for _, t := range r.Individuals {
		out[Individual+"\x00"+person.Key(t.Name.Text)] = true
	}
	return out
}

func (x *dossier) candidate(line templates.Nomination) *candidate {
	n := nomineeOf(line)
	n.Unit, n.UnitName, n.Group = x.unit.Code, x.unit.Name, string(x.unit.Group)
	n.Receipt, n.File, n.Sheet, n.Cell = x.got.Current.ID, x.got.Current.File, line.Name.At.Sheet, line.Name.At.Cell
	c := &candidate{Nominee: n, key: templates.NameKey(n.Kind, n.Name)}
	c.fold = viet.Fold(c.key)
	c.base = nomineeID(n, viet.Fold(n.Name))
	c.subject = check.Subject{Kind: line.Kind, Group: x.unit.Group}
	members := x.value.Minutes.Members
	if v := x.votes[templates.KindTitle(line.Kind)+"\x00"+c.key]; v != nil && v.Agree.Given() && members.Given() {
		c.UnitVote = v.Agree.Text + "/" + members.Text
	}
	if x.assumed {
		c.flag("", "assumedgroup", nil, "group", x.s.groupTitle(x.unit.Group))
	}
	return c
}

// assumesGroup reports whether a unit's mark is about its group: the plan marks a line as a whole,
// and the note says what is assumed in it.
func assumesGroup(u plan.Unit) bool {
	return u.Note == "" || strings.Contains(viet.Fold(u.Note), "khoi")
}

func (c *candidate) flag(code finding.Code, kind string, related []string, pairs ...any) {
	pairs = append(pairs, "name", c.Name)
	c.flags = append(c.flags, Flag{Code: code, Kind: kind, Text: wording.Text("evaluate.flag."+kind, pairs...),
		Related: related})
}

// nomineeID is unit, kind and six hex digits of what identifies the nominee within its unit.
func nomineeID(n Nominee, fold string) string {
	letter := "t"
	if n.Kind == Individual {
		letter = "c"
	}
	sum := sha256.Sum256([]byte(n.Kind + fold + n.Born))
	return n.Unit + "-" + letter + "-" + hex.EncodeToString(sum[:3])
}

// number gives every nominee of a unit an ID of its own. The same collective or person twice keeps
// both rows, flagged; so do two people of one name, who may be one.
func number(list []*candidate) {
	seen := map[string][]*candidate{}
	named := map[string]*candidate{}
	for _, c := range list {
		earlier := seen[c.base]
		if o := named[c.Kind+c.key]; o == nil {
			named[c.Kind+c.key] = c
		} else if len(earlier) == 0 {
			c.flag(finding.Namesakes, "namesakes", []string{o.ID}, "cell", o.Cell)
		}
		c.ID = c.base
		if len(earlier) > 0 {
			c.ID = fmt.Sprintf("%s-%d", c.base, len(earlier)+1)
			c.flag(finding.Twice, "twice", []string{earlier[0].ID}, "cell", earlier[0].Cell)
		}
		seen[c.base] = append(earlier, c)
	}
}

// mostTwins is how many other proposals a flag names: enough to ask, and no more, so that a common
// name costs no more than a rare one.
const mostTwins = 5

// flagTwoUnits marks persons of the same name and birth proposed by more than one unit. A year of
// birth agrees with a day in that year.
func flagTwoUnits(all []*candidate) {
	same := map[string][]*candidate{}
	for _, c := range all {
		if c.Kind == Individual && len(c.Born) >= 4 {
			key := c.fold + "\x00" + c.Born[:4]
			same[key] = append(same[key], c)
		}
	}
	for _, c := range all {
		if c.Kind != Individual || len(c.Born) < 4 {
			continue
		}
		var related, units []string
		for _, o := range same[c.fold+"\x00"+c.Born[:4]] {
			if o.Unit != c.Unit && (strings.HasPrefix(o.Born, c.Born) || strings.HasPrefix(c.Born, o.Born)) {
				related, units = append(related, o.ID), append(units, o.UnitName)
			}
			if len(related) == mostTwins {
				break
			}
		}
		if len(related) > 0 {
			slices.Sort(related)
			slices.Sort(units)
			c.flag(finding.TwoUnits, "twounits", related, "units", strings.Join(slices.Compact(units), ", "))
		}
	}
}

// declaredFacts reads every field that criteria may use, and what the achievement report adds.
func (x *dossier) declaredFacts(kind string, row any, report *templates.AchievementReport) []Fact {
	asked := x.s.listed[x.got.Current.Form]
	fields := asked[kind]
	facts := make([]Fact, 0, len(fields)+len(x.ledger)+6)
	for _, f := range fields {
		if v := f.At(row); v.Given() && (f.InYear == 0 || f.InYear == x.s.year) {
			fact := x.fact(f.Fact, *v, f.Clause)
			fact.Year = f.InYear
			facts = append(facts, fact)
		}
	}
	if report != nil {
		facts = append(facts, x.reckonedFrom(asked[reckonedBlock], report)...)
	}
	for _, f := range asked[proposalBlock] {
		if v := x.value.Proposal.Own.Value(f.Key); v.Given() {
			facts = append(facts, x.fact(f.Fact, *v, f.Clause))
		}
	}
	if report != nil {
		for _, f := range asked[reportBlock] {
			if v := f.At(report); v.Given() {
				facts = append(facts, x.fact(f.Fact, *v, f.Clause))
			}
		}
		if !slices.ContainsFunc(facts, func(f Fact) bool { return f.Key == check.FactInitiative }) &&
			report.Initiative.Given() {
			facts = append(facts, x.fact(check.FactInitiative, report.Initiative, "II.2"))
		}
		if report.InitiativeDecision.Given() {
			facts = append(facts, x.fact(check.FactRecognised, report.InitiativeDecision, "II.2"))
		}
	}
	return facts
}

// reckonedFrom are the numbers of an achievement report that the plan's derived facts ask for.
func (x *dossier) reckonedFrom(fields []form.Field, report *templates.AchievementReport) []Fact {
	var out []Fact
	for _, f := range fields {
		if v := f.At(report); v.Given() {
			out = append(out, x.fact(check.ReportNumber(f.Key), *v, f.Clause))
		}
	}
	return out
}

func (x *dossier) fact(key string, v form.Value, clause string) Fact {
	return cell(&x.got.Current, key, v, check.Declared, clause)
}

// cell makes a fact of a value in a workbook.
func cell(s *submission.Submission, key string, v form.Value, basis Basis, clause string) Fact {
	return Fact{Key: key, Value: v.Text, Basis: basis, File: s.File, Sheet: v.At.Sheet, Cell: v.At.Cell, Message: s.ID,
		Clause: clause}
}

// factFields returns the fields of a block that criteria may use.
func factFields(f *form.Form, block string) []form.Field {
	for _, b := range f.Blocks() {
		if b.Key == block {
			return slices.DeleteFunc(slices.Clone(b.Fields), func(x form.Field) bool { return x.Fact == "" })
		}
	}
	return nil
}
