// Package paper is what all papers have in common: the draft to which blocks are added, the recipe
// that says what a paper is, and the finished paper with its files.
//
// The sources of a round and a recipe go in; a document comes out, and from it PDF, xlsx and docx.
// Same sources, same bytes. The package knows no single paper, never evaluates, never reads a
// clock, and never writes what only people may decide: votes, attendance, conclusions and
// assessments stay blank until somebody has filled them in.
package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/parallel"
	"thidua/reports/pdf"
	"thidua/reports/round"
	"thidua/reports/sheet"
	"thidua/reports/style"
	"thidua/reports/word"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Format is a kind of file, named by its extension.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	XLSX Format = "xlsx"
	DOCX Format = "docx"
)

// MediaType is the media type of the format's files.
func (f Format) MediaType() string {
	switch f {
	case PDF:
		return "application/pdf"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}

// Paper is one finished paper.
type Paper struct {
	Name     string        // "docket"
	Title    string        // Vietnamese, for menus and covering letters
	File     string        // name of its files without extension, ASCII
	Audience plan.Audience // a paper ToCouncil names grounds and breaches and goes to nobody else
	Formats  []Format      // the first is the one to print
	Document document.Document
	Control  Control // what proves it, for the control sheet
	Extra    []File  // files that go with it: a calendar file, an archive
}

// File is a file that is made: a paper in one of its formats, or what goes with it.
type File struct {
	Name, Type string // Type is the media type
	Bytes      []byte
}

// Name is a paper that can be made, with its Vietnamese title.
type Name struct{ Name, Title string }

// Work is a paper of a round being written: the draft, and what it is made from.
type Work struct {
	*Draft
	round.Sources
}

// Recipe says what a paper of a round is and how it is made.
type Recipe struct {
	Name        string // in occasions and on the command line
	Stem        string // the beginning of its files' name, ASCII
	Audience    plan.Audience
	Formats     []Format
	Orientation document.Orientation
	// AsSigned papers are signed, or go out as they are printed: their foot is empty.
	AsSigned bool
	// Evidence leads back to files and cells. It stays with the office, beside the control sheet.
	Evidence bool
	// Settled papers tell what was decided. Once the Chairman has decided they are made from what
	// was known then: a record that comes later does not change a list that was signed, nor the
	// minutes of the session before it.
	Settled bool
	// OfUnits papers are made once for each unit as well, speaking of nobody else.
	OfUnits bool
	// Empty tells of which sources the paper would say nothing; nil for a paper that always says
	// something.
	Empty func(round.Sources) bool
	// Next is what the letter that carries the paper says is to be done, below letter.papers.next.;
	// NextDecided likewise once the Chairman has decided.
	Next, NextDecided string
	Write             func(Work)
}

// Silent reports whether the paper would say nothing.
func (r Recipe) Silent(s round.Sources) bool { return r.Empty != nil && r.Empty(s) }

// MakeOf makes a unit's own copy of the paper.
func (r Recipe) MakeOf(unit string, s round.Sources) (Paper, error) {
	if !r.OfUnits {
		return Paper{}, fmt.Errorf("there is no paper %q of single units", r.Name)
	}
	s.Unit = unit
	p, err := r.Make(s)
	p.Audience, p.File = plan.ToUnits, p.File+"-"+unit
	return p, err
}

// Title is the paper's Vietnamese title.
//
//wording:composed paper.title.
func (r Recipe) Title() string { return wording.Text("paper.title." + r.Name) }

// Make makes the paper. An error means that the sources do not belong together, or trouble of our
// own.
func (r Recipe) Make(s round.Sources) (Paper, error) {
	if s.Result.Period != s.Period.ID || s.Summary.Period != s.Period.ID {
		return Paper{}, fmt.Errorf("making paper %q of period %q: evaluated was %q, summarised %q",
			r.Name, s.Period.ID, s.Result.Period, s.Summary.Period)
	}
	if r.Settled {
		s = s.Settled()
	}
	w := Work{r.begin(s), s}
	r.Write(w)
	if w.err != nil {
		return Paper{}, fmt.Errorf("making paper %q: %w", r.Name, w.err)
	}
	r.close(w)
	if err := w.Doc.Check(); err != nil {
		return Paper{}, fmt.Errorf("making paper %q: %w", r.Name, err)
	}
	return Paper{
		Name: r.Name, Title: w.Doc.Title, File: w.Doc.FileName, Audience: r.Audience, Formats: r.Formats,
		Document: w.Doc, Control: r.control(w), Extra: w.files,
	}, nil
}

// begin makes the draft of the paper, with its title.
func (r Recipe) begin(s round.Sources) *Draft {
	d := NewDraft(s.Plan, s.Period, s.On, document.Document{
		Author: s.Plan.Office.Name, Date: s.On.Start(), Orientation: r.Orientation,
		FileName: FileName(r.Stem, s.Period.ID),
	})
	full := d.Text("paper.title.full", "title", r.Title(), "period", d.PeriodName())
	d.Doc.Title = style.SayOnce(full, d.PeriodName())
	if d.Doc.Title == full && s.Period.Kind == plan.AdHoc { // its name goes on from no title
		d.Doc.Title = d.Text("paper.title.adhoc", "title", r.Title(), "period", d.PeriodName())
	}
	d.Doc.Subject = d.Text("paper.subject", "movement", s.Plan.Movement)
	return d
}

// close says in the foot of a working paper how far its figures go. What proves a paper stands on
// the control sheet.
func (r Recipe) close(w Work) {
	if !r.AsSigned {
		w.Doc.Footer = []string{w.Text("paper.footer", "number", w.Plan.Number, "period", w.PeriodName(), "asof",
			calendar.ShortMoment(w.Data.AsOf))}
	}
}

// control is what proves the paper.
func (r Recipe) control(w Work) Control {
	total, accepted := w.CountWorkbooks()
	data := evaluate.DatasetHash(w.Plan, w.Data, w.Period)
	return Control{
		AsOf: w.Data.AsOf, Total: total, Accepted: accepted, Data: data, Notes: w.proofs,
		Print: Fingerprint(w.Doc, r.Name, w.Period.ID, w.Plan.Hash, data),
	}
}

// Fingerprint is what tells two papers apart: of everything it was made from, and of every text of
// it.
func Fingerprint(doc document.Document, madeFrom ...string) string {
	h := sha256.New()
	for _, text := range append(madeFrom, doc.Texts()...) {
		fmt.Fprintf(h, "%s\x00", text)
	}
	return Short(hex.EncodeToString(h.Sum(nil)))
}

// Short is the beginning of a hash that people compare by eye.
func Short(hash string) string { return hash[:min(len(hash), 12)] }

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

// Files renders the paper in all its formats, in their order.
func (p Paper) Files() ([]File, error) { return parallel.Map(p.Formats, p.file) }

// Printed is the paper in the format to read on any machine.
func (p Paper) Printed() (File, error) { return p.file(PDF) }

func (p Paper) file(f Format) (File, error) {
	b, err := p.Render(f)
	return File{Name: p.File + "." + string(f), Type: f.MediaType(), Bytes: b}, err
}

// FileName is the stem with the period, in ASCII.
func FileName(stem, period string) string {
	return stem + "-" + strings.ReplaceAll(viet.Fold(period), " ", "-")
}
