package form_test

import (
	"testing"

	"thidua/templates/form"
	"thidua/templates/grid"
)

func TestDatesTypedAsText(t *testing.T) {
	field := form.DateField("born", "Ngày sinh", func(v *form.Value) *form.Value { return v })
	for _, c := range []struct {
		name, typed, want string
		findings          int
	}{
		{"as the form asks", "05/03/1980", "1980-03-05", 0},
		{"with hyphens", "15-3-1980", "1980-03-15", 0},
		{"with dots", "15.03.1980", "1980-03-15", 0},
		{"in words", "ngày 5 tháng 3 năm 1980", "1980-03-05", 0},
		{"ISO", "1980-03-05", "1980-03-05", 0},
		{"a year", "năm 1980", "1980", 0},
		{"month and year", "3/1980", "1980-03", 0},
		{"two ways round", "5/3/1980", "1980-03-05", 1},
		{"month first only", "3/15/1980", "", 1},
		{"a day that does not exist", "31/02/1980", "", 1},
		{"no date", "chưa rõ", "", 1},
		{"two-digit year of one century only", "05/03/80", "1980-03-05", 0},
		{"two-digit year of a paper", "05/03/18", "2018-03-05", 0},
		{"with the word for day", "ngày 01/12/2018", "2018-12-01", 0},
		{"a filler", "-", "", 0},
		{"a filler in words", "chưa công bố", "", 0},
		{"in words, shorter", "5 tháng 3, 1980", "1980-03-05", 0},
		{"in words, with zeros and commas", "Ngày 05, tháng 03, năm 1980", "1980-03-05", 0},
		{"month and year in words", "tháng 3 năm 1980", "1980-03", 0},
		{"with what it is", "Sinh ngày 15/03/1980", "1980-03-15", 0},
		{"with what it is, the year", "SN 1980", "1980", 0},
		{"with a full stop and an apostrophe", "'15/03/1980.", "1980-03-15", 0},
		{"with an hour", "15/03/1980 00:00:00", "1980-03-15", 0},
		{"year first with slashes", "1980/03/15", "1980-03-15", 0},
		{"as a web table exports it", "1980-03-15T00:00:00.000Z", "1980-03-15", 0},
		{"English month", "05-Mar-1980", "1980-03-05", 0},
		{"spaces around the slashes", "5 / 12 / 1980", "1980-12-05", 1},
		{"the number of a day", "32436", "1988-10-20", 0},
		{"the number of a day, or month and year without their stroke", "31980", "", 1},
		{"backslashes", "15\\03\\1980", "1980-03-15", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := field.Parse("CÁ NHÂN", grid.Cell{Row: 10, Col: 4, Kind: grid.Text, Text: c.typed}, false,
				form.Context{Year: 2018})
			if p.Value.Text != c.want || len(p.Findings) != c.findings {
				t.Errorf("%q: read %q with %d findings, want %q with %d", c.typed, p.Value.Text, len(p.Findings),
					c.want, c.findings)
			}
		})
	}
}

func TestYesNoAsTyped(t *testing.T) {
	field := form.YesNoField("met", "Đạt chỉ tiêu", func(v *form.Value) *form.Value { return v })
	for typed, want := range map[string]string{"Có": form.Yes, "x": form.Yes, "✓": form.Yes, "Đạt": form.Yes,
		"-": form.No, "KĐ": form.No, "Không": form.No, "có thể": ""} {
		p := field.Parse("CHỈ TIÊU", grid.Cell{Row: 10, Col: 5, Kind: grid.Text, Text: typed}, false, form.Context{})
		if p.Value.Text != want {
			t.Errorf("%q: read %q, want %q", typed, p.Value.Text, want)
		}
	}
}

