package ooxml

import "bytes"

// sniffCFB tells compound files ([MS-CFB]) apart by the names in their root folder. Every index is
// checked and every chain is bounded by the size of the file, so that damaged ones are merely
// OtherCFB. Names are all that is wanted: a library that reads compound files would allocate what
// their headers claim.
func sniffCFB(b []byte) Kind {
	c := compound{b: b}
	if len(b) < 512 {
		return OtherCFB
	}
	shift := le.Uint16(b[0x1e:])
	if shift != 9 && shift != 12 {
		return OtherCFB
	}
	c.sector = 1 << shift
	first := c.directory(le.Uint32(b[0x30:]))
	if len(first) < 128 {
		return OtherCFB
	}
	kind := OtherCFB
	c.walk(le.Uint32(first[0x4c:]), func(name string) {
		switch name {
		case "Workbook", "Book":
			if kind == OtherCFB {
				kind = XLS
			}
		case "EncryptedPackage":
			kind = EncryptedOOXML
		}
	})
	return kind
}

// compound is as much of a compound file as its directory needs.
type compound struct {
	b       []byte
	sector  int
	entries []byte // 128 bytes each
}

const freeIndex = 0xfffffffa // sector numbers from here on, and 0xffffffff for entries, mean "none"

// at returns a sector, or nil.
func (c *compound) at(n uint32) []byte {
	from := (int64(n) + 1) * int64(c.sector)
	if n >= freeIndex || from+int64(c.sector) > int64(len(c.b)) {
		return nil
	}
	return c.b[from : from+int64(c.sector)]
}

// directory collects the directory's chain of sectors and returns the first entry, the root.
func (c *compound) directory(n uint32) []byte {
	for left := min(len(c.b)/c.sector, 1024); left > 0; left-- {
		s := c.at(n)
		if s == nil {
			break
		}
		c.entries = append(c.entries, s...)
		n = c.next(n)
	}
	return c.entries
}

// next follows the allocation table, as far as the header lists its sectors: 109 of them cover 6.8
// MB, and directories come early.
func (c *compound) next(n uint32) uint32 {
	perSector := uint32(c.sector / 4)
	i := n / perSector
	if i >= 109 {
		return freeIndex
	}
	table := c.at(le.Uint32(c.b[0x4c+4*i:]))
	if table == nil {
		return freeIndex
	}
	return le.Uint32(table[4*(n%perSector):])
}

// walk visits an entry's siblings to both sides.
func (c *compound) walk(n uint32, visit func(name string)) {
	total := len(c.entries) / 128
	todo := []uint32{n}
	for seen := 0; len(todo) > 0 && seen < total; seen++ {
		n = todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(n) >= int64(total) {
			seen--
			continue
		}
		e := c.entries[n*128 : (n+1)*128]
		if e[66] == 2 { // a stream
			visit(entryName(e))
		}
		todo = append(todo, le.Uint32(e[0x44:]), le.Uint32(e[0x48:]))
	}
}

// entryName is the entry's UTF-16 name with everything beyond ASCII as "?".
func entryName(e []byte) string {
	n := min(int(le.Uint16(e[64:])), 64) &^ 1
	var name bytes.Buffer
	for i := 0; i+2 < n; i += 2 {
		if c := le.Uint16(e[i:]); c < 0x80 {
			name.WriteByte(byte(c))
		} else {
			name.WriteByte('?')
		}
	}
	return name.String()
}
