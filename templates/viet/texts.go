package viet

import "strings"

// Texts keeps many small texts in few allocations: strings are cut from a chunk, which stays as
// long as one of them is used.
type Texts struct{ chunk strings.Builder }

// Keep returns a text as a string.
func (t *Texts) Keep(text []byte) string {
	if t.chunk.Cap()-t.chunk.Len() < len(text) {
		t.chunk = strings.Builder{}
		t.chunk.Grow(max(1<<10, len(text)))
	}
	from := t.chunk.Len()
	t.chunk.Write(text)
	return t.chunk.String()[from:]
}
