package style_test

import (
	"fmt"

	"thidua/evaluate"
	"thidua/reports/style"
)

func Example() {
	person := evaluate.Nominee{
		Kind: evaluate.Individual, Title: "Bà", Name: "Trần Thị Bình", Position: "Chủ tịch UBND phường",
		UnitName: "UBND phường Tân Thịnh",
	}
	fmt.Println(style.Who(person) + ", " + style.Seat(person))
	fmt.Println(style.Two(4), style.Comma("96.5"), style.Dong(420_000))
	fmt.Println(style.Phrase("2019-01-28"))
	// Output:
	// Bà Trần Thị Bình, Chủ tịch UBND phường Tân Thịnh
	// 04 96,5 420.000 đồng
	// ngày 28 tháng 01 năm 2019
}
