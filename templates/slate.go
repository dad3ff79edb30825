package templates

import (
	"slices"

	"thidua/templates/form"
	"thidua/templates/person"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// NameKey is the key by which a nominee is known again in every list of one file and of several: of
// people person.Key, of collectives the name as viet.NameKey writes it. kind is the plan's or as
// forms write it.
func NameKey(kind, name string) string {
	if kind == string(plan.Individual) || kind == KindIndividual {
		return person.Key(name)
	}
	return viet.NameKey(name)
}

// Slate is a dossier of any kind as everything but its own form reads it: the annual one, that of a
// stage and an ad hoc proposal (Plan III.1.2, III.3). What a kind does not ask for is empty.
type Slate struct {
	Proposal    Proposal
	Stage       form.Value // title of the stage it is for
	Targets     []TargetResult
	Reports     []AchievementReport
	Minutes     UnitMinutes
	Votes       []UnitVote
	Nominations []Nomination // in the order of the form: all of one kind, then all of the next
}

// Nomination is one nominee's line in the danh sách trích ngang. Its cells are those of the filled
// form, for reading only. A cell that the form does not ask for is blank, and none is nil.
type Nomination struct {
	Kind   plan.NomineeKind
	Record any // the line itself, for the fields of its form

	Name, Award, Summary, Note                           *form.Value
	Size, Party                                          *form.Value // of a collective
	Title, Born, Sex, Position, Department, Role         *form.Value // of a person
	Grade, IndexScore, IndexBand, Initiative, Discipline *form.Value

	Achieved *form.Value   // the day of an ad hoc achievement
	Bodies   []*form.Value // ratings of a collective's organisations, in the order of the form
	Years    []StageYear   // of a stage, in its order; those after its last year are blank
}

// dossier is what the struct of each dossier form says of itself. The lines stand apart: many who
// ask for the rest need none of them.
type dossier interface {
	heading() Slate // all but the lines
	nominations() []Nomination
}

// SlateOf returns the dossier in a filled form, given as a pointer to its struct. ok is false, and
// the slate empty, when the form is no dossier.
func SlateOf(value any) (s Slate, ok bool) {
	d, ok := value.(dossier)
	if !ok {
		return Slate{}, false
	}
	s = d.heading()
	s.Nominations = d.nominations()
	return s, true
}

// listed reads the lines of both lists of a dossier.
func listed[C, P any](
	collectives []C, collective func(*C) Nomination, people []P, person func(*P) Nomination,
) []Nomination {
	out := make([]Nomination, 0, len(collectives)+len(people))
	for i := range collectives {
		out = append(out, collective(&collectives[i]))
	}
	for i := range people {
		out = append(out, person(&people[i]))
	}
	return out
}

// blank is the cell that a form does not ask for.
var blank form.Value

// newNomination is a line of which no cell has been read.
func newNomination(kind plan.NomineeKind, record any) Nomination {
	none := &blank
	return Nomination{
		Kind: kind, Record: record,
		Name: none, Award: none, Summary: none, Note: none, Size: none, Party: none,
		Title: none, Born: none, Sex: none, Position: none, Department: none, Role: none,
		Grade: none, IndexScore: none, IndexBand: none, Initiative: none, Discipline: none, Achieved: none,
	}
}

// Of returns the nominations of one kind.
func (s *Slate) Of(kind plan.NomineeKind) []Nomination {
	from := slices.IndexFunc(s.Nominations, func(n Nomination) bool { return n.Kind == kind })
	if from < 0 {
		return nil
	}
	to := from
	for to < len(s.Nominations) && s.Nominations[to].Kind == kind {
		to++
	}
	return s.Nominations[from:to]
}

// Has reports whether the dossier holds something of one of the parts of Plan III.3, named by its
// key in the plan.
func (s *Slate) Has(part string) bool {
	switch part {
	case plan.PartProposal:
		return s.Proposal.Number.Given() || s.Proposal.Date.Given()
	case plan.PartReport:
		return len(s.Reports) > 0
	case plan.PartMinutes:
		return s.Minutes.Date.Given() || len(s.Votes) > 0
	case plan.PartList:
		return len(s.Nominations) > 0
	}
	return false
}

func (d *Dossier) heading() Slate {
	return Slate{Proposal: d.Proposal, Targets: d.Targets, Reports: d.Reports, Minutes: d.Minutes, Votes: d.Votes}
}

func (d *Dossier) nominations() []Nomination {
	return listed(d.Collectives, (*NominatedCollective).nomination, d.Individuals, (*NominatedPerson).nomination)
}

func (c *NominatedCollective) nomination() Nomination {
	n := newNomination(plan.Collective, c)
	n.Name, n.Size, n.Award, n.Summary, n.Note = &c.Name, &c.Size, &c.Award, &c.Summary, &c.Note
	n.Grade, n.Party, n.Discipline = &c.Grade, &c.Party, &c.Discipline
	n.IndexScore, n.IndexBand = &c.IndexScore, &c.IndexBand
	n.Bodies = []*form.Value{&c.Union, &c.Youth, &c.Women, &c.Farmers, &c.Veterans, &c.Front}
	return n
}

func (p *NominatedPerson) nomination() Nomination {
	n := newNomination(plan.Individual, p)
	n.Title, n.Name, n.Born, n.Sex = &p.Title, &p.Name, &p.Born, &p.Sex
	n.Position, n.Department, n.Role = &p.Position, &p.Department, &p.Role
	n.Grade, n.IndexBand, n.Initiative, n.Discipline = &p.Grade, &p.IndexBand, &p.Initiative, &p.Discipline
	n.Award, n.Summary, n.Note = &p.Award, &p.Summary, &p.Note
	return n
}

func (d *StageDossier) heading() Slate {
	return Slate{Proposal: d.Proposal, Stage: d.Stage, Reports: d.Reports, Minutes: d.Minutes, Votes: d.Votes}
}

func (d *StageDossier) nominations() []Nomination {
	return listed(d.Collectives, (*StageCollective).nomination, d.Individuals, (*StagePerson).nomination)
}

func (c *StageCollective) nomination() Nomination {
	n := newNomination(plan.Collective, c)
	n.Name, n.Size, n.Award, n.Summary, n.Note = &c.Name, &c.Size, &c.Award, &c.Summary, &c.Note
	n.Years, n.Party, n.Discipline = c.Years[:], &c.Party, &c.Discipline
	n.Bodies = []*form.Value{&c.Union, &c.Youth, &c.Women, &c.Farmers, &c.Veterans, &c.Front}
	return n
}

func (p *StagePerson) nomination() Nomination {
	n := newNomination(plan.Individual, p)
	n.Title, n.Name, n.Born, n.Sex = &p.Title, &p.Name, &p.Born, &p.Sex
	n.Position, n.Department, n.Role = &p.Position, &p.Department, &p.Role
	n.Years, n.Discipline = p.Years[:], &p.Discipline
	n.Award, n.Summary, n.Note = &p.Award, &p.Summary, &p.Note
	return n
}

func (d *AdHocProposal) heading() Slate {
	return Slate{Proposal: d.Proposal}
}

func (d *AdHocProposal) nominations() []Nomination {
	return listed(d.Collectives, (*AdHocCollective).nomination, d.Individuals, (*AdHocPerson).nomination)
}

func (c *AdHocCollective) nomination() Nomination {
	n := newNomination(plan.Collective, c)
	n.Name, n.Size, n.Award, n.Summary, n.Note = &c.Name, &c.Size, &c.Award, &c.Achievement, &c.Note
	n.Grade, n.Discipline, n.Achieved = &c.Grade, &c.Discipline, &c.Date
	return n
}

func (p *AdHocPerson) nomination() Nomination {
	n := newNomination(plan.Individual, p)
	n.Title, n.Name, n.Born, n.Sex = &p.Title, &p.Name, &p.Born, &p.Sex
	n.Position, n.Department, n.Role = &p.Position, &p.Department, &p.Role
	n.Grade, n.Discipline, n.Achieved = &p.Grade, &p.Discipline, &p.Date
	n.Award, n.Summary, n.Note = &p.Award, &p.Achievement, &p.Note
	return n
}
