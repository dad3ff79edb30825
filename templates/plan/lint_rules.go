package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"thidua/templates/viet"
)

func (l *linter) periods() {
	checkUnique(l, filePlan, "periods", "id", l.p.Periods, func(p Period) string { return p.ID })
	for i, per := range l.p.Periods {
		at := nth("periods", i)
		l.at(filePlan, "periods/"+per.ID, at)
		l.checkGiven("id", per.ID, "title", per.Title)
		l.fileName("id", per.ID)
		checkKnown(l, "kind", per.Kind, Annual, Stage, AdHoc)
		l.mark(per.Mark)
		if !l.day("from", per.From) || !l.day("to", per.To) {
			continue
		}
		l.span("to", per.From, per.To)
		for _, y := range per.Years {
			if y < per.From.Year || y > per.To.Year {
				l.add("number", "field", "years", "read", y, "want", fmt.Sprintf("%d – %d", per.From.Year, per.To.Year))
			}
		}
		if len(per.Years) > MostYears {
			l.add("number", "field", "years", "read", len(per.Years), "want", fmt.Sprint("1 – ", MostYears))
		}
		if !slices.IsSorted(per.Years) || len(slices.Compact(slices.Clone(per.Years))) != len(per.Years) {
			l.addTo("years", "yearorder", "read", strings.Trim(fmt.Sprint(per.Years), "[]"))
		}
		if len(per.Years) == 0 || per.Kind == Annual && len(per.Years) != 1 {
			l.add("one", "field", "years", "read", len(per.Years))
		}
		for _, x := range []struct {
			path string
			*Deadline
		}{{at + ".registration", per.Registration}, {at + ".dossier", per.Dossier}} {
			d := x.Deadline
			if d == nil {
				continue
			}
			l.path = x.path
			l.clause(d.Clause, 0)
			l.mark(d.Mark)
			last := per.To.AddDays(1)
			if d == per.Dossier { // dossiers on a whole year are due when it is over
				last = per.To.AddDays(daysAfter)
			}
			if l.day("before", d.Before) && (!d.Before.After(per.From) || d.Before.After(last)) {
				l.addTo("before", "outside", "read", d.Before, "from", per.From, "to", last)
			}
			if !d.LastDay.IsZero() {
				l.day("last-day", d.LastDay)
			}
		}
	}
}

// daysAfter is how long after the end of a round its dossiers may be due.
const daysAfter = 365

// restDays notes years of the plan whose Tết the calendar does not know: reminders would be counted
// over it.
func (l *linter) restDays() {
	var years []string
	first, last := 0, 0
	for _, per := range l.p.Periods {
		if y := per.From.Year; first == 0 || y < first {
			first = y
		}
		last = max(last, per.To.Year)
		if per.Dossier != nil {
			last = max(last, per.Dossier.Before.Year)
		}
	}
	for y := max(first, 1900); y <= min(last, 2100); y++ {
		if !l.p.Calendar.KnowsTet(y) {
			years = append(years, strconv.Itoa(y))
		}
	}
	if len(years) > 0 {
		l.at(filePlan, "calendar", "calendar")
		l.addTo("holidays", "norest", "read", strings.Join(years, ", "))
		l.problems[len(l.problems)-1].Warning = true
	}
}

func (l *linter) quotas() {
	type line struct {
		period  PeriodKind
		nominee NomineeKind
	}
	sums := map[line]int{}
	checkUnique(l, filePlan, "quotas", "quotas", l.p.Quotas,
		func(q Quota) string { return fmt.Sprint(q.Period, " ", q.Nominee, " ", q.Group) })
	for i, q := range l.p.Quotas {
		l.at(filePlan, fmt.Sprint("quotas/", q.Period, " ", q.Nominee, " ", q.Group), nth("quotas", i))
		checkKnown(l, "period", q.Period, Annual, Stage)
		checkKnown(l, "nominee", q.Nominee, Collective, Individual)
		checkKnown(l, "group", q.Group, l.groups()...)
		if q.Places < 0 { // none at all is a number too: a plan may leave a group without awards of a kind
			l.add("number", "field", "places", "read", q.Places, "want", "≥ 0")
		}
		l.clause(q.Clause, 0)
		sums[line{q.Period, q.Nominee}] += q.Places
	}
	for i, t := range l.p.Totals {
		l.at(filePlan, fmt.Sprint("totals/", t.Period, " ", t.Nominee), nth("totals", i))
		l.clause(t.Clause, 0)
		if sum := sums[line{t.Period, t.Nominee}]; sum != t.Places {
			l.addTo("places", "sum", "read", sum, "want", t.Places)
		}
	}
	var told []PeriodKind
	for _, per := range l.p.Periods {
		if per.Kind == AdHoc || slices.Contains(told, per.Kind) {
			continue
		}
		told = append(told, per.Kind)
		for _, g := range l.p.Groups {
			for _, kind := range []NomineeKind{Collective, Individual} {
				if _, ok := l.p.Quota(per.ID, g.ID, kind); !ok {
					l.at(filePlan, "periods/"+per.ID, "quotas")
					l.add("missing", "field", fmt.Sprint("quotas ", per.Kind, " ", kind, " ", g.ID))
				}
			}
		}
	}
}

