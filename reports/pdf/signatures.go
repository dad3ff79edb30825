package pdf

import (
	"thidua/reports/document"
)

type column struct {
	x, width float64
}

func (p *printer) signColumns() (left, right column) {
	half := p.width / 2
	return column{p.left, half}, column{p.left + half, half}
}

func (p *printer) signerHeight(s document.Signature, width float64) float64 {
	at := bold(document.SizeBody)
	n := 0
	for _, line := range s.Capacity {
		n += len(p.balance(line, at, width))
	}
	h := float64(n) * at.leading()
	if s.Note != "" {
		h += float64(len(p.wrapText(s.Note, italic(document.SizeBody), width, 0))) * at.leading()
	}
	return h + signRoom + float64(len(p.balance(s.Name, at, width)))*at.leading()
}

func (p *printer) recipientsHeight(lines []string, width float64) float64 {
	if len(lines) == 0 {
		return 0
	}
	h := bold(document.SizeRecipients).leading()
	at := plain(document.SizeRecipient)
	for _, line := range lines {
		h += float64(len(p.wrapText(line, at, width, 0))) * at.leading()
	}
	return h
}

func (p *printer) signaturesHeight(s document.Signatures) float64 {
	left, right := p.signColumns()
	h := p.signerHeight(s.Right, right.width)
	list := p.recipientsHeight(s.Recipients, left.width)
	if s.Left == nil {
		return max(h, list) + 5
	}
	h = max(h, p.signerHeight(*s.Left, left.width))
	if list > 0 {
		list += 4
	}
	return h + list + 5
}

func (p *printer) signatures(s document.Signatures) {
	p.gap(5)
	p.need(p.signaturesHeight(s) - 5)
	left, right := p.signColumns()
	top := p.y
	end := p.signerHeight(s.Right, right.width)
	if s.Left != nil {
		end = max(end, p.signerHeight(*s.Left, left.width))
		p.signer(*s.Left, left, top, top+end)
	} else {
		p.y = top + p.recipients(s.Recipients, left, top)
	}
	p.signer(s.Right, right, top, top+end)
	p.y = max(p.y, top+end)
	if s.Left != nil && len(s.Recipients) > 0 {
		p.y += 4
		p.y += p.recipients(s.Recipients, left, p.y)
	}
	p.started = true
}

// signer draws a signing column; the name stands on the last line, so that two columns end level.
func (p *printer) signer(s document.Signature, c column, y, end float64) {
	at := bold(document.SizeBody)
	for _, line := range s.Capacity {
		y = p.lines(p.balance(line, at, c.width), c.x, y, c.width, at, document.Center)
	}
	if s.Note != "" {
		note := italic(document.SizeBody)
		p.lines(p.wrapText(s.Note, note, c.width, 0), c.x, y, c.width, note, document.Center)
	}
	if s.Name != "" {
		name := p.balance(s.Name, at, c.width)
		p.lines(name, c.x, end-float64(len(name))*at.leading(), c.width, at, document.Center)
	}
}

func (p *printer) recipients(lines []string, c column, y float64) float64 {
	if len(lines) == 0 {
		return 0
	}
	title := face{"BI", document.SizeRecipients}
	start := y
	p.line(document.RecipientsTitle, c.x, y, c.width, title, document.Left)
	y += title.leading()
	at := plain(document.SizeRecipient)
	for _, line := range lines {
		y = p.lines(p.wrapText(line, at, c.width, 0), c.x, y, c.width, at, document.Left)
	}
	return y - start
}
