// Package calendar knows days as a Vietnamese office counts them: dates without a clock, the fixed
// zone UTC+7, working days with holidays and swapped days, and the way dates are written in
// official papers.
//
// Days, instants and lists of holidays go in; days, instants and phrases come out. It never reads
// the system clock or the machine's zone and needs no zone database: Vietnam has kept UTC+7 without
// summer time since 1975.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Zone is Vietnamese time, UTC+7, written ICT.
var Zone = time.FixedZone("ICT", 7*60*60)

// Date is a day of the Gregorian calendar, without a time and a zone. It is comparable with ==.
// Older people's papers often give only a year, or a month and a year: then Day, or Day and Month,
// are 0 and the date is Partial. The zero Date means no date.
type Date struct{ Year, Month, Day int }

// DateOf returns the day on which t falls in Vietnam (UTC+7).
func DateOf(t time.Time) Date {
	y, m, d := t.In(Zone).Date()
	return Date{y, int(m), d}
}

// ParseISO reads "2018-03-10", "2018-03", "2018" or "" (the zero Date). Days that do not exist are
// errors.
func ParseISO(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	const layout = "2006-01-02"
	if len(s) != len("2006") && len(s) != len("2006-01") && len(s) != len(layout) {
		return Date{}, fmt.Errorf("reading date %q: want YYYY-MM-DD", s)
	}
	t, err := time.Parse(layout[:len(s)], s)
	if err != nil {
		return Date{}, fmt.Errorf("reading date %q: want YYYY-MM-DD: %w", s, err)
	}
	d := Date{Year: t.Year()}
	if len(s) >= len("2006-01") {
		d.Month = int(t.Month())
	}
	if len(s) == len(layout) {
		d.Day = t.Day()
	}
	if !d.Valid() {
		return Date{}, fmt.Errorf("reading date %q: no such day", s)
	}
	return d, nil
}

// Valid reports whether d is an existing day (years 1 to 9999), or a partial date with an existing
// month. The zero Date is not valid.
func (d Date) Valid() bool {
	switch {
	case d.Year < 1 || d.Year > 9999:
		return false
	case d.Month == 0:
		return d.Day == 0
	case d.Month < 1 || d.Month > 12:
		return false
	case d.Day == 0:
		return true
	}
	return d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// IsZero reports whether there is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// Partial reports whether the day, or the day and the month, are not known.
func (d Date) Partial() bool { return !d.IsZero() && d.Day == 0 }

// YearOnly reports whether only the year is known.
func (d Date) YearOnly() bool { return d.Partial() && d.Month == 0 }

// First returns the first day a partial date may mean; a full date is returned as it is.
func (d Date) First() Date {
	if d.Partial() {
		return Date{d.Year, max(d.Month, 1), 1}
	}
	return d
}

// Last returns the last day a partial date may mean; a full date is returned as it is.
func (d Date) Last() Date {
	if !d.Partial() {
		return d
	}
	if d.Month == 0 {
		return Date{d.Year, 12, 31}
	}
	return Date{d.Year, d.Month, daysIn(d.Year, d.Month)}
}

// String writes ISO 8601: "2018-03-10", "2018-03" and "2018" for partial dates, "" for the zero
// Date.
func (d Date) String() string {
	var room [len("2006-01-02")]byte
	return string(d.Append(room[:0]))
}

// Append appends what String writes to dst.
func (d Date) Append(dst []byte) []byte {
	if d.Year < 1 || d.Year > 9999 || d.Month < 0 || d.Month > 99 || d.Day < 0 || d.Day > 99 {
		return append(dst, d.impossible()...)
	}
	two := func(n int) (tens, ones byte) { return '0' + byte(n/10), '0' + byte(n%10) }
	var b [len("2006-01-02")]byte
	b[0], b[1] = two(d.Year / 100)
	b[2], b[3] = two(d.Year % 100)
	b[4], b[7] = '-', '-'
	b[5], b[6] = two(d.Month)
	b[8], b[9] = two(d.Day)
	switch {
	case d.YearOnly():
		return append(dst, b[:4]...)
	case d.Partial():
		return append(dst, b[:7]...)
	}
	return append(dst, b[:]...)
}

// impossible is String of a date that cannot be.
func (d Date) impossible() string {
	switch {
	case d.IsZero():
		return ""
	case d.YearOnly():
		return fmt.Sprintf("%04d", d.Year)
	case d.Partial():
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes what String writes; it serves JSON and YAML.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseISO reads.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseISO(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Compare orders by year, month, day; a partial date comes before every full date it may mean. It
// suits slices.SortFunc.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports d < e in the order of Compare.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports d > e in the order of Compare.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Start returns the instant the day begins: 00:00 UTC+7. For a partial date, of its First day.
func (d Date) Start() time.Time {
	f := d.First()
	return time.Date(f.Year, time.Month(f.Month), f.Day, 0, 0, 0, 0, Zone)
}

// AddDays returns the day n days later (earlier when n is negative). A partial date counts from its
// First day.
func (d Date) AddDays(n int) Date { return DateOf(d.Start().AddDate(0, 0, n)) }

// DaysSince returns how many days d is after e, negative when before. Partial dates count from
// their First day.
func (d Date) DaysSince(e Date) int { return int(d.Start().Sub(e.Start()) / (24 * time.Hour)) }

// Weekday returns the day of the week; for a partial date, of its First day.
func (d Date) Weekday() time.Weekday { return d.Start().Weekday() }
