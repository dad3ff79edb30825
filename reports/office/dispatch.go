package office

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// dispatch is the công văn đôn đốc.
type dispatch struct{ paper.Work }

// writeRegistrations presses the units whose registration is not there (Plan III.4, IV.1).
func (d dispatch) writeRegistrations() {
	d.write(d.Text("office.dispatch.what.registration"), d.Period.Registration, d.missingRegistration())
}

// writeDossiers presses the units that take part and whose dossier is not there (Plan III.4, IV.1).
func (d dispatch) writeDossiers() {
	d.write(d.Text("office.dispatch.what.dossier"), d.Period.Dossier, d.missingDossier())
}

// lacking is a unit with how its paper stands.
type lacking struct {
	unit, group string
	paper       evaluate.Paper
}

func (d dispatch) missingRegistration() []lacking {
	var out []lacking
	for _, row := range d.Summary.Matrix {
		if _, declined := d.Data.DeclinedBy(d.Period.ID, row.Unit); !declined &&
			row.Registration.State != evaluate.StateAccepted {
			out = append(out, lacking{row.UnitName, row.Group, row.Registration})
		}
	}
	return out
}

func (d dispatch) missingDossier() []lacking {
	var out []lacking
	for _, row := range d.Summary.Matrix {
		takesPart := slices.ContainsFunc(d.Period.Years, func(year int) bool {
			annual, ok := d.Plan.AnnualPeriod(year)
			_, registered := d.Data.Current(annual.ID, templates.RegistrationForm.ID, row.Unit)
			return ok && registered
		})
		if _, declined := d.Data.DeclinedBy(d.Period.ID, row.Unit); declined {
			continue
		}
		if row.Dossier.State == evaluate.StateToFix || row.Dossier.State == evaluate.StateNone && takesPart {
			out = append(out, lacking{row.UnitName, row.Group, row.Dossier})
		}
	}
	return out
}

// write is the công văn đôn đốc with the list of those it goes to. It names units only.
func (d dispatch) write(what string, deadline *plan.Deadline, list []lacking) {
	d.Head("reminder", paper.Dated)
	subject := d.Text("office.dispatch.subject", "what", what, "movement", d.Plan.Movement, "period", d.PeriodName())
	if h, ok := d.Doc.Blocks[0].(document.NationalHeader); ok {
		h.Subject = subject
		d.Doc.Blocks[0] = h
	}
	var to []string
	for _, g := range d.Plan.Groups {
		if slices.ContainsFunc(list, func(l lacking) bool { return l.group == string(g.ID) }) {
			to = append(to, d.Text("office.dispatch.to", "group", style.LowerFirst(g.Title)))
		}
	}
	if len(list) == 0 {
		d.Say(d.Text("office.dispatch.nobody", "what", what, "asof", calendar.ShortMoment(d.Data.AsOf)))
		return
	}
	d.Add(document.Addressee{To: to})
	d.Say(d.Text("office.dispatch.recall", "number", d.Plan.Number, "issued", d.Plan.IssuedOn.Phrase(), "issuer",
		d.Plan.Issuer.Short, "movement", d.Plan.Movement, "what", what, "office", d.Plan.Office.Name))
	if deadline != nil {
		d.Say(d.Text("office.dispatch.deadline", "before", deadline.Before.Phrase(), "clause", deadline.Clause))
	}
	waiting := 0
	for _, l := range list {
		if l.paper.State == evaluate.StateToFix {
			waiting++
		}
	}
	d.Say(d.Text("office.dispatch.state", "asof", calendar.ShortMoment(d.Data.AsOf), "count", style.Two(len(list)),
		"none", style.Two(len(list)-waiting), "tofix", style.Two(waiting), "what", what))
	d.Say(d.Text("office.dispatch.ask", "office", d.Plan.Office.Name, "what", what))
	d.Say(d.Text("office.dispatch.close", "office", d.Plan.Office.Name))
	d.Sign("reminder", "")
	d.Add(document.Part{Sheet: d.Text("office.dispatch.list.sheet")},
		document.Appendix{Title: []string{d.Text("office.dispatch.list.title", "what", strings.ToUpper(what))},
			Note: d.Text("office.dispatch.list.note", "symbol", d.Symbol("reminder"), "date", d.On.Phrase(), "office",
				d.Plan.Office.Name)})
	t := document.Table{Columns: []document.Column{paper.NumberColumn(), {Title: d.Text("paper.col.unit"), Weight: 5},
		{Title: d.Text("paper.col.state"), Weight: 2},
		{Title: d.Text("paper.col.note"), Weight: 3}}}
	for i, g := range d.Plan.Groups {
		no := 0
		for _, l := range list {
			if l.group != string(g.ID) {
				continue
			}
			if no == 0 {
				t.Rows = append(t.Rows, document.SectionRow(style.Roman(i+1)+". "+style.GroupTitle(g.Title)))
			}
			no++
			note := ""
			if l.paper.State == evaluate.StateToFix {
				note = d.Text("paper.matrix.must", "count", style.Two(l.paper.ToFix))
			}
			t.Rows = append(t.Rows, document.R(document.I(no), document.T(l.unit),
				document.Cell{Text: paper.StateText(l.paper.State), Tint: stateTint(l.paper.State)}, document.T(note)))
		}
		if no > 0 {
			t.Rows = append(t.Rows,
				document.SubtotalRow(document.T(""), document.T(d.Text("paper.subtotal", "no", style.Roman(i+1))),
					document.Count(), document.T("")))
		}
	}
	t.Rows = append(t.Rows, document.TotalRow(document.T(""), document.T(d.Text("paper.total")), document.Count(),
		document.T("")))
	d.Add(t)
}
