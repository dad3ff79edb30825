package xlsx_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/xlsx"
)

// The sheets that explain a form are known for what they are under any name: other programs and people name sheets anew, and labels of the
// guide are no second place of the values.
func TestTheGuideIsNoFormUnderAnyName(t *testing.T) {
	_, ctx := world(t)
	for _, f := range templates.Forms() {
		b, err := xlsx.Write(f, heading, ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		plain := read(t, f, ctx, b)
		renamed := read(t, f, ctx, changed(t, b, func(x *excelize.File) error {
			for i, name := range x.GetSheetList() {
				if err := x.SetSheetName(name, fmt.Sprintf("Sheet%d", i+1)); err != nil {
					return err
				}
			}
			return nil
		}))
		if got, want := len(renamed.Findings), len(plain.Findings); got != want {
			t.Errorf("%s: %d findings, %d under their own names: %v", f.ID, got, want, renamed.Findings)
		}
	}
}

// What a cell says is the same as above is what stands above; at the top of the list, and as a name, it is nothing of the kind.
func TestDitto(t *testing.T) {
	r := xlsx.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
		STT | Họ và tên      | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình  | 05/03/1980 | Nữ   | Công chức Tư pháp | nt
		2   | Lê Thị Hoa     | -nt-       | "    | như trên          | Một cửa
		3   | nt             | 06/04/1981 | -//- | Chuyên viên       | 〃
	`)}}, form.Context{})
	want := []string{"Trần Thị Bình, 1980-03-05, Nữ, Công chức Tư pháp, nt", "Lê Thị Hoa, 1980-03-05, Nữ, Công chức Tư pháp, Một cửa", "nt, 1981-04-06, Nữ, Chuyên viên, Một cửa"}
	if got := people(r); !slices.Equal(got, want) {
		t.Errorf("read %q", got)
	}
	n := 0
	for _, p := range r.Repairs {
		if p.Rule == "ditto" {
			n++
		}
	}
	if n != 5 || !finding.Has(r.Findings, finding.NotFullName) {
		t.Errorf("%d repairs told, findings %v", n, r.Findings)
	}
}

// Rows of nothing but formulas that lost what they refer to are told; helper formulas that found nothing are not.
func TestRowsOfFailedFormulas(t *testing.T) {
	r := xlsx.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ    | Công chức | Một cửa
		2   | #REF!         | #REF!      | #REF! | #REF!     | #REF!
		3   | #N/A          | #N/A       | #N/A  | #N/A      | #N/A
	`)}}, form.Context{})
	told := 0
	for _, f := range r.Findings {
		if f.Code == finding.FailedRows && f.Cell == "B3" && f.Read == "1" {
			told++
		}
	}
	if told != 1 || r.Rows != (form.Count{Read: 3, Accepted: 1, Ignored: 2}) {
		t.Errorf("rows %+v, findings %v", r.Rows, r.Findings)
	}
}

// A second line of a text, put into the next row, is asked about for what it is, and nothing else is asked of it.
func TestARowThatGoesOn(t *testing.T) {
	r := xlsx.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ | Công chức Tư pháp - | Một cửa
		2   |               |            |    | Hộ tịch             |
		3   | Lê Thị Hoa    | 06/04/1981 | Nữ | Chuyên viên         |
	`)}}, form.Context{})
	if len(r.Findings) != 1 || r.Findings[0].Code != finding.Continued || r.Findings[0].Cell != "E3" || r.Rows != (form.Count{Read: 3, Accepted: 2, ToFix: 1}) {
		t.Errorf("rows %+v, findings %v", r.Rows, r.Findings)
	}
}

// Helper formulas beside a table, computed or not, are told once; a remark is told where it stands.
func TestFormulasBesideATableAreToldOnce(t *testing.T) {
	s := drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ | Công chức | Một cửa
	`)
	for row := 3; row <= 40; row++ {
		s.Rows = append(s.Rows, grid.Row{Num: row, Cells: []grid.Cell{{Row: row, Col: 1, Kind: grid.Number, Number: float64(row - 1), Text: fmt.Sprint(row - 1)},
			{Row: row, Col: 9, Kind: grid.Number, Text: "0", Formula: true}, {Row: row, Col: 11, Formula: true, NoCache: true}}})
	}
	r := xlsx.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{s}}, form.Context{})
	if len(r.Findings) != 1 || r.Findings[0].Code != finding.OutsideTable || r.Findings[0].Cell != "I3" || r.Rows != (form.Count{Read: 39, Accepted: 1, Ignored: 38}) {
		t.Errorf("rows %+v, findings %v", r.Rows, r.Findings)
	}
}

// What is struck through stays struck in the marked copy: sent back as it is, it is asked about again.
func TestStruckWordsStayStruck(t *testing.T) {
	_, ctx := world(t)
	v := &templates.Registration{Individuals: []templates.RegisteredPerson{{Name: form.Of("Trần Thị Mẫu Bình"), Born: form.Of("1980-03-05"), Position: form.Of("Công chức")}}}
	b, err := xlsx.Write(templates.RegistrationForm, heading, ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, templates.RegistrationForm, ctx, changed(t, b, func(x *excelize.File) error {
		id, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		if err != nil {
			return err
		}
		return x.SetCellStyle("CÁ NHÂN", "B11", "K11", id)
	}))
	for range 2 {
		var at []string
		for _, f := range r.Findings {
			if f.Code == finding.Struck {
				at = append(at, f.Cell)
			}
		}
		if !slices.Equal(at, []string{"C11"}) { // once, at the name
			t.Fatalf("asked about %v", at)
		}
		marked, err := xlsx.Mark(r, heading, ctx)
		if err != nil {
			t.Fatal(err)
		}
		r = read(t, templates.RegistrationForm, ctx, marked)
	}
}
