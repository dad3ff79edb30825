package calendar

import (
	"slices"
	"time"
)

// Calendar is which days an office works: Monday to Friday, without the holidays of a fixed date
// and those of Holidays, with Workdays (weekend days swapped for a day off, as the yearly notices
// of the Ministry of Labour do). A day in Workdays is worked whatever else it is. The zero Calendar
// knows weekends and fixed dates only: Tết and the day of the Hùng kings follow the moon, and
// swapped days the yearly notice.
type Calendar struct {
	Holidays []Date `yaml:"holidays" json:"holidays"`
	Workdays []Date `yaml:"workdays" json:"workdays"`
}

// IsWorkingDay reports whether the office works on d.
func (c Calendar) IsWorkingDay(d Date) bool {
	if slices.Contains(c.Workdays, d) {
		return true
	}
	if slices.Contains(c.Holidays, d) || isFixedHoliday(d) {
		return false
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// isFixedHoliday reports whether a day is a public holiday every year (Bộ luật Lao động 2019, Điều
// 112): 1/1, 30/4, 1/5, 2/9.
func isFixedHoliday(d Date) bool {
	switch [2]int{d.Day, d.Month} {
	case [2]int{1, 1}, [2]int{30, 4}, [2]int{1, 5}, [2]int{2, 9}:
		return true
	}
	return false
}

// KnowsTet reports whether Holidays hold a working day of the Tết of a year, which falls between 19
// January and 28 February.
func (c Calendar) KnowsTet(year int) bool {
	return slices.ContainsFunc(c.Holidays, func(d Date) bool {
		return d.Year == year && (d.Month == 1 && d.Day >= 19 || d.Month == 2)
	})
}

// AddWorkingDays returns the n-th working day after d, or before d when n is negative; d itself
// when n is 0, working day or not. The day d is not counted (Bộ luật Dân sự 2015, Điều 147: the
// first day of a period is left out).
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
