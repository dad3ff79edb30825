// Package unitpaper writes the papers about one workbook of one unit: the slip that answers it, and
// the parts of its dossier laid out for the unit to sign.
//
// A plan, a submission and what is known go in; finished papers come out. The package adds nothing
// to what the unit wrote, and never says more than the letter that carries a paper.
package unitpaper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/parallel"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// writer writes a paper about one workbook.
//
//constructed:by newWriter
type writer struct {
	*paper.Draft
	plan *plan.Plan
	data submission.Dataset
	on   calendar.Date
	unit plan.Unit
	sent submission.Submission
}

// recipe says what such a paper is and how it is made. fits tells whether it can be made of a
// workbook; signed papers are the unit's own.
type recipe struct {
	name, stem  string
	formats     []paper.Format
	orientation document.Orientation
	signed      bool
	fits        func(submission.Submission) bool
	write       func(*writer)
}

//wording:composed unit.title.
func (r recipe) title(w wording.Words) string { return w.Text("unit.title." + r.name) }

func recipes() []recipe {
	both := []paper.Format{paper.DOCX, paper.PDF}
	any := func(submission.Submission) bool { return true }
	return []recipe{
		{"slip", "phieu-tiep-nhan", []paper.Format{paper.PDF}, document.Portrait, false, any, (*writer).slip},
		{"unit-proposal", "to-trinh", both, document.Portrait, true, holdsSlate, (*writer).proposal},
		{"unit-reports", "bao-cao-tom-tat-thanh-tich", both, document.Portrait, true, holdsReports, (*writer).reports},
		{"unit-minutes", "bien-ban-hop-don-vi", both, document.Portrait, true, holdsReports, (*writer).minutes},
		{List, "danh-sach-trich-ngang", both, document.Landscape, true, holdsSlate, (*writer).list},
	}
}

// List is the name of the danh sách trích ngang.
const List = "unit-list"

// Names lists the papers made for one unit, in the order of a dossier.
func Names() []paper.Name {
	var out []paper.Name
	for _, r := range recipes() {
		out = append(out, paper.Name{Name: r.name, Title: r.title(wording.Words{})})
	}
	return out
}

// Make makes a paper of one workbook that a unit sent: the slip that answers it, or a part of its
// dossier laid out for signing (Plan III.3). d is what is known, on the day the paper bears. ok is
// false where the workbook has nothing for such a paper.
func Make(
	name string, p *plan.Plan, s submission.Submission, d submission.Dataset, on calendar.Date,
) (made paper.Paper, ok bool, err error) {
	all := recipes()
	at := slices.IndexFunc(all, func(r recipe) bool { return r.name == name })
	if at < 0 {
		return made, false, fmt.Errorf("there is no paper %q of a unit", name)
	}
	return all[at].make(p, s, d, on)
}

// Enclosures are the files that go with the answer to a unit's workbook: the slip and, for an
// accepted dossier, its parts laid out for signing. The office's own records and the Council's
// ballots get none.
func Enclosures(p *plan.Plan, s submission.Submission, d submission.Dataset) ([]paper.File, error) {
	if f, ok := templates.Lookup(s.Form); ok && f.From != form.FromUnit {
		return nil, nil
	}
	all, err := parallel.Map(recipes(), func(r recipe) ([]paper.File, error) {
		made, ok, err := r.make(p, s, d, calendar.DateOf(d.AsOf))
		if err != nil || !ok {
			return nil, err
		}
		return made.Files()
	})
	return slices.Concat(all...), err
}

func (r recipe) make(
	p *plan.Plan, s submission.Submission, d submission.Dataset, on calendar.Date,
) (made paper.Paper, ok bool, err error) {
	u, known := p.UnitByCode(s.Unit)
	if !known || !r.fits(s) {
		return made, false, nil
	}
	x := newWriter(r, p, u, s, d, on)
	r.write(x)
	x.close(r)
	if err := x.Doc.Check(); err != nil {
		return made, false, fmt.Errorf("making paper %q of %s: %w", r.name, s.ID, err)
	}
	title := r.title(p.Words)
	if !r.signed {
		title = p.Words.Text("unit.slip.title." + SlipKind(s)) //wording:composed unit.slip.title.
	}
	return paper.Paper{
		Name: r.name, Title: title, File: x.Doc.FileName, Audience: plan.ToUnits, Formats: r.formats, Document: x.Doc,
		Control: x.control(r),
	}, true, nil
}

