package ooxml

import "strings"

// arena keeps many small texts in few allocations: a chunk is filled and then shared by all the
// strings cut from it.
type arena struct {
	chunk strings.Builder
	next  int // size of the next chunk
	total int // bytes handed out since the arena was made
}

const (
	firstChunk = 4 << 10
	lastChunk  = 64 << 10
)

// bytes returns a string with the content of b.
func (a *arena) bytes(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	a.total += len(b)
	if a.chunk.Cap()-a.chunk.Len() < len(b) {
		a.next = min(max(2*a.next, firstChunk), lastChunk)
		a.chunk = strings.Builder{}
		a.chunk.Grow(max(a.next, len(b)))
	}
	from := a.chunk.Len()
	a.chunk.Write(b)
	return a.chunk.String()[from:]
}
