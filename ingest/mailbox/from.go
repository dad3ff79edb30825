package mailbox

import (
	"net/mail"
	"strings"

	"github.com/emersion/go-message"

	"thidua/ingest/structured"
)

const (
	maxAddress = 254 // bytes of an address (RFC 5321, 4.5.3.1.3)
	maxTrace   = 100 // fields of the trace that are kept
	maxShown   = 200 // runes of an unreadable From that people are shown
)

// Field is a field of a header as it stands, its folding undone.
type Field struct{ Name, Value string }

// trace lists the fields in which servers tell what they did with the mail and found out about it,
// topmost first.
func trace(h message.Header) []Field {
	var out []Field
	for fields := h.Fields(); fields.Next() && len(out) < maxTrace; {
		switch name := fields.Key(); name {
		case "Received", "Authentication-Results":
			out = append(out, Field{name, fields.Value()})
		}
	}
	return out
}

// author reads who wrote the mail: the one mailbox of the one From field (RFC 5322, 3.6.2). Whoever
// reads an odd field differently from the server that checked it believes a forger, so nothing is
// guessed here: groups, lists, routes, addresses in quotes or with anything but ASCII, and obsolete
// forms have no author.
func author(h message.Header) (mail.Address, bool) {
	var values []string
	for fields := h.FieldsByKey("From"); fields.Next(); {
		values = append(values, fields.Value())
	}
	if len(values) != 1 {
		return mail.Address{}, false
	}
	return readMailbox(values[0])
}

// claimed is what stands in the From fields, on one line.
func claimed(h message.Header) string {
	var all []string
	for fields := h.FieldsByKey("From"); fields.Next() && len(all) < maxAddresses; {
		all = append(all, line(toUTF8(fields.Value())))
	}
	return short(strings.Join(all, ", "), maxShown)
}

// readMailbox reads a mailbox (RFC 5322, 3.4): an address alone, or a display name and an address
// in angle brackets, with comments where the grammar has them. Display names may be raw 8-bit text
// and hold dots, as mail programs write them.
func readMailbox(value string) (mail.Address, bool) {
	if !structured.Printable(value) {
		return mail.Address{}, false
	}
	bare := structured.New(value)
	if address, ok := readAddress(bare); ok && bare.End() {
		return mail.Address{Address: address}, true
	}
	named := structured.New(value)
	name, ok := readPhrase(named)
	if !ok || !named.Take('<') {
		return mail.Address{}, false
	}
	address, ok := readAddress(named)
	if !ok || !named.Take('>') || !named.Space() || !named.End() {
		return mail.Address{}, false
	}
	return mail.Address{Name: short(line(decodeWords(toUTF8(name))), maxName), Address: address}, true
}

// readPhrase takes a display name, which may be missing, up to the bracket.
func readPhrase(s *structured.Scanner) (string, bool) {
	var words []string
	for {
		if !s.Space() || s.End() {
			return "", false
		}
		switch c := s.Next(); {
		case c == '<':
			return strings.Join(words, " "), true
		case c == '"':
			word, ok := s.Quoted()
			if !ok {
				return "", false
			}
			words = append(words, word)
		default:
			word := s.Run(func(c byte) bool { return structured.IsAtom(c) || c == '.' || c >= 0x80 })
			if word == "" {
				return "", false
			}
			words = append(words, word)
		}
	}
}

// readAddress takes an address of two dot-atoms, with the spaces and comments around each.
func readAddress(s *structured.Scanner) (string, bool) {
	from, ok := readDotAtom(s)
	if !ok || !s.Take('@') {
		return "", false
	}
	domain, ok := readDotAtom(s)
	address := from + "@" + domain
	return address, ok && len(address) <= maxAddress
}

func readDotAtom(s *structured.Scanner) (string, bool) {
	if !s.Space() {
		return "", false
	}
	text := s.Atom()
	if text == "" || text[0] == '.' || text[len(text)-1] == '.' || strings.Contains(text, "..") {
		return "", false
	}
	return text, s.Space()
}
