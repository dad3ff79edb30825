package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Outreach is a year's report on propaganda for the movement, by the units the plan charges with it
// (Plan IV.2).
type Outreach struct {
	Unit       ReportHead
	News       []NewsItem
	Programmes []Programme
	Sections   []PressSection
	Activities []OutreachActivity
	Examples   []GoodExample
}

// ReportHead is who reports, for which year, in which paper.
type ReportHead struct {
	Name, Code, Year, Number, Date, Signer, SignerTitle, Preparer, Phone, Note form.Value
}

// NewsItem is news, an article or a feature; several on one subject may share a line.
type NewsItem struct {
	Kind, Title, Medium, Date, Count, Note form.Value
}

// Programme is a radio or television programme.
type Programme struct {
	Name, Medium, Date, Count, Minutes, Note form.Value
}

// PressSection is a chuyên trang or chuyên mục.
type PressSection struct {
	Kind, Name, Medium, Since, Count, Note form.Value
}

// OutreachActivity is any other form of propaganda: banners, loudspeaker cars, meetings.
type OutreachActivity struct {
	Kind, Content, Date, Count, Note form.Value
}

// GoodExample is a gương điển hình tiên tiến, người tốt, việc tốt that was presented to the public.
type GoodExample struct {
	Kind, Name, Unit, Title, Date, Achievement, Note form.Value
}

var media = []string{"Phát thanh", "Truyền hình", "Cổng thông tin điện tử", "Báo, tạp chí", "Hệ thống truyền thanh cơ sở"}

