package issue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/ledger"
	"thidua/reports"
	"thidua/reports/letter"
	"thidua/reports/office"
	"thidua/reports/paper"
	"thidua/reports/parallel"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// circulate sends the forms of an occasion, each unit its own, and the office its own; and papers
// made for all units.
func (j job) circulate() (docs []ledger.Document, letters []ledger.Letter, err error) {
	for _, name := range j.Papers {
		var more []ledger.Document
		var sent []ledger.Letter
		switch f, ok := formOf(name); {
		case !ok:
			more, sent, err = j.circular(name)
		case f.From == form.FromUnit:
			sent, err = j.unitForms(f)
		default:
			more, sent, err = j.officeForm(f)
		}
		if err != nil {
			return nil, nil, err
		}
		docs, letters = append(docs, more...), append(letters, sent...)
	}
	return docs, letters, nil
}

// officeForm sends the office a form of its own.
func (j job) officeForm(f *form.Form) ([]ledger.Document, []ledger.Letter, error) {
	made, err := prefill.Office(j.Plan, f, j.period, j.Secret())
	if err != nil {
		return nil, nil, err
	}
	l, err := j.formLetter(j.Plan.Office.Name, "", j.Plan.Office.Emails, made)
	return []ledger.Document{{Name: made.Name, Bytes: made.Bytes}}, []ledger.Letter{l}, err
}

// unitForms sends a form to every unit that may send it back, with what is known of the unit.
func (j job) unitForms(f *form.Form) ([]ledger.Letter, error) {
	units := slices.DeleteFunc(j.Plan.UnitsOn(calendar.DateOf(j.now)), func(u plan.Unit) bool {
		return len(u.Mailboxes()) == 0 || !templates.MaySend(j.Plan, f, u)
	})
	return parallel.Map(units, func(u plan.Unit) (ledger.Letter, error) {
		made, err := j.desk.forms.Unit(f, u)
		if err != nil {
			return ledger.Letter{}, err
		}
		return j.formLetter(u.Name, u.Code, u.Mailboxes(), made)
	})
}

func (j job) formLetter(name, unit string, addresses []string, f paper.File) (ledger.Letter, error) {
	period := strings.ToLower(j.period.Title)
	var b letter.Body
	b.Title(j.Text("letter.templates.title", "period", period))
	b.Para(j.Text("letter.dear", "name", name))
	b.Para(j.Text("letter.templates.intro", "plan", style.PlanName(j.Plan), "issuer", j.Plan.Issuer.Short, "office",
		j.Plan.Office.Name))
	if j.period.Registration != nil && j.period.Dossier != nil {
		b.Para(j.Text("letter.templates.deadlines", "registration", j.period.Registration.Before.Short(), "dossier",
			j.period.Dossier.Before.Short()))
	}
	b.Box(j.Text("letter.templates.next"))
	return j.Freeze("templates", unit, letter.Letter{
		ID: j.key + "/" + f.Name, To: post.To(name, addresses), Date: j.now,
		Attachments: []letter.Attachment{letter.Attachment(f), j.CalendarFile(j.period, j.now)},
		Subject:     j.Text("letter.templates.subject", "period", period, "unit", name),
	}, b)
}

// circular sends a paper made for all to every unit and to the office. The bulletin is told in the
// mail itself as well.
func (j job) circular(name string) (docs []ledger.Document, letters []ledger.Letter, err error) {
	recipe, ok := reports.Lookup(name)
	if !ok {
		return nil, nil, fmt.Errorf("there is no paper %q", name)
	}
	if recipe.Silent(j.Sources) { // no letter is owed to anybody
		return nil, nil, nil
	}
	made, err := recipe.Make(j.Sources)
	if err != nil {
		return nil, nil, err
	}
	files, err := made.Files()
	if err != nil {
		return nil, nil, err
	}
	for _, x := range files {
		docs = append(docs, ledger.Document{Name: x.Name, Bytes: x.Bytes})
	}
	write := func(name, unit string, addresses []string) error {
		l, err := j.circularLetter(made, files, name, unit, addresses)
		letters = append(letters, l)
		return err
	}
	for _, u := range j.Plan.UnitsOn(calendar.DateOf(j.now)) {
		if len(u.Mailboxes()) == 0 {
			continue
		}
		if err := write(u.Name, u.Code, u.Mailboxes()); err != nil {
			return nil, nil, err
		}
	}
	if len(j.Plan.Office.Emails) > 0 {
		if err := write(j.Plan.Office.Name, "", j.Plan.Office.Emails); err != nil {
			return nil, nil, err
		}
	}
	return docs, letters, nil
}

// circularLetter carries a circular to one unit, or to the office when unit is "".
func (j job) circularLetter(
	made paper.Paper, files []paper.File, name, unit string, addresses []string,
) (ledger.Letter, error) {
	period := strings.ToLower(j.period.Title)
	mistakes, _ := office.Common(j.Sources)
	var b letter.Body
	b.Title(made.Title)
	b.Para(j.Text("letter.dear", "name", name))
	b.Para(j.Text("letter.bulletin.intro", "office", j.Plan.Office.Name, "period", period, "kinds", len(mistakes)))
	var rows [][]string
	for i, m := range mistakes[:min(len(mistakes), office.ShownMistakes)] {
		row := []string{strconv.Itoa(i + 1), m.Place, m.Message, m.Fix, strconv.Itoa(m.Units)}
		if unit == "" { // what to change in a form is the office's to weigh
			row = append(row, m.Change)
		}
		rows = append(rows, row)
	}
	columns := []string{j.Text("letter.col.number"), j.Text("letter.col.where"), j.Text("letter.col.message"),
		j.Text("letter.col.fix"), j.Text("letter.bulletin.units")}
	if unit == "" {
		columns = append(columns, j.Text("letter.bulletin.change"))
	}
	b.Table(columns, rows, nil)
	b.Box(j.Text("letter.bulletin.next", "file", files[0].Name))
	return j.Freeze("bulletin", unit, letter.Letter{
		ID: j.key + "/" + made.Name + "/" + unit, To: post.To(name, addresses), Date: j.now,
		Attachments: post.Attach(files...), Subject: j.Text("letter.bulletin.subject", "period", period, "name", name),
	}, b)
}
