// Package reports makes the papers of the movement: the tables the standing office watches, the docket, ballots and minutes of the Council,
// the list of awards, the summary of the year.
//
// A plan, the dataset of one moment and what evaluation says of it go in; finished documents come out, and from them PDF, xlsx and docx.
// Same sources, same bytes. The package never evaluates, never reads a clock, and never writes what only people may decide: votes,
// attendance, conclusions and assessments stay blank until somebody has filled them in.
package reports

import (
	"fmt"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/pdf"
	"thidua/reports/sheet"
	"thidua/reports/word"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Sources is what every paper is made from. Result and Summary are what evaluate says of Data for Period. On is the day the paper bears
// (UTC+7).
type Sources struct {
	Plan    *plan.Plan
	Data    submission.Dataset
	Period  plan.Period
	Result  evaluate.Result
	Summary evaluate.Summary
	On      calendar.Date

	Given   []Given  // of an award between the years: whom earlier sessions' decisions gave it already, in their order
	Decided *Sources // what was known when the Chairman decided, where it is not all; nil otherwise

	Unit     string                                      // the unit whose own paper is made; "" makes the papers of all units, for the office
	Numbers  map[string]int                              // of the register of awards, by AwardKey; nil before the decision
	Original func(submission.Submission) ([]byte, error) // the workbook as it came; nil where it cannot be had
}

// Gather evaluates the period with that ID and returns the sources of its papers.
func Gather(p *plan.Plan, d submission.Dataset, period string, on calendar.Date) (Sources, error) {
	per, ok := p.Period(period)
	if !ok {
		return Sources{}, fmt.Errorf("gathering sources: the plan has no period %q", period)
	}
	s, err := evaluated(p, d, per, on)
	if err != nil {
		return Sources{}, err
	}
	return s, s.settle()
}

// Format is a kind of file, named by its extension.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	XLSX Format = "xlsx"
	DOCX Format = "docx"
)

// Paper is one finished paper.
type Paper struct {
	Name     string        // "docket"
	Title    string        // Vietnamese, for menus and covering letters
	File     string        // name of its files without extension, ASCII
	Audience plan.Audience // who may have it: a paper ToCouncil names grounds and breaches and goes to nobody else
	Formats  []Format      // the first is the one to print
	Document document.Document
	Extra    []File // files that go with it: a calendar file, an archive
}

// File is a file that goes with a paper.
type File struct {
	Name, Type string // Type is the media type
	Bytes      []byte
}

// Name is a paper that can be made, with its Vietnamese title.
type Name struct{ Name, Title string }

// recipe says how one paper is made.
type recipe struct {
	name, stem  string
	audience    plan.Audience
	formats     []Format
	orientation document.Orientation
	write       func(*draft)
}

//wording:composed paper.title.
func (r recipe) title() string { return wording.Text("paper.title." + r.name) }

func recipes() []recipe {
	return []recipe{
		{"matrix-registration", "theo-doi-dang-ky", plan.ToOffice, []Format{PDF, XLSX}, document.Landscape, (*draft).registrationMatrix},
		{"matrix-dossier", "theo-doi-ho-so", plan.ToOffice, []Format{PDF, XLSX}, document.Landscape, (*draft).dossierMatrix},
		{"appraisal", "bao-cao-tham-dinh", plan.ToCouncil, []Format{PDF, DOCX, XLSX}, document.Portrait, (*draft).appraisal},
		{"docket", "tai-lieu-hop-hoi-dong", plan.ToCouncil, []Format{PDF, XLSX, DOCX}, document.Portrait, (*draft).docket},
		{"appraisal-detail", "phu-luc-tham-dinh-chi-tiet", plan.ToCouncil, []Format{XLSX}, document.Landscape, (*draft).appraisalDetail},
		{Ballots, "phieu-bau", plan.ToCouncil, []Format{PDF, DOCX}, document.Portrait, (*draft).ballots},
		{"minutes", "bien-ban-hop-hoi-dong", plan.ToCouncil, []Format{PDF, DOCX}, document.Portrait, (*draft).minutes},
		{"opinions", "phieu-lay-y-kien", plan.ToCouncil, []Format{PDF, DOCX}, document.Portrait, (*draft).opinions},
		{"tally", "bien-ban-kiem-phieu", plan.ToCouncil, []Format{PDF, DOCX}, document.Portrait, (*draft).tallyMinutes},
		{paperProposal, "to-trinh-khen-thuong", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).proposal},
		{"decision", "quyet-dinh-khen-thuong", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).decisionPaper},
		{"awards", "danh-sach-khen-thuong", plan.ToOffice, []Format{PDF, XLSX, DOCX}, document.Portrait, (*draft).awards},
		{"awards-annex", "truong-hop-can-quyet-dinh", plan.ToCouncil, []Format{PDF, XLSX}, document.Landscape, (*draft).awardsAnnex},
		{Province, "ho-so-cap-tinh", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).province},
		{"notice", "thong-bao-ket-qua", plan.ToUnits, []Format{PDF, DOCX}, document.Portrait, (*draft).notice},
		{UnitNotice, "thong-bao-don-vi", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).unitNotices},
		{"certificates", "giay-khen", plan.ToOffice, []Format{PDF}, document.Landscape, (*draft).certificates},
		{"calibration", "giay-khen-can-chinh", plan.ToOffice, []Format{PDF}, document.Landscape, (*draft).calibration},
		{"register", "so-khen-thuong", plan.ToOffice, []Format{PDF, XLSX}, document.Landscape, (*draft).register},
		{"program", "chuong-trinh-hoi-nghi", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).program},
		{"honours", "danh-sach-tuyen-duong", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).honours},
		{"invitation", "giay-moi", plan.ToOffice, []Format{PDF, DOCX}, document.Portrait, (*draft).invitation},
		{dispatchRegistration, "don-doc-dang-ky", plan.ToMissingUnits, []Format{PDF, DOCX}, document.Portrait, (*draft).registrationDispatch},
		{dispatchDossier, "don-doc-ho-so", plan.ToMissingUnits, []Format{PDF, DOCX}, document.Portrait, (*draft).dossierDispatch},
		{"registrations", "tong-hop-dang-ky", plan.ToOffice, []Format{XLSX}, document.Landscape, (*draft).registrations},
		{paperBulletin, "ban-tin-loi-thuong-gap", plan.ToUnits, []Format{XLSX}, document.Portrait, (*draft).bulletin},
		{"statistics", "thong-ke", plan.ToOffice, []Format{XLSX}, document.Landscape, (*draft).statistics},
		{"summary", "bao-cao-tong-ket", plan.ToOffice, []Format{PDF, DOCX, XLSX}, document.Portrait, (*draft).summary},
	}
}

