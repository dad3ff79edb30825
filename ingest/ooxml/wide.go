package ooxml

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// wide turns a part in UTF-16 into UTF-8 while it is read.
type wide struct {
	order binary.ByteOrder // nil for a part that is not in UTF-16
	buf   []byte           // bytes read
	at    int              // how many of them were turned
	last  bool             // buf holds the end of the part
}

// begin looks at the first bytes of a part and takes them over when they are UTF-16: by the mark at
// the beginning, or by "<" in two bytes.
func (w *wide) begin(b []byte, last bool) bool {
	switch {
	case len(b) < 2:
		return false
	case b[0] == 0xff && b[1] == 0xfe, b[0] == '<' && b[1] == 0:
		w.order = binary.LittleEndian
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && b[1] == '<':
		w.order = binary.BigEndian
	default:
		return false
	}
	w.buf, w.at, w.last = append(w.buf[:0], b...), 0, last
	return true
}

func (w *wide) ended() bool { return w.last && w.at == len(w.buf) }

// read fills dst with whole characters. A half that has no other half, and a byte left over at the
// end, are no text.
func (w *wide) read(p *part, dst []byte) (n int, ref *Refusal) {
	for len(dst)-n >= utf8.UTFMax && !w.ended() {
		raw := w.buf[w.at:]
		if len(raw) < 4 && !w.last {
			left := copy(w.buf, raw)
			w.buf, w.at = slices.Grow(w.buf[:left], windowSize)[:left+windowSize], 0
			m, ref := p.read(w.buf[left:])
			w.buf, w.last = w.buf[:left+m], m < windowSize
			if ref != nil {
				return n, ref
			}
			continue
		}
		if len(raw) < 2 {
			return n, refuse(BadEncoding, "not UTF-16")
		}
		r, size := rune(w.order.Uint16(raw)), 2
		if utf16.IsSurrogate(r) {
			if len(raw) < 4 {
				return n, refuse(BadEncoding, "not UTF-16")
			}
			if r, size = utf16.DecodeRune(r, rune(w.order.Uint16(raw[2:]))), 4; r == utf8.RuneError {
				return n, refuse(BadEncoding, "not UTF-16")
			}
		}
		n += utf8.EncodeRune(dst[n:], r)
		w.at += size
	}
	return n, nil
}
