package city

import (
	"slices"
	"strings"
	"time"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Session is when the council meets about a period: on the second working day after 20 January of
// the year after it, about a stage an hour after the last year; about awards between the years on
// 28 August of the first year.
func (c *City) Session(period string) time.Time {
	per, _ := c.plan.Period(period)
	if per.Kind == plan.AdHoc {
		return clock(c.seasons[0].year, 8, 28, 9, 0, 0)
	}
	day := c.plan.Calendar.AddWorkingDays(calendar.Date{Year: per.To.Year + 1, Month: 1, Day: 20}, 2)
	at := day.Start().Add(15 * time.Hour)
	if per.Kind == plan.Stage {
		at = at.Add(time.Hour)
	}
	return at
}

// Votes fills in the ballot workbook that the council's secretary was mailed for a period. Members
// vote for the first of every board, in the order the ballot has, up to the plan's places; the
// arithmetic is right. Each year has its own trouble (favour tells which). ballot is not changed.
func (c *City) Votes(period string, ballot *templates.Votes) *templates.Votes {
	per, _ := c.plan.Period(period)
	p := poll{plan: c.plan, period: per, number: -1}
	if per.Kind == plan.Annual {
		p.number = c.season(per).number
	}
	v := *ballot
	members := len(c.plan.Council.Members)
	present := max(members-1, c.plan.Council.Quorum.Needed(members))
	written := 0
	if p.number == 1 { // one of the absent votes in writing
		present, written = max(present-1, 1), 1
	}
	ballots := present + written
	s := &v.Session
	at := c.Session(period)
	s.Date = form.OfDate(calendar.DateOf(at))
	if !s.Year.Given() {
		s.Year = form.OfInt(per.To.Year)
	}
	s.Place, s.Note = form.Of("Phòng họp số 1, "+c.plan.Issuer.Short), form.Of("Bỏ phiếu kín")
	for _, m := range c.plan.Council.Members {
		if m.Role == plan.CouncilVice && s.Presiding.Text == "" { // the chair is away
			s.Presiding, s.PresidingTitle = form.Of(m.Name), form.Of(m.Title)
		}
		if m.Role == plan.CouncilSecretary {
			s.Secretary = form.Of(m.Name)
		}
	}
	s.Members, s.Present, s.Written = form.OfInt(members), form.OfInt(present), form.OfInt(written)
	s.CollectiveIssued, s.CollectiveReturned = form.OfInt(ballots), form.OfInt(ballots)
	s.CollectiveValid, s.CollectiveInvalid = form.OfInt(ballots), form.OfInt(0)
	s.IndividualIssued, s.IndividualReturned = form.OfInt(ballots), form.OfInt(ballots)
	s.IndividualValid, s.IndividualInvalid = form.OfInt(ballots-1), form.OfInt(1)
	v.Collectives = p.vote(ballot.Collectives, plan.Collective, members, ballots)
	v.Individuals = p.vote(ballot.Individuals, plan.Individual, members, ballots-1)
	return &v
}

// poll is the vote about one period. number is that of the year, -1 for a stage and for awards
// between the years, where all goes smoothly.
type poll struct {
	plan   *plan.Plan
	period plan.Period
	number int
}

// vote fills in the rows of one kind of nominee; every row's votes add up to the valid ballots. A
// member who heads a nominee's unit takes no part in the vote on it.
func (c poll) vote(rows []templates.VoteRow, kind plan.NomineeKind, members, valid int) []templates.VoteRow {
	out := slices.Clone(rows)
	least := 1 // fewest votes above the threshold
	for !c.plan.Council.Threshold.Passed(least, members) {
		least++
	}
	place := map[plan.GroupID]int{}
	for i := range out {
		g := c.groupOf(out[i])
		place[g]++
		agree, recused := c.favour(g, kind, place[g], least, valid), 0
		for _, m := range c.plan.Council.Members {
			if c.number == 1 && strings.HasSuffix(strings.ToLower(m.Position), strings.ToLower(out[i].Unit.Text)) {
				agree, recused = min(agree, valid-1), 1
				out[i].Note = form.Of(m.Position + " không tham gia bỏ phiếu")
			}
		}
		out[i].Agree, out[i].Disagree, out[i].Other = form.OfInt(agree), form.OfInt(valid-agree-recused), form.OfInt(0)
		if c.period.Kind == plan.AdHoc { // no record of the year is out yet: the council concludes on what it knows
			out[i].Conclusion = form.Of(templates.Conclude)
		}
		if recused > 0 {
			out[i].Recused = form.OfInt(recused)
		}
	}
	return out
}

// favour is how many members vote for the n-th of a board. In the first year the last place of the
// communes' collectives is tied with the first behind it, both above the threshold, and on the
// board of the offices' persons somebody within the places stays below it while the next in the
// order comes in. In the second year the council gives one place too many to the communes' persons.
// In the third it leaves two places of the offices' persons unused.
func (c poll) favour(g plan.GroupID, kind plan.NomineeKind, n, least, valid int) int {
	quota, limited := c.plan.Quota(c.period.ID, g, kind)
	last := quota.Places
	communes, offices := g == plan.Communes, g == plan.Offices
	switch {
	case !limited:
		return valid
	case c.number == 0 && communes && kind == plan.Collective && (n == last || n == last+1):
		return least
	case c.number == 0 && offices && kind == plan.Individual && n == last:
		return least - 1
	case c.number == 0 && offices && kind == plan.Individual && n == last+1:
		return least
	case c.number == 1 && communes && kind == plan.Individual && n == last:
		return least + 1
	case c.number == 1 && communes && kind == plan.Individual && n == last+1:
		return least
	case c.number == 2 && offices && kind == plan.Individual && n > last-2:
		return least - 1
	case n > last:
		return max(0, least-3-(n-last)%3)
	}
	return max(least+2, valid-n/3)
}

// groupOf is the group of the unit that a ballot row names: by the code the row begins with, else
// by the unit's name.
func (c poll) groupOf(r templates.VoteRow) plan.GroupID {
	code, _, _ := strings.Cut(r.Code.Text, "-")
	if u, ok := c.plan.UnitByCode(code); ok {
		return u.Group
	}
	u, _, _ := c.plan.MatchUnit(r.Unit.Text)
	return u.Group
}
