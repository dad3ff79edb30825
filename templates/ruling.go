package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Rulings are what the standing office decides otherwise than the rules alone would have it (Plan
// IV.1): a day of receipt, a longer deadline, a check that is waived, and rulings taken back. Each
// line is carried out by itself when the mail is taken in.
type Rulings struct {
	Head    RulingsHead
	Days    []DayRuling
	Waivers []WaiverRuling
	Ends    []RulingEnd
}

// RulingsHead is who decides, and by which paper.
type RulingsHead struct {
	Year, Person, Number, Date, Note form.Value
}

// DayRuling is about the day of a unit's paper.
type DayRuling struct {
	Unit, Paper, Kind, Day, Reason form.Value
}

// WaiverRuling is about one check of one nominee.
type WaiverRuling struct {
	Unit, Nominee, Paper, Criterion, Reason form.Value
}

// RulingEnd takes a ruling back.
type RulingEnd struct {
	ID, Reason form.Value
}

// The papers and the kinds that lines of a ruling choose from.
const (
	PaperRegistration = "Đăng ký thi đua"
	PaperDossier      = "Hồ sơ năm"
	PaperStage        = "Hồ sơ giai đoạn"

	RulingReceipt   = "Công nhận ngày nhận"
	RulingExtension = "Gia hạn đến ngày"
)

// RulingsForm declares the office's rulings.
var RulingsForm = &form.Form{
	ID: "xu-ly", Version: 1, Clause: "IV.1", From: form.FromOffice,
	Called: "Quyết định xử lý của cơ quan thường trực",
	New:    func() any { return &Rulings{} },
	Sheets: []form.Sheet{
		{Name: "CHUNG", Title: "QUYẾT ĐỊNH XỬ LÝ CỦA CƠ QUAN THƯỜNG TRỰC", Blocks: []form.Block{
			form.Cells("head", "Người quyết định",
				form.YearField("year", "Năm", func(r *Rulings) *form.Value { return &r.Head.Year }, form.Required(), form.Preset(), form.Clause("IV.1"),
					form.Help("Năm của kỳ thi đua; đối với hồ sơ giai đoạn ghi năm cuối.", "2018")),
				form.TextField("person", "Người quyết định (họ và tên)", func(r *Rulings) *form.Value { return &r.Head.Person }, form.Required(), form.Person(), form.Limit(100), form.Clause("IV.1"),
					form.Help("Họ và tên được ghi cùng quyết định ở mọi văn bản liên quan.", "Phạm Thị Dung")),
				form.TextField("number", "Số văn bản làm căn cứ", func(r *Rulings) *form.Value { return &r.Head.Number }, form.Limit(50),
					form.Help("Số, ký hiệu văn bản, nếu có.", "15/CV-NV")),
				form.DateField("date", "Ngày văn bản", func(r *Rulings) *form.Value { return &r.Head.Date },
					form.Help("Dạng ngày/tháng/năm.", "12/03/2018")),
				form.TextField("note", "Ghi chú", func(r *Rulings) *form.Value { return &r.Head.Note },
					form.Help("Nội dung cần nói thêm.", "Đã báo cáo Chủ tịch Hội đồng")),
			),
		}},
		{Name: "THỜI HẠN", Title: "CÔNG NHẬN NGÀY NHẬN, GIA HẠN", Landscape: true, Blocks: []form.Block{
			form.Table("days", "Để trống nếu không có", 20, func(r *Rulings) *[]DayRuling { return &r.Days },
				form.ChoiceField("unit", "Đơn vị", listUnits, func(x *DayRuling) *form.Value { return &x.Unit }, form.Required(), form.Width(32), form.Clause("III.4"),
					form.Help("Tên đơn vị theo danh sách.", "UBND phường Tân Thịnh")),
				form.OneOfField("paper", "Văn bản", []string{PaperRegistration, PaperDossier, PaperStage}, func(x *DayRuling) *form.Value { return &x.Paper }, form.Required(), form.Width(18), form.Clause("III.4"),
					form.Help("Văn bản có thời hạn.", PaperRegistration)),
				form.OneOfField("kind", "Quyết định", []string{RulingReceipt, RulingExtension}, func(x *DayRuling) *form.Value { return &x.Kind }, form.Required(), form.Width(22), form.Clause("III.4"),
					form.Help("Công nhận ngày đơn vị đã nộp, hoặc gia hạn cho đơn vị.", RulingReceipt)),
				form.DateField("day", "Ngày", func(x *DayRuling) *form.Value { return &x.Day }, form.Required(), form.Width(14), form.Clause("III.4"),
					form.Help("Ngày được công nhận đã nhận, hoặc ngày cuối của thời hạn mới.", "09/03/2018")),
				form.TextField("reason", "Lý do", func(x *DayRuling) *form.Value { return &x.Reason }, form.Required(), form.Limit(500), form.Width(50), form.Clause("IV.1"),
					form.Help("Lý do, được in ở mọi văn bản liên quan.", "Đơn vị đã nộp bản giấy ngày 09/3/2018")),
			),
		}},
		{Name: "MIỄN TIÊU CHUẨN", Title: "MIỄN MỘT TIÊU CHUẨN CHO MỘT TẬP THỂ, CÁ NHÂN", Landscape: true, Blocks: []form.Block{
			form.Table("waivers", "Để trống nếu không có", 20, func(r *Rulings) *[]WaiverRuling { return &r.Waivers },
				form.ChoiceField("unit", "Đơn vị", listUnits, func(x *WaiverRuling) *form.Value { return &x.Unit }, form.Required(), form.Width(32), form.Clause("III.2"),
					form.Help("Đơn vị đã đề nghị.", "UBND phường Tân Thịnh")),
				form.TextField("nominee", "Tập thể, cá nhân", func(x *WaiverRuling) *form.Value { return &x.Nominee }, form.Required(), form.Limit(200), form.Width(32), form.Clause("III.2"),
					form.Help("Tên như trong hồ sơ, hoặc mã trong tài liệu họp.", "Trần Thị Bình")),
				form.OneOfField("paper", "Hồ sơ", []string{PaperDossier, PaperStage}, func(x *WaiverRuling) *form.Value { return &x.Paper }, form.Required(), form.Width(18), form.Clause("III.3"),
					form.Help("Hồ sơ của năm hay của giai đoạn.", PaperDossier)),
				form.TextField("criterion", "Mã tiêu chuẩn", func(x *WaiverRuling) *form.Value { return &x.Criterion }, form.Required(), form.Limit(20), form.Width(16), form.Clause("III.2"),
					form.Help("Mã như trong báo cáo thẩm định: TT4, hoặc TT4.2 cho riêng nội dung thứ hai.", "TT4.2")),
				form.TextField("reason", "Lý do", func(x *WaiverRuling) *form.Value { return &x.Reason }, form.Required(), form.Limit(500), form.Width(50), form.Clause("IV.1"),
					form.Help("Lý do, được in ở mọi văn bản liên quan.", "Đơn vị không có tổ chức Đoàn")),
			),
		}},
		{Name: "THU HỒI", Title: "THU HỒI QUYẾT ĐỊNH XỬ LÝ", Blocks: []form.Block{
			form.Table("ends", "Để trống nếu không có", 20, func(r *Rulings) *[]RulingEnd { return &r.Ends },
				form.TextField("id", "Mã quyết định", func(x *RulingEnd) *form.Value { return &x.ID }, form.Required(), form.Limit(20), form.Width(20),
					form.Help("Mã trong thư trả lời khi quyết định được ghi.", "QD-3F9A1C20")),
				form.TextField("reason", "Lý do", func(x *RulingEnd) *form.Value { return &x.Reason }, form.Required(), form.Limit(500), form.Width(50),
					form.Help("Lý do thu hồi.", "Ghi nhầm đơn vị")),
			),
		}},
	},
}

// NewRulings returns the form of rulings with the year filled in.
func NewRulings(period plan.Period) *Rulings {
	return &Rulings{Head: RulingsHead{Year: form.OfInt(period.To.Year)}}
}
