package unitpaper_test

import (
	"fmt"
	"time"

	"thidua/ingest/submission"
	"thidua/reports/unitpaper"
	"thidua/templates"
	"thidua/templates/plan"
)

// A registration is answered on paper by a slip; it has no parts that a unit signs.
func ExampleEnclosures() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	received := time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC)
	sent := submission.Submission{
		ID: "TN-2018-0000000A", File: "dang-ky-2018-05452.xlsx", Received: received, Unit: "05452", Period: "2018",
		Form: templates.RegistrationForm.ID, Version: 1, State: submission.Accepted, Value: &templates.Registration{},
	}
	known := submission.NewDataset(received, []submission.Submission{sent})
	files, err := unitpaper.Enclosures(p, sent, known)
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		fmt.Println(f.Name)
	}
	fmt.Println(unitpaper.Timing(p, sent, known))
	// Output:
	// phieu-tiep-nhan-tn-2018-0000000a.pdf
	// Đúng hạn (trước ngày 10/3/2018)
}
