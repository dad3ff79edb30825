package form

import "thidua/templates/grid"

// compareCells orders addresses by row, then column; an empty or odd address comes first.
func compareCells(a, b string) int {
	ca, ra, _ := grid.ParseRef(a)
	cb, rb, _ := grid.ParseRef(b)
	if ra != rb {
		return ra - rb
	}
	return ca - cb
}
