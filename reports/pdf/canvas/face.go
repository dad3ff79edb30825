package canvas

import (
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// Styles are the styles in which text can be set: upright, bold, slanted, both.
var Styles = []string{"", "B", "BI", "I"}

// The fonts by style, each read once for the whole program. What is read is never changed again, so
// that no file can show in another.
var (
	upright = sync.OnceValue(func() *Face { return read("LiberationSerif", liberationserifregular.TTF) })
	bold    = sync.OnceValue(func() *Face { return read("LiberationSerif-Bold", liberationserifbold.TTF) })
	slanted = sync.OnceValue(func() *Face { return read("LiberationSerif-Italic", liberationserifitalic.TTF) })
	both    = sync.OnceValue(func() *Face {
		return read("LiberationSerif-BoldItalic",
			liberationserifbolditalic.TTF)
	})
)

// FaceOf is the font of a style.
func FaceOf(style string) *Face {
	switch style {
	case "B":
		return bold()
	case "I":
		return slanted()
	case "BI":
		return both()
	}
	return upright()
}

// Face is a TrueType font (ISO/IEC 14496-22) taken apart as far as a PDF wants it. It does not
// change.
//
//constructed:by read
type Face struct {
	name                                    string
	tables                                  map[string][]byte
	glyphs                                  []uint16 // by code point of the basic plane, 0 where there is none
	advances                                []uint16 // by glyph, in thousandths of the size
	offsets                                 []uint32 // of the glyphs in the table glyf, and its end
	box                                     [4]int
	ascent, descent, capHeight, stem, slant int
	missing                                 uint16 // advance of a letter that is not there
	metrics                                 int    // entries of hmtx that have an advance of their own
}

// read takes a font apart. Our fonts are compiled in: one that cannot be read is a mistake of the
// program.
func read(name string, ttf []byte) *Face {
	f := &Face{name: name, tables: map[string][]byte{}}
	for i := range int(u16(ttf, 4)) {
		entry := ttf[12+16*i:]
		at, size := u32(entry, 8), u32(entry, 12)
		f.tables[string(entry[:4])] = ttf[at : at+size]
	}
	head, hhea, os2 := f.tables["head"], f.tables["hhea"], f.tables["OS/2"]
	scale := 1000 / float64(u16(head, 18))
	for i := range f.box {
		f.box[i] = int(float64(i16(head, 36+2*i)) * scale)
	}
	f.ascent, f.descent = int(float64(i16(hhea, 4))*scale), int(float64(i16(hhea, 6))*scale)
	f.capHeight = f.ascent
	if u16(os2, 0) > 1 {
		f.capHeight = int(float64(i16(os2, 88)) * scale)
	}
	f.stem = 50 + int(math.Pow(float64(u16(os2, 4))/65, 2))
	f.slant = int(i16(f.tables["post"], 4))
	f.readAdvances(scale)
	f.offsets = make([]uint32, len(f.advances)+1)
	for i := range f.offsets {
		if u16(head, 50) == 0 {
			f.offsets[i] = 2 * uint32(u16(f.tables["loca"], 2*i))
		} else {
			f.offsets[i] = u32(f.tables["loca"], 4*i)
		}
	}
	f.readCharacters()
	return f
}

func (f *Face) readAdvances(scale float64) {
	f.metrics = int(u16(f.tables["hhea"], 34))
	f.advances = make([]uint16, u16(f.tables["maxp"], 4))
	for g := range f.advances {
		f.advances[g] = uint16(math.Round(scale * float64(u16(f.tables["hmtx"], 4*min(g, f.metrics-1)))))
	}
	f.missing = f.advances[0]
}

// readCharacters reads the Windows Unicode character map (format 4). A font without such a map
// covers nothing.
func (f *Face) readCharacters() {
	f.glyphs = make([]uint16, 1<<16)
	cmap := f.tables["cmap"]
	for i := range int(u16(cmap, 2)) {
		entry := cmap[4+8*i:]
		table := cmap[u32(entry, 4):]
		if u16(entry, 0) != 3 || u16(entry, 2) != 1 || u16(table, 0) != 4 {
			continue
		}
		double := int(u16(table, 6)) // twice the number of segments
		for s := 0; s < double; s += 2 {
			last, first := int(u16(table, 14+s)), int(u16(table, 16+double+s))
			delta, offsetAt := int(u16(table, 16+2*double+s)), 16+3*double+s
			for c := first; c <= last && c < 0xFFFF; c++ {
				id := c
				if offset := int(u16(table, offsetAt)); offset != 0 {
					if id = int(u16(table, offsetAt+offset+2*(c-first))); id == 0 {
						continue
					}
				}
				f.glyphs[c] = uint16(id + delta)
			}
		}
	}
}

// Has reports whether the font shows a character.
func (f *Face) Has(r rune) bool { return r >= 0 && int(r) < len(f.glyphs) && f.glyphs[r] != 0 }

// Advance is how far a character moves the pen, in thousandths of the size.
func (f *Face) Advance(r rune) int {
	if !f.Has(r) {
		return int(f.missing)
	}
	return int(f.advances[f.glyphs[r]])
}

func (f *Face) glyph(r rune) uint16 {
	if !f.Has(r) {
		return 0
	}
	return f.glyphs[r]
}

// outline is the drawing of a glyph as the font has it.
func (f *Face) outline(g uint16) []byte { return f.tables["glyf"][f.offsets[g]:f.offsets[g+1]] }

// parts are the glyphs that a glyph is put together from, none for a drawing of its own.
func (f *Face) parts(g uint16) []uint16 {
	const words, scaled, more, twoScales, matrix = 1 << 0, 1 << 3, 1 << 5, 1 << 6, 1 << 7
	drawing := f.outline(g)
	if len(drawing) == 0 || i16(drawing, 0) >= 0 {
		return nil
	}
	var out []uint16
	for at := 10; ; {
		flags := u16(drawing, at)
		out = append(out, u16(drawing, at+2))
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scaled != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return out
		}
	}
}

