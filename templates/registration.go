package templates

import "thidua/templates/form"

// Registration is a unit's registration for the movement (Plan III.4, first part; contents of
// II.2).
type Registration struct {
	Unit        UnitSheet
	Targets     []Target
	Collectives []RegisteredCollective
	Individuals []RegisteredPerson
}

// UnitSheet is what a unit says of itself.
type UnitSheet struct {
	Name, Code, Group, Email         form.Value
	Preparer, Phone, Head, HeadTitle form.Value
	Number, Date, Year               form.Value
	Staff, Women, Reformers          form.Value
	PlanIssue, PlanFile              form.Value // the unit's own plan: number and date, or sent as a file (Plan IV.3)
}

// Target is one goal of a unit under the contents of emulation (Plan II.2).
type Target struct {
	Content, Goal, Measure, Due, Note form.Value
}

// RegisteredCollective is a collective registered for an award.
type RegisteredCollective struct {
	Name, Leader, Size, Award, Solution, Note form.Value
}

// RegisteredPerson is a person registered for an award.
type RegisteredPerson struct {
	Title, Name, Born, Sex, Position, Department, Role, Solution, Award, Note form.Value
}

// Awards that a unit may register or propose for (Plan III.1).
const (
	CityAward     = "Giấy khen của Chủ tịch UBND thành phố"
	ProvinceAward = "Đề nghị khen thưởng cấp tỉnh"
)

var (
	honorifics = []string{"Ông", "Bà"}
	sexes      = []string{form.Male, form.Female}
)

