package pdf

import (
	"strings"
	"unicode"

	"github.com/go-pdf/fpdf"
)

// typesetter measures text and breaks it into lines.
type typesetter struct {
	f       *fpdf.Fpdf
	letters map[string][]uint16 // widths by style, see known
	current face
}

const pt = 25.4 / 72 // millimetres

// face is a style ("", "B", "I", "BI") and a size in points.
type face struct {
	style string
	size  float64
}

// leading is the height of a line in millimetres.
func (f face) leading() float64 { return f.size * 1.2 * pt }

// run is text in one style.
type run struct{ text, style string }

// segment is a piece of a line in one style.
type segment struct {
	text, style string
	width       float64
	spaces      int
}

// line is a laid out line of text.
type line struct {
	segments []segment
	width    float64
	spaces   int
	last     bool // of its paragraph, so never stretched
	indent   float64
}

type glyph struct {
	r     rune
	style string
}

// wrap breaks runs into lines no wider than width; the first is shorter by indent. A number stays
// with the word before it ("tháng 3") and a dash does not begin a line, unless there is no other
// place to break. A word wider than a line is broken between letters. A newline ends a line.
func (t *typesetter) wrap(runs []run, size, width, indent float64) []line {
	var all []glyph
	for _, r := range runs {
		for _, c := range clean(r.text) {
			all = append(all, glyph{c, r.style})
		}
	}
	var lines []line
	room := width - indent
	start, space, weak, used := 0, -1, -1, 0.0
	end := func(stop, next int, last bool) {
		l := t.compose(all[start:stop], size)
		l.last = last
		if len(lines) == 0 {
			l.indent = indent
		}
		lines = append(lines, l)
		start, space, weak, used, room = next, -1, -1, 0, width
	}
	for i := 0; i < len(all); i++ {
		g := all[i]
		if g.r == '\n' {
			end(i, i+1, true)
			continue
		}
		w := t.glyphWidth(g, size)
		switch {
		case g.r == ' ' && bound(all, i):
			weak = i
		case g.r == ' ':
			space = i
		case used+w > room+0.01 && i > start:
			if space <= start {
				space = weak
			}
			if space > start {
				i = space
				end(space, space+1, false)
				continue
			}
			end(i, i, false)
		}
		used += w
	}
	end(len(all), len(all), true)
	return lines
}

// bound says that the words around the space at i belong together.
func bound(all []glyph, i int) bool {
	if i == 0 || i+1 >= len(all) {
		return false
	}
	before, after := all[i-1].r, all[i+1].r
	if after == '-' || after == '–' {
		return i+2 < len(all) && all[i+2].r == ' '
	}
	return unicode.IsDigit(after) && unicode.IsLetter(before)
}

func (t *typesetter) wrapText(s string, at face, width, indent float64) []line {
	return t.wrap([]run{{s, at.style}}, at.size, width, indent)
}

func (t *typesetter) compose(glyphs []glyph, size float64) line {
	for len(glyphs) > 0 && glyphs[len(glyphs)-1].r == ' ' {
		glyphs = glyphs[:len(glyphs)-1]
	}
	var l line
	for i := 0; i < len(glyphs); {
		style := glyphs[i].style
		s := segment{style: style}
		var b strings.Builder
		for ; i < len(glyphs) && glyphs[i].style == style; i++ {
			b.WriteRune(glyphs[i].r)
			s.width += t.glyphWidth(glyphs[i], size)
			if glyphs[i].r == ' ' {
				s.spaces++
			}
		}
		s.text = b.String()
		l.segments = append(l.segments, s)
		l.width += s.width
		l.spaces += s.spaces
	}
	return l
}

// glyphWidth is the width of a letter in millimetres, read from the font once for each letter and
// style.
func (t *typesetter) glyphWidth(g glyph, size float64) float64 {
	known := t.known(g.style)
	if known[g.r] == 0 {
		t.use(face{g.style, size})
		known[g.r] = uint16(t.f.GetStringSymbolWidth(string(g.r))) + 1
	}
	return float64(known[g.r]-1) / 1000 * size * pt
}

func (t *typesetter) textWidth(s string, at face) float64 {
	total := 0.0
	for _, r := range clean(s) {
		total += t.glyphWidth(glyph{r, at.style}, at.size)
	}
	return total
}

// known is the table of letter widths of a style, each one more than the font says; 0 is not asked
// yet.
func (t *typesetter) known(style string) []uint16 {
	known := t.letters[style]
	if known == nil {
		known = make([]uint16, 1<<16)
		t.letters[style] = known
		t.register(style)
	}
	return known
}

func (t *typesetter) use(at face) {
	t.known(at.style)
	if t.current != at {
		t.f.SetFont(family, at.style, at.size)
		t.current = at
	}
}

func joinLines(lines []string) string { return strings.Join(lines, "\n") }
