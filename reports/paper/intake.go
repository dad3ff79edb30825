package paper

import (
	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/style"
	"thidua/templates/calendar"
	"thidua/templates/finding"
)

// IntakeText counts what came in.
func (d Work) IntakeText() {
	registration, dossiers := d.Summary.Registration[len(d.Summary.Registration)-1],
		d.Summary.Dossiers[len(d.Summary.Dossiers)-1]
	if d.Period.Registration != nil {
		d.Say(d.Text("paper.intake.registration", "asof", calendar.ShortMoment(d.Data.AsOf), "units",
			style.Two(registration.Units), "sent", style.Two(registration.Registered), "ontime",
			style.Two(registration.OnTime),
			"onday", style.Two(registration.OnTheDay), "late", style.Two(registration.Late), "tofix",
			style.Two(registration.ToFix), "none", style.Two(registration.None)))
	}
	d.Say(d.Text("paper.intake.dossiers", "sent", style.Two(dossiers.Received), "accepted",
		style.Two(dossiers.Accepted), "tofix", style.Two(dossiers.ToFix), "ontime", style.Two(dossiers.OnTime),
		"onday", style.Two(dossiers.OnTheDay), "late", style.Two(dossiers.Late), "collectives",
		style.Two(dossiers.Collective), "individuals", style.Two(dossiers.Individual)))
}

// DossierTable counts dossiers by groups, and by the four grounds what those that wait must put
// right.
func (d Work) DossierTable(caption string) document.Table {
	grounds := d.Text("paper.col.tofix.grounds")
	all := []finding.Ground{finding.WrongSubject, finding.BelowStandard, finding.Incomplete, finding.BreachOfLaw}
	t := document.Table{Caption: caption, Unit: d.Text("paper.unit.dossiers"), Columns: []document.Column{
		{Title: d.Text("paper.col.group"), Weight: 2.4},
		Figure("", d.Text("paper.col.sent")), Figure("", StateText(evaluate.StateAccepted)),
		Figure("", d.Text("paper.state.tofix.short")),
		Figure("", d.Text("paper.timing.late.short")),
	}}
	for _, g := range all {
		t.Columns = append(t.Columns, Figure(grounds, g.Title()))
	}
	for _, l := range d.Summary.Dossiers {
		if l.Group == "" {
			continue
		}
		row := document.R(document.T(style.GroupTitle(l.Title)), document.I(l.Received), document.I(l.Accepted),
			document.I(l.ToFix), document.I(l.Late))
		for _, g := range all {
			row.Cells = append(row.Cells, document.I(l.Grounds[g]))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, document.TotalRow(Sums(t, nil)...))
	return t
}
