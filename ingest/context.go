package ingest

import (
	"thidua/ingest/content"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/person"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// Remarks are the findings that rest on more than the file itself: the deadline and what the unit
// sent before. They never change a submission's state: a late dossier is taken in, and a nominee
// who was not registered is put before the office (Plan II.1, III.4).
func Remarks(p *plan.Plan, d submission.Dataset, s submission.Submission) []finding.Finding {
	period, ok := p.Period(s.Period)
	if !ok || s.Value == nil || finding.Has(s.Findings, finding.WrongForm) { // a form sent by mistake has no deadline
		return nil
	}
	out := unreadRemarks(d, s)
	switch v := s.Value.(type) {
	case *templates.Registration:
		out = append(out, timingRemarks(period.Registration, d, s)...)
	case *templates.Votes:
		if n, ok := v.Session.Members.Int(); ok && n != len(p.Council.Members) {
			out = append(out,
				finding.New(finding.OtherMembers, finding.At{Sheet: v.Session.Members.At.Sheet,
					Cell: v.Session.Members.At.Cell}, "read", n, "want", len(p.Council.Members)))
		}
	}
	if v, ok := templates.SlateOf(s.Value); ok {
		out = append(out, timingRemarks(period.Dossier, d, s)...)
		if s.Form == templates.DossierForm.ID && period.Registration != nil { // nobody registers for the other rounds
			out = append(out, registrationRemarks(p, period, d, s, v)...)
		}
	}
	return out
}

// unreadRemarks reports tables of the version before that were not read, when this one has no more
// rows than that: the marked workbook that went back does not hold them, and may have been sent
// again as it was.
func unreadRemarks(d submission.Dataset, s submission.Submission) []finding.Finding {
	var before submission.Submission
	for _, x := range d.Of(s.Period, s.Form, s.Unit) {
		if x.Received.Before(s.Received) {
			before = x
		}
	}
	if s.Rows.Read > before.Rows.Read {
		return nil
	}
	var out []finding.Finding
	for _, f := range before.Findings {
		switch f.Code {
		case finding.NearTable, finding.TurnedTable, finding.TableBeside:
			if !finding.Has(s.Findings, f.Code) {
				out = append(out, finding.New(finding.StillUnread, finding.At{}, "read",
					calendar.ShortMoment(before.Received), "want", f.Want))
			}
		}
	}
	return out
}

// timingRemarks compares when each line first came with the deadline, by the receiving server's
// clock in UTC+7.
func timingRemarks(deadline *plan.Deadline, d submission.Dataset, s submission.Submission) []finding.Finding {
	if deadline == nil {
		return nil
	}
	h := content.Until(d, s)
	if !h.Begun() {
		return nil
	}
	first := h.First
	var out []finding.Finding
	for _, l := range h.Late(d, deadline) {
		out = append(out, finding.New(finding.LateLine, finding.At{Sheet: l.At.Sheet, Cell: l.At.Cell}, "name",
			l.Line.Text(), "read", calendar.ShortMoment(l.Came), "want", deadline.Before.Short(), "clause",
			deadline.Clause))
	}
	switch state, days, _ := d.Timing(*deadline, s.Period, s.Form, s.Unit, first); state {
	case plan.OnTheDay:
		return append(out, finding.New(finding.OnTheDay, finding.At{}, "read", calendar.ShortMoment(first),
			"want", deadline.Before.Short(), "clause", deadline.Clause))
	case plan.Late:
		return append(out, finding.New(finding.Late, finding.At{}, "read", calendar.ShortMoment(first), "days",
			days, "want", deadline.Before.Short(), "clause", deadline.Clause))
	}
	return out
}

// registrationRemarks reports a dossier of a unit, or nominees, that were not registered at the
// beginning of the year.
func registrationRemarks(p *plan.Plan, period plan.Period, d submission.Dataset, s submission.Submission,
	v templates.Slate) []finding.Finding {
	names := map[string]bool{}
	read := func(unit string) bool {
		current, ok := d.Current(s.Period, templates.RegistrationForm.ID, unit)
		if !ok || current.State != submission.Accepted {
			return false
		}
		reg := current.Value.(*templates.Registration)
		for _, x := range reg.Collectives {
			names[string(plan.Collective)+viet.NameKey(x.Name.Text)] = true
		}
		for _, x := range reg.Individuals {
			names[string(plan.Individual)+person.Key(x.Name.Text)] = true
		}
		return true
	}
	registered := read(s.Unit)
	if !registered { // those that became this unit may have
		for _, before := range p.Predecessors(period.To)[s.Unit] {
			registered = read(before.Code) || registered
		}
	}
	if !registered {
		return []finding.Finding{finding.New(finding.UnitNotRegistered, finding.At{}, "want", period.Title)}
	}
	var out []finding.Finding
	for _, n := range v.Nominations {
		if name := n.Name; name.Given() && !names[string(n.Kind)+templates.NameKey(string(n.Kind), name.Text)] {
			out = append(out, finding.New(finding.NotRegistered, finding.At{Sheet: name.At.Sheet, Cell: name.At.Cell},
				"name", name.Text))
		}
	}
	return out
}