// Ballots are the ballot papers; the workbook with which the vote is reported goes with them.
const Ballots = "ballots"

// UnitNotice is the one paper of which every unit gets its own.
const UnitNotice = "unit-notice"

// Concerns reports whether the council voted on somebody whom a unit proposed.
func Concerns(s Sources, unit string) bool {
	then := s.settled().Result
	return slices.ContainsFunc(append(slices.Clone(then.Awards), then.NotChosen...), func(a evaluate.Award) bool {
		return a.Nominee.Unit == unit && s.given(a.Nominee.ID) == nil
	})
}

// paperProposal is the tờ trình to the Chairman.
const paperProposal = "proposal"

// Province is the paper of nominees for an award of the level above; it goes out only when somebody is proposed for one.
const Province = "province"

// asSigned are papers that go out as they are printed: what they were made from stands in their foot alone.
var asSigned = []string{Ballots, "opinions", "decision", "notice", UnitNotice, dispatchRegistration, dispatchDossier, "certificates", "calibration", "program", "honours", "invitation"}

// MakeOwn makes a unit's own copy of a paper, which speaks of nobody else.
func MakeOwn(name, unit string, s Sources) (Paper, error) {
	if name != UnitNotice {
		return Paper{}, fmt.Errorf("there is no paper %q of single units", name)
	}
	s.Unit = unit
	p, err := Make(name, s)
	p.Audience, p.File = plan.ToUnits, p.File+"-"+unit
	return p, err
}

// Names lists the papers that Make makes, in the order of the year.
func Names() []Name {
	var out []Name
	for _, r := range recipes() {
		out = append(out, Name{r.name, r.title()})
	}
	return out
}

// Make makes one paper. An error means that there is no such paper, or that the sources do not belong together.
func Make(name string, s Sources) (Paper, error) {
	all := recipes()
	at := slices.IndexFunc(all, func(r recipe) bool { return r.name == name })
	if at < 0 {
		return Paper{}, fmt.Errorf("there is no paper %q", name)
	}
	if s.Result.Period != s.Period.ID || s.Summary.Period != s.Period.ID {
		return Paper{}, fmt.Errorf("making paper %q of period %q: evaluated was %q, summarised %q", name, s.Period.ID, s.Result.Period, s.Summary.Period)
	}
	r := all[at]
	if slices.Contains(settled, name) {
		s = s.settled()
	}
	d := newDraft(s, r)
	r.write(d)
	if d.err != nil {
		return Paper{}, fmt.Errorf("making paper %q: %w", name, d.err)
	}
	d.finish()
	if err := d.doc.Check(); err != nil {
		return Paper{}, fmt.Errorf("making paper %q: %w", name, err)
	}
	return Paper{Name: r.name, Title: d.doc.Title, File: d.doc.FileName, Audience: r.audience, Formats: r.formats, Document: d.doc, Extra: d.extra}, nil
}

// Render returns the bytes of the paper in one of its formats.
func (p Paper) Render(f Format) ([]byte, error) {
	if !slices.Contains(p.Formats, f) {
		return nil, fmt.Errorf("paper %q is not made as %q", p.Name, f)
	}
	switch f {
	case XLSX:
		return sheet.Render(p.Document)
	case DOCX:
		return word.Render(p.Document)
	default:
		return pdf.Render(p.Document)
	}
}

// fileName is the stem with the period, in ASCII.
func fileName(stem, period string) string {
	return stem + "-" + strings.ReplaceAll(viet.Fold(period), " ", "-")
}
