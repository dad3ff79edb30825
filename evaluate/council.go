package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// tally is the council's vote being counted.
type tally struct {
	s       setting
	out     *Result
	sub     *submission.Submission
	votes   *templates.Votes
	session Session
	ballots map[string]ballot // by nominee ID
}

// ballot is one row of the tally that names a nominee.
type ballot struct {
	row templates.VoteRow
	at  finding.At
}

// count turns the accepted tally into awards (Plan IV.1). Whoever passes the threshold stands among
// the awards; where the plan's places do not suffice, where there was no quorum and where a
// criterion is not decided the award waits for the council's decision. Nobody is cut.
func (s setting) count(out *Result, sub *submission.Submission) {
	votes, ok := sub.Value.(*templates.Votes)
	if !ok {
		return
	}
	t := &tally{s: s, out: out, sub: sub, votes: votes, ballots: map[string]ballot{},
		session: newSession(s.plan, sub, votes.Session)}
	nominees := map[string]Nominee{}
	for _, v := range out.Verdicts {
		nominees[v.Nominee.ID] = v.Nominee
	}
	t.read(votes.Collectives, Collective, nominees)
	t.read(votes.Individuals, Individual, nominees)
	if !t.session.Quorum {
		t.find(finding.NoQuorum, finding.At{Sheet: votes.Session.Present.At.Sheet, Cell: votes.Session.Present.At.Cell},
			"read", t.session.participants(), "want", t.session.QuorumNeeded)
	}
	if n := len(s.plan.Council.Members); t.session.Members != n {
		t.find(finding.OtherMembers, finding.At{Sheet: votes.Session.Members.At.Sheet,
			Cell: votes.Session.Members.At.Cell}, "read", t.session.Members, "want", n)
	}
	for _, b := range out.Boards {
		t.board(b)
	}
	out.Council = &t.session
}

// participants is how many members took part: those present, and those asked in writing where the
// plan lets them count.
func (s Session) participants() int {
	if s.WrittenCounts {
		return s.Present + s.Written
	}
	return s.Present
}

func newSession(p *plan.Plan, sub *submission.Submission, v templates.CouncilSession) Session {
	s := Session{
		Receipt: sub.ID, File: sub.File, Date: v.Date.Text, Place: v.Place.Text, Presiding: v.Presiding.Text,
		PresidingTitle: v.PresidingTitle.Text, Secretary: v.Secretary.Text, Findings: []finding.Finding{},
		Secret: p.Council.Secret, WrittenCounts: p.Council.Written,
		Ballots: []BallotCount{
			{Collective, number0(v.CollectiveIssued), number0(v.CollectiveReturned), number0(v.CollectiveValid),
				number0(v.CollectiveInvalid)},
			{Individual, number0(v.IndividualIssued), number0(v.IndividualReturned), number0(v.IndividualValid),
				number0(v.IndividualInvalid)},
		},
	}
	s.Members, _ = v.Members.Int()
	s.Present, _ = v.Present.Int()
	s.Written, _ = v.Written.Int()
	s.QuorumNeeded = p.Council.Quorum.Needed(s.Members)
	s.Quorum = p.Council.Quorum.Reached(s.participants(), s.Members)
	s.Threshold = thresholdText(p.Council.Threshold)
	return s
}

func thresholdText(t plan.Threshold) string {
	key := "evaluate.vote.atleast"
	if t.Strict {
		key = "evaluate.vote.morethan"
	}
	return wording.Text(key, "percent", t.Percent, "base", baseText(t.Base))
}

//wording:composed evaluate.vote.
func baseText(b plan.Base) string { return wording.Text("evaluate.vote.base." + string(b)) }

func (t *tally) find(code finding.Code, at finding.At, pairs ...any) {
	t.session.Findings = append(t.session.Findings, finding.New(code, at, pairs...))
}

