package grid_test

import (
	"fmt"

	"thidua/templates/grid"
)

func Example() {
	w := grid.Workbook{Sheets: []grid.Sheet{{Name: "CÁ NHÂN", Rows: []grid.Row{
		{Num: 9, Cells: []grid.Cell{{Row: 9, Col: 2, Kind: grid.Text, Text: "Họ và tên"}}},
	}}}}
	col, row, ok := grid.ParseRef("B9")
	fmt.Println(w.Sheet("CÁ NHÂN").At(row, col).Text, ok)
	// Output: Họ và tên true
}
