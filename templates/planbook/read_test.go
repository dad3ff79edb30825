package planbook

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"thidua/ingest/ooxml"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

// written is the workbook of the built-in plan.
var written = sync.OnceValues(func() ([]byte, error) {
	p, err := plan.Default()
	if err != nil {
		return nil, err
	}
	return Write(p)
})

// edited is the workbook of the built-in plan after a person changed it.
func edited(t testing.TB, edit func(f *excelize.File)) []byte {
	t.Helper()
	b, err := written()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// cellOf finds the cell in the column of that title whose row holds a text.
func cellOf(t testing.TB, f *excelize.File, sheet, text, title string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	col := 0
	for _, row := range rows {
		for i, c := range row {
			if c == title {
				col = i + 1
			}
		}
	}
	for i, row := range rows {
		for _, c := range row {
			if c == text && col > 0 && i > 2 {
				return grid.Ref(col, i+1)
			}
		}
	}
	t.Fatalf("%s has no row with %q or no column %q", sheet, text, title)
	return ""
}

// Each case plants one mistake; the finding must name the very cell.
func TestRead_NamesTheCellOfAMistake(t *testing.T) {
	for _, c := range []struct {
		name, sheet, row, column string
		value                    any
		want                     string
	}{
		{"a word for a number", "Chỉ tiêu", "Tổng kết giai đoạn", "Số lượng", "sáu", "“sáu” không phải số nguyên"},
		{"part of a place", "Chỉ tiêu", "Tổng kết giai đoạn", "Số lượng", 6.5, "“6.5” không phải số nguyên"},
		{"less than no place", "Chỉ tiêu", "Tổng kết giai đoạn", "Số lượng", -1, "cần ≥ 0"},
		{"a clause that is not there", "Chỉ tiêu", "Tổng kết giai đoạn", "Mục", "III.9", "“III.9”"},
		{"a kind of period nobody knows", "Chỉ tiêu", "Tổng kết giai đoạn", "Loại kỳ", "hàng tháng", "“hàng tháng”"},
		{"a sum that is another", "Tổng chỉ tiêu", "Tổng kết giai đoạn", "Số lượng", 99, "khác tổng số"},
		{"a day that does not exist", "Kỳ và thời hạn", "2019", "Đăng ký trước ngày", "30/02/2019",
			"“30/02/2019” không phải ngày"},
		{"a deadline outside its period", "Kỳ và thời hạn", "2019", "Hồ sơ trước ngày", "10/03/2017", "ngoài kỳ"},
		{"a period that ends first", "Kỳ và thời hạn", "2019", "Đến ngày", "31/12/2018", "không đúng thứ tự"},
		{"a check within a criterion", "Tiêu chuẩn", "Công đoàn", "Số mức cao nhất", 9, "Số mức cao nhất là 9"},
		{"a scale nobody knows", "Tiêu chuẩn", "Công đoàn", "Thang", "onion", "“onion”"},
		{"a check of no kind", "Tiêu chuẩn", "TT6", "Phép kiểm tra", "bói", "“bói”"},
		{"a level the scale does not have", "Tiêu chuẩn", "TT5", "Mức tối thiểu", "Giỏi",
			"“Giỏi” không có trong thang"},
		{"a check that hangs in the air", "Tiêu chuẩn", "Công đoàn", "Bậc", "7.1", "Bậc “7.1”"},
		{"a check placed twice", "Tiêu chuẩn", "Công đoàn", "Bậc", "1", "Bậc “1”"},
		{"bands out of order", "Thang xếp loại", "index-band", "Từ (%)", 5, "giảm dần"},
		{"no e-mail address", "Đơn vị", "05434", "Địa chỉ thư", "quangvinh", "không phải là địa chỉ thư"},
		{"neither yes nor no", "Đơn vị", "05434", "Tạm lấy", "chắc thế", "không phải Có hoặc Không"},
		{"assumed without a note", "Đơn vị", "05434", "Ghi chú", "", "không có ghi chú"},
		{"a name of two units", "Đơn vị", "05434", "Tên ngắn", "Tân Thịnh", "chỉ hơn một đơn vị"},
		{"a day for a name", "Đơn vị", "05434", "Tên ngắn", time.Date(2018, 3, 10, 0, 0, 0, 0, time.UTC),
			"đang là ngày 10/3/2018"},
		{"a second chair", "Hội đồng", "Trần Mẫu Hai", "Địa chỉ thư", "hai", "không phải là địa chỉ thư"},
		{"a threshold above all", "Thông tin chung", "Hội đồng: tỷ lệ đồng ý cần đạt (%)", "Giá trị", 500,
			"(%) là 500"},
		{"a text blanked", "Thông tin chung", "Tên kế hoạch", "Giá trị", "", "Thiếu “Tên kế hoạch”"},
		{"a day beyond the month", "Kỳ báo cáo", "docket", "Ngày trong năm", "31/02",
			"Ngày trong năm phải là ngày đầy đủ"},
		{"an audience nobody knows", "Kỳ báo cáo", "docket", "Gửi đến", "cả làng", "“cả làng”"},
		{"a kind of day nobody knows", "Lịch", "Ngày làm bù", "Loại", "ngày nắng",
			"“ngày nắng” không có trong danh sách"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cell := ""
			b := edited(t, func(f *excelize.File) {
				cell = cellOf(t, f, c.sheet, c.row, c.column)
				if err := f.SetCellValue(c.sheet, cell, c.value); err != nil {
					t.Fatal(err)
				}
				if _, day := c.value.(time.Time); day {
					style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
					if err != nil {
						t.Fatal(err)
					}
					if err := f.SetCellStyle(c.sheet, cell, cell, style); err != nil {
						t.Fatal(err)
					}
				}
			})
			r := Read(open(t, b))
			for _, x := range r.Problems {
				if strings.Contains(x.Text, "⟦") {
					t.Errorf("no words: %+v", x)
				}
			}
			for _, x := range r.Problems {
				if x.Sheet == c.sheet && x.Cell == cell && strings.Contains(x.Text, c.want) && r.Faults() > 0 {
					return
				}
			}
			t.Errorf("want %s!%s %q, got %+v", c.sheet, cell, c.want, r.Problems)
		})
	}
}