// OutreachForm declares the propaganda report.
var OutreachForm = &form.Form{
	ID: "tuyen-truyen", Version: 2, Clause: "IV.2", From: form.FromUnit, Circle: form.Reporters,
	Called: "Báo cáo công tác tuyên truyền phong trào thi đua {movement}",
	New:    func() any { return &Outreach{} },
	Sheets: []form.Sheet{
		{Name: "BÁO CÁO", Title: "BÁO CÁO CÔNG TÁC TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH", Blocks: []form.Block{
			form.Cells("head", "Thông tin chung", reportHeadFields(func(o *Outreach) *ReportHead { return &o.Unit }, "IV.2", "Phòng Văn hóa và Thông tin", "PB03", "Trưởng phòng", "35/BC-VHTT")...),
		}},
		{Name: "TIN BÀI", Title: "TIN, BÀI, PHÓNG SỰ ĐÃ ĐĂNG, PHÁT", Landscape: true, Blocks: []form.Block{
			form.Table("news", "Tin, bài, phóng sự về cải cách hành chính", 60, func(o *Outreach) *[]NewsItem { return &o.News },
				form.OneOfField("kind", "Thể loại", []string{"Tin", "Bài", "Phóng sự", "Ảnh, đồ họa"}, func(n *NewsItem) *form.Value { return &n.Kind }, form.Required(), form.Width(12), form.Clause("IV.2"),
					form.Help("Chọn trong danh sách.", "Bài")),
				form.TextField("title", "Tên tin, bài hoặc chủ đề", func(n *NewsItem) *form.Value { return &n.Title }, form.Required(), form.Limit(300), form.Width(46), form.Clause("IV.2"),
					form.Help("Các tin, bài cùng chủ đề có thể ghi chung một dòng.", "Nộp hồ sơ trực tuyến: dễ hơn người dân nghĩ")),
				form.OneOfField("medium", "Phương tiện", media, func(n *NewsItem) *form.Value { return &n.Medium }, form.Required(), form.Open(), form.Width(22),
					form.Help("Chọn trong danh sách hoặc ghi phương tiện khác.", "Cổng thông tin điện tử")),
				form.DateField("date", "Ngày đăng, phát (lần đầu)", func(n *NewsItem) *form.Value { return &n.Date }, form.Required(), form.Width(14), form.Clause("IV.2"),
					form.Help("Dạng ngày/tháng/năm.", "15/05/2018")),
				form.IntField("count", "Số lượng", func(n *NewsItem) *form.Value { return &n.Count }, form.Required(), form.Between(1, 10000), form.Width(10), form.Clause("IV.2"),
					form.Help("Số tin, bài của dòng này.", "3")),
				form.TextField("note", "Ghi chú", func(n *NewsItem) *form.Value { return &n.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Báo Thái Nguyên đăng lại")),
			),
		}},
		{Name: "CHƯƠNG TRÌNH", Title: "CHƯƠNG TRÌNH PHÁT THANH, TRUYỀN HÌNH", Landscape: true, Blocks: []form.Block{
			form.Table("programmes", "Chương trình về cải cách hành chính", 30, func(o *Outreach) *[]Programme { return &o.Programmes },
				form.TextField("name", "Tên chương trình", func(p *Programme) *form.Value { return &p.Name }, form.Required(), form.Limit(300), form.Width(46), form.Clause("IV.2"),
					form.Help("Tên chương trình.", "Cải cách hành chính với người dân thành phố")),
				form.OneOfField("medium", "Phương tiện", media, func(p *Programme) *form.Value { return &p.Medium }, form.Required(), form.Open(), form.Width(22),
					form.Help("Chọn trong danh sách hoặc ghi phương tiện khác.", "Phát thanh")),
				form.DateField("date", "Ngày phát (lần đầu)", func(p *Programme) *form.Value { return &p.Date }, form.Required(), form.Width(14), form.Clause("IV.2"),
					form.Help("Dạng ngày/tháng/năm.", "02/04/2018")),
				form.IntField("count", "Số buổi phát", func(p *Programme) *form.Value { return &p.Count }, form.Required(), form.Between(1, 10000), form.Width(10), form.Clause("IV.2"),
					form.Help("Số buổi đã phát trong năm, kể cả phát lại.", "36")),
				form.IntField("minutes", "Thời lượng mỗi buổi (phút)", func(p *Programme) *form.Value { return &p.Minutes }, form.Between(1, 600), form.Width(12), form.Clause("IV.2"),
					form.Help("Số phút của một buổi.", "15")),
				form.TextField("note", "Ghi chú", func(p *Programme) *form.Value { return &p.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Phát sáng thứ hai hằng tuần")),
			),
		}},
		{Name: "CHUYÊN TRANG, CHUYÊN MỤC", Title: "CHUYÊN TRANG, CHUYÊN MỤC", Landscape: true, Blocks: []form.Block{
			form.Table("sections", "Chuyên trang, chuyên mục về cải cách hành chính", 20, func(o *Outreach) *[]PressSection { return &o.Sections },
				form.OneOfField("kind", "Loại", []string{"Chuyên trang", "Chuyên mục"}, func(s *PressSection) *form.Value { return &s.Kind }, form.Required(), form.Width(14), form.Clause("IV.2"),
					form.Help("Chọn trong danh sách.", "Chuyên mục")),
				form.TextField("name", "Tên chuyên trang, chuyên mục", func(s *PressSection) *form.Value { return &s.Name }, form.Required(), form.Limit(300), form.Width(46), form.Clause("IV.2"),
					form.Help("Tên đầy đủ.", "Gương người tốt, việc tốt trong cải cách hành chính")),
				form.OneOfField("medium", "Phương tiện", media, func(s *PressSection) *form.Value { return &s.Medium }, form.Required(), form.Open(), form.Width(22),
					form.Help("Chọn trong danh sách hoặc ghi phương tiện khác.", "Truyền hình")),
				form.DateField("since", "Duy trì từ ngày", func(s *PressSection) *form.Value { return &s.Since }, form.Width(14),
					form.Help("Ngày bắt đầu, dạng ngày/tháng/năm.", "01/04/2018")),
				form.IntField("count", "Số kỳ trong năm", func(s *PressSection) *form.Value { return &s.Count }, form.Required(), form.Between(1, 10000), form.Width(10), form.Clause("IV.2"),
					form.Help("Số kỳ, số lần đăng, phát trong năm.", "12")),
				form.TextField("note", "Ghi chú", func(s *PressSection) *form.Value { return &s.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Mỗi tháng một kỳ")),
			),
		}},
		{Name: "HÌNH THỨC KHÁC", Title: "CÁC HÌNH THỨC TUYÊN TRUYỀN KHÁC", Landscape: true, Blocks: []form.Block{
			form.Table("activities", "Pa nô, băng rôn, xe lưu động, hội nghị và hình thức khác", 20, func(o *Outreach) *[]OutreachActivity { return &o.Activities },
				form.OneOfField("kind", "Hình thức", []string{"Pa nô, áp phích", "Băng rôn, khẩu hiệu", "Xe tuyên truyền lưu động", "Tờ rơi, tờ gấp", "Hội nghị, tập huấn", "Hội thi"}, func(a *OutreachActivity) *form.Value { return &a.Kind }, form.Required(), form.Open(), form.Width(24), form.Clause("IV.2"),
					form.Help("Chọn trong danh sách hoặc ghi hình thức khác.", "Băng rôn, khẩu hiệu")),
				form.TextField("content", "Nội dung", func(a *OutreachActivity) *form.Value { return &a.Content }, form.Required(), form.Limit(500), form.Width(46), form.Clause("IV.2"),
					form.Help("Nội dung tuyên truyền.", "Vận động sử dụng dịch vụ công trực tuyến mức độ 3, 4")),
				form.DateField("date", "Ngày thực hiện (bắt đầu)", func(a *OutreachActivity) *form.Value { return &a.Date }, form.Required(), form.Width(14),
					form.Help("Dạng ngày/tháng/năm.", "10/05/2018")),
				form.IntField("count", "Số lượng", func(a *OutreachActivity) *form.Value { return &a.Count }, form.Required(), form.Between(1, 1000000), form.Width(10), form.Clause("IV.2"),
					form.Help("Số chiếc, số buổi, số tờ.", "24")),
				form.TextField("note", "Ghi chú", func(a *OutreachActivity) *form.Value { return &a.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Phối hợp với các phường trung tâm")),
			),
		}},
		{Name: "ĐIỂN HÌNH", Title: "GƯƠNG ĐIỂN HÌNH TIÊN TIẾN, NGƯỜI TỐT, VIỆC TỐT ĐÃ GIỚI THIỆU", Landscape: true, Blocks: []form.Block{
			form.Table("examples", "Tập thể, cá nhân điển hình đã được giới thiệu", 30, func(o *Outreach) *[]GoodExample { return &o.Examples },
				form.OneOfField("kind", "Loại", nomineeKinds, func(g *GoodExample) *form.Value { return &g.Kind }, form.Required(), form.Width(10), form.Clause("IV.2"),
					form.Help("Tập thể hoặc Cá nhân.", KindIndividual)),
				form.TextField("name", "Tên tập thể, cá nhân", func(g *GoodExample) *form.Value { return &g.Name }, form.Required(), form.Limit(200), form.Width(28), form.Clause("IV.2"),
					form.Help("Tên tập thể, họ và tên cá nhân.", "Trần Thị Bình")),
				form.ChoiceField("unit", "Đơn vị", listUnits, func(g *GoodExample) *form.Value { return &g.Unit }, form.Open(), form.Width(28),
					form.Help("Đơn vị của tập thể, cá nhân; ghi tên khác nếu ngoài danh sách.", "UBND phường Tân Thịnh")),
				form.TextField("title", "Tin, bài, chương trình đã giới thiệu", func(g *GoodExample) *form.Value { return &g.Title }, form.Limit(300), form.Width(32),
					form.Help("Tên tin, bài hoặc chương trình.", "Người cán bộ một cửa tận tụy")),
				form.DateField("date", "Ngày giới thiệu", func(g *GoodExample) *form.Value { return &g.Date }, form.Required(), form.Width(14),
					form.Help("Dạng ngày/tháng/năm.", "20/08/2018")),
				form.TextField("achievement", "Việc làm, thành tích", func(g *GoodExample) *form.Value { return &g.Achievement }, form.Required(), form.Limit(1000), form.Width(40), form.Clause("IV.2"),
					form.Help("Nêu ngắn gọn.", "Hướng dẫn người cao tuổi nộp hồ sơ tại nhà")),
				form.TextField("note", "Ghi chú", func(g *GoodExample) *form.Value { return &g.Note }, form.Width(16),
					form.Help("Nội dung cần nói thêm.", "Đề nghị nhân rộng")),
			),
		}},
	},
}

// reportHeadFields are the labelled cells of a unit's report; the examples are those of a unit that
// sends it.
func reportHeadFields[F any](at func(*F) *ReportHead, clause, name, code, title, number string) []form.Field {
	return []form.Field{
		form.TextField("name", "Tên đơn vị", func(f *F) *form.Value { return &at(f).Name }, form.Required(), form.Locked(), form.Limit(200), form.Clause(clause),
			form.Help("Tên đầy đủ của đơn vị, đã được điền sẵn.", name)),
		form.TextField("code", "Mã đơn vị", func(f *F) *form.Value { return &at(f).Code }, form.Locked(), form.Limit(20),
			form.Help("Mã đơn vị trong danh sách của Phòng Nội vụ, đã được điền sẵn; đề nghị không sửa.", code)),
		form.YearField("year", "Năm báo cáo", func(f *F) *form.Value { return &at(f).Year }, form.Required(), form.Preset(), form.Clause(clause),
			form.Help("Năm có kết quả báo cáo.", "2018")),
		form.TextField("number", "Số báo cáo", func(f *F) *form.Value { return &at(f).Number }, form.Limit(50),
			form.Help("Số, ký hiệu báo cáo của đơn vị (nếu có).", number)),
		form.DateField("date", "Ngày báo cáo", func(f *F) *form.Value { return &at(f).Date }, form.Required(),
			form.Help("Ngày ký báo cáo, dạng ngày/tháng/năm.", "14/12/2018")),
		form.TextField("signer", "Người ký báo cáo", func(f *F) *form.Value { return &at(f).Signer }, form.Required(), form.Person(), form.Limit(100),
			form.Help("Họ và tên người ký.", "Nguyễn Văn An")),
		form.TextField("signertitle", "Chức vụ người ký", func(f *F) *form.Value { return &at(f).SignerTitle }, form.Limit(100),
			form.Help("Chức vụ của người ký.", title)),
		form.TextField("preparer", "Người lập biểu", func(f *F) *form.Value { return &at(f).Preparer }, form.Required(), form.Person(), form.Limit(100),
			form.Help("Người liên hệ khi cần trao đổi về số liệu.", "Trần Thị Bình")),
		form.TextField("phone", "Điện thoại", func(f *F) *form.Value { return &at(f).Phone }, form.Limit(50),
			form.Help("Số điện thoại của người lập biểu.", "0208 3000 000")),
		form.TextField("note", "Đánh giá chung, kiến nghị", func(f *F) *form.Value { return &at(f).Note }, form.Limit(2000),
			form.Help("Nhận xét, khó khăn, kiến nghị (nếu có).", "Đề nghị bố trí thêm thời lượng phát sóng")),
	}
}

// NewOutreach returns a propaganda report with who reports and for which year.
func NewOutreach(period plan.Period, u plan.Unit) *Outreach {
	return &Outreach{Unit: newReportHead(period, u)}
}

func newReportHead(period plan.Period, u plan.Unit) ReportHead {
	return ReportHead{Name: form.Of(u.Name), Code: form.Of(u.Code), Year: form.OfInt(period.To.Year), SignerTitle: form.Of(u.Head)}
}
