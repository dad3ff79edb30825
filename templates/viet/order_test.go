package viet

import (
	"slices"
	"strings"
	"testing"
)

func TestSortNames_ByGivenNameThenFamilyName(t *testing.T) {
	want := []string{"Dương Văn An", "Đỗ Thị An", "Lê An", "Nguyễn Văn An", "Trần Ánh", "Lê Hồng Ân", "Bùi Dũng", "Phạm Đào", "Vũ Hoa", "Lê Thị Hoà", "Trần Thị Hòa", "Ngô Hoạt"}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortNames(got, func(s string) string { return s })
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), strings.Join(want, ", "))
	}
	if !NameLess("Trần An", "Lê Bình") || NameLess("Lê Bình", "TRẦN AN") {
		t.Error("NameLess looks at the family name first, or at case")
	}
}

func TestSortTexts(t *testing.T) {
	got := []string{"Đồng Quang", "Thịnh Đán", "Cam Giá", "Tân Thịnh", "Tân Thành", "Định Hóa", "Duyên"}
	SortTexts(got, func(s string) string { return s })
	want := []string{"Cam Giá", "Duyên", "Định Hóa", "Đồng Quang", "Tân Thành", "Tân Thịnh", "Thịnh Đán"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestNumberWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm", 20: "hai mươi", 21: "hai mươi mốt",
		24: "hai mươi tư", 25: "hai mươi lăm", 100: "một trăm", 101: "một trăm linh một", 105: "một trăm linh năm", 115: "một trăm mười lăm",
		121: "một trăm hai mươi mốt", 1000: "một nghìn", 1005: "một nghìn không trăm linh năm", 2018: "hai nghìn không trăm mười tám",
		1234567:  "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy",
		20000000: "hai mươi triệu", 1000000000: "một tỷ", 2000000000000: "hai nghìn tỷ", 1000000005: "một tỷ không trăm linh năm", -3: "âm ba",
		9223372036854775807:  "chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh bảy",
		-9223372036854775808: "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám",
	} {
		if got := NumberWords(n); got != want {
			t.Errorf("NumberWords(%d) = %q, want %q", n, got, want)
		}
	}
}
