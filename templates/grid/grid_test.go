package grid

import (
	"strconv"
	"testing"
)

func TestRefWithinAndBeyondTheKnownAddresses(t *testing.T) {
	for _, col := range []int{1, 2, 26, 27, 63, 64, 65, 703, 16_384} {
		for _, row := range []int{1, 9, 10, 510, 511, 512, 513, 1_048_576} {
			got := Ref(col, row)
			if want := Column(col) + strconv.Itoa(row); got != want {
				t.Errorf("Ref(%d, %d) = %q, want %q", col, row, got, want)
			}
			if c, r, ok := ParseRef(got); !ok || c != col || r != row {
				t.Errorf("ParseRef(%q) = %d, %d, %v", got, c, r, ok)
			}
		}
	}
}

func TestRowAtFindsCellsAmongGaps(t *testing.T) {
	for _, columns := range [][]int{nil, {1, 2, 3}, {2, 3, 4}, {1, 5, 9}, {7}} {
		row := Row{Num: 4}
		for _, c := range columns {
			row.Cells = append(row.Cells, Cell{Row: 4, Col: c, Kind: Text, Text: strconv.Itoa(c)})
		}
		for col := 0; col < 12; col++ {
			want := Cell{Row: 4, Col: col}
			for _, c := range row.Cells {
				if c.Col == col {
					want = c
				}
			}
			if got := row.At(col); got != want {
				t.Errorf("%v: column %d: %+v, want %+v", columns, col, got, want)
			}
		}
	}
}