// read ties every row to a nominee by its code, and holds the name against it: a row that was
// shifted names somebody else.
func (t *tally) read(rows []templates.VoteRow, kind string, nominees map[string]Nominee) {
	for _, r := range rows {
		at := finding.At{Sheet: r.Code.At.Sheet, Cell: r.Code.At.Cell}
		code := strings.TrimSpace(r.Code.Text)
		n, known := nominees[code]
		if !known || n.Kind != kind || r.Name.Given() && viet.Fold(r.Name.Text) != viet.Fold(n.Name) {
			t.find(finding.UnknownNominee, at, "name", cmp.Or(r.Name.Text, r.Code.Text), "read", r.Code.Text)
			continue
		}
		if first, twice := t.ballots[code]; twice {
			t.find(finding.DuplicateRecord, at, "name", n.Name, "read",
				finding.Finding{Sheet: first.at.Sheet, Cell: first.at.Cell}.Where())
			continue
		}
		t.ballots[code] = ballot{r, at}
	}
}

// base is what a nominee's percentage is taken of. Valid ballots that leave its row out because a
// member was recused are none of its; of the other bases the recused are taken out where the plan
// says so.
func (t *tally) base(kind string, recused int) int {
	rule := t.s.plan.Council
	if rule.Threshold.Base == plan.ValidBallots {
		for _, b := range t.session.Ballots {
			if b.Kind == kind {
				return max(0, b.Valid-recused)
			}
		}
	}
	if !rule.WithoutRecused {
		recused = 0
	}
	if rule.Threshold.Base == plan.PresentMembers {
		return max(0, t.session.participants()-recused)
	}
	return max(0, t.session.Members-recused)
}

// board counts one board: every nominee ends among the awards or among those not chosen, with the
// reason.
func (t *tally) board(b Board) {
	var chosen, not []Award
	for _, p := range b.Places {
		a := t.award(p, b)
		if a.Chosen {
			chosen = append(chosen, a)
		} else {
			not = append(not, a)
		}
	}
	byVotes := func(x, y Award) int { return cmp.Compare(y.Votes, x.Votes) }
	slices.SortStableFunc(chosen, byVotes) // the board's order inside a tie
	for i := range chosen {
		chosen[i].Rank = i + 1
		if i > 0 && chosen[i].Votes == chosen[i-1].Votes {
			chosen[i].Rank = chosen[i-1].Rank
		}
	}
	if b.Limited && len(chosen) > b.Quota {
		t.overQuota(b, chosen)
	}
	t.out.Awards = append(t.out.Awards, chosen...)
	t.out.NotChosen = append(t.out.NotChosen, not...)
}

func (t *tally) award(p Place, b Board) Award {
	threshold := t.s.plan.Council.Threshold
	a := Award{Nominee: p.Nominee, Outcome: p.Outcome, Base: t.base(b.Kind, 0), BaseName: baseText(threshold.Base),
		File: t.sub.File}
	if p.Outcome == NotMet {
		a.Ground = finding.BelowStandard
	}
	voted, ok := t.ballots[p.Nominee.ID]
	if !ok {
		if p.Outcome == NotMet {
			a.Reason = wording.Text("evaluate.vote.notput")
			return a
		}
		a.NeedsDecision, a.Reason = true, wording.Text("evaluate.vote.norow")
		if p.Outcome != Pending { // whoever lacks an official fact may rightly have been kept for a later session
			t.find(finding.NomineeNotVoted, finding.At{}, "name", p.Nominee.Name)
		}
		return a
	}
	a.Sheet, a.Cell = voted.row.Agree.At.Sheet, voted.row.Agree.At.Cell
	a.Votes, a.Against, a.Other, a.Recused = number0(voted.row.Agree), number0(voted.row.Disagree),
		number0(voted.row.Other), number0(voted.row.Recused)
	a.Sealed = a.Recused > 0 && t.session.Secret
	a.Base = t.base(b.Kind, a.Recused)
	a.Percent = percent(a.Votes, a.Base)
	passed := a.Base > 0 && threshold.Passed(a.Votes, a.Base)
	pairs := []any{"votes", a.Votes, "base", a.Base, "basename", a.BaseName, "percent", a.Percent, "threshold",
		t.session.Threshold}
	against := ""
	switch {
	case p.Outcome == NotMet:
		if t.wasKnown(p.Nominee.ID) {
			t.find(finding.UnknownNominee, voted.at, "name", p.Nominee.Name, "read", p.Nominee.ID)
		}
		a.NeedsDecision, against = passed, "notmet"
		a.Reason = wording.Text("evaluate.vote.notmet", pairs...)
	case !passed:
		against = "below"
		a.Reason = wording.Text("evaluate.vote.below", pairs...)
	case !t.session.Quorum:
		a.Chosen, a.NeedsDecision, against = true, true, "noquorum"
		a.Reason = wording.Text("evaluate.vote.noquorum", pairs...)
	case p.Outcome == Pending:
		a.Chosen, a.NeedsDecision = true, true
		a.Reason = wording.Text("evaluate.vote.pending", pairs...)
	default:
		a.Chosen = true
		a.Reason = wording.Text("evaluate.vote.passed", pairs...)
	}
	if a.Recused > 0 {
		a.Reason += " " + wording.Text("evaluate.vote.recused", "count", a.Recused)
	}
	t.conclude(&a, voted.row, against)
	return a
}

