package pdf

import "thidua/reports/document"

// signatures prints who signs a paper, and who receives it.
type signatures struct {
	*pages
	of document.Signatures
}

type column struct {
	x, width float64
}

func (s signatures) columns() (left, right column) {
	half := s.width / 2
	return column{s.left, half}, column{s.left + half, half}
}

func (s signatures) signerHeight(by document.Signature, width float64) float64 {
	at := bold(document.SizeBody)
	n := 0
	for _, line := range by.Capacity {
		n += len(s.balance(line, at, width))
	}
	h := float64(n) * at.leading()
	if by.Note != "" {
		h += float64(len(s.wrapText(by.Note, italic(document.SizeBody), width, 0))) * at.leading()
	}
	return h + signRoom + float64(len(s.balance(by.Name, at, width)))*at.leading()
}

func (s signatures) recipientsHeight(width float64) float64 {
	lines := s.of.Recipients
	if len(lines) == 0 {
		return 0
	}
	h := bold(document.SizeRecipients).leading()
	at := plain(document.SizeRecipient)
	for _, line := range lines {
		h += float64(len(s.wrapText(line, at, width, 0))) * at.leading()
	}
	return h
}

func (s signatures) height() float64 {
	left, right := s.columns()
	h := s.signerHeight(s.of.Right, right.width)
	list := s.recipientsHeight(left.width)
	if s.of.Left == nil {
		return max(h, list) + 5
	}
	h = max(h, s.signerHeight(*s.of.Left, left.width))
	if list > 0 {
		list += 4
	}
	return h + list + 5
}

func (s signatures) print() {
	s.gap(5)
	s.need(s.height() - 5)
	left, right := s.columns()
	top := s.y
	end := s.signerHeight(s.of.Right, right.width)
	if s.of.Left != nil {
		end = max(end, s.signerHeight(*s.of.Left, left.width))
		s.signer(*s.of.Left, left, top, top+end)
	} else {
		s.y = top + s.recipients(left, top)
	}
	s.signer(s.of.Right, right, top, top+end)
	s.y = max(s.y, top+end)
	if s.of.Left != nil && len(s.of.Recipients) > 0 {
		s.y += 4
		s.y += s.recipients(left, s.y)
	}
	s.started = true
}

// signer draws a signing column; the name stands on the last line, so that two columns end level.
func (s signatures) signer(by document.Signature, c column, y, end float64) {
	at := bold(document.SizeBody)
	for _, line := range by.Capacity {
		y = s.lines(s.balance(line, at, c.width), c.x, y, c.width, at, document.Center)
	}
	if by.Note != "" {
		note := italic(document.SizeBody)
		s.lines(s.wrapText(by.Note, note, c.width, 0), c.x, y, c.width, note, document.Center)
	}
	if by.Name != "" {
		name := s.balance(by.Name, at, c.width)
		s.lines(name, c.x, end-float64(len(name))*at.leading(), c.width, at, document.Center)
	}
}

func (s signatures) recipients(c column, y float64) float64 {
	lines := s.of.Recipients
	if len(lines) == 0 {
		return 0
	}
	title := face{"BI", document.SizeRecipients}
	start := y
	s.line(document.RecipientsTitle, c.x, y, c.width, title, document.Left)
	y += title.leading()
	at := plain(document.SizeRecipient)
	for _, line := range lines {
		y = s.lines(s.wrapText(line, at, c.width, 0), c.x, y, c.width, at, document.Left)
	}
	return y - start
}
