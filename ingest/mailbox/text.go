package mailbox

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// text keeps the first body text of each kind.
func (w *walk) text(mediaType, s string) {
	s = norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
	if mediaType == "text/html" {
		if w.fromHTML == "" {
			w.fromHTML = w.clip(htmlText(s[:min(len(s), 16*w.lim.Text)]))
		}
	} else if w.msg.Text == "" {
		w.msg.Text = w.clip(strings.TrimSpace(s))
	}
}

func (w *walk) clip(s string) string {
	if len(s) <= w.lim.Text {
		return s
	}
	cut := w.lim.Text
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}

// htmlText is the text of a page, roughly: blocks become lines, and what is quoted (blockquote)
// begins with ">" as in plain text.
func htmlText(page string) string {
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(page))
	hidden, quoted := "", 0
	newLine := func() {
		out.WriteString("\n")
		if quoted > 0 {
			out.WriteString("> ")
		}
	}
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			var lines []string
			for l := range strings.Lines(out.String()) {
				if l = line(l); l != "" && l != ">" {
					lines = append(lines, l)
				}
			}
			return strings.Join(lines, "\n")
		case html.TextToken:
			if hidden == "" {
				out.WriteString(strings.ReplaceAll(string(tokens.Text()), "\n", " "))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			tag, _ := tokens.TagName()
			switch name := string(tag); name {
			case "script", "style", "title":
				if kind == html.StartTagToken && hidden == "" {
					hidden = name
				} else if kind == html.EndTagToken && hidden == name {
					hidden = ""
				}
			case "blockquote":
				if kind == html.EndTagToken {
					quoted = max(0, quoted-1)
				} else {
					quoted++
				}
				newLine()
			case "br", "p", "div", "tr", "li", "ul", "ol", "table", "hr", "h1", "h2", "h3", "h4":
				newLine()
			case "td", "th":
				out.WriteString(" ")
			}
		}
	}
}
