package form

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/grid"
	"thidua/templates/viet"
)

var (
	dayMonthYear = regexp.MustCompile(`^(\d{1,2})\s*[/.\-\\–,]\s*(\d{1,2})\s*[/.\-\\–,]\s*(\d{4}|\d{2})(?: ` +
		`0?0:00(?::00)?)?$`)
	dayMonYear = regexp.MustCompile(`^(\d{1,2})[- ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ` +
		`,]+(\d{4}|\d{2})$`)
	yearMonthDay = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ]0?0:00(?::00(?:\.0+)?z?)?)?$`)
	inWords      = regexp.MustCompile(`^(?:ngay )?(\d{1,2}),? thang (\d{1,2}),? (?:nam )?(\d{4})$`)
	dayMonth     = regexp.MustCompile(`^\d{1,2}\s*[/.\-]\s*\d{1,2}$`)
	monthYear    = regexp.MustCompile(`^(?:thang )?(\d{1,2})(?:\s*[/.\-]\s*| nam )(\d{4})$`)
	yearMonth    = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	yearOnly     = regexp.MustCompile(`^(?:nam |sn |sinh nam |nam sinh )?(\d{4})$`)
	before       = regexp.MustCompile(
		`^(?:ngay sinh|sinh ngay|sinh|ngay|ns|sn)[ .:]+`,
	) // what may stand before a birthday
)

// date reads a day as offices write it. A true date of the file is taken as it is; a text is read
// day first, as the form asks, and a text that could also be month first is reported; a year alone
// stays a year.
func (p *Parser) date(c *grid.Cell) {
	if c.Kind == grid.Number {
		switch {
		case c.Date && year(c.Number) && !p.date1904:
			// Excel took the year that was typed for the number of a day in the spring of 1905.
			p.keepDate(calendar.Date{Year: int(c.Number)}, c)
			p.repair("yearonly", p.typed, p.typed)
			return
		case c.Date:
			if d, ok := fromSerial(c.Number, p.date1904); ok {
				p.keepDate(d, c)
				return
			}
		case year(c.Number):
			p.keepDate(calendar.Date{Year: int(c.Number)}, c)
			p.repair("yearonly", p.typed, p.typed)
			return
		default:
			if p.serial(c, c.Text) {
				return
			}
		}
		p.fault(finding.BadDate, p.typed, "")
		return
	}
	if p.serial(c, p.typed) {
		return
	}
	if !p.field.Required && filler(p.typed) || p.fills() {
		p.repair("filler", p.typed, "")
		return
	}
	s := strings.TrimRight(strings.TrimPrefix(viet.Bare(p.typed), "'"), " .;,")
	d, other, ok := readDate(s, p.ctx.Year, p.field.Birthday)
	switch {
	case !ok && p.field.Words && (inSomeWords(p.typed) || dayMonth.MatchString(s)):
		p.keep(p.typed, c)
	case !ok && !other.IsZero(): // only month first makes sense
		p.fault(finding.BadDate, p.typed, other.Short())
	case !ok:
		p.fault(finding.BadDate, p.typed, "")
	default:
		p.keepDate(d, c)
		if p.out.Bad {
			return
		}
		if !other.IsZero() {
			p.find(finding.AmbiguousDate, p.typed, d.Phrase())
			p.to.Findings[len(p.to.Findings)-1].Level = finding.Info
		}
		switch {
		case saysDay(s, d): // nothing was changed, and nothing is worth a second look
		case d.YearOnly():
			p.repair("yearonly", p.typed, d.String())
		default:
			p.repair("date", p.typed, d.Short())
		}
	}
}

// inSomeWords reports whether a text says a time otherwise than by numbers: "Quý IV/2018", "thường
// xuyên".
func inSomeWords(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n >= 2
}

// saysDay reports whether a text already says the day as the form asks for it: day/month/year, or
// the year alone.
func saysDay(s string, d calendar.Date) bool {
	if d.YearOnly() {
		return s == d.String()
	}
	return s == fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year) || s == d.Short()
}

// year reports whether a number may be a year.
func year(x float64) bool { return x == math.Trunc(x) && x >= 1900 && x <= 2100 }

// keepDate takes a date between 1900 and 2100.
func (p *Parser) keepDate(d calendar.Date, c *grid.Cell) {
	shown := func() string {
		if c.Kind == grid.Number && c.Date { // the cell shows a day, not its number
			return d.Short()
		}
		return p.typed
	}
	if d.Year < 1900 || d.Year > 2100 {
		p.fault(finding.BadDate, shown(), "")
		return
	}
	if from, to := p.ctx.Year-oldest, p.ctx.Year-youngest; p.field.Birthday && p.ctx.Year > 0 &&
		(d.Year < from || d.Year > to) {
		p.fault(finding.OutOfRange, shown(), strconv.Itoa(from)+" – "+strconv.Itoa(to))
		return
	}
	var room [10]byte
	p.keep(p.texts.Keep(d.Append(room[:0])), c)
}

var serialNumber = regexp.MustCompile(`^[1-6]\d{4}$`)

// serial reads the bare number of a day, which is left of a date when only its value was pasted:
// 32436 is 20/10/1988. All such days lie between 1927 and 2091. Five digits are no other way to
// write a date, but for a month and a year without their stroke: 31980 may be 3/1980, and has to be
// asked about.
func (p *Parser) serial(c *grid.Cell, s string) bool {
	if !serialNumber.MatchString(s) || year(float64(atoi(s[1:]))) {
		return false
	}
	d, ok := fromSerial(float64(atoi(s)), p.date1904)
	if !ok {
		return false
	}
	if p.keepDate(d, c); !p.out.Bad {
		p.repair("serial", s, d.Short())
	}
	return true
}

// The ages of people at work, in years, wide enough for everybody: a birthday outside them is a
// slip of the pen, such as this year's.
const youngest, oldest = 15, 90

// readDate reads a text without accents and capitals, written in or before the year now (0 when
// unknown). other is the month-first reading: with ok set, a second possibility that differs;
// without, the only one.
func readDate(s string, now int, birthday bool) (d, other calendar.Date, ok bool) {
	if m := yearOnly.FindStringSubmatch(s); m != nil {
		return calendar.Date{Year: atoi(m[1])}, other, true
	}
	if m := monthYear.FindStringSubmatch(s); m != nil {
		d = calendar.Date{Year: atoi(m[2]), Month: atoi(m[1])}
		return d, other, d.Month >= 1 && d.Month <= 12
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil { // as we keep it
		d = calendar.Date{Year: atoi(m[1]), Month: atoi(m[2])}
		return d, other, d.Month >= 1 && d.Month <= 12
	}
	if m := yearMonthDay.FindStringSubmatch(s); m != nil {
		d = calendar.Date{Year: atoi(m[1]), Month: atoi(m[2]), Day: atoi(m[3])}
		return d, other, d.Valid()
	}
	if m := inWords.FindStringSubmatch(s); m != nil {
		d = calendar.Date{Year: atoi(m[3]), Month: atoi(m[2]), Day: atoi(m[1])}
		return d, other, d.Valid()
	}
	s = before.ReplaceAllString(s, "")
	if m := dayMonYear.FindStringSubmatch(s); m != nil {
		d = calendar.Date{
			Year: century(m[3], now, birthday),
			Month: 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec",
				m[2])/3,
			Day: atoi(m[1]),
		}
		return d, other, d.Valid()
	}
	m := dayMonthYear.FindStringSubmatch(s)
	if m == nil {
		return d, other, false
	}
	d = calendar.Date{Year: century(m[3], now, birthday), Month: atoi(m[2]), Day: atoi(m[1])}
	if d.Year == 0 {
		return d, other, false
	}
	swapped := calendar.Date{Year: d.Year, Month: d.Day, Day: d.Month}
	// "05/03/1980" with leading zeros follows the form's own example; "5/3/1980" does not and could
	// be month first.
	if swapped.Valid() && swapped != d && (!d.Valid() || len(m[1]) == 1 || len(m[2]) == 1) {
		other = swapped
	}
	return d, other, d.Valid()
}

// century completes a year of two digits. Nothing is dated much later than the form's own year; a
// birthday gives the age of somebody at work, and papers are of this century. 0 means that both
// centuries are possible.
func century(s string, now int, birthday bool) int {
	n := atoi(s)
	switch {
	case len(s) != 2:
		return n
	case now <= 2000:
		return 0
	case birthday:
		this, last := now-(2000+n), now-(1900+n) // ages
		possible := func(age int) bool { return youngest <= age && age <= oldest }
		if possible(this) == possible(last) {
			return 0
		}
		if possible(this) {
			return 2000 + n
		}
		return 1900 + n
	case 2000+n > now+1:
		return 1900 + n
	}
	return 2000 + n
}

func atoi(s string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(s)) // digits by the pattern
	return n
}

// DayOf returns the day that a cell with the format of a date holds; ok is false for every other
// cell.
func DayOf(c grid.Cell, date1904 bool) (d calendar.Date, ok bool) {
	if c.Kind != grid.Number || !c.Date {
		return calendar.Date{}, false
	}
	return fromSerial(c.Number, date1904)
}

// minutes is how long before midnight a time may lie and still mean the day that begins: programs
// that reckon in another zone leave a day a little too early.
const minutes = 10.0

// fromSerial turns a serial day number into a date. Excel's 1900 system has a 29 February 1900 that
// never was.
func fromSerial(x float64, date1904 bool) (calendar.Date, bool) {
	days := math.Floor(x + minutes/(24*60))
	if days < 1 || days > 80000 {
		return calendar.Date{}, false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if days < 60 {
		epoch = epoch.AddDate(0, 0, 1)
	}
	t := epoch.AddDate(0, 0, int(days))
	return calendar.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}, true
}
