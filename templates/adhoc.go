package templates

import (
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// AdHocProposal proposes awards for an outstanding achievement as soon as it has been made (Plan
// III.1.2, first line). It knows no season: the tờ trình and the list are enough.
type AdHocProposal struct {
	Proposal    Proposal // Year stays blank: the achievement has a day
	Collectives []AdHocCollective
	Individuals []AdHocPerson
}

// AdHocCollective is a collective and what it achieved.
type AdHocCollective struct {
	Name, Size, Date, Achievement, Evidence form.Value
	Grade, Discipline, Award, Note          form.Value
}

// AdHocPerson is a person and what he or she achieved.
type AdHocPerson struct {
	Title, Name, Born, Sex, Position, Department, Role   form.Value
	Date, Achievement, Evidence, Grade, Discipline, Note form.Value
	Award                                                form.Value
}

// AdHocForm declares the ad hoc proposal.
var AdHocForm = &form.Form{
	ID: "dot-xuat", Version: 2, Clause: "III.1.2", From: form.FromUnit, Round: string(plan.AdHoc),
	Called: "Đề nghị khen thưởng đột xuất phong trào thi đua {movement}",
	New:    func() any { return &AdHocProposal{} },
	Check:  checkAdHoc,
	Sheets: []form.Sheet{
		{Name: "TỜ TRÌNH", Title: "TỜ TRÌNH ĐỀ NGHỊ KHEN THƯỞNG ĐỘT XUẤT", Blocks: []form.Block{
			part("proposal", form.Cells("proposal", "Nội dung tờ trình", proposalFields(func(d *AdHocProposal) *Proposal { return &d.Proposal })...)),
		}},
		{Name: "TẬP THỂ", Title: "DANH SÁCH TẬP THỂ ĐỀ NGHỊ KHEN THƯỞNG ĐỘT XUẤT", Landscape: true, Blocks: []form.Block{
			part("list", form.Table("collectives", "Tập thể lập thành tích đặc biệt xuất sắc", 10, func(d *AdHocProposal) *[]AdHocCollective { return &d.Collectives },
				form.TextField("name", "Tên tập thể", func(t *AdHocCollective) *form.Value { return &t.Name }, form.Required(), form.Limit(200), form.Width(30), form.Clause("III.1.2"),
					form.Help("Tên đầy đủ, không viết tắt.", "Bộ phận tiếp nhận và trả kết quả phường Tân Thịnh")),
				form.IntField("size", "Số CBCCVC", func(t *AdHocCollective) *form.Value { return &t.Size }, form.Required(), form.Between(1, 100000), form.Width(9),
					form.Help("Số người của tập thể.", "5")),
				form.DateField("date", "Ngày lập thành tích", func(t *AdHocCollective) *form.Value { return &t.Date }, form.Required(), form.Width(13), form.Clause("III.1.2"),
					form.Help("Ngày đạt được thành tích, dạng ngày/tháng/năm.", "15/08/2018")),
				form.TextField("achievement", "Thành tích đặc biệt xuất sắc", func(t *AdHocCollective) *form.Value { return &t.Achievement }, form.Required(), form.Limit(4000), form.Width(50), form.Clause("III.1.2"),
					form.Help("Nêu việc đã làm, kết quả, hiệu quả kèm số liệu.", "Giải quyết dứt điểm 320 hồ sơ đất đai tồn đọng trong 30 ngày")),
				form.TextField("evidence", "Văn bản ghi nhận", func(t *AdHocCollective) *form.Value { return &t.Evidence }, form.Limit(500), form.Width(28),
					form.Help("Văn bản ghi nhận thành tích (số, ngày, cơ quan), nếu có.", "Thông báo số 45/TB-UBND ngày 20/8/2018 của UBND thành phố")),
				form.ChoiceField("grade", "Mức độ hoàn thành nhiệm vụ năm gần nhất", "grade", func(t *AdHocCollective) *form.Value { return &t.Grade }, form.Fact("grade"), form.Width(20), form.Clause("III.2.1"),
					form.Help("Kết quả đánh giá gần nhất của cấp có thẩm quyền.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.IntField("discipline", "Số vụ việc vi phạm kỷ luật, kỷ cương", func(t *AdHocCollective) *form.Value { return &t.Discipline }, form.Required(), form.Between(0, 1000), form.Fact(factDiscipline), form.Where(factDiscipline), form.Width(12), form.Clause("III.2.1"),
					form.Help("Tính trong năm lập thành tích; ghi 0 nếu không có.", "0")),
				form.ChoiceField("award", "Hình thức đề nghị", listAwards, func(t *AdHocCollective) *form.Value { return &t.Award }, form.Required(), form.Width(20), form.Clause("III.1"),
					form.Help("Chọn trong danh sách.", CityAward)),
				form.TextField("note", "Ghi chú", func(t *AdHocCollective) *form.Value { return &t.Note }, form.Width(14),
					form.Help("Nội dung cần nói thêm.", "Đã được biểu dương trên Đài Truyền thanh")),
			)),
		}},
		{Name: "CÁ NHÂN", Title: "DANH SÁCH CÁ NHÂN ĐỀ NGHỊ KHEN THƯỞNG ĐỘT XUẤT", Landscape: true, Blocks: []form.Block{
			part("list", form.Table("individuals", "Cá nhân lập thành tích đặc biệt xuất sắc", 20, func(d *AdHocProposal) *[]AdHocPerson { return &d.Individuals },
				form.OneOfField("title", "Ông/Bà", honorifics, func(p *AdHocPerson) *form.Value { return &p.Title }, form.Width(8),
					form.Help("Chọn Ông hoặc Bà.", "Bà")),
				form.TextField("name", "Họ và tên", func(p *AdHocPerson) *form.Value { return &p.Name }, form.Required(), form.Person(), form.Limit(100), form.Width(24), form.Clause("III.1.2"),
					form.Help("Họ, chữ đệm và tên, viết chữ thường có dấu.", "Trần Thị Bình")),
				form.DateField("born", "Ngày sinh", func(p *AdHocPerson) *form.Value { return &p.Born }, form.Required(), form.Birthday(), form.Width(12),
					form.Help("Dạng ngày/tháng/năm; nếu chỉ biết năm thì ghi năm.", "05/03/1980")),
				form.OneOfField("sex", "Giới tính", sexes, func(p *AdHocPerson) *form.Value { return &p.Sex }, form.Required(), form.Width(8),
					form.Help("Nam hoặc Nữ, dùng cho thống kê khen thưởng.", "Nữ")),
				form.TextField("position", "Chức vụ, chức danh", func(p *AdHocPerson) *form.Value { return &p.Position }, form.Required(), form.Limit(150), form.Width(24),
					form.Help("Chức vụ hoặc chức danh hiện giữ.", "Công chức Địa chính - Xây dựng")),
				form.TextField("department", "Bộ phận công tác", func(p *AdHocPerson) *form.Value { return &p.Department }, form.Limit(150), form.Width(20),
					form.Help("Bộ phận trong đơn vị.", "Bộ phận tiếp nhận và trả kết quả")),
				form.ChoiceField("role", "Đối tượng", listRoles, func(p *AdHocPerson) *form.Value { return &p.Role }, form.Required(), form.Fact("role"), form.Width(24), form.Clause("III.2.2"),
					form.Help("Quyết định tiêu chuẩn nào được áp dụng; chọn trong danh sách.", "Trực tiếp thực hiện nhiệm vụ CCHC")),
				form.DateField("date", "Ngày lập thành tích", func(p *AdHocPerson) *form.Value { return &p.Date }, form.Required(), form.Width(13), form.Clause("III.1.2"),
					form.Help("Ngày đạt được thành tích, dạng ngày/tháng/năm.", "15/08/2018")),
				form.TextField("achievement", "Thành tích đặc biệt xuất sắc", func(p *AdHocPerson) *form.Value { return &p.Achievement }, form.Required(), form.Limit(4000), form.Width(50), form.Fact("initiative"), form.Clause("III.1.2"),
					form.Help("Nêu việc đã làm, kết quả, hiệu quả kèm số liệu.", "Viết phần mềm tra cứu hồ sơ, được 12 phường áp dụng")),
				form.TextField("evidence", "Văn bản ghi nhận", func(p *AdHocPerson) *form.Value { return &p.Evidence }, form.Limit(500), form.Width(28),
					form.Help("Văn bản ghi nhận thành tích (số, ngày, cơ quan), nếu có.", "Thông báo số 45/TB-UBND ngày 20/8/2018 của UBND thành phố")),
				form.ChoiceField("grade", "Mức độ hoàn thành nhiệm vụ năm gần nhất", "grade", func(p *AdHocPerson) *form.Value { return &p.Grade }, form.Fact("grade"), form.Width(20), form.Clause("III.2.2"),
					form.Help("Kết quả đánh giá, xếp loại gần nhất.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.IntField("discipline", "Số lần vi phạm kỷ luật, kỷ cương", func(p *AdHocPerson) *form.Value { return &p.Discipline }, form.Required(), form.Between(0, 100), form.Fact(factDiscipline), form.Where(factDiscipline), form.Width(12), form.Clause("III.2.2"),
					form.Help("Tính trong năm lập thành tích; ghi 0 nếu không có.", "0")),
				form.ChoiceField("award", "Hình thức đề nghị", listAwards, func(p *AdHocPerson) *form.Value { return &p.Award }, form.Required(), form.Width(20), form.Clause("III.1"),
					form.Help("Chọn trong danh sách.", CityAward)),
				form.TextField("note", "Ghi chú", func(p *AdHocPerson) *form.Value { return &p.Note }, form.Width(14),
					form.Help("Nội dung cần nói thêm.", "Đã được biểu dương trên Đài Truyền thanh")),
			)),
		}},
	},
}

func checkAdHoc(value any, c form.Context) []finding.Finding {
	s, _ := SlateOf(value)
	c.Period = "" // whatever round it came in: an achievement between the years has a day of its own
	return s.checkList(c)
}

// NewAdHocProposal returns an ad hoc proposal with who proposes.
func NewAdHocProposal(p *plan.Plan, u plan.Unit) *AdHocProposal {
	return &AdHocProposal{Proposal: newProposal(p, u)}
}
