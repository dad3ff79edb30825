package document

import (
	"fmt"
	"strings"
)

// Align is the horizontal place of a text. Auto lets the block decide: paragraphs are justified,
// text cells stand left, figures right.
type Align int

// Places of a text.
const (
	Auto Align = iota
	Left
	Center
	Right
	Justify
)

// Title is the name of the kind of paper with its abstract, centred.
type Title struct {
	Kind      string   // "BIÊN BẢN"
	Abstract  []string // "Họp Hội đồng …", bold, with a short rule below
	Authority string   // of a decision: "CHỦ TỊCH ỦY BAN NHÂN DÂN …", below the rule; may be empty
}

func (t Title) texts(yield func(string)) {
	yield(t.Kind)
	for _, line := range t.Abstract {
		yield(line)
	}
	yield(t.Authority)
}

func (t Title) check() error { return nil }

// Heading is a numbered or plain heading and a bookmark. Level 1 to 3.
type Heading struct {
	Level int
	Text  string
}

func (h Heading) texts(yield func(string)) { yield(h.Text) }

func (h Heading) check() error {
	if h.Level < 1 || h.Level > 3 {
		return fmt.Errorf("heading level %d is not 1, 2 or 3", h.Level)
	}
	return nil
}

// Run is a piece of a paragraph in one style.
type Run struct {
	Text         string
	Bold, Italic bool
	// Field names a blank that the secretary fills in: a content control in Word, dots elsewhere.
	// Its Text, if any, is the proposed value.
	Field string
	// Dots is how many dots an empty field shows; 0 means 20.
	Dots int
}

// Shown is the text a reader sees: the text itself, or the dots of an empty field.
func (r Run) Shown() string {
	if r.Field == "" || r.Text != "" {
		return r.Text
	}
	n := r.Dots
	if n <= 0 {
		n = 20
	}
	return Dots(n)
}

// Dots is a dotted blank n points long, built from ellipses of three points each.
func Dots(n int) string {
	out := make([]rune, 0, n/3+1)
	for ; n > 0; n -= 3 {
		out = append(out, '…')
	}
	return string(out)
}

// Plain, Strong, Slanted and Field make the usual runs.
func Plain(text string) Run { return Run{Text: text} }

// Strong is a bold run.
func Strong(text string) Run { return Run{Text: text, Bold: true} }

// Slanted is an italic run.
func Slanted(text string) Run { return Run{Text: text, Italic: true} }

// Field is a blank named name, dots points long, with a proposed value that may be empty.
func Field(name, value string, dots int) Run { return Run{Field: name, Text: value, Dots: dots} }

// Paragraph is body text: justified, first line indented by 1.27 cm unless NoIndent or another
// alignment says otherwise.
type Paragraph struct {
	Runs     []Run
	Align    Align
	NoIndent bool
	KeepNext bool // stay on the page of the next block
}

// Para is a paragraph of the given runs.
func Para(runs ...Run) Paragraph { return Paragraph{Runs: runs} }

// Text is a paragraph of one plain run.
func Text(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}} }

// Centered is a centred paragraph.
func Centered(runs ...Run) Paragraph { return Paragraph{Runs: runs, Align: Center} }

// Keeps reports whether the paragraph stays on the page of the next block: it was asked to, or its
// words announce what follows.
func (p Paragraph) Keeps() bool {
	if p.KeepNext || len(p.Runs) == 0 {
		return p.KeepNext
	}
	last := p.Runs[len(p.Runs)-1]
	return last.Field == "" && strings.HasSuffix(strings.TrimSpace(last.Text), ":")
}

func (p Paragraph) texts(yield func(string)) {
	for _, r := range p.Runs {
		yield(r.Shown())
	}
}

func (p Paragraph) check() error { return nil }

// BulletList is a list with a dash (or Mark) before each item.
type BulletList struct {
	Items []string
	Mark  string // empty means "-"
}

// Sign is the mark before each item.
func (l BulletList) Sign() string {
	if l.Mark == "" {
		return "-"
	}
	return l.Mark
}

func (l BulletList) texts(yield func(string)) {
	for _, item := range l.Items {
		yield(item)
	}
}

func (l BulletList) check() error { return nil }

// Note is small italic text, such as the remarks below a table.
type Note struct{ Lines []string }

func (n Note) texts(yield func(string)) {
	for _, line := range n.Lines {
		yield(line)
	}
}

func (n Note) check() error { return nil }

// Blank is room for handwriting: whole lines of dots.
type Blank struct{ Lines int }

func (b Blank) texts(func(string)) {}

func (b Blank) check() error {
	if b.Lines < 0 || b.Lines > 200 {
		return fmt.Errorf("%d blank lines", b.Lines)
	}
	return nil
}

// PageBreak starts a new page.
type PageBreak struct {
	Afresh bool // another paper in the same file begins: its pages are counted from 1, the first without a number
}

func (PageBreak) texts(func(string)) {}
func (PageBreak) check() error       { return nil }

// Part starts a new page with an orientation of its own; in a workbook it starts a new sheet.
type Part struct {
	Sheet       string // name of the sheet; not printed on paper
	Orientation Orientation
	// Width is that of the sheet's columns together, in millimetres, where a list is to be read on
	// the screen; print shrinks it to the paper. 0 means the width of the paper. It is for
	// workbooks.
	Width float64
}

func (Part) texts(func(string)) {}
func (Part) check() error       { return nil }

// Appendix heads an appendix and is a bookmark. It starts a new page unless it is the first block
// of a Part.
type Appendix struct {
	Number string   // "I"; empty when there is only one
	Title  []string // capitals
	Note   string   // "(Kèm theo Quyết định số … )"; may be empty
}

// Label is "Phụ lục I", or "Phụ lục" without a number.
func (a Appendix) Label() string {
	if a.Number == "" {
		return "Phụ lục"
	}
	return "Phụ lục " + a.Number
}

func (a Appendix) texts(yield func(string)) {
	yield(a.Label())
	for _, line := range a.Title {
		yield(line)
	}
	yield(a.Note)
}

func (a Appendix) check() error { return nil }