// wasKnown reports whether a nominee missed a criterion by what was known when the tally came. Whom
// only a later record speaks against was put to the vote rightly.
func (t *tally) wasKnown(id string) bool {
	i := slices.IndexFunc(t.out.Verdicts, func(v Verdict) bool { return v.Nominee.ID == id })
	return i >= 0 && slices.ContainsFunc(t.out.Verdicts[i].Judgements, func(j Judgement) bool {
		return j.Outcome == NotMet && !slices.ContainsFunc(j.Facts, func(f check.Fact) bool {
			return slices.ContainsFunc(t.s.data.Submissions,
				func(s submission.Submission) bool { return s.ID == f.Message && s.Received.After(t.sub.Received) })
		})
	})
}

// conclude follows what the council itself concluded about a nominee, in its tally. A conclusion
// may refuse anybody, and may choose whoever passed the vote; one that chooses against the votes,
// the quorum or the standards is a finding and settles nothing.
//
//wording:composed evaluate.vote.against.
func (t *tally) conclude(a *Award, row templates.VoteRow, against string) {
	switch {
	case row.Conclusion.Text == templates.ConcludeNo:
		a.Chosen, a.NeedsDecision, a.Concluded = false, false, true
		a.Reason += " " + wording.Text("evaluate.vote.refused")
	case row.Conclusion.Text != templates.Conclude:
	case against != "":
		a.NeedsDecision = true
		t.find(finding.AgainstVotes, finding.At{Sheet: row.Conclusion.At.Sheet, Cell: row.Conclusion.At.Cell}, "name",
			a.Nominee.Name,
			"read", row.Conclusion.Text, "want", wording.Text("evaluate.vote.against."+against))
	default:
		a.NeedsDecision, a.Concluded = false, true
		a.Reason += " " + wording.Text("evaluate.vote.concluded")
	}
}

// inside is a group's title inside a sentence.
func inside(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToLower(first)) + title[size:]
}

// overQuota leaves those whose votes put them surely within the plan's places, and asks the council
// about everybody from the line on.
func (t *tally) overQuota(b Board, chosen []Award) {
	field := wording.Text("evaluate.board."+b.Kind, "group", inside(b.GroupTitle))
	t.find(finding.OverQuota, finding.At{}, "field", field, "read", len(chosen), "want", b.Quota)
	line := -1 // votes of the last place, when a tie runs over it
	if b.Quota > 0 && chosen[b.Quota-1].Votes == chosen[b.Quota].Votes {
		line = chosen[b.Quota].Votes
		tied := 0
		for _, a := range chosen {
			if a.Votes == line {
				tied++
			}
		}
		t.find(finding.TieAtLine, finding.At{}, "field", field, "read", tied, "want", b.Quota)
	}
	for i := range chosen {
		if i >= b.Quota || chosen[i].Votes == line {
			chosen[i].NeedsDecision = true
			chosen[i].Reason += " " + wording.Text("evaluate.vote.overquota", "quota", b.Quota, "count", len(chosen))
		}
	}
}

// percent writes votes of base with at most two decimals and a decimal comma. It is for reading;
// the threshold is compared in whole numbers.
func percent(votes, base int) string {
	if base <= 0 {
		return ""
	}
	hundredths := (votes*20000 + base) / (2 * base)
	s := form.OfNumber(float64(hundredths) / 100).Text
	return fmt.Sprintf("%s%%", strings.Replace(s, ".", ",", 1))
}
