package round_test

import (
	"fmt"

	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// What was known of the round of 2018 on its last day, when nobody had written.
func ExampleGather() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	on := calendar.Date{Year: 2018, Month: 12, Day: 31}
	s, err := round.Gather(p, submission.NewDataset(on.Start(), nil), "2018", on)
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Period.Title, s.On, len(s.Result.Boards), "boards,", len(s.Result.Awards), "awards")
	fmt.Println("reported decisions:", len(round.Decisions(s.Data, s.Period)))
	_, err = round.Gather(p, s.Data, "1999", on)
	fmt.Println(err)
	// Output:
	// Năm 2018 2018-12-31 4 boards, 0 awards
	// reported decisions: 0
	// gathering sources: the plan has no period "1999"
}
