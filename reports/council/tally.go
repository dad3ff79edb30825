package council

import (
	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
)

// tally is what the tellers and absent members sign.
type tally struct{ minutes }

// write is the biên bản kiểm phiếu of the tellers. Before the vote everything in it is blank; once
// the tally was accepted its numbers stand there.
func (d tally) write() {
	st := paper.Open
	if d.Result.Council == nil {
		st = paper.Rough
	}
	d.Head("tally", st)
	d.Add(document.Title{Kind: d.Text("paper.minutes.kind"), Abstract: []string{
		d.Text("council.tally.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	session := d.sessionFacts()
	d.Fill(d.Text("council.tally.when"), session.when, 75)
	d.Fill(d.Text("paper.minutes.place"), session.place, 75)
	d.Section(d.Text("council.tally.tellers"))
	d.Blank(d.Text("paper.minutes.tellers.head"), 60)
	d.Blank(d.Text("paper.minutes.tellers.members"), 70)
	d.Section(d.Text("council.tally.rule"))
	d.Say(d.ruleText())
	d.Fill(d.Text("council.tally.members"), style.Two(d.members()), 10)
	d.Fill(d.Text("council.tally.present"), session.present, 10)
	d.Fill(d.Text("council.tally.written"), session.written, 10)
	d.Section(d.Text("council.tally.counts"))
	d.votes(true)
	d.Section(d.Text("council.tally.conclusion"))
	d.Say(d.Text("council.tally.conclude"))
	d.Add(document.Blank{Lines: 3})
	d.Add(document.Para(document.Plain(d.Text("council.tally.closing")),
		document.Field(d.Text("paper.minutes.closing.copies"), "", 9),
		document.Plain(d.Text("paper.minutes.closing.d"))))
	d.Sign("tally", d.Text("paper.sign.name"))
}

// sessionFacts are what the secretary reported of the session; all "" before.
type sessionFacts struct{ when, place, presiding, role, secretary, present, absent, written string }

func (d sheet) sessionFacts() sessionFacts {
	c := d.Result.Council
	if c == nil {
		return sessionFacts{}
	}
	return sessionFacts{
		when: style.Phrase(c.Date), place: c.Place, presiding: c.Presiding, role: c.PresidingTitle,
		secretary: c.Secretary,
		present:   style.Two(c.Present), absent: style.Two(max(c.Members-c.Present, 0)), written: style.Two(c.Written),
	}
}

// writeOpinion are the phiếu lấy ý kiến bằng văn bản for members who cannot come: signed, unlike a
// ballot.
func (d tally) writeOpinion() {
	d.Head("ballot", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.opinion.kind"), Abstract: []string{
		d.Text("council.opinion.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.RoundName()),
	}})
	d.Blank(d.Text("council.opinion.name"), 54)
	d.Blank(d.Text("council.opinion.role"), 54)
	d.Blank(d.Text("council.opinion.reason"), 66)
	d.Say(d.Text("council.opinion.text", "council", d.Plan.Council.Name))
	for i, kind := range []string{evaluate.Collective, evaluate.Individual} {
		t := document.Table{Columns: []document.Column{
			paper.NumberColumn(), {Title: d.Text("paper.col.nominee"), Weight: 5},
			{Title: d.Text("paper.col.agree"), Weight: 1, Align: document.Center, Pen: true},
			{Title: d.Text("paper.col.disagree"), Weight: 1, Align: document.Center, Pen: true},
			{Title: d.Text("council.col.opinion"), Weight: 2, Pen: true},
		}}
		for j, b := range round.OfKind(d.Result.Boards, kind) {
			t.Rows = append(t.Rows, document.SectionRow(style.Roman(j+1)+". "+style.GroupTitle(b.GroupTitle)+" – "+
				d.Text("paper.boards.quota", "quota", d.Quota(b))))
			list := round.Balloted(b)
			for k, p := range list {
				t.Rows = append(t.Rows, document.R(document.I(k+1), document.T(style.Titled(p.Nominee))))
			}
			if len(list) == 0 {
				t.Rows = append(t.Rows, document.R(document.T(""), document.T(d.Text("paper.ballot.empty"))))
			}
		}
		d.Heading(1, string(rune('A'+i))+". "+style.KindTitle(kind))
		d.Add(t)
	}
	d.Add(document.BulletList{Items: []string{
		d.Text("paper.ballot.how.mark"), d.Text("paper.ballot.how.blank"), d.Text("paper.ballot.how.quota"),
		d.Text("council.opinion.recuse"), d.Text("council.opinion.send"),
	}})
	d.Add(document.Signatures{Right: document.Signature{Capacity: []string{d.Text("council.opinion.sign")},
		Note: d.Text("paper.sign.name")}})
}
