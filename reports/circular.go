package reports

import (
	"strconv"
	"strings"

	"thidua/ingest/ledger"
	"thidua/reports/letter"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// enclosed makes the official letters that go with the reminders of an occasion: all of them for the office, and the files that every
// reminder carries.
func (d *desk) enclosed(o plan.Occurrence) (all []finished, out []letter.Attachment, err error) {
	for _, n := range o.Occasion.Papers {
		if n == paperReminder {
			continue
		}
		paper, err := d.paper(n)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, paper)
		out = append(out, paper.files[0])
	}
	return all, out, nil
}

// toSign sends the office the official letters that reminders carried unsigned, also as files it can number, sign and send out itself.
func (d *desk) toSign(o plan.Occurrence, key string, papers []finished, pressed int) (ledger.Letter, error) {
	period := strings.ToLower(d.period.Title)
	var b body
	b.title(d.Plan.Words.Text("letter.dispatch.title"))
	b.para(d.Plan.Words.Text("letter.dear", "name", d.Plan.Office.Name))
	b.para(d.Plan.Words.Text("letter.dispatch.intro", "n", two(pressed), "period", period, "moment", moment(d.now)))
	out := letter.Letter{ID: key + "/to-sign", To: to(d.Plan.Office.Name, d.Plan.Office.Emails), Date: d.now,
		Subject: d.Plan.Words.Text("letter.dispatch.subject", "title", o.Occasion.Title, "period", period)}
	for _, paper := range papers {
		out.Attachments = append(out.Attachments, paper.files...)
	}
	d.listed(&b, papers)
	b.box(d.Plan.Words.Text("letter.dispatch.next"))
	return d.freeze("papers", "", out, b)
}

// circular sends a paper made for all to every unit and to the office. The bulletin is told in the mail itself as well.
func (d *desk) circular(name, key string) (docs []ledger.Document, letters []ledger.Letter, err error) {
	paper, err := Make(name, *d.sources)
	if err != nil {
		return nil, nil, err
	}
	files, err := paper.files()
	if err != nil {
		return nil, nil, err
	}
	for _, x := range files {
		docs = append(docs, ledger.Document{Name: x.Name, Bytes: x.Bytes})
	}
	w := &draft{Sources: *d.sources, words: d.Plan.Words}
	all := w.mistakes()
	if name == paperBulletin && len(all) == 0 { // nothing was wrong: no letter is owed to anybody
		return nil, nil, nil
	}
	post := func(to2, unit string, addresses []string) error {
		var b body
		b.title(paper.Title)
		b.para(d.Plan.Words.Text("letter.dear", "name", to2))
		b.para(d.Plan.Words.Text("letter.bulletin.intro", "office", d.Plan.Office.Name, "period", strings.ToLower(d.period.Title), "kinds", len(all)))
		var rows [][]string
		for i, m := range all[:min(len(all), shownMistakes)] {
			message, fix := w.what(m.code)
			rows = append(rows, []string{strconv.Itoa(i + 1), w.where(m), message, fix, strconv.Itoa(len(m.units)), w.change(m)})
		}
		b.table([]string{d.Plan.Words.Text("letter.col.number"), d.Plan.Words.Text("letter.col.where"), d.Plan.Words.Text("letter.col.message"), d.Plan.Words.Text("letter.col.fix"),
			d.Plan.Words.Text("letter.bulletin.units"), d.Plan.Words.Text("letter.bulletin.change")}, rows, nil)
		b.box(d.Plan.Words.Text("letter.bulletin.next", "file", files[0].Name))
		l, err := d.freeze("bulletin", unit, letter.Letter{ID: key + "/" + name + "/" + unit, To: to(to2, addresses), Date: d.now, Attachments: files,
			Subject: d.Plan.Words.Text("letter.bulletin.subject", "period", strings.ToLower(d.period.Title), "name", to2)}, b)
		if err != nil {
			return err
		}
		letters = append(letters, l)
		return nil
	}
	for _, u := range d.Plan.UnitsOn(calendar.DateOf(d.now)) {
		if len(u.Mailboxes()) == 0 {
			continue
		}
		if err := post(u.Name, u.Code, u.Mailboxes()); err != nil {
			return nil, nil, err
		}
	}
	if len(d.Plan.Office.Emails) > 0 {
		if err := post(d.Plan.Office.Name, "", d.Plan.Office.Emails); err != nil {
			return nil, nil, err
		}
	}
	return docs, letters, nil
}
