package award

import (
	"fmt"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/ical"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
)

// conference is the hội nghị at which awards are presented: its programme, honours and invitation.
type conference struct{ List }

// turn is how many stand on the stage together.
const turn = 5

// writeProgram is the chương trình of the hội nghị tổng kết (Plan IV.1). Times are left to the
// organisers.
func (d conference) writeProgram() {
	d.Head("conference", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.program.kind"),
		Abstract: []string{d.Text("council.program.abstract", "movement", d.Plan.Movement, "period", d.PeriodName())}})
	d.place()
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.time"), Weight: 1.3, Align: document.Center, Pen: true},
		{Title: d.Text("paper.col.item"), Weight: 5}, {Title: d.Text("paper.col.by"), Weight: 2.6},
	}}
	collectives, individuals := d.counted()
	office, chair := d.Plan.Office.Name, d.Text("council.program.leader", "issuer", d.Plan.Issuer.Short)
	for i, item := range [][2]string{
		{d.Text("council.program.welcome"), d.Text("council.program.organisers")},
		{d.Text("council.program.open"), d.Text("council.program.organisers")},
		{d.Text("council.program.opening"), chair},
		{d.Text("council.program.report", "period", d.PeriodName()), office},
		{d.Text("council.program.talks"), d.Text("council.program.units")},
		{d.Text("council.program.decision", "award", d.Plan.Award), office},
		{d.Text("council.program.present", "whom", style.Whom(d.Plan.Words, collectives, individuals)), chair},
		{d.Text("council.program.words"), d.Text("council.program.honoured")},
		{d.Text("council.program.close"), chair},
	} {
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(""), document.T(item[0]), document.T(item[1])))
	}
	d.Add(t, document.Note{Lines: []string{d.Text("council.program.note")}})
}

// place says when and where, with fields for what is not known.
func (d conference) place() {
	m, _ := d.Conference()
	when, where := "", m.Place
	if !m.Day.IsZero() {
		when = d.Text("council.when", "start", m.Clock(), "date", m.Day.Phrase())
	}
	for _, f := range [][2]string{{d.Text("council.field.when"), when}, {d.Text("council.field.where"), where},
		{d.Text("council.field.chair"), m.Chair}} {
		d.Add(document.Paragraph{Runs: []document.Run{document.Strong(f[0] + ": "), document.Field(f[0], f[1], 75)},
			Align: document.Left})
	}
}

// writeHonours is the danh sách tuyên dương in the order of presentation: turn by turn as people
// are called to the stage.
func (d conference) writeHonours() {
	d.Doc.Sheet = d.Text("council.honours.sheet")
	d.Head("conference", paper.Open)
	d.Add(document.Title{Kind: d.Text("paper.awards.kind"),
		Abstract: []string{d.Text("council.honours.abstract", "award", d.Plan.Award, "movement", d.Plan.Movement,
			"period", d.PeriodName())}})
	if d.Nobody() {
		return
	}
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.nominee"), Weight: 3.9},
		{Title: d.Text("council.col.seat"), Weight: 3.9},
		{Title: d.Text("council.col.register"), Weight: 1, Align: document.Center},
		{Title: d.Text("council.col.receiver"), Weight: 2, Pen: true},
	}}
	no, turns := 0, 0
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		for _, b := range round.OfKind(d.Result.Boards, kind) {
			all := d.chosen(b)
			for i, n := range all {
				if i%turn == 0 {
					turns++
					t.Rows = append(t.Rows,
						document.SectionRow(d.Text("council.honours.turn", "turn", turns, "board",
							style.BoardTitle(kind, b.GroupTitle), "count", style.Two(min(turn, len(all)-i)))))
				}
				no++
				t.Rows = append(t.Rows, document.R(document.I(no), document.T(style.Who(n)),
					document.T(style.Whereabouts(n)), document.T(d.Number(n)), document.T("")))
			}
		}
	}
	d.Add(t, document.Note{Lines: []string{d.Text("council.honours.note", "turn", turn)}})
}

// writeInvitation is the thư mời to the conference, with a calendar file once its day and hour are
// known.
func (d conference) writeInvitation() {
	d.Head("invitation", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.invitation.kind"),
		Abstract: []string{d.Text("council.invitation.abstract", "movement", d.Plan.Movement, "period",
			d.PeriodName())}})
	d.Add(document.Centered(document.Strong(d.Text("council.invitation.dear")),
		document.Field(d.Text("council.invitation.guest"), "", 75)))
	d.Say(d.Text("council.invitation.text", "issuer", d.Plan.Issuer.Name, "movement", d.Plan.Movement, "period",
		d.PeriodName(), "award", d.Plan.Award))
	d.place()
	d.Say(d.Text("council.invitation.who"))
	var units []string
	people := 0
	seen := map[string]bool{}
	for _, n := range d.named {
		if n.Kind == evaluate.Individual {
			people++
		}
		if !seen[n.Unit] {
			seen[n.Unit] = true
			units = append(units, n.UnitName)
		}
	}
	items := []string{d.Text("council.invitation.leaders", "council", d.Plan.Council.Name),
		d.Text("council.invitation.heads")}
	switch {
	case people > 0:
		items = append(items, d.Text("council.invitation.people", "count", style.Two(people)))
	case len(units) == 0: // not known yet
		items = append(items, d.Text("council.invitation.people", "count", "…"))
	}
	if len(units) > 0 {
		items = append(items, d.Text("council.invitation.units", "list", strings.Join(units, "; ")))
	}
	d.Add(document.BulletList{Items: items})
	d.Say(d.Text("council.invitation.closing"))
	d.Sign("invitation", "")
	if m, ok := d.Conference(); ok && m.Timed {
		uid := fmt.Sprintf("hoi-nghi-%s@%s.thidua", d.Period.ID, d.Plan.ID)
		summary := d.Text("council.invitation.event", "movement", d.Plan.Movement, "period", d.PeriodName())
		text := strings.TrimSpace(d.Text("council.invitation.eventtext", "issuer", d.Plan.Issuer.Name) + "\n" +
			m.Remark)
		d.Enclose(paper.File{
			Name: d.Doc.FileName + ".ics", Type: ical.MediaType, Bytes: ical.Conference(m, uid, summary, text,
				d.Data.AsOf),
		})
	}
}
