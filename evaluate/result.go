// Package evaluate turns what units and the office sent into verdicts, an order, quota boards and,
// after the council's vote, awards.
//
// A plan, a dataset and a period go in; a Result comes out. The package is pure: it reads no file,
// no mail, no database and no clock, it keeps no state, and the same inputs give the same bytes. It
// never removes a nominee, never cuts a list at a quota and never lets a unit's own claim satisfy a
// criterion that wants the official record: it shows an order with reasons, and the council
// decides.
package evaluate

import (
	"time"

	"thidua/evaluate/check"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// The words of a judgement belong to the checks; they are repeated here so that readers of a Result
// need one package.
type (
	Outcome = check.Outcome
	Fact    = check.Fact
	Basis   = check.Basis
)

// The outcomes of a criterion and of a verdict.
const (
	Met           = check.Met
	NotMet        = check.NotMet
	Pending       = check.Pending
	Council       = check.Council
	NotApplicable = check.NotApplicable
)

// The kinds of a nominee.
const (
	Collective = "collective" // tập thể
	Individual = "individual" // cá nhân
)

// Result is everything one evaluation says. Every list is sorted and ends its sort key in an ID.
type Result struct {
	Period      string      `json:"period"`
	AsOf        time.Time   `json:"asOf"` // of the dataset, UTC
	PlanHash    string      `json:"planHash"`
	DatasetHash string      `json:"datasetHash"`
	Verdicts    []Verdict   `json:"verdicts"` // by nominee ID
	Boards      []Board     `json:"boards"`   // groups in the plan's order, collectives before individuals
	Awards      []Award     `json:"awards"`   // above the threshold, in the order of the boards
	NotChosen   []Award     `json:"notChosen"`
	Council     *Session    `json:"council,omitempty"` // nil until the council's tally was accepted
	Stage       []StageLine `json:"stage,omitempty"`   // of a stage: its nominees with their years, by ID
	// collectives, then individuals, marked for an award of the province
	Province []ProvinceList `json:"province"`
	// of the standing office, in force for the period, in the order they were entered
	Overrides      []Ruling          `json:"overrides"`
	Missing        []Missing         `json:"missing"` // by unit, in the plan's order
	Contradictions []Contradiction   `json:"contradictions"`
	Findings       []finding.Finding `json:"findings"` // for the office: official records that name nobody or too many
}

// Nominee is a collective or a person proposed by a unit's dossier.
type Nominee struct {
	ID         string `json:"id"`   // unit code, t or c, six hex digits: the same in every evaluation
	Kind       string `json:"kind"` // Collective or Individual
	Name       string `json:"name"`
	Unit       string `json:"unit"` // code
	UnitName   string `json:"unitName"`
	Group      string `json:"group"` // the unit group's ID in the plan
	Role       string `json:"role"`  // the role's ID in the plan; "" for collectives and for a role not in the plan
	RoleName   string `json:"roleName,omitempty"`
	Title      string `json:"title,omitempty"` // Ông, Bà
	Position   string `json:"position,omitempty"`
	Department string `json:"department,omitempty"`
	Sex        string `json:"sex,omitempty"` // Nam, Nữ
	Size       int    `json:"size,omitempty"`
	Award      string `json:"award,omitempty"` // the award the unit asks for
	Summary    string `json:"summary,omitempty"`
	UnitVote   string `json:"unitVote,omitempty"` // votes for and members of the unit's own council, "8/9"
	Born       string `json:"-"`                  // ISO date or year; never leaves in JSON
	Receipt    string `json:"receipt"`            // the dossier
	File       string `json:"file"`
	Sheet      string `json:"sheet,omitempty"`
	Cell       string `json:"cell,omitempty"` // where the name stands
}

// Judgement is what one criterion says about one nominee. Threshold, Reason and WouldChange are
// finished Vietnamese.
type Judgement struct {
	Criterion   string  `json:"criterion"`
	Clause      string  `json:"clause"`
	Title       string  `json:"title"`
	Outcome     Outcome `json:"outcome"`
	Facts       []Fact  `json:"facts"`
	Threshold   string  `json:"threshold,omitempty"`
	Reason      string  `json:"reason"`
	WouldChange string  `json:"wouldChange,omitempty"` // "" when Met or NotApplicable
	// the Council has to settle more than what is always its own to judge
	Weighs bool `json:"-"`
	// numbers of the office's rulings without which it would say otherwise
	Overrides []string `json:"overrides,omitempty"`
}

// Flag is something to look at that decides nothing.
type Flag struct {
	Code    finding.Code `json:"code,omitempty"` // the finding it corresponds to, where there is one
	Kind    string       `json:"kind"`           // last part of its key in the catalogue, evaluate.flag.…
	Text    string       `json:"text"`
	Related []string     `json:"related,omitempty"` // other nominees' IDs
}

// Verdict is what all criteria together say about one nominee: NotMet if any is NotMet, else
// Pending if any is Pending, else Council if any is Council, else Met.
type Verdict struct {
	Nominee    Nominee     `json:"nominee"`
	Outcome    Outcome     `json:"outcome"`
	Judgements []Judgement `json:"judgements"` // in the plan's order
	Facts      []Fact      `json:"facts"`      // every fact known, also those no criterion used
	Flags      []Flag      `json:"flags"`
}

// Band says where a place lies with respect to the quota.
type Band string

// The bands. Boundary is a tie that crosses the line: all of it, since nothing in the order tells
// its members apart.
const (
	Within   Band = "within"   // trong chỉ tiêu
	Boundary Band = "boundary" // ngang nhau tại vị trí cuối
	Reserve  Band = "reserve"  // dự bị
	NoBand   Band = "none"     // không xếp: a criterion is not met
)

// Place is a nominee's place on a board.
type Place struct {
	Nominee Nominee  `json:"nominee"`
	Outcome Outcome  `json:"outcome"`
	Rank    int      `json:"rank"` // from 1, equal in a tie; 0 with NoBand
	Tied    bool     `json:"tied"`
	Band    Band     `json:"band"`
	Reasons []string `json:"reasons"` // Vietnamese: the verdict, then one for each key of the order
	// Vietnamese: what each of the board's keys shows of this nominee, without its title
	Values []string `json:"-"`
}

// Board is the order of one kind of nominee in one group of units against the plan's quota (Plan
// III.1.2). It lists every nominee.
type Board struct {
	Period     string          `json:"period"`
	Group      string          `json:"group"`
	GroupTitle string          `json:"groupTitle"`
	Kind       string          `json:"kind"`
	Quota      int             `json:"quota"`
	Limited    bool            `json:"limited"`  // false when the plan sets no number (khen thưởng đột xuất)
	Proposed   int             `json:"proposed"` // all nominees
	Eligible   int             `json:"eligible"` // Met or Council
	Places     []Place         `json:"places"`
	Keys       []plan.OrderKey `json:"-"`                  // what the order goes by
	LastIn     string          `json:"lastIn,omitempty"`   // nominee ID of the last place within, where the line runs
	FirstOut   string          `json:"firstOut,omitempty"` // nominee ID of the first place behind the line
	Margin     string          `json:"margin,omitempty"`   // Vietnamese: what separates the two, or that nothing does
	Unused     int             `json:"unused"`             // places of the quota for which there is no nominee
	Shares     Shares          `json:"shares"`             // of all proposed
}

// Shares counts people by what state statistics ask for.
type Shares struct {
	Leaders int `json:"leaders"`
	Direct  int `json:"direct"` // trực tiếp thực hiện nhiệm vụ CCHC
	Others  int `json:"others"`
	Men     int `json:"men"`
	Women   int `json:"women"`
	Unknown int `json:"unknown"` // sex not given
}

// Award is one nominee's result in the council's vote.
type Award struct {
	Nominee Nominee `json:"nominee"`
	Outcome Outcome `json:"outcome"` // the verdict at the time of evaluation
	Votes   int     `json:"votes"`
	Against int     `json:"against"`
	Other   int     `json:"other"`
	Recused int     `json:"recused"` // members who took no part in the vote on this nominee
	// a secret ballot from which somebody was recused: its counts stay out of papers that reach the
	// recused
	Sealed   bool   `json:"sealed"`
	Base     int    `json:"base"`
	BaseName string `json:"baseName"` // Vietnamese: what the percentage is taken of
	Percent  string `json:"percent"`  // "90,91%", rounded to hundredths; for reading only
	// above the threshold, and not refused by a conclusion of the council
	Chosen        bool           `json:"chosen"`
	Concluded     bool           `json:"concluded,omitempty"` // the council's own conclusion settled it
	NeedsDecision bool           `json:"needsDecision"`
	Ground        finding.Ground `json:"ground,omitempty"` // of those not chosen, where it is one of the four grounds
	Reason        string         `json:"reason"`
	Rank          int            `json:"rank"` // by votes on its board, equal in a tie
	File          string         `json:"file"`
	Sheet         string         `json:"sheet,omitempty"`
	Cell          string         `json:"cell,omitempty"` // where the votes stand
}

// Session is the council's meeting as its secretary reported it, with what is left for the
// secretary to settle.
type Session struct {
	Receipt        string `json:"receipt"`
	File           string `json:"file"`
	Date           string `json:"date"` // ISO
	Place          string `json:"place,omitempty"`
	Presiding      string `json:"presiding"`
	PresidingTitle string `json:"presidingTitle,omitempty"`
	Secretary      string `json:"secretary"`
	Members        int    `json:"members"`
	Present        int    `json:"present"`
	Written        int    `json:"written"`
	Secret         bool   `json:"secret"`
	// by the plan; else Written is printed and counts for nothing
	WrittenCounts bool              `json:"writtenCounts"`
	Ballots       []BallotCount     `json:"ballots"` // collectives, then individuals
	QuorumNeeded  int               `json:"quorumNeeded"`
	Quorum        bool              `json:"quorum"`
	Threshold     string            `json:"threshold"` // Vietnamese
	Findings      []finding.Finding `json:"findings"`
}

// BallotCount is what became of one kind of ballot papers.
type BallotCount struct {
	Kind     string `json:"kind"` // Collective or Individual
	Issued   int    `json:"issued"`
	Returned int    `json:"returned"`
	Valid    int    `json:"valid"`
	Invalid  int    `json:"invalid"`
}

// Missing is a unit without an accepted dossier.
type Missing struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
	Group    string `json:"group"`
	State    string `json:"state"` // tofix, registered, none
	Receipt  string `json:"receipt,omitempty"`
	Reason   string `json:"reason"`
}

// Contradiction is a claim of a unit that the official record does not bear out.
type Contradiction struct {
	Nominee  string          `json:"nominee"` // ID
	Unit     string          `json:"unit"`
	Declared Fact            `json:"declared"`
	Official Fact            `json:"official"`
	Finding  finding.Finding `json:"finding"`
}
