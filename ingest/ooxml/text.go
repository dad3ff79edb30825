package ooxml

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strconv"
	"unicode/utf8"
)

// validate checks the bytes read last: UTF-8, and only characters that XML 1.0 allows. A character
// cut by the window's end waits.
func (s *scanner) validate() bool {
	b := s.buf[:s.w]
	i := s.good
	for i < len(b) {
		if i+8 <= len(b) {
			// Eight bytes at once: all ASCII and none below the space? Otherwise skip to the first
			// that may not be.
			w := binary.LittleEndian.Uint64(b[i:])
			odd := (w | (w - 0x2020202020202020)) & 0x8080808080808080
			if odd == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(odd) / 8
		}
		switch c := b[i]; {
		case c >= ' ' && c < utf8.RuneSelf, c == '\n', c == '\t', c == '\r':
			i++
			continue
		case c < ' ':
			s.bad(BadXML, "a control character")
			return false
		case c >= 0xc2 && c <= 0xdf && i+1 < len(b) && b[i+1]&0xc0 == 0x80:
			i += 2
			continue
		case c >= 0xe1 && c <= 0xec && i+2 < len(b) && b[i+1]&0xc0 == 0x80 && b[i+2]&0xc0 == 0x80:
			i += 3
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !s.eof && !utf8.FullRune(b[i:]) {
				break
			}
			s.bad(BadEncoding, "not UTF-8")
			return false
		}
		if r == 0xfffe || r == 0xffff {
			s.bad(BadXML, "a forbidden character")
			return false
		}
		i += n
	}
	s.good = i
	return true
}

// entity reads the reference at the start of b ("&…;") and returns its character and length, 0 when
// it is none that XML knows.
func entity(b []byte) (rune, int) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := string(b[1:end]); name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if b[1] != '#' || end < 3 {
		return 0, 0
	}
	digits, base := b[2:end], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 || digits[0] == '+' || digits[0] == '-' {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || !xmlChar(n) {
		return 0, 0
	}
	return rune(n), end + 1
}

// xmlChar is the production Char of XML 1.0.
func xmlChar(n uint64) bool {
	return n == '\t' || n == '\n' || n == '\r' || n >= 0x20 && n <= 0xd7ff || n >= 0xe000 && n <= 0xfffd ||
		n >= 0x10000 && n <= utf8.MaxRune
}

func validEntities(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return true
		}
		_, n := entity(b[i:])
		if n == 0 {
			return false
		}
		b = b[i+n:]
	}
}

// appendText appends the text just scanned, decoded.
func (s *scanner) appendText(dst []byte) []byte {
	if !s.coded {
		return append(dst, s.text...)
	}
	return appendDecoded(dst, s.text, s.literal)
}

// appendDecoded appends text with its entities resolved, unless it is literal, and its line ends
// made "\n" (XML 1.0, 2.11). The entities were validated.
func appendDecoded(dst, text []byte, literal bool) []byte {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '&' && !literal:
			r, n := entity(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
		case c == '\r':
			dst = append(dst, '\n')
			if i++; i < len(text) && text[i] == '\n' {
				i++
			}
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}

// unescape resolves _xHHHH_, the way of ST_Xstring (ECMA-376 part 1, 22.9.2.19) to write what XML
// cannot, in place.
func unescape(b []byte) []byte {
	i := bytes.Index(b, []byte("_x"))
	if i < 0 {
		return b
	}
	w := i
	for i < len(b) {
		if r, ok := unescapeRune(b[i:]); ok {
			// Seven bytes become at most three: the writer never overtakes the reader.
			w += utf8.EncodeRune(b[w:w+3], r)
			i += 7
			continue
		}
		b[w] = b[i]
		w++
		i++
	}
	return b[:w]
}

// unescapeRune reads _xHHHH_ at the start of b. Halves of surrogate pairs stay as they are.
func unescapeRune(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n := rune(0)
	for _, c := range b[2:6] {
		switch {
		case c >= '0' && c <= '9':
			n = n<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			n = n<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			n = n<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return n, utf8.ValidRune(n)
}
