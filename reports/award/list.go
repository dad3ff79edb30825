package award

import (
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// List is the danh sách of those who get the award.
//
//constructed:by NewList, newProposed
type List struct {
	paper.Work
	named []evaluate.Nominee // in the order of papers
}

// NewList lists those who get the award.
func NewList(w paper.Work) List { return List{w, w.Honoured()} }

// newProposed lists everybody whom the Council proposed, also whom the Chairman then left out.
func newProposed(w paper.Work) List { return List{w, w.ChosenBy(nil)} }

// write is the danh sách kèm theo quyết định: those the Council chose and about whom nothing is
// left to decide (Plan III.1.2). Those who wait for a decision stand in the annex until it is made.
func (d List) write() {
	d.Doc.Sheet = d.Text("paper.awards.sheet")
	d.Add(document.Title{Kind: d.Text("paper.awards.kind"), Abstract: []string{
		d.Text("paper.awards.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	d.Add(d.withDecision())
	if d.Nobody() {
		return
	}
	d.Tables(1, d.Decision() == nil)
	if waiting := d.Waiting(); len(waiting) > 0 {
		d.Prove(d.Text("paper.awards.waiting", "count", style.Two(len(waiting))))
	}
}

// Tables are the sections A and B with the groups of the plan, counted against its places where
// asked to: a decision does not speak of places. Names stand in their own order, not in that of the
// votes.
func (d List) Tables(level int, places bool) {
	of := func(quota string) string {
		if !places {
			return ""
		}
		return quota
	}
	section := 0
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		boards := round.OfKind(d.Result.Boards, kind)
		if !slices.ContainsFunc(boards, func(b evaluate.Board) bool {
			return places && b.Limited ||
				len(d.chosen(b)) > 0
		}) {
			continue // an award between the years may go to people alone
		}
		t := document.Table{Columns: []document.Column{paper.NumberColumn(),
			{Title: d.Text("paper.ballot.name." + kind), Weight: 3.2}}}
		if kind == evaluate.Individual {
			t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.col.position"), Weight: 3.4})
		}
		units := style.NeedUnits(d.NomineesOf(kind))
		if units {
			t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.col.unit"), Weight: 2.8})
		}
		t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.col.note"), Weight: 1.3})
		total, group := 0, 0
		for _, b := range boards {
			list := d.chosen(b)
			if len(list) == 0 && !(places && b.Limited) {
				continue
			}
			total += len(list)
			group++
			t.Rows = append(t.Rows,
				document.SectionRow(d.Text("paper.awards.group", "no", style.Roman(group), "group",
					style.GroupTitle(b.GroupTitle), "count", style.Two(len(list)), "quota", of(style.QuotaOf(b)),
					"kind", style.LowerFirst(style.KindTitle(kind)))))
			for k, n := range list {
				row := document.R(document.I(k+1), document.T(style.Who(n)))
				if kind == evaluate.Individual {
					row.Cells = append(row.Cells, document.T(style.Post(n)))
				}
				if units {
					row.Cells = append(row.Cells, document.T(n.UnitName))
				}
				t.Rows = append(t.Rows, row)
			}
		}
		d.Heading(level, d.Text("paper.awards.section", "letter", string(rune('A'+section)), "kind",
			strings.ToUpper(style.KindTitle(kind)), "count", style.Two(total), "quota", of(style.TotalQuota(boards))))
		d.Add(t)
		section++
	}
}

// chosen returns a board's nominees who get the award, by name.
func (d List) chosen(b evaluate.Board) []evaluate.Nominee {
	var out []evaluate.Nominee
	for _, n := range d.named {
		if n.Group == b.Group && n.Kind == b.Kind {
			out = append(out, n)
		}
	}
	return out
}

// Nobody tells why a paper has nobody to name, and reports whether it did: there was no vote yet,
// everybody whom it chose waits for the Council's conclusion, or it chose none. A paper that awards
// "0 tập thể và 0 cá nhân" helps nobody.
func (d List) Nobody() bool {
	switch waiting := len(d.Waiting()); {
	case d.Result.Council == nil:
		d.Say(d.Text("paper.awards.none"))
	case len(d.named) > 0:
		return false
	case waiting > 0:
		d.Say(d.Text("council.nobody.waiting", "count", style.Two(waiting)))
	default:
		d.Say(d.Text("council.nobody"))
	}
	return true
}

// counted are the numbers of honoured nominees by kind.
func (d List) counted() (collectives, individuals int) {
	for _, n := range d.named {
		if n.Kind == evaluate.Collective {
			collectives++
		} else {
			individuals++
		}
	}
	return collectives, individuals
}

// achieved is for what the award is given.
func (d List) achieved() string {
	if d.Period.Kind == plan.AdHoc { // Plan III.1.2
		return d.Text("council.achieved.adhoc", "movement", d.Plan.Movement)
	}
	return d.Text("council.achieved", "movement", d.Plan.Movement, "period", d.RoundName())
}

// cite adds the legal bases in force on the day of the decision, and more grounds after them.
func (d List) cite(more ...string) {
	day, ok := d.DecidedOn()
	if !ok {
		day = d.On
	}
	d.CiteBasesOn(day, more...)
}

// numberOf takes the number from "812/QĐ-UBND", 0 when there is none.
func numberOf(text string) int {
	before, _, _ := strings.Cut(text, "/")
	n, _ := strconv.Atoi(strings.TrimSpace(before))
	return n
}

// headOf adds the head of a paper that was signed already, with its number and day.
func (d List) headOf(paper, number string, day calendar.Date) {
	h, _ := d.Plan.Head(paper)
	block := document.NationalHeader{Issuer: h.Organ, Number: numberOf(number), Symbol: h.Symbol, Place: d.Plan.Place,
		Date: document.DateLine{Day: day.Day, Month: day.Month, Year: day.Year}}
	if _, symbol, ok := strings.Cut(number, "/"); ok {
		block.Symbol = strings.TrimSpace(symbol)
	}
	if h.Parent != "" {
		block.Superior = []string{h.Parent}
	}
	d.Add(block)
}

// withDecision names the decision a list goes with, with fields for what is open.
func (d List) withDecision() document.Paragraph {
	if v := d.Decision(); v != nil {
		return document.Centered(document.Slanted(d.Text("council.with", "decision", d.DecisionName(), "chair",
			d.Plan.Issuer.Chair)))
	}
	head, _ := d.Plan.Head("decision")
	return document.Centered(
		document.Slanted(d.Text("paper.awards.with")), document.Field(d.Text("paper.field.number"), "", 20),
		document.Slanted(d.Text("paper.awards.symbol", "symbol", head.Symbol)),
		document.Field(d.Text("paper.field.day"), "", 10),
		document.Slanted(d.Text("paper.awards.month")), document.Field(d.Text("paper.field.month"), "", 10),
		document.Slanted(d.Text("paper.awards.year")), document.Field(d.Text("paper.field.year"), "", 15),
		document.Slanted(d.Text("paper.awards.of", "chair", d.Plan.Issuer.Chair)))
}

// capacity is how the decision is signed: as it was, or as the plan says.
func (d List) capacity(paper string) document.Signature {
	out := document.Signature{}
	if h, ok := d.Plan.Head(paper); ok && len(h.Signatures) > 0 {
		out = document.Signature{Capacity: h.Signatures[0].Lines, Name: h.Signatures[0].Name}
	}
	if v := d.Decision(); v != nil {
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