// What a program stored is not always what a person typed or sees.
func TestNumbersAsStored(t *testing.T) {
	at := func(v *form.Value) *form.Value { return v }
	born, share, score, staff := form.DateField("born", "Ngày sinh", at), form.PercentField("share", "Tỷ lệ", at),
		form.NumberField("score", "Điểm", at, form.Between(0, 100)), form.IntField("staff", "Số người", at)
	for _, c := range []struct {
		name  string
		field form.Field
		cell  grid.Cell
		want  string
	}{
		{"a day", born, grid.Cell{Number: 29285, Text: "29285", Date: true}, "1980-03-05"},
		{"a year typed into a cell of dates", born, grid.Cell{Number: 1980, Text: "1980", Date: true}, "1980"},
		{"a year as a number", born, grid.Cell{Number: 1980, Text: "1980"}, "1980"},
		{"a day that lost its format", born, grid.Cell{Number: 29285, Text: "29285"}, "1980-03-05"},
		{"a number that is no day", born, grid.Cell{Number: 5031980, Text: "5031980"}, ""},
		{"a percentage", share, grid.Cell{Number: 0.855, Text: "0.855", Percent: true}, "85.5"},
		{"a score shown as a percentage", score, grid.Cell{Number: 0.855, Text: "0.855", Percent: true}, "85.5"},
		{"people shown as a percentage", staff, grid.Cell{Number: 24, Text: "24", Percent: true}, ""},
		{"a part of a person", staff, grid.Cell{Number: 2.5, Text: "2.5"}, ""},
	} {
		c.cell.Row, c.cell.Col, c.cell.Kind = 1, 1, grid.Number
		p := c.field.Parse("S", c.cell, false, form.Context{})
		if p.Value.Text != c.want || p.Value.Bad != (c.want == "") {
			t.Errorf("%s: read %+v", c.name, p.Value)
		}
		if c.want != "" && c.want != "1980-03-05" && len(p.Repairs) == 0 {
			t.Errorf("%s: read as %s without a word", c.name, c.want)
		}
	}
}

func TestWhatStandsForNothingAndForSeveral(t *testing.T) {
	at := func(v *form.Value) *form.Value { return v }
	post, name := form.TextField("post", "Chức vụ", at), form.TextField("name", "Họ và tên", at, form.Person())
	text := func(f form.Field, s string) form.Parsed {
		return f.Parse("S", grid.Cell{Row: 1, Col: 1, Kind: grid.Text, Text: s}, false, form.Context{})
	}
	for _, s := range []string{"-", "…", "....", "/", "–"} {
		if p := text(post, s); p.Value.Given() || p.Value.Bad || len(p.Repairs) != 1 {
			t.Errorf("%q: %+v", s, p)
		}
	}
	for s, bad := range map[string]bool{"Nguyễn Văn An\nTrần Thị Bình": true, "Nguyễn Văn An; Trần Thị Bình": true,
		"Nguyễn Văn\nAn": false, "Ông Nguyễn Văn An": false} {
		if p := text(name, s); p.Value.Bad != bad {
			t.Errorf("%q: %+v", s, p)
		}
	}
}

// Offices shorten the middle of a label; a text in an old code table is kept to the letter, with
// its soft hyphens and Icelandic letters.
func TestShortenedChoicesAndTextOfOldTables(t *testing.T) {
	at := func(v *form.Value) *form.Value { return v }
	grade := form.OneOfField("grade", "Mức độ", []string{"Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ",
		"Không hoàn thành nhiệm vụ"}, at)
	title := form.OneOfField("title", "Ông/Bà", []string{"Ông", "Bà"}, at)
	post := form.TextField("post", "Chức vụ", at)
	for _, c := range []struct {
		field       form.Field
		typed, want string
		findings    int
	}{
		{grade, "Hoàn thành XS nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", 0},
		{grade, "HT tốt NV", "Hoàn thành tốt nhiệm vụ", 0},
		{grade, "Không HT NV", "Không hoàn thành nhiệm vụ", 0},
		{grade, "HT NV", "", 1},
		{title, "Ô.", "Ông", 0},
		{title, "B", "Bà", 0},
		{post, "C«ng chøc T\u00ad ph¸p", "C«ng chøc T\u00ad ph¸p", 1},
	} {
		p := c.field.Parse("CÁ NHÂN", grid.Cell{Row: 11, Col: 4, Kind: grid.Text, Text: c.typed}, false, form.Context{})
		if p.Value.Text != c.want || len(p.Findings) != c.findings {
			t.Errorf("%q: read %q with %v, want %q with %d", c.typed, p.Value.Text, p.Findings, c.want, c.findings)
		}
	}
}

