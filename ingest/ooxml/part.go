package ooxml

import (
	"bytes"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// part inflates one entry and checks its length and CRC-32 when its end is reached. Nearly all
// parts fit into the memory they are read into: those are unpacked at once (see inflater). What
// that does not manage and what is longer is read as a stream, by klauspost's inflate, a drop-in
// for the standard one and about 1.3 times as fast (see BenchmarkInflate).
type part struct {
	entry  *entry
	budget *int // inflated bytes left for the whole file
	whole  inflater
	stored bytes.Reader
	flate  io.ReadCloser
	src    io.Reader
	crc    uint32
	n      uint64
	ended  bool
}

// open prepares reading an entry. A size that cannot be true, or is more than the budget, is
// refused before a byte is inflated.
func (p *part) open(e *entry, budget *int) *Refusal {
	p.entry, p.budget, p.crc, p.n, p.ended = e, budget, 0, 0, false
	if e.size > uint64(*budget) {
		return refuse(TooBig, "inflated")
	}
	p.stored.Reset(e.data)
	switch e.method {
	case methodStored:
		p.src = &p.stored
	case methodDeflated:
		if p.flate == nil {
			p.flate = flate.NewReader(&p.stored)
		} else if err := p.flate.(flate.Resetter).Reset(&p.stored, nil); err != nil {
			return refuse(BadZip, "resetting inflate: "+err.Error())
		}
		p.src = p.flate
	default:
		return refuse(BadZip, "unknown compression")
	}
	return nil
}

// read fills b as far as the part goes; fewer bytes mean that its end was reached and that it was
// whole.
func (p *part) read(b []byte) (int, *Refusal) {
	if p.n == 0 && !p.ended && p.entry.method == methodDeflated && p.entry.size < uint64(len(b)) {
		if b := b[:p.entry.size]; p.whole.inflate(b, p.entry.data) {
			p.ended, p.n = true, p.entry.size
			*p.budget -= len(b) // there are as many, see open
			if crc32.ChecksumIEEE(b) != p.entry.crc {
				return len(b), refuse(BadCRC, "checksum differs")
			}
			return len(b), nil
		}
	}
	n := 0
	for n < len(b) && !p.ended {
		m, err := p.src.Read(b[n:])
		p.crc = crc32.Update(p.crc, crc32.IEEETable, b[n:n+m])
		n += m
		p.n += uint64(m)
		if *p.budget -= m; *p.budget < 0 {
			return n, refuse(TooBig, "inflated")
		}
		if p.n > p.entry.size {
			return n, refuse(BadCRC, "longer than declared")
		}
		if err == io.EOF {
			p.ended = true
			if p.n != p.entry.size {
				return n, refuse(BadCRC, "shorter than declared")
			}
			if p.crc != p.entry.crc {
				return n, refuse(BadCRC, "checksum differs")
			}
		} else if err != nil {
			return n, refuse(BadCRC, "compressed data damaged")
		}
	}
	return n, nil
}

// findDamage reads on to the end and says whether the part is damaged: then that is the reason for
// whatever looked wrong inside it.
func (p *part) findDamage(scratch []byte) *Refusal {
	for !p.ended {
		if _, ref := p.read(scratch); ref != nil {
			if ref.Reason == BadCRC {
				return ref
			}
			return nil
		}
	}
	return nil
}

// release drops the references to the file.
func (p *part) release() {
	p.entry, p.budget, p.src = nil, nil, nil
	p.stored.Reset(nil)
}
