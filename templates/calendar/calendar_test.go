package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

func TestParseISO(t *testing.T) {
	for in, want := range map[string]Date{
		"": {}, "2018-03-10": {2018, 3, 10}, "2020-02-29": {2020, 2, 29}, "1980": {Year: 1980}, "1980-05": {1980, 5, 0},
	} {
		if got, err := ParseISO(in); err != nil || got != want {
			t.Errorf("ParseISO(%q) = %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"2019-02-29", "2018-13-01", "2018-00-10", "2018-03-00", "0000", "2018-3-1",
		"10/03/2018", "2018/03/10", "+201", "2018-03-1x", "2018-03-101"} {
		if got, err := ParseISO(in); err == nil {
			t.Errorf("ParseISO(%q) = %v, want an error", in, got)
		}
	}
}

func TestDateOf_IsTheDayInVietnam(t *testing.T) {
	for _, c := range []struct {
		utc  string
		want string
	}{
		{"2018-03-09T16:59:59Z", "2018-03-09"},
		{"2018-03-09T17:00:00Z", "2018-03-10"},
		{"2018-12-31T23:00:00Z", "2019-01-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(at).String(); got != c.want {
			t.Errorf("%s is %s in Vietnam, want %s", c.utc, got, c.want)
		}
	}
	if got := (Date{2018, 3, 10}).Start().UTC().Format(time.RFC3339); got != "2018-03-09T17:00:00Z" {
		t.Errorf("the day starts at %s", got)
	}
}

func TestPhrases_OfficialZeros(t *testing.T) {
	for _, c := range []struct {
		date          Date
		phrase, short string
	}{
		{Date{2018, 2, 5}, "ngày 05 tháng 02 năm 2018", "05/02/2018"},
		{Date{2018, 1, 27}, "ngày 27 tháng 01 năm 2018", "27/01/2018"},
		{Date{2018, 3, 5}, "ngày 05 tháng 3 năm 2018", "05/3/2018"},
		{Date{2018, 12, 31}, "ngày 31 tháng 12 năm 2018", "31/12/2018"},
		{Date{1980, 5, 0}, "tháng 5 năm 1980", "5/1980"},
		{Date{Year: 1980}, "năm 1980", "1980"},
		{Date{}, "", ""},
	} {
		if got := c.date.Phrase(); got != c.phrase {
			t.Errorf("%v: phrase %q, want %q", c.date, got, c.phrase)
		}
		if got := c.date.Short(); got != c.short {
			t.Errorf("%v: short %q, want %q", c.date, got, c.short)
		}
	}
	at := time.Date(2018, 3, 9, 9, 5, 0, 0, time.UTC)
	if got := Moment(at); got != "16 giờ 05 phút, ngày 09 tháng 3 năm 2018" {
		t.Errorf("Moment: %q", got)
	}
	if got := ShortMoment(at); got != "16:05 ngày 09/3/2018" {
		t.Errorf("ShortMoment: %q", got)
	}
}

func TestPartialDates(t *testing.T) {
	year, month := Date{Year: 1980}, Date{1980, 2, 0}
	if !year.Partial() || !year.YearOnly() || !month.Partial() || month.YearOnly() || (Date{}).Partial() {
		t.Error("partial dates are told apart wrongly")
	}
	for got, want := range map[Date]Date{
		year.First(): {1980, 1, 1}, year.Last(): {1980, 12, 31}, month.First(): {1980, 2, 1},
		month.Last(): {1980, 2, 29},
	} {
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if !year.Before(Date{1980, 1, 1}) || !year.After(Date{1979, 12, 31}) {
		t.Error("a partial date comes before every day it may mean")
	}
}

func TestTextForms(t *testing.T) {
	type box struct {
		D Date `json:"d" yaml:"d"`
	}
	for _, d := range []Date{{2018, 3, 10}, {Year: 1980}, {1980, 5, 0}, {}} {
		raw, err := json.Marshal(box{d})
		if err != nil {
			t.Fatal(err)
		}
		var back box
		if err := json.Unmarshal(raw, &back); err != nil || back.D != d {
			t.Errorf("JSON %s gave %v, %v", raw, back.D, err)
		}
		if raw, err = yaml.Marshal(box{d}); err != nil {
			t.Fatal(err)
		}
		back = box{}
		if err := yaml.Unmarshal(raw, &back); err != nil || back.D != d {
			t.Errorf("YAML %s gave %v, %v", raw, back.D, err)
		}
	}
	var back box
	if err := yaml.Unmarshal([]byte("d: 2018-03-10"), &back); err != nil || back.D != (Date{2018, 3, 10}) {
		t.Errorf("an unquoted YAML date gave %v, %v", back.D, err)
	}
}

func TestDates_Properties(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) Date {
		return Date{1990, 1, 1}.AddDays(rapid.IntRange(0, 20000).Draw(t, "days"))
	})
	rapid.Check(t, func(t *rapid.T) {
		d, n := day.Draw(t, "d"), rapid.IntRange(-5000, 5000).Draw(t, "n")
		if got := d.AddDays(n).DaysSince(d); got != n {
			t.Fatalf("%v + %d days is %d days later", d, n, got)
		}
		if back, err := ParseISO(d.String()); err != nil || back != d {
			t.Fatalf("%v reads back as %v, %v", d, back, err)
		}
		if DateOf(d.Start()) != d || DateOf(d.Start().Add(-time.Nanosecond)) != d.AddDays(-1) {
			t.Fatalf("%v does not start at its start", d)
		}
	})
}

func TestWorkingDays(t *testing.T) {
	cal := Calendar{
		Holidays: []Date{{2018, 12, 31}, {2019, 1, 1}},
		Workdays: []Date{{2019, 1, 5}},
	}
	for _, c := range []struct {
		name string
		from Date
		n    int
		want Date
	}{
		{"over a weekend", Date{2018, 3, 9}, 1, Date{2018, 3, 12}},
		{"back over a weekend", Date{2018, 3, 12}, -1, Date{2018, 3, 9}},
		{"over New Year and the swapped Monday", Date{2018, 12, 28}, 1, Date{2019, 1, 2}},
		{"onto the Saturday worked in exchange", Date{2019, 1, 4}, 1, Date{2019, 1, 5}},
		{"back from it", Date{2019, 1, 7}, -1, Date{2019, 1, 5}},
		{"seven before a Sunday", Date{2018, 12, 30}, -7, Date{2018, 12, 20}},
		{"none", Date{2018, 12, 30}, 0, Date{2018, 12, 30}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cal.AddWorkingDays(c.from, c.n); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func FuzzParseISO(f *testing.F) {
	for _, s := range []string{"2018-03-10", "1980", "1980-05", "2019-02-29", "0001-", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseISO(s); err == nil && d.String() != s {
			t.Errorf("%q reads as %q", s, d)
		}
	})
}

func TestDatesAreWrittenByTheBook(t *testing.T) {
	for _, d := range []Date{{}, {Year: 1}, {Year: 2018}, {Year: 2018, Month: 3}, {Year: 2018, Month: 12, Day: 31},
		{Year: 9999, Month: 99, Day: 99}, {Year: 12_345, Month: 1, Day: 1}, {Year: -5, Month: 1, Day: 1}, {Month: 3},
		{Day: 7}, {Year: 2018, Day: 7}} {
		if got, want := d.String(), d.impossible(); got != want {
			t.Errorf("%#v: %q, want %q", d, got, want)
		}
	}
}
