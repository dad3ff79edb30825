package parallel_test

import (
	"errors"
	"fmt"

	"thidua/reports/parallel"
)

// The results come in the order of what they were made of, whichever was ready first.
func ExampleMap() {
	write := func(unit string) (string, error) {
		if unit == "" {
			return "", errors.New("a unit without a code")
		}
		return "letter to " + unit, nil
	}
	fmt.Println(parallel.Map([]string{"05431", "05434", "PB01"}, write))
	_, err := parallel.Map([]string{"05431", ""}, write)
	fmt.Println(err)
	// Output:
	// [letter to 05431 letter to 05434 letter to PB01] <nil>
	// a unit without a code
}
