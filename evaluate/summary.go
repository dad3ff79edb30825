package evaluate

import (
	"cmp"
	"slices"
	"time"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Summary holds the figures of the office's reports on a period.
type Summary struct {
	Period       string             `json:"period"`
	Matrix       []MatrixRow        `json:"matrix"`       // units in the plan's order
	Registration []RegistrationLine `json:"registration"` // table 1: one line a group, then the total
	Index        []IndexLine        `json:"index"`        // table 2: by rank, then points, then the plan's order
	Dossiers     []DossierLine      `json:"dossiers"`     // table 3: one line a group, then the total
	Awards       []AwardLine        `json:"awards"`       // table 4: one line a group and kind, then one a kind
	// awards at commune level: a line a commune that reported, then the total
	Communes []CommuneAwardLine `json:"communes"`
	Outreach []OutreachLine     `json:"outreach"` // propaganda: a line a unit that reported, then the total
}

// The states of what a unit had to send.
const (
	StateNone     = "none"     // chưa nộp
	StateToFix    = "tofix"    // chờ bổ sung
	StateAccepted = "accepted" // hợp lệ
)

// Paper is how one form of one unit stands.
type Paper struct {
	State       string      `json:"state"`
	Timing      plan.Timing `json:"timing,omitempty"` // of what came first; "" without one, or when blank
	LateDays    int         `json:"lateDays,omitempty"`
	Override    string      `json:"override,omitempty"` // Vietnamese: the ruling without which Timing would be another
	Receipt     string      `json:"receipt,omitempty"`
	Received    time.Time   `json:"received,omitzero"` // of the version that rules, UTC
	First       time.Time   `json:"first,omitzero"`    // when what it says began to come; zero of a blank form
	Added       []string    `json:"added,omitempty"`   // Vietnamese: what was added or exchanged too late, and when
	Gone        []string    `json:"gone,omitempty"`    // Vietnamese: what counted before and is not in it any more
	Collectives int         `json:"collectives"`
	Individuals int         `json:"individuals"`
	ToFix       int         `json:"tofixCount"` // findings that must be put right
}

// MatrixRow is one unit against the two papers it sends.
type MatrixRow struct {
	Unit         string `json:"unit"`
	UnitName     string `json:"unitName"`
	Group        string `json:"group"`
	Registration Paper  `json:"registration"`
	Dossier      Paper  `json:"dossier"`
}

// RegistrationLine counts a group's registrations. Group is "" in the total.
type RegistrationLine struct {
	Group       string `json:"group"`
	Title       string `json:"title"`
	Units       int    `json:"units"`
	Registered  int    `json:"registered"`
	OnTime      int    `json:"onTime"`
	OnTheDay    int    `json:"onTheDay"`
	Late        int    `json:"late"`
	ToFix       int    `json:"tofix"`
	None        int    `json:"none"`
	Collectives int    `json:"collectives"`
	Individuals int    `json:"individuals"`
}

// IndexLine is one commune in the official index. Texts are canonical numbers, "" where nothing was
// published.
type IndexLine struct {
	Unit          string `json:"unit"`
	UnitName      string `json:"unitName"`
	Rank          string `json:"rank"`
	Self          string `json:"self"`
	Appraised     string `json:"appraised"`
	Difference    string `json:"difference"` // appraised less self-assessed
	Band          string `json:"band"`
	PreviousScore string `json:"previousScore"` // of the year before, where its records are in the ledger
	PreviousBand  string `json:"previousBand"`
}

// DossierLine counts a group's dossiers and, by the four grounds, what must still be put right in
// those that wait.
type DossierLine struct {
	Group      string                 `json:"group"`
	Title      string                 `json:"title"`
	Units      int                    `json:"units"`
	Received   int                    `json:"received"`
	Accepted   int                    `json:"accepted"`
	ToFix      int                    `json:"tofix"`
	OnTime     int                    `json:"onTime"`
	OnTheDay   int                    `json:"onTheDay"`
	Late       int                    `json:"late"`
	Collective int                    `json:"collectives"` // proposed in accepted dossiers
	Individual int                    `json:"individuals"`
	Grounds    map[finding.Ground]int `json:"grounds"`
}

// AwardLine counts a board: places, proposals, awards. Waiting are those who passed the vote but
// need the council's decision.
type AwardLine struct {
	Group          string `json:"group"`
	Title          string `json:"title"`
	Kind           string `json:"kind"`
	Quota          int    `json:"quota"`
	Limited        bool   `json:"limited"`
	Proposed       int    `json:"proposed"`
	Eligible       int    `json:"eligible"`
	Awarded        int    `json:"awarded"`
	Waiting        int    `json:"waiting"`
	ProposedShares Shares `json:"proposedShares"`
	AwardedShares  Shares `json:"awardedShares"`
}

// Summarise counts a period for the office's reports. The result must be that of the same plan,
// dataset and period; a period the plan does not have gives an empty Summary.
func Summarise(p *plan.Plan, d submission.Dataset, period string, result Result) Summary {
	out := Summary{Period: period}
	per, ok := p.Period(period)
	if !ok {
		return out
	}
	d = sortSubmissions(d)
	s := newSetting(p, d, per)
	in := take(d, period)
	in.inherit(p, per.To)
	for _, u := range s.members(in) {
		out.Matrix = append(out.Matrix, MatrixRow{
			Unit: u.Code, UnitName: u.Name, Group: string(u.Group),
			Registration: s.paper(in.registration[u.Code], per.Registration),
			Dossier:      s.paper(in.dossier[u.Code], per.Dossier),
		})
	}
	for _, g := range append(slices.Clone(p.Groups), plan.Group{}) {
		out.Registration = append(out.Registration, registrationLine(g, out.Matrix))
		out.Dossiers = append(out.Dossiers, dossierLine(g, out.Matrix, in))
	}
	out.Index = s.indexTable(d, in)
	out.Awards = AwardLines(result)
	out.Communes, out.Outreach = s.communeAwards(d), s.outreach(d)
	return out
}

// paper says how what a unit sent stands against its deadline.
func (s setting) paper(r *received, deadline *plan.Deadline) Paper {
	if r == nil {
		return Paper{State: StateNone}
	}
	c := r.Current
	p := Paper{State: StateToFix, Receipt: c.ID, Received: c.Received.UTC()}
	if c.State == submission.Accepted {
		p.State = StateAccepted
	}
	for _, l := range r.Late(s.data, deadline) {
		p.Added = append(p.Added, l.Text())
	}
	for _, l := range r.Gone {
		p.Gone = append(p.Gone, l.Text())
	}
	if p.First = r.First.UTC(); deadline != nil && r.Begun() {
		var by *submission.Override
		if p.Timing, p.LateDays, by = s.data.Timing(*deadline, c.Period, c.Form, c.Unit, r.First); by != nil {
			p.Override = RulingText(*by)
		}
	}
	for _, f := range c.Findings {
		if f.Level == finding.Must {
			p.ToFix++
		}
	}
	if r, ok := c.Value.(*templates.Registration); ok {
		p.Collectives, p.Individuals = len(r.Collectives), len(r.Individuals)
	} else if d, ok := templates.SlateOf(c.Value); ok {
		p.Collectives, p.Individuals = len(d.Of(plan.Collective)), len(d.Of(plan.Individual))
	}
	return p
}

// inGroup reports whether a row belongs to a group's line; the total's group is zero.
func inGroup(g plan.Group, row MatrixRow) bool { return g.ID == "" || string(g.ID) == row.Group }

func registrationLine(g plan.Group, matrix []MatrixRow) RegistrationLine {
	l := RegistrationLine{Group: string(g.ID), Title: g.Title}
	for _, row := range matrix {
		if !inGroup(g, row) {
			continue
		}
		l.Units++
		r := row.Registration
		switch r.State {
		case StateNone:
			l.None++
		case StateToFix:
			l.ToFix++
		default:
			l.Registered++
			l.Collectives += r.Collectives
			l.Individuals += r.Individuals
			countTiming(r.Timing, &l.OnTime, &l.OnTheDay, &l.Late)
		}
	}
	return l
}

func countTiming(t plan.Timing, onTime, onTheDay, late *int) {
	switch t {
	case plan.OnTime:
		*onTime++
	case plan.OnTheDay:
		*onTheDay++
	case plan.Late:
		*late++
	}
}

func dossierLine(g plan.Group, matrix []MatrixRow, in intake) DossierLine {
	l := DossierLine{Group: string(g.ID), Title: g.Title, Grounds: map[finding.Ground]int{}}
	for _, row := range matrix {
		if !inGroup(g, row) {
			continue
		}
		l.Units++
		r := row.Dossier
		if r.State == StateNone {
			continue
		}
		l.Received++
		countTiming(r.Timing, &l.OnTime, &l.OnTheDay, &l.Late)
		if r.State == StateAccepted {
			l.Accepted++
			l.Collective += r.Collectives
			l.Individual += r.Individuals
			continue
		}
		l.ToFix++
		for _, f := range in.dossier[row.Unit].Current.Findings {
			if f.Level == finding.Must && f.Ground != finding.NoGround {
				l.Grounds[f.Ground]++
			}
		}
	}
	return l
}

// indexTable lists the official index of the period, and of the year before beside it.
func (s setting) indexTable(d submission.Dataset, in intake) []IndexLine {
	lines := map[string]*IndexLine{}
	for _, sub := range in.records {
		r, ok := sub.Value.(*templates.Records)
		if !ok {
			continue
		}
		for _, x := range r.Index {
			code, ok := s.unitByName(x.Unit.Text)
			if !ok {
				continue
			}
			if lines[code] == nil {
				lines[code] = &IndexLine{Unit: code, UnitName: s.unit(code).Name}
			}
			l := lines[code]
			for _, set := range []struct {
				to *string
				v  form.Value
			}{{&l.Rank, x.Rank}, {&l.Self, x.Self}, {&l.Appraised, x.Appraised}, {&l.Band, x.Band}} {
				if set.v.Given() {
					*set.to = set.v.Text
				}
			}
		}
	}
	before := s.previousIndex(d)
	out := make([]IndexLine, 0, len(lines))
	for _, code := range sortedKeys(lines) {
		l := lines[code]
		l.Difference = difference(l.Appraised, l.Self)
		l.PreviousScore, l.PreviousBand = before[code][check.FactIndexScore].Value,
			before[code][check.FactIndexBand].Value
		out = append(out, *l)
	}
	slices.SortStableFunc(out, func(a, b IndexLine) int {
		return cmp.Or(compareNumbers(a.Rank, b.Rank), compareNumbers(b.Appraised, a.Appraised),
			cmp.Compare(s.place(a.Unit), s.place(b.Unit)))
	})
	return out
}

// previousIndex is the index of the year before an annual period, by unit.
func (s setting) previousIndex(d submission.Dataset) map[string]row {
	if s.period.Kind != plan.Annual || len(s.period.Years) != 1 {
		return nil
	}
	per, ok := s.plan.AnnualPeriod(s.period.Years[0] - 1)
	if !ok {
		return nil
	}
	return gather(newSetting(s.plan, d, per), take(d, per.ID).records).index
}

// difference subtracts in hundredths, so that no rounding shows.
func difference(a, b string) string {
	x, okx := form.Value{Text: a}.Number()
	y, oky := form.Value{Text: b}.Number()
	if !okx || !oky {
		return ""
	}
	return form.OfNumber(float64(hundredths(x)-hundredths(y)) / 100).Text
}

func hundredths(x float64) int {
	if x < 0 {
		return -hundredths(-x)
	}
	return int(x*100 + 0.5)
}

// compareNumbers orders numbers in text; what is no number comes last when it stands first, as it
// should in an ascending list.
func compareNumbers(a, b string) int {
	x, okx := form.Value{Text: a}.Number()
	y, oky := form.Value{Text: b}.Number()
	switch {
	case okx && oky:
		return cmp.Compare(x, y)
	case okx:
		return -1
	case oky:
		return 1
	}
	return 0
}

// AwardLines counts the boards, then all boards of a kind together.
func AwardLines(r Result) []AwardLine {
	var out []AwardLine
	totals := []AwardLine{{Kind: Collective, Limited: true}, {Kind: Individual, Limited: true}}
	for _, b := range r.Boards {
		l := AwardLine{
			Group: b.Group, Title: b.GroupTitle, Kind: b.Kind, Quota: b.Quota, Limited: b.Limited,
			Proposed: b.Proposed, Eligible: b.Eligible, ProposedShares: b.Shares,
		}
		for _, a := range r.Awards {
			if a.Nominee.Group != b.Group || a.Nominee.Kind != b.Kind {
				continue
			}
			if a.NeedsDecision {
				l.Waiting++
				continue
			}
			l.Awarded++
			l.AwardedShares.add(a.Nominee)
		}
		out = append(out, l)
		t := &totals[slices.Index([]string{Collective, Individual}, b.Kind)]
		t.Quota += l.Quota
		t.Limited = t.Limited && l.Limited
		t.Proposed += l.Proposed
		t.Eligible += l.Eligible
		t.Awarded += l.Awarded
		t.Waiting += l.Waiting
		t.ProposedShares = t.ProposedShares.plus(l.ProposedShares)
		t.AwardedShares = t.AwardedShares.plus(l.AwardedShares)
	}
	return append(out, totals...)
}

func (s Shares) plus(o Shares) Shares {
	return Shares{
		Leaders: s.Leaders + o.Leaders, Direct: s.Direct + o.Direct, Others: s.Others + o.Others,
		Men: s.Men + o.Men, Women: s.Women + o.Women, Unknown: s.Unknown + o.Unknown,
	}
}
