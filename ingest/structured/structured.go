// Package structured reads structured header fields (RFC 5322, 2.2.2) from left to right. It knows
// the pieces that all of them are made of and no field; it never guesses at what is broken.
package structured

import "strings"

// Scanner stands somewhere in the value of a field.
type Scanner struct {
	text string
	at   int
}

// New stands at the beginning of a value.
func New(text string) *Scanner { return &Scanner{text: text} }

// Printable reports whether a value has no control characters but tabs, which no field may have.
func Printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// End reports whether nothing is left.
func (s *Scanner) End() bool { return s.at == len(s.text) }

// Next is the byte that comes next, 0 at the end.
func (s *Scanner) Next() byte {
	if s.End() {
		return 0
	}
	return s.text[s.at]
}

// At is the place of the next byte.
func (s *Scanner) At() int { return s.at }

// Since is what stands between a place and the next byte.
func (s *Scanner) Since(place int) string { return s.text[place:s.at] }

// Skip goes past the next byte.
func (s *Scanner) Skip() {
	if !s.End() {
		s.at++
	}
}

// Take goes past the byte when it comes next.
func (s *Scanner) Take(c byte) bool {
	if s.End() || s.Next() != c {
		return false
	}
	s.at++
	return true
}

// Space goes past spaces and comments (CFWS, RFC 5322, 3.2.2); false is a comment that does not
// end.
func (s *Scanner) Space() bool {
	depth := 0
	for ; !s.End(); s.Skip() {
		switch c := s.Next(); {
		case c == '(':
			depth++
		case depth == 0 && c != ' ' && c != '\t':
			return true
		case c == ')':
			depth--
		case c == '\\' && depth > 0:
			s.Skip()
		}
	}
	return depth == 0
}

// Run takes as many bytes as are wanted.
func (s *Scanner) Run(wanted func(byte) bool) string {
	from := s.at
	for !s.End() && wanted(s.Next()) {
		s.at++
	}
	return s.text[from:s.at]
}

// Quoted takes the quoted string that begins here and returns what is in it; false when it does not
// end.
func (s *Scanner) Quoted() (string, bool) {
	var out strings.Builder
	for s.Skip(); !s.End(); s.Skip() {
		switch c := s.Next(); c {
		case '"':
			s.Skip()
			return out.String(), true
		case '\\':
			if s.Skip(); !s.End() {
				out.WriteByte(s.Next())
			}
		default:
			out.WriteByte(c)
		}
	}
	return "", false
}

// Atom takes an atom (RFC 5322, 3.2.3), dots included, "" when there is none.
func (s *Scanner) Atom() string {
	return s.Run(func(c byte) bool { return IsAtom(c) || c == '.' })
}

// IsAtom reports whether a byte may stand in an atom.
func IsAtom(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}

// Token takes a token (RFC 2045, 5.1), "" when there is none.
func (s *Scanner) Token() string {
	return s.Run(func(c byte) bool { return c > ' ' && c <= '~' && strings.IndexByte(`()<>@,;:\"/[]?=`, c) < 0 })
}