func newWriter(
	r recipe, p *plan.Plan, u plan.Unit, s submission.Submission, d submission.Dataset, on calendar.Date,
) *writer {
	period, found := p.Period(s.Period)
	if !found {
		period = round.Season(p, s.Received)
	}
	w := p.Words
	draft := paper.NewDraft(p, period, on, document.Document{
		Subject: w.Text("paper.subject", "movement", p.Movement), Author: u.Name, Date: on.Start(),
		Orientation: r.orientation, FileName: paper.FileName(r.stem, period.ID+" "+u.Code), Sheet: r.title(w),
	})
	draft.Doc.Title = w.Text("unit.title.full", "title", r.title(w), "unit", u.Name, "period", draft.PeriodName())
	return &writer{Draft: draft, plan: p, data: d, on: on, unit: u, sent: s}
}

// close says on the slip which workbook it answers. A paper that the unit signs is the unit's own:
// where it comes from stands on the slip and on the control sheet.
func (x *writer) close(r recipe) {
	if r.signed {
		return
	}
	key := "unit.sources.slip"
	if x.sent.File == "" {
		key = "unit.sources.mail"
	}
	//wording:composed unit.sources.
	x.Doc.Footer = []string{x.Text(key, "id", x.sent.ID, "moment", style.Moment(x.sent.Received))}
}

// control is what proves the paper.
func (x *writer) control(r recipe) paper.Control {
	s := x.sent
	c := paper.Control{AsOf: x.data.AsOf, Total: 1, Data: s.SHA256,
		Print: paper.Fingerprint(x.Doc, r.name, s.ID, x.plan.Hash, s.SHA256),
		Notes: []string{x.Text("unit.control", "id", s.ID, "file", s.File, "moment", style.Moment(s.Received))}}
	if s.State == submission.Accepted {
		c.Accepted = 1
	}
	return c
}

// commune reports whether the unit is a UBND xã, phường.
func (x *writer) commune() bool { return x.unit.Group == plan.Communes }

// head is the unit's own letterhead. number is what the unit wrote, "45/TTr-UBND"; kind is the
// abbreviation of the paper where it wrote none.
func (x *writer) ownHead(number, kind string, on calendar.Date) {
	h := document.NationalHeader{Superior: []string{strings.ToUpper(x.plan.Issuer.Short)}, Place: x.plan.Place,
		Date: document.DateLine{Year: x.on.Year}}
	symbol := ""
	if x.commune() {
		h.Issuer = []string{x.Text("unit.organ.commune"), strings.ToUpper(x.unit.Kind + " " + x.unit.Short)}
		h.Place = x.unit.Short
		if kind != "" { // a list has no number: it goes with a paper that has one
			symbol = kind + "-UBND"
		}
	} else {
		h.Issuer = []string{strings.ToUpper(x.unit.Name)}
		symbol = kind
	}
	h.Symbol = symbol
	before, after, cut := strings.Cut(number, "/")
	if n, err := strconv.Atoi(strings.TrimSpace(before)); cut && err == nil && n > 0 {
		h.Number, h.Symbol = n, strings.TrimSpace(after)
	}
	if !on.IsZero() && !on.Partial() {
		h.Date = document.DateLine{Day: on.Day, Month: on.Month, Year: on.Year}
	}
	x.Add(h)
}

// signer is the signature of the unit's head, or of a deputy for the head (KT.), as the title the
// unit wrote says.
func (x *writer) signer(title, name string) document.Signature {
	head := strings.ToUpper(strings.TrimSpace(x.unit.Head))
	if x.commune() {
		head = x.Text("unit.sign.chair")
	}
	lines := []string{head}
	if wrote := strings.ToUpper(strings.TrimSpace(title)); strings.HasPrefix(wrote, "PHÓ ") {
		deputy := wrote
		if x.commune() {
			deputy = x.Text("unit.sign.deputy")
		}
		lines = []string{"KT. " + head, deputy}
	}
	if x.commune() {
		lines = append([]string{x.Text("unit.sign.for")}, lines...)
	}
	return document.Signature{Capacity: lines, Note: x.Text("unit.sign.note"), Name: name}
}
