package office_test

import (
	"fmt"
	"slices"

	"thidua/ingest/submission"
	"thidua/reports/office"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// The table of registrations lists every unit of the plan, those that sent nothing too.
func ExampleRegistrationMatrix() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	on := calendar.Date{Year: 2018, Month: 3, Day: 10}
	s, err := round.Gather(p, submission.NewDataset(on.Start(), nil), "2018", on)
	if err != nil {
		panic(err)
	}
	made, err := office.RegistrationMatrix().Make(s)
	if err != nil {
		panic(err)
	}
	fmt.Println(made.Title, made.File, made.Audience, made.Formats)
	fmt.Println(slices.Contains(made.Document.Texts(), p.Units[0].Name))
	// Output:
	// Theo dõi đăng ký thi đua năm 2018 theo-doi-dang-ky-2018 office [pdf xlsx]
	// true
}
