package form_test

import (
	"fmt"

	"thidua/templates/form"
	"thidua/templates/grid"
)

type head struct{ Signed form.Value }

func Example() {
	signed := form.DateField("signed", "Ngày ký", func(h *head) *form.Value { return &h.Signed }, form.Required())
	read := signed.Parse("TỜ TRÌNH", grid.Cell{Row: 4, Col: 3, Kind: grid.Text, Text: "ngày 5 tháng 3 năm 2018"}, false,
		form.Context{Year: 2018})
	fmt.Println(read.Value.Text, len(read.Findings))
	// Output: 2018-03-05 0
}
