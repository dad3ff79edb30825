package mailbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strconv"
	"strings"

	"github.com/emersion/go-message"

	"thidua/ingest/files"
)

// Parse reads a raw message (RFC 5322, RFC 2045 to 2047, RFC 2231). It never fails: what is
// readable is in the Message, what is not is among its Troubles. Forwarded messages are opened, as
// attachments or as .eml files; what a bounce encloses stays closed, for it is our own mail.
func Parse(raw []byte, lim Limits) Message {
	w := &walk{lim: lim.withDefaults()}
	raw = bytes.TrimLeft(raw, "\r\n") // empty lines before the header
	if int64(len(raw)) > w.lim.Message {
		m := Envelope(raw)
		w.msg.Troubles = m.Troubles
		w.trouble(TooBig, "", strconv.Itoa(len(raw)))
		m.Troubles = w.msg.Troubles
		return m
	}
	h, body := w.header(raw, "")
	w.envelope(h)
	w.closed = w.lim.Open != nil && !w.lim.Open(w.msg)
	w.part(h, body, "", 1)
	if w.msg.Text == "" {
		w.msg.Text = w.fromHTML
	}
	if w.msg.Auto == AutoReport || w.msg.Auto == AutoBounce {
		w.msg.Report = &Report{Recipients: w.reported, IDs: mentions(raw, w.msg.Text, w.msg.MessageID)}
	}
	if w.msg.Text == "" && len(w.msg.Attachments) == 0 && len(w.msg.Troubles) == 0 {
		w.trouble(Empty, "", "")
	}
	return w.msg
}

// Envelope reads the header of a message and nothing else; of a header that goes on for long, its
// beginning.
func Envelope(raw []byte) Message {
	raw = bytes.TrimLeft(raw, "\r\n")
	head, _ := cutHeader(raw[:min(len(raw), maxHeader)])
	h, _ := readHeader(head)
	w := &walk{lim: Limits{}.withDefaults()}
	w.envelope(h)
	return w.msg
}

// walk goes through the parts of one message.
type walk struct {
	lim      Limits
	msg      Message
	fromHTML string
	parts    int
	decoded  int64
	reported []Reported
	closed   bool // attachments are named and stay as they are
}

func (w *walk) trouble(r Reason, path, detail string) {
	const most = 200
	detail = line(detail)
	if len(detail) > most {
		detail = strings.ToValidUTF8(detail[:most], "")
	}
	w.msg.Troubles = append(w.msg.Troubles, Trouble{Reason: r, Path: path, Detail: detail})
}

// header cuts and reads the header of a message or a part.
func (w *walk) header(raw []byte, path string) (message.Header, []byte) {
	head, body := cutHeader(raw)
	h, bad := readHeader(head)
	if bad != "" {
		w.trouble(BadHeader, path, bad)
		if i := bytes.Index(head, []byte(bad)); body == nil && i >= 0 {
			body = head[i:] // the empty line is missing, and the text begins here
		}
	}
	return h, body
}

// envelope reads what the header of the whole message says.
func (w *walk) envelope(h message.Header) {
	m := &w.msg
	m.Subject = short(line(decodeWords(toUTF8(h.Get("Subject")))), maxSubject)
	if all := ids(h, "Message-Id"); len(all) > 0 {
		m.MessageID = all[0]
	}
	if all := ids(h, "In-Reply-To"); len(all) > 0 {
		m.InReplyTo = all[0]
	}
	m.References = ids(h, "References")
	if date, err := mail.ParseDate(h.Get("Date")); err == nil {
		m.Date = date.UTC()
	}
	readable := true
	for _, f := range []struct {
		name string
		into *[]mail.Address
	}{{"Reply-To", &m.ReplyTo}, {"To", &m.To}, {"Cc", &m.Cc}} {
		list, ok := addresses(h, f.name)
		if *f.into = list; !ok && readable {
			readable = false
			w.trouble(BadHeader, "", f.name+": "+h.Get(f.name))
		}
	}
	from, ok := author(h)
	if ok {
		m.From = []mail.Address{from}
	} else {
		m.Claimed = claimed(h)
		w.trouble(BadSender, "", m.Claimed)
	}
	m.Trace = trace(h)
	switch path := strings.TrimSpace(h.Get("Return-Path")); path {
	case "":
	case "<>":
		m.NullSender = Yes
	default:
		m.NullSender = No
	}
	mediaType, _ := parameters(h.Get("Content-Type"))
	m.Auto = auto(h, mediaType)
	if m.Auto == "" || m.Auto == AutoSubmitted {
		// older servers give no other sign
		if name, _, _ := strings.Cut(strings.ToLower(from.Address), "@"); name == "mailer-daemon" {
			m.Auto = AutoBounce
		}
	}
}

