package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// unitPaper is a paper about one workbook of one unit, or made from it for the unit to sign.
type unitPaper struct {
	*draft
	unit plan.Unit
	sent submission.Submission
	desk Post // in whose name slips speak
}

// unitRecipe says how such a paper is made. fits tells whether it can be made of a workbook.
type unitRecipe struct {
	name, stem  string
	formats     []Format
	orientation document.Orientation
	fits        func(submission.Submission) bool
	write       func(*unitPaper)
}

//wording:composed unit.title.
func (r unitRecipe) title(w wording.Words) string { return w.Text("unit.title." + r.name) }

func unitRecipes() []unitRecipe {
	both := []Format{DOCX, PDF}
	return []unitRecipe{
		{"slip", "phieu-tiep-nhan", []Format{PDF}, document.Portrait, func(submission.Submission) bool { return true }, (*unitPaper).slip},
		{"unit-proposal", "to-trinh", both, document.Portrait, holdsSlate, (*unitPaper).proposal},
		{"unit-reports", "bao-cao-tom-tat-thanh-tich", both, document.Portrait, holdsReports, (*unitPaper).reports},
		{"unit-minutes", "bien-ban-hop-don-vi", both, document.Portrait, holdsReports, (*unitPaper).minutes},
		{"unit-list", "danh-sach-trich-ngang", both, document.Landscape, holdsSlate, (*unitPaper).list},
	}
}

// UnitNames lists the papers made for one unit, in the order of a dossier.
func UnitNames() []Name {
	var out []Name
	for _, r := range unitRecipes() {
		out = append(out, Name{r.name, r.title(wording.Words{})})
	}
	return out
}

// MakeForUnit makes a paper of one workbook that a unit sent: the slip that answers it, or a part of its dossier laid out for signing
// (Plan III.3). d is what is known, on the day the paper bears. ok is false where the workbook has nothing for such a paper.
func (p Post) MakeForUnit(name string, s submission.Submission, d submission.Dataset, on calendar.Date) (paper Paper, ok bool, err error) {
	all := unitRecipes()
	at := slices.IndexFunc(all, func(r unitRecipe) bool { return r.name == name })
	if at < 0 {
		return Paper{}, false, fmt.Errorf("there is no paper %q of a unit", name)
	}
	r := all[at]
	u, known := p.Plan.UnitByCode(s.Unit)
	if !known || !r.fits(s) {
		return Paper{}, false, nil
	}
	period, found := p.Plan.Period(s.Period)
	if !found {
		period = p.season(s)
	}
	w := p.Plan.Words
	x := &unitPaper{unit: u, sent: s, desk: p, draft: &draft{Sources: Sources{Plan: p.Plan, Data: d, Period: period, On: on}, words: w}}
	x.doc = document.Document{
		Title: w.Text("unit.title.full", "title", r.title(w), "unit", u.Name, "period", x.period()), Subject: w.Text("paper.subject", "movement", p.Plan.Movement),
		Author: u.Name, Date: on.Start(), Orientation: r.orientation, FileName: fileName(r.stem, period.ID+" "+u.Code), Sheet: r.title(w),
	}
	r.write(x)
	x.sources(r.name)
	if err := x.doc.Check(); err != nil {
		return Paper{}, false, fmt.Errorf("making paper %q of %s: %w", name, s.ID, err)
	}
	title := r.title(w)
	if r.name == "slip" {
		title = w.Text("unit.slip.title." + slipKind(s)) //wording:composed unit.slip.title.
	}
	return Paper{Name: r.name, Title: title, File: x.doc.FileName, Audience: plan.ToUnits, Formats: r.formats, Document: x.doc}, true, nil
}

// sources closes the paper with the workbook it was made from and with its fingerprint.
func (x *unitPaper) sources(name string) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00", name, x.sent.ID, x.Plan.Hash, x.sent.SHA256)
	for _, text := range x.doc.Texts() {
		fmt.Fprintf(h, "%s\x00", text)
	}
	print := short(hex.EncodeToString(h.Sum(nil)))
	if name != "slip" { // a paper the unit signs: where it comes from stands below the page, outside of what is signed
		x.doc.Footer = []string{x.words.Text("unit.sources", "id", x.sent.ID, "file", x.sent.File, "moment", moment(x.sent.Received),
			"number", x.Plan.Number, "period", x.period(), "sha", short(x.sent.SHA256), "plan", short(x.Plan.Hash), "print", print)}
		return
	}
	if x.sent.File == "" {
		x.add(document.Note{Lines: []string{x.words.Text("unit.sources.mail", "id", x.sent.ID, "sha", short(x.sent.SHA256), "plan", short(x.Plan.Hash), "print", print)}})
	} else {
		x.add(document.Note{Lines: []string{x.words.Text("unit.sources.slip", "id", x.sent.ID, "file", x.sent.File, "sha", short(x.sent.SHA256), "plan", short(x.Plan.Hash), "print", print)}})
	}
	x.doc.Footer = []string{x.words.Text("unit.footer", "id", x.sent.ID, "moment", moment(x.sent.Received), "plan", short(x.Plan.Hash), "print", print)}
}

// commune reports whether the unit is a UBND xã, phường.
func (x *unitPaper) commune() bool { return x.unit.Group == plan.Communes }

// head is the unit's own letterhead. number is what the unit wrote, "45/TTr-UBND"; kind is the abbreviation of the paper where it wrote none.
func (x *unitPaper) ownHead(number, kind string, on calendar.Date) {
	h := document.NationalHeader{Superior: []string{strings.ToUpper(x.Plan.Issuer.Short)}, Place: x.Plan.Place, Date: document.DateLine{Year: x.On.Year}}
	symbol := ""
	if x.commune() {
		h.Issuer = []string{x.words.Text("unit.organ.commune"), strings.ToUpper(x.unit.Kind + " " + x.unit.Short)}
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
	x.add(h)
}

// signer is the signature of the unit's head, or of a deputy for the head (KT.), as the title the unit wrote says.
func (x *unitPaper) signer(title, name string) document.Signature {
	head := strings.ToUpper(strings.TrimSpace(x.unit.Head))
	if x.commune() {
		head = x.words.Text("unit.sign.chair")
	}
	lines := []string{head}
	if wrote := strings.ToUpper(strings.TrimSpace(title)); strings.HasPrefix(wrote, "PHÓ ") {
		deputy := wrote
		if x.commune() {
			deputy = x.words.Text("unit.sign.deputy")
		}
		lines = []string{"KT. " + head, deputy}
	}
	if x.commune() {
		lines = append([]string{x.words.Text("unit.sign.for")}, lines...)
	}
	return document.Signature{Capacity: lines, Note: x.words.Text("unit.sign.note"), Name: name}
}