// A number with what it counts, or said again in words, is that number; a share or a range is none.
func TestNumbersWithWhatTheyCount(t *testing.T) {
	field := form.IntField("n", "Số lượng", func(v *form.Value) *form.Value { return v })
	for typed, want := range map[string]string{
		"05 đ/c": "5", "24 người": "24", "04 cá nhân": "4", "01 (một)": "1", "01 (một) tập thể": "1", "02 bộ": "2",
		"8 phiếu": "8", "12 CÁN BỘ": "12",
		"8/9": "", "3 - 4": "", "(ba)": "", "100%": "", "2 (3)": "", "bộ": "",
	} {
		p := field.Parse("TỜ TRÌNH", grid.Cell{Row: 9, Col: 3, Kind: grid.Text, Text: typed}, false, form.Context{})
		if p.Value.Text != want {
			t.Errorf("%q: read %q, want %q", typed, p.Value.Text, want)
		}
	}
}

// Who has one name only is read as typed and asked; an office behind the name is left out.
func TestNamesThatAreNoFullNames(t *testing.T) {
	field := form.TextField("name", "Họ và tên", func(v *form.Value) *form.Value { return v }, form.Person())
	for typed, findings := range map[string]int{"Dung": 1, "Lê Văn Cường (Phó CT)": 0, "Hoàng Thị Dung 1990": 1,
		"Lê Văn Cường": 0, "H'Hen Niê": 0, "Nguyen Van An": 1, "Phan Thanh Nam": 0, "Hoàng Thị Dung - Chủ tịch": 0,
		"Hoàng Thị Dung, Phó Chủ tịch": 0, "ThS. Trần Thị Bình": 0} {
		p := field.Parse("CÁ NHÂN", grid.Cell{Row: 11, Col: 3, Kind: grid.Text, Text: typed}, false, form.Context{})
		if p.Value.Bad || len(p.Findings) != findings {
			t.Errorf("%q: %v", typed, p.Findings)
		}
	}
}

func TestSeveralPeopleInACell(t *testing.T) {
	field := form.TextField("name", "Họ và tên", func(v *form.Value) *form.Value { return v }, form.Person())
	for typed, several := range map[string]bool{
		"Nguyễn Văn An, Trần Thị Bình": true, "Nguyễn Văn An và Trần Thị Bình": true,
		"Nguyễn Văn An; Trần Thị Bình": true, "Nguyễn Văn An\nTrần Thị Bình": true,
		"Hoàng Thị Dung, Phó Chủ tịch": false, "Nguyễn Văn\nAn": false, "Lê Văn Cường": false,
	} {
		p := field.Parse("CÁ NHÂN", grid.Cell{Row: 11, Col: 3, Kind: grid.Text, Text: typed}, false, form.Context{})
		if p.Value.Bad != several {
			t.Errorf("%q: %v", typed, p.Findings)
		}
	}
}

