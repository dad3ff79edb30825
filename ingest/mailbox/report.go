package mailbox

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"
)

const (
	maxReported = 50  // recipients of one report that are kept
	maxMention  = 200 // message ids of one bounce that are kept
	maxWords    = 500 // bytes of a server's words that are kept
)

// Report is what a bounce says (RFC 3464), or what a mail server wrote in its own way.
type Report struct {
	Recipients []Reported // of the machine-readable part; nil when there is none
	// every message id found anywhere in the mail, its own left out: one of them is the mail that
	// bounced
	IDs []string
}

// Reported is what became of a mail for one recipient.
type Reported struct {
	Addr   string // as given by the sender where the report says so
	Action string // failed, delayed, delivered, relayed or expanded
	Status string // RFC 3463
	Text   string // the server's words
}

// mention is compiled when a report comes: it is large, and most commands read none.
var mention = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<[^<>\s@]{1,200}@[^<>\s@]{1,200}>`) })

// mentions finds message ids in the raw mail and in its decoded text.
func mentions(raw []byte, text, own string) []string {
	var out []string
	for _, all := range [][][]byte{mention().FindAll(raw, 4*maxMention), mention().FindAll([]byte(text), maxMention)} {
		for _, b := range all {
			if id := string(b); id != own && len(out) < maxMention && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// reported reads the groups of a message/delivery-status part (RFC 3464, 2.3).
func reported(body []byte) []Reported {
	var out []Reported
	body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	for _, group := range bytes.Split(body, []byte("\n\n")) {
		h, _ := readHeader(append(bytes.TrimLeft(group, "\n"), '\n'))
		typed := func(name string) string { // "rfc822; a@b.example"
			kind, value, ok := strings.Cut(toUTF8(h.Get(name)), ";")
			if !ok {
				value = kind
			}
			return strings.Trim(line(value), " <>")
		}
		r := Reported{Addr: typed("Original-Recipient"), Action: strings.ToLower(strings.TrimSpace(h.Get("Action"))),
			Text: typed("Diagnostic-Code")}
		if r.Addr == "" {
			r.Addr = typed("Final-Recipient")
		}
		r.Status, _, _ = strings.Cut(strings.TrimSpace(h.Get("Status")), " ")
		if r.Addr == "" || r.Action == "" || len(out) == maxReported {
			continue
		}
		r.Text = strings.ToValidUTF8(r.Text[:min(len(r.Text), maxWords)], "")
		r.Addr, r.Status, r.Action = short(r.Addr, 254), short(line(r.Status), 20), short(r.Action, 20)
		out = append(out, r)
	}
	return out
}
