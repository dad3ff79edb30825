package viet_test

import (
	"fmt"

	"thidua/templates/viet"
)

func Example() {
	fmt.Println(viet.Fold("UBND P. Tân Thịnh"))
	fmt.Println(viet.NameKey("NGUYỄN THỊ HOÀ") == viet.NameKey("Nguyễn Thị Hòa"))
	fmt.Println(viet.Suggest("Tân Thinh", []string{"Tân Thịnh", "Cam Giá"}))
	// Output:
	// ubnd p tan thinh
	// true
	// [Tân Thịnh]
}
