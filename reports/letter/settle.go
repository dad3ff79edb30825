package letter

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"strings"

	"github.com/emersion/go-message/textproto"
)

const (
	softLine = 76  // bytes; a longer line is folded where it can be
	hardLine = 998 // bytes (RFC 5322, 2.1.1)
)

// order of the header fields; one that is not named here does not go out.
var order = []string{
	"Date", "From", "To", "Cc", "Reply-To", "Subject", "Message-Id", "In-Reply-To", "References", "List-Id",
	"List-Help", "User-Agent",
	"Auto-Submitted", "X-Auto-Response-Suppress", "Mime-Version", "Content-Type", "Content-Transfer-Encoding",
}

// settle takes the chance out of what the builder wrote: fields stand in a fixed order and long
// ones are folded, and the random boundaries give way to names made from the letter's id.
func settle(raw []byte, id string) ([]byte, error) {
	in := bufio.NewReader(bytes.NewReader(raw))
	head, err := textproto.ReadHeader(in)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	sum := sha256.Sum256([]byte(id))
	err = rewrite(head, in, sum[:12], 0, func(h textproto.Header) (io.Writer, error) {
		return &out, textproto.WriteHeader(&out, ordered(h))
	})
	return out.Bytes(), err
}

// ordered is a header with its fields in order. They are folded here, because the library leaves a
// field in one line of up to 998 bytes when its first word is long, and a line with encoded words
// may have 76 (RFC 2047, 2).
func ordered(head textproto.Header) (out textproto.Header) {
	for _, key := range slices.Backward(order) { // each field is put before those that are there
		if head.Has(key) {
			out.AddRaw([]byte(fold(key+": "+head.Get(key)) + "\r\n"))
		}
	}
	return out
}

// rewrite writes a part and all parts within it, with boundaries named after the letter. begin
// writes a header and says where the body goes.
func rewrite(head textproto.Header, body io.Reader, name []byte, depth int,
	begin func(textproto.Header) (io.Writer, error)) error {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return err
	}
	former, several := params["boundary"]
	if several {
		// "=_" can stand neither in quoted-printable nor in base64 (RFC 2045, 6.7): no content can
		// contain a boundary.
		params["boundary"] = fmt.Sprintf("=_%d_%x", depth, name)
		head.Set("Content-Type", mime.FormatMediaType(kind, params))
	}
	w, err := begin(head)
	if err != nil {
		return err
	}
	if !several {
		_, err := io.Copy(w, body)
		return err
	}
	in, out := textproto.NewMultipartReader(body, former), textproto.NewMultipartWriter(w)
	if err := out.SetBoundary(params["boundary"]); err != nil {
		return err
	}
	for {
		part, err := in.NextPart()
		if errors.Is(err, io.EOF) {
			return out.Close()
		} else if err != nil {
			return err
		}
		if err := rewrite(part.Header, part, name, depth+1, out.CreatePart); err != nil {
			return err
		}
	}
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
