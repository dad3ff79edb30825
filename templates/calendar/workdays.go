package calendar

import (
	"slices"
	"time"
)

// Calendar is which days an office works: Monday to Friday, without Holidays, with Workdays (weekend days swapped for a day off, as the
// yearly notices of the Ministry of Labour do). A day in both lists is worked. The zero Calendar knows weekends only.
type Calendar struct {
	Holidays []Date `yaml:"holidays" json:"holidays"`
	Workdays []Date `yaml:"workdays" json:"workdays"`
}

// IsWorkingDay reports whether the office works on d.
func (c Calendar) IsWorkingDay(d Date) bool {
	if slices.Contains(c.Workdays, d) {
		return true
	}
	if slices.Contains(c.Holidays, d) {
		return false
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// AddWorkingDays returns the n-th working day after d, or before d when n is negative; d itself when n is 0, working day or not.
// The day d is not counted (Bộ luật Dân sự 2015, Điều 147: the first day of a period is left out).
func (c Calendar) AddWorkingDays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		if c.IsWorkingDay(d) {
			n--
		}
	}
	return d
}

// WorkingDayFrom returns d when it is worked, else the next day that is (Bộ luật Dân sự 2015, Điều 148).
func (c Calendar) WorkingDayFrom(d Date) Date {
	for !c.IsWorkingDay(d) {
		d = d.AddDays(1)
	}
	return d
}
