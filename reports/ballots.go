package reports

import (
	"thidua/evaluate"
	"thidua/ingest/proof"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// ballots is the phiếu bầu: one sheet for collectives and one for individuals, each with the groups and their quotas (Plan III.1.2). A
// ballot carries no name, number or signature.
func (d *draft) ballots() {
	for i, kind := range []string{evaluate.Collective, evaluate.Individual} {
		if i > 0 {
			d.add(document.PageBreak{Afresh: true})
		}
		d.ballot(kind)
	}
}

func (d *draft) ballot(kind string) {
	d.head("ballot", open)
	d.add(document.Title{Kind: d.words.Text("paper.ballot.kind"), Abstract: []string{
		d.words.Text("paper.ballot.abstract", "kind", lowerFirst(kindTitle(kind)), "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	t := document.Table{Columns: []document.Column{numberColumn(), {Title: d.words.Text("paper.ballot.name." + kind), Weight: 2.6}}}
	units := needUnits(d.nomineesOf(kind))
	if units {
		t.Columns = append(t.Columns, document.Column{Title: d.words.Text("paper.ballot.unit." + kind), Weight: 4})
	}
	t.Columns = append(t.Columns, document.Column{Title: d.words.Text("paper.col.agree"), Weight: 1, Align: document.Center, Pen: true},
		document.Column{Title: d.words.Text("paper.col.disagree"), Weight: 1, Align: document.Center, Pen: true})
	for i, b := range ofKind(d.Result.Boards, kind) {
		t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(b.GroupTitle)+" – "+d.words.Text("paper.boards.quota", "quota", d.quota(b))))
		list := voted(b)
		for j, p := range list {
			row := document.R(document.I(j+1), document.T(who(p.Nominee)))
			if units {
				row.Cells = append(row.Cells, document.T(seat(withoutDepartment(p.Nominee))))
			}
			t.Rows = append(t.Rows, row)
		}
		if len(list) == 0 {
			t.Rows = append(t.Rows, document.R(document.T(""), document.T(d.words.Text("paper.ballot.empty"))))
		}
	}
	d.add(t, document.Text(d.words.Text("paper.ballot.how")), document.BulletList{Items: []string{
		d.words.Text("paper.ballot.how.mark"),
		d.words.Text("paper.ballot.how.blank"),
		d.words.Text("paper.ballot.how.quota"),
		d.words.Text("paper.ballot.how.absent"),
	}})
}

// BallotFile is the workbook that the Council's secretary fills in and sends back, with everybody who is put to the vote.
func BallotFile(s Sources, secret proof.Secret) ([]byte, error) {
	return xlsx.Write(templates.VotesForm, Heading(s.Plan, s.Period, nil), Sealed(templates.Context(s.Plan, s.Period, ""), secret), BallotWorkbook(s))
}

// BallotWorkbook returns the tally form with everybody who is put to the vote filled in, in the order of the boards, for the Council's
// secretary to complete after the meeting. Nominees who do not meet a criterion are not put to the vote; the docket lists them.
func BallotWorkbook(s Sources) *templates.Votes {
	v := &templates.Votes{}
	v.Session.Year = form.OfInt(s.Period.To.Year)
	if s.Period.Kind == plan.AdHoc { // of no year: that of the session
		v.Session.Year = form.OfInt(s.On.Year)
	}
	v.Session.Members = form.OfInt(len(s.Plan.Council.Members))
	for _, b := range s.Result.Boards {
		for _, p := range voted(b) {
			n := p.Nominee
			row := templates.VoteRow{Code: form.Of(n.ID), Name: form.Of(n.Name), Position: form.Of(post(n)), Unit: form.Of(n.UnitName)}
			if b.Kind == evaluate.Collective {
				v.Collectives = append(v.Collectives, row)
			} else {
				v.Individuals = append(v.Individuals, row)
			}
		}
	}
	return v
}
