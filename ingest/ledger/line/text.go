package line

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// PostgreSQL holds no zero byte and no broken UTF-8 in text, and mail brings both. mark, a
// character that stands for nothing (U+FFFF), goes before the two hexadecimal digits of such a
// byte, and before "==" for itself.
const mark = "\uffff"

// Printable is a text as PostgreSQL can hold it.
func Printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsAny(s, "\x00"+mark) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1 || r == 0:
			fmt.Fprintf(&b, mark+"%02x", s[i])
		case r == '\uffff':
			b.WriteString(mark + "==")
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// Unprintable is a text as it was.
func Unprintable(s string) string {
	before, rest, ok := strings.Cut(s, mark)
	if !ok {
		return s
	}
	var b strings.Builder
	for ; ok; before, rest, ok = strings.Cut(rest, mark) {
		b.WriteString(before)
		if len(rest) < 2 {
			continue
		}
		if code, err := strconv.ParseUint(rest[:2], 16, 8); err == nil {
			b.WriteByte(byte(code))
		} else {
			b.WriteString(mark)
		}
		rest = rest[2:]
	}
	return b.String() + before
}
