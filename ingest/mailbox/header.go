package mailbox

import (
	"bufio"
	"bytes"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

const (
	maxHeader     = 1 << 20 // bytes of one header block; what is beyond is left out
	maxAddresses  = 100     // addresses of one field that are kept
	maxReferences = 50
	maxSubject    = 500 // runes
)

// cutHeader separates a header from the body at the first empty line. A part that begins with an
// empty line has no header; one without any empty line is all header.
func cutHeader(raw []byte) (head, body []byte) {
	for at := 0; at < len(raw); {
		line, _, _ := bytes.Cut(raw[at:], []byte("\n"))
		next := min(at+len(line)+1, len(raw))
		if len(bytes.TrimRight(line, "\r")) == 0 {
			return raw[:at], raw[next:]
		}
		at = next
	}
	return raw, nil
}

// readHeader reads a header block and says which line, if any, was no field. The first try is the
// library's strict one; the second goes without the lines that are no fields.
func readHeader(head []byte) (h message.Header, bad string) {
	if len(head) > maxHeader {
		head, bad = head[:maxHeader], "the header is too long"
	}
	strict, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(append(bytes.Clone(head), '\n'))))
	if err == nil {
		return message.Header{Header: strict}, bad
	}
	repaired, odd := repairHeader(head)
	// The repaired block has nothing left to refuse; an error here would leave the fields read so
	// far, which is what is wanted.
	tolerant, _ := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(repaired)))
	return message.Header{Header: tolerant}, odd
}

// repairHeader keeps the lines that are fields or continue one. The separator line of mbox files is
// no trouble.
func repairHeader(head []byte) (fields []byte, odd string) {
	kept := false
	for i, line := range bytes.Split(head, []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		switch {
		case len(line) == 0:
			continue
		case line[0] == ' ' || line[0] == '\t':
			if !kept {
				continue
			}
		default:
			kept = isField(line)
			if !kept {
				if odd == "" && !(i == 0 && bytes.HasPrefix(line, []byte("From "))) {
					odd = string(line)
				}
				continue
			}
		}
		fields = append(append(fields, line...), "\r\n"...)
	}
	return append(fields, "\r\n"...), odd
}

// isField says whether a line begins as a header field does (RFC 5322, 2.2), spaces before the
// colon forgiven.
func isField(line []byte) bool {
	name, _, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// looksLikeHeader says whether a block has at least one field, so that what follows may be taken
// for a message.
func looksLikeHeader(head []byte) bool {
	for line := range bytes.Lines(head) {
		if isField(line) {
			return true
		}
	}
	return false
}

var bareAddress = regexp.MustCompile(`[^\s<>,;:"()\[\]]+@[^\s<>,;:"()\[\]@]+`)

// addresses reads all fields of the name. Where the strict reading fails, whatever looks like an
// address is taken, without its name.
func addresses(h message.Header, name string) (list []mail.Address, ok bool) {
	ok = true
	for fields := h.FieldsByKey(name); fields.Next(); {
		value := toUTF8(fields.Value())
		if strings.TrimSpace(value) == "" {
			continue
		}
		parsed, err := mail.ParseAddressList(quoteWords(value))
		if err != nil {
			ok = false
			for _, addr := range bareAddress.FindAllString(value, maxAddresses) {
				parsed = append(parsed, &mail.Address{Address: addr})
			}
		}
		for _, a := range parsed {
			if len(list) < maxAddresses {
				list = append(list, mail.Address{Name: short(line(a.Name), maxName), Address: line(a.Address)})
			}
		}
	}
	return list, ok
}

var messageID = regexp.MustCompile(`<[^<>\s]+>`)

// longestID is how many characters of a message id are believed, without its brackets.
const longestID = 990

// ids finds the message ids in a field, angle brackets included, at most the last fifty.
func ids(h message.Header, name string) []string {
	found := slices.DeleteFunc(messageID.FindAllString(toUTF8(h.Get(name)), -1), func(id string) bool {
		return utf8.RuneCountInString(id) > longestID+len("<>")
	})
	return found[max(0, len(found)-maxReferences):]
}

// auto finds the strongest reason to believe that a machine wrote the mail.
func auto(h message.Header, mediaType string) Auto {
	given := func(name string) bool { return strings.TrimSpace(h.Get(name)) != "" }
	submitted, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted"))), ";")
	switch submitted = strings.TrimSpace(submitted); {
	case mediaType == "multipart/report":
		return AutoReport
	case strings.TrimSpace(h.Get("Return-Path")) == "<>":
		return AutoBounce
	case submitted != "" && submitted != "no":
		return AutoSubmitted
	case given("X-Autoreply") || given("X-Autorespond"):
		return AutoReply
	case given("X-Auto-Response-Suppress"):
		return AutoSuppress
	case given("List-Id"):
		return AutoList
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Precedence"))) {
	case "bulk", "junk", "list", "auto_reply":
		return AutoBulk
	}
	return ""
}
