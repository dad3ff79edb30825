package ooxml

import "bytes"

// blankRows recognises rows that repeat a row without values but for their number, as a program
// writes them by the hundred thousand when somebody formats whole columns:
//
//	<row r="7" s="1"><c r="A7" s="1"/><c r="B7" s="1"/></row>
//
// What it passes over has been read once by the general scanner, byte for byte, except for the
// row's number, which must be the next one: it is as well-formed, as ordered and as empty. The
// bytes are still inflated, counted and summed.
type blankRows struct {
	raw    []byte   // the row that was read
	pieces [][]byte // of raw, between the places of the number
	size   int      // of the pieces together
}

// learn takes a row without values as it stands in the file, and reports whether its repetitions
// can be recognised. n is its number.
func (t *blankRows) learn(raw []byte, n int) bool {
	t.pieces = t.pieces[:0]
	if len(raw) > 8<<10 {
		return false
	}
	t.raw = append(t.raw[:0], raw...)
	var number [8]byte
	digits := decimal(number[:0], n)
	rest := t.raw
	for {
		i := bytes.Index(rest, []byte(` r="`))
		if i < 0 {
			break
		}
		i += len(` r="`)
		for i < len(rest) && rest[i] >= 'A' && rest[i] <= 'Z' {
			i++
		}
		if !bytes.HasPrefix(rest[i:], digits) || !follows(rest, i+len(digits), `"`) {
			t.pieces = t.pieces[:0]
			return false
		}
		t.pieces = append(t.pieces, rest[:i])
		rest = rest[i+len(digits):]
	}
	if len(t.pieces) == 0 {
		return false
	}
	t.pieces = append(t.pieces, rest)
	t.size = len(t.raw) - (len(t.pieces)-1)*len(digits)
	return true
}

// match returns how many bytes at the start of b are the row again with this number, 0 when they
// are not.
func (t *blankRows) match(b, digits []byte) int {
	n := t.size + (len(t.pieces)-1)*len(digits)
	if len(t.pieces) == 0 || len(b) < n {
		return 0
	}
	i := 0
	for k, p := range t.pieces {
		if k > 0 {
			if string(b[i:i+len(digits)]) != string(digits) {
				return 0
			}
			i += len(digits)
		}
		if string(b[i:i+len(p)]) != string(p) {
			return 0
		}
		i += len(p)
	}
	return n
}

// skim passes over repetitions of the row just read, whose number is last, and returns the number
// of the last of them.
func (rd *sheetReader) skim(last int) int {
	s, t := &rd.scan, &rd.blank
	s.trusted = true
	var number [8]byte
	digits := decimal(number[:0], last+1)
	for last < lastRow {
		n := t.match(s.buf[s.r:s.w], digits)
		if n == 0 {
			if s.w-s.r < t.size+len(t.pieces)*len(digits) && s.fill() {
				continue
			}
			break
		}
		s.r += n
		last++
		digits = decimal(number[:0], last+1)
	}
	s.trusted = false
	if s.good < s.w && s.ref == nil { // what was read ahead of the last repetition has not been looked at
		s.good = max(s.good, s.r)
		s.validate()
	}
	return last
}

// decimal appends a positive number.
func decimal(dst []byte, n int) []byte {
	var d [20]byte
	i := len(d)
	for ; n > 0; n /= 10 {
		i--
		d[i] = byte('0' + n%10)
	}
	return append(dst, d[i:]...)
}
