package calendar_test

import (
	"fmt"

	"thidua/templates/calendar"
)

func Example() {
	day, err := calendar.ParseISO("2018-03-10")
	if err != nil {
		panic(err)
	}
	fmt.Println(day.Short(), day.AddDays(30), day.Before(calendar.Date{Year: 2018, Month: 4}))
	// Output: 10/3/2018 2018-04-09 true
}
