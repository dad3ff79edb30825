package evaluate_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// A second reading of part III of the plan, written from its text and 0003-evaluation.md alone, as
// a clerk would go through the year with a pencil. Small drawn years must come out the same by it
// and by evaluate.Run: outcome by outcome, place by place, award by award.

// pupil is a nominee as the clerk's sheet has it.
type pupil struct {
	name                  string
	person, commune       bool
	role                  string
	claimed, rated        string // grade, by the unit and by the office
	party, union          string
	initiative, confirmed bool
	u                     *paperUnit
	named                 bool // in the register
	votes                 int
}

// paperUnit is a unit as the clerk's sheet has it.
type paperUnit struct {
	code      string
	commune   bool
	arrived   int // registration: -1 never, 0 before 10/3, 1 on the day, 2 later
	plan      bool
	met       int    // of two targets
	band      string // "" not published
	score     int
	breaches  int
	everybody []*pupil
}

type paperYear struct {
	units    []*paperUnit
	reviewed bool
	present  int // of eleven members
}

const clerksPeople = 3

func anyYear(rt *rapid.T, p *plan.Plan) paperYear {
	var y paperYear
	grade := rapid.SampledFrom([]string{best, best, best, second, ""})
	y.reviewed, y.present = rapid.IntRange(0, 3).Draw(rt, "reviewed") > 0, rapid.IntRange(6, 11).Draw(rt, "present")
	for i := range rapid.IntRange(1, 12).Draw(rt, "units") {
		code := p.Units[i].Code
		if i%3 == 2 {
			code = p.Units[32+i].Code
		}
		known, _ := p.UnitByCode(code)
		u := &paperUnit{
			code: code, commune: known.Group == plan.Communes, arrived: rapid.IntRange(-1, 2).Draw(rt, "arrived"),
			plan:  rapid.IntRange(0, 3).Draw(rt, "plan") > 0,
			met:   rapid.IntRange(1, 2).Draw(rt, "met"),
			band:  rapid.SampledFrom([]string{"Xuất sắc", "Tốt", "Tốt", "Khá", ""}).Draw(rt, "band"),
			score: rapid.IntRange(80, 83).Draw(rt, "score"),
		}
		u.everybody = append(u.everybody, &pupil{
			name: known.Name, u: u, commune: u.commune, claimed: grade.Draw(rt, "grade"),
			rated: rapid.SampledFrom([]string{"", "", best, second}).Draw(rt, "rated"),
			party: rapid.SampledFrom([]string{best, best, second, third, ""}).Draw(rt, "party"),
			union: rapid.SampledFrom([]string{"Vững mạnh", "Khá", "Khá", "Trung bình", ""}).Draw(rt, "union"),
		})
		for k := range rapid.IntRange(0, clerksPeople).Draw(rt, "people") {
			x := &pupil{
				name: fmt.Sprintf("%s Thị Mẫu %s", []string{"Trần", "Lê", "Phạm", "Vũ", "Hồ", "Đỗ", "Ngô", "Bùi", "Lý",
					"Mai", "Chu", "Tạ"}[i], []string{"Bình", "Hoa", "Yến"}[k]), person: true, u: u,
				commune: u.commune, claimed: grade.Draw(rt, "grade"),
				rated:      rapid.SampledFrom([]string{"", "", best, second}).Draw(rt, "rated"),
				initiative: rapid.Bool().Draw(rt, "initiative"),
				confirmed:  rapid.IntRange(0, 3).Draw(rt, "confirmed") == 0,
				named:      rapid.IntRange(0, 7).Draw(rt, "named") == 0,
			}
			x.role = rapid.SampledFrom([]string{direct, "Khác",
				map[bool]string{true: leader, false: head}[u.commune]}).Draw(rt, "role")
			if x.named {
				u.breaches++
			}
			u.everybody = append(u.everybody, x)
		}
		for _, x := range u.everybody {
			x.votes = rapid.IntRange(4, y.present).Draw(rt, "votes")
		}
		y.units = append(y.units, u)
	}
	return y
}

