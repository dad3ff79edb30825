package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/reports/document"
)

func (pg *page) block(block document.Block) {
	body := look{size: document.SizeMotto, wrap: true}
	strong := look{size: document.SizeMotto, bold: true, wrap: true, align: document.Center}
	defer func() { pg.seen++ }()
	switch b := block.(type) {
	case document.PageBreak:
		pg.newPage()
	case document.Appendix:
		if len(pg.rows) > 0 {
			pg.newPage()
		}
		pg.text(b.Label(), strong)
		for _, s := range b.Title {
			pg.text(s, strong)
		}
		if b.Note != "" {
			pg.text(b.Note, look{size: document.SizeMotto, italic: true, wrap: true, align: document.Center})
		}
		pg.skip(6)
	case document.NationalHeader:
		pg.header(b)
	case document.Title:
		if b.Kind != "" {
			pg.text(b.Kind, look{size: document.SizeBody, bold: true, wrap: true, align: document.Center})
		}
		for _, s := range b.Abstract {
			pg.text(s, strong)
		}
		if len(b.Abstract) > 0 {
			pg.shortRule(0, pg.columns()-1)
		}
		if b.Authority != "" {
			pg.text(b.Authority, strong)
		}
		pg.skip(6)
	case document.Heading:
		pg.groups = append(pg.groups, [2]int{len(pg.rows) + 1, len(pg.rows) + 2}) // with what follows
		pg.text(b.Text, look{size: document.SizeMotto, bold: true, italic: b.Level == 3, wrap: true})
	case document.Addressee:
		for i, line := range b.Lines() {
			l := body
			if len(b.To) == 1 {
				l.align = document.Center
			} else {
				l.indent = 4
				if i > 0 {
					l.indent = 8
				}
			}
			pg.text(line, l)
		}
	case document.Basis:
		for _, line := range b.Ended() {
			pg.text(line, look{size: document.SizeMotto, italic: true, wrap: true})
		}
	case document.Paragraph:
		if b.KeepNext {
			pg.groups = append(pg.groups, [2]int{len(pg.rows) + 1, len(pg.rows) + 2})
		}
		pg.paragraph(b)
	case document.BulletList:
		for _, item := range b.Items {
			pg.text(b.Sign()+" "+item, body)
		}
	case document.Note:
		for _, line := range b.Lines {
			pg.text(line, look{size: document.SizeNote, italic: true, wrap: true})
		}
	case document.Blank:
		for range b.Lines {
			pg.put(pg.next(20), 0, pg.columns()-1, nil, "", look{size: document.SizeMotto, dots: true})
		}
		pg.skip(6)
	case document.Table:
		pg.table(b)
	case document.Chart:
		pg.chart(b)
	case document.Signatures:
		pg.together(func() { pg.signatures(b) })
	case document.Certificate:
		pg.certificate(b)
	}
}

// newPage makes the next row begin a printed page.
func (pg *page) newPage() {
	if len(pg.rows) > 0 {
		pg.breaks = append(pg.breaks, len(pg.rows)+1)
	}
}

// shortRule stands for the rule below a centred text: a border would be as wide as the cell.
func (pg *page) shortRule(first, last int) {
	row := pg.next(9)
	pg.put(row, first, last, strings.Repeat("_", 22), "", look{size: 6, align: document.Center, top: true})
	pg.rows[row-1].height = 9
}

func (pg *page) header(h document.NationalHeader) {
	upright := look{size: document.SizeCountry, wrap: true, align: document.Center}
	strong := upright
	strong.bold = true
	motto := look{size: document.SizeMotto, bold: true, underline: true, wrap: true, align: document.Center}
	slanted := look{size: document.SizeMotto, italic: true, wrap: true, align: document.Center}
	number := look{size: document.SizeMotto, wrap: true, align: document.Center}

	type side struct {
		text string
		look look
	}
	var left, right []side
	for _, s := range h.Superior {
		left = append(left, side{s, upright})
	}
	for _, s := range h.Issuer {
		left = append(left, side{s, strong})
	}
	right = append(right, side{document.Country, strong}, side{document.Motto, motto})
	last := pg.columns() - 1
	beside := func(left, right []side) {
		for i := range max(len(left), len(right)) {
			row := pg.next(0)
			if i < len(left) {
				pg.put(row, 0, pg.half-1, clean(left[i].text), left[i].text, left[i].look)
			}
			if i < len(right) {
				pg.put(row, pg.half, last, clean(right[i].text), right[i].text, right[i].look)
			}
		}
	}
	beside(left, right)
	if len(h.Issuer) > 0 {
		pg.shortRule(0, pg.half-1)
	}
	left, right = nil, nil
	if s := h.NumberLine(); s != "" {
		left = append(left, side{s, number})
	}
	if s := h.PlaceDate(); s != "" {
		right = append(right, side{s, slanted})
	}
	if h.Subject != "" {
		left = append(left, side{h.Subject, upright})
	}
	if h.Mark != "" {
		left = append(left, side{h.Mark, strong})
	}
	beside(left, right)
	pg.skip(9)
}

