package submission_test

import (
	"fmt"
	"time"

	"thidua/ingest/submission"
)

// A dataset is what was known at a moment: the version that rules is the last one received by then.
func Example() {
	at := time.Date(2018, 12, 3, 9, 0, 0, 0, time.UTC)
	first := submission.Submission{ID: "a", Unit: "05452", Period: "2018", Form: "ho-so", State: submission.Accepted,
		Received: at}
	second := first
	second.ID, second.Received = "b", at.Add(time.Hour)
	for _, asOf := range []time.Time{at, second.Received} {
		d := submission.NewDataset(asOf, []submission.Submission{second, first})
		s, ok := d.Current("2018", "ho-so", "05452")
		fmt.Println(s.ID, ok)
	}
	// Output:
	// a true
	// b true
}
