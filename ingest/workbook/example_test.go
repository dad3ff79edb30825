package workbook_test

import (
	"fmt"

	"thidua/ingest/workbook"
	"thidua/templates/plan"
)

func Example() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	season, _ := p.AnnualPeriod(2018)
	read := workbook.Read(p, season, "ho-so.xlsx", []byte("not a workbook"), "")
	for _, f := range read.Reading.Findings {
		fmt.Println(f.Code, f.Message)
	}
	// Output: F101 Tệp “ho-so.xlsx” không phải sổ tính Excel (.xlsx).
}
