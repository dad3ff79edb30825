package main

import (
	"bytes"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"thidua/ingest/ledger"
	"thidua/templates/calendar/calendartest"
)

// everyLetterSaysTheSameTwice compares the words of the two parts, text and HTML, of letters of
// every kind in a ledger.
func everyLetterSaysTheSameTwice(t *testing.T, dir string) {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "ledger.db"), calendartest.Fixed(storyNow))
	well(t, err)
	defer l.Close()
	letters, err := l.Outbox().Letters(t.Context())
	well(t, err)
	seen := map[string]int{}
	for _, x := range letters {
		if seen[x.Kind]++; seen[x.Kind] > 25 {
			continue
		}
		raw, err := l.Blob(t.Context(), x.SHA256)
		well(t, err)
		text, markup := bothParts(t, raw)
		body := htmlTag.ReplaceAllString(htmlHeadPart.ReplaceAllString(markup, ""), " ")
		plain, shown := wordsIn(text), wordsIn(html.UnescapeString(body))
		// the title of the column of numbers
		shown = slices.DeleteFunc(shown, func(w string) bool { return w == "stt" })
		if diff := cmp.Diff(plain, shown); diff != "" {
			t.Errorf("letter %s of kind %q: the parts say different things (-text +HTML):\n%s", x.ID, x.Kind, diff)
		}
	}
	for _, kind := range []string{"templates", "receipt", "reminder", "papers", "bulletin", "results", "held",
		"changes"} {
		if seen[kind] == 0 {
			t.Errorf("the year has no letter of kind %q", kind)
		}
	}
}

var (
	htmlHeadPart = regexp.MustCompile(`(?s)<head>.*?</head>`)
	htmlTag      = regexp.MustCompile(`<[^>]*>`)
)

// wordsIn are the different words of a text, in order.
func wordsIn(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return slices.Compact(words)
}

// bothParts are the text and the HTML of a letter.
func bothParts(t *testing.T, raw []byte) (text, markup string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	well(t, err)
	var walk func(kind, encoding string, body io.Reader)
	walk = func(kind, encoding string, body io.Reader) {
		media, params, err := mime.ParseMediaType(kind)
		well(t, err)
		switch {
		case strings.HasPrefix(media, "multipart/"):
			parts := multipart.NewReader(body, params["boundary"])
			for {
				part, err := parts.NextRawPart()
				if err == io.EOF {
					return
				}
				well(t, err)
				walk(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
			}
		case media == "text/plain" || media == "text/html":
			if strings.EqualFold(encoding, "quoted-printable") {
				body = quotedprintable.NewReader(body)
			}
			b, err := io.ReadAll(body)
			well(t, err)
			if media == "text/plain" {
				text += string(b)
			} else {
				markup += string(b)
			}
		}
	}
	walk(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	if text == "" || markup == "" {
		t.Fatal("a letter has not both parts")
	}
	return text, markup
}
