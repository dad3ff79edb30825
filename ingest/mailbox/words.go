package mailbox

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/emersion/go-message/charset"
	"golang.org/x/text/unicode/norm"

	"thidua/ingest/files"
)

// toUTF8 reads 8-bit text that says nothing of its charset.
func toUTF8(s string) string { return files.Text(s) }

// convert reads text in a charset; ok is false when the charset is unknown and toUTF8 had to guess.
func convert(raw []byte, name string) (text string, ok bool) {
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return toUTF8(string(raw)), true
	}
	r, err := charset.Reader(name, strings.NewReader(string(raw)))
	if err != nil {
		return toUTF8(string(raw)), false
	}
	decoded, err := io.ReadAll(r)
	return toUTF8(string(decoded)), err == nil
}

// An encoded word (RFC 2047, 2). Spaces within are against the rules and met in practice.
var (
	word        = regexp.MustCompile(`=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=`)
	quotedWords = regexp.MustCompile(`"\s*(=\?[^"]*\?=)\s*"`)
)

// decodeWords decodes the encoded words of a header value.
func decodeWords(s string) string {
	return replaceWords(s, func(text string) string { return text })
}

// quoteWords turns encoded words into quoted strings, for values that are still to be taken apart
// at their commas.
func quoteWords(s string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	return replaceWords(quotedWords.ReplaceAllString(s, "$1"),
		func(text string) string { return `"` + escape.Replace(line(text)) + `"` })
}

// replaceWords puts the decoded text, as changed by the function, in the place of encoded words.
// Neighbours in the same charset are joined before they are decoded: many programs cut a letter in
// two.
func replaceWords(s string, change func(string) string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	type run struct { // of neighbours
		charset string
		raw     []byte
	}
	var out strings.Builder
	var runs []run
	flush := func() {
		var text strings.Builder
		for _, r := range runs {
			decoded, _ := convert(r.raw, r.charset)
			text.WriteString(decoded)
		}
		if len(runs) > 0 {
			out.WriteString(change(text.String()))
		}
		runs = nil
	}
	end := 0
	for _, at := range word.FindAllStringSubmatchIndex(s, -1) {
		if between := s[end:at[0]]; len(runs) == 0 || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(between)
		}
		name, raw := strings.ToLower(s[at[2]:at[3]]), decodeWord(s[at[4]:at[5]], s[at[6]:at[7]])
		if n := len(runs); n > 0 && runs[n-1].charset == name {
			runs[n-1].raw = append(runs[n-1].raw, raw...)
		} else {
			runs = append(runs, run{name, raw})
		}
		end = at[1]
	}
	flush()
	out.WriteString(s[end:])
	return out.String()
}

func decodeWord(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		raw, _ := decodeBase64([]byte(text))
		return raw
	}
	raw, err := io.ReadAll(
		quotedprintable.NewReader(strings.NewReader(strings.NewReplacer("_", " ", " ", "=20").Replace(text) + "=\n")))
	if err != nil {
		return []byte(text)
	}
	return raw
}

// line makes one clean line of a header value: NFC, no control characters, single spaces.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case isDirection(r):
			return -1
		}
		return r
	}, toUTF8(s))
	// again: what stood between a letter and its mark may be gone
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// short cuts a text after so many runes.
func short(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}

// isDirection says whether a rune only changes how others are shown. They can make "xslx.exe" look
// like "exe.xlsx".
func isDirection(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 || r == 0xFEFF
}

// decodeBase64 decodes as much as can be decoded, whatever the line breaks; foreign bytes are
// skipped (RFC 2045, 6.8). whole is false when there were any or something is missing; missing
// padding loses nothing.
func decodeBase64(text []byte) (raw []byte, whole bool) {
	clean, whole := make([]byte, 0, len(text)), true
	for i, c := range text {
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			clean = append(clean, c)
		} else if c == '=' { // the end; a footer somebody added behind it is left out
			whole = whole && len(bytes.Trim(text[i:], "= \t\r\n")) == 0
			break
		} else if c != '\n' && c != '\r' && c != ' ' && c != '\t' {
			whole = false
		}
	}
	if len(clean)%4 == 1 {
		clean, whole = clean[:len(clean)-1], false
	}
	raw = make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, err := base64.RawStdEncoding.Decode(raw, clean)
	return raw[:n], whole && err == nil
}

// decodeQuoted decodes quoted-printable text (RFC 2045, 6.7). Control characters, which have no
// place in it, are skipped; whole is false when there were any, or when a line cannot be decoded
// and the text ends there.
func decodeQuoted(text []byte) (raw []byte, whole bool) {
	whole = true
	clean := slices.DeleteFunc(bytes.Clone(text), func(c byte) bool {
		control := c < ' ' && c != '\n' && c != '\t'
		whole = whole && (!control || c == '\r')
		return control
	})
	raw, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(clean)))
	return raw, whole && err == nil
}
