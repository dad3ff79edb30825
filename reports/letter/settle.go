package letter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	softLine = 76  // bytes; a longer line is folded where it can be
	hardLine = 998 // bytes, RFC 5322, 2.1.1
)

// order of the header fields; those not named follow by name.
var order = []string{"Date", "From", "To", "Cc", "Reply-To", "Subject", "Message-Id", "In-Reply-To", "References", "List-Id", "List-Help", "Auto-Submitted", "X-Auto-Response-Suppress", "Mime-Version", "Content-Type", "Content-Transfer-Encoding"}

// The library's boundaries: thirty random bytes in hexadecimal. In the text every "=" is written "=3D", so this is found in headers only.
var boundary = regexp.MustCompile(`boundary=([0-9a-f]{60})\r\n`)

// settle takes the chance out of what the library wrote: boundaries come from the letter's id and content, fields stand in a fixed order and
// long ones are folded.
func settle(raw []byte, id string) ([]byte, error) {
	head, body, ok := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !ok {
		return nil, errors.New("the message has no body")
	}
	fields := unfold(string(head))
	slices.SortFunc(fields, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for i, f := range fields {
		fields[i] = fold(f)
	}
	raw = slices.Concat([]byte(strings.Join(fields, "\r\n")), []byte("\r\n\r\n"), body)

	// First names that do not depend on chance, so that the hash does not either; then the final ones. "=_" can stand neither in
	// quoted-printable nor in base64 (RFC 2045, 6.7): no content can contain a boundary.
	found := boundary.FindAllSubmatch(raw, -1)
	for i, m := range found {
		raw = bytes.ReplaceAll(raw, m[1], fmt.Appendf(nil, `=_%d`, i))
	}
	sum := sha256.Sum256(slices.Concat([]byte(id), []byte{0}, raw))
	for i := range found {
		short, long := fmt.Appendf(nil, `=_%d`, i), fmt.Appendf(nil, `=_%d_%s`, i, hex.EncodeToString(sum[:12]))
		raw = bytes.ReplaceAll(raw, slices.Concat([]byte("boundary="), short, []byte("\r\n")), slices.Concat([]byte(`boundary="`), long, []byte("\"\r\n")))
		raw = bytes.ReplaceAll(raw, slices.Concat([]byte("\r\n--"), short), slices.Concat([]byte("\r\n--"), long))
	}
	return raw, nil
}

// unfold splits a header into its fields, each in one line.
func unfold(head string) (fields []string) {
	for _, line := range strings.Split(head, "\r\n") {
		if n := len(fields); n > 0 && strings.HasPrefix(line, " ") {
			fields[n-1] += line
		} else {
			fields = append(fields, line)
		}
	}
	return fields
}

func rank(field string) int {
	name, _, _ := strings.Cut(field, ":")
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}

// fold breaks a field before spaces so that its lines stay short (RFC 5322, 2.2.3).
func fold(field string) string {
	var out strings.Builder
	width := 0
	for i, word := range strings.SplitAfter(field, " ") {
		text := strings.TrimSuffix(word, " ")
		if i > 1 && width+1+len(text) > softLine { // never right behind the name
			out.WriteString("\r\n")
			width = 0
		}
		if i > 0 {
			out.WriteString(" ")
			width++
		}
		out.WriteString(text)
		width += len(text)
	}
	return out.String()
}