// province holds what the province's guidance says to the plan's own words. A plan may have none of
// it.
func (l *linter) province() {
	x := l.p.Province
	if x.Award == "" && x.Clause == "" && len(x.Places) == 0 && len(x.Criteria) == 0 {
		return
	}
	l.at(filePlan, "province", "province")
	l.checkGiven("award", x.Award)
	l.clause(x.Clause, 0)
	l.mark(x.Mark)
	var ids []string
	for _, c := range l.p.Criteria {
		ids = append(ids, c.ID)
	}
	for _, id := range x.Criteria {
		checkKnown(l, "criteria", id, ids...)
	}
	for i, t := range x.Places {
		l.at(filePlan, "province.places", nth("province.places", i))
		checkKnown(l, "period", t.Period, Annual, Stage, AdHoc)
		checkKnown(l, "nominee", t.Nominee, Collective, Individual)
		if t.Places < 0 {
			l.add("number", "field", "places", "read", t.Places, "want", "≥ 0")
		}
	}
}

// approval holds the forms that wait for a leader to those that can.
func (l *linter) approval() {
	x := l.p.Approval
	l.at(filePlan, "approval", "approval")
	for _, id := range x.Forms {
		checkKnown(l, "forms", id, ApprovalForms()...)
	}
	if x.Clause != "" {
		l.clause(x.Clause, 0)
	}
	l.mark(x.Mark)
}

func (l *linter) council() {
	c := l.p.Council
	l.at(filePlan, "council", "council")
	l.checkGiven("name", c.Name, "secretary-emails", strings.Join(c.SecretaryEmails, ""))
	l.emails("secretary-emails", c.SecretaryEmails)
	l.mark(c.Mark)
	if c.Quorum.Num < 1 || c.Quorum.Den < c.Quorum.Num {
		l.add("number", "field", "quorum", "read", fmt.Sprintf("%d/%d", c.Quorum.Num, c.Quorum.Den), "want", "1/n – 1")
	}
	if c.Threshold.Percent < 1 || c.Threshold.Percent > 100 {
		l.add("number", "field", "threshold.percent", "read", c.Threshold.Percent, "want", "1 – 100")
	}
	checkKnown(l, "threshold.base", c.Threshold.Base, TotalMembers, PresentMembers, ValidBallots)
	chairs := 0
	for i, m := range c.Members {
		l.at(fileCouncil, fmt.Sprintf("%d. %s", i+1, m.Name), nth("council.members", i))
		checkKnown(l, "role", m.Role, CouncilChair, CouncilVice, CouncilSecretary, CouncilMember)
		l.checkGiven("position", m.Position, "title", m.Title)
		l.whole("name", m.Name, "position", m.Position, "title", m.Title)
		l.mark(m.Mark)
		if m.Email != "" {
			l.emails("email", []string{m.Email})
		}
		if m.Role == CouncilChair {
			chairs++
		}
	}
	if chairs != 1 {
		l.at(fileCouncil, "", "council.members")
		l.add("one", "field", CouncilChair, "read", chairs)
	}
}

func (l *linter) papers() {
	checkUnique(l, filePlan, "heads", "paper", l.p.Heads, func(h Head) string { return h.Paper })
	for i, h := range l.p.Heads {
		l.at(filePlan, "heads/"+h.Paper, nth("heads", i))
		l.checkGiven("paper", h.Paper, "organ", strings.Join(h.Organ, ""))
		l.mark(h.Mark)
	}
	for i, b := range l.p.Bases {
		l.at(filePlan, "legal-bases/"+b.Text, nth("legal-bases", i))
		l.checkGiven("text", b.Text)
		l.span("to", b.From, b.To)
		l.mark(b.Mark)
	}
}

// maxName is how many signs of a unit's name the forms take: a longer one would come back from
// every unit as a mistake of its own.
const maxName = 200

// maxDays bounds how far an occasion may be from its deadline, in working days.
const maxDays = 250

