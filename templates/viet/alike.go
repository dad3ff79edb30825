package viet

import (
	"bytes"
	"slices"
)

// Shingles are the sequences of three words of a text, hashed and sorted: what two texts share of
// them says how alike they are.
type Shingles []uint64

// ShinglesOf returns the shingles of a text, without regard to case, accents and punctuation.
func ShinglesOf(s string) Shingles { return AppendShingles(nil, s) }

// AppendShingles appends the shingles of a text to dst.
func AppendShingles(dst Shingles, s string) Shingles {
	var buf [512]byte
	text := AppendFold(buf[:0], s) // words with one space between them
	n := bytes.Count(text, []byte(" ")) - 1
	if n < 1 {
		return dst
	}
	before := len(dst)
	dst = slices.Grow(dst, n)
	from, second, third := 0, 0, 0 // where the last words but two, but one, and the last begin
	for i := range len(text) + 1 {
		if i < len(text) && text[i] != ' ' {
			continue
		}
		if second > 0 && third > 0 {
			dst = append(dst, hash(text[from:i]))
			from = second
		}
		second, third = third, i+1
	}
	slices.Sort(dst[before:])
	return dst[:before+len(slices.Compact(dst[before:]))]
}

// hash is FNV-1a.
func hash(s []byte) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// Alike reports whether two texts are nearly word for word the same: at least nine in ten of all
// their shingles are in both.
func (a Shingles) Alike(b Shingles) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	// so many may be in one of them only: with n in both, n is nine in ten of n and these
	left := (len(a) + len(b)) / 19
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
			continue
		case j == len(b) || i < len(a) && a[i] < b[j]:
			i++
		default:
			j++
		}
		if left--; left < 0 {
			return false // as for nearly all pairs, after a few
		}
	}
	return true
}
