package city

import (
	"math/rand/v2"
	"strings"
)

// Common names, combined at random. Given names that would make a public figure with a common
// family name are left out.
var (
	families = strings.Fields("Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Lý " +
		"Đinh Trịnh Mai Đào Tạ Chu Lưu Ma Nông Triệu Hà Tống Lương Vi")
	menMiddle   = strings.Fields("Văn Văn Văn Đức Hữu Công Duy Tiến Trung Viết Đình Bá Thế Mạnh")
	womenMiddle = strings.Fields("Thị Thị Thị Thu Thanh Hồng Bích Thùy Khánh Hải")
	menGiven    = strings.Fields("Hưng Cường Tuấn Thắng Sơn Hậu Long Bình Khoa Quyết Thịnh Toàn Lâm Tùng Hiếu Đạt " +
		"Hòa Thủy Vinh Chiến Tuyên Đoàn Hoàn Lực Kiên Nghĩa Thạch Bảo Điệp Quỳnh")
	womenGiven = strings.Fields("Lan Hằng Hoa Thảo Nhung Hạnh Huệ Yến Loan Liên Nga Thúy Hiền Oanh Dung Vân " +
		"Tuyết Quyên Trang Duyên Mơ Đào Sen Thơm Nguyệt Châm Lệ Ánh Xuyến Phượng")
)

// namer gives every person of the city a name of their own.
type namer map[string]bool

func (n namer) name(r *rand.Rand, woman bool) string {
	for {
		middle, given := menMiddle, menGiven
		if woman {
			middle, given = womenMiddle, womenGiven
		}
		name := pick(r, families) + " " + pick(r, middle) + " " + pick(r, given)
		if !n[name] {
			n[name] = true
			return name
		}
	}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// between returns a whole number from lo to hi, both included.
func between(r *rand.Rand, lo, hi int) int { return lo + r.IntN(hi-lo+1) }