// kept are the tables of a font that a PDF needs (ISO 32000-1, 9.9).
var kept = []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}

// subset is the font with the drawings of some glyphs alone. Glyphs keep their numbers, so that
// nothing in it has to be renumbered; what is left out takes no room once it is packed.
func (f *Face) subset(used map[uint16]bool) []byte {
	wanted := map[uint16]bool{}
	var want func(uint16)
	want = func(g uint16) {
		if !wanted[g] {
			wanted[g] = true
			for _, part := range f.parts(g) {
				want(part)
			}
		}
	}
	want(0)
	for g := range used {
		want(g)
	}
	tables := map[string][]byte{}
	for _, name := range kept {
		tables[name] = f.tables[name]
	}
	room := 0
	for g := range wanted {
		room += len(f.outline(g)) + 3
	}
	drawings := make([]byte, 0, room)
	offsets := make([]byte, 0, 4*len(f.offsets)+4)
	metrics := make([]byte, len(f.tables["hmtx"]))
	for g := range f.advances {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(drawings)))
		if !wanted[uint16(g)] {
			continue
		}
		drawings = append(drawings, f.outline(uint16(g))...)
		for len(drawings)%4 != 0 {
			drawings = append(drawings, 0)
		}
		if g < f.metrics {
			copy(metrics[4*g:], f.tables["hmtx"][4*g:4*g+4])
		} else { // the last advance is that of all behind it
			at := 4*f.metrics + 2*(g-f.metrics)
			copy(metrics[at:], f.tables["hmtx"][at:at+2])
		}
	}
	copy(metrics[4*(f.metrics-1):], f.tables["hmtx"][4*(f.metrics-1):4*f.metrics])
	tables["glyf"], tables["loca"] = drawings, binary.BigEndian.AppendUint32(offsets, uint32(len(drawings)))
	tables["hmtx"], tables["head"] = metrics, slices.Clone(f.tables["head"])
	binary.BigEndian.PutUint32(tables["head"][8:], 0)  // the sum of the whole, set below
	binary.BigEndian.PutUint16(tables["head"][50:], 1) // offsets are long
	return assemble(tables)
}

// assemble puts tables together to a font file.
func assemble(tables map[string][]byte) []byte {
	n := 0
	for _, name := range kept {
		if len(tables[name]) > 0 {
			n++
		}
	}
	log := 0
	for 1<<(log+1) <= n {
		log++
	}
	room := 0
	for _, name := range kept {
		room += 16 + len(tables[name]) + 3
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, 12+room), 0x00010000)
	for _, v := range []int{n, 16 << log, log, 16*n - 16<<log} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at, headAt := 12+16*n, 0
	for _, name := range kept {
		table := tables[name]
		if len(table) == 0 {
			continue
		}
		if name == "head" {
			headAt = at
		}
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, checksum(table))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(table)))
		at += (len(table) + 3) &^ 3
	}
	for _, name := range kept {
		out = append(out, tables[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], 0xB1B0AFBA-checksum(out))
	return out
}

// checksum is the sum of a table's words of four bytes.
func checksum(table []byte) (sum uint32) {
	for len(table) >= 4 {
		sum += binary.BigEndian.Uint32(table)
		table = table[4:]
	}
	var rest [4]byte
	copy(rest[:], table)
	return sum + binary.BigEndian.Uint32(rest[:])
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func i16(b []byte, at int) int16  { return int16(u16(b, at)) }
func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
