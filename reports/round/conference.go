package round

import (
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// Meeting is when and where the conference takes place.
type Meeting struct {
	Day          calendar.Date
	Hour, Minute int
	Timed        bool
	Place, Chair string
	Remark       string
}

// Conference is what the office reported of the conference; ok is false until its day is known.
func (s Sources) Conference() (m Meeting, ok bool) {
	v := s.Decision()
	if v == nil {
		return m, false
	}
	m = Meeting{Place: v.Conference.Place.Text, Chair: v.Conference.Chair.Text, Remark: v.Conference.Note.Text}
	m.Day, ok = v.Conference.Date.Date()
	m.Hour, m.Minute, m.Timed = readClock(v.Conference.Start.Text)
	return m, ok && !m.Day.Partial()
}

// Clock is "08 giờ 00", with dots when the hour is not known.
func (m Meeting) Clock() string {
	if !m.Timed {
		return wording.Text("council.hour.open")
	}
	return wording.Text("council.hour", "hour", twoDigits(m.Hour), "minute", twoDigits(m.Minute))
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// readClock reads "08:00", "8h30", "8 giờ", "14g".
func readClock(s string) (hour, minute int, ok bool) {
	var numbers []int
	in := false
	for _, r := range s {
		if r < '0' || r > '9' {
			in = false
			continue
		}
		if !in {
			numbers = append(numbers, 0)
		}
		in = true
		last := &numbers[len(numbers)-1]
		*last = min(*last*10+int(r-'0'), 9999)
	}
	if len(numbers) == 0 || numbers[0] > 23 || len(numbers) > 1 && numbers[1] > 59 {
		return 0, 0, false
	}
	if len(numbers) > 1 {
		minute = numbers[1]
	}
	return numbers[0], minute, true
}
