package paper

import (
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/style"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Draft is a paper being written: a document to which blocks are added, in the words of a plan.
//
//constructed:by NewDraft
type Draft struct {
	Doc document.Document

	plan     *plan.Plan
	period   plan.Period
	on       calendar.Date // the day the paper bears
	files    []File        // that go with the paper
	proofs   []string      // for the control sheet
	err      error         // of our own, met on the way
	sections int           // numbered so far
}

// NewDraft begins a paper about a period, on a day, with a document that has its title but no
// block.
func NewDraft(p *plan.Plan, period plan.Period, on calendar.Date, doc document.Document) *Draft {
	return &Draft{Doc: doc, plan: p, period: period, on: on}
}

// Text is a text of the catalogue in the plan's own words.
func (d *Draft) Text(key string, pairs ...any) string { return d.plan.Words.Text(key, pairs...) }

// Add adds blocks at the end.
func (d *Draft) Add(blocks ...document.Block) { d.Doc.Blocks = append(d.Doc.Blocks, blocks...) }

// Say adds a paragraph of one plain text.
func (d *Draft) Say(text string) { d.Add(document.Text(text)) }

// Heading adds a heading.
func (d *Draft) Heading(level int, text string) { d.Add(document.Heading{Level: level, Text: text}) }

// Section begins the next numbered section.
func (d *Draft) Section(title string) {
	d.sections++
	d.Heading(1, style.Roman(d.sections)+". "+title)
}

// Part begins a landscape part, in a workbook a sheet.
func (d *Draft) Part(sheet string) {
	d.Add(document.Part{Sheet: sheet, Orientation: document.Landscape})
}

// Fill adds a line with a label and a field that holds a value, or room for the pen where it is "".
func (d *Draft) Fill(label, value string, dots int) {
	d.Add(document.Paragraph{
		Runs: []document.Run{document.Plain(label + ": "), document.Field(label, value, dots)}, Align: document.Left,
	})
}

// Blank adds a line with a label and room for the pen.
func (d *Draft) Blank(label string, dots int) { d.Fill(label, "", dots) }

// Enclose adds a file that goes with the paper.
func (d *Draft) Enclose(f File) { d.files = append(d.files, f) }

// Prove notes where something in the paper comes from, for the control sheet.
func (d *Draft) Prove(line string) { d.proofs = append(d.proofs, line) }

// Proofs are the lines noted for the control sheet.
func (d *Draft) Proofs() []string { return d.proofs }

// Fail notes trouble of our own; the paper is not made then. The first one is told.
func (d *Draft) Fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// PeriodName is the period's name inside a sentence: "năm 2018".
func (d *Draft) PeriodName() string { return style.LowerFirst(d.period.Title) }

// RoundName is the period's name behind the movement's: “…” năm 2018. Awards between the years have
// none; what they are is added in brackets.
func (d *Draft) RoundName() string {
	if d.period.Kind == plan.AdHoc {
		return d.Text("paper.round.adhoc", "period", d.PeriodName())
	}
	return d.PeriodName()
}

// DateState says how far a paper's head is filled in.
type DateState int

// The states of a head.
const (
	Dated DateState = iota // the paper bears its day
	Open                   // the day is left for the pen
	Rough                  // so too, and the paper is marked as a draft
)

// Head adds the national header of a kind of paper as the plan sets it.
func (d *Draft) Head(kind string, state DateState) {
	h, ok := d.plan.Head(kind)
	if !ok {
		h.Organ = []string{strings.ToUpper(d.plan.Issuer.Name)}
	}
	block := document.NationalHeader{
		Issuer: h.Organ, Symbol: h.Symbol, Place: d.plan.Place,
		Date: document.DateLine{Day: d.on.Day, Month: d.on.Month, Year: d.on.Year},
	}
	if h.Parent != "" {
		block.Superior = []string{h.Parent}
	}
	if state != Dated {
		block.Date = document.DateLine{Year: d.on.Year}
	}
	if state == Rough {
		block.Mark = d.Text("paper.mark.draft")
	}
	d.Add(block)
}

// Symbol is the ký hiệu of a kind of paper.
func (d *Draft) Symbol(kind string) string {
	h, _ := d.plan.Head(kind)
	return h.Symbol
}

// Sign adds the signatures and the recipients that the plan sets for a kind of paper.
func (d *Draft) Sign(kind, note string) {
	h, ok := d.plan.Head(kind)
	if !ok || len(h.Signatures) == 0 {
		return
	}
	signature := func(s plan.Signature) document.Signature {
		return document.Signature{Capacity: s.Lines, Note: note, Name: s.Name}
	}
	block := document.Signatures{
		Right: signature(h.Signatures[len(h.Signatures)-1]), Recipients: recipientLines(h.Recipients),
	}
	if len(h.Signatures) > 1 {
		left := signature(h.Signatures[0])
		block.Left = &left
	}
	d.Add(block)
}

// SignBy closes a paper with a signature of its own and the plan's recipients.
func (d *Draft) SignBy(kind string, by document.Signature) {
	h, _ := d.plan.Head(kind)
	d.Add(document.Signatures{Right: by, Recipients: recipientLines(h.Recipients)})
}

// recipientLines are the lines below "Nơi nhận" as the trade ends them: semicolons, at last a full
// stop.
func recipientLines(all []string) []string {
	var out []string
	for i, r := range all {
		end := ";"
		if i == len(all)-1 {
			end = "."
		}
		out = append(out, "- "+strings.TrimRight(r, ";.")+end)
	}
	return out
}

// CiteBases adds the "Căn cứ …" lines valid on the day of the paper.
func (d *Draft) CiteBases() { d.CiteBasesOn(d.on) }

// CiteBasesOn adds the "Căn cứ …" lines valid on a day, and more grounds after them.
func (d *Draft) CiteBasesOn(day calendar.Date, more ...string) {
	var lines []string
	for _, text := range d.plan.BasesOn(day) {
		lines = append(lines, d.Text("paper.basis", "text", text))
	}
	d.Add(document.Basis{Lines: append(lines, more...), Rules: d.Doc.Rules()})
}

// Quota is the plan's number of places of a board, or that it sets none.
func (d *Draft) Quota(b evaluate.Board) string {
	if !b.Limited {
		return d.Text("paper.quota.none")
	}
	return style.Two(b.Quota) + " " + style.LowerFirst(style.KindTitle(b.Kind))
}
