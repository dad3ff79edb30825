package alike

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"thidua/templates/finding"
	"thidua/templates/plan"
)

func TestTheSameInAColumnIsOneLine(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	at := func(cell string) finding.At { return finding.At{Sheet: "CÁ NHÂN", Cell: cell} }
	var all []finding.Finding
	for row := 11; row <= 20; row++ {
		if row == 14 {
			all = append(all, finding.New(finding.Missing, at("C14"), "field", "Họ và tên"))
			continue
		}
		all = append(all, finding.New(finding.Missing, at(fmt.Sprintf("H%d", row)), "field", "Đối tượng"))
		all = append(all, finding.New(finding.AmbiguousDate, at(fmt.Sprintf("D%d", row)), "field", "Ngày sinh", "read",
			fmt.Sprintf("5/%d", row), "want", "một ngày"))
	}
	for row := 11; row <= 20; row++ {
		if row%3 == 1 {
			continue
		}
		all = append(all, finding.New(finding.NotInList, at(fmt.Sprintf("E%d", row)), "field", "Giới tính", "read",
			strings.Repeat("x", 1+row%3), "want", "Nam; Nữ"))
	}
	all = append(all, finding.New(finding.NobodyProposed, finding.At{}),
		finding.New(finding.NobodyProposed, finding.At{}))
	var got []string
	for _, a := range Join(all) {
		got = append(got, a.Place(p.Words)+": "+a.Sentence(p.Words))
	}
	x := func(n string) string {
		return ": “Giới tính” ghi “" + n + "”, không có trong danh mục. Các giá trị được dùng: Nam; Nữ."
	}
	want := []string{
		"Trang “CÁ NHÂN”, 9 ô: H11–H13, H15–H20: Thiếu “Đối tượng”, là nội dung bắt buộc.",
		"Trang “CÁ NHÂN”, 9 ô: D11–D13, D15–D20: “Ngày sinh” ghi “5/11”, có thể hiểu thành hai ngày; hệ thống " +
			"hiểu là một ngày. Các ô còn lại tương tự.",
		"Trang “CÁ NHÂN”, ô C14: Thiếu “Họ và tên”, là nội dung bắt buộc.",
		"Trang “CÁ NHÂN”, 4 ô: E11, E14, E17, E20" + x("xxx"), "Trang “CÁ NHÂN”, ô E12" + x("x"),
		"Trang “CÁ NHÂN”, ô E15" + x("x"), "Trang “CÁ NHÂN”, ô E18" + x("x"),
		"Toàn bộ tệp: Hồ sơ chưa đề nghị tập thể hoặc cá nhân nào.",
		"Toàn bộ tệp: Hồ sơ chưa đề nghị tập thể hoặc cá nhân nào.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
