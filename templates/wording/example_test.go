package wording_test

import (
	"fmt"

	"thidua/templates/wording"
)

func Example() {
	fmt.Println(wording.Text("finding.where.cell", "sheet", "CÁ NHÂN", "cell", "B9"))
	// Output: Trang “CÁ NHÂN”, ô B9
}
