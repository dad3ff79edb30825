package reader_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/xlsx"
)

// What people write where no cell of the form is, is told with its place; a running number of their
// own is nothing to tell of.
func TestWhatIsWrittenAsideIsTold(t *testing.T) {
	p, ctx := world(t)
	f := templates.RegistrationForm
	var wrote *templates.Registration
	for seed := 0; wrote == nil || len(wrote.Individuals) < 2; seed++ {
		one := rapid.Custom(func(t *rapid.T) any { return filled(t, p, f, ctx) }).Example(seed)
		wrote = one.(*templates.Registration)
	}
	b, err := xlsx.Write(f, heading, ctx, wrote)
	if err != nil {
		t.Fatal(err)
	}
	b = changed(t, b, func(x *excelize.File) error {
		if err := errors.Join(x.InsertCols("CÁ NHÂN", "A", 1), x.InsertRows("ĐƠN VỊ", 25, 1),
			x.UnmergeCell("ĐƠN VỊ", "D18", "H18")); err != nil {
			return err
		}
		for cell, text := range map[string]string{
			// beside a value; a line of its own
			"ĐƠN VỊ!F18": "máy bàn", "ĐƠN VỊ!B25": "Ghi chú thêm", "ĐƠN VỊ!C25": "Đơn vị mới sáp nhập",
			"CÁ NHÂN!A9": "STT chung", "CÁ NHÂN!A11": "1", "CÁ NHÂN!A12": "2",
			"CÁ NHÂN!M9": "Số CCCD", "CÁ NHÂN!M11": "0190800", "CÁ NHÂN!M12": "0190801",
		} {
			sheet, at, _ := strings.Cut(cell, "!")
			if err := x.SetCellStr(sheet, at, text); err != nil {
				return err
			}
		}
		return nil
	})
	var got []string
	for _, x := range read(t, f, ctx, b).Findings {
		if x.Code == finding.OutsideTable {
			got = append(got, x.Sheet+"!"+x.Cell+" "+x.Read)
		}
	}
	want := []string{"ĐƠN VỊ!F18 máy bàn", "ĐƠN VỊ!B25 Ghi chú thêm; Đơn vị mới sáp nhập",
		"CÁ NHÂN!M11 Số CCCD: 0190800"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A column that is gone is called a column, and a label a cell.
func TestWhatIsDeletedIsCalledByItsName(t *testing.T) {
	p, ctx := world(t)
	f := templates.RegistrationForm
	b, err := xlsx.Write(f, heading, ctx, rapid.Custom(func(t *rapid.T) any { return filled(t, p, f, ctx) }).Example(3))
	if err != nil {
		t.Fatal(err)
	}
	b = changed(t, b, func(x *excelize.File) error {
		if err := x.SetCellStr("ĐƠN VỊ", "B20", "Quân số"); err != nil {
			return err
		}
		return x.RemoveCol("CÁ NHÂN", "H")
	})
	var got []string
	for _, x := range read(t, f, ctx, b).Findings {
		if x.Code == finding.MissingBlock || x.Code == finding.OutsideTable {
			got = append(got, x.Message)
		}
	}
	want := []string{"Không tìm thấy ô “Tổng số CBCCVC, người lao động” trong tệp.",
		"“Quân số; 100000” nằm ngoài các ô của phần “Thông tin đơn vị đăng ký” nên không được đọc.",
		"Không tìm thấy cột “Đối tượng” trong tệp."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