// RegistrationForm declares the registration workbook.
var RegistrationForm = &form.Form{
	ID: "dang-ky", Version: 2, Clause: "III.4", From: form.FromUnit,
	Called: "Đăng ký thi đua {movement}",
	New:    func() any { return &Registration{} },
	Check:  checkRegistration,
	Sheets: []form.Sheet{
		{Name: "ĐƠN VỊ", Title: "BẢN ĐĂNG KÝ THI ĐUA THỰC HIỆN CẢI CÁCH HÀNH CHÍNH", Blocks: []form.Block{
			form.Cells("unit", "Thông tin đơn vị đăng ký",
				form.TextField("name", "Tên đơn vị", func(r *Registration) *form.Value { return &r.Unit.Name }, form.Required(), form.Locked(), form.Limit(200), form.Clause("III.4"),
					form.Help("Tên đầy đủ của đơn vị, đã được điền sẵn.", "UBND phường Tân Thịnh")),
				form.TextField("code", "Mã đơn vị", func(r *Registration) *form.Value { return &r.Unit.Code }, form.Locked(), form.Limit(20),
					form.Help("Mã đơn vị trong danh sách của Phòng Nội vụ, đã được điền sẵn; đề nghị không sửa.", "05452")),
				form.ChoiceField("group", "Khối", "groups", func(r *Registration) *form.Value { return &r.Unit.Group }, form.Locked(), form.Clause("III.1.2"),
					form.Help("Khối thi đua, dùng để tính số lượng khen thưởng.", "Xã, phường")),
				form.YearField("year", "Năm đăng ký", func(r *Registration) *form.Value { return &r.Unit.Year }, form.Required(), form.Preset(), form.Clause("III.4"),
					form.Help("Năm đăng ký thi đua.", "2018")),
				form.TextField("number", "Số văn bản", func(r *Registration) *form.Value { return &r.Unit.Number }, form.Limit(50),
					form.Help("Số, ký hiệu của văn bản gửi kèm bản đăng ký (nếu có).", "15/ĐK-UBND")),
				form.DateField("date", "Ngày văn bản", func(r *Registration) *form.Value { return &r.Unit.Date },
					form.Help("Ngày ký văn bản, ghi theo dạng ngày/tháng/năm.", "05/03/2018")),
				form.TextField("head", "Thủ trưởng đơn vị (họ và tên)", func(r *Registration) *form.Value { return &r.Unit.Head }, form.Required(), form.Person(), form.Limit(100), form.Clause("I.2"),
					form.Help("Họ và tên người đứng đầu, chịu trách nhiệm tổ chức phong trào.", "Nguyễn Văn An")),
				form.TextField("headtitle", "Chức vụ của thủ trưởng", func(r *Registration) *form.Value { return &r.Unit.HeadTitle }, form.Required(), form.Limit(100),
					form.Help("Chức vụ ghi trong văn bản.", "Chủ tịch UBND phường")),
				form.TextField("preparer", "Người lập biểu", func(r *Registration) *form.Value { return &r.Unit.Preparer }, form.Required(), form.Person(), form.Limit(100),
					form.Help("Người liên hệ khi cần trao đổi về nội dung đăng ký.", "Trần Thị Bình")),
				form.TextField("phone", "Điện thoại", func(r *Registration) *form.Value { return &r.Unit.Phone }, form.Limit(50),
					form.Help("Số điện thoại của người lập biểu.", "0208 3000 000")),
				form.TextField("email", "Địa chỉ thư điện tử", func(r *Registration) *form.Value { return &r.Unit.Email }, form.Limit(100),
					form.Help("Địa chỉ nhận kết quả kiểm tra.", "phuongtanthinh@thainguyen.example")),
				form.IntField("staff", "Tổng số CBCCVC, người lao động", func(r *Registration) *form.Value { return &r.Unit.Staff }, form.Required(), form.Between(1, 100000), form.Clause("II.1"),
					form.Help("Tổng số cán bộ, công chức, viên chức và người lao động.", "24")),
				form.IntField("women", "Trong đó nữ", func(r *Registration) *form.Value { return &r.Unit.Women }, form.Between(0, 100000),
					form.Help("Số nữ trong tổng số.", "13")),
				form.IntField("reformers", "Số người trực tiếp làm nhiệm vụ CCHC, TTHC", func(r *Registration) *form.Value { return &r.Unit.Reformers }, form.Between(0, 100000), form.Where(procedures), form.Clause("III.2.2"),
					form.Help("Số người trực tiếp thực hiện nhiệm vụ cải cách hành chính, giải quyết thủ tục hành chính.", "5")),
				form.TextField("plan", "Kế hoạch triển khai của đơn vị (số, ngày)", func(r *Registration) *form.Value { return &r.Unit.PlanIssue }, form.Limit(100), form.Clause("IV.3"),
					form.Help("Số và ngày kế hoạch của đơn vị triển khai phong trào.", "12/KH-UBND ngày 06/3/2018")),
				form.YesNoField("planfile", "Gửi kèm tệp kế hoạch triển khai", func(r *Registration) *form.Value { return &r.Unit.PlanFile }, form.Clause("IV.3"),
					form.Help("Chọn Có nếu tệp kế hoạch (.docx, .pdf, bản chụp) được gửi kèm cùng thư.", "Có")),
			),
		}},
		{Name: "CHỈ TIÊU", Title: "CÁC CHỈ TIÊU ĐĂNG KÝ THI ĐUA", Landscape: true, Blocks: []form.Block{
			form.Table("targets", "Chỉ tiêu theo các nội dung thi đua", 30, func(r *Registration) *[]Target { return &r.Targets },
				form.TextField("content", "Nội dung đăng ký thi đua", func(t *Target) *form.Value { return &t.Content }, form.Required(), form.Limit(1000), form.Width(52), form.Clause("II.2"),
					form.Help("Bốn nội dung của Kế hoạch đã được điền sẵn; có thể thêm dòng cho cùng một nội dung.", "Thi đua thực hiện các nội dung CCHC")),
				form.TextField("goal", "Chỉ tiêu", func(t *Target) *form.Value { return &t.Goal }, form.Required(), form.Limit(300), form.Width(30), form.Clause("II.1"),
					form.Help("Mức phấn đấu, có thể đo được.", "Giải quyết hồ sơ đúng hạn đạt 98%")),
				form.TextField("measure", "Đơn vị tính", func(t *Target) *form.Value { return &t.Measure }, form.Limit(50), form.Width(14),
					form.Help("Đơn vị đo của chỉ tiêu.", "%")),
				form.DateField("due", "Thời gian hoàn thành", func(t *Target) *form.Value { return &t.Due }, form.Required(), form.Width(16),
					form.Help("Ngày hoàn thành chỉ tiêu, dạng ngày/tháng/năm.", "30/11/2018")),
				form.TextField("note", "Ghi chú", func(t *Target) *form.Value { return &t.Note }, form.Width(20),
					form.Help("Nội dung cần nói thêm.", "Theo kế hoạch CCHC của đơn vị")),
			),
		}},
		{Name: "TẬP THỂ", Title: "DANH SÁCH TẬP THỂ ĐĂNG KÝ", Landscape: true, Blocks: []form.Block{
			form.Table("collectives", "Tập thể đăng ký khen thưởng", 20, func(r *Registration) *[]RegisteredCollective { return &r.Collectives },
				form.TextField("name", "Tên tập thể", func(t *RegisteredCollective) *form.Value { return &t.Name }, form.Required(), form.Limit(200), form.Width(36), form.Clause("II.1"),
					form.Help("Tên đầy đủ, không viết tắt.", "UBND phường Tân Thịnh")),
				form.TextField("leader", "Người đứng đầu", func(t *RegisteredCollective) *form.Value { return &t.Leader }, form.Person(), form.Limit(100), form.Width(24),
					form.Help("Họ và tên người đứng đầu tập thể.", "Nguyễn Văn An")),
				form.IntField("size", "Số lượng CBCCVC", func(t *RegisteredCollective) *form.Value { return &t.Size }, form.Required(), form.Between(1, 100000), form.Width(12),
					form.Help("Số người của tập thể.", "24")),
				form.ChoiceField("award", "Hình thức khen thưởng đăng ký", listAwards, func(t *RegisteredCollective) *form.Value { return &t.Award }, form.Required(), form.Width(28), form.Clause("III.1"),
					form.Help("Chọn trong danh sách.", CityAward)),
				form.TextField("solution", "Nội dung, giải pháp đăng ký", func(t *RegisteredCollective) *form.Value { return &t.Solution }, form.Limit(1000), form.Width(40), form.Clause("II.2"),
					form.Help("Giải pháp, sáng kiến sẽ thực hiện trong năm.", "Mở chuyên mục hỏi đáp về thủ tục hành chính")),
				form.TextField("note", "Ghi chú", func(t *RegisteredCollective) *form.Value { return &t.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Đăng ký lần đầu")),
			),
		}},
		{Name: "CÁ NHÂN", Title: "DANH SÁCH CÁ NHÂN ĐĂNG KÝ", Landscape: true, Blocks: []form.Block{
			form.Table("individuals", "Cá nhân đăng ký khen thưởng", 40, func(r *Registration) *[]RegisteredPerson { return &r.Individuals },
				form.OneOfField("title", "Ông/Bà", honorifics, func(p *RegisteredPerson) *form.Value { return &p.Title }, form.Width(8),
					form.Help("Chọn Ông hoặc Bà.", "Bà")),
				form.TextField("name", "Họ và tên", func(p *RegisteredPerson) *form.Value { return &p.Name }, form.Required(), form.Person(), form.Limit(100), form.Width(24), form.Clause("II.1"),
					form.Help("Họ, chữ đệm và tên, viết chữ thường có dấu.", "Trần Thị Bình")),
				form.DateField("born", "Ngày, tháng, năm sinh", func(p *RegisteredPerson) *form.Value { return &p.Born }, form.Required(), form.Birthday(), form.Width(14),
					form.Help("Dạng ngày/tháng/năm; nếu chỉ biết năm thì ghi năm.", "05/03/1980")),
				form.OneOfField("sex", "Giới tính", sexes, func(p *RegisteredPerson) *form.Value { return &p.Sex }, form.Width(9),
					form.Help("Nam hoặc Nữ.", "Nữ")),
				form.TextField("position", "Chức vụ, chức danh", func(p *RegisteredPerson) *form.Value { return &p.Position }, form.Required(), form.Limit(150), form.Width(24),
					form.Help("Chức vụ hoặc chức danh hiện giữ.", "Công chức Văn phòng - Thống kê")),
				form.TextField("department", "Bộ phận công tác", func(p *RegisteredPerson) *form.Value { return &p.Department }, form.Limit(150), form.Width(22),
					form.Help("Bộ phận trong đơn vị.", "Bộ phận tiếp nhận và trả kết quả")),
				form.ChoiceField("role", "Đối tượng", "roles", func(p *RegisteredPerson) *form.Value { return &p.Role }, form.Required(), form.Width(26), form.Clause("III.2.2"),
					form.Help("Quyết định tiêu chuẩn nào được áp dụng; chọn trong danh sách.", "Trực tiếp thực hiện nhiệm vụ CCHC")),
				form.TextField("solution", "Nội dung, sáng kiến, giải pháp đăng ký", func(p *RegisteredPerson) *form.Value { return &p.Solution }, form.Limit(1000), form.Width(34), form.Clause("II.2"),
					form.Help("Giải pháp, sáng kiến cá nhân đăng ký.", "Hướng dẫn người dân nộp hồ sơ trực tuyến mức độ 3, 4")),
				form.ChoiceField("award", "Hình thức khen thưởng đăng ký", listAwards, func(p *RegisteredPerson) *form.Value { return &p.Award }, form.Required(), form.Width(26), form.Clause("III.1"),
					form.Help("Chọn trong danh sách.", CityAward)),
				form.TextField("note", "Ghi chú", func(p *RegisteredPerson) *form.Value { return &p.Note }, form.Width(16),
					form.Help("Nội dung cần nói thêm.", "Mới nhận công tác tháng 01/2018")),
			),
		}},
	},
}
