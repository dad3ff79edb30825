package viet

import (
	"cmp"
	"slices"
)

// Distance is the Levenshtein distance between a and b in characters: how many must be added,
// removed or replaced.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, q := range y {
			cost := diagonal
			if r != q {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// Suggest returns up to three candidates whose folded spelling is near that of word, nearest first,
// in the given order among equals. It is for a question back to the writer, never for accepting a
// value: ward names exist that are one letter apart.
func Suggest(word string, candidates []string) []string {
	type near struct {
		text     string
		distance int
	}
	key := Fold(word)
	limit := max(1, len(key)/4)
	if key == "" || len(key) > 200 {
		return nil
	}
	var found []near
	for _, c := range candidates {
		k := Fold(c)
		if d := len(k) - len(key); d > limit || -d > limit {
			continue
		}
		if d := Distance(key, k); d <= limit {
			found = append(found, near{c, d})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var texts []string
	for _, n := range found {
		if len(texts) < 3 && !slices.Contains(texts, n.text) {
			texts = append(texts, n.text)
		}
	}
	return texts
}
