package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Storable makes a text storable in XML 1.0: precomposed letters (NFC), no control characters but
// line ends and tabs.
func Storable(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(norm.NFC.String(s))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}