// by is the clerk's mark in each column of III.2: "+" met, "-" not, "?" no record yet, "H" for the
// council, "" does not apply.
func (x *pupil) by(y paperYear) []string {
	yes := func(ok bool, otherwise string) string {
		if ok {
			return "+"
		}
		return otherwise
	}
	grade := x.claimed
	if x.rated != "" { // the office's word goes before the unit's
		grade = x.rated
	}
	first := yes(grade == best, "-")
	if grade == "" {
		first = "?"
	}
	index := ""
	if x.commune && (!x.person || x.role == leader) {
		index = yes(x.u.band == "Tốt" || x.u.band == "Xuất sắc", "-")
		if x.u.band == "" {
			index = "?"
		}
	}
	clean := func(count int) string {
		switch {
		case count > 0:
			return "-"
		case y.reviewed:
			return "+"
		}
		return "?"
	}
	if x.person {
		heads, makers := "", ""
		if x.role == head {
			heads = "H"
		}
		if x.role == direct {
			makers = "-"
			if x.initiative {
				makers = "H"
			}
		}
		breaches := 0
		if x.named {
			breaches = 1
		}
		return []string{first, "H", heads, makers, index, clean(breaches)}
	}
	took := yes(x.u.arrived == 0 && x.u.plan && x.u.met == 2, "H")
	party := map[string]string{best: "+", second: "H", third: "-", "": ""}[x.party]
	union := map[string]string{"Vững mạnh": "+", "Khá": "+", "Trung bình": "-", "": ""}[x.union]
	return []string{first, took, "H", gravest([]string{party, union}), index, clean(x.u.breaches)}
}

func gravest(marks []string) string {
	for _, m := range []string{"-", "?", "H", "+"} {
		if slices.Contains(marks, m) {
			return m
		}
	}
	return ""
}

// before says whether a stands before b in the order of the plan: those who may be decided, then
// those who wait; those doing the work first (III.2.2); the rest as 0003 and criteria.yaml assume.
func before(y paperYear, a, b *pupil) bool {
	key := func(x *pupil) []int {
		waits := 0
		if gravest(x.by(y)) == "?" {
			waits = 1
		}
		not := func(ok bool) int {
			if ok {
				return 0
			}
			return 1
		}
		index := 0
		if x.commune && x.u.band != "" {
			index = -x.u.score
		}
		if x.person {
			return []int{waits, not(x.role == direct), index, -x.u.met, not(x.confirmed), not(x.initiative)}
		}
		return []int{waits, index, -x.u.met, not(x.confirmed)}
	}
	return slices.Compare(key(a), key(b)) < 0
}

func TestPlainReadingOfThePlanAgrees(t *testing.T) {
	marks := map[evaluate.Outcome]string{evaluate.Met: "+", evaluate.NotMet: "-", evaluate.Pending: "?",
		evaluate.Council: "H", evaluate.NotApplicable: ""}
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		y := anyYear(rt, w.plan)
		w.play(y)
		ids := map[string]string{}
		for _, x := range w.run().Verdicts {
			ids[x.Nominee.Unit+x.Nominee.Name] = x.Nominee.ID
		}
		w.ballot(y, ids)
		r := w.run()
		for _, b := range []struct {
			person, commune bool
			places          int // III.1.2
		}{{false, false, 4}, {false, true, 6}, {true, false, 7}, {true, true, 8}} {
			var all []*pupil
			for _, u := range y.units {
				for _, x := range u.everybody {
					if x.person == b.person && x.commune == b.commune {
						all = append(all, x)
					}
				}
			}
			for _, x := range all {
				want := x.by(y)
				got := byID(r, ids[x.u.code+x.name])
				for i, j := range got.Judgements {
					if marks[j.Outcome] != want[i] {
						rt.Fatalf("%s, %s: %s, the clerk says %q: %s", x.name, j.Criterion, j.Outcome, want[i],
							j.Reason)
					}
				}
				if marks[got.Outcome] != gravest(want) {
					rt.Fatalf("%s: %s, the clerk says %q", x.name, got.Outcome, gravest(want))
				}
				rank, tied, band := standing(y, x, all, b.places)
				if p := placeOf(r, got.Nominee.ID); p.Rank != rank || p.Tied != tied || string(p.Band) != band {
					rt.Fatalf("%s stands %d %v %s, the clerk says %d %v %s", x.name, p.Rank, p.Tied, p.Band, rank, tied,
						band)
				}
			}
			for _, x := range all {
				want := awardOf(y, x, all, b.places)
				got := "no"
				for _, a := range r.Awards {
					if a.Nominee.ID == ids[x.u.code+x.name] {
						got = map[bool]string{false: "yes", true: "open"}[a.NeedsDecision]
					}
				}
				if got != want {
					rt.Fatalf("%s with %d votes of 11, %d present: award %s, the clerk says %s", x.name, x.votes,
						y.present, got, want)
				}
			}
		}
	})
}

// standing is the rank, whether it is shared, and where it lies to the line.
func standing(y paperYear, x *pupil, all []*pupil, places int) (rank int, tied bool, band string) {
	if gravest(x.by(y)) == "-" {
		return 0, false, "none"
	}
	ahead, alike := 0, 0
	for _, o := range all {
		switch {
		case gravest(o.by(y)) == "-":
		case before(y, o, x):
			ahead++
		case !before(y, x, o):
			alike++
		}
	}
	switch {
	case ahead+alike <= places:
		band = "within"
	case ahead >= places:
		band = "reserve"
	default:
		band = "boundary"
	}
	return ahead + 1, alike > 1, band
}

