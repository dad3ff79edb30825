package ledger

import (
	"context"
	"slices"
	"strings"
)

// blob is bytes under their hash.
type blob struct {
	sum   string
	bytes []byte
}

// blobs are bytes to be kept, each once.
type blobs []blob

// add adds bytes and returns their hash.
func (b *blobs) add(bytes []byte) string {
	if bytes == nil {
		bytes = []byte{}
	}
	sum := hexSum(bytes)
	if !slices.ContainsFunc(*b, func(x blob) bool { return x.sum == sum }) {
		*b = append(*b, blob{sum, bytes})
	}
	return sum
}

const intoBlob = "blob (sha256, bytes)| ON CONFLICT DO NOTHING"

// storing is write for what brings bytes. A server gets them before the turn to write is taken, so
// that nobody waits for their way; until something refers to them, the table ahead notes them. In a
// file they are part of the transaction: it has one writer at a time whatever we do.
func (c *connection) storing(ctx context.Context, files blobs, f func(*tx) error) error {
	if c.dialect.begin != nil && len(files) > 0 {
		// in one order, or two who bring the same would wait for each other
		slices.SortFunc(files, func(a, b blob) int { return strings.Compare(a.sum, b.sum) })
		if err := c.alongside(ctx, func(t *tx) error {
			for _, x := range files {
				t.insert("ahead (sha256, at)| ON CONFLICT DO NOTHING", x.sum, t.now)
				t.insert(intoBlob, x.sum, x.bytes)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return c.write(ctx, func(t *tx) error {
		t.files = files
		return f(t)
	})
}

// refer makes sure that the bytes with a hash are there for what refers to them.
func (t *tx) refer(sum string) {
	i := slices.IndexFunc(t.files, func(x blob) bool { return x.sum == sum })
	switch {
	case i < 0: // they were there before
	case t.ledger.dialect.begin != nil:
		t.change(`DELETE FROM ahead WHERE sha256 = $1`, sum)
	default:
		t.insert(intoBlob, sum, t.files[i].bytes)
	}
}
