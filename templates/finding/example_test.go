package finding_test

import (
	"fmt"

	"thidua/templates/finding"
)

func Example() {
	f := finding.New(finding.UnknownForm, finding.At{}, "file", "bang-tinh.xlsx")
	fmt.Println(f.Code, f.Level)
	fmt.Println(f.Where(), f.Message)
	// Output:
	// F107 must
	// Toàn bộ tệp Không nhận ra tệp “bang-tinh.xlsx” theo mẫu nào của phong trào thi đua.
}
