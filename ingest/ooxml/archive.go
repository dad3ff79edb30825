package ooxml

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// entry is one file of the zip directory.
type entry struct {
	name   string // lower case, forward slashes, no leading slash
	data   []byte // as stored, not inflated
	method uint16
	crc    uint32
	size   uint64 // declared; only ever compared with what was found
	start  uint64 // of the local header
	end    uint64 // of the data
	used   bool   // read already
}

// archive is a zip directory, checked against the local headers (PKWARE APPNOTE 6.3.10). The
// standard library's reader is not used because it accepts repeated names, overlapping entries and
// any number of both, and allocates for each.
type archive struct {
	entries []entry
	byName  map[string]int
	order   []int // entries by position, to find overlaps
	lower   []byte
}

const (
	sigLocal     = 0x04034b50
	sigDirectory = 0x02014b50
	sigEnd       = 0x06054b50
	sigEnd64     = 0x06064b50
	sigLocator64 = 0x07064b50

	methodStored   = 0
	methodDeflated = 8
)

var le = binary.LittleEndian

// directory is where the entries are listed.
type directory struct{ count, offset, size, limit uint64 }

// open lists the entries of b and refuses a zip that contradicts itself.
func (a *archive) open(b []byte, maxParts int, names *arena) *Refusal {
	if a.byName == nil {
		a.byName, a.lower = map[string]int{}, make([]byte, 0, 256)
	}
	a.entries, a.order = a.entries[:0], a.order[:0]
	d, ref := findDirectory(b)
	if ref != nil {
		return ref
	}
	if d.count > uint64(maxParts) {
		return refuse(TooBig, "parts")
	}
	dir := b[d.offset : d.offset+d.size]
	for range d.count {
		n, ref := a.add(b, dir, d.offset, names)
		if ref != nil {
			return ref
		}
		dir = dir[n:]
	}
	if len(dir) != 0 {
		return refuse(BadZip, "the directory holds more than it counts")
	}
	return a.checkOverlaps()
}

// findDirectory reads the record at the end of the file, and its 64-bit companion where the first
// one says so.
func findDirectory(b []byte) (d directory, ref *Refusal) {
	const size = 22
	end := -1
	for i := len(b) - size; i >= 0 && i >= len(b)-size-0xffff; i-- {
		if b[i] == 'P' && le.Uint32(b[i:]) == sigEnd && int(le.Uint16(b[i+20:])) <= len(b)-i-size {
			end = i
			break
		}
	}
	if end < 0 {
		return d, refuse(Truncated, "no zip directory")
	}
	e := b[end:]
	d = directory{count: uint64(le.Uint16(e[10:])), size: uint64(le.Uint32(e[12:])), offset: uint64(le.Uint32(e[16:])),
		limit: uint64(end)}
	if d.count == 0xffff || d.size == 0xffffffff || d.offset == 0xffffffff {
		if d, ref = findDirectory64(b, end); ref != nil {
			return d, ref
		}
	} else if le.Uint16(e[4:]) != 0 || le.Uint16(e[6:]) != 0 || le.Uint16(e[8:]) != le.Uint16(e[10:]) {
		return d, refuse(BadZip, "spread over several disks")
	}
	if d.offset > d.limit || d.size > d.limit-d.offset {
		return d, refuse(Truncated, "the directory points beyond the end")
	}
	if d.count > d.size/46 {
		return d, refuse(BadZip, "the directory is shorter than its entries")
	}
	return d, nil
}

func findDirectory64(b []byte, end int) (d directory, ref *Refusal) {
	const locator, record = 20, 56
	if end < locator || le.Uint32(b[end-locator:]) != sigLocator64 {
		return d, refuse(BadZip, "the 64-bit directory is missing")
	}
	at := le.Uint64(b[end-locator+8:])
	if at > uint64(end-locator) || uint64(end-locator)-at < record || le.Uint32(b[at:]) != sigEnd64 {
		return d, refuse(BadZip, "the 64-bit directory is missing")
	}
	e := b[at:]
	return directory{count: le.Uint64(e[32:]), size: le.Uint64(e[40:]), offset: le.Uint64(e[48:]), limit: at}, nil
}

