package city

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"

	"thidua/templates/viet"
)

// client is the program a mail was written with. Programs differ in how they write an attachment's
// name and encode text.
type client uint8

const (
	clientRFC2231 client = iota // filename*=UTF-8''…
	clientPieces                // filename*0*=…; filename*1*=…
	clientRFC2047               // "=?UTF-8?B?…?=" in name= and filename=, which RFC 2047 forbids and many do
	clientRaw                   // UTF-8 as it is
	clientWeb                   // type application/octet-stream, text in HTML too
	clients
)

// typeOf is the media type the program gives a file with an extension.
func (c client) typeOf(extension string) string {
	switch {
	case c == clientWeb:
		return "application/octet-stream"
	case extension == ".xls":
		return "application/vnd.ms-excel"
	}
	return typeXLSX
}

// plainText is a text without accents, as file names were typed for long.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' {
			return '-'
		}
		return r
	}, capitalise(viet.Fold(s)))
}

// capitalise begins a folded text with a capital.
func capitalise(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Bytes returns the mail as a message (RFC 5322), the same for every call. inReplyTo is the
// Message-ID of the receipt that it answers, with or without angle brackets, "" when it answers
// nothing.
func (m Mail) Bytes(inReplyTo string) []byte {
	if m.Raw != nil {
		return m.Raw
	}
	if m.id == "" { // written by whoever plays somebody of the city
		sum := sha256.Sum256([]byte(m.Key))
		m.id = hex.EncodeToString(sum[:12])
	}
	var b bytes.Buffer
	field := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	_, domain, _ := strings.Cut(m.From, "@")
	field("Date", m.Sent.Format(time.RFC1123Z))
	field("From", m.From)
	field("To", m.To)
	field("Subject", m.client.header(m.Subject))
	field("Message-ID", "<"+m.id+"@"+strings.TrimRight(domain, ">")+">")
	if id := strings.Trim(inReplyTo, "<> "); id != "" {
		field("In-Reply-To", "<"+id+">")
		field("References", "<"+id+">")
	}
	field("MIME-Version", "1.0")
	for _, h := range m.Headers {
		field(h[0], h[1])
	}
	if len(m.Attachments) == 0 {
		m.body(&b)
		return b.Bytes()
	}
	boundary := "=_" + m.id
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%q\r\n\r\n--%s\r\n", boundary, boundary)
	m.body(&b)
	for _, a := range m.Attachments {
		fmt.Fprintf(&b, "\r\n--%s\r\n", boundary)
		m.attach(&b, a)
	}
	fmt.Fprintf(&b, "\r\n--%s--\r\n", boundary)
	return b.Bytes()
}

// header writes a text in a header field (RFC 2047).
func (c client) header(s string) string {
	encoder := mime.BEncoding
	if c == clientPieces {
		encoder = mime.QEncoding
	}
	return strings.ReplaceAll(encoder.Encode("UTF-8", s), "?= =?", "?=\r\n =?")
}

// body writes the text with its part header.
func (m Mail) body(b *bytes.Buffer) {
	if m.client != clientWeb {
		text(b, "text/plain", m.Text, m.client == clientPieces)
		return
	}
	boundary := "=-" + m.id
	fmt.Fprintf(b, "Content-Type: multipart/alternative; boundary=%q\r\n\r\n--%s\r\n", boundary, boundary)
	text(b, "text/plain", m.Text, true)
	fmt.Fprintf(b, "\r\n--%s\r\n", boundary)
	text(b, "text/html", "<div>"+strings.ReplaceAll(m.Text, "\r\n", "<br>\r\n")+"</div>\r\n", true)
	fmt.Fprintf(b, "\r\n--%s--\r\n", boundary)
}

func text(b *bytes.Buffer, kind, s string, quoted bool) {
	fmt.Fprintf(b, "Content-Type: %s; charset=UTF-8\r\n", kind)
	if !quoted {
		b.WriteString("Content-Transfer-Encoding: base64\r\n\r\n")
		wrap(b, []byte(s))
		return
	}
	b.WriteString("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
	w := quotedprintable.NewWriter(b)
	_, _ = w.Write([]byte(s)) // a bytes.Buffer takes everything
	_ = w.Close()
}

// wrap writes base64 in lines of 76 characters (RFC 2045, 6.8).
func wrap(b *bytes.Buffer, content []byte) {
	const bytesInLine = 57
	for len(content) > 0 {
		n := min(len(content), bytesInLine)
		b.Write(base64.StdEncoding.AppendEncode(b.AvailableBuffer(), content[:n]))
		b.WriteString("\r\n")
		content = content[n:]
	}
}

// attach writes a file as a part. A message is not encoded (RFC 2046, 5.2.1).
func (m Mail) attach(b *bytes.Buffer, a Attachment) {
	if a.Type == typeRFC822 {
		fmt.Fprintf(b, "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\nContent-Disposition: "+
			"%s\r\n\r\n", m.client.disposition(a.Name))
		b.Write(a.Bytes)
		return
	}
	kind := a.Type
	if m.client == clientRFC2047 {
		kind += ";\r\n name=\"" + mime.BEncoding.Encode("UTF-8", a.Name) + `"`
	}
	fmt.Fprintf(b, "Content-Type: %s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: %s\r\n\r\n", kind,
		m.client.disposition(a.Name))
	wrap(b, a.Bytes)
}

// disposition writes Content-Disposition with the file's name as the program does.
func (c client) disposition(name string) string {
	switch c {
	case clientRFC2047:
		return `attachment; filename="` + mime.BEncoding.Encode("UTF-8", name) + `"`
	case clientRaw, clientWeb:
		return `attachment; filename="` + name + `"`
	case clientPieces:
		escaped := escape(name)
		var s strings.Builder
		s.WriteString("attachment")
		for i := 0; escaped != ""; i++ {
			n := min(len(escaped), 40)
			for n < len(escaped) && (escaped[n-1] == '%' || escaped[n-2] == '%') {
				n--
			}
			charset := ""
			if i == 0 {
				charset = "UTF-8''"
			}
			fmt.Fprintf(&s, ";\r\n filename*%d*=%s%s", i, charset, escaped[:n])
			escaped = escaped[n:]
		}
		return s.String()
	}
	return "attachment;\r\n filename*=UTF-8''" + escape(name)
}

// escape writes every byte but letters, digits and . - _ as %XX (RFC 2231, 7).
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
