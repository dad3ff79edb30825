package ooxml_test

import (
	"errors"
	"fmt"

	"thidua/ingest/ooxml"
)

func Example() {
	_, err := ooxml.Read([]byte("PK\x03\x04 and no more"), ooxml.DefaultLimits())
	var refusal *ooxml.Refusal
	fmt.Println(errors.As(err, &refusal), err)
	// Output: true workbook refused: truncated: no zip directory
}
