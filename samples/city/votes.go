package city

import (
	"slices"
	"strings"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Votes fills in the ballot workbook that the council's secretary was mailed. Members vote for the first of every board, in the order the
// ballot has, up to the plan's places; the arithmetic is right. On one board the last place is tied with the first behind it, both above
// the threshold: collectives of the communes. On another, persons of the offices, somebody within the places stays below the threshold and
// the next in the order comes in. ballot is not changed.
func (c *City) Votes(ballot *templates.Votes) *templates.Votes {
	v := *ballot
	members := len(c.plan.Council.Members)
	present := max(members-1, c.plan.Council.Quorum.Needed(members))
	s := &v.Session
	s.Year, s.Date = form.OfInt(Year), form.OfDate(calendar.Date{Year: Year + 1, Month: 1, Day: 24})
	s.Place, s.Note = form.Of("Phòng họp số 1, UBND thành phố"), form.Of("Bỏ phiếu kín")
	for _, m := range c.plan.Council.Members {
		if m.Role == plan.CouncilVice && s.Presiding.Text == "" {
			s.Presiding, s.PresidingTitle = form.Of(m.Name), form.Of(m.Title)
		}
		if m.Role == plan.CouncilSecretary {
			s.Secretary = form.Of(m.Name)
		}
	}
	s.Members, s.Present, s.Written = form.OfInt(members), form.OfInt(present), form.OfInt(0)
	s.CollectiveIssued, s.CollectiveReturned = form.OfInt(present), form.OfInt(present)
	s.CollectiveValid, s.CollectiveInvalid = form.OfInt(present), form.OfInt(0)
	s.IndividualIssued, s.IndividualReturned = form.OfInt(present), form.OfInt(present)
	s.IndividualValid, s.IndividualInvalid = form.OfInt(present-1), form.OfInt(1)
	v.Collectives = c.vote(ballot.Collectives, plan.Collective, members, present)
	v.Individuals = c.vote(ballot.Individuals, plan.Individual, members, present-1)
	return &v
}

// vote fills in the rows of one kind of nominee; every row's votes add up to the valid ballots.
func (c *City) vote(rows []templates.VoteRow, kind plan.NomineeKind, members, valid int) []templates.VoteRow {
	out := slices.Clone(rows)
	least := 1 // fewest votes above the threshold
	for !c.plan.Council.Threshold.Passed(least, members) {
		least++
	}
	place := map[plan.GroupID]int{}
	for i := range out {
		g := c.groupOf(out[i])
		place[g]++
		agree := c.favour(g, kind, place[g], least, valid)
		out[i].Agree, out[i].Disagree, out[i].Other = form.OfInt(agree), form.OfInt(valid-agree), form.OfInt(0)
	}
	return out
}

// favour is how many members vote for the n-th of a board.
func (c *City) favour(g plan.GroupID, kind plan.NomineeKind, n, least, valid int) int {
	quota, _ := c.plan.Quota(c.period.ID, g, kind)
	last := quota.Places
	switch {
	case g == plan.Communes && kind == plan.Collective && (n == last || n == last+1):
		return least
	case g == plan.Offices && kind == plan.Individual && n == last:
		return least - 1
	case g == plan.Offices && kind == plan.Individual && n == last+1:
		return least
	case n > last:
		return max(0, least-3-(n-last)%3)
	}
	return max(least+1, valid-n/3)
}

// groupOf is the group of the unit that a ballot row names: by the code the row begins with, else by the unit's name.
func (c *City) groupOf(r templates.VoteRow) plan.GroupID {
	code, _, _ := strings.Cut(r.Code.Text, "-")
	if u, ok := c.plan.UnitByCode(code); ok {
		return u.Group
	}
	u, _, _ := c.plan.MatchUnit(r.Unit.Text)
	return u.Group
}
