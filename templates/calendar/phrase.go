package calendar

import (
	"fmt"
	"time"
)

// Phrase writes a date as official papers do, "ngày 05 tháng 02 năm 2018": days 1 to 9 and months 1
// and 2 take a leading zero, months 3 to 9 do not (Nghị định 30/2020/NĐ-CP, Phụ lục I). Partial
// dates give "tháng 3 năm 1980" and "năm 1980", the zero Date "".
func (d Date) Phrase() string {
	switch {
	case d.IsZero():
		return ""
	case d.YearOnly():
		return fmt.Sprintf("năm %d", d.Year)
	case d.Partial():
		return fmt.Sprintf("tháng %s năm %d", d.month(), d.Year)
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.Day, d.month(), d.Year)
}

// Short writes "05/3/2018" with the same rule for zeros; "3/1980" and "1980" for partial dates, ""
// for the zero Date.
func (d Date) Short() string {
	switch {
	case d.IsZero():
		return ""
	case d.YearOnly():
		return fmt.Sprint(d.Year)
	case d.Partial():
		return fmt.Sprintf("%s/%d", d.month(), d.Year)
	}
	return fmt.Sprintf("%02d/%s/%d", d.Day, d.month(), d.Year)
}

func (d Date) month() string {
	if d.Month <= 2 {
		return fmt.Sprintf("%02d", d.Month)
	}
	return fmt.Sprint(d.Month)
}

// Moment writes an instant in Vietnamese time as minutes do: "16 giờ 05 phút, ngày 09 tháng 3 năm
// 2018".
func Moment(t time.Time) string {
	t = t.In(Zone)
	return fmt.Sprintf("%02d giờ %02d phút, %s", t.Hour(), t.Minute(), DateOf(t).Phrase())
}

// ShortMoment writes an instant in Vietnamese time as "16:05 ngày 09/3/2018".
func ShortMoment(t time.Time) string {
	t = t.In(Zone)
	return fmt.Sprintf("%02d:%02d ngày %s", t.Hour(), t.Minute(), DateOf(t).Short())
}
