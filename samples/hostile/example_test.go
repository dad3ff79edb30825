package hostile_test

import (
	"fmt"

	"thidua/ingest/ooxml"
	"thidua/samples/hostile"
)

// No file of this package does more than be refused or read.
func Example() {
	for _, f := range hostile.Files()[:2] {
		_, err := ooxml.Read(f.Bytes, ooxml.DefaultLimits())
		fmt.Println(f.Name, err)
	}
	// Output:
	// sound.xlsx <nil>
	// flipped-byte.xlsx workbook refused: bad-crc in xl/worksheets/sheet1.xml: checksum differs
}
