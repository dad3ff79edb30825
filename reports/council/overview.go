package council

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates/person"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// overview is the bảng chỉ tiêu.
type overview struct{ paper.Work }

// write is the bảng chỉ tiêu: every board's places, who is proposed for them, how the order falls,
// and who the people are (Plan III.1.2).
func (d overview) write() {
	bands, people := d.Text("paper.col.band"), d.Text("council.col.people")
	t := document.Table{Caption: d.Text("council.overview.table"), Columns: []document.Column{
		{Title: d.Text("paper.col.board"), Weight: 4}, paper.Figure("", d.Text("paper.col.quota")),
		paper.Figure("", d.Text("paper.col.proposed")),
		paper.Figure("", d.Text("council.col.eligible")),
	}}
	order := []evaluate.Band{evaluate.Within, evaluate.Boundary, evaluate.Reserve, evaluate.NoBand}
	for _, b := range order {
		t.Columns = append(t.Columns, paper.Figure(bands, bandCell(b).Text))
	}
	for _, key := range []string{"leaders", "direct", "others", "men", "women"} {
		t.Columns = append(t.Columns, paper.Figure(people, peopleTitle(key)))
	}
	c := document.Chart{Title: d.Text("council.overview.chart"), Horizontal: true, Series: []document.Series{
		{Name: d.Text("paper.col.quota")}, {Name: d.Text("paper.col.proposed")}, {Name: d.Text("council.col.eligible")},
	}}
	for _, b := range d.Result.Boards {
		n := map[evaluate.Band]int{}
		for _, p := range b.Places {
			n[p.Band]++
		}
		title := style.BoardTitle(b.Kind, b.GroupTitle)
		row := document.R(document.T(title), paper.QuotaCell(b.Quota, b.Limited), document.I(b.Proposed),
			document.I(b.Eligible))
		for _, band := range order {
			row.Cells = append(row.Cells, document.I(n[band]))
		}
		if s := b.Shares; b.Kind == evaluate.Individual {
			row.Cells = append(row.Cells, document.I(s.Leaders), document.I(s.Direct), document.I(s.Others),
				document.I(s.Men), document.I(s.Women))
		} else {
			for range 5 {
				row.Cells = append(row.Cells, document.Cell{Text: "–", Align: document.Center})
			}
		}
		t.Rows = append(t.Rows, row)
		c.Categories = append(c.Categories, title)
		for i, v := range []int{b.Quota, b.Proposed, b.Eligible} {
			c.Series[i].Values = append(c.Series[i].Values, float64(v))
		}
	}
	t.Rows = append(t.Rows, document.TotalRow(paper.Sums(t, d.QuotaTotal(1))...))
	d.Add(t)
	if len(c.Categories) > 0 {
		d.Add(c)
	}
}

//wording:composed paper.col.
func peopleTitle(key string) string { return wording.Text("paper.col." + key) }

// recusals lists the members with room to say on whom each does not vote. That a member bears a
// nominee's name or heads its unit is only pointed out: who recuses himself is for the members.
func (d docket) recusals() {
	d.Say(d.Text("council.recusals.lead"))
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.fullname"), Weight: 2},
		{Title: d.Text("paper.col.position"), Weight: 2.6},
		{Title: d.Text("council.col.related"), Weight: 4}, {Title: d.Text("council.col.recused"), Weight: 3, Pen: true},
	}}
	for i, m := range d.Plan.Council.Members {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(m.Name), document.T(m.Position),
			document.T(strings.Join(d.related(m), "; ")), document.T("")))
	}
	d.Add(t)
}

// related are the nominees who may be close to a member: of the same name, or of the unit that the
// member's position names.
func (d docket) related(m plan.Member) []string {
	var out []string
	for _, b := range d.Result.Boards {
		for _, p := range b.Places {
			n := p.Nominee
			u, _ := d.Plan.UnitByCode(n.Unit)
			same := n.Kind == evaluate.Individual && m.Name != "" && person.Key(n.Name) == person.Key(m.Name)
			if same || u.Short != "" && strings.Contains(" "+viet.Fold(m.Position)+" ", " "+viet.Fold(u.Short)+" ") {
				out = append(out, style.Brief(n))
			}
		}
	}
	return out
}

// rulings lists what the office ruled otherwise than the papers say, by whom and why, where it
// ruled anything in the round.
func (d docket) rulings() {
	var items []string
	for _, o := range d.Data.Overrides {
		// with the appraisal
		told := slices.ContainsFunc(d.Result.Overrides, func(r evaluate.Ruling) bool {
			return r.ID == o.ID &&
				len(r.Effects) > 0
		})
		if o.Period == d.Period.ID && !told {
			items = append(items, strings.TrimPrefix(d.UnitName(o.Unit)+": "+evaluate.RulingText(o), ": "))
		}
	}
	if len(items) > 0 {
		d.Heading(2, d.Text("council.rulings"))
		d.Add(document.BulletList{Items: items})
	}
}
