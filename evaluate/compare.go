package evaluate

import (
	"slices"
	"strconv"
	"strings"
)

// Difference is what moves between two evaluations of one period: before under one plan or dataset,
// after under another.
type Difference struct {
	Cases int `json:"cases"` // nominees judged before or after
	// by nominee ID; who is not here has the same verdict, place, band and award in both
	Moved []Change `json:"moved"`
	// by nominee ID; nothing moved for them, but a criterion or a flag says something else
	Noted  []Change      `json:"noted"`
	Boards []BoardChange `json:"boards"` // boards whose number of places differs, in the order of after
}

// Change is one nominee for whom something moved. Moves that did not happen are nil.
type Change struct {
	Nominee Nominee `json:"nominee"`
	Verdict *Move   `json:"verdict,omitempty"` // outcomes
	Group   *Move   `json:"group,omitempty"`   // unit groups
	Rank    *Move   `json:"rank,omitempty"`    // "3", "3=" in a tie, "" with NoBand
	Band    *Move   `json:"band,omitempty"`    // bands
	Award   *Move   `json:"award,omitempty"`   // states of an award
	Causes  []Cause `json:"causes"`            // never empty
}

// Move is a value before and after; "" when the nominee was not there, or nothing was decided.
type Move struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// The states of an award in a Move.
const (
	AwardChosen = "chosen" // above the threshold
	AwardDecide = "decide" // it waits for the council's decision
	AwardNot    = "not"    // not chosen
)

// CauseKind says what made a nominee move, as far as the two results tell.
type CauseKind string

// The kinds of a cause.
const (
	CauseCriterion CauseKind = "criterion" // a criterion judges otherwise, is new, or is gone
	CauseReason    CauseKind = "reason"    // a criterion judges the same for another reason
	CauseFlag      CauseKind = "flag"      // something to look at came or went
	CauseQuota     CauseKind = "quota"     // the board's number of places
	CauseGroup     CauseKind = "group"     // the unit stands in another group
	CauseOrder     CauseKind = "order"     // what the order goes by
	CauseVote      CauseKind = "vote"      // the rules of the council's vote, or the vote itself
	CauseOthers    CauseKind = "others"    // others moved, and this nominee with them
	CauseRoll      CauseKind = "roll"      // the nominee is proposed in one of the two only
)

// Cause is one reason of a change. Criterion, Clause and Title are of a CauseCriterion or
// CauseReason; Before and After are its outcomes, or numbers of places, or finished Vietnamese; ""
// where there is none.
type Cause struct {
	Kind      CauseKind `json:"kind"`
	Criterion string    `json:"criterion,omitempty"`
	Clause    string    `json:"clause,omitempty"`
	Title     string    `json:"title,omitempty"`
	Why       string    `json:"why,omitempty"` // of a CauseCriterion: the reason after
	Move
}

// BoardChange is a board whose number of places differs; "" is no limit.
type BoardChange struct {
	Group      string `json:"group"`
	GroupTitle string `json:"groupTitle"`
	Kind       string `json:"kind"`
	Quota      Move   `json:"quota"`
}

// standing is everything one result says about a nominee.
type standing struct {
	verdict Verdict
	board   Board
	place   Place
	award   string
	here    bool
}

// Compare tells what moves from before to after. It is pure, and swapping its arguments swaps
// Before and After of every move.
func Compare(before, after Result) Difference {
	a, b := standings(before), standings(after)
	ids := append(sortedKeys(a), sortedKeys(b)...)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	d := Difference{Cases: len(ids), Moved: []Change{}, Noted: []Change{}, Boards: []BoardChange{}}
	for _, id := range ids {
		switch c, moved := change(a[id], b[id], vote(before), vote(after)); {
		case moved:
			d.Moved = append(d.Moved, c)
		case len(c.Causes) > 0:
			d.Noted = append(d.Noted, c)
		}
	}
	for _, y := range after.Boards {
		i := slices.IndexFunc(before.Boards, func(x Board) bool { return x.Group == y.Group && x.Kind == y.Kind })
		if i >= 0 && places(before.Boards[i]) != places(y) {
			d.Boards = append(d.Boards, BoardChange{Group: y.Group, GroupTitle: y.GroupTitle, Kind: y.Kind,
				Quota: Move{places(before.Boards[i]), places(y)}})
		}
	}
	return d
}

