package reader_test

import (
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/reader"
)

type list struct{ People []entry }

type entry struct{ Name, Post, Born form.Value }

var listForm = &form.Form{ID: "list", Version: 1, New: func() any { return &list{} }, Sheets: []form.Sheet{
	{Name: "DANH SÁCH", Title: "DANH SÁCH", Blocks: []form.Block{
		form.Table("people", "Danh sách", 10, func(l *list) *[]entry { return &l.People },
			form.TextField("name", "Họ và tên", func(e *entry) *form.Value { return &e.Name }, form.Required()),
			form.TextField("post", "Chức vụ", func(e *entry) *form.Value { return &e.Post }),
			form.DateField("born", "Ngày sinh", func(e *entry) *form.Value { return &e.Born }),
		),
	}},
}}

// sheet is a list whose first row is the headers and whose columns are STT, name, post and birth.
func sheet(rows ...[]string) *grid.Workbook {
	s := grid.Sheet{Name: "DANH SÁCH"}
	for i, r := range append([][]string{{"STT", "Họ và tên", "Chức vụ", "Ngày sinh"}}, rows...) {
		row := grid.Row{Num: i + 1}
		for j, text := range r {
			if text != "" {
				row.Cells = append(row.Cells, grid.Cell{Row: i + 1, Col: j + 1, Kind: grid.Text, Text: text})
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return &grid.Workbook{Sheets: []grid.Sheet{s}}
}

func TestRowsThatAreNotData(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		row          []string
	}{
		{"section letter", "section", []string{"A", "LÃNH ĐẠO"}},
		{"Roman section", "section", []string{"II.", "Công chức"}},
		{"total", "total", []string{"", "Cộng", "1"}},
		{"total with a remark", "total", []string{"", "Tổng cộng: (01 người)"}},
		{"note by a star", "note", []string{"", "(*) Xếp theo thứ tự ưu tiên"}},
		{"note by its name", "note", []string{"", "Ghi chú: danh sách có 01 người"}},
		{"place and day", "signature", []string{"", "", "Thái Nguyên, ngày 5 tháng 3 năm 2018"}},
		{"who signs", "signature", []string{"", "Người lập biểu", "TM. ỦY BAN NHÂN DÂN"}},
		{"for whom one signs", "signature", []string{"", "", "KT. CHỦ TỊCH"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := reader.Read(listForm, form.Stamp{}, sheet([]string{"1", "Trần Thị Bình", "Chuyên viên", "05/03/1980"},
				c.row), form.Context{})
			if n := len(r.Value.(*list).People); n != 1 {
				t.Fatalf("%d people", n)
			}
			if len(r.Ignored) != 1 || r.Ignored[0].Reason != c.reason {
				t.Errorf("ignored %+v, want one row as %s", r.Ignored, c.reason)
			}
			if len(r.Findings) > 0 {
				t.Errorf("findings %v", r.Findings)
			}
		})
	}
}

func TestRowsThatAreData(t *testing.T) {
	for _, row := range [][]string{
		{"2", "Kỳ Ten", "Văn thư", "1970"},
		{"", "Tổng Văn Cộng", "Chuyên viên", "01/01/1970"},
		{"2", "Lê Thị Kim", "", ""},
	} {
		r := reader.Read(listForm, form.Stamp{}, sheet([]string{"1", "Trần Thị Bình", "Chuyên viên", "05/03/1980"},
			row),
			form.Context{})
		if n := len(r.Value.(*list).People); n != 2 {
			t.Errorf("%q: %d people, ignored %+v", row, n, r.Ignored)
		}
	}
}

func TestAColumnSomebodyAddedIsTold(t *testing.T) {
	r := reader.Read(listForm, form.Stamp{}, sheet(
		[]string{"1", "Trần Thị Bình", "Chuyên viên", "05/03/1980", "Được quy hoạch"},
		[]string{"2", "Lê Văn Cường", "Chuyên viên", "06/04/1981", "Không"},
	), form.Context{})
	var cells []string
	for _, f := range r.Findings {
		if f.Code == finding.OutsideTable {
			cells = append(cells, f.Cell)
		}
	}
	if len(cells) != 1 || cells[0] != "E2" {
		t.Errorf("told of %v, want the first cell of the column once", cells)
	}
	if r.Rows.Accepted != 2 {
		t.Errorf("rows %+v", r.Rows)
	}
}