func (l *linter) occasions() {
	checkUnique(l, fileOccasions, "occasions", "id", l.p.Occasions, func(o Occasion) string { return o.ID })
	for i, o := range l.p.Occasions {
		l.at(fileOccasions, o.ID, nth("occasions", i))
		l.checkGiven("id", o.ID, "title", o.Title, "papers", strings.Join(o.Papers, ""))
		l.fileName("id", o.ID)
		checkKnown(l, "to", o.To, ToOffice, ToCouncil, ToUnits, ToMissingUnits)
		for _, code := range o.Also {
			if _, ok := l.p.UnitByCode(code); !ok {
				l.add("unknown", "field", "also", "read", code, "want", fileUnits)
			}
		}
		l.clause(o.Clause, 0)
		l.mark(o.Mark)
		for _, k := range o.Periods {
			checkKnown(l, "periods", k, Annual, Stage, AdHoc)
		}
		r, ways := o.When, 0
		for _, set := range []bool{r.MonthDay != "", r.Deadline != "", r.Event != ""} {
			if set {
				ways++
			}
		}
		l.path += ".when"
		if ways != 1 || (r.Deadline != "") != (len(r.Days) > 0) {
			l.addTo("", "rule")
		}
		if r.MonthDay != "" {
			if _, _, ok := monthDay(r.MonthDay); !ok {
				l.add("day", "field", "month-day", "read", r.MonthDay)
			}
		}
		for _, n := range r.Days {
			if n < -maxDays || n > maxDays {
				l.add("number", "field", "days", "read", n, "want", fmt.Sprintf("-%d – %d", maxDays, maxDays))
			}
		}
		if r.Deadline != "" {
			checkKnown(l, "deadline", r.Deadline, "registration", "dossier")
		}
		if r.Event != "" {
			checkKnown(l, "event", r.Event, SessionEvent, DecisionEvent)
		}
	}
}

// stateCoded are the kinds of units, folded, that the state gives codes of five digits; lostZero is
// such a code once a spreadsheet has taken it for a number.
var (
	stateCoded = []string{"phuong", "xa", "thi tran", "dac khu"}
	lostZero   = regexp.MustCompile(`^[1-9]\d{2,3}$`)
)

// brokenText is what is left of Vietnamese letters that a file could not hold or that were read by
// another encoding: a question mark within or beside a word, U+FFFD, and the pairs that UTF-8 makes
// when it is taken for a code page of one byte.
var brokenText = regexp.MustCompile("\ufffd|\\?\\pL|\\pL\\?|Ã[\u0080-\u00bf]|á[º»]|Æ[°¡]|Ä[‘\u0090\u0091]")

// whole notes texts whose letters were lost on the way; pairs are field, text, field, text …
func (l *linter) whole(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if brokenText.MatchString(pairs[i+1]) {
			l.add("broken", "field", pairs[i], "read", pairs[i+1])
		}
	}
}

func (l *linter) units() {
	checkUnique(l, fileUnits, "units", "code", l.p.Units, func(u Unit) string { return u.Code })
	owner := map[string]Unit{}
	for i, u := range l.p.Units {
		l.at(fileUnits, strings.TrimSpace(u.Code+" "+u.Name), nth("units", i))
		l.checkGiven("code", u.Code, "name", u.Name, "short", u.Short, "kind", u.Kind)
		l.whole("name", u.Name, "short", u.Short, "kind", u.Kind, "head", u.Head)
		if slices.Contains(stateCoded, viet.Fold(u.Kind)) && lostZero.MatchString(u.Code) {
			l.addTo("code", "lostzero", "kind", u.Name, "read", u.Code, "want", fmt.Sprintf("%05s", u.Code))
		}
		l.fileName("code", u.Code)
		if n := utf8.RuneCountInString(u.Name); n > maxName {
			l.add("number", "field", "name", "read", n, "want", fmt.Sprintf("≤ %d", maxName))
		}
		checkKnown(l, "group", u.Group, l.groups()...)
		l.span("valid_to", u.ValidFrom, u.ValidTo)
		l.mark(u.Mark)
		if !u.ValidFrom.IsZero() {
			l.day("valid_from", u.ValidFrom)
		}
		if !u.ValidTo.IsZero() {
			l.day("valid_to", u.ValidTo)
		}
		if u.Successor != "" {
			if _, ok := l.p.UnitByCode(u.Successor); !ok {
				l.add("unknown", "field", "successor", "read", u.Successor, "want", fileUnits)
			}
		}
		if len(u.Mailboxes()) == 0 {
			l.addTo("emails", "noaddress")
			l.problems[len(l.problems)-1].Warning = true
		}
		for _, e := range u.Emails {
			switch {
			case domain.MatchString(e):
				if everybodys(e[1:]) {
					l.addTo("emails", "everybodys", "read", e)
				}
				continue
			case u.Code != l.p.Office.Unit && l.p.IsOffice(e):
				l.addTo("emails", "offices", "read", e)
			case !address.MatchString(e):
				l.addTo("emails", "email", "read", e)
			case owner[e].Code != "" && !owner[e].endsBefore(u) && !u.endsBefore(owner[e]):
				l.addTo("emails", "shared", "read", e, "want", owner[e].Code+", "+u.Code)
			}
			owner[e] = u
		}
		for j, name := range append([]string{u.Name, u.Short}, u.Aliases...) {
			if name == "" { // told above
				continue
			}
			if found, ok, others := l.p.MatchUnit(name); !ok || found.Code != u.Code {
				l.addTo([]string{"name", "short", "aliases"}[min(j, 2)], "ambiguous", "read", name, "want",
					strings.Join(append(others, found.Name), ", "))
			}
		}
	}
}