func TestRead_TheWholeFile(t *testing.T) {
	for _, c := range []struct {
		name  string
		edit  func(f *excelize.File) error
		sheet string
		want  string
	}{
		{"a sheet deleted", func(f *excelize.File) error { return f.DeleteSheet("Đơn vị") }, "",
			"Thiếu trang “Đơn vị”"},
		{"a column renamed", func(f *excelize.File) error { return f.SetCellStr("Chỉ tiêu", "D3", "Bao nhiêu") },
			"Chỉ tiêu", "Thiếu cột “Số lượng”"},
		{"a header deleted", func(f *excelize.File) error { return f.RemoveRow("Điều khoản", 3) }, "Điều khoản",
			"dòng tiêu đề cột"},
		{"a setting deleted", func(f *excelize.File) error { return f.RemoveRow("Thông tin chung", 5) },
			"Thông tin chung", "Thiếu dòng “Số, ký hiệu kế hoạch”"},
		{"a clause without its number", func(f *excelize.File) error { return f.SetCellStr("Điều khoản", "A4", "") },
			"Điều khoản", "Thiếu “Mục”"},
		{"a level without its scale", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("Thang xếp loại", "A4", ""), f.SetCellStr("Thang xếp loại", "B4", ""),
				f.SetCellStr("Thang xếp loại", "D4", ""))
		}, "Thang xếp loại", "phía trên chưa có dòng nào"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Read(open(t, edited(t, func(f *excelize.File) {
				if err := c.edit(f); err != nil {
					t.Fatal(err)
				}
			})))
			for _, x := range r.Problems {
				if x.Sheet == c.sheet && strings.Contains(x.Text, c.want) && r.Faults() > 0 {
					return
				}
			}
			t.Errorf("want %q, got %+v", c.want, r.Problems)
		})
	}
	t.Run("a workbook that is no plan", func(t *testing.T) {
		r := Read(&grid.Workbook{Sheets: []grid.Sheet{{Name: "Sheet1"}}})
		if r.Plan != nil || r.Faults() != 1 ||
			!strings.Contains(r.Problems[0].Text, "không phải bảng tính của kế hoạch") {
			t.Errorf("%+v", r.Problems)
		}
	})
}

func TestRead_CellsWithoutAValueOfTheirOwn(t *testing.T) {
	for _, c := range []struct {
		name string
		cell grid.Cell
		want string
	}{
		{"an error", grid.Cell{Kind: grid.Error, Text: "#REF!"}, "Ô báo lỗi #REF!"},
		{"a formula nobody computed", grid.Cell{Formula: true, NoCache: true}, "công thức chưa có kết quả"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := toGrid(build(thaiNguyen(t)))
			s := w.Sheet("Chỉ tiêu")
			c.cell.Row, c.cell.Col = 4, 4
			s.Rows[1].Cells[3] = c.cell
			r := Read(w)
			if len(r.Problems) == 0 || r.Problems[0].Cell != "D4" || !strings.Contains(r.Problems[0].Text, c.want) {
				t.Errorf("want %s, got %+v", c.want, r.Problems)
			}
		})
	}
}

