package viet

import (
	"slices"
	"strings"
	"testing"
)

func TestSortNames_ByGivenNameThenFamilyName(t *testing.T) {
	want := []string{"Dương Văn An", "Đỗ Thị An", "Lê An", "Nguyễn Văn An", "Trần Ánh", "Lê Hồng Ân", "Bùi Dũng",
		"Phạm Đào", "Vũ Hoa", "Lê Thị Hoà", "Trần Thị Hòa", "Ngô Hoạt"}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortNames(got, func(s string) string { return s })
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), strings.Join(want, ", "))
	}
	if s := NewSorter(); s.NameKey("Trần An") >= s.NameKey("Lê Bình") || s.NameKey("Lê Bình") < s.NameKey("TRẦN AN") {
		t.Error("the order looks at the family name first, or at case")
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
