// Package files is about the files that strangers send: what may be kept of their names, and which
// of them are no files of anybody.
//
// In go names as mails and archives have them; out come names that may stand in a ledger, a letter
// and a terminal. It opens nothing.
package files

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"thidua/templates/viet"
)

// mostName is how many characters of a file's name are kept.
const mostName = 200

// Text reads 8-bit text that says nothing of its charset: UTF-8, or else the Vietnamese code page
// of Windows.
func Text(s string) string {
	if !utf8.ValidString(s) {
		s, _ = charmap.Windows1258.NewDecoder().String(s) // it knows every byte
	}
	return norm.NFC.String(s)
}

// Name makes a safe name of what a sender calls a file: without folders, control, direction and
// invisible characters, in NFC, at most 200 characters with its ending. It is "" when nothing is
// left.
func Name(name string) string {
	if len(name) > 64<<10 {
		name = name[:32<<10] + name[len(name)-32<<10:] // the beginning is shown, the end says what it is
	}
	name = strings.ReplaceAll(Text(name), `\`, "/")
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)
	name = path.Base(strings.TrimRight(viet.Shown(name), "/ "))
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	// what stood between a letter and its mark may be gone
	name = norm.NFC.String(strings.Join(strings.Fields(name), " "))
	name = strings.TrimSpace(strings.TrimRight(name, ". "))
	if name == "/" {
		return ""
	}
	if runes := []rune(name); len(runes) > mostName {
		ext := []rune(path.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = string(runes[:mostName-len(ext)]) + string(ext)
	}
	return name
}

// Junk reports whether a file, named with its folders, is one that no person sends: what Office,
// Windows and macOS lay beside the files people work on.
func Junk(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	for dir := range strings.SplitSeq(path.Dir(name), "/") {
		if dir == "__macosx" {
			return true
		}
	}
	switch base := path.Base(name); {
	case strings.HasPrefix(base, "~$"), strings.HasPrefix(base, ".~lock."), strings.HasPrefix(base, "._"):
		return true
	case base == "thumbs.db", base == "ehthumbs.db", base == ".ds_store", base == "desktop.ini", base == "__macosx":
		return true
	}
	return false
}