// A day that is refused is quoted as the cell shows it.
// What a cell shows is what was said, and what messages quote.
func TestTheValueIsWhatTheCellShows(t *testing.T) {
	number := func(x float64, text string) grid.Cell {
		return grid.Cell{Row: 2, Col: 2, Kind: grid.Number, Number: x, Text: text}
	}
	share, day, padded := number(0.98, "0.98"), number(43174, "43174"), number(7, "7")
	share.Percent, padded.Format = true, 3
	day.Date, day.Format = true, grid.DayMonth
	full := day
	full.Format = 0
	text, count, born := form.Field{
		Type: form.Text,
	}, form.Field{
		Type: form.Int,
	}, form.Field{
		Type:     form.Date,
		Birthday: true,
	}
	evening := number(25588.99998842593, "25588.99998842593")
	evening.Date = true
	truth := grid.Cell{Row: 2, Col: 2, Kind: grid.Bool, Text: "1"}
	for name, c := range map[string]struct {
		field form.Field
		cell  grid.Cell
		want  form.Value
	}{
		"a share in a text":          {text, share, form.Value{Text: "98%", Raw: "0.98"}},
		"day and month in a text":    {text, day, form.Value{Text: "15/3", Raw: "43174"}},
		"a day in a text":            {text, full, form.Value{Text: "15/3/2018", Raw: "43174"}},
		"a leading zero":             {text, padded, form.Value{Text: "007", Raw: "7"}},
		"true in a text":             {text, truth, form.Value{Text: "TRUE", Raw: "1"}},
		"a day where a count stands": {count, day, form.Value{Raw: "15/3", Bad: true}},
		"a truth where a count is":   {count, truth, form.Value{Raw: "TRUE", Bad: true}},
		"a second before midnight":   {born, evening, form.Value{Text: "1970-01-21", Raw: "25588.99998842593"}},
	} {
		got := c.field.Parse("S", c.cell, false, form.Context{Year: 2018}).Value
		if got.At = (form.Ref{}); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// Yes and no, shares, times and fillers as offices write them.
func TestWhatOfficesWriteIsUnderstood(t *testing.T) {
	share := form.Field{Type: form.Number, Percent: true, Min: new(float64), Max: new(float64)}
	*share.Max = 100
	due, born := form.Field{Type: form.Date, Words: true, Required: true}, form.Field{Type: form.Date, Birthday: true}
	yesNo := form.Field{Type: form.YesNo}
	choice := form.Field{Type: form.Choice, Values: []string{"Khá", "Giấy khen của Chủ tịch UBND thành phố"}}
	for _, c := range []struct {
		field             form.Field
		typed, font, want string
	}{
		{yesNo, "Vượt chỉ tiêu", "", form.Yes}, {yesNo, "Đã đạt", "", form.Yes},
		{yesNo, "ü", "Wingdings", form.Yes}, {yesNo, "û", "Wingdings", form.No},
		{yesNo, "100 %", "", form.Yes}, {yesNo, "Chưa hoàn thành", "", form.No},
		{share, "95 phần trăm", "", "95"}, {share, "10/10", "", "100"}, {share, "9/10", "", "90"},
		{due, "Quý IV/2018", "", "Quý IV/2018"}, {due, "thường xuyên", "", "thường xuyên"},
		{due, "trước 30/11", "", "trước 30/11"}, {due, "31/12", "", "31/12"}, {due, "01/12/18", "", "2018-12-01"},
		{born, "5/3/02", "", "2002-03-05"}, {born, "5/3/08", "", ""}, {born, "5/3/80", "", "1980-03-05"},
		{choice, "Không có", "", ""}, {choice, "-", "", ""}, {choice, "chưa xếp loại", "", ""},
		{choice, "Giấy khen UBND TP", "", "Giấy khen của Chủ tịch UBND thành phố"},
	} {
		p := c.field.Parse("S", grid.Cell{Row: 2, Col: 2, Kind: grid.Text, Text: c.typed, Font: c.font}, false,
			form.Context{Year: 2018})
		if p.Value.Text != c.want || p.Value.Bad != (c.typed == "5/3/08") {
			t.Errorf("%q is read as %+v, want %q", c.typed, p.Value, c.want)
		}
	}
}

func TestARefusedDayIsQuotedAsShown(t *testing.T) {
	field := form.DateField("born", "Ngày sinh", func(v *form.Value) *form.Value { return v }, form.Birthday())
	p := field.Parse("CÁ NHÂN", grid.Cell{Row: 11, Col: 4, Kind: grid.Number, Number: 43164, Text: "43164", Date: true},
		false, form.Context{Year: 2018})
	if len(p.Findings) != 1 || p.Findings[0].Read != "05/3/2018" || p.Value.Raw != "05/3/2018" {
		t.Errorf("%+v", p)
	}
}

// Whoever is born in the year of the form, or was a hundred years ago, is a slip of the pen.
func TestBirthdaysOfPeopleAtWork(t *testing.T) {
	field := form.DateField("born", "Ngày sinh", func(v *form.Value) *form.Value { return v }, form.Birthday())
	for typed, want := range map[string]string{"05/03/1980": "1980-03-05", "1990": "1990", "05/03/2018": "",
		"05/03/2085": "", "05/03/1918": ""} {
		p := field.Parse("CÁ NHÂN", grid.Cell{Row: 11, Col: 4, Kind: grid.Text, Text: typed}, false,
			form.Context{Year: 2018})
		if p.Value.Text != want {
			t.Errorf("%q: read %q, want %q", typed, p.Value.Text, want)
		}
	}
}