// part reads one part: several parts, a message, body text or an attachment. depth counts the
// levels from 1.
func (w *walk) part(h message.Header, body []byte, path string, depth int) {
	if w.parts++; w.parts > w.lim.Parts {
		if w.parts == w.lim.Parts+1 {
			w.trouble(TooManyParts, path, "")
		}
		return
	}
	mediaType, params := parameters(h.Get("Content-Type"))
	switch {
	case !strings.Contains(mediaType, "/"):
		mediaType = "text/plain" // RFC 2045, 5.2
	case strings.ContainsFunc(mediaType, func(r rune) bool { return r <= ' ' || r > '~' }):
		mediaType = "application/octet-stream"
	}
	deep := depth >= w.lim.Depth
	if strings.HasPrefix(mediaType, "multipart/") {
		if deep {
			w.trouble(TooDeep, path, mediaType)
			return
		}
		w.multipart(mediaType, params["boundary"], h, body, path, depth)
		return
	}

	if path == "" {
		path = "1"
	}
	disposition, dparams := parameters(h.Get("Content-Disposition"))
	name := dparams["filename"]
	if name == "" {
		name = params["name"]
	}
	if disposition != "attachment" && disposition != "inline" {
		disposition = ""
	}
	words := (mediaType == "text/plain" || mediaType == "text/html") && name == "" && disposition != "attachment"
	switch {
	case words:
		body = body[:min(len(body), 64*w.lim.Text)] // far more than is kept of it
	case w.closed && !strings.HasPrefix(mediaType, "message/") && mediaType != "text/rfc822-headers":
		w.attach(name, mediaType, disposition, path, nil)
		return
	}
	body = w.decode(h, body, path)
	enclosed := mediaType == "message/rfc822" || mediaType == "message/global" ||
		strings.HasSuffix(strings.ToLower(strings.TrimSpace(name)), ".eml")
	if head, _ := cutHeader(body); enclosed && looksLikeHeader(head) {
		if !deep {
			inner, rest := w.header(body, path)
			inside, before := Enclosed{Path: path}, w.msg.Text == ""
			if all := ids(inner, "Message-Id"); len(all) > 0 {
				inside.MessageID = all[0]
			}
			w.part(inner, rest, path, depth+1)
			inside.Text = before && w.msg.Text != ""
			w.msg.Enclosed = append(w.msg.Enclosed, inside)
			return
		}
		w.trouble(TooDeep, path, mediaType)
	}
	if words {
		s, known := convert(body, params["charset"])
		if !known {
			w.trouble(UnknownCharset, path, params["charset"])
		}
		w.text(mediaType, s)
		return
	}
	if mediaType == "message/delivery-status" {
		w.reported = append(w.reported, reported(body)...)
	}
	if mediaType == "message/delivery-status" || mediaType == "message/disposition-notification" ||
		mediaType == "text/rfc822-headers" {
		return // the technical half of a report
	}
	if w.decoded += int64(len(body)); w.decoded > w.lim.Decoded {
		w.trouble(TooBig, path, name)
		return
	}
	w.attach(name, mediaType, disposition, path, body)
}

// attach keeps an attachment; body is nil for one that is only named. What programs lay beside
// files is no attachment of anybody.
func (w *walk) attach(name, mediaType, disposition, path string, body []byte) {
	if files.Junk(name) {
		return
	}
	a := Attachment{Name: cleanName(name, mediaType, path), Type: mediaType, Disposition: disposition, Path: path}
	if !w.closed {
		sum := sha256.Sum256(body)
		a.Bytes, a.SHA256 = body, hex.EncodeToString(sum[:])
	}
	w.msg.Attachments = append(w.msg.Attachments, a)
}

