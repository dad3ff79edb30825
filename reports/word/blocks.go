package word

import (
	"fmt"
	"strings"

	"thidua/reports/document"
)

func (w *writer) blocks(all []document.Block) error {
	for i, block := range all {
		closing := false
		if i+1 < len(all) {
			_, closing = all[i+1].(document.Signatures)
		}
		w.breakBefore(block)
		switch b := block.(type) {
		case document.Part:
			w.base = b.Orientation
			w.turn(section{orientation: b.Orientation})
		case document.PageBreak:
			if w.pending = !b.Afresh; b.Afresh {
				w.turn(section{orientation: w.base, afresh: true})
			}
		case document.Appendix:
			w.appendix(b)
		case document.NationalHeader:
			w.header(b)
		case document.Title:
			w.title(b)
		case document.Heading:
			w.add(form{style: fmt.Sprintf("Heading%d", b.Level)}, w.bookmark(text(b.Text, "")))
		case document.Addressee:
			w.addressee(b)
		case document.Basis:
			for _, line := range b.Ended() {
				w.add(form{style: "Basis"}, text(line, ""))
			}
		case document.Paragraph:
			w.paragraph(b, closing)
		case document.BulletList:
			for i, item := range b.Items {
				w.add(form{style: "BodyText", keepNext: closing && i == len(b.Items)-1}, text(b.Sign()+" "+item, ""))
			}
		case document.Note:
			for _, line := range b.Lines {
				w.add(form{style: "Note"}, text(line, ""))
			}
		case document.Blank:
			for range b.Lines {
				tab := fmt.Sprintf(`<w:tab w:val="right" w:leader="dot" w:pos="%d"/>`, twips(w.width()))
				w.add(form{tabs: tab, spacing: `w:before="120"`}, `<w:r><w:tab/></w:r>`)
			}
		case document.Table:
			w.table(b)
		case document.Chart:
			if err := w.chart(b); err != nil {
				return err
			}
		case document.Signatures:
			w.signatures(b)
		case document.Certificate:
			w.certificate(b)
		}
	}
	return nil
}

// breakBefore leaves the pages of certificates, and makes a page break that was asked for, unless
// the block begins a page anyhow.
func (w *writer) breakBefore(block document.Block) {
	asked := w.pending
	w.pending = false
	switch block.(type) {
	case document.Part, document.Appendix, document.PageBreak, document.Certificate:
		return
	}
	if w.section.border {
		w.turn(section{orientation: w.base})
		return
	}
	if asked && !w.empty() {
		w.add(form{spacing: `w:line="20" w:lineRule="exact"`}, `<w:r><w:br w:type="page"/></w:r>`)
	}
}

func (w *writer) paragraph(p document.Paragraph, closing bool) {
	f := form{style: "BodyText", align: p.Align, keepNext: p.Keeps() || closing}
	if p.NoIndent || p.Align == document.Center || p.Align == document.Right {
		f.indent = `w:firstLine="0"`
	}
	var runs []string
	for _, r := range p.Runs {
		if r.Field != "" {
			runs = append(runs, w.field(r))
			continue
		}
		runs = append(runs, text(r.Text, emphasis(r.Bold, r.Italic)))
	}
	w.add(f, runs...)
}

// shortRule is a rule in the middle, width millimetres long, in room of the given width.
func shortRule(width, room float64) form {
	return form{ruleAbove: max(twips((room-width)/2), 1)}
}

func (w *writer) title(t document.Title) {
	if t.Kind != "" {
		w.add(form{style: "Title"}, w.bookmark(text(t.Kind, "")))
	}
	longest := 0.0
	for _, s := range t.Abstract {
		longest = max(longest, document.TextWidth(s, document.SizeBody, true))
		w.add(form{style: "Subtitle"}, text(strings.Join(document.Balance(s, w.width(), document.SizeBody, true), "\n"),
			""))
	}
	if longest > 0 {
		w.add(shortRule(min(longest, w.width())*0.35, w.width()))
	}
	if t.Authority != "" {
		w.add(form{style: "Subtitle", spacing: `w:before="120"`}, text(t.Authority, ""))
	}
}

func (w *writer) appendix(a document.Appendix) {
	if w.section.border {
		w.turn(section{orientation: w.base})
	}
	w.add(form{style: "Title", newPage: !w.empty(), spacing: `w:before="0"`}, w.bookmark(text(a.Label(), "")))
	for _, s := range a.Title {
		w.add(form{style: "Subtitle"}, text(s, ""))
	}
	if a.Note != "" {
		w.add(form{keepNext: true, align: document.Center}, text(a.Note, italic))
		w.add(shortRule(w.width()*0.3, w.width()))
	}
}

func (w *writer) addressee(a document.Addressee) {
	lines := a.Lines()
	if len(lines) == 1 {
		w.add(form{spacing: `w:before="160" w:after="120"`, align: document.Center}, text(lines[0], ""))
		return
	}
	for i, line := range lines {
		f := form{indent: fmt.Sprintf(`w:left="%d"`, twips(30))}
		if i == 0 {
			f.spacing = `w:before="160"`
		} else {
			f.indent = fmt.Sprintf(`w:left="%d" w:hanging="%d"`, twips(53), twips(3))
		}
		w.add(f, text(line, ""))
	}
}
