package letter

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jordan-wright/email"
	"golang.org/x/text/unicode/norm"
)

const (
	maxName       = 100 // runes of an attachment's name: one header line must hold it (RFC 5322, 2.1.1)
	maxAddress    = 254 // bytes of an address (RFC 5321, 4.5.3.1.3)
	maxSubject    = 500 // runes; a longer one is cut
	maxReferences = 20
)

// The office's time, UTC+7 without summer time.
var indochina = time.FixedZone("", 7*60*60)

// Compose makes the bytes of the letter. Lines end in CRLF and have at most 998 bytes, everything
// is ASCII, and the mail says of itself that a machine wrote it (RFC 3834, 5). The same letter
// gives the same bytes on every machine. An error means that the letter cannot be sent as it is: an
// address or a name that mail cannot carry, no recipient, no text.
func Compose(l Letter) ([]byte, error) {
	raw, err := compose(l)
	if err != nil {
		return nil, fmt.Errorf("composing letter %q: %w", l.ID, err)
	}
	return raw, nil
}

func compose(l Letter) ([]byte, error) {
	if err := check(l); err != nil {
		return nil, err
	}
	l = normal(l)
	built, err := build(l)
	if err != nil {
		return nil, err
	}
	raw, err := settle(built, l.ID)
	if err != nil {
		return nil, err
	}
	if err := verify(raw, l); err != nil {
		return nil, fmt.Errorf("reading it back: %w", err)
	}
	return raw, nil
}

// normal writes the letter as it will read: one-line subject and names, NFC, plain line ends.
func normal(l Letter) Letter {
	l.Subject = oneLine(l.Subject, maxSubject)
	l.Text, l.HTML = lines(l.Text), lines(l.HTML)
	l.From = normalAddress(l.From)
	l.To, l.Cc = slices.Clone(l.To), slices.Clone(l.Cc)
	for _, list := range [][]mail.Address{l.To, l.Cc} {
		for i := range list {
			list[i] = normalAddress(list[i])
		}
	}
	l.Attachments = slices.Clone(l.Attachments)
	for i := range l.Attachments {
		l.Attachments[i].Name = breakEncodedWords(norm.NFC.String(l.Attachments[i].Name))
	}
	return l
}

// normalAddress also replaces backslashes: net/mail writes them into encoded words, and then cannot
// read them.
func normalAddress(a mail.Address) mail.Address {
	return mail.Address{Name: breakEncodedWords(strings.ReplaceAll(oneLine(a.Name, maxName), `\`, "/")),
		Address: a.Address}
}

// breakEncodedWords breaks up what would read as an encoded word although it is none.
func breakEncodedWords(s string) string { return strings.ReplaceAll(s, "=?", "= ?") }

func lines(s string) string {
	if s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r", ""); s == "" {
		return ""
	}
	return strings.TrimRight(s, "\n") + "\n"
}

// build has the library write the MIME structure. What it gets wrong on its own is prepared for it:
// encoded names of attachments, an ASCII Reply-To, names without commas, subjects in words that can
// be folded.
func build(l Letter) ([]byte, error) {
	e := email.Email{
		From: list([]mail.Address{l.From})[0], To: list(l.To), Cc: list(l.Cc),
		Subject: encodeSubject(l.Subject),
		Text:    []byte(l.Text), HTML: []byte(l.HTML),
		Headers: textproto.MIMEHeader{
			"Message-Id":               {l.MessageID},
			"Date":                     {l.Date.In(indochina).Format(time.RFC1123Z)},
			"Auto-Submitted":           {"auto-generated"},
			"X-Auto-Response-Suppress": {"All"},
		},
	}
	if l.ReplyTo != "" {
		e.Headers["Reply-To"] = []string{l.ReplyTo}
	}
	if l.Release != "" {
		e.Headers["User-Agent"] = []string{"thidua/" + l.Release}
	}
	if l.List != "" { // RFC 2919, RFC 2369
		e.Headers["List-Id"] = []string{"<" + l.List + ">"}
		e.Headers["List-Help"] = []string{"<mailto:" + l.From.Address + "?subject=tinh%20trang>"}
	}
	if ids := messageIDs(l.InReplyTo); len(ids) > 0 {
		e.Headers["In-Reply-To"] = ids[:1]
		e.Headers["Auto-Submitted"] = []string{"auto-replied"}
	}
	if ids := messageIDs(append(slices.Clone(l.References), l.InReplyTo)...); len(ids) > 0 { // RFC 5322, 3.6.4
		ids = slices.Compact(ids)
		e.Headers["References"] = []string{strings.Join(ids[max(0, len(ids)-maxReferences):], " ")}
	}
	for i, a := range l.Attachments {
		kind, name := a.Type, a.Name
		if kind == "" {
			kind = "application/octet-stream"
		}
		e.Attachments = append(e.Attachments, &email.Attachment{
			Filename: name,
			ContentType: kind + ";\r\n name=\"" + mime.BEncoding.Encode("UTF-8", strings.ReplaceAll(name, `"`, "'")) +
				`"`,
			Header: textproto.MIMEHeader{
				"Content-Disposition": {
					strings.Replace(mime.FormatMediaType("attachment", map[string]string{"filename": name}), "; ",
						";\r\n ", 1)},
				"Content-Id": {contentID(l.MessageID, i)},
			},
			Content: a.Bytes,
		})
	}
	return e.Bytes()
}