func (w *walk) multipart(mediaType, boundary string, h message.Header, body []byte, path string, depth int) {
	parts, ended := split(body, boundary, w.lim.Parts)
	if len(parts) == 0 { // the boundary was lost or broken on the way: the parts tell it
		parts, ended = split(body, markIn(body), w.lim.Parts)
	}
	if !ended {
		w.trouble(MissingBoundary, path, h.Get("Content-Type"))
	}
	if len(parts) == 0 && len(bytes.TrimSpace(body)) > 0 {
		// Nothing tells the parts apart: what there is may at least be read as text.
		w.text("text/plain", toUTF8(string(body)))
		return
	}
	for i, raw := range parts {
		inner := strconv.Itoa(i + 1)
		if path != "" {
			inner = path + "." + inner
		}
		ph, pbody := w.header(raw, inner)
		kind, _ := parameters(ph.Get("Content-Type"))
		switch {
		case mediaType == "multipart/report" && kind == "message/rfc822":
			continue
		case mediaType == "multipart/digest" && kind == "":
			ph.Set("Content-Type", "message/rfc822") // RFC 2046, 5.1.5
		}
		w.part(ph, pbody, inner, depth+1)
	}
}

// split cuts the body of a multipart into its parts, one more than most of them at the utmost.
// Whatever stands before the first boundary line and behind the last is left out; ended is false
// when there is no boundary, no part or no closing line.
func split(body []byte, boundary string, most int) (parts [][]byte, ended bool) {
	if boundary == "" {
		return nil, false
	}
	mark := []byte("--" + boundary)
	start := -1 // of the current part
	for at := 0; at < len(body); {
		next := len(body)
		if i := bytes.IndexByte(body[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		tail, isMark := bytes.CutPrefix(body[at:next], mark)
		tail, last := bytes.CutPrefix(tail, []byte("--"))
		if isMark && len(bytes.TrimSpace(tail)) == 0 {
			if start >= 0 {
				parts = append(parts, trimBreak(body[start:max(start, at)]))
			}
			if start = next; len(parts) > most || last && !bytes.Contains(body[next:], mark) {
				return parts, len(parts) > 0
			}
			// a gateway closed it too early, or put something behind it: what follows under the
			// same boundary is read all the same
			if last {
				start = -1
			}
		}
		at = next
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts, start < 0 && len(parts) > 0
}

// markIn is the boundary that a body seems to have (RFC 2046, 5.1.1): what follows "--" on its
// first line that begins so, when another line begins with it.
func markIn(body []byte) string {
	for line := range bytes.Lines(body) {
		mark, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("--"))
		if !ok || len(mark) == 0 {
			continue
		}
		_, rest, _ := bytes.Cut(body, line)
		if len(mark) > 70 || !bytes.Contains(rest, append([]byte("\n--"), mark...)) {
			return ""
		}
		return string(mark)
	}
	return ""
}

// trimBreak takes off the line break that belongs to the boundary line (RFC 2046, 5.1.1).
func trimBreak(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// decode undoes the transfer encoding (RFC 2045, 6).
func (w *walk) decode(h message.Header, body []byte, path string) []byte {
	encoding, _ := parameters(uncommented(h.Get("Content-Transfer-Encoding")))
	switch encoding {
	case "", "7bit", "8bit", "binary":
		return zipIn(body)
	case "base64", "base-64", "x-base64":
		raw, whole := decodeBase64(body)
		if !whole {
			w.trouble(BrokenBase64, path, "")
		}
		return raw
	case "quoted-printable":
		raw, whole := decodeQuoted(body)
		if !whole {
			w.trouble(BrokenQuoted, path, "")
		}
		return raw
	}
	w.trouble(UnknownEncoding, path, encoding)
	return zipIn(body)
}

// zipIn decodes what is a zip in base64 although nobody said so, and leaves everything else as it
// is.
func zipIn(body []byte) []byte {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("UEsDB")) {
		if raw, whole := decodeBase64(body); whole {
			return raw
		}
	}
	return body
}

// uncommented takes comments (RFC 5322, 3.2.2) off a short field without quoted strings.
func uncommented(s string) string {
	for {
		from := strings.IndexByte(s, '(')
		to := strings.IndexByte(s, ')')
		if from < 0 || to < from {
			return s
		}
		s = s[:from] + " " + s[to+1:]
	}
}
