package council

import (
	"cmp"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// standards shows what every criterion said of every nominee.
type standards struct{ paper.Work }

// write shows by a mark what every criterion said of every nominee (Plan III.2.1, III.2.2), and
// below each table what needs a look. Criteria that always want people to judge are told once. The
// facts behind every mark stand in the appraisal's own workbook.
func (d standards) write() {
	d.Say(d.Text("paper.standards.lead"))
	if items := d.judgedByCouncil(); len(items) > 0 {
		d.Say(d.Text("paper.standards.council"))
		d.Add(document.BulletList{Items: items})
	}
	for _, b := range d.Result.Boards {
		if len(b.Places) == 0 {
			continue
		}
		d.Heading(2, style.BoardTitle(b.Kind, b.GroupTitle))
		criteria := d.Plan.CriteriaFor(plan.NomineeKind(b.Kind))
		d.Add(document.Paragraph{Runs: []document.Run{document.Slanted(legend(criteria))}, NoIndent: true,
			KeepNext: true}, d.markTable(b, criteria))
		d.remarks(b, criteria)
	}
	if len(d.Result.Verdicts) == 0 {
		d.Say(d.Text("paper.none"))
	}
}

// judgedByCouncil lists the criteria with a part that no record settles.
func (d standards) judgedByCouncil() []string {
	var out []string
	for _, c := range d.Plan.Criteria {
		var parts []string
		for _, leaf := range c.Check.Leaves() {
			if leaf.Kind == plan.CheckCouncil {
				parts = append(parts, style.LowerFirst(leaf.Title))
			}
		}
		if len(parts) > 0 {
			out = append(out, d.Text("paper.standards.council.item", "id", c.ID, "clause", c.Clause, "parts",
				strings.Join(parts, "; ")))
		}
	}
	return out
}

// legend says which criterion stands in which column.
func legend(criteria []plan.Criterion) string {
	var out []string
	for _, c := range criteria {
		out = append(out, wording.Text("paper.standards.legend.item", "id", c.ID, "title", c.Title, "clause", c.Clause))
	}
	return wording.Text("paper.standards.legend", "list", strings.Join(out, "; "))
}

// The shares of a line that the columns of the marks take; a criterion takes 1.
const (
	nameWeight    = 7.4
	overallWeight = 3.9
)

func (d standards) markTable(b evaluate.Board, criteria []plan.Criterion) document.Table {
	t := document.Table{Dense: true, Columns: []document.Column{paper.NumberColumn(),
		{Title: d.Text("paper.col.nominee"), Weight: nameWeight}}}
	for _, c := range criteria {
		t.Columns = append(t.Columns, document.Column{Group: d.Text("paper.col.standard"), Title: c.ID, Weight: 1,
			Align: document.Center})
	}
	t.Columns = append(t.Columns,
		document.Column{Title: d.Text("paper.col.overall"), Weight: overallWeight, Align: document.Center})
	for i, p := range b.Places {
		v := d.Verdict(p.Nominee.ID)
		row := []document.Cell{document.I(i + 1), document.T(style.Brief(p.Nominee))}
		for _, c := range criteria {
			outcome := evaluate.NotApplicable
			if at := slices.IndexFunc(v.Judgements,
				func(j evaluate.Judgement) bool { return j.Criterion == c.ID }); at >= 0 {
				outcome = v.Judgements[at].Outcome
			}
			row = append(row, markCell(outcome))
		}
		t.Rows = append(t.Rows,
			document.R(append(row, standingCell(d.Plan.Words, v, v.Outcome))...))
	}
	return t
}

// markCell is an outcome as one letter, so that it is read without its tint as well.
//
//wording:composed paper.outcome.
func markCell(o evaluate.Outcome) document.Cell {
	c := paper.OutcomeCell(o)
	c.Text = wording.Text("paper.outcome." + string(o))
	c.Bold = o == evaluate.NotMet || o == evaluate.Pending
	return c
}

// remark is something said of one nominee or, in the same words, of several.
type remark struct {
	rank     int // place of its criterion; contradictions and flags come after all criteria
	standard string
	outcome  document.Cell
	text     string
	of       []string // the nominees
}

// remarks lists what there is to say of a board's nominees beyond a mark: a criterion that is not
// met, that waits for a record or that a record leaves to the Council; a claim that the official
// record does not bear out; a flag.
func (d standards) remarks(b evaluate.Board, criteria []plan.Criterion) {
	var all []remark
	for i, p := range b.Places {
		for _, r := range d.remarksOn(p.Nominee, criteria) {
			r.of = []string{d.Text("paper.standards.of", "no", i+1, "name", style.Brief(p.Nominee))}
			same := func(o remark) bool { return o.rank == r.rank && o.standard == r.standard && o.text == r.text }
			if at := slices.IndexFunc(all, same); at >= 0 {
				all[at].of = append(all[at].of, r.of...)
				continue
			}
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b remark) int { return cmp.Compare(a.rank, b.rank) })
	t := document.Table{Dense: true, Columns: []document.Column{
		paper.NumberColumn(),
		{Title: d.Text("paper.col.remark.of"), Weight: nameWeight}, // on the columns of the table above
		{Title: d.Text("paper.col.standard"), Weight: 3},
		{Title: d.Text("paper.col.outcome"), Weight: 3, Align: document.Center},
		{Title: d.Text("paper.col.remark"), Weight: max(float64(len(criteria))-6, 0) + 5 + overallWeight},
	}}
	for i, r := range all {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(r.whom(len(b.Places))), document.T(r.standard),
			r.outcome, document.T(r.text)))
	}
	d.Heading(3, d.Text("paper.standards.remarks"))
	if len(t.Rows) == 0 {
		d.Say(d.Text("paper.none"))
		return
	}
	d.Add(t)
}

func (d standards) remarksOn(n evaluate.Nominee, criteria []plan.Criterion) []remark {
	v := d.Verdict(n.ID)
	var out []remark
	for _, j := range v.Judgements {
		if j.Outcome != evaluate.NotMet && j.Outcome != evaluate.Pending &&
			!(j.Outcome == evaluate.Council && j.Weighs) {
			continue
		}
		rank := slices.IndexFunc(criteria, func(c plan.Criterion) bool { return c.ID == j.Criterion })
		out = append(out, remark{rank: rank, standard: d.Text("paper.standards.remark", "id", j.Criterion, "clause",
			j.Clause), outcome: paper.OutcomeCell(j.Outcome),
			text: j.Reason})
	}
	for _, c := range d.Result.Contradictions {
		if c.Nominee == n.ID {
			out = append(out, remark{rank: len(criteria), standard: d.Text("paper.standards.contradiction"),
				outcome: document.T("–"),
				text:    unnamed(c.Finding.Message, n)})
		}
	}
	for _, f := range v.Flags {
		out = append(out, remark{rank: len(criteria) + 1, standard: d.Text("paper.standards.flag"),
			outcome: document.T("–"), text: unnamed(f.Text, n)})
	}
	return out
}

// unnamed is a sentence about a nominee without the name it begins with.
func unnamed(text string, n evaluate.Nominee) string {
	return style.UpperFirst(strings.TrimPrefix(text, "“"+n.Name+"” "))
}

// whom names the nominees, or all of them at once.
func (r remark) whom(all int) string {
	if len(r.of) == all && all > 1 {
		return wording.Text("paper.standards.all", "count", style.Two(all))
	}
	return strings.Join(r.of, "; ")
}
