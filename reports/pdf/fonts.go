package pdf

import (
	"encoding/binary"
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/text/unicode/norm"
)

const family = "Liberation Serif"

var faces = map[string][]byte{
	"":   liberationserifregular.TTF,
	"B":  liberationserifbold.TTF,
	"I":  liberationserifitalic.TTF,
	"BI": liberationserifbolditalic.TTF,
}

// register adds a style of the font. Parsing a face costs milliseconds even when it is never used,
// so each style is added when its first letter is wanted.
func (t *typesetter) register(style string) {
	t.f.AddUTF8FontFromBytes(family, style, faces[style])
}

// covered tells which code points all four faces show.
var covered = sync.OnceValue(func() []bool {
	all := make([]bool, 1<<16)
	for i := range all {
		all[i] = true
	}
	for _, ttf := range faces {
		one := coverage(ttf)
		for i := range all {
			all[i] = all[i] && one[i]
		}
	}
	return all
})

// coverage reads the Windows Unicode character map (format 4) of a TrueType font (ISO/IEC 14496-22,
// cmap). The fonts are our own, compiled in; a font without such a map covers nothing.
func coverage(ttf []byte) []bool {
	has := make([]bool, 1<<16)
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(ttf[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(ttf[at:])) }
	cmap := 0
	for i := range u16(4) {
		if entry := 12 + 16*i; string(ttf[entry:entry+4]) == "cmap" {
			cmap = u32(entry + 8)
		}
	}
	for i := range u16(cmap + 2) {
		entry := cmap + 4 + 8*i
		table := cmap + u32(entry+4)
		if u16(entry) != 3 || u16(entry+2) != 1 || u16(table) != 4 {
			continue
		}
		double := u16(table + 6) // twice the number of segments
		for s := 0; s < double; s += 2 {
			last, first := u16(table+14+s), u16(table+16+double+s)
			delta, offsetAt := u16(table+16+2*double+s), table+16+3*double+s
			for c := first; c <= last && c < 0xFFFF; c++ {
				id := c
				if offset := u16(offsetAt); offset != 0 {
					if id = u16(offsetAt + offset + 2*(c-first)); id == 0 {
						continue
					}
				}
				has[c] = (id+delta)&0xFFFF != 0
			}
		}
	}
	return has
}

// spelled are signs people type that the font lacks, with what they mean in its letters.
var spelled = strings.NewReplacer(
	"☐", "[ ]", "☑", "[x]", "☒", "[x]", "✓", "(v)", "✔", "(v)", "✗", "(x)", "✘", "(x)",
	"\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n", "\u2011", "-",
)

// clean makes a text printable: precomposed letters (NFC), no control or invisible characters,
// signs the font lacks spelled out or shown as "□". The PDF writer panics on code points above
// U+FFFF and prints uncovered ones as nothing.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 0x20 && s[i] < 0x7F
	}
	if plain {
		return s
	}
	has := covered()
	var b strings.Builder
	for _, r := range spelled.Replace(norm.NFC.String(s)) {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r >= 0xFE00 && r <= 0xFE0F:
			// formatting, joiners, variation selectors: they show nothing
		case r > 0xFFFF || !has[r]:
			b.WriteRune('□')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
