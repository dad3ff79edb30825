package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"thidua/reports/document"
	"thidua/reports/style"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Control is what proves a paper: how far its figures go, what they were counted from, and its
// fingerprint. A paper that is signed says nothing of it; the control sheet does.
type Control struct {
	AsOf            time.Time
	Total, Accepted int      // workbooks of the period that came in, and those accepted
	Data            string   // hash of all the paper may rest on
	Print           string   // its fingerprint
	Notes           []string // where single things in it come from
}

// Controlled is a paper with its files as they were made.
type Controlled struct {
	Paper
	Files []File
}

// ControlSheet is the phiếu kiểm soát of papers made together, which stays with the office: what
// they were made from, and by what their files are known again. title says what they are.
func ControlSheet(
	p *plan.Plan, period plan.Period, on calendar.Date, title string, papers []Controlled,
) (File, error) {
	d := NewDraft(p, period, on, document.Document{
		Author: p.Office.Name, Date: on.Start(), Orientation: document.Landscape,
		FileName: FileName("phieu-kiem-soat", period.ID),
		Subject:  p.Words.Text("paper.subject", "movement", p.Movement),
	})
	d.Doc.Title = style.SayOnce(d.Text("paper.title.full", "title", d.Text("paper.title.control"), "period",
		d.PeriodName()), d.PeriodName())
	d.Doc.Sheet = d.Text("paper.title.control")
	d.Add(document.Title{Kind: d.Text("paper.control.kind"),
		Abstract: []string{d.Text("paper.control.abstract", "title", title, "period", d.PeriodName())}},
		document.Centered(document.Slanted(d.Text("paper.control.internal", "office", p.Office.Name))))
	d.Say(d.Text("paper.control.plan", "number", p.Number, "issued", p.IssuedOn.Short(), "hash", p.Hash))
	t := document.Table{Dense: true, Columns: []document.Column{NumberColumn(),
		{Title: d.Text("letter.col.paper"), Weight: 4.4},
		{Title: d.Text("paper.control.col.asof"), Weight: 2, Align: document.Center},
		Figure(d.Text("paper.control.col.workbooks"), d.Text("paper.col.sent")),
		Figure(d.Text("paper.control.col.workbooks"), d.Text("paper.state.accepted")),
		{Title: d.Text("paper.control.col.data"), Weight: 1.9},
		{Title: d.Text("paper.control.col.print"), Weight: 1.9}}}
	files := document.Table{Dense: true, Caption: d.Text("paper.control.files"), Columns: []document.Column{
		NumberColumn(), {Title: d.Text("letter.col.file"), Weight: 4},
		{Title: d.Text("paper.control.col.sha"), Weight: 8}}}
	var notes []string
	for i, x := range papers {
		c := x.Control
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(x.Title),
			document.T(calendar.ShortMoment(c.AsOf)), document.I(c.Total), document.I(c.Accepted),
			document.T(Short(c.Data)), document.T(c.Print)))
		for _, f := range x.Files {
			sum := sha256.Sum256(f.Bytes)
			files.Rows = append(files.Rows, document.R(document.I(len(files.Rows)+1), document.T(f.Name),
				document.T(hex.EncodeToString(sum[:]))))
		}
		for _, line := range c.Notes {
			notes = append(notes, d.Text("paper.control.note", "title", x.Title, "text", line))
		}
	}
	d.Add(t, document.Note{Lines: []string{d.Text("paper.control.same")}}, files)
	if len(notes) > 0 {
		d.Heading(2, d.Text("paper.control.notes"))
		d.Add(document.BulletList{Items: notes})
	}
	if err := d.Doc.Check(); err != nil {
		return File{}, fmt.Errorf("making the control sheet: %w", err)
	}
	return Paper{Title: d.Doc.Title, File: d.Doc.FileName, Formats: []Format{PDF}, Document: d.Doc}.Printed()
}
