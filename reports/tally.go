package reports

import (
	"thidua/evaluate"
	"thidua/reports/document"
)

// tallyMinutes is the biên bản kiểm phiếu of the tellers. Before the vote everything in it is blank; once the tally was accepted its numbers
// stand there.
func (d *draft) tallyMinutes() {
	st := open
	if d.Result.Council == nil {
		st = rough
	}
	d.head("tally", st)
	d.add(document.Title{Kind: d.words.Text("paper.minutes.kind"), Abstract: []string{
		d.words.Text("council.tally.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	session := d.sessionFacts()
	d.filled(d.words.Text("council.tally.when"), session.when, 75)
	d.filled(d.words.Text("paper.minutes.place"), session.place, 75)
	d.section(d.words.Text("council.tally.tellers"))
	d.fields(d.words.Text("paper.minutes.tellers.head"), 60)
	d.fields(d.words.Text("paper.minutes.tellers.members"), 70)
	d.section(d.words.Text("council.tally.rule"))
	d.say(d.ruleText())
	d.filled(d.words.Text("council.tally.members"), two(d.members()), 10)
	d.filled(d.words.Text("council.tally.present"), session.present, 10)
	d.filled(d.words.Text("council.tally.written"), session.written, 10)
	d.section(d.words.Text("council.tally.counts"))
	d.votes(true)
	d.section(d.words.Text("council.tally.conclusion"))
	d.say(d.words.Text("council.tally.conclude"))
	d.add(document.Blank{Lines: 3})
	d.add(document.Para(document.Plain(d.words.Text("council.tally.closing")), document.Field(d.words.Text("paper.minutes.closing.copies"), "", 9), document.Plain(d.words.Text("paper.minutes.closing.d"))))
	d.signed("tally", d.words.Text("paper.sign.name"))
}

// sessionFacts are what the secretary reported of the session; all "" before.
type sessionFacts struct{ when, place, presiding, role, secretary, present, absent, written string }

func (d *draft) sessionFacts() sessionFacts {
	c := d.Result.Council
	if c == nil {
		return sessionFacts{}
	}
	return sessionFacts{
		when: phrase(c.Date), place: c.Place, presiding: c.Presiding, role: c.PresidingTitle, secretary: c.Secretary,
		present: two(c.Present), absent: two(max(c.Members-c.Present, 0)), written: two(c.Written),
	}
}

// filled adds a line with a label and a field that holds a value, or a blank where nothing is known.
func (d *draft) filled(label, value string, dots int) {
	d.add(document.Paragraph{Runs: []document.Run{document.Plain(label + ": "), document.Field(label, value, dots)}, Align: document.Left})
}

// opinions are the phiếu lấy ý kiến bằng văn bản for members who cannot come: signed, unlike a ballot.
func (d *draft) opinions() {
	d.head("ballot", open)
	d.add(document.Title{Kind: d.words.Text("council.opinion.kind"), Abstract: []string{
		d.words.Text("council.opinion.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement, "period", d.round()),
	}})
	d.fields(d.words.Text("council.opinion.name"), 54)
	d.fields(d.words.Text("council.opinion.role"), 54)
	d.fields(d.words.Text("council.opinion.reason"), 66)
	d.say(d.words.Text("council.opinion.text", "council", d.Plan.Council.Name))
	for i, kind := range []string{evaluate.Collective, evaluate.Individual} {
		t := document.Table{Columns: []document.Column{
			numberColumn(), {Title: d.words.Text("paper.col.nominee"), Weight: 5},
			{Title: d.words.Text("paper.col.agree"), Weight: 1, Align: document.Center, Pen: true}, {Title: d.words.Text("paper.col.disagree"), Weight: 1, Align: document.Center, Pen: true},
			{Title: d.words.Text("council.col.opinion"), Weight: 2, Pen: true},
		}}
		for j, b := range ofKind(d.Result.Boards, kind) {
			t.Rows = append(t.Rows, document.SectionRow(roman(j+1)+". "+groupTitle(b.GroupTitle)+" – "+d.words.Text("paper.boards.quota", "quota", d.quota(b))))
			list := voted(b)
			for k, p := range list {
				t.Rows = append(t.Rows, document.R(document.I(k+1), document.T(titled(p.Nominee))))
			}
			if len(list) == 0 {
				t.Rows = append(t.Rows, document.R(document.T(""), document.T(d.words.Text("paper.ballot.empty"))))
			}
		}
		d.heading(1, string(rune('A'+i))+". "+kindTitle(kind))
		d.add(t)
	}
	d.add(document.BulletList{Items: []string{
		d.words.Text("paper.ballot.how.mark"), d.words.Text("paper.ballot.how.blank"), d.words.Text("paper.ballot.how.quota"), d.words.Text("council.opinion.recuse"), d.words.Text("council.opinion.send"),
	}})
	d.add(document.Signatures{Right: document.Signature{Capacity: []string{d.words.Text("council.opinion.sign")}, Note: d.words.Text("paper.sign.name")}})
}