// list writes addresses for the library, which splits them at commas.
func list(addrs []mail.Address) (out []string) {
	for _, a := range addrs {
		if strings.Contains(a.Name, ",") {
			out = append(out, encodedWords(a.Name)+" <"+a.Address+">")
		} else {
			out = append(out, a.String())
		}
	}
	return out
}

// encodeSubject writes the subject in encoded words whenever it could not stand as it is.
func encodeSubject(s string) string {
	plain := len(s) < 60 && !strings.Contains(s, "=?")
	for _, r := range s {
		plain = plain && r < unicode.MaxASCII
	}
	if plain {
		return s
	}
	return encodedWords(s)
}

func encodedWords(s string) string {
	const most = 42 // bytes in one word: 56 in base64, 75 with its frame at the utmost (RFC 2047, 2)
	var words []string
	var part strings.Builder
	flush := func() {
		if part.Len() > 0 {
			words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(part.String()))+"?=")
		}
		part.Reset()
	}
	for _, r := range s {
		if part.Len()+len(string(r)) > most {
			flush()
		}
		part.WriteRune(r)
	}
	flush()
	return strings.Join(words, " ")
}

// check refuses what mail cannot carry, before any of it reaches a header.
func check(l Letter) error {
	switch {
	case l.ID == "":
		return errors.New("no id")
	case !isMessageID(l.MessageID):
		return fmt.Errorf("%q is no Message-ID", l.MessageID)
	case l.List != "" && !isHost(l.List):
		return fmt.Errorf("%q is no name of a series", l.List)
	case len(l.To) == 0:
		return errors.New("no recipient")
	case strings.TrimSpace(l.Text) == "":
		return errors.New("no text")
	case l.Date.IsZero():
		return errors.New("no date")
	}
	all := slices.Concat([]mail.Address{l.From}, l.To, l.Cc)
	if l.ReplyTo != "" {
		all = append(all, mail.Address{Address: l.ReplyTo})
	}
	for _, a := range all {
		if err := checkAddress(a); err != nil {
			return err
		}
	}
	for _, a := range l.Attachments {
		if err := checkAttachment(a); err != nil {
			return err
		}
	}
	return nil
}

func checkAddress(a mail.Address) error {
	parsed, err := mail.ParseAddress("<" + a.Address + ">")
	if err != nil || parsed.Address != a.Address || !printable(a.Address) || len(a.Address) > maxAddress ||
		strings.ContainsAny(a.Address, ` ",;:()<>[]\`) {
		return fmt.Errorf("%q is no mail address", a.Address)
	}
	if strings.ContainsFunc(a.Name, unicode.IsControl) {
		return fmt.Errorf("%q cannot be a name in a mail", a.Name)
	}
	return nil
}

func checkAttachment(a Attachment) error {
	runes := utf8.RuneCountInString(a.Name)
	if runes == 0 || runes > maxName || !utf8.ValidString(a.Name) || strings.ContainsFunc(a.Name, unicode.IsControl) ||
		strings.ContainsAny(a.Name, `/\`) {
		return fmt.Errorf("%q cannot be the name of an attachment", a.Name)
	}
	kind, params, err := mime.ParseMediaType(a.Type)
	if a.Type != "" && (err != nil || len(params) > 0 || kind != strings.ToLower(a.Type) ||
		strings.HasPrefix(kind, "multipart/") || kind == "message/rfc822") {
		return fmt.Errorf("%q is no type of an attachment", a.Type)
	}
	return nil
}

// isMessageID says whether a text is a Message-ID of a plain name and a host (RFC 5322, 3.6.4).
func isMessageID(s string) bool {
	name, host, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">"), "@")
	return ok && isHost(name) && isHost(host) && len(s) <= 250 && s == "<"+name+"@"+host+">"
}

// contentID is the Content-ID of an attachment, which follows from the letter's Message-ID and
// gives nothing of it away.
func contentID(messageID string, n int) string {
	_, host, _ := strings.Cut(strings.Trim(messageID, "<>"), "@")
	sum := sha256.Sum256([]byte(messageID + "#" + strconv.Itoa(n)))
	return "<" + hex.EncodeToString(sum[:16]) + "@" + host + ">"
}

func isHost(s string) bool {
	return s != "" && printable(s) && !strings.ContainsAny(s, `@<>()[]\,;:" `)
}

// printable says whether a text is ASCII without control characters.
func printable(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= unicode.MaxASCII {
			return false
		}
	}
	return true
}

// messageIDs keeps what is a message id. They come from foreign mail, and a letter must not fail
// for them.
func messageIDs(ids ...string) (kept []string) {
	for _, id := range ids {
		inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(id), "<"), ">")
		if inner != "" && len(inner) <= 250 && printable(inner) && !strings.ContainsAny(inner, "<> ") {
			kept = append(kept, "<"+inner+">")
		}
	}
	return kept
}

// oneLine makes one clean line of at most so many runes.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), most)]))
}
