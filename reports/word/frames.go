package word

import (
	"strings"

	"thidua/reports/document"
)

// mottoWidth is the width in millimetres of the motto at its size in bold Times New Roman: the rule
// below it is as long.
const mottoWidth = 56.1

// nationWidth is the least width of the right column of the header: the country's name must not
// wrap.
const nationWidth = 90.0

// header is a table without rules: the issuer on the left, the nation on the right.
func (w *writer) header(h document.NationalHeader) {
	right := max(w.width()*0.5, nationWidth)
	left := w.width() - right
	line := func(s, rPr string, points float64) string {
		return paragraph(form{align: document.Center}, text(s, rPr+size(points)))
	}
	var issuer, nation, number, date strings.Builder
	for _, s := range h.Superior {
		issuer.WriteString(line(s, "", document.SizeCountry))
	}
	longest := 0.0
	for _, name := range h.Issuer {
		for _, s := range document.Balance(name, left, document.SizeCountry, true) {
			longest = max(longest, document.TextWidth(s, document.SizeCountry, true))
			issuer.WriteString(line(s, bold, document.SizeCountry))
		}
	}
	if longest > 0 {
		issuer.WriteString(paragraph(shortRule(min(longest, left)*0.4, left)))
	}
	nation.WriteString(line(document.Country, bold, document.SizeCountry))
	nation.WriteString(line(document.Motto, bold, document.SizeMotto))
	nation.WriteString(paragraph(shortRule(mottoWidth, right)))
	if s := h.NumberLine(); s != "" {
		number.WriteString(line(s, "", document.SizeMotto))
	}
	if h.Subject != "" {
		number.WriteString(paragraph(form{align: document.Center, spacing: `w:before="120"`},
			text(h.Subject, size(document.SizeSubject))))
	}
	if h.Mark != "" {
		frame := bold + size(document.SizeCountry) + `<w:bdr w:val="single" w:sz="6" w:space="0" w:color="000000"/>`
		number.WriteString(paragraph(form{align: document.Center, spacing: `w:before="80"`},
			text("\u00a0"+h.Mark+"\u00a0", frame)))
	}
	if s := h.PlaceDate(); s != "" {
		date.WriteString(line(s, italic, document.SizeMotto))
	}
	w.openTable([]int{twips(left), twips(right)}, false)
	w.b.WriteString(row(false, column(left, issuer.String()), column(right, nation.String())))
	w.b.WriteString(row(false, column(left, number.String()), column(right, date.String())))
	w.closeTable()
}

// column is a cell of a frame; a cell without a paragraph is not valid.
func column(width float64, text string) cell {
	if text == "" {
		text = `<w:p/>`
	}
	return cell{width: twips(width), text: text}
}

func signer(s document.Signature) string {
	var b strings.Builder
	for _, line := range s.Capacity {
		b.WriteString(paragraph(form{keepNext: true, align: document.Center}, text(line, bold)))
	}
	if s.Note != "" {
		b.WriteString(paragraph(form{keepNext: true, align: document.Center}, text(s.Note, italic)))
	}
	for range 4 { // room for signature and stamp
		b.WriteString(paragraph(form{keepNext: true, align: document.Center}))
	}
	b.WriteString(paragraph(form{align: document.Center}, text(s.Name, bold)))
	return b.String()
}

func recipients(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(paragraph(form{style: "Recipients", spacing: `w:before="60"`},
		text(document.RecipientsTitle, bold+italic+size(document.SizeRecipients))))
	for _, line := range lines {
		b.WriteString(paragraph(form{style: "Recipients"}, text(line, "")))
	}
	return b.String()
}

// signatures is a table without rules whose rows are never split.
func (w *writer) signatures(s document.Signatures) {
	half := w.width() / 2
	w.add(form{keepNext: true, spacing: `w:line="160" w:lineRule="exact"`})
	w.openTable([]int{twips(half), twips(half)}, false)
	if s.Left == nil {
		w.b.WriteString(row(false, column(half, recipients(s.Recipients)), column(half, signer(s.Right))))
	} else {
		left := column(half, signer(*s.Left))
		right := column(half, signer(s.Right))
		w.b.WriteString(row(false, left, right))
		if len(s.Recipients) > 0 {
			w.b.WriteString(row(false, column(half, recipients(s.Recipients)), column(half, "")))
		}
	}
	w.closeTable()
}

// certificate fills a landscape page with a red border.
func (w *writer) certificate(c document.Certificate) {
	want := section{orientation: document.Landscape, border: true}
	first := true
	if w.section != want {
		w.turn(want)
	} else {
		first = w.empty()
	}
	const red = `<w:color w:val="BE1414"/>`
	line := func(s, rPr string, before string) {
		if s != "" {
			w.add(form{align: document.Center, spacing: `w:before="` + before + `"`}, text(s, rPr))
		}
	}
	w.add(form{newPage: !first, align: document.Center, spacing: `w:before="0"`}, text(document.Country, bold+size(14)))
	line(document.Motto, bold+size(14), "0")
	w.add(shortRule(mottoWidth*14/document.SizeMotto, w.width()))
	line(c.Authority, bold+red+size(17), "360")
	line(c.Act, bold+size(16), "160")
	line(c.Award, bold+red+size(38), "60")
	line(c.Recipient, bold+size(22), "200")
	line(c.Position, size(15), "60")
	for i, s := range c.Achievement {
		before := "0"
		if i == 0 {
			before = "120"
		}
		line(s, size(15), before)
	}
	w.add(form{spacing: `w:line="360" w:lineRule="exact"`})
	left, right := w.width()*0.47, w.width()*0.53
	var register, sign strings.Builder
	for _, s := range []string{c.Decision, c.Register} {
		if s != "" {
			register.WriteString(paragraph(form{}, text(s, italic+size(12))))
		}
	}
	if c.PlaceDate != "" {
		sign.WriteString(paragraph(form{align: document.Center}, text(c.PlaceDate, italic)))
	}
	sign.WriteString(signer(c.Signature))
	w.openTable([]int{twips(left), twips(right)}, false)
	low := column(left, register.String())
	low.bottom = true
	w.b.WriteString(row(false, low, column(right, sign.String())))
	w.closeTable()
}
