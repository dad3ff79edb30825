package reader_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/reader"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// The sheets that explain a form are known for what they are under any name: other programs and
// people name sheets anew, and labels of the guide are no second place of the values.
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

// What a cell says is the same as above is what stands above; at the top of the list, and as a
// name, it is nothing of the kind.
func TestDitto(t *testing.T) {
	r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
		STT | Họ và tên      | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình  | 05/03/1980 | Nữ   | Công chức Tư pháp | nt
		2   | Lê Thị Hoa     | -nt-       | "    | như trên          | Một cửa
		3   | nt             | 06/04/1981 | -//- | Chuyên viên       | 〃
	`)}}, form.Context{})
	want := []string{"Trần Thị Bình, 1980-03-05, Nữ, Công chức Tư pháp, nt",
		"Lê Thị Hoa, 1980-03-05, Nữ, Công chức Tư pháp, Một cửa", "nt, 1981-04-06, Nữ, Chuyên viên, Một cửa"}
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

// Rows of nothing but formulas that lost what they refer to are told; helper formulas that found
// nothing are not.
func TestRowsOfFailedFormulas(t *testing.T) {
	r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
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

// A second line of a text, put into the next row, is asked about for what it is, and nothing else
// is asked of it.
func TestARowThatGoesOn(t *testing.T) {
	r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ | Công chức Tư pháp - | Một cửa
		2   |               |            |    | Hộ tịch             |
		3   | Lê Thị Hoa    | 06/04/1981 | Nữ | Chuyên viên         |
	`)}}, form.Context{})
	if len(r.Findings) != 1 || r.Findings[0].Code != finding.Continued || r.Findings[0].Cell != "E3" ||
		r.Rows != (form.Count{Read: 3, Accepted: 2, ToFix: 1}) {
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
		s.Rows = append(s.Rows,
			grid.Row{Num: row,
				Cells: []grid.Cell{{Row: row, Col: 1, Kind: grid.Number, Number: float64(row - 1),
					Text: fmt.Sprint(row - 1)},
					{Row: row, Col: 9, Kind: grid.Number, Text: "0", Formula: true},
					{Row: row, Col: 11, Formula: true, NoCache: true}}})
	}
	r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{s}}, form.Context{})
	if len(r.Findings) != 1 || r.Findings[0].Code != finding.OutsideTable || r.Findings[0].Cell != "I3" ||
		r.Rows != (form.Count{Read: 39, Accepted: 1, Ignored: 38}) {
		t.Errorf("rows %+v, findings %v", r.Rows, r.Findings)
	}
}

