package reports_test

import (
	"fmt"

	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// Papers are made by their names, which occasions of a plan and the command line use.
func ExampleMake() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	on := calendar.Date{Year: 2018, Month: 12, Day: 31}
	s, err := round.Gather(p, submission.NewDataset(on.Start(), nil), "2018", on)
	if err != nil {
		panic(err)
	}
	for _, name := range reports.Names()[:3] {
		made, err := reports.Make(name.Name, s)
		if err != nil {
			panic(err)
		}
		fmt.Println(name.Name, made.File, made.Audience)
	}
	_, err = reports.Make("horoscope", s)
	fmt.Println(err)
	// Output:
	// matrix-registration theo-doi-dang-ky-2018 office
	// matrix-dossier theo-doi-ho-so-2018 office
	// appraisal bao-cao-tham-dinh-2018 council
	// there is no paper "horoscope"
}
