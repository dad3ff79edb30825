package planbook_test

import (
	"fmt"

	"thidua/ingest/ooxml"
	"thidua/templates/plan"
	"thidua/templates/planbook"
)

func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	book, err := planbook.Write(p)
	if err != nil {
		panic(err)
	}
	w, err := ooxml.Read(book, ooxml.DefaultLimits())
	if err != nil {
		panic(err)
	}
	read := planbook.Read(w)
	fmt.Println(len(planbook.Diff(p, read.Plan)), "differences")
	// Output: 0 differences
}
