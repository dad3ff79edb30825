package round

import (
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Decision is what the office reported of the Chairman's decision, nil before.
func (s Sources) Decision() *templates.Decision {
	all := Decisions(s.Data, s.Period)
	if len(all) == 0 {
		return nil
	}
	v, _ := all[len(all)-1].Value.(*templates.Decision)
	return v
}

// DecidedOn is the day of the decision; ok is false before it, or when only its year is known.
func (s Sources) DecidedOn() (day calendar.Date, ok bool) {
	if v := s.Decision(); v != nil {
		day, ok = v.Head.Date.Date()
		return day, ok && !day.Partial()
	}
	return calendar.Date{}, false
}

// DecisionName is "Quyết định số 812/QĐ-UBND ngày 28 tháng 01 năm 2019", with blanks before the
// decision.
func (s Sources) DecisionName() string {
	v := s.Decision()
	if v == nil {
		head, _ := s.Plan.Head("decision")
		return s.text("council.decision.open", "symbol", head.Symbol)
	}
	return s.NameDecision(v)
}

// NameDecision is the same of a decision that is given.
func (s Sources) NameDecision(v *templates.Decision) string {
	return s.text("council.decision.name", "number", v.Head.Number.Text, "date", style.Phrase(v.Head.Date.Text))
}

// Withheld reports whether the decision leaves a nominee out whom the Council proposed.
func Withheld(v *templates.Decision, id string) bool {
	return v != nil && slices.ContainsFunc(v.Withheld,
		func(w templates.Withheld) bool { return strings.TrimSpace(w.Code.Text) == id })
}

// Honoured are the nominees who get the award, in the order of papers: collectives before
// individuals, groups in the plan's order, names in theirs. Nobody stands here about whom something
// is left to decide.
func (s Sources) Honoured() []evaluate.Nominee { return s.ChosenBy(s.Decision()) }

// ChosenBy are the nominees whom the vote chose, without those whom a decision leaves out. A nil
// decision leaves out nobody.
func (s Sources) ChosenBy(decision *templates.Decision) []evaluate.Nominee {
	s = s.Settled()
	var out []evaluate.Nominee
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		for _, b := range OfKind(s.Result.Boards, kind) {
			var list []evaluate.Nominee
			for _, a := range s.Result.Awards {
				if a.Chosen && !a.NeedsDecision && a.Nominee.Group == b.Group && a.Nominee.Kind == kind &&
					s.GivenBefore(a.Nominee.ID) == nil && !Withheld(decision, a.Nominee.ID) {
					list = append(list, a.Nominee)
				}
			}
			style.SortNominees(list)
			out = append(out, list...)
		}
	}
	return out
}

// Waiting returns everybody about whom the vote left a decision open. Those whom an earlier session
// gave the award wait for nothing.
func (s Sources) Waiting() []evaluate.Award {
	var out []evaluate.Award
	for _, list := range [][]evaluate.Award{s.Result.Awards, s.Result.NotChosen} {
		for _, a := range list {
			if a.NeedsDecision && s.GivenBefore(a.Nominee.ID) == nil {
				out = append(out, a)
			}
		}
	}
	return out
}

// Prize is the money for a kind of nominee by the day of the decision, or of the paper before it; 0
// when none is paid.
func (s Sources) Prize(kind string) int {
	day, ok := s.DecidedOn()
	if !ok {
		day = s.On
	}
	return s.Plan.Prize.Amount(plan.NomineeKind(kind), day)
}

// AwardKey names an award in the register: the round and who got it.
func AwardKey(period, nominee string) string { return period + "/" + nominee }

// Enrolment is the register that the awards of a round stand in, that of the year of the decision,
// and their keys in the order of the list. ok is false until the office has reported the decision.
func (s Sources) Enrolment() (book string, awards []string, ok bool) {
	day, ok := s.DecidedOn()
	if !ok {
		return "", nil, false
	}
	for _, n := range s.Honoured() {
		awards = append(awards, AwardKey(s.Period.ID, n.ID))
	}
	return strconv.Itoa(day.Year), awards, true
}

// Number is a nominee's number in the register, "" before it is given.
func (s Sources) Number(n evaluate.Nominee) string {
	if no := s.Numbers[AwardKey(s.Period.ID, n.ID)]; no > 0 {
		return style.Two(no)
	}
	return ""
}

// Concerns reports whether the council voted on somebody whom a unit proposed.
func (s Sources) Concerns(unit string) bool {
	then := s.Settled().Result
	return slices.ContainsFunc(append(slices.Clone(then.Awards), then.NotChosen...), func(a evaluate.Award) bool {
		return a.Nominee.Unit == unit && s.GivenBefore(a.Nominee.ID) == nil
	})
}
