package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"thidua/reports/pdf/canvas"
)

// covered reports whether all four faces show a character.
func covered(r rune) bool {
	for _, style := range canvas.Styles {
		if !canvas.FaceOf(style).Has(r) {
			return false
		}
	}
	return true
}

// spelled are signs people type that the font lacks, with what they mean in its letters.
var spelled = strings.NewReplacer(
	"☐", "[ ]", "☑", "[x]", "☒", "[x]", "✓", "(v)", "✔", "(v)", "✗", "(x)", "✘", "(x)",
	"\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n", "\u2011", "-",
)

// clean makes a text printable: precomposed letters (NFC), no control or invisible characters,
// signs the font lacks spelled out or shown as "□".
func clean(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 0x20 && s[i] < 0x7F
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range spelled.Replace(norm.NFC.String(s)) {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r >= 0xFE00 && r <= 0xFE0F:
			// formatting, joiners, variation selectors: they show nothing
		case !covered(r):
			b.WriteRune('□')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