// What an office does without harm: columns and sheets in another order, lines above the header,
// blank rows, days as texts, codes for names, a percentage, other spellings of yes.
func TestRead_TakesWhatMeansTheSame(t *testing.T) {
	p := thaiNguyen(t)
	want, _ := encoded(t, p)
	b := edited(t, func(f *excelize.File) {
		for _, err := range []error{
			f.InsertRows("Chỉ tiêu", 3, 2),
			f.InsertRows("Chỉ tiêu", 8, 3),
			f.InsertCols("Đơn vị", "C", 1),
			f.MoveSheet("Đơn vị", "Thông tin chung"),
			f.SetCellStr("Kỳ và thời hạn", cellOf(t, f, "Kỳ và thời hạn", "2019", "Đến ngày"), "31/12/2019"),
			f.SetCellStr("Kỳ và thời hạn", cellOf(t, f, "Kỳ và thời hạn", "2020", "Đến ngày"), "2020-12-31"),
			f.SetCellStr("Tổng chỉ tiêu", "A4", "annual"),
			f.SetCellStr("Tổng chỉ tiêu", "B4", "TAP THE"),
			f.SetCellInt("Kỳ và thời hạn", cellOf(t, f, "Kỳ và thời hạn", "2019", "Mã kỳ"), 2019),
			f.SetCellStr("Đơn vị", cellOf(t, f, "Đơn vị", "05434", "Tạm lấy"), " x "),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	r := Read(open(t, b))
	if r.Plan == nil {
		t.Fatalf("%+v", r.Problems)
	}
	if got, _ := encoded(t, r.Plan); got != want {
		t.Errorf("the plan is another: %+v", Diff(p, r.Plan))
	}
}

func TestRead_WarnsOfWhatNobodyReads(t *testing.T) {
	r := Read(open(t, edited(t, func(f *excelize.File) {
		if err := f.SetCellStr("Chỉ tiêu", "H5", "xem lại"); err != nil {
			t.Fatal(err)
		}
	})))
	if len(r.Problems) != 1 || !r.Problems[0].Warning || r.Problems[0].Cell != "H5" || r.Plan == nil {
		t.Errorf("%+v", r.Problems)
	}
}

func TestRead_AfterLibreOffice(t *testing.T) {
	tool, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed")
	}
	p := thaiNguyen(t)
	b, err := Write(p)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "plan.xlsx")
	if err := os.WriteFile(in, b, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, tool, "--headless", "-env:UserInstallation=file://"+
		filepath.Join(dir, "profile"),
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "out", "plan.xlsx"))
	if err != nil {
		t.Fatalf("soffice wrote nothing: %v\n%s", err, out)
	}
	r := Read(open(t, saved))
	if len(r.Problems) > 0 {
		t.Fatalf("%+v", r.Problems)
	}
	want, wantHash := encoded(t, p)
	if got, gotHash := encoded(t, r.Plan); got != want || gotHash != wantHash {
		t.Errorf("the plan is another: %+v", Diff(p, r.Plan))
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "III.1.2", "31/12/2018", "2; 3", "1.1", "Có", "annual", "-7; x",
		"9999999999999999999", "\ufeff ", "2018-02-30"} {
		f.Add(uint8(3), uint16(5), uint8(2), seed)
	}
	b, err := Write(thaiNguyen(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, sheet uint8, row uint16, col uint8, text string) {
		w, err := ooxml.Read(b, ooxml.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		s := &w.Sheets[int(sheet)%len(w.Sheets)]
		if len(s.Rows) == 0 {
			return
		}
		cells := s.Rows[int(row)%len(s.Rows)].Cells
		if len(cells) == 0 {
			return
		}
		c := &cells[int(col)%len(cells)]
		c.Kind, c.Text = grid.Text, text
		r := Read(w)
		if (r.Plan == nil || len(plan.Lint(r.Plan)) > 0) && len(r.Problems) == 0 {
			t.Fatalf("%q in %s!%s is wrong and nobody is told", text, s.Name, c.Ref())
		}
	})
}
