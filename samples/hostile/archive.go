package hostile

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
)

// entry is one file of a zip, every field of which may be a lie.
type entry struct {
	name      string
	packed    []byte
	method    uint16 // 0 stored, 8 deflated
	flags     uint16
	crc       uint32
	size      uint32 // of the content
	at        int    // where the directory says the entry begins, when it is not written at all
	elsewhere bool
	extra     []byte // of the directory's record
}

// deflatedEntry is an honest compressed entry.
func deflatedEntry(name, content string) entry {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestSpeed) // a known level is no error
	_, _ = w.Write([]byte(content))                // nor is writing to memory
	_ = w.Close()
	return entry{name: name, packed: out.Bytes(), method: 8, crc: crc32.ChecksumIEEE([]byte(content)),
		size: uint32(len(content))}
}

// storedEntry is an honest uncompressed entry.
func storedEntry(name, content string) entry {
	return entry{name: name, packed: []byte(content), crc: crc32.ChecksumIEEE([]byte(content)),
		size: uint32(len(content))}
}

// repeatedEntry is an honest compressed entry of a head, many times the same piece, and a tail. It
// is made without ever holding the content: the piece is compressed once, ended at a byte boundary,
// and its bytes are repeated.
func repeatedEntry(name, head, piece string, times int, tail string) entry {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression)
	flushed := func(s string) []byte {
		out.Reset()
		w.Reset(&out) // forgets the window: a piece must not refer to what was before it
		_, _ = w.Write([]byte(s))
		_ = w.Flush()
		return bytes.Clone(out.Bytes())
	}
	packed, one := flushed(head), flushed(piece)
	crc := crc32.ChecksumIEEE([]byte(head))
	for range times {
		packed = append(packed, one...)
		crc = crc32.Update(crc, crc32.IEEETable, []byte(piece))
	}
	out.Reset()
	w.Reset(&out)
	_, _ = w.Write([]byte(tail))
	_ = w.Close()
	packed = append(packed, out.Bytes()...)
	crc = crc32.Update(crc, crc32.IEEETable, []byte(tail))
	return entry{name: name, packed: packed, method: 8, crc: crc,
		size: uint32(len(head) + times*len(piece) + len(tail))}
}

var le = binary.LittleEndian

// packZip writes the entries as a zip. Their dates are all the same, so that the bytes are.
func packZip(entries ...entry) []byte {
	var out, dir []byte
	for _, e := range entries {
		at := e.at
		if !e.elsewhere {
			at = len(out)
			out = append(out, localHeader(e)...)
			out = append(out, e.packed...)
		}
		dir = append(dir, directoryRecord(e, at)...)
	}
	return append(append(out, dir...), endRecord(len(entries), len(dir), len(out))...)
}

func localHeader(e entry) []byte {
	h := []byte("PK\x03\x04")
	h = le.AppendUint16(h, 20)
	h = common(h, e)
	h = le.AppendUint16(h, uint16(len(e.name)))
	h = le.AppendUint16(h, 0)
	return append(h, e.name...)
}

func directoryRecord(e entry, at int) []byte {
	h := []byte("PK\x01\x02")
	h = le.AppendUint16(h, 20)
	h = le.AppendUint16(h, 20)
	h = common(h, e)
	h = le.AppendUint16(h, uint16(len(e.name)))
	h = le.AppendUint16(h, uint16(len(e.extra)))
	h = append(h, make([]byte, 2+2+2+4)...) // note, disk, attributes
	h = le.AppendUint32(h, uint32(at))
	h = append(h, e.name...)
	return append(h, e.extra...)
}

// common are the fields that both kinds of header share.
func common(h []byte, e entry) []byte {
	h = le.AppendUint16(h, e.flags)
	h = le.AppendUint16(h, e.method)
	h = le.AppendUint16(h, 0)    // midnight
	h = le.AppendUint16(h, 0x21) // 1 January 1980
	h = le.AppendUint32(h, e.crc)
	h = le.AppendUint32(h, uint32(len(e.packed)))
	return le.AppendUint32(h, e.size)
}

func endRecord(count, size, offset int) []byte {
	h := []byte("PK\x05\x06\x00\x00\x00\x00")
	h = le.AppendUint16(h, uint16(count))
	h = le.AppendUint16(h, uint16(count))
	h = le.AppendUint32(h, uint32(size))
	h = le.AppendUint32(h, uint32(offset))
	return le.AppendUint16(h, 0)
}

// zip64 is zipped with every size of the directory moved to 64-bit fields, as streaming producers
// write large archives.
func zip64(entries ...entry) []byte {
	var out, dir []byte
	for _, e := range entries {
		at := len(out)
		out = append(append(out, localHeader(e)...), e.packed...)
		extra := le.AppendUint16(nil, 1)
		extra = le.AppendUint16(extra, 24)
		extra = le.AppendUint64(extra, uint64(e.size))
		extra = le.AppendUint64(extra, uint64(len(e.packed)))
		e.extra = le.AppendUint64(extra, uint64(at))
		record := directoryRecord(e, 0xffffffff)
		le.PutUint32(record[20:], 0xffffffff)
		le.PutUint32(record[24:], 0xffffffff)
		dir = append(dir, record...)
	}
	end := []byte("PK\x06\x06")
	end = le.AppendUint64(end, 44)
	end = append(end, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	end = le.AppendUint64(end, uint64(len(entries)))
	end = le.AppendUint64(end, uint64(len(entries)))
	end = le.AppendUint64(end, uint64(len(dir)))
	end = le.AppendUint64(end, uint64(len(out)))
	locator := append([]byte("PK\x06\x07"), 0, 0, 0, 0)
	locator = le.AppendUint64(locator, uint64(len(out)+len(dir)))
	locator = le.AppendUint32(locator, 1)
	last := endRecord(0xffff, 0xffffffff, 0xffffffff)
	return bytes.Join([][]byte{out, dir, end, locator, last}, nil)
}