// awardOf is "yes", "no", or "open" when people must decide: more than half of all eleven members,
// two thirds of them taking part.
func awardOf(y paperYear, x *pupil, all []*pupil, places int) string {
	passed := func(o *pupil) bool { return gravest(o.by(y)) != "-" && o.votes >= 6 }
	if !passed(x) {
		return "no"
	}
	more, same := 0, 0
	for _, o := range all {
		if passed(o) && o.votes > x.votes {
			more++
		} else if passed(o) && o.votes == x.votes {
			same++
		}
	}
	if y.present < 8 || gravest(x.by(y)) == "?" || more+same > places {
		return "open"
	}
	return "yes"
}

func byID(r evaluate.Result, id string) evaluate.Verdict {
	i := slices.IndexFunc(r.Verdicts, func(x evaluate.Verdict) bool { return x.Nominee.ID == id })
	return r.Verdicts[i]
}

func placeOf(r evaluate.Result, id string) evaluate.Place {
	for _, b := range r.Boards {
		for _, p := range b.Places {
			if p.Nominee.ID == id {
				return p
			}
		}
	}
	return evaluate.Place{}
}

// play turns the clerk's sheet into what was mailed.
func (w *world) play(y paperYear) {
	var r templates.Records
	if y.reviewed {
		r.Head.DisciplineUpTo = v("2018-12-31")
	}
	for _, u := range y.units {
		name := w.unit(u.code).Name
		if u.arrived >= 0 {
			w.register(u.code, time.Date(2018, 3, 9+u.arrived, 5, 0, 0, 0, time.UTC))
			if !u.plan {
				w.subs[len(w.subs)-1].Value.(*templates.Registration).Unit.PlanIssue = v("")
			}
		}
		d := w.dossier(u.code, func(d *templates.Dossier) {
			if u.met < 2 {
				d.Targets[1].Met = v("Không")
			}
			c := &d.Collectives[0]
			c.Grade, c.Party, c.Union = v(u.everybody[0].claimed), v(u.everybody[0].party), v(u.everybody[0].union)
			for _, x := range u.everybody[1:] {
				p := worker(x.name, "1980")
				p.Role, p.Grade, p.Initiative = v(x.role), v(x.claimed), v("")
				if x.initiative {
					p.Initiative = v("Nhắc hẹn bằng tin nhắn")
				}
				d.Individuals = append(d.Individuals, p)
				report := templates.AchievementReport{Kind: v("Cá nhân"), Name: v(x.name), Results: v("640 hồ sơ")}
				if x.confirmed {
					report.InitiativeDecision = v("120/QĐ-UBND ngày 12/11/2018")
				}
				d.Reports = append(d.Reports, report)
			}
		})
		w.send("2018", "ho-so", u.code, december, submission.Accepted, d)
		if u.commune && u.band != "" {
			r.Index = append(r.Index, templates.IndexResult{Unit: v(name), Appraised: v(fmt.Sprint(u.score)),
				Band: v(u.band)})
		}
		for _, x := range u.everybody {
			switch {
			case !x.person:
				r.UnitRatings = append(r.UnitRatings, templates.UnitRating{Unit: v(name), Grade: v(x.rated)})
			case x.rated != "":
				r.Ratings = append(r.Ratings, templates.PersonRating{Unit: v(name), Name: v(x.name), Grade: v(x.rated)})
			}
			if x.named {
				r.Discipline = append(r.Discipline, templates.DisciplineEntry{Unit: v(name), Name: v(x.name),
					Date: v("2018-05-05"), Content: v("Bị phản ánh")})
			}
		}
	}
	w.records(january.Add(-time.Hour), func(to *templates.Records) { *to = r })
}

// ballot turns the clerk's votes into the tally.
func (w *world) ballot(y paperYear, ids map[string]string) {
	votes := &templates.Votes{Session: templates.CouncilSession{Members: v("11"), Present: v(fmt.Sprint(y.present)),
		Written: v("0")}}
	for _, u := range y.units {
		for _, x := range u.everybody {
			row := templates.VoteRow{Code: v(ids[u.code+x.name]), Name: v(x.name), Agree: v(fmt.Sprint(x.votes)),
				Disagree: v(fmt.Sprint(y.present - x.votes))}
			if x.person {
				votes.Individuals = append(votes.Individuals, row)
			} else {
				votes.Collectives = append(votes.Collectives, row)
			}
		}
	}
	w.send("2018", "kiem-phieu", "PB01", january, submission.Accepted, votes)
}
