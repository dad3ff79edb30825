package reports

import (
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// decision is what the office reported of the Chairman's decision, nil before.
func (d *draft) decision() *templates.Decision { return reported(d.Sources) }

func reported(s Sources) *templates.Decision {
	all := decisions(s.Data, s.Period)
	if len(all) == 0 {
		return nil
	}
	v, _ := all[len(all)-1].Value.(*templates.Decision)
	return v
}

// decidedOn is the day of the decision; ok is false before it, or when only its year is known.
func (d *draft) decidedOn() (day calendar.Date, ok bool) {
	if v := d.decision(); v != nil {
		day, ok = v.Head.Date.Date()
		return day, ok && !day.Partial()
	}
	return calendar.Date{}, false
}

// withheld reports whether the decision leaves a nominee out whom the Council proposed.
func withheld(v *templates.Decision, id string) bool {
	return v != nil && slices.ContainsFunc(v.Withheld, func(w templates.Withheld) bool { return strings.TrimSpace(w.Code.Text) == id })
}

// honoured are the nominees who get the award, in the order of papers: collectives before individuals, groups in the plan's order, names in
// theirs. Nobody stands here about whom something is left to decide.
func honoured(s Sources) []evaluate.Nominee { return chosenOf(s, reported(s)) }

// honoured are those whom a paper names. The tờ trình names everybody whom the Council proposed, also whom the Chairman then left out.
func (d *draft) honoured() []evaluate.Nominee {
	if d.recipe.name == paperProposal {
		return chosenOf(d.Sources, nil)
	}
	return honoured(d.Sources)
}

// chosenOf are the nominees whom the vote chose, without those whom a decision leaves out.
func chosenOf(s Sources, decision *templates.Decision) []evaluate.Nominee {
	s = s.settled()
	var out []evaluate.Nominee
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		for _, b := range ofKind(s.Result.Boards, kind) {
			var list []evaluate.Nominee
			for _, a := range s.Result.Awards {
				if a.Chosen && !a.NeedsDecision && a.Nominee.Group == b.Group && a.Nominee.Kind == kind && s.given(a.Nominee.ID) == nil && !withheld(decision, a.Nominee.ID) {
					list = append(list, a.Nominee)
				}
			}
			sortNominees(list)
			out = append(out, list...)
		}
	}
	return out
}

// AwardKey names an award in the register: the round and who got it.
func AwardKey(period, nominee string) string { return period + "/" + nominee }

// Enrolment is the register that the awards of a round stand in, that of the year of the decision, and their keys in the order of the list.
// ok is false until the office has reported the decision.
func Enrolment(s Sources) (book string, awards []string, ok bool) {
	d := draft{Sources: s}
	day, ok := d.decidedOn()
	if !ok {
		return "", nil, false
	}
	for _, n := range honoured(s) {
		awards = append(awards, AwardKey(s.Period.ID, n.ID))
	}
	return strconv.Itoa(day.Year), awards, true
}

// nobody tells why a paper has nobody to name, and reports whether it did: there was no vote yet, everybody whom it chose waits for the
// Council's conclusion, or it chose none. A paper that awards "0 tập thể và 0 cá nhân" helps nobody.
func (d *draft) nobody() bool {
	switch waiting := len(d.waiting()); {
	case d.Result.Council == nil:
		d.say(d.words.Text("paper.awards.none"))
	case len(d.honoured()) > 0:
		return false
	case waiting > 0:
		d.say(d.words.Text("council.nobody.waiting", "count", two(waiting)))
	default:
		d.say(d.words.Text("council.nobody"))
	}
	return true
}

// number is a nominee's number in the register, "" before it is given.
func (d *draft) number(n evaluate.Nominee) string {
	if no := d.Numbers[AwardKey(d.Period.ID, n.ID)]; no > 0 {
		return two(no)
	}
	return ""
}

// counted are the numbers of honoured nominees by kind.
func (d *draft) counted() (collectives, individuals int) {
	for _, n := range d.honoured() {
		if n.Kind == evaluate.Collective {
			collectives++
		} else {
			individuals++
		}
	}
	return collectives, individuals
}

// achieved is for what the award is given.
func (d *draft) achieved() string {
	if d.Period.Kind == plan.AdHoc { // Plan III.1.2
		return d.words.Text("council.achieved.adhoc", "movement", d.Plan.Movement)
	}
	return d.words.Text("council.achieved", "movement", d.Plan.Movement, "period", d.round())
}

