package council_test

import (
	"fmt"

	"thidua/ingest/submission"
	"thidua/reports/council"
	"thidua/reports/document"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// The docket of a year in which nobody was proposed is a docket all the same.
func ExampleDocket() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	on := calendar.Date{Year: 2019, Month: 1, Day: 18}
	s, err := round.Gather(p, submission.NewDataset(on.Start(), nil), "2018", on)
	if err != nil {
		panic(err)
	}
	made, err := council.Docket().Make(s)
	if err != nil {
		panic(err)
	}
	fmt.Println(made.Title, made.File, made.Audience, made.Formats)
	for _, block := range made.Document.Blocks {
		if h, ok := block.(document.Heading); ok && h.Level == 1 {
			fmt.Println(h.Text)
		}
	}
	// Output:
	// Tài liệu họp Hội đồng năm 2018 tai-lieu-hop-hoi-dong-2018 council [pdf xlsx docx]
	// I. CHƯƠNG TRÌNH HỌP
	// II. BÁO CÁO THẨM ĐỊNH HỒ SƠ
	// III. CHỈ TIÊU, SỐ ĐỀ NGHỊ, CƠ CẤU
	// IV. THÀNH VIÊN KHÔNG THAM GIA BỎ PHIẾU ĐỐI VỚI TRƯỜNG HỢP LIÊN QUAN
	// V. NỘI DUNG TẠM TÍNH, ĐỀ NGHỊ HỘI ĐỒNG CHO Ý KIẾN
	// PHỤ LỤC I. THỨ TỰ ĐỀ XUẤT THEO TỪNG KHỐI
	// PHỤ LỤC II. TỔNG HỢP TRÍCH NGANG THÀNH TÍCH
	// PHỤ LỤC III. KẾT QUẢ THẨM ĐỊNH THEO TỪNG TIÊU CHUẨN
	// PHỤ LỤC IV. ĐƠN VỊ CHƯA CÓ HỒ SƠ HỢP LỆ
	// PHỤ LỤC V. SỐ LIỆU CHÍNH THỨC ĐÃ SỬ DỤNG
}
