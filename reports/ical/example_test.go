package ical_test

import (
	"fmt"
	"strings"
	"time"

	"thidua/reports/ical"
	"thidua/reports/round"
	"thidua/templates/calendar"
)

// A meeting at eight o'clock in Vietnam, as calendars read it.
func ExampleConference() {
	meeting := round.Meeting{Day: calendar.Date{Year: 2019, Month: 2, Day: 15}, Hour: 8, Timed: true,
		Place: "Hội trường UBND thành phố"}
	known := time.Date(2019, 1, 28, 3, 0, 0, 0, time.UTC)
	file := ical.Conference(meeting, "conference/2018@tnc.example", "Hội nghị tổng kết", "", known)
	for line := range strings.Lines(string(file)) {
		if strings.HasPrefix(line, "DT") || strings.HasPrefix(line, "LOCATION") {
			fmt.Println(strings.TrimSpace(line))
		}
	}
	// Output:
	// DTSTAMP:20190128T030000Z
	// DTSTART:20190215T010000Z
	// DTEND:20190215T040000Z
	// LOCATION:Hội trường UBND thành phố
}
