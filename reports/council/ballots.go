package council

import (
	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
)

// ballots are the phiếu bầu.
type ballots struct{ paper.Work }

// write is the phiếu bầu: one sheet for collectives and one for individuals, each with the groups
// and their quotas (Plan III.1.2). A ballot carries no name, number or signature.
func (d ballots) write() {
	for i, kind := range []string{evaluate.Collective, evaluate.Individual} {
		if i > 0 {
			d.Add(document.PageBreak{Afresh: true})
		}
		d.sheet(kind)
	}
}

func (d ballots) sheet(kind string) {
	d.Head("ballot", paper.Open)
	d.Add(document.Title{Kind: d.Text("paper.ballot.kind"), Abstract: []string{
		d.Text("paper.ballot.abstract", "kind", style.LowerFirst(style.KindTitle(kind)), "award", d.Plan.Award,
			"movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	d.Add(document.Text(d.Text("paper.ballot.how")), document.BulletList{Items: []string{
		d.Text("paper.ballot.how.mark"),
		d.Text("paper.ballot.how.blank"),
		d.Text("paper.ballot.how.quota"),
		d.Text("paper.ballot.how.absent"),
	}})
	t := document.Table{Columns: []document.Column{paper.NumberColumn(),
		{Title: d.Text("paper.ballot.name." + kind), Weight: 2.6}}}
	units := style.NeedUnits(d.NomineesOf(kind))
	if units {
		t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.ballot.unit." + kind), Weight: 4})
	}
	t.Columns = append(t.Columns, document.Column{Title: d.Text("paper.col.agree"), Weight: 1, Align: document.Center,
		Pen: true},
		document.Column{Title: d.Text("paper.col.disagree"), Weight: 1, Align: document.Center, Pen: true})
	for i, b := range round.OfKind(d.Result.Boards, kind) {
		t.Rows = append(t.Rows, document.SectionRow(style.Roman(i+1)+". "+style.GroupTitle(b.GroupTitle)+" – "+
			d.Text("paper.boards.quota", "quota", d.Quota(b))))
		list := round.Balloted(b)
		for j, p := range list {
			row := document.R(document.I(j+1), document.T(style.Who(p.Nominee)))
			if units {
				row.Cells = append(row.Cells, document.T(style.Seat(style.WithoutDepartment(p.Nominee))))
			}
			t.Rows = append(t.Rows, row)
		}
		if len(list) == 0 {
			t.Rows = append(t.Rows, document.R(document.T(""), document.T(d.Text("paper.ballot.empty"))))
		}
	}
	d.Add(t)
}