func standings(r Result) map[string]standing {
	out := make(map[string]standing, len(r.Verdicts))
	for _, v := range r.Verdicts {
		out[v.Nominee.ID] = standing{verdict: v, here: true}
	}
	for _, b := range r.Boards {
		for _, p := range b.Places {
			s := out[p.Nominee.ID]
			s.board, s.place = b, p
			out[p.Nominee.ID] = s
		}
	}
	for _, a := range slices.Concat(r.Awards, r.NotChosen) {
		s := out[a.Nominee.ID]
		switch {
		case a.NeedsDecision:
			s.award = AwardDecide
		case a.Chosen:
			s.award = AwardChosen
		default:
			s.award = AwardNot
		}
		out[a.Nominee.ID] = s
	}
	return out
}

// change compares where one nominee stands, and in which session it was voted on.
func change(a, b standing, before, after session) (c Change, moved bool) {
	c = Change{Nominee: b.verdict.Nominee, Causes: []Cause{}}
	if !b.here {
		c.Nominee = a.verdict.Nominee
	}
	move := func(x, y string) *Move {
		if x == y {
			return nil
		}
		moved = true
		return &Move{x, y}
	}
	c.Verdict = move(string(a.verdict.Outcome), string(b.verdict.Outcome))
	c.Group = move(a.board.Group, b.board.Group)
	c.Rank = move(rank(a.place), rank(b.place))
	c.Band = move(string(a.place.Band), string(b.place.Band))
	c.Award = move(a.award, b.award)
	add := func(k CauseKind, x, y string) { c.Causes = append(c.Causes, Cause{Kind: k, Move: Move{x, y}}) }
	if a.here != b.here {
		add(CauseRoll, "", "")
		return c, moved
	}
	c.Causes = append(c.Causes, criteria(a.verdict, b.verdict, c.Verdict != nil)...)
	if x, y := flags(a.verdict), flags(b.verdict); x != y {
		add(CauseFlag, x, y)
	}
	if !moved {
		return c, false
	}
	told := len(c.Causes)
	if c.Group != nil {
		add(CauseGroup, a.board.GroupTitle, b.board.GroupTitle)
	}
	if (c.Band != nil || c.Award != nil) && places(a.board) != places(b.board) && c.Group == nil {
		add(CauseQuota, places(a.board), places(b.board))
	}
	if c.Award != nil && before != after {
		add(CauseVote, before.threshold, after.threshold)
	}
	if c.Rank != nil && c.Verdict == nil && !slices.Equal(a.place.Reasons, b.place.Reasons) {
		add(CauseOrder, "", "")
	}
	if c.Verdict == nil && len(c.Causes) == told {
		add(CauseOthers, "", "")
	}
	return c, true
}

// criteria lists the criteria that judge a nominee otherwise, or for another reason: after's in its
// order, then those that are gone. One that is new or gone is a cause only where the verdict moved,
// or else it would be told of everybody.
func criteria(a, b Verdict, verdictMoved bool) []Cause {
	var out []Cause
	add := func(k CauseKind, j Judgement, before, after string) {
		c := Cause{Kind: k, Criterion: j.Criterion, Clause: j.Clause, Title: j.Title, Move: Move{before, after}}
		if k == CauseCriterion && after != "" {
			c.Why = j.Reason
		}
		out = append(out, c)
	}
	find := func(v Verdict, id string) (Judgement, bool) {
		i := slices.IndexFunc(v.Judgements, func(j Judgement) bool { return j.Criterion == id })
		if i < 0 {
			return Judgement{}, false
		}
		return v.Judgements[i], true
	}
	for _, j := range b.Judgements {
		was, ok := find(a, j.Criterion)
		switch {
		case ok && was.Outcome != j.Outcome, !ok && verdictMoved:
			add(CauseCriterion, j, string(was.Outcome), string(j.Outcome))
		case ok && was.Reason != j.Reason:
			add(CauseReason, j, was.Reason, j.Reason)
		}
	}
	for _, j := range a.Judgements {
		if _, ok := find(b, j.Criterion); !ok && verdictMoved {
			add(CauseCriterion, j, string(j.Outcome), "")
		}
	}
	return out
}

func flags(v Verdict) string {
	texts := make([]string, len(v.Flags))
	for i, f := range v.Flags {
		texts[i] = f.Text
	}
	return strings.Join(texts, " ")
}

func rank(p Place) string {
	switch {
	case p.Rank == 0:
		return ""
	case p.Tied:
		return strconv.Itoa(p.Rank) + "="
	}
	return strconv.Itoa(p.Rank)
}

func places(b Board) string {
	if !b.Limited {
		return ""
	}
	return strconv.Itoa(b.Quota)
}

// session is what of a council's session decides about awards.
type session struct {
	receipt, threshold string
	quorum             bool
}

func vote(r Result) session {
	if r.Council == nil {
		return session{}
	}
	return session{r.Council.Receipt, r.Council.Threshold, r.Council.Quorum}
}