// cited adds the legal bases in force on the day of the decision, and more grounds after them.
func (d *draft) cited(more ...string) {
	day, ok := d.decidedOn()
	if !ok {
		day = d.On
	}
	var lines []string
	for _, text := range d.Plan.BasesOn(day) {
		lines = append(lines, d.words.Text("paper.basis", "text", text))
	}
	d.add(document.Basis{Lines: append(lines, more...), Rules: d.doc.Rules()})
}

// numberOf takes the number from "812/QĐ-UBND", 0 when there is none.
func numberOf(text string) int {
	before, _, _ := strings.Cut(text, "/")
	n, _ := strconv.Atoi(strings.TrimSpace(before))
	return n
}

// headOf adds the head of a paper that was signed already, with its number and day.
func (d *draft) headOf(paper, number string, day calendar.Date) {
	h, _ := d.Plan.Head(paper)
	block := document.NationalHeader{Issuer: h.Organ, Number: numberOf(number), Symbol: h.Symbol, Place: d.Plan.Place, Date: document.DateLine{Day: day.Day, Month: day.Month, Year: day.Year}}
	if _, symbol, ok := strings.Cut(number, "/"); ok {
		block.Symbol = strings.TrimSpace(symbol)
	}
	if h.Parent != "" {
		block.Superior = []string{h.Parent}
	}
	d.add(block)
}

// decisionName is "Quyết định số 812/QĐ-UBND ngày 28 tháng 01 năm 2019", with blanks before the decision.
func (d *draft) decisionName() string {
	v := d.decision()
	if v == nil {
		head, _ := d.Plan.Head("decision")
		return d.words.Text("council.decision.open", "symbol", head.Symbol)
	}
	return d.named(v)
}

func (d *draft) named(v *templates.Decision) string {
	return d.words.Text("council.decision.name", "number", v.Head.Number.Text, "date", phrase(v.Head.Date.Text))
}

// phrase writes an ISO day as papers do; other texts stay.
func phrase(iso string) string {
	if day, err := calendar.ParseISO(iso); err == nil {
		return day.Phrase()
	}
	return iso
}

// decisionRuns are the same as runs, with fields for what is open.
func (d *draft) withDecision() document.Paragraph {
	if v := d.decision(); v != nil {
		return document.Centered(document.Slanted(d.words.Text("council.with", "decision", d.decisionName(), "chair", d.Plan.Issuer.Chair)))
	}
	head, _ := d.Plan.Head("decision")
	return document.Centered(
		document.Slanted(d.words.Text("paper.awards.with")), document.Field(d.words.Text("paper.field.number"), "", 20),
		document.Slanted(d.words.Text("paper.awards.symbol", "symbol", head.Symbol)), document.Field(d.words.Text("paper.field.day"), "", 10),
		document.Slanted(d.words.Text("paper.awards.month")), document.Field(d.words.Text("paper.field.month"), "", 10),
		document.Slanted(d.words.Text("paper.awards.year")), document.Field(d.words.Text("paper.field.year"), "", 15),
		document.Slanted(d.words.Text("paper.awards.of", "chair", d.Plan.Issuer.Chair)))
}

// capacity is how the decision is signed: as it was, or as the plan says.
func (d *draft) capacity(paper string) document.Signature {
	out := document.Signature{}
	if h, ok := d.Plan.Head(paper); ok && len(h.Signatures) > 0 {
		out = document.Signature{Capacity: h.Signatures[0].Lines, Name: h.Signatures[0].Name}
	}
	if v := d.decision(); v != nil {
		if v.Head.Capacity.Given() {
			out.Capacity = nil
			for line := range strings.SplitSeq(v.Head.Capacity.Text, ";") {
				out.Capacity = append(out.Capacity, strings.TrimSpace(line))
			}
		}
		out.Name = v.Head.Signer.Text
	}
	return out
}

// whereabouts is post and unit of a person, and the unit of a collective whose name does not say it.
func whereabouts(n evaluate.Nominee) string {
	switch {
	case n.Kind == evaluate.Individual:
		return seat(withoutDepartment(n))
	case namesUnit(n):
		return ""
	}
	return n.UnitName
}

// prize is the money for a kind of nominee by the day of the decision, or of the paper before it; 0 when none is paid.
func (d *draft) prize(kind string) int {
	day, ok := d.decidedOn()
	if !ok {
		day = d.On
	}
	return d.Plan.Prize.Amount(plan.NomineeKind(kind), day)
}

// dong writes a sum.
func dong(n int) string { return document.FormatNumber(float64(n), 0) + " đồng" }
