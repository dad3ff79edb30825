package award_test

import (
	"fmt"
	"slices"

	"thidua/ingest/submission"
	"thidua/reports/award"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// A decision before the vote names nobody, and says why.
func ExampleDecision() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	on := calendar.Date{Year: 2019, Month: 1, Day: 18}
	s, err := round.Gather(p, submission.NewDataset(on.Start(), nil), "2018", on)
	if err != nil {
		panic(err)
	}
	made, err := award.Decision().Make(s)
	if err != nil {
		panic(err)
	}
	fmt.Println(made.Title, made.File, made.Audience, made.Formats)
	fmt.Println(slices.Contains(made.Document.Texts(), p.Words.Text("paper.awards.none")))
	// Output:
	// Quyết định khen thưởng và danh sách năm 2018 quyet-dinh-khen-thuong-2018 office [pdf docx]
	// true
}