// What is struck through stays struck in the marked copy: sent back as it is, it is asked about
// again.
func TestStruckWordsStayStruck(t *testing.T) {
	_, ctx := world(t)
	v := &templates.Registration{Individuals: []templates.RegisteredPerson{{Name: form.Of("Trần Thị Mẫu Bình"),
		Born: form.Of("1980-03-05"), Position: form.Of("Công chức")}}}
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

// A sheet that somebody puts last, where Excel puts a new one, or calls by a name that begins like
// that of the lists, is read and told like any other. What stands on a sheet that is taken for the
// lists and holds none of them is told too.
func TestASheetOfOnesOwnIsNotTheLists(t *testing.T) {
	_, ctx := world(t)
	v := &templates.Registration{Individuals: []templates.RegisteredPerson{{Name: form.Of("Trần Thị Mẫu Bình"),
		Born: form.Of("1980-03-05"), Position: form.Of("Công chức")}}}
	b, err := xlsx.Write(templates.RegistrationForm, heading, ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, x := range templates.RegistrationForm.Blocks() {
		for _, f := range x.Fields {
			if x.Key == "individuals" {
				titles = append(titles, f.Title)
			}
		}
	}
	person := make([]string, len(titles))
	for i := range person {
		person[i] = "Lê Thị Hoa"
	}
	remark := [][]string{{"Tên", "Ghi chú gửi Phòng"}, {"Lê Thị Hoa", "đề nghị thêm"}}
	for _, c := range []struct {
		name, before string
		rows         [][]string
		people       int
		told         finding.Code
	}{
		{"Sheet1", "_thidua", [][]string{titles, person}, 2, finding.FurtherTable},
		{"DANH MỤC CÁ NHÂN", "CÁ NHÂN", [][]string{titles, person}, 2, finding.FurtherTable},
		{"Sheet1", "_thidua", remark, 1, finding.SheetNotRead},
		{"DANH MỤC (2)", "_thidua", remark, 1, finding.WroteOnGuide},
	} {
		r := read(t, templates.RegistrationForm, ctx, changed(t, b, func(x *excelize.File) error {
			if _, err := x.NewSheet(c.name); err != nil {
				return err
			}
			for i, row := range c.rows {
				if err := x.SetSheetRow(c.name, fmt.Sprint("A", i+1), &row); err != nil {
					return err
				}
			}
			return x.MoveSheet(c.name, c.before)
		}))
		told := slices.ContainsFunc(r.Findings, func(f finding.Finding) bool {
			return f.Code == c.told &&
				f.Sheet == c.name
		})
		if n := len(r.Value.(*templates.Registration).Individuals); n != c.people || !told {
			t.Errorf("%s before %s: %d people, %v", c.name, c.before, n, r.Findings)
		}
	}
}

// An answer that a unit writes beside the findings of a marked workbook is told to be unread; the
// findings themselves are no such thing.
func TestAnAnswerBesideTheFindingsIsTold(t *testing.T) {
	_, ctx := world(t)
	b, err := xlsx.Write(templates.RegistrationForm, heading, ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	marked, err := xlsx.Mark(read(t, templates.RegistrationForm, ctx, b), heading, ctx)
	if err != nil {
		t.Fatal(err)
	}
	result := wording.Text("form.sheet.result")
	for _, answer := range []string{"", "Đơn vị đã sửa"} {
		r := read(t, templates.RegistrationForm, ctx,
			changed(t, marked, func(x *excelize.File) error { return x.SetCellStr(result, "J5", answer) }))
		if told := slices.ContainsFunc(r.Findings, func(f finding.Finding) bool {
			return f.Code == finding.WroteOnGuide && f.Sheet == result && f.Cell == "J5"
		}); told != (answer != "") {
			t.Errorf("%q: %v", answer, r.Findings)
		}
	}
}

// A cell whose format strikes through, but not a word, is blank.
func TestNothingStruckIsNothing(t *testing.T) {
	s := drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ | Công chức | Một cửa
	`)
	last := &s.Rows[1].Cells[5]
	last.Text, last.Struck = " ", true
	if r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{s}},
		form.Context{}); len(r.Findings) > 0 {
		t.Errorf("findings %v", r.Findings)
	}
}

// The sheets of another form stay those of the other form when a workbook is taken for another fit
// of its own.
func TestAnotherFitTakesNothingFromAnotherForm(t *testing.T) {
	list := staffForm.Sheets[0]
	list.Blocks = []form.Block{list.Blocks[0],
		form.Table("cars", "Xe", 10, func(s *staff) *[]member { return &s.People },
			form.TextField("plate", "Biển kiểm soát", func(m *member) *form.Value { return &m.Name }),
			form.TextField("driver", "Lái xe", func(m *member) *form.Value { return &m.Post }))}
	guests := &form.Form{ID: "guests", Version: 1, New: staffForm.New, Sheets: []form.Sheet{list}}
	w := &grid.Workbook{Sheets: []grid.Sheet{drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ | Công chức | Một cửa
	`), drawn("KHÁCH", `
		STT | Họ và tên  | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Lê Thị Hoa | 06/04/1981 | Nữ | Chuyên viên | Phường bên
	`), drawn("XE", `
		STT | Biển kiểm soát | Lái xe
		1   | 20A-000.01     | Anh Nam
	`)}}
	k, ok := reader.Recognise(w, []*form.Form{staffForm, guests})
	fit := *staffForm
	for name, r := range map[string]*form.Reading{"at first": k.Read(form.Context{}),
		"as another fit": k.As(&fit).Read(form.Context{})} {
		if got := people(r); !ok || len(got) != 1 || !finding.Has(r.Findings, finding.SeveralForms) {
			t.Errorf("%s: recognised %v, read %q, %v", name, ok, got, r.Findings)
		}
	}
	for i := range w.Sheets[1:] { // nobody is asked to put right what he does not see
		w.Sheets[1+i].Hidden = true
	}
	k, _ = reader.Recognise(w, []*form.Form{staffForm, guests})
	if r := k.Read(form.Context{}); len(people(r)) != 1 || len(musts(r)) > 0 ||
		!finding.Has(r.Findings, finding.SheetNotRead) {
		t.Errorf("hidden: read %q, %v", people(r), r.Findings)
	}
}

// Hidden columns in which something stands are named once each, however far to the right they are
// and however often a file hides them.
func TestHiddenColumnsAreNamedOnce(t *testing.T) {
	s := drawn("DANH SÁCH", `
		STT | Họ và tên     | Ngày, tháng, năm sinh | Giới tính | Chức vụ, chức danh | Đơn vị công tác
		1   | Trần Thị Bình | 05/03/1980 | Nữ | Công chức | Một cửa
	`)
	s.Rows[1].Cells = append(s.Rows[1].Cells, grid.Cell{Row: 2, Col: 100, Kind: grid.Text, Text: "bản nháp"})
	s.HiddenColumns = []grid.Columns{{From: 5, To: 5}, {From: 5, To: 6}, {From: 7, To: 16_384}}
	r := reader.Read(staffForm, form.Stamp{}, &grid.Workbook{Sheets: []grid.Sheet{s}}, form.Context{})
	if i := slices.IndexFunc(r.Findings,
		func(f finding.Finding) bool { return f.Code == finding.HiddenColumns }); i < 0 ||
		r.Findings[i].Read != "E, F, CV" {
		t.Errorf("findings %+v", r.Findings)
	}
}
