package reader_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/reader"
)

type staff struct{ People []member }

type member struct{ Name, Born, Sex, Post, Unit form.Value }

// staffForm is a list as offices keep it: a name, a birthday, a sex, a post, a place of work.
var staffForm = &form.Form{ID: "staff", Version: 1, New: func() any { return &staff{} }, Sheets: []form.Sheet{
	{Name: "DANH SÁCH", Title: "DANH SÁCH", Blocks: []form.Block{
		form.Table("people", "Danh sách", 10, func(s *staff) *[]member { return &s.People },
			form.TextField("name", "Họ và tên", func(m *member) *form.Value { return &m.Name }, form.Required(),
				form.Person()),
			form.DateField("born", "Ngày, tháng, năm sinh", func(m *member) *form.Value { return &m.Born },
				form.Required()),
			form.OneOfField("sex", "Giới tính", []string{form.Male, form.Female},
				func(m *member) *form.Value { return &m.Sex }, form.Required()),
			form.TextField("post", "Chức vụ, chức danh", func(m *member) *form.Value { return &m.Post },
				form.Required()),
			form.TextField("unit", "Đơn vị công tác", func(m *member) *form.Value { return &m.Unit }),
		),
	}},
}}

// drawn is a sheet drawn as text: one line a row, cells between bars, "" for a blank one. A word
// such as 1980 is a number.
func drawn(name, text string, merges ...string) grid.Sheet {
	s := grid.Sheet{Name: name}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		row := grid.Row{Num: i + 1}
		for j, cell := range strings.Split(line, "|") {
			cell = strings.TrimSpace(cell)
			c := grid.Cell{Row: i + 1, Col: j + 1, Kind: grid.Text, Text: strings.ReplaceAll(cell, `\n`, "\n")}
			var n float64
			switch {
			case cell == "":
				continue
			case strings.HasPrefix(cell, "#"):
				c.Kind = grid.Error
			case strings.Trim(cell, "0123456789") == "":
				fmt.Sscan(cell, &n)
				c.Kind, c.Number = grid.Number, n
			}
			row.Cells = append(row.Cells, c)
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	for _, m := range merges {
		from, to, _ := strings.Cut(m, ":")
		c1, r1, _ := grid.ParseRef(from)
		c2, r2, _ := grid.ParseRef(to)
		s.Merges = append(s.Merges, grid.Range{Row1: r1, Col1: c1, Row2: r2, Col2: c2})
	}
	return s
}

// people are the rows read, each as "name, birthday, sex, post, unit".
func people(r *form.Reading) []string {
	var out []string
	for _, m := range r.Value.(*staff).People {
		out = append(out, strings.Join([]string{m.Name.Text, m.Born.Text, m.Sex.Text, m.Post.Text, m.Unit.Text}, ", "))
	}
	return out
}

func reasons(r *form.Reading) []string {
	var out []string
	for _, g := range r.Ignored {
		out = append(out, fmt.Sprintf("%d %s", g.Row, g.Reason))
	}
	return out
}

// What offices make of a list before it arrives, and what must be read all the same.
func TestHabitsOfOffices(t *testing.T) {
	const an, binh = "Nguyễn Văn An, 1980-03-05, Nam, Chủ tịch, Phường A",
		"Trần Thị Bình, 1985, Nữ, Công chức, Phường A"
	for _, c := range []struct {
		name    string
		sheets  []grid.Sheet
		want    []string
		ignored []string
		codes   []finding.Code
	}{
		{"birthdays in columns for men and women, three titles above, column numbers below",
			[]grid.Sheet{drawn("Sheet1 (2)", `
			UBND THÀNH PHỐ | | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
			DANH SÁCH
			Đề nghị khen thưởng năm 2018
			STT | Họ và tên | Ngày, tháng, năm sinh | | Chức vụ,\nchức danh | Đơn vị công tác
			    |           | Nam | Nữ
			(1) | (2) | (3) | (4) | (5) | (6)
			1 | Nguyễn Văn An | 05/03/1980 | | Chủ tịch | Phường A
			2 | Trần Thị Bình | | 1985 | Công chức | Phường A`, "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5")},
			[]string{an, binh}, []string{"6 numbers"}, nil},
		{"the same without a single merged cell", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | | Chức vụ, chức danh | Đơn vị công tác
			    |           | Nam | Nữ
			1 | Nguyễn Văn An | 05/03/1980 | | Chủ tịch | Phường A
			2 | Trần Thị Bình | | 1985 | Công chức | Phường A`)},
			[]string{an, binh}, nil, nil},
		{"a birthday in both columns is nobody's sex", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | | Chức vụ, chức danh | Đơn vị công tác
			    |           | Nam | Nữ
			1 | Nguyễn Văn An | 05/03/1980 | 1985 | Chủ tịch | Phường A`)},
			[]string{"Nguyễn Văn An, , , Chủ tịch, Phường A"}, nil, []finding.Code{finding.Missing, finding.BadDate}},
		{"a sex to be ticked", []grid.Sheet{drawn("x", `
			TT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | | Chức vụ, chức danh | Đơn vị công tác
			   |           |                       | Nam | Nữ
			1 | Nguyễn Văn An | 05/03/1980 | x | | Chủ tịch | Phường A
			2 | Trần Thị Bình | 1985 | | x | Công chức | Phường A`, "A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2",
			"G1:G2")},
			[]string{an, binh}, nil, nil},
		{"names in two columns under one header", []grid.Sheet{drawn("x", `
			STT | Họ và tên | | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn | An | 05/03/1980 | Nam | Chủ tịch | Phường A
			2 | Trần Thị Bình | | 1985 | Nữ | Công chức | Phường A`, "B1:C1")},
			[]string{an, binh}, nil, nil},
		{"names in two columns of their own", []grid.Sheet{drawn("x", `
			STT | Họ và tên đệm | Tên | Ngày sinh | Giới tính | Chức vụ | Đơn vị công tác
			1 | Nguyễn Văn | An | 05/03/1980 | Nam | Chủ tịch | Phường A
			2 | Trần Thị | Bình | 1985 | Nữ | Công chức | Phường A`)},
			[]string{an, binh}, nil, nil},
		{"a date in three columns", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | | | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			    |           | Ngày | Tháng | Năm
			1 | Nguyễn Văn An | 05 | 03 | 1980 | Nam | Chủ tịch | Phường A
			2 | Trần Thị Bình | | | 1985 | Nữ | Công chức | Phường A`, "C1:E1")},
			[]string{an, binh}, nil, nil},
		{"one merged unit beside its people", []grid.Sheet{drawn("x", `
			STT | Đơn vị công tác | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh
			1 | Phường A | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch
			2 |          | Trần Thị Bình | 1985 | Nữ | Công chức`, "B2:B3")},
			[]string{an, binh}, nil, nil},
		{"sections, totals, closing lines, signatures", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			A | B | 1 | 2 | 3 | 4
			I | LÃNH ĐẠO
			1 | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch | Phường A
			  | Cộng (I) | 1
			II. Công chức
			1 | Trần Thị Bình | 1985 | Nữ | Công chức | Phường A
			Tổng cộng | | 2
			(Danh sách này gồm 02 người)
			  | | | | Thái Nguyên, ngày    tháng 12 năm 2018
			NGƯỜI LẬP BIỂU | | | | TM. ỦY BAN NHÂN DÂN
			  | | | | (Ký, ghi rõ họ tên)
			Lê Thị Mẫu | | | | Phạm Văn Mẫu`)},
			[]string{an, binh}, []string{"2 numbers", "3 section", "5 total", "6 section", "8 total", "9 note",
				"10 signature", "11 signature", "12 signature", "13 signature"}, nil},
		{"headers printed again on the second page", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch | Phường A
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			2 | Trần Thị Bình | 1985 | Nữ | Công chức | Phường A`)},
			[]string{an, binh}, []string{"3 header"}, nil},
		{"the list goes on on a sheet of its own, and a copy repeats it", []grid.Sheet{drawn("DANH SÁCH", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch | Phường A`), drawn("DANH SÁCH (2)", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn An | 5.3.1980 | Nam | Chủ tịch | Phường A
			2 | Trần Thị Bình | 1985 | Nữ | Công chức | Phường A`)},
			[]string{an, binh}, []string{"2 repeated"}, []finding.Code{finding.FurtherTable}},
		{"a hidden sheet with last year's list, and one of another kind", []grid.Sheet{drawn("DANH SÁCH", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch | Phường A`), hide(drawn("2017", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Trần Thị Bình | 1985 | Nữ | Công chức | Phường A`)), drawn("Tính toán", `Quỹ lương | 100`)},
			[]string{an}, nil, []finding.Code{finding.SheetNotRead, finding.SheetNotRead}},
		{"helper formulas that fail far to the right", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch | Phường A | | | #N/A
			2 | | | | | | | | #N/A
			3 | | | | | | | | #N/A`)},
			[]string{an}, []string{"3 errors", "4 errors"}, nil},
		{"words in the column of numbers are somebody's", []grid.Sheet{drawn("x", `
			STT | Họ và tên | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
			1 | Nguyễn Văn An | 05/03/1980 | Nam | Chủ tịch | Phường A
			Trần Thị Bình - Công chức`)},
			[]string{an}, []string{"3 outside"}, []finding.Code{finding.OutsideTable}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: c.sheets}, form.Context{})
			if got := people(r); !slices.Equal(got, c.want) {
				t.Errorf("read %q\nwant %q", got, c.want)
			}
			if got := reasons(r); !slices.Equal(got, c.ignored) {
				t.Errorf("ignored %q\nwant    %q", got, c.ignored)
			}
			var codes []finding.Code
			for _, f := range r.Findings {
				codes = append(codes, f.Code)
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("found %v, want %v", r.Findings, c.codes)
			}
			if n := r.Rows; n.Read != n.Accepted+n.ToFix+n.Ignored || n.Read != len(c.want)+len(c.ignored) {
				t.Errorf("rows %+v", n)
			}
		})
	}
}

func hide(s grid.Sheet) grid.Sheet {
	s.Hidden = true
	return s
}
