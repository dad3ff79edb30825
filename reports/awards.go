package reports

import (
	"cmp"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/finding"
)

// awards is the danh sách kèm theo quyết định: those the Council chose and about whom nothing is left to decide (Plan III.1.2). Those who
// wait for a decision stand in the annex until it is made.
func (d *draft) awards() {
	d.doc.Sheet = d.words.Text("paper.awards.sheet")
	d.add(document.Title{Kind: d.words.Text("paper.awards.kind"), Abstract: []string{
		d.words.Text("paper.awards.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	d.add(d.withDecision())
	if d.nobody() {
		return
	}
	d.awardTables(1, d.decision() == nil)
	if waiting := d.waiting(); len(waiting) > 0 {
		d.add(document.Note{Lines: []string{d.words.Text("paper.awards.waiting", "count", two(len(waiting)))}})
	}
}

// awardTables are the sections A and B with the groups of the plan, counted against its places where asked to: a decision does not speak of
// places. Names stand in their own order, not in that of the votes.
func (d *draft) awardTables(level int, places bool) {
	of := func(quota string) string {
		if !places {
			return ""
		}
		return quota
	}
	section := 0
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		boards := ofKind(d.Result.Boards, kind)
		if !slices.ContainsFunc(boards, func(b evaluate.Board) bool { return places && b.Limited || len(d.chosen(b)) > 0 }) {
			continue // an award between the years may go to people alone
		}
		t := document.Table{Columns: []document.Column{numberColumn(), {Title: d.words.Text("paper.ballot.name." + kind), Weight: 3.2}}}
		if kind == evaluate.Individual {
			t.Columns = append(t.Columns, document.Column{Title: d.words.Text("paper.col.position"), Weight: 3.4})
		}
		units := needUnits(d.nomineesOf(kind))
		if units {
			t.Columns = append(t.Columns, document.Column{Title: d.words.Text("paper.col.unit"), Weight: 2.8})
		}
		t.Columns = append(t.Columns, document.Column{Title: d.words.Text("paper.col.note"), Weight: 1.3})
		total, group := 0, 0
		for _, b := range boards {
			list := d.chosen(b)
			if len(list) == 0 && !(places && b.Limited) {
				continue
			}
			total += len(list)
			group++
			t.Rows = append(t.Rows, document.SectionRow(d.words.Text("paper.awards.group", "no", roman(group), "group", groupTitle(b.GroupTitle), "count", two(len(list)), "quota", of(quotaOf(b)), "kind", lowerFirst(kindTitle(kind)))))
			for k, n := range list {
				row := document.R(document.I(k+1), document.T(who(n)))
				if kind == evaluate.Individual {
					row.Cells = append(row.Cells, document.T(post(n)))
				}
				if units {
					row.Cells = append(row.Cells, document.T(n.UnitName))
				}
				t.Rows = append(t.Rows, row)
			}
		}
		d.heading(level, d.words.Text("paper.awards.section", "letter", string(rune('A'+section)), "kind", strings.ToUpper(kindTitle(kind)), "count", two(total), "quota", of(totalQuota(boards))))
		d.add(t)
		section++
	}
}

// chosen returns a board's nominees who get the award, by name.
func (d *draft) chosen(b evaluate.Board) []evaluate.Nominee {
	var out []evaluate.Nominee
	for _, n := range d.honoured() {
		if n.Group == b.Group && n.Kind == b.Kind {
			out = append(out, n)
		}
	}
	return out
}

// waiting returns everybody about whom the vote left a decision open. Those whom an earlier session gave the award wait for nothing.
func (d *draft) waiting() []evaluate.Award {
	var out []evaluate.Award
	for _, list := range [][]evaluate.Award{d.Result.Awards, d.Result.NotChosen} {
		for _, a := range list {
			if a.NeedsDecision && d.given(a.Nominee.ID) == nil {
				out = append(out, a)
			}
		}
	}
	return out
}

// awardsAnnex is for the Council only: what is left to decide, with the findings about the session, and who was not chosen and why.
func (d *draft) awardsAnnex() {
	d.doc.Sheet = d.words.Text("paper.annex.sheet")
	d.head("ballot", open)
	d.add(document.Title{Kind: d.words.Text("paper.annex.kind"), Abstract: []string{
		d.words.Text("paper.annex.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}}, document.Centered(document.Slanted(d.words.Text("paper.docket.internal"))))
	if d.Result.Council == nil {
		d.say(d.words.Text("paper.awards.none"))
		return
	}
	c := d.settled().Result.Council
	d.section(d.words.Text("paper.annex.session"))
	d.say(d.words.Text("paper.annex.session.text", "members", two(c.Members), "present", two(c.Present), "written", two(c.Written), "quorum", two(c.QuorumNeeded), "threshold", c.Threshold, "file", c.File, "receipt", c.Receipt))
	if len(c.Findings) > 0 {
		var items []string
		for _, f := range c.Findings {
			items = append(items, f.Message+" "+f.Fix+whereRead(f))
		}
		d.add(document.BulletList{Items: items})
	}
	d.section(d.words.Text("paper.annex.decide"))
	d.annexTable(d.waiting())
	d.section(d.words.Text("paper.annex.refused"))
	var refused []evaluate.Award
	for _, a := range d.Result.NotChosen {
		given := d.given(a.Nominee.ID) != nil // by an earlier session: told only where something speaks against it
		if given && a.Outcome == evaluate.NotMet || !given && !a.NeedsDecision {
			refused = append(refused, a)
		}
	}
	d.annexTable(refused)
}

// whereRead is the cell of a finding in brackets, nothing where it speaks of the whole.
func whereRead(f finding.Finding) string {
	if f.Sheet == "" {
		return ""
	}
	return " (" + f.Where() + ")"
}

func (d *draft) annexTable(list []evaluate.Award) {
	if len(list) == 0 {
		d.say(d.words.Text("paper.none"))
		return
	}
	t := document.Table{Dense: true, Columns: []document.Column{
		numberColumn(),
		{Title: d.words.Text("paper.col.nominee"), Weight: 4.2},
		{Title: d.words.Text("paper.col.outcome"), Weight: 2.1},
		{Title: d.words.Text("paper.col.percent"), Weight: 0.9, Align: document.Center},
		{Title: d.words.Text("paper.col.why"), Weight: 6.2},
		{Title: d.words.Text("paper.col.ground"), Weight: 1.4},
	}}
	given := map[string]*templates.Decision{}
	if d.Decided != nil {
		for _, n := range d.honoured() {
			given[n.ID] = d.decision()
		}
	}
	for _, g := range d.Given {
		given[g.Nominee.ID] = g.Decision
	}
	for i, a := range list {
		reason, percent := a.Reason, a.Percent
		if a.Sealed { // the annex reaches the recused
			reason, percent = awardText(a)+". "+d.words.Text("council.sealed"), "(*)"
		}
		if a.Outcome == evaluate.NotMet {
			reason += "\n" + d.failures(a.Nominee.ID)
		}
		if v := given[a.Nominee.ID]; v != nil {
			reason += "\n" + d.words.Text("council.given.since", "decision", d.named(v))
		}
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(titled(a.Nominee)), outcomeCell(a.Outcome), document.T(percent), document.T(reason), document.T(cmp.Or(a.Ground.Title(), "–"))))
	}
	evened(t, 3)
	d.add(t)
}