// add reads the first entry of dir and its local header in b, and returns the length of the
// directory entry.
func (a *archive) add(b, dir []byte, dirStart uint64, names *arena) (int, *Refusal) {
	if len(dir) < 46 || le.Uint32(dir) != sigDirectory {
		return 0, refuse(BadZip, "the directory is shorter than its entries")
	}
	nameLen, extraLen, noteLen := int(le.Uint16(dir[28:])), int(le.Uint16(dir[30:])), int(le.Uint16(dir[32:]))
	n := 46 + nameLen + extraLen + noteLen
	if len(dir) < n {
		return 0, refuse(BadZip, "the directory is shorter than its entries")
	}
	raw := dir[46 : 46+nameLen]
	e := entry{method: le.Uint16(dir[10:]), crc: le.Uint32(dir[16:]), size: uint64(le.Uint32(dir[24:])),
		start: uint64(le.Uint32(dir[42:]))}
	packed := uint64(le.Uint32(dir[20:]))
	if ref := zip64Sizes(dir[46+nameLen:46+nameLen+extraLen], &e.size, &packed, &e.start); ref != nil {
		return 0, ref
	}
	if ref := e.locate(b, raw, le.Uint16(dir[8:]), packed, dirStart); ref != nil {
		return 0, ref
	}
	if e.name = partName(raw, a.lower, names); e.name == "" {
		return 0, refuse(BadZip, "a part name that leaves the package")
	}
	if strings.HasSuffix(e.name, "/") {
		if e.size != 0 { // Java's writers deflate the nothing that a folder holds, which takes two bytes
			return 0, refuse(BadZip, "a folder with content")
		}
	} else if _, twice := a.byName[e.name]; twice {
		return 0, &Refusal{Reason: Ambiguous, Part: strings.Clone(e.name), Detail: "two parts of one name"}
	} else {
		a.byName[e.name] = len(a.entries)
	}
	a.entries = append(a.entries, e)
	return n, nil
}

// zip64Sizes replaces the saturated fields by those of the 64-bit extra field.
func zip64Sizes(extra []byte, size, packed, start *uint64) *Refusal {
	const saturated = 0xffffffff
	if *size != saturated && *packed != saturated && *start != saturated {
		return nil
	}
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			break
		}
		if id != 1 {
			extra = extra[n:]
			continue
		}
		field := extra[:n]
		for _, p := range []*uint64{size, packed, start} {
			if *p != saturated {
				continue
			}
			if len(field) < 8 {
				return refuse(BadZip, "a 64-bit size is missing")
			}
			*p, field = le.Uint64(field), field[8:]
		}
		return nil
	}
	return refuse(BadZip, "a 64-bit size is missing")
}

// locate finds the entry's data behind its local header, which must tell the same story as the
// directory.
func (e *entry) locate(b, name []byte, flags uint16, packed, dirStart uint64) *Refusal {
	if flags&1 != 0 {
		return refuse(Encrypted, "a zip entry has a password")
	}
	if e.start > dirStart || dirStart-e.start < 30 || le.Uint32(b[e.start:]) != sigLocal {
		return refuse(BadZip, "an entry is not where the directory says")
	}
	h := b[e.start:dirStart]
	nameLen, extraLen := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	if len(h) < 30+nameLen+extraLen || !bytes.Equal(h[30:30+nameLen], name) || le.Uint16(h[8:]) != e.method {
		return refuse(BadZip, "an entry and the directory disagree")
	}
	h = h[30+nameLen+extraLen:]
	if packed > uint64(len(h)) {
		return refuse(Truncated, "an entry runs into the directory")
	}
	e.data = h[:packed]
	e.end = e.start + uint64(30+nameLen+extraLen) + packed
	return nil
}

func (a *archive) checkOverlaps() *Refusal {
	for i := range a.entries {
		a.order = append(a.order, i)
	}
	slices.SortFunc(a.order, func(i, j int) int {
		return cmp.Compare(a.entries[i].start, a.entries[j].start)
	})
	for i := 1; i < len(a.order); i++ {
		if a.entries[a.order[i]].start < a.entries[a.order[i-1]].end {
			return refuse(BadZip, "entries overlap")
		}
	}
	return nil
}

// partName lowers an entry's name (part names compare without case, ISO/IEC 29500-2) and turns its
// slashes. "" means unacceptable.
func partName(raw, lower []byte, names *arena) string {
	raw = bytes.TrimLeft(raw, `/\`)
	if len(raw) == 0 || bytes.IndexByte(raw, 0) >= 0 || bytes.Contains(raw, []byte("..")) && leaves(raw) {
		return ""
	}
	lower = append(lower[:0], raw...)
	for i, c := range lower {
		switch {
		case c >= 'A' && c <= 'Z':
			lower[i] = c + 'a' - 'A'
		case c == '\\':
			lower[i] = '/'
		}
	}
	return names.bytes(lower)
}

func leaves(raw []byte) bool {
	for _, s := range bytes.FieldsFunc(raw, func(r rune) bool { return r == '/' || r == '\\' }) {
		if string(s) == ".." {
			return true
		}
	}
	return false
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// find returns the entry of a part, or nil.
func (a *archive) find(name string) *entry {
	if i, ok := a.byName[lowerASCII(name)]; ok {
		return &a.entries[i]
	}
	return nil
}

// release forgets the file but keeps the memory.
func (a *archive) release() {
	clear(a.entries)
	clear(a.byName)
}
