package viet

import (
	"hash/fnv"
	"slices"
	"strings"
)

// Shingles are the sequences of three words of a text, hashed and sorted: what two texts share of them says how alike they are.
type Shingles []uint64

// ShinglesOf returns the shingles of a text, without regard to case, accents and punctuation.
func ShinglesOf(s string) Shingles {
	words := strings.Fields(Fold(s))
	var out Shingles
	for i := 0; i+3 <= len(words); i++ {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(words[i:i+3], " ")))
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Alike reports whether two texts are nearly word for word the same: at least nine in ten of all their shingles are in both.
func (a Shingles) Alike(b Shingles) bool {
	if len(a) == 0 || len(b) == 0 || 10*min(len(a), len(b)) < 9*max(len(a), len(b)) {
		return false
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both, i, j = both+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 10*both >= 9*(len(a)+len(b)-both)
}
