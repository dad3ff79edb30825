package word

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"thidua/reports/document"
)

func escape(s string) string {
	var b bytes.Buffer
	// The buffer takes everything: there is no error to have.
	_ = xml.EscapeText(&b, []byte(document.Storable(s)))
	return b.String()
}

// text is a run; rPr is the inner XML of its properties. Line ends become breaks, tabs tabs.
func text(s, rPr string) string {
	var b strings.Builder
	b.WriteString(`<w:r>`)
	if rPr != "" {
		b.WriteString(`<w:rPr>` + rPr + `</w:rPr>`)
	}
	for i, line := range strings.Split(document.Storable(s), "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for k, piece := range strings.Split(line, "\t") {
			if k > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if piece != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(piece) + `</w:t>`)
			}
		}
	}
	b.WriteString(`</w:r>`)
	return b.String()
}

// form is the shape of a paragraph; its fields are written in the order of ECMA-376, 17.3.1.26.
type form struct {
	style     string
	keepNext  bool
	newPage   bool
	ruleAbove int // twips from both sides that a rule above the paragraph keeps; 0: none
	tabs      string
	spacing   string // attributes of w:spacing
	indent    string // attributes of w:ind
	align     document.Align
}

func (f form) xml() string {
	var b strings.Builder
	b.WriteString(`<w:pPr>`)
	if f.style != "" {
		b.WriteString(`<w:pStyle w:val="` + f.style + `"/>`)
	}
	if f.keepNext {
		b.WriteString(`<w:keepNext/>`)
	}
	if f.newPage {
		b.WriteString(`<w:pageBreakBefore/>`)
	}
	if f.ruleAbove > 0 {
		b.WriteString(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
		f.indent = fmt.Sprintf(`w:left="%d" w:right="%d"`, f.ruleAbove, f.ruleAbove)
		f.spacing = `w:before="40" w:line="100" w:lineRule="exact"`
	}
	if f.tabs != "" {
		b.WriteString(`<w:tabs>` + f.tabs + `</w:tabs>`)
	}
	if f.spacing != "" {
		b.WriteString(`<w:spacing ` + f.spacing + `/>`)
	}
	if f.indent != "" {
		b.WriteString(`<w:ind ` + f.indent + `/>`)
	}
	if jc := map[document.Align]string{document.Left: "left", document.Center: "center", document.Right: "right",
		document.Justify: "both"}[f.align]; jc != "" {
		b.WriteString(`<w:jc w:val="` + jc + `"/>`)
	}
	b.WriteString(`</w:pPr>`)
	return b.String()
}

func paragraph(f form, runs ...string) string {
	return `<w:p>` + f.xml() + strings.Join(runs, "") + `</w:p>`
}

func (w *writer) add(f form, runs ...string) { w.b.WriteString(paragraph(f, runs...)) }

func emphasis(b, i bool) string {
	s := ""
	if b {
		s += bold
	}
	if i {
		s += italic
	}
	return s
}

// field is a content control. An empty one shows its dots as a placeholder that typing replaces.
func (w *writer) field(r document.Run) string {
	shown, placeholder := emphasis(r.Bold, r.Italic), ""
	if r.Text == "" {
		shown = `<w:rStyle w:val="PlaceholderText"/>` + shown
		placeholder = `<w:showingPlcHdr/>`
	}
	return w.control(r.Field, placeholder, text(r.Shown(), shown))
}

// emptyField is what an empty cell that people fill in holds: room to click on.
const emptyField = "\u00a0\u00a0\u00a0"

// control is a plain text field around a run.
func (w *writer) control(title, placeholder, run string) string {
	w.fields++
	name := []rune(strings.Join(strings.Fields(document.Storable(title)), " "))
	name = name[:min(len(name), 60)]
	label := escape(string(name))
	return fmt.Sprintf(`<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id `+
		`w:val="%d"/>%s<w:text/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>`,
		label, label, w.fields, placeholder, run)
}

// bookmark names a place, so that a heading can be linked to.
func (w *writer) bookmark(run string) string {
	w.marks++
	return fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="_Muc%d"/>%s<w:bookmarkEnd w:id="%d"/>`, w.marks, w.marks,
		run, w.marks)
}
