package alike_test

import (
	"fmt"

	"thidua/reports/alike"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// What is missing in every row of a column is one line.
func ExampleJoin() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	var found []finding.Finding
	for row := 11; row <= 14; row++ {
		at := finding.At{Sheet: "CÁ NHÂN", Cell: fmt.Sprint("H", row)}
		found = append(found, finding.New(finding.Missing, at, "field", "Đối tượng"))
	}
	for _, line := range alike.Join(found) {
		fmt.Println(line.Place(p.Words))
		fmt.Println(line.Sentence(p.Words))
	}
	// Output:
	// Trang “CÁ NHÂN”, 4 ô: H11–H14
	// Thiếu “Đối tượng”, là nội dung bắt buộc.
}
