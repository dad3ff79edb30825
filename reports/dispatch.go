package reports

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// The official letters that press for what is missing.
const (
	dispatchRegistration = "dispatch-registration"
	dispatchDossier      = "dispatch-dossier"
)

// registrationDispatch presses the units whose registration is not there (Plan III.4, IV.1).
func (d *draft) registrationDispatch() {
	d.dispatch(d.words.Text("office.dispatch.what.registration"), d.Period.Registration, d.missingRegistration())
}

// dossierDispatch presses the units that take part and whose dossier is not there (Plan III.4, IV.1).
func (d *draft) dossierDispatch() {
	d.dispatch(d.words.Text("office.dispatch.what.dossier"), d.Period.Dossier, d.missingDossier())
}

// lacking is a unit with how its paper stands.
type lacking struct {
	unit, group string
	paper       evaluate.Paper
}

func (d *draft) missingRegistration() []lacking {
	var out []lacking
	for _, row := range d.Summary.Matrix {
		if row.Registration.State != evaluate.StateAccepted {
			out = append(out, lacking{row.UnitName, row.Group, row.Registration})
		}
	}
	return out
}

func (d *draft) missingDossier() []lacking {
	var out []lacking
	for _, row := range d.Summary.Matrix {
		takesPart := slices.ContainsFunc(d.Period.Years, func(year int) bool {
			annual, ok := d.Plan.AnnualPeriod(year)
			_, registered := d.Data.Current(annual.ID, templates.RegistrationForm.ID, row.Unit)
			return ok && registered
		})
		if row.Dossier.State == evaluate.StateToFix || row.Dossier.State == evaluate.StateNone && takesPart {
			out = append(out, lacking{row.UnitName, row.Group, row.Dossier})
		}
	}
	return out
}

// dispatch is the công văn đôn đốc with the list of those it goes to. It names units only.
func (d *draft) dispatch(what string, deadline *plan.Deadline, list []lacking) {
	d.head("reminder", dated)
	subject := d.words.Text("office.dispatch.subject", "what", what, "movement", d.Plan.Movement, "period", d.period())
	if h, ok := d.doc.Blocks[0].(document.NationalHeader); ok {
		h.Subject = subject
		d.doc.Blocks[0] = h
	}
	var to []string
	for _, g := range d.Plan.Groups {
		if slices.ContainsFunc(list, func(l lacking) bool { return l.group == string(g.ID) }) {
			to = append(to, d.words.Text("office.dispatch.to", "group", lowerFirst(g.Title)))
		}
	}
	if len(list) == 0 {
		d.say(d.words.Text("office.dispatch.nobody", "what", what, "asof", calendar.ShortMoment(d.Data.AsOf)))
		return
	}
	d.add(document.Addressee{To: to})
	d.say(d.words.Text("office.dispatch.recall", "number", d.Plan.Number, "issued", d.Plan.IssuedOn.Phrase(), "issuer", d.Plan.Issuer.Short, "movement", d.Plan.Movement, "what", what, "office", d.Plan.Office.Name))
	if deadline != nil {
		d.say(d.words.Text("office.dispatch.deadline", "before", deadline.Before.Phrase(), "clause", deadline.Clause))
	}
	waiting := 0
	for _, l := range list {
		if l.paper.State == evaluate.StateToFix {
			waiting++
		}
	}
	d.say(d.words.Text("office.dispatch.state", "asof", calendar.ShortMoment(d.Data.AsOf), "count", two(len(list)), "none", two(len(list)-waiting), "tofix", two(waiting), "what", what))
	d.say(d.words.Text("office.dispatch.ask", "office", d.Plan.Office.Name, "what", what))
	d.say(d.words.Text("office.dispatch.close", "office", d.Plan.Office.Name))
	d.signed("reminder", "")
	d.add(document.Part{Sheet: d.words.Text("office.dispatch.list.sheet")}, document.Appendix{Title: []string{d.words.Text("office.dispatch.list.title", "what", strings.ToUpper(what))},
		Note: d.words.Text("office.dispatch.list.note", "symbol", d.symbol("reminder"), "date", d.On.Phrase(), "office", d.Plan.Office.Name)})
	t := document.Table{Columns: []document.Column{numberColumn(), {Title: d.words.Text("paper.col.unit"), Weight: 5}, {Title: d.words.Text("paper.col.state"), Weight: 2},
		{Title: d.words.Text("paper.col.note"), Weight: 3}}}
	for i, g := range d.Plan.Groups {
		no := 0
		for _, l := range list {
			if l.group != string(g.ID) {
				continue
			}
			if no == 0 {
				t.Rows = append(t.Rows, document.SectionRow(roman(i+1)+". "+groupTitle(g.Title)))
			}
			no++
			note := ""
			if l.paper.State == evaluate.StateToFix {
				note = d.words.Text("paper.matrix.must", "count", two(l.paper.ToFix))
			}
			t.Rows = append(t.Rows, document.R(document.I(no), document.T(l.unit), document.Cell{Text: stateText(l.paper.State), Tint: stateTint(l.paper.State)}, document.T(note)))
		}
		if no > 0 {
			t.Rows = append(t.Rows, document.SubtotalRow(document.T(""), document.T(d.words.Text("paper.subtotal", "no", roman(i+1))), document.Count(), document.T("")))
		}
	}
	t.Rows = append(t.Rows, document.TotalRow(document.T(""), document.T(d.words.Text("paper.total")), document.Count(), document.T("")))
	d.add(t)
}

// symbol is the ký hiệu of a kind of paper.
func (d *draft) symbol(paper string) string {
	h, _ := d.Plan.Head(paper)
	return h.Symbol
}
