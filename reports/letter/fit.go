package letter

import (
	"slices"

	"thidua/templates/wording"
)

// mostLetter is how many bytes a letter may have beside its attachments, as it is sent. Whoever
// makes a file that is wrong everywhere gets what a person can read; the marked workbook has the
// rest.
const mostLetter = 280 << 10

// Fit shortens a letter that has become too long: its lists to their first rows, each by the same
// share; then, if that is not enough, the letter to its beginning. What is left out is counted.
func (b *Body) Fit(words wording.Words) {
	for fewest := 3; b.size() > mostLetter && fewest >= 0; fewest -= 3 {
		for shorter := true; shorter && b.size() > mostLetter; {
			shorter = false
			size := b.size()
			blocks := make([]block, 0, len(b.blocks)+8)
			for _, k := range b.blocks {
				if n := max(fewest, len(k.rows)*mostLetter*9/(10*size)); k.kind == tableBlock && len(k.rows) > n {
					k.left += len(k.rows) - n
					k.rows, k.tones = k.rows[:n], k.tones[:min(n, len(k.tones))]
					shorter = true
				}
				blocks = append(blocks, k)
			}
			b.blocks = blocks
		}
	}
	var out []block
	size := len(htmlHead) + len(htmlFoot)
	for i, k := range b.blocks {
		one := Body{blocks: []block{k}}
		if size += coded(one.Text()) + coded(one.HTML()) - len(htmlHead) - len(htmlFoot); size > mostLetter+
			mostLetter/20 {
			out = append(out, block{kind: paraBlock, text: words.Text("letter.more.blocks", "n", len(b.blocks)-i)})
			break
		}
		if out = append(out, k); k.left > 0 {
			out = append(out, block{kind: paraBlock, text: words.Text("letter.more.rows", "n", k.left)})
		}
	}
	b.blocks = slices.Clip(out)
}

// size is what the letter takes in both its forms.
func (b *Body) size() int { return coded(b.Text()) + coded(b.HTML()) }

// coded is how many bytes a text takes in quoted-printable (RFC 2045, 6.7).
func coded(s string) int {
	n := len(s)
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == '=' {
			n += 2
		}
	}
	return n + n/24
}