func (pg *page) paragraph(p document.Paragraph) {
	l := look{size: document.SizeMotto, wrap: true, align: p.Align}
	if l.align == document.Auto {
		l.align = document.Justify
	}
	var shown strings.Builder
	mixed := false
	for _, r := range p.Runs {
		shown.WriteString(r.Shown())
		mixed = mixed || r.Bold != p.Runs[0].Bold || r.Italic != p.Runs[0].Italic
	}
	if len(p.Runs) > 0 {
		l.bold, l.italic = p.Runs[0].Bold, p.Runs[0].Italic
	}
	text := clean(shown.String())
	row := pg.next(0)
	if !mixed || len(text) >= longest {
		pg.put(row, 0, pg.columns()-1, text, text, l)
		return
	}
	var rich []excelize.RichTextRun
	for _, r := range p.Runs {
		if s := clean(r.Shown()); s != "" {
			rich = append(rich,
				excelize.RichTextRun{Text: s, Font: &excelize.Font{Family: font, Size: l.size, Bold: r.Bold,
					Italic: r.Italic}})
		}
	}
	l.bold, l.italic = false, false
	pg.put(row, 0, pg.columns()-1, rich, text, l)
}

// signatures puts the signing columns side by side, with room to sign in between.
func (pg *page) signatures(s document.Signatures) {
	strong := look{size: document.SizeMotto, bold: true, wrap: true, align: document.Center}
	note := look{size: document.SizeMotto, italic: true, wrap: true, align: document.Center}
	recipients := look{size: document.SizeRecipients, bold: true, italic: true, wrap: true}
	recipient := look{size: document.SizeRecipient, wrap: true}
	last := pg.columns() - 1
	pg.skip(9)
	top := len(pg.rows) + 1
	height := len(s.Right.Capacity) + 1
	if s.Left != nil {
		height = max(height, len(s.Left.Capacity)+1)
	} else if len(s.Recipients) > 0 {
		height = max(height, len(s.Recipients)-3)
	}
	const room = 4 // rows to sign in
	for range height + room + 1 {
		pg.next(18)
	}
	signer := func(sig document.Signature, first, last int) {
		row := top
		for _, line := range sig.Capacity {
			pg.put(row, first, last, clean(line), line, strong)
			row++
		}
		if sig.Note != "" {
			pg.put(row, first, last, clean(sig.Note), sig.Note, note)
		}
		if sig.Name != "" {
			pg.put(top+height+room, first, last, clean(sig.Name), sig.Name, strong)
		}
	}
	list := func(row int) {
		if len(s.Recipients) == 0 {
			return
		}
		for i, line := range append([]string{document.RecipientsTitle}, s.Recipients...) {
			for row+i > len(pg.rows) {
				pg.next(0)
			}
			l := recipient
			if i == 0 {
				l = recipients
			}
			pg.put(row+i, 0, pg.half-1, clean(line), line, l)
		}
	}
	signer(s.Right, pg.half, last)
	if s.Left == nil {
		list(top)
		return
	}
	signer(*s.Left, 0, pg.half-1)
	list(len(pg.rows) + 1)
}

func (pg *page) certificate(c document.Certificate) {
	if len(pg.rows) > 0 {
		pg.newPage()
	}
	line := func(s string, size float64, bold bool, color string) {
		if s != "" {
			pg.text(s, look{size: size, bold: bold, color: color, wrap: true, align: document.Center})
		}
	}
	const red = "BE1414"
	line(document.Country, 14, true, "")
	pg.text(document.Motto, look{size: 14, bold: true, underline: true, align: document.Center})
	pg.skip(14)
	line(c.Authority, 17, true, red)
	line(c.Act, 16, true, "")
	line(c.Award, 38, true, red)
	line(c.Recipient, 22, true, "")
	line(c.Position, 15, false, "")
	for _, s := range c.Achievement {
		line(s, 15, false, "")
	}
	pg.skip(14)
	right := func(s string, l look) {
		if s != "" {
			pg.put(pg.next(0), pg.half, pg.columns()-1, clean(s), s, l)
		}
	}
	left := look{size: 12, italic: true, wrap: true}
	right(c.PlaceDate, look{size: 14, italic: true, wrap: true, align: document.Center})
	for _, s := range c.Signature.Capacity {
		right(s, look{size: 14, bold: true, wrap: true, align: document.Center})
	}
	right(c.Signature.Note, look{size: 13, italic: true, wrap: true, align: document.Center})
	for _, s := range []string{c.Decision, c.Register} {
		row := pg.next(28)
		pg.put(row, 0, pg.half-1, clean(s), s, left)
	}
	right(c.Signature.Name, look{size: 14, bold: true, wrap: true, align: document.Center})
}
